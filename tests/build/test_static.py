"""The static edition as files: complete, repeatable, harmless whatever the tables hold, and asking nothing of any network."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from biocarto import cli, config
from biocarto.build import static
from biocarto.build.static_edition import document
from biocarto.build.static_edition.content import Content
from biocarto.errors import AppError, DataError
from biocarto.files import write_file
from biocarto.maps.assets import Assets
from biocarto.maps.base import SCRIPTS, STYLES
from biocarto.query import filters, search
from biocarto.render.html import fill_template
from biocarto.render.locator import LocatorBase
from tests.build.static_edition import LANGUAGES, build_edition, content
from tests.maps.drawn import HOSTILE, installed
from tests.support.markup import find_shown_markup
from tests.support.register import joined, tables

EMPTY = '{"type":"FeatureCollection","features":[]}'


@pytest.fixture(scope="module")
def front_end(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static/ folder with a few bytes under every name."""
    folder = tmp_path_factory.mktemp("static")
    for name, file in installed().files.items():
        (folder / file).write_text(EMPTY if name.startswith("boundaries/") else f"/* {name} */")
    (folder / "images").mkdir()
    (folder / "images/layers.png").write_bytes(b"png")
    return folder


@pytest.fixture(scope="module")
def edition(front_end: Path) -> dict[str, bytes]:
    """Every file of the edition of the real tables."""
    return build_edition(front_end)


class Read(HTMLParser):
    """The start tags of a document with their attributes, its text outside of scripts, and its data."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text, self.raw, self._inside = "", "", ""
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's signature
        """What follows is outside of it."""
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Text of the page, or of its data."""
        if self._inside == "script":
            self.raw += data
        else:
            self.text += data

    def all(self, tag: str, attribute: str) -> list[str]:
        """The values of an attribute of every such element that has it."""
        return [str(attributes[attribute]) for name, attributes in self.tags if name == tag and attribute in attributes]

    @property
    def data(self) -> dict[str, Any]:
        """What the scripts read."""
        found: dict[str, Any] = json.loads(self.raw)
        return found


@pytest.mark.parametrize("name", ["index.html", "en.html", "files/map.html"])
def test_every_file_that_a_document_names_is_there(edition: dict[str, bytes], name: str) -> None:
    """Scripts, styles and images are files of the folder or part of the document; only links lead out, and say nothing of where from."""
    read = Read(edition[name])
    asked = [*read.all("script", "src"), *read.all("link", "href"), *read.all("img", "src")]
    folder = name.rpartition("/")[0]
    assert asked
    assert [file for file in asked if not file.startswith("data:") and f"{folder}/{file}".lstrip("/") not in edition] == []
    outside = [attributes for tag, attributes in read.tags if tag == "a" and str(attributes.get("href")).startswith(("http:", "https:"))]
    assert all(attributes["rel"] == "noopener noreferrer" for attributes in outside)


@pytest.mark.parametrize("name", ["index.html", "en.html", "files/map.html"])
def test_a_document_forbids_itself_the_network(edition: dict[str, bytes], name: str) -> None:
    """No connection, no script but the files of the folder: a script that came with a name would not run either."""
    policies = [attributes["content"] for tag, attributes in Read(edition[name]).tags if attributes.get("http-equiv")]
    assert len(policies) == 1
    rules = dict(rule.strip().split(" ", 1) for rule in str(policies[0]).split(";"))
    assert (rules["default-src"], rules["connect-src"], rules["script-src"]) == ("'none'", "'none'", "'self' file:")
    assert not re.search(r"https?:|\*", str(policies[0]))


def test_our_scripts_and_styles_name_no_other_place(edition: dict[str, bytes]) -> None:
    """Neither fetch nor import, and no address but those of names of XML."""
    for name in ("static.css", "app.css"):
        text = re.sub(r'url\("data:[^"]*"\)', "", edition[f"files/{name}"].decode())
        assert not re.search(r"https?://|@import", text), name
    for name in document.SCRIPTS:  # `@import` is a rule of styles; in the comments of a script it names a type
        text = edition[f"files/{name}"].decode()
        assert not re.search(r"https?://|\bfetch\(|XMLHttpRequest|import\(|sendBeacon|WebSocket", text), name


def test_maps_have_the_scripts_of_the_app_in_their_order(edition: dict[str, bytes]) -> None:
    """The document of the maps loads what a map of the app loads, then what joins it to the page."""
    read = Read(edition["files/map.html"])
    assert read.all("script", "src") == [*(installed().files[name] for name in SCRIPTS), "frame.js"]
    assert read.all("link", "href") == [installed().files[name] for name in STYLES]


def test_a_boundary_file_hands_itself_over(edition: dict[str, bytes]) -> None:
    """The same outlines as in static/, under the name that the map asks for."""
    keys = set(Read(edition["index.html"]).data["maps"]["region"]["boundaries"].values())
    own = ("region", "departments", "paris", "epci", "communes", "ground-region", "ground-region-close")
    assert keys == {f"boundaries-{key}.js" for key in own}
    assert edition["files/boundaries-france.js"].decode() == f'BioCarto.handOver("boundaries-france.js",{EMPTY});\n'


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_actor_has_a_line_a_sheet_and_its_facets(edition: dict[str, bytes], lang: str) -> None:
    """No row of the register is left out, and each says what the tables say."""
    read, actors = Read(edition[LANGUAGES[lang]]), filters.with_filter_columns(joined())
    data = read.data
    assert data["rows"]["ids"] == list(actors.index)
    assert read.all("template", "data-actor") == list(actors.index)
    assert sorted(map(int, read.all("li", "data-row"))) == list(range(len(actors)))
    for name, column in filters.COLUMNS.items():
        facet = data["facets"][name]
        assert tuple(facet["codes"]) == filters.list_options(actors)[name]
        held = [{facet["codes"][value] for value in values} for values in facet["held"]]
        assert held == [set(cell if isinstance(cell, tuple) else (cell,)) - {""} for cell in actors[column]]
    links = {link for link in read.all("a", "href") if link.startswith("http")}
    assert links >= {url for url in actors["source_url"] if url.startswith("http")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_stage_and_every_figure_is_there(edition: dict[str, bytes], lang: str) -> None:
    """With their sources: published numbers, those of the regions, the organisers of the Tour."""
    read, catalogue = Read(edition[LANGUAGES[lang]]), joined()
    assert [stage["id"] for stage in read.data["tour"]["stages"]] == list(catalogue.stages["id"])
    assert read.all("div", "data-sheet") == list(catalogue.stages["id"])
    links = set(read.all("a", "href"))
    for frame in (
        tables().figures,
        tables().regional_figures,
        catalogue.stages,
        catalogue.clusters.loc[lambda c: c["tour_member"].eq("yes")],
    ):
        assert {url for url in frame["source_url"] if url.startswith("http")} <= links
    text = " ".join(read.text.split())
    assert [label for label in tables().figures[f"label_{lang}"] if lang == "en" and " ".join(label.split()) not in text] == []


def test_the_search_index_is_that_of_the_app(edition: dict[str, bytes]) -> None:
    """Words, where they stand and what they weigh, as Python built them."""
    found, index = Read(edition["en.html"]).data["search"], search.build(filters.with_filter_columns(joined()))
    assert found["words"].split() == index.words
    assert (found["starts"], found["rows"], found["weights"]) == (index.starts.tolist(), index.rows.tolist(), index.weights.tolist())
    assert {word: set(others) for word, others in found["also"].items()} == {
        word: {search.stem(other) for other in others.split()} for word, others in search.ALSO.items()
    }


_DIGEST = """
import hashlib, sys
from pathlib import Path
from tests.build.static_edition import LANGUAGES, build_edition
made = build_edition(Path(sys.argv[1]))
print(hashlib.sha256(b"".join(made[name] for name in LANGUAGES.values())).hexdigest())
"""


def test_the_same_tables_give_the_same_bytes(edition: dict[str, bytes], front_end: Path) -> None:
    """No date and no order of a set: another process, which orders sets otherwise, writes the same."""
    command = [sys.executable, "-c", _DIGEST, str(front_end)]
    other = subprocess.run(command, cwd=config.ROOT, env=os.environ | {"PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == hashlib.sha256(b"".join(edition[name] for name in LANGUAGES.values())).hexdigest()


def test_names_that_try_to_run_stay_names(front_end: Path) -> None:
    """In texts, attributes and data: the elements are those of harmless names; the names arrive letter by letter, escaped once."""
    catalogue = joined()
    names = [HOSTILE[row % len(HOSTILE)] for row in range(len(catalogue.actors))]
    columns = ("name", "organisation", "activity_fr", "activity_en", "source_title", "address", "site", "place_name")
    hostile = dataclasses.replace(
        catalogue,
        actors=catalogue.actors.assign(**dict.fromkeys(columns, names)),
        stages=catalogue.stages.assign(title_fr=names[:7], title_en=names[:7], notes_fr=names[:7], notes_en=names[:7]),
        clusters=catalogue.clusters.assign(name=names[0], focus_fr=names[1], focus_en=names[1]),
    )
    made = static.render_edition(Content(tables(), hostile, {}), front_end, installed())
    for name in LANGUAGES.values():
        read = Read(made[name])
        assert read.data["rows"]["names"] == names
        attributes = {attribute for _, found in read.tags for attribute in found}
        assert not [attribute for attribute in attributes if attribute.startswith("on")]
        assert read.all("script", "src") == ["files/app.js"]
        assert len(read.all("script", "id")) == 1
        assert not [link for link in read.all("a", "href") if link.lower().startswith("javascript")]
        assert b"&amp;lt;" not in made[name]


def test_a_part_that_looks_like_a_placeholder_stays_as_it_is(tmp_path: Path) -> None:
    """What fills a template is not read as a template."""
    (tmp_path / "page.html").write_text("<p>{{one}}</p>{{two}}")
    assert fill_template(tmp_path / "page.html", {"one": "{{two}}", "two": "2"}) == "<p>{{two}}</p>2"


def test_a_text_that_fills_a_template_is_escaped(tmp_path: Path) -> None:
    """HTML stays HTML."""
    (tmp_path / "page.html").write_text("<p>{{one}}</p>{{two}}")
    assert fill_template(tmp_path / "page.html", {"one": "<b>", "two": Markup("<br>")}) == "<p>&lt;b&gt;</p><br>"


@pytest.mark.parametrize("name", LANGUAGES.values())
def test_no_document_shows_a_tag(edition: dict[str, bytes], name: str) -> None:
    """Nothing is escaped twice."""
    assert find_shown_markup(edition[name].decode()) == []


def test_nothing_is_written_where_front_end_files_are_missing(tmp_path: Path) -> None:
    """An edition without its maps would be found out at the booth."""
    with pytest.raises(DataError, match="make assets"):
        static.build(config.ROOT / "data", config.ROOT / "geo", tmp_path / "none", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.fixture
def rebuild(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Builds an edition of these names, each file with its own name in it, into `tmp_path/out`."""
    monkeypatch.setattr(static.contents, "read", lambda *_: None)
    monkeypatch.setattr(Assets, "read", lambda *_: installed())

    def build(*names: str) -> Path:
        monkeypatch.setattr(static, "render_edition", lambda *_: {name: name.encode() for name in names})
        static.build(tmp_path, tmp_path, tmp_path, tmp_path / "out")
        return tmp_path / "out"

    return build


def read_folder(folder: Path) -> dict[str, str]:
    """Every file below a folder, as text by its path."""
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_a_build_removes_what_an_earlier_one_left(rebuild: Callable[..., Path]) -> None:
    """What it wrote itself only, as its list says: what else is on the stick stays, in its folder of files too."""
    out = rebuild("index.html", "files/old.js", "files/images/a.png")
    (out / "photo.jpg").write_text("mine")
    (out / "files/notes.txt").write_text("mine")
    rebuild("index.html", "files/new.js")
    found = read_folder(out)
    assert json.loads(found.pop(static.MANIFEST)) == {"files": ["files/new.js", "index.html"]}
    names = ("index.html", "files/new.js")
    assert found == {"photo.jpg": "mine", "files/notes.txt": "mine"} | {name: name for name in names}
    assert not (out / "files/images").exists()


def _link_files(out: Path) -> None:
    (out.parent / "elsewhere").mkdir()
    (out / "files").symlink_to(out.parent / "elsewhere")


def _fill_folder(out: Path) -> None:
    (out / "files").mkdir()
    (out / "files/thesis.txt").write_text("mine")


def _become_file(out: Path) -> None:
    out.rmdir()
    out.write_text("mine")


def _damage_list(out: Path) -> None:
    (out / "files").mkdir()
    (out / static.MANIFEST).write_text('{"files": 3}')


FOREIGN: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder of files of somebody": (_fill_folder, "already holds files"),
    "a page of somebody": (lambda out: (out / "index.html").write_text("mine"), "already holds index.html"),
    "a folder of files that leads elsewhere": (_link_files, "files is a link"),
    "a file": (_become_file, "is no folder"),
    "a list that nobody can read": (_damage_list, "is damaged"),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_a_place_of_somebody_is_refused(case: str, rebuild: Callable[..., Path], tmp_path: Path) -> None:
    """In both languages, and nothing is changed."""
    (tmp_path / "out").mkdir()
    occupy, told = FOREIGN[case]
    occupy(tmp_path / "out")
    before = read_folder(tmp_path)
    with pytest.raises(AppError, match=told) as refused:
        rebuild("index.html", "files/new.js")
    assert "Nothing was changed" in refused.value.en
    assert "Rien n'a été modifié" in refused.value.fr
    assert read_folder(tmp_path) == before


def test_a_list_that_names_files_outside_removes_none(rebuild: Callable[..., Path], tmp_path: Path) -> None:
    """Whoever wrote it; nor does it remove a folder, or what a link leads to."""
    out = rebuild("index.html", "files/old.js")
    (tmp_path / "mine.txt").write_text("mine")
    (out / "kept").mkdir()
    (out / "files/link.txt").symlink_to(tmp_path / "mine.txt")
    names = ["../mine.txt", str(tmp_path / "mine.txt"), "files/link.txt", "kept", "", ".."]
    (out / static.MANIFEST).write_text(json.dumps({"files": ["index.html", "files/old.js", *names]}))
    rebuild("index.html")
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert (out / "kept").is_dir()
    assert sorted(read_folder(out)) == [static.MANIFEST, "index.html"]


def test_a_build_that_was_cut_short_is_finished_by_the_next(rebuild: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told in words, and what it wrote is known to be the edition's."""
    out = rebuild("index.html", "files/old.js")
    with monkeypatch.context() as patch:
        patch.setattr(static, "write_file", lambda path, text: fail() if path.name == "b.js" else write_file(path, text))
        with pytest.raises(AppError, match="No space left"):
            rebuild("files/a.js", "files/b.js", "index.html")
    rebuild("index.html", "files/c.js")
    assert sorted(read_folder(out)) == ["files/c.js", static.MANIFEST, "index.html"]


def fail() -> None:
    """A disk that is full."""
    raise OSError(28, "No space left on device")


def test_the_command_says_where_the_edition_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m biocarto static --out <folder>`."""
    monkeypatch.setattr(static, "build", lambda *_: {"index.html": b"x" * 200_000})
    assert cli.main(["static", "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{tmp_path}: 1 files, 0.2 MB. Open {tmp_path / 'index.html'}.\n"


def test_the_small_maps_of_the_sheets_share_their_borders(edition: dict[str, bytes]) -> None:
    """The borders are in the style sheet once, not in every sheet."""
    ground: LocatorBase = content().ground
    assert len(ground.borders) > 2_000
    drawings = [src for src in Read(edition["index.html"]).all("img", "src") if src.startswith("data:")]
    assert len(drawings) == len(joined().actors)
    assert max(map(len, drawings)) < 1_200
    assert b"data:image/svg+xml;base64," in edition["files/static.css"]
