"""The printed map, read as XML."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
import shapely

from biocarto.export.drawing.territories import LEGEND as LEGEND_WIDTH
from biocarto.export.drawing.territories import WIDTH, MapContent, draw_territories
from biocarto.maps import palette
from biocarto.maps.legend import Legend
from biocarto.model import SYMBOLS
from biocarto.render.printable import make_printable
from biocarto.render.svg import HATCH, INK, UNKNOWN, compute_radius
from tests.export.reports import a_map, rates

SVG = "{http://www.w3.org/2000/svg}"
LEGEND = Legend("Titre", ("aucun", "peu", "beaucoup"), "unité", "inconnu", "fragile", "note")


def shapes(svg: str, kind: str) -> list[ET.Element]:
    """Elements of one class."""
    return [element for element in ET.fromstring(svg).iter() if element.get("class") == kind]


def texts(svg: str) -> list[str]:
    """Every text, in order."""
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


def fills(svg: str) -> dict[str, str]:
    """Code of each territory -> its fill."""
    return {path.attrib["data-code"]: path.attrib["fill"] for path in shapes(svg, "territory")}


def drawn(register, classes: dict[str, int] | None = None, lang: str = "fr", **options) -> str:
    """The departments of Île-de-France."""
    layer = register.territory.departments
    layer = layer[layer["region_code"] == "11"]
    return draw_territories(MapContent(layer, pd.Series(classes or {}, dtype=int), 2, **options), LEGEND, lang)


def test_each_territory_is_one_path(register) -> None:
    """All of them, none twice, each closed."""
    svg = a_map(register)
    assert sorted(fills(svg)) == sorted(rates(register, "91").index)
    assert all(re.fullmatch(r"(M[-\d.]+ [-\d.]+(L[-\d.]+ [-\d.]+)+Z)+", path.attrib["d"]) for path in shapes(svg, "territory"))


def test_classes_choose_the_fill(register) -> None:
    """-1 and a code without class are unknown, 0 is white, then light to dark; beyond the last class is the last."""
    found = fills(drawn(register, {"75": -1, "91": 0, "92": 1, "93": 2, "94": 9}))
    light, dark = palette.list_sequential(2, "light")
    assert [found[code] for code in ("75", "77", "91", "92", "93", "94")] == [UNKNOWN, UNKNOWN, "#FFFFFF", light, dark, dark]


def test_fragile_rates_are_hatched(register) -> None:
    """Over the colour of their class, with the same outline."""
    svg = drawn(register, {"91": 1}, hatched={"91", "unknown"})
    (hatch,) = shapes(svg, "hatch")
    (path,) = [path for path in shapes(svg, "territory") if path.attrib["data-code"] == "91"]
    assert (hatch.attrib["fill"], hatch.attrib["d"]) == (HATCH, path.attrib["d"])


def test_the_chosen_territory_stands_out(register) -> None:
    """An outline in ink, of any level, wholly inside the frame."""
    layer, region = register.territory.departments.loc[["91"]], register.territory.regions.loc[["11"]]
    svg = draw_territories(MapContent(layer, pd.Series({"91": 0}), outlined=region), Legend("", ("aucun",)), "fr")
    (outline,) = shapes(svg, "outlined")
    assert (outline.attrib["fill"], outline.attrib["stroke"]) == ("none", INK)
    numbers = np.array(re.findall(r"([-\d.]+) ([-\d.]+)", outline.attrib["d"]), dtype=float)
    width, height = map(float, ET.fromstring(svg).attrib["viewBox"].split()[2:])
    assert width == WIDTH
    assert numbers.min() >= 0
    assert (numbers.max(axis=0) <= [WIDTH - LEGEND_WIDTH, height]).all()


def test_rivers_lie_over_the_classes_and_beneath_the_outline(register) -> None:
    """Each in a line of the ground, within the frame; a report has the Seine, and needs none."""
    rivers = register.territory.ground["rivers_ile_de_france"]
    svg = a_map(register, rivers=rivers[rivers["name"].eq("la Seine")])
    order = [path.attrib.get("class") for path in ET.fromstring(svg).iter(f"{SVG}path")]
    river, outline = order.index("river"), order.index("outlined")
    assert len(order) - 1 - order[::-1].index("territory") < river < outline
    points = [re.findall(r"([-\d.]+) ([-\d.]+)", path.attrib["d"]) for path in shapes(svg, "river")]
    assert max(float(x) for path in points for x, _ in path) <= WIDTH - LEGEND_WIDTH
    assert shapes(a_map(register), "river") == []


def test_north_is_up_and_east_is_right(register) -> None:
    """Paris lies north of the Essonne and east of the Yvelines."""
    labels = {code: code for code in ("75", "91", "78")}
    place = {t.text: (float(t.attrib["x"]), float(t.attrib["y"])) for t in ET.fromstring(drawn(register, labels=labels)).iter(f"{SVG}text")}
    assert place["75"][1] < place["91"][1]
    assert place["75"][0] > place["78"][0]


def test_neighbours_end_at_the_frame(register) -> None:
    """Pale, named where enough of them is seen, and never under the legend."""
    svg = a_map(register)
    points = [re.findall(r"([-\d.]+) ([-\d.]+)", path.attrib["d"]) for path in shapes(svg, "around")]
    assert max(float(x) for path in points for x, _ in path) <= WIDTH - LEGEND_WIDTH
    assert {"Yvelines", "Seine-et-Marne"} <= set(texts(svg))
    assert "Indre" not in texts(svg)


def test_every_entry_of_the_legend_is_written(register) -> None:
    """Title, unit, classes, no data, hatch, note; empty ones leave no box."""
    svg = drawn(register, {"91": 1})
    assert texts(svg)[:-1] == ["Titre", "unité", "aucun", "peu", "beaucoup", "inconnu", "fragile", "note"]
    alone = MapContent(register.territory.departments.loc[["91"]], pd.Series({"91": 0}))
    short = draw_territories(alone, Legend("", ("aucun",)), "fr")
    assert texts(short)[:-1] == ["aucun"]


@pytest.mark.parametrize(
    ("lang", "expected"), [("fr", "Fournisseurs de technologies et de services"), ("en", "Technology and service providers")]
)
def test_groups_on_the_map_are_in_the_legend(register, lang: str, expected: str) -> None:
    """With their shape, in the language of the reader; groups that are not on the map are not."""
    actors = register.actors[register.actors["group"] == "techproviders"]
    found = texts(drawn(register, actors=actors, lang=lang))
    assert expected in " ".join(found)
    assert "Bioproduction" not in found


def box_of(text: ET.Element) -> shapely.Polygon:
    """About what a centred text covers."""
    x, y, half = float(text.attrib["x"]), float(text.attrib["y"]), len(text.text or "") * 2.8
    return shapely.box(x - half, y - 11, x + half, y + 3)


def corners(shape: ET.Element) -> np.ndarray:
    """The corners of a polygon."""
    return np.array([point.split(",") for point in shape.attrib["points"].split()], dtype=float)


def one(group: str, latitude: float = 48.5, longitude: float = 2.3) -> dict[str, object]:
    """An actor somewhere in the Essonne."""
    return {"group": group, "latitude": latitude, "longitude": longitude}


def test_actors_are_counted_by_place(register) -> None:
    """One at a place has the shape of its group; several have a ring with their number; neighbours that would hide them join."""
    far = [one("integrator", 48.9, 1.6)]
    near = [one("biotherapies"), one("biotherapies"), one("bioproduction"), one("incubator", 48.501, 2.301)]
    svg = drawn(register, actors=pd.DataFrame(near + far))
    (rings,) = [[path for path in ET.fromstring(svg).iter(f"{SVG}path") if "A" in path.get("d", "")]]
    assert texts(svg)[0] == "4"
    assert [ring.attrib["stroke"] for ring in rings] == [
        symbol.colour for symbol in SYMBOLS if symbol.key in {row["group"] for row in near}
    ]
    assert len([p for p in ET.fromstring(svg).iter(f"{SVG}polygon") if p.attrib["fill"] == SYMBOLS[-1].colour]) == 2


def test_a_place_of_one_group_is_a_whole_ring(register) -> None:
    """An arc from a point to itself would be nothing."""
    svg = drawn(register, actors=pd.DataFrame([one("biotherapies")] * 3))
    (ring,) = [path.attrib["d"] for path in ET.fromstring(svg).iter(f"{SVG}path") if "A" in path.get("d", "")]
    start, end = re.match(r"M([\d.]+ [\d.]+)A.* 1 ([\d.]+ [\d.]+)$", ring).groups()
    assert start != end
    assert " 0 1 1 " in ring


def test_no_symbol_hides_another(register) -> None:
    """Every actor of the region with a position is in exactly one of them."""
    svg = drawn(register, actors=register.actors)
    placed = register.actors.dropna(subset=["latitude", "longitude"])
    numbers = [int(text) for text in texts(svg) if text.isdigit()]
    root = ET.fromstring(svg)
    circles = [
        (float(c.attrib["cx"]), float(c.attrib["cy"]), float(c.attrib["r"]) - 1)
        for c in root.iter(f"{SVG}circle")
        if c.get("stroke") == INK and c.get("fill") != INK
    ]
    for index, (x, y, r) in enumerate(circles):
        assert all(np.hypot(x - a, y - b) >= r + s - 0.02 for a, b, s in circles[index + 1 :])
    assert sum(numbers) <= len(placed)
    assert len(circles) == len(numbers)


def test_a_name_is_written_beside_a_symbol(register) -> None:
    """Below it, where both can be read, and never cut by the frame."""
    layer = register.territory.departments.loc[["75"]]
    at = {"latitude": float(layer["latitude"].iloc[0]), "longitude": float(layer["longitude"].iloc[0])}
    svg = drawn(register, labels={"75": "Paris", "78": "Y" * 70}, actors=pd.DataFrame([{"group": "incubator", **at}] * 4))
    number, name, long = list(ET.fromstring(svg).iter(f"{SVG}text"))[:3]
    assert float(name.attrib["y"]) > float(number.attrib["y"]) + 8
    assert float(long.attrib["x"]) >= 70 * 2.8


def test_no_name_covers_a_symbol_or_another_and_paris_is_named_at_paris(register) -> None:
    """The region with all its actors: a name without room in its department stands further out, with a leader that ends inside."""
    departments = register.territory.departments[register.territory.departments["region_code"] == "11"]
    svg = drawn(register, labels=dict(departments["name"]), actors=register.actors)
    root = ET.fromstring(svg)
    symbols = [[float(c.attrib[name]) for name in ("cx", "cy", "r")] for c in root.iter(f"{SVG}circle") if c.get("stroke") == INK]
    symbols += [
        [*np.mean(corners(shape), axis=0), 5] for shape in root.iter(f"{SVG}polygon") if corners(shape).max() < WIDTH - LEGEND_WIDTH
    ]
    boxes = {t.text: box_of(t) for t in root.iter(f"{SVG}text") if t.text in set(departments["name"])}
    assert set(boxes) == set(departments["name"])
    for x, y, r in symbols:
        assert all(box.distance(shapely.Point(x, y)) >= r for box in boxes.values())
    named = list(boxes.values())
    assert not any(box.intersects(other) for i, box in enumerate(named) for other in named[i + 1 :])
    (outline,) = [path.attrib["d"] for path in shapes(svg, "territory") if path.attrib["data-code"] == "75"]
    paris = shapely.Polygon([tuple(map(float, point.split())) for point in outline.strip("MZ").split("L")])
    leaders = [re.findall(r"([-\d.]+) ([-\d.]+)", path.attrib["d"])[1] for path in shapes(svg, "leader")]
    ends = [shapely.Point(*map(float, end)) for end in leaders]
    assert boxes["Paris"].intersects(paris) or any(end.within(paris.buffer(1)) for end in ends)


def test_actors_without_position_are_left_out(register) -> None:
    """No position is invented."""
    actors = pd.DataFrame([one("integrator", float("nan"), float("nan"))])
    assert "Intégrateurs industriels" not in texts(drawn(register, actors=actors))


def test_symbols_grow_with_the_number() -> None:
    """By area, and never too small to be read."""
    assert compute_radius(1) < compute_radius(2) <= compute_radius(4) < compute_radius(100)
    assert compute_radius(400) == pytest.approx(2 * compute_radius(100))


@pytest.mark.parametrize(
    ("code", "lang", "expected"), [("91", "fr", "10\u00a0km"), ("75", "en", "2\u00a0km"), ("93061", "fr", "200\u00a0m")]
)
def test_the_scale_is_a_round_length(register, code: str, lang: str, expected: str) -> None:
    """As long on the map as it says."""
    layer = register.territory.communes if len(code) == 5 else register.territory.departments
    svg = draw_territories(MapContent(layer.loc[[code]], pd.Series({code: 0})), Legend("", ("aucun",)), lang)
    assert texts(svg)[-1] == expected


@pytest.mark.parametrize("name", ["</text><script>x</script>", "a & b", '"', "\x00x", "基", "]]>", "a\u202eb"])
def test_no_name_is_markup(register, name: str) -> None:
    """A name from a table closes nothing, and what fonts lack is a box."""
    departments = register.territory.departments.assign(name=name)
    legend = Legend(name, (name,), name, name, name, name)
    labels = {"91": name, "nowhere": name}
    content = MapContent(departments.loc[["91"]], pd.Series({"91": 0}), 0, labels=labels, around=departments.loc[["77"]])
    svg = draw_territories(content, legend, "fr")
    assert {element.tag.removeprefix(SVG) for element in ET.fromstring(svg).iter()} <= {
        "svg",
        "defs",
        "pattern",
        "rect",
        "circle",
        "path",
        "text",
    }
    assert texts(svg).count(make_printable(name)) == 8


def test_no_file_or_script_is_asked_for(register) -> None:
    """The drawing stands alone."""
    svg = a_map(register)
    assert re.findall(r"href|script|<style|@import|url\((?!#)", svg) == []
