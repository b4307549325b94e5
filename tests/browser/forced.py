"""What is left of a page when the visitor's system sets all colours."""

from __future__ import annotations

from playwright.sync_api import Frame, Page

_PARTS = """() => Object.fromEntries([...document.querySelectorAll(".bc-part")].map(part => {
    const { backgroundImage, backgroundColor } = getComputedStyle(part);
    return [part.className.match(/bc-of-(\\w+)/)[1], backgroundImage + backgroundColor];
}))"""
_MARKS = """() => [...document.querySelectorAll(".bc-mark")].filter(
    mark => getComputedStyle(mark).backgroundColor === getComputedStyle(document.body).backgroundColor).length"""
_CLASSES = """() => [...document.querySelectorAll(".bc-legend .bc-ramp .bc-box")].map(box => getComputedStyle(box).backgroundColor)"""
_SHAPES = """() => [...document.querySelectorAll(".bc-place .bc-shape")].filter(shape => {
    const { fill, stroke } = getComputedStyle(shape);
    return fill === stroke;
}).length"""
_RINGS = """() => Object.fromEntries([...document.querySelectorAll(".bc-place .bc-arc")].map(
    arc => [arc.getAttribute("class"), getComputedStyle(arc).stroke]))"""


def expect_bars_without_colours(page: Page) -> None:
    """Each kind has a texture of its own in bars, and marks are seen."""
    page.emulate_media(media="screen", forced_colors="active")
    parts = page.evaluate(_PARTS)
    assert len(set(parts.values())) == len(parts) > 0
    assert page.evaluate(_MARKS) == 0
    page.emulate_media(forced_colors="none")


def expect_classes_without_colours(page: Page) -> None:
    """Classes of a map are steps between two colours."""
    page.emulate_media(media="screen", forced_colors="active")
    classes = [frame.evaluate(_CLASSES) for frame in page.frames if frame.query_selector(".biocarto")]
    assert all(len(set(looks)) == len(looks) > 1 for looks in classes)
    assert classes
    page.emulate_media(forced_colors="none")


def expect_symbols_without_colours(frame: Frame) -> None:
    """Rings have a texture per kind, shapes are seen."""
    frame.page.emulate_media(media="screen", forced_colors="active")
    textures = list(frame.evaluate(_RINGS).values())
    assert len(set(textures)) == len(textures) > 1
    assert all(texture.startswith("url") for texture in textures)
    assert frame.evaluate(_SHAPES) == 0
    frame.page.emulate_media(forced_colors="none")
