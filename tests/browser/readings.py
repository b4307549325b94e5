"""What a screen reader is given of each page, kept as text: `python -m tests.browser.readings` writes it anew, to be read in the diff.

Regions, headings, and names of controls, in the order in which they are read, from the browser's own accessibility tree. Numbers are `#`,
and of a row of links or rows only the first ones stand there: the register may change, the way in which a page is read may not.
"""

from __future__ import annotations

import re
import tempfile
import time
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests import chromium
from tests.browser.servers import APP, Server
from tests.browser.waiting import opened

FOLDER = Path(__file__).with_name("readings")
PATHS = (
    *("", "ile-de-france", "couverture", "annuaire", "bioproduction-tour", "reseaux", "sources"),
    *("mentions-legales", "accessibilite", "atelier"),
)
LANGUAGES = ("fr", "en")
MOST = 3
"""Links, buttons or rows of one kind beside each other that are named; those that follow are not."""
_REGIONS = frozenset({"banner", "navigation", "main", "contentinfo", "region", "complementary", "search", "form"})
_FIELDS = frozenset({"searchbox", "textbox", "combobox", "radiogroup", "checkbox", "slider", "tab", "grid"})
PATIENCE = 10
"""Seconds for what comes late."""
_OTHERS = frozenset({"heading", "iframe", "figure", "status"})
_ROWS = frozenset({"link", "button", "img", "list", "radio", "table", "article"})
_LINE = re.compile(r"""^(\s*)- '?(\w+)(?: "((?:[^"\\]|\\.)*)")?((?: \[[^\]]*\])*)'?(?::.*)?$""")
_NUMBER = re.compile(r"\d(?:[\d\s\u202f\u00a0.,]*\d)?")


def _write_line(depth: int, role: str, name: str | None, more: str) -> str:
    plain = _NUMBER.sub("#", name or "").replace("''", "'")  # YAML doubles an apostrophe
    named = f" “{plain}”" if plain else ""
    return f"{'  ' * depth}{role}{named}{more}"


def read_page(page: Page) -> str:
    """The reading of the page that is open."""
    found = (_LINE.match(line) for line in page.locator("body").aria_snapshot().splitlines())
    kept = [line for line in found if line and line[2] in _REGIONS | _FIELDS | _OTHERS | _ROWS]
    lines = [(len(line[1]) // 2, line[2], line[3], line[4].replace(" [active]", "")) for line in kept]
    said = []
    for (depth, role), group in groupby(lines, key=lambda line: line[:2]):
        texts = [_write_line(*line) for line in group]
        few = texts[:MOST] if role in _ROWS and len(texts) > MOST + 2 else texts
        said += few + ([f"{'  ' * depth}… {role}"] if len(few) < len(texts) else [])
    return "\n".join(said)


def read_kept(lang: str) -> dict[str, str]:
    """Path -> reading, as the file of a language has them."""
    text = (FOLDER / f"{lang}.txt").read_text(encoding="utf-8")
    parts = re.split(r"^# /(.*)$\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], (part.strip("\n") for part in parts[1::2]), strict=True))


def expect_reading(page: Page, kept: str) -> None:
    """The page is read as it was, once what comes late is there."""
    late = time.monotonic() + PATIENCE
    while (now := read_page(page)) != kept and time.monotonic() < late:
        page.wait_for_timeout(500)
    assert now == kept, "not read as before: python -m tests.browser.readings, then read the diff"


def _read_at_rest(page: Page, address: str) -> str:
    """The reading of an address, once two in a row are alike: what comes late is part of it."""
    opened(page, address)
    before, now = "", read_page(page)
    while before != now:
        page.wait_for_timeout(1000)
        before, now = now, read_page(page)
    return now


def main() -> None:
    """Write both files anew, of a server of this program's own."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="biocarto-readings-") as folder, sync_playwright() as driver:
        server = Server(APP, {}, Path(folder) / "log.txt")
        try:
            server.wait()
            browser = driver.chromium.launch(executable_path=chromium.find(chromium.SHELLS), args=[*chromium.ARGUMENTS])
            for lang in LANGUAGES:
                page = browser.new_page(viewport={"width": 1400, "height": 900})
                parts = [f"# /{path}\n{_read_at_rest(page, f'{server.url}/{path}?lang={lang}')}\n" for path in PATHS]
                (FOLDER / f"{lang}.txt").write_text("\n".join(parts), encoding="utf-8")
            browser.close()
        finally:
            server.stop()


if __name__ == "__main__":
    main()
