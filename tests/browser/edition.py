"""Opens the static edition, and asks it what the app is asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import FrameLocator, Page, expect

from biocarto.query.filters import Filters
from biocarto.query.select import QueryResult, select
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


def answer(chosen: Filters) -> QueryResult:
    """The app's answer."""
    return select(chosen, joined())


_SHOW = """async addresses => {
    const page = document.querySelector('[data-page="annuaire"]');
    const number = (text) => Number(text.replace(/\\D/g, ""));
    const counted = (facet) => Object.fromEntries([...facet.querySelectorAll("label")].map((label) =>
        [label.querySelector("input").value, number(label.querySelector("output").textContent)]));
    const actor = (link) => new URLSearchParams(link.hash.split("?")[1]).get("actor");
    const map = page.querySelector("iframe").contentWindow;
    const answers = [];
    for (const [index, address] of addresses.entries()) {
        const moved = new Promise((resolve) => addEventListener("popstate", resolve, { once: true }));
        location.hash = address;
        await moved;
        map.postMessage({ asked: index }, "*");
        answers.push({
            ids: [...page.querySelectorAll("[data-list] > li [data-open]")].map(actor),
            counts: Object.fromEntries([...page.querySelectorAll("[data-facet]")].map((facet) => [facet.dataset.facet, counted(facet)])),
            summary: page.querySelector("[data-summary]").textContent,
        });
    }
    return answers;
}"""
"""Opens one address after the other, as a visitor does who types them; says what the directory shows."""

_LISTEN = """() => {
    let layers = null;
    window.sent = [];
    addEventListener("message", ({ data }) => {
        if (data.say === "draw") layers = data.layers;
        if ("asked" in data) window.sent[data.asked] = layers;
    });
}"""
"""In the document of the map: what it was sent last, for each address of `_SHOW`."""


def ask_edition(page: Page, asked: Sequence[Filters]) -> list[dict[str, Any]]:
    """What the directory shows for several questions, each another than the one before: ids in order, counts by code, its sentence."""
    lang = page.evaluate("document.documentElement.lang")
    addresses = [f"#/annuaire?{urlencode(chosen.to_params() | {'lang': lang}, doseq=True)}" for chosen in asked]
    answers: list[dict[str, Any]] = page.evaluate(_SHOW, addresses)
    return answers


def ask_edition_and_map(page: Page, asked: Sequence[Filters]) -> list[dict[str, Any]]:
    """The same, with the layers that the map of the directory is sent; the first question is another than that of the page."""
    shown_map(page, "directory")
    frame = page.locator('[data-map="directory"] iframe').element_handle().content_frame()
    assert frame
    frame.evaluate(_LISTEN)
    answers = ask_edition(page, asked)
    frame.wait_for_function("count => sent.length === count", arg=len(asked))
    return [answer | {"layers": layers} for answer, layers in zip(answers, frame.evaluate("() => sent"), strict=True)]
