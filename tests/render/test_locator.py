"""The small map of a sheet: the actor stands where the tables and the layers put it."""

from base64 import b64decode
from xml.etree import ElementTree as ET

import pytest
import shapely

from biocarto import rows
from biocarto.render import locator
from biocarto.territory.territory import to_metres
from tests.support.register import joined

SVG = "{http://www.w3.org/2000/svg}"
GROUND = locator.draw_base(joined().territory)


def drawn(actor: str) -> ET.Element:
    """The map of a real actor."""
    return ET.fromstring(locator.draw_locator(rows.get_row(joined().actors, actor), GROUND))


def test_every_department_is_drawn() -> None:
    """Eight outlines at least, inside the drawing."""
    path = drawn("genethon").find(f"{SVG}path").get("d")
    points = [tuple(map(float, point.split())) for ring in path.strip("MZ").split("ZM") for point in ring.split("L")]
    assert path.count("Z") >= 8
    assert min(x for x, _ in points) == 0
    assert max(x for x, _ in points) == pytest.approx(locator.WIDTH, abs=0.1)
    assert max(y for _, y in points) == pytest.approx(GROUND.height, abs=0.1)


@pytest.mark.parametrize("actor", joined().actors.index[joined().actors["latitude"].notna()])
def test_an_actor_stands_in_its_department(actor: str) -> None:
    """From units back to metres, by another path than the drawing's: the point lies in the outline of the department."""
    row = rows.get_row(joined().actors, actor)
    shape = drawn(actor)[-1]
    corners = [point.split(",") for point in shape.get("points", "").split()] or [(shape.get("cx"), shape.get("cy"))]
    x, y = (sum(float(corner[axis]) for corner in corners) / len(corners) for axis in (0, 1))
    point = shapely.Point(GROUND.west + x / GROUND.scale, GROUND.north - y / GROUND.scale)
    departments = to_metres(joined().territory.departments)
    assert departments.geometry[row["department_code"]].distance(point) < 900


def test_a_position_known_by_commune_only_has_a_ring() -> None:
    """A campus stands alone; a commune is ringed, because the street is not known."""
    by = joined().actors["precision"]
    assert len(drawn(by[by.eq("campus")].index[0]).findall(f"{SVG}circle[@r='11']")) == 0
    assert len(drawn(by[by.eq("commune")].index[0]).findall(f"{SVG}circle[@r='11']")) == 1


def test_paris_as_a_whole_is_drawn_as_an_area() -> None:
    """No shape at a point: the outline of Paris, whose middle lies in Paris; and nothing in a picture of many."""
    vague = joined().actors.index[joined().actors["precision"].eq("area")]
    borders, area = drawn(vague[0])
    points = [tuple(map(float, point.split())) for point in area.get("d").strip("MZ").split("L")]
    middle = shapely.Polygon([(GROUND.west + x / GROUND.scale, GROUND.north - y / GROUND.scale) for x, y in points]).centroid
    assert to_metres(joined().territory.communes).geometry["75056"].contains(middle)
    assert len(borders.get("d")) > len(area.get("d"))
    assert len(ET.fromstring(locator.draw_actors([rows.get_row(joined().actors, name) for name in vague], GROUND))) == 1


def test_the_address_holds_the_drawing() -> None:
    """What an image reads is what was drawn."""
    kind, text = locator.encode_svg("<svg>é</svg>").split(",")
    assert (kind, b64decode(text).decode()) == ("data:image/svg+xml;base64", "<svg>é</svg>")


def test_a_picture_of_many_has_a_shape_for_each() -> None:
    """Where the map of each puts it, without its ring."""
    names = ["genethon", "abivax", "yposkesi"]
    picture = ET.fromstring(locator.draw_actors([rows.get_row(joined().actors, name) for name in names], GROUND))
    borders, *shapes = picture
    assert borders.tag == f"{SVG}path"
    assert [shape.tag for shape in shapes] == [drawn(name)[-1].tag for name in names]
    circle, alone = shapes[1], drawn("abivax")[-1]
    assert (circle.get("cx"), circle.get("cy")) == (alone.get("cx"), alone.get("cy")) != (None, None)
