"""Opens the static edition, and asks it what the app is asked."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import FrameLocator, Page, expect

from biocarto.query import facets, filters, search
from biocarto.query.facets import Facets, Found
from biocarto.query.filters import Filters
from biocarto.query.search import SearchIndex
from tests.support.register import joined


def opened(page: Page, folder: Path, where: str = "", document: str = "index.html") -> Page:
    """The edition at an address after the `#`, such as `annuaire?q=x`."""
    page.goto(f"{(folder / document).as_uri()}#/{where}")
    expect(page.locator("h1:visible")).to_have_count(1)
    return page


def shown_map(page: Page, name: str) -> FrameLocator:
    """A map, drawn."""
    frame = page.frame_locator(f'[data-map="{name}"] iframe')
    expect(frame.locator(".biocarto.bc-shown[data-drawn][data-ground]")).to_be_visible()
    return frame


@cache
def prepared() -> tuple[Facets, SearchIndex]:
    """What the app answers with."""
    actors = filters.prepared(joined())
    return facets.build(actors), search.build(actors)


def answer(chosen: Filters) -> Found:
    """The app's answer."""
    return facets.select(chosen, *prepared(), joined())


def of_edition(page: Page, chosen: Filters) -> dict[str, Any]:
    """The edition's answer: ids in order, counts by code, the selection in words."""
    asked = {name: list(getattr(chosen, name)) for name in filters.FACETS} | {"q": chosen.q}
    found: dict[str, Any] = page.evaluate(
        """asked => {
            const { found, counts } = Edition.select(asked);
            const { facets, rows } = Edition.data;
            const named = (name) => Object.fromEntries(facets[name].codes.map((code, i) => [code, counts[name][i]]));
            return {
                ids: found.map((row) => rows.ids[row]),
                counts: Object.fromEntries(Edition.facetNames.map((name) => [name, named(name)])),
                summary: Edition.summary(found, Edition.total(asked)),
                payload: Edition.actors(found),
            };
        }""",
        asked,
    )
    return found
