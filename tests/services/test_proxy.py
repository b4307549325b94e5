"""A real nginx between the browser and the server: a laptop refuses it, a public server works through it."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests import chromium
from tests.browser import ports
from tests.browser.servers import APP, Server
from tests.browser.waiting import opened
from tests.services.nginx import HOST, Proxy

pytestmark = pytest.mark.services


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """Nginx before a server that nobody has told of it."""
    yield from proxied(tmp_path_factory.mktemp("laptop"), public=False)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """Nginx before a server that knows its public address."""
    yield from proxied(tmp_path_factory.mktemp("public"), public=True)


def proxied(folder: Path, *, public: bool) -> Iterator[Proxy]:
    """A server and an nginx before it, both ended afterwards."""
    port = ports.take()
    env = {"BIOCARTO_PUBLIC_URL": f"http://{HOST}:{port}"} if public else {}
    server = Server(APP, env, folder / "log.txt")
    try:
        server.wait()
        with Proxy(folder, port, server.port) as proxy:
            yield proxy
    finally:
        server.stop()


def ask(port: int, host: str, path: str = "/", **headers: str) -> tuple[int, str]:
    """Status and text of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": host, **headers})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_a_laptop_behind_a_proxy_is_421(laptop: Proxy) -> None:
    """With its own host name too, because the proxy's headers give it away; the sentence names the setting."""
    status, text = ask(laptop.port, "localhost")
    assert status == 421
    assert "BIOCARTO_PUBLIC_URL" in text
    assert ask(laptop.port, HOST)[0] == 403


def test_a_public_server_answers_under_its_name_only(public: Proxy) -> None:
    """Pages, health and files; another Host is refused through the proxy as well."""
    for path in ("/", "/annuaire", "/healthz"):
        assert ask(public.port, f"{HOST}:{public.port}", path)[0] == 200
    assert ask(public.port, "evil.example")[0] == 403
    assert ask(public.port, HOST, "/assets/none")[0] == 404
    assert ask(public.port, HOST, "/_stcore/metrics")[0] == 404


def test_a_visitor_works_through_the_proxy(public: Proxy) -> None:
    """A page with its WebSocket and its map, under the public name; the link to share carries that name."""
    arguments = [*chromium.ARGUMENTS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.find(), args=arguments)
        page = browser.new_page(viewport={"width": 1400, "height": 900}, locale="fr-FR")
        page.set_default_timeout(120_000)
        opened(page, f"http://{HOST}:{public.port}/annuaire?q=vecteurs")
        page.frame_locator("iframe").locator("button[data-id], canvas.bc-points").first.wait_for(state="attached")
        page.locator(".st-key-take-link").get_by_role("button").click()
        page.get_by_test_id("stCode").filter(has_text=f"http://{HOST}:{public.port}/annuaire?q=vecteurs").wait_for()
        browser.close()
