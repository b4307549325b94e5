"""What every visitor shares: never changed by a page, bounded whatever is asked for, and read again where a file has changed."""

import dataclasses
import gc
import shutil
import tracemalloc
from collections.abc import Iterator
from itertools import combinations, islice, product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from biocarto import caches, startup
from biocarto.analysis import nationwide
from biocarto.analysis.nationwide import Answer
from biocarto.config import ROOT
from biocarto.maps.layer import ScriptLayer
from biocarto.model import Category, Kind, Modality
from biocarto.query.filters import Filters
from biocarto.ui.coverage import data as coverage_data
from biocarto.ui.shared import cache, filter_bar, map_view
from tests.support.pages import PAGES, opened, words

VISITS: list[tuple[str, dict[str, Any]]] = [
    *((page, {"lang": lang}) for page in PAGES for lang in ("fr", "en")),
    ("ile_de_france", {"category": "biotherapies", "actor": "abivax", "level": "epci", "measure": "rate"}),
    ("directory", {"q": "vecteurs viraux", "sort": "name", "page": "2"}),
    ("directory", {"near": "91228", "km": "20", "place": "site-genopole"}),
    ("coverage", {"territory": "91", "with": "77", "measure": "rate", "level": "commune", "absence": "cdmo"}),
    ("networks", {"network": "enosis-sante"}),
    ("networks", {"scale": "national", "net": ["enosis-sante", "france-biolead"]}),
    ("bioproduction_tour", {"stage": "stage-1"}),
]


def within(value: Any, seen: set[int]) -> Iterator[Any]:
    """Everything that can be changed in a value: frames, series, lists, dicts and sets, wherever they are."""
    if id(value) in seen or isinstance(value, str | bytes | int | float | ScriptLayer):
        return
    seen.add(id(value))
    if isinstance(value, pd.DataFrame | pd.Series | set):
        yield value
    elif isinstance(value, dict):
        yield value
        for found in list(value.values()):
            yield from within(found, seen)
    elif isinstance(value, list | tuple):
        if isinstance(value, list):
            yield value
        for found in value:
            yield from within(found, seen)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from within(getattr(value, field.name), seen)


def shared() -> list[Any]:
    """What the caches hold and could be changed, the parts of each selection among it."""
    seen: set[int] = set()
    stores = [*cache.STORES, *(data._parts for data in values(cache._selections))]
    return [found for store in stores for value in values(store) for found in within(value, seen)]


def values(store: caches.Cache) -> list[Any]:
    """What a store holds."""
    return [entry.value for entry in store._entries.values()]


def copied(value: Any) -> Any:
    """The value as it is now: frames and containers of their own, what they hold as it is."""
    return value.copy(deep=True) if isinstance(value, pd.DataFrame | pd.Series) else value.copy()


def same(one: Any, other: Any) -> bool:
    """Whether a value is as its copy was; what is in containers is compared by identity, and has its own copy."""
    if isinstance(one, pd.DataFrame):
        return list(one.columns) == list(other.columns) and one.attrs == other.attrs and one.equals(other)
    if isinstance(one, pd.Series):
        return one.name == other.name and one.equals(other)
    if isinstance(one, dict):
        return list(one) == list(other) and all(one[key] is other[key] for key in one)
    return one == other if isinstance(one, set) else len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def test_no_page_changes_what_all_share() -> None:
    """Every page in both languages and in states of its own, twice: what the first visits made is as it was after the second."""
    for page, params in VISITS:
        assert not opened(page, **params).exception
    before = [(value, copied(value)) for value in shared()]
    assert sum(isinstance(value, pd.DataFrame) for value, _ in before) > 50
    for page, params in VISITS:
        assert not opened(page, **params).exception
    changed = [value for value, copy in before if not same(value, copy)]
    assert changed == []


def chosen() -> Iterator[Filters]:
    """Filters without end, each another: so many kinds, categories, modalities and departments at once."""
    departments = ("75", "77", "78", "91", "92", "93", "94", "95")
    several = [[c for n in range(len(of) + 1) for c in combinations(of, n)] for of in (departments, [*Category], [*Kind], [*Modality])]
    for department, category, kind, modality in product(*several):
        yield Filters(kind=tuple(kind), category=tuple(category), modality=tuple(m.value for m in modality), department=department)


def test_ten_thousand_filters_leave_no_more_than_the_bounds() -> None:
    """The caches are full after some hundred; what came after took the place of what was there."""
    catalogue = cache.load_catalogue()
    asked = chosen()

    def ask(many: int) -> int:
        """Bytes in use after so many more filters; every twentieth is asked for as the pages do."""
        for number, filters in enumerate(islice(asked, many)):
            cache.make_for_filters("test", filters, lambda filters=filters: [f"{filters}" * 10])
            if number % 20 == 0:
                filter_bar.select_rows(filters, catalogue)
                coverage_data.load_data(filters)
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    full, later = ask(1_000), ask(9_000)
    tracemalloc.stop()
    assert all(len(store) <= store.most for store in cache.STORES)
    assert len(cache._filtered) == caches.FILTERED
    assert later - full < 2_000_000


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("directory", {"q": "phages près d'Évry"}),
        ("directory", {"q": "zorglub quantique près d'Évry"}),
        ("booth", {"door": "who", "by": "search", "q": "zorglub quantique près d'Évry"}),
    ],
    ids=str,
)
def test_a_typed_question_is_answered_once_a_run(page: str, asked: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """No cache keeps what somebody typed: the parts of a page hand the answers on, and the next run asks anew."""
    answered: list[Filters] = []
    select_beyond = nationwide.select

    def counted(chosen: Filters, *more: Any) -> Answer:
        answered.append(chosen)
        return select_beyond(chosen, *more)

    monkeypatch.setattr(nationwide, "select", counted)
    monkeypatch.setenv("BIOCARTO_BOOTH", "1")
    cache.settings.clear()
    try:
        app = opened(page, **asked)
        first = [chosen for chosen in answered if chosen.is_typed()]
        assert 0 < len(first) == len(set(first))
        answered.clear()
        assert not app.run().exception
        assert [chosen for chosen in answered if chosen.is_typed()] == first
    finally:
        cache.settings.clear()


def test_what_somebody_typed_is_not_kept() -> None:
    """Words, a place, a radius, an area: their answers are without end, and somebody's own."""
    before = len(cache._filtered)
    typed = (Filters(q="vecteurs"), Filters(near="91228"), Filters(km=25.0), Filters(area="48,2;48.5,2;48.5,2.5"))
    assert [cache.make_for_filters("typed", filters, lambda: "made") for filters in typed] == ["made"] * len(typed)
    assert len(cache._filtered) == before
    opened("directory", q="une question que personne d'autre ne pose")
    keys = repr([key for store in cache.STORES for key in store._entries])
    assert "personne" not in keys


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the tables that this process reads instead of its own."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.setenv("BIOCARTO_DATA", str(tmp_path / "data"))
    cache.forget()
    yield tmp_path / "data"
    monkeypatch.undo()
    cache.forget()


def test_a_changed_table_is_read_again_at_the_next_run(data: Path) -> None:
    """Without a new start, and at once: an editor corrects a line and reloads the page."""
    app = opened("directory", actor="abivax")
    assert "Abivax renommée" not in words(app)
    (table := data / "actors.csv").write_text(table.read_text("utf-8").replace("\nabivax,Abivax,", "\nabivax,Abivax renommée,"), "utf-8")
    assert "Abivax renommée" in words(app.run())


def test_what_a_page_has_read_never_stands_for_a_later_edition(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file changes while a page is open, and a part of it works on with what it has read: nobody else is shown that."""
    session = SimpleNamespace(session_id="first")
    monkeypatch.setattr(cache, "get_script_run_ctx", lambda **_: session)
    cache.look_again()
    rows = cache.load_catalogue().actors
    (table := data / "actors.csv").write_text(table.read_text("utf-8").replace("\nabivax,Abivax,", "\nabivax,Abivax renommée,"), "utf-8")
    cache._looks.clear()
    assert cache.make_for_rows("names", rows, lambda: list(rows["name"])).count("Abivax") == 1
    session = SimpleNamespace(session_id="second")
    cache.look_again()
    fresh = cache.load_catalogue().actors
    assert "Abivax renommée" in cache.make_for_rows("names", fresh, lambda: list(fresh["name"]))


def test_making_ahead_needs_no_session_and_raises_nothing(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What every visitor is shown is there; with tables that cannot be read, the log says why and the pages tell it."""
    startup.read_everything()
    assert len(cache._catalogues) == 1
    assert len(cache._once) >= 20
    (data / "actors.csv").write_text("id\n", "utf-8")
    cache.forget()
    startup.read_everything()
    assert "actors.csv" in caplog.text
    assert len(cache._catalogues) == 0


def test_the_component_of_the_maps_is_registered_with_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit does so only where a session imports it: imported ahead and not registered, no map would ever be drawn."""
    registry: list[Any] = []
    server = SimpleNamespace(component_registry=SimpleNamespace(register_component=registry.append))
    monkeypatch.setattr(map_view, "exists", lambda: True)
    monkeypatch.setattr(map_view, "get_instance", lambda: server)
    startup.import_modules()
    assert [component.name for component in registry] == ["streamlit_folium.st_folium"]
