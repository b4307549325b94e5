"""A picture on its page: nothing lies on anything else, nothing is cut, and everything that must be said is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
import shapely

from biocarto.export.drawing.letters import measure_text, wrap_text
from biocarto.export.picture.actor_map import picture_region
from biocarto.export.picture.asking import KINDS, PictureQuestion
from biocarto.export.picture.layout import COLUMN, GAP, MARGIN, lay_out
from biocarto.export.picture.model import SIZES, Picture
from biocarto.export.picture.subject import PictureContext
from biocarto.i18n import Locale
from biocarto.query.filters import Filters
from biocarto.render.printable import make_printable
from tests.support.register import joined

LINK = "https://biocarto.example/ile-de-france"
ASKED = {
    "region": [{}, {"kind": ["company"], "department": ["91"]}, {"department": ["75"]}],
    "coverage": [{}, {"territory": ["91"], "map": ["both"], "measure": ["rate"]}, {"level": ["epci"]}],
    "chain": [{}, {"level": ["epci"]}],
    "absences": [{}],
    "foundings": [{}, {"chart": ["panels"]}],
    "tour": [{}],
    "networks": [{}, {"scale": ["regional"]}],
    "breakdown": [{}],
}
EVERY = [(name, values) for name, asked in ASKED.items() for values in asked]


def context(lang: str = "fr") -> PictureContext:
    """The real register, on a day."""
    return PictureContext(joined(), Locale(lang), date(2026, 11, 29), LINK)


def picture(name: str, values: dict[str, list[str]], lang: str = "fr") -> Picture:
    """What an address asks for."""
    return KINDS[name].make(context(lang), PictureQuestion(values))


def place_texts(element: ET.Element, at: tuple[float, float, float] = (0.0, 0.0, 1.0)) -> list[tuple[str, shapely.Polygon]]:
    """Every text with the box that its letters take on the page."""
    x, y, scale = at
    for step in element.get("transform", "").split(") "):
        kind, _, numbers = step.rstrip(")").partition("(")
        if kind == "translate":
            across, down = map(float, numbers.split())
            x, y = x + across * scale, y + down * scale
        elif kind == "scale":
            scale *= float(numbers)
    found = [box for child in element for box in place_texts(child, (x, y, scale))]
    if element.tag == "text" and element.text:
        size = float(element.get("font-size", "11.5"))
        width = measure_text(element.text, size, bold=element.get("font-weight") == "bold")
        left = float(element.get("x")) - {"middle": width / 2, "end": width}.get(element.get("text-anchor", ""), 0)
        top = float(element.get("y"))
        box = shapely.box(left, top - size * 0.68, left + width, top + size * 0.12)
        found.append((element.text, shapely.affinity.translate(shapely.affinity.scale(box, scale, scale, origin=(0, 0)), x, y)))
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(("name", "values"), EVERY)
def test_no_text_lies_on_another_or_leaves_the_page(name: str, values: dict[str, list[str]], lang: str, size: str) -> None:
    """Measured by the letters, in every size and language."""
    root = lay_out(picture(name, values, lang), SIZES[size], with_code=True)
    texts = place_texts(root)
    page = shapely.box(0, 0, SIZES[size].width, SIZES[size].height)
    assert [text for text, box in texts if not page.contains(box)] == []
    assert [(one, other) for (one, a), (other, b) in combinations(texts, 2) if a.intersects(b)] == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("name", "values"), EVERY)
def test_every_picture_says_where_it_comes_from(name: str, values: dict[str, list[str]], size: str) -> None:
    """Title, sources, edition, day and address stand on each."""
    made = picture(name, values)
    told = " ".join(text for text, _ in place_texts(lay_out(made, SIZES[size])))
    for text in (made.title, "Sources", "28 novembre 2026", "29 novembre 2026", LINK):
        assert make_printable(text) in told.replace("\u202f", " ").replace("\u00a0", " ") or make_printable(text) in told


def test_the_legend_counts_every_site_once() -> None:
    """The groups add up to the selection, and those of Paris without an arrondissement are told."""
    made = picture_region(context(), Filters())
    entries = [entry.text for part in made.legend for entry in part.entries]
    counted = sum(int(text.rpartition(" ")[2]) for text in entries[:6])
    assert made.subtitle.startswith(f"{counted} ")
    vague = joined().actors.query("precision == 'area' and presence == 'present'")
    assert entries[-1] == f"{len(vague)} sites\u00a0: Paris, arrondissement inconnu"


def test_an_empty_selection_is_a_map_without_symbols() -> None:
    """And says that it has none."""
    made = picture("region", {"q": ["zzzzqqqq"]})
    assert made.subtitle.startswith("0 site")
    assert [entry for part in made.legend for entry in part.entries] == []
    lay_out(made, SIZES["1920x1080"])


@pytest.mark.parametrize("text", ["un mot", "x" * 300, "des mots " * 80, "", "é" * 30 + " " + "ï" * 90])
def test_lines_are_never_wider_than_their_room(text: str) -> None:
    """However long a word is; what has no room is left out with a sign of it."""
    lines = wrap_text(text, 120, 11.5, most=4)
    assert all(measure_text(line, 11.5) <= 120 for line in lines)
    assert len(lines) <= 4
    whole = wrap_text(text, 120, 11.5)
    assert "".join(whole).replace(" ", "") == text.replace(" ", "")
    assert (lines[-1:] != [] and lines[-1].endswith("…")) == (len(whole) > 4)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("name", "values"), [pair for pair in EVERY if pair[0] in {"region", "coverage", "tour", "networks"}])
def test_no_symbol_leaves_the_page(name: str, values: dict[str, list[str]], size: str) -> None:
    """Nor lies on the head, the foot or the legend: a close-up shows those alone that have room in it."""
    drawing = lay_out(picture(name, values), SIZES[size]).find("g[@class='drawing']")
    left, top = map(float, drawing.get("transform").removeprefix("translate(").removesuffix(")").split())
    placed = [*_place_circles(drawing, left, top)]
    legend = 0 if SIZES[size].is_upright else COLUMN + GAP
    assert all(x - r >= MARGIN and x + r <= SIZES[size].width - MARGIN - legend + 1 for x, _, r in placed)
    assert all(top - 1 <= y - r and y + r <= SIZES[size].height - MARGIN for _, y, r in placed)


def _place_circles(element: ET.Element, x: float, y: float) -> Iterator[tuple[float, float, float]]:
    """Every circle of a drawing on the page."""
    for child in element:
        if child.tag == "circle":
            yield x + float(child.get("cx")), y + float(child.get("cy")), float(child.get("r"))
        across, down = map(float, (child.get("transform") or "translate(0 0)").removeprefix("translate(").removesuffix(")").split())
        yield from _place_circles(child, x + across, y + down)
