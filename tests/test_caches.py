"""The store behind every cache: a value is made once, the last ones asked for stay, and there is a bound."""

import ast
from pathlib import Path
from threading import Barrier, Thread

import pytest

from biocarto import caches
from biocarto.caches import Cache
from biocarto.config import ROOT

SOURCES = sorted([*(ROOT / "src" / "biocarto").rglob("*.py"), *(ROOT / "pages").glob("*.py")])
CACHES = {"cache", "lru_cache", "cache_data", "cache_resource", "Cache"}


def test_a_value_is_made_once() -> None:
    """And handed to whoever asks again, even where it is empty."""
    store, made = Cache(2), []
    for _ in range(3):
        assert store.get("empty", lambda: made.append(1)) is None
    assert made == [1]


def test_the_last_asked_for_stay() -> None:
    """The one not asked for the longest goes first."""
    store = Cache(2)
    for key in ("a", "b", "a", "c"):
        store.get(key, lambda key=key: key)
    assert len(store) == 2
    assert store.get("a", lambda: "made again") == "a"
    assert store.get("b", lambda: "made again") == "made again"


def test_an_error_is_not_kept() -> None:
    """A file that could not be read is read again, and takes no room meanwhile."""
    store = Cache(2)
    with pytest.raises(ZeroDivisionError):
        store.get("a", lambda: 1 // 0)
    assert len(store) == 0
    assert store.get("a", lambda: "read") == "read"


def test_many_who_ask_at_once_wait_for_the_first() -> None:
    """Ten threads, one value."""
    store, together, made, given = Cache(2), Barrier(10), [], []

    def ask() -> None:
        together.wait()
        given.append(store.get("a", lambda: made.append(1) or object()))

    threads = [Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len({id(value) for value in given}) == 1


def test_one_value_may_be_made_of_others() -> None:
    """While it is made, another key of the same store is asked for."""
    store = Cache(2)
    assert store.get("sum", lambda: store.get("one", lambda: 1) + 1) == 2


def test_who_waited_for_a_value_that_failed_makes_it_for_all() -> None:
    """The first maker fails while others wait: one of them makes the value, and it stands in the store."""
    store, together, made = Cache(2), Barrier(2), []

    def fail() -> None:
        together.wait()  # the other one is about to ask
        raise ValueError

    def ask() -> None:
        together.wait()
        store.get("a", lambda: made.append(1))

    other = Thread(target=ask)
    other.start()
    with pytest.raises(ValueError):  # noqa: PT011 - the one raised above
        store.get("a", fail)
    other.join()
    store.get("a", lambda: made.append(2))
    assert made == [1]


def test_a_value_may_be_replaced() -> None:
    """The next who asks gets the new one."""
    store = Cache(2)
    store.replace("a", 1)
    store.replace("a", 2)
    assert (store.find("a"), store.find("b")) == (2, None)
    assert "a" in store
    assert "b" not in store


def test_forgotten_values_are_made_again() -> None:
    """All of them."""
    store = Cache(2)
    store.get("a", lambda: "old")
    store.forget()
    assert store.get("a", lambda: "new") == "new"


def bound(call: ast.Call) -> str:
    """What bounds a cache: the module of the first argument, or the argument itself."""
    given = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "maxsize")]
    return ast.unparse(given[0]) if given else ""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_cache_has_its_bound_in_one_module(path: Path) -> None:
    """`caches.py` says how much is kept; only what takes no argument needs no bound."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in CACHES]
    assert [ast.unparse(call) for call in calls if not bound(call).startswith("caches.")] == []
    bare = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(mark).rpartition(".")[2] in CACHES for mark in node.decorator_list)
        and node.args.args
    ]
    assert bare == []


def test_a_cache_without_a_bound_is_seen() -> None:
    """The test above can fail."""
    planted = ast.parse("store = Cache(10 ** 9)\nother = lru_cache(maxsize=None)(len)")
    calls = [node for node in ast.walk(planted) if isinstance(node, ast.Call) and ast.unparse(node.func) in CACHES]
    assert [bound(call).startswith("caches.") for call in calls] == [False, False]


def test_bounds_are_whole_and_small() -> None:
    """Nothing is kept without end; more than 10,000 of short texts alone."""
    bounds = {name: value for name, value in vars(caches).items() if name.isupper() and name != "T"}
    assert len(bounds) >= 8
    assert all(isinstance(value, int) and 0 < value <= 10_000 for value in (bounds | {"NAMES": bounds["NAMES"] // 8}).values())
