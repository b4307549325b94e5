"""Pages and programs from two processes of one door, behind one nginx that is set up as the document says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.browser import ports
from tests.browser.servers import APP, ROOT, Server
from tests.services.nginx import HOST, Proxy
from tests.support.live import ask_socket

pytestmark = pytest.mark.services


def read_locations(pages: int, programs: int) -> str:
    """The lines of docs/api.md, with the ports of this test."""
    [block] = re.findall(r"```nginx\n(.*?)```", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.DOTALL)
    return str(block).replace("127.0.0.1:8501", f"127.0.0.1:{pages}").replace("127.0.0.1:8502", f"127.0.0.1:{programs}")


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Server, Server]]:
    """The port of nginx, and the two processes behind it."""
    folder, port = tmp_path_factory.mktemp("two"), ports.take()
    with ExitStack() as stack:
        servers = []
        for kind in ("pages", "programs"):
            env = {"BIOCARTO_PUBLIC_URL": f"http://{HOST}:{port}", "BIOCARTO_SERVES": kind, "BIOCARTO_API_RATE": "20"}
            servers.append(Server(APP, env, folder / f"{kind}.txt"))
            stack.callback(servers[-1].stop)
        for server in servers:
            server.wait()
        pages, programs = servers
        stack.enter_context(Proxy(folder, port, pages.port, read_locations(pages.port, programs.port)))
        yield port, pages, programs


def ask(port: int, path: str, *lines: str, caller: str = "127.0.0.1") -> str:
    """Status line, headers and body of a GET under the public name."""
    head = "\r\n".join([f"GET {path} HTTP/1.1", f"Host: {HOST}", "Connection: close", *lines, "", ""])
    return ask_socket(port, head, caller).decode(errors="replace")


@pytest.mark.parametrize("path", ["/annuaire", "/healthz", "/changements.atom"])
def test_one_address_answers_for_both(behind: tuple[int, Server, Server], path: str) -> None:
    """Whoever asks sees one server."""
    assert ask(behind[0], path, "Accept: text/html").startswith("HTTP/1.1 200")


def test_each_process_answers_its_own(behind: tuple[int, Server, Server]) -> None:
    """Asked past the proxy, the other's addresses are 404 in words, health is everybody's."""
    _, pages, programs = behind
    told = [("BIOCARTO_SERVES" in ask(server.port, path)) for server in (pages, programs) for path in ("/annuaire", "/changements.atom")]
    assert told == [False, True, True, False]
    assert [ask(server.port, "/healthz")[:12] for server in (pages, programs)] == ["HTTP/1.1 200"] * 2


def test_a_caller_is_limited_by_its_own_address(behind: tuple[int, Server, Server]) -> None:
    """What it writes into X-Forwarded-For itself makes it nobody else; pages are not limited."""
    port = behind[0]
    statuses = [ask(port, "/changements.atom", f"X-Forwarded-For: 203.0.113.{n}", caller="127.0.0.2")[9:12] for n in range(40)]
    assert statuses.count("429") > 10
    assert ask(port, "/changements.atom", caller="127.0.0.3")[9:12] == "200"
    assert {ask(port, "/healthz", caller="127.0.0.2")[9:12] for _ in range(30)} == {"200"}
