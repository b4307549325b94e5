"""`/picture/`: every picture in every form, in both languages, and in words what cannot be one."""

from __future__ import annotations

import io
import json
import re
import struct
from dataclasses import replace
from pathlib import Path
from threading import current_thread, main_thread
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse

from biocarto.api.picture import listing
from biocarto.api.picture.routes import build_routes
from biocarto.api.source import RegisterSource
from biocarto.config import Settings
from biocarto.export.picture.asking import KINDS
from biocarto.export.picture.model import SIZES
from tests.support.asgi import ask
from tests.support.pictures import a_door, read_chunks, read_size
from tests.support.register import joined

SVG = "{http://www.w3.org/2000/svg}"
EXAMPLES = {
    "region": ["", "kind=company&department=91", "etat=2010", "status=former&status=planned"],
    "directory": ["q=vecteurs", "near=48.85,2.35&km=5", "department=77&kind=incubator"],
    "actor": [f"actor={joined().actors.index[0]}"],
    "coverage": [
        "",
        "territory=91&measure=rate&map=both",
        "level=epci&group=category:biotherapies&measure=share",
        "map=symbols&territory=94",
        "territory=75056",
    ],
    "chain": ["", "territory=92&level=commune", "level=epci&modality=gene_therapy"],
    "absences": ["", "level=commune"],
    "foundings": ["", "chart=panels&territory=91"],
    "tour": ["", "stage=stage-3"],
    "networks": ["", "scale=national", "scale=regional", "net=bioman4r2"],
    "breakdown": [""],
}
EVERY = [(name, query) for name, queries in EXAMPLES.items() for query in queries]


def get(target: str, method: str = "GET", **headers: str):
    """The answer of the door at a public address."""
    return ask(a_door(), f"/picture/{target}", method, **headers)


def a_letter(svg: bytes) -> ET.Element:
    """A drawing as XML."""
    return ET.fromstring(svg)


def test_every_kind_has_an_example() -> None:
    """What is not asked for below is not tried."""
    assert EXAMPLES.keys() == KINDS.keys()


@pytest.mark.parametrize(("name", "query"), EVERY)
def test_every_picture_answers_as_drawing_and_as_image(name: str, query: str) -> None:
    """French as SVG, English as PNG of the usual size; both with a name that says what they are."""
    drawn, image = get(f"{name}.svg?{query}"), get(f"{name}.png?{query}&lang=en")
    assert (drawn.status, drawn.headers["content-type"]) == (200, "image/svg+xml")
    assert (image.status, image.headers["content-type"], read_size(image.body)) == (200, "image/png", (1920, 1080))
    assert (drawn.headers["content-language"], image.headers["content-language"]) == ("fr", "en")
    for answer, ending in ((drawn, "svg"), (image, "png")):
        name = re.fullmatch(rf'inline; filename="(biocarto-[a-z0-9-]+\.{ending})"', answer.headers["content-disposition"])[1]
        assert len(name) <= 84


@pytest.mark.parametrize(("name", "query"), EVERY)
def test_a_drawing_stands_alone(name: str, query: str) -> None:
    """No script, no style sheet, no font, no reference to anything outside; its texts are outlines."""
    svg = get(f"{name}.svg?{query}&qr=1").body.decode()
    assert re.findall(r"<script|<style|<text|<image|font-face|@import|on\w+=|url\((?!#)", svg) == []
    assert {link[0] for link in re.findall(r'href="([^"]*)"', svg)} == {"#"}
    root = a_letter(svg.encode())
    assert root.find(f"{SVG}title").text
    assert root.find(f"{SVG}desc").text
    used = set(re.findall(r'href="#([^"]*)"', svg))
    assert used <= {element.get("id") for element in root.iter()}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["region", "coverage", "chain", "tour"])
def test_each_size_has_its_pixels_and_its_density(name: str, size: str) -> None:
    """A4 at 300 dots per inch, which the file says too."""
    png = get(f"{name}.png?size={size}").body
    assert read_size(png) == SIZES[size].pixels
    across, _, unit = struct.unpack(">IIB", read_chunks(png)[b"pHYs"])
    assert (across, unit) == (round(SIZES[size].dpi / 0.0254), 1)
    root = a_letter(get(f"{name}.svg?size={size}").body)
    assert (int(root.get("width")), int(root.get("height"))) == SIZES[size].pixels


@pytest.mark.parametrize("name", ["region", "breakdown"])
def test_a_transparent_ground_is_transparent(name: str) -> None:
    """The corner has no colour; without being asked for it is white."""
    for query, corner in (("transparent=1", (0, 0, 0, 0)), ("", (255, 255, 255, 255))):
        image = Image.open(io.BytesIO(get(f"{name}.png?{query}").body)).convert("RGBA")
        assert image.getpixel((3, 3)) == corner
        assert image.getpixel((1916, 1076)) == corner


def test_a_code_is_there_where_it_is_asked_for_and_where_the_address_is_public() -> None:
    """A local copy has no address that anyone else could scan."""
    for door, query, there in ((a_door(), "qr=1", True), (a_door(), "", False), (a_door(""), "qr=1", False)):
        root = a_letter(ask(door, f"/picture/breakdown.svg?{query}").body)
        assert [g.get("class") for g in root.iter(f"{SVG}g")].count("code") == there


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "x" * 200, "a & b ]]> \"'", "基础 \u202e\u0007", "=1+1"])
def test_what_a_visitor_typed_is_text(text: str) -> None:
    """Nothing of it is markup, and no line leaves the page."""
    answer = get(f"directory.svg?q={quote(text)}")
    assert answer.status == 200
    root = a_letter(answer.body)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "defs", "pattern", "rect", "circle", "path", "polygon", "g", "use", "symbol"),
    }


def test_the_same_question_gives_the_same_bytes() -> None:
    """Typed ones too, which are kept nowhere."""
    for target in ("region.png?kind=company", "directory.svg?q=vecteurs", "directory.png?near=48.85,2.35&km=5"):
        first, second = get(target), get(target)
        assert first.body == second.body
        assert first.headers["etag"] == second.headers["etag"]


def test_a_hand_edit_under_the_same_name_is_another_picture() -> None:
    """The tables of an edition may be edited where they lie: the picture is of what they hold now."""
    renamed = joined().actors.assign(name=lambda rows: rows["name"].where(rows.index != "genethon", "Renamed by hand"))
    shown = [joined()]
    source = RegisterSource(Settings(), lambda: (joined().edition,), lambda _: Path(), lambda _: None, lambda _: shown[-1])
    door = Starlette(routes=build_routes(source))
    before = ask(door, "/picture/actor.svg?actor=genethon")
    shown.append(replace(joined(), actors=renamed))
    after = ask(door, "/picture/actor.svg?actor=genethon")
    assert b"Renamed by hand" in after.body
    assert before.headers["etag"] != after.headers["etag"]


def test_a_picture_is_kept_and_signed_with_what_was_understood() -> None:
    """A value that is given twice, or empty, or that changes nothing, makes no other picture and stands in no address of it."""
    plain = get("region.svg?kind=company")
    for query in ("kind=company&kind=company&size=", "kind=company&etat=&first=", "kind=company&km=10"):
        same = get(f"region.svg?{query}")
        assert (same.status, same.body) == (200, plain.body)
    assert get("networks.svg?net=bioman4r2&net=&net=bioman4r2").body == get("networks.svg?net=bioman4r2").body


def test_a_reader_who_has_it_is_told_so() -> None:
    """304 for the tag of today, the whole file for another."""
    tag = get("tour.svg").headers["etag"]
    assert get("tour.svg", if_none_match=f'"other", W/{tag}').status == 304
    assert get("tour.svg", if_none_match='"other"').status == 200
    assert get("tour.svg", if_none_match=tag).body == b""


def test_the_head_of_a_picture_is_that_of_the_picture() -> None:
    """The same headers without the body."""
    whole, head = get("tour.png"), get("tour.png", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers == whole.headers
    assert int(head.headers["content-length"]) == len(whole.body)


def test_a_file_to_keep_says_so() -> None:
    """What the button of the page asks for."""
    assert get("tour.svg?download=1").headers["content-disposition"].startswith("attachment; filename=")


@pytest.mark.parametrize(
    "target",
    [
        *("region.png?kind=nope", "region.png?department=91&department=zz", "region.png?unknown=1", "region.png?area=1,2"),
        *("region.png?near=nowhere", "region.png?km=-1", "region.svg?etat=1800", f"region.svg?q={'x' * 5000}"),
        *("coverage.png?territory=zz", "coverage.png?measure=nope", "coverage.png?level=country", "coverage.png?group=kind:nope"),
        *("coverage.png?group=kind:company&measure=companies", "coverage.png?scheme=x", "coverage.png?map=x", "chain.svg?q=a"),
        *("actor.png", "actor.png?actor=nobody", "tour.png?stage=9", "networks.png?net=nope", "networks.png?scale=world"),
        *("foundings.svg?chart=pie", "breakdown.svg?kind=company", "region.png?size=4k", "region.png?lang=de", "region.png?qr=yes"),
        *("coverage.svg?measure=INSULT&measure=count", "region.svg?size=JUNK&size=1920x1080", "tour.svg?stage=stage-1&stage=stage-3"),
        *("networks.svg?net=NOT-A-NETWORK&net=bioman4r2", "region.svg?edition=x&edition=latest", "region.svg?etat=INSULT&etat=2010"),
        *("region.png?transparent=2", "region.png?edition=1999-01-01", "region.png?" + "&".join(["kind=company"] * 60)),
    ],
)
def test_a_question_that_means_nothing_is_refused_in_words(target: str) -> None:
    """400, what was wrong in both languages, and no picture."""
    answer = get(target)
    assert (answer.status, answer.headers["content-type"]) == (400, "application/problem+json")
    problem = json.loads(answer.body)
    assert problem["detail"]
    assert problem["detail_fr"]
    assert len(answer.body) < 4_000


@pytest.mark.parametrize("target", ["region", "region.gif", "nothing.png", ".png", "region.png/x"])
def test_what_is_no_picture_is_not_found(target: str) -> None:
    """In words, or not at all where the door has no such route."""
    assert get(target).status == 404


def test_a_long_address_has_no_code() -> None:
    """A code that no phone reads is refused, and the limit is said."""
    corners = ";".join(f"48.{n:05d},2.{n:05d}" for n in range(1, 80))
    answer = get(f"directory.svg?qr=1&area={corners}")
    assert (answer.status, "997" in json.loads(answer.body)["detail"]) == (400, True)


@pytest.mark.parametrize("spelling", ["", "/"])
def test_the_list_names_every_picture(spelling: str) -> None:
    """As JSON for programs, as a page for people, in their language; every link of the page answers."""
    found = json.loads(ask(a_door(), f"/picture{spelling}").body)
    assert [picture["name"] for picture in found["pictures"]] == list(KINDS)
    assert {picture["href"].partition("/picture/")[0] for picture in found["pictures"]} == {"https://biocarto.example"}
    local = json.loads(ask(a_door("", "/carto"), f"/carto/picture{spelling}").body)["pictures"][0]
    assert local["href"] == "http://localhost:8501/carto/picture/region.png"
    page = ask(a_door("", "/carto"), f"/carto/picture{spelling}", accept="text/html", accept_language="en").body.decode()
    assert "Every map and every chart" in page
    links = re.findall(r"href='http://localhost:8501(/carto/picture/[^']*)'", page)
    assert len(links) == (len(KINDS) - 1) * 2 * len(SIZES)
    assert ask(a_door("", "/carto"), links[0].replace("&amp;", "&")).status == 200


def test_the_list_is_made_off_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its page is read from files: whoever is served meanwhile does not wait for the disk."""
    threads = []
    monkeypatch.setattr(listing, "answer_page", lambda *_: threads.append(current_thread()) or PlainTextResponse("made"))
    assert ask(a_door(), "/picture/?f=html").body == b"made"
    assert threads
    assert main_thread() not in threads
