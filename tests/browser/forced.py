"""What is left of a page when the visitor's system sets all colours."""

from __future__ import annotations

from playwright.sync_api import Page

_PARTS = """() => Object.fromEntries([...document.querySelectorAll(".bc-part")].map(part => {
    const { backgroundImage, backgroundColor } = getComputedStyle(part);
    return [part.className.match(/bc-of-(\\w+)/)[1], backgroundImage + backgroundColor];
}))"""
_MARKS = """() => [...document.querySelectorAll(".bc-mark")].filter(
    mark => getComputedStyle(mark).backgroundColor === getComputedStyle(document.body).backgroundColor).length"""
_CLASSES = """() => [...document.querySelectorAll(".bc-legend .bc-box")].map(box => getComputedStyle(box).backgroundColor)"""
_SHAPES = """() => [...document.querySelectorAll(".bc-place .bc-shape")].filter(shape => {
    const { fill, stroke } = getComputedStyle(shape);
    return fill === stroke;
}).length"""
_RINGS = """() => Object.fromEntries([...document.querySelectorAll(".bc-place .bc-arc")].map(
    arc => [arc.getAttribute("class"), getComputedStyle(arc).stroke]))"""


def expect_meaning_without_colours(page: Page) -> None:
    """Bars and rings have a texture per kind, marks and shapes are seen, classes of a map are steps between two colours."""
    page.emulate_media(media="screen", forced_colors="active")
    parts = page.evaluate(_PARTS)
    assert len(set(parts.values())) == len(parts) > 0
    assert page.evaluate(_MARKS) == 0
    frames = [frame for frame in page.frames if frame.query_selector(".biocarto")]
    for frame in frames:
        classes = frame.evaluate(_CLASSES)
        assert len(set(classes)) == len(classes)
        assert frame.evaluate(_SHAPES) == 0
        textures = frame.evaluate(_RINGS)
        assert all(texture.startswith("url") for texture in textures.values())
        assert len(set(textures.values())) == len(textures)
    assert frames
    page.emulate_media(forced_colors="none")
