"""The addresses of the files: the published bytes, for ever the same, and nothing else of the disk."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from biocarto.api.files import making
from biocarto.api.routes import build_routes
from biocarto.api.source import RegisterSource
from biocarto.desk import archive, shelf
from biocarto.errors import DataError
from biocarto.export.edition_files import MEDIA_TYPES, POSITIONED, list_table_files
from biocarto.register.tables import TABLES
from tests.support.asgi import Answer, ask, ask_at_once
from tests.support.sources import NEWER, OLDER, RENAMED, a_source

DATA = Path(__file__).resolve().parents[3] / "data"
HOME = f"/data/{OLDER}"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> RegisterSource:
    """Two editions."""
    return a_source(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def app(source: RegisterSource) -> Starlette:
    """All doors of it."""
    return Starlette(routes=build_routes(source))


def read_json(answer: Answer) -> dict[str, object]:
    """The object of an answer."""
    assert answer.status == 200, answer.body
    found = json.loads(answer.body)
    assert isinstance(found, dict)
    return found


def read_layer(app: Starlette, name: str, folder: Path) -> gpd.GeoDataFrame:
    """A file of the edition as GeoPandas opens it from a disk."""
    path = folder / name
    path.write_bytes(ask(app, f"{HOME}/{name}").body)
    return gpd.read_parquet(path) if path.suffix == ".parquet" else gpd.read_file(path, layer=path.stem if path.suffix == ".gpkg" else None)


@pytest.mark.parametrize("table", TABLES)
def test_csv_is_what_was_published_byte_for_byte(app: Starlette, table: str) -> None:
    """Not written anew: a digest that somebody cites stays true. What is no edition of the store may be edited by hand."""
    answer = ask(app, f"{HOME}/{table}.csv")
    assert (answer.status, answer.body) == (200, (DATA / f"{table}.csv").read_bytes())
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert ask(app, f"/data/{NEWER}/{table}.csv").headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("name", ["actors.xlsx", "clusters.gpkg", "clusters.json", "clusters.parquet", "clusters.geojson", "CITATION.cff"])
def test_what_is_made_of_an_edition_is_asked_for_anew(app: Starlette, name: str) -> None:
    """Another version of BioCarto, address or DOI makes other bytes: whoever has them is told whether they are still the same."""
    answer = ask(app, f"/data/{NEWER}/{name}")
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-cache")
    assert ask(app, f"/data/{NEWER}/{name}", if_none_match=answer.headers["etag"]).status == 304


@pytest.mark.parametrize("name", list(list_table_files()))
def test_every_file_of_a_table_has_its_media_type(app: Starlette, name: str) -> None:
    """And a strong tag."""
    answer = ask(app, f"{HOME}/{name}")
    assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, MEDIA_TYPES[name.rpartition(".")[2]])
    assert answer.headers["etag"].startswith('"')


@pytest.mark.parametrize("table", POSITIONED)
def test_positions_are_points_that_geopandas_reads(app: Starlette, source: RegisterSource, table: str, tmp_path: Path) -> None:
    """As many rows as the table, in the CRS that the format says."""
    for kind in ("parquet", "geojson", "gpkg"):
        found = read_layer(app, f"{table}.{kind}", tmp_path)
        assert (len(found), found.crs.to_epsg()) == (len(getattr(source.load_tables(OLDER), table)), 4326)


@pytest.mark.parametrize("name", ["communes.geojson", "communes.gpkg", "stations.parquet", "rivers.geojson"])
def test_layers_are_served_too(app: Starlette, name: str, tmp_path: Path) -> None:
    """They are those of this BioCarto, whatever the edition: a browser asks again."""
    assert read_layer(app, name, tmp_path).crs.to_epsg() == 4326
    assert ask(app, f"{HOME}/{name}").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["actors.csv", "actors.parquet", "datapackage.json", "codebook", "schema/actors.json"])
def test_latest_gives_the_newest_and_says_where_it_stays(app: Starlette, name: str) -> None:
    """The same bytes without a redirect, asked for anew each time, with the address to cite."""
    newest, named = ask(app, f"/data/latest/{name}"), ask(app, f"/data/{NEWER}/{name}")
    assert (newest.status, newest.body, newest.headers["etag"]) == (200, named.body, named.headers["etag"])
    assert newest.headers["content-location"] == f"/data/{NEWER}/{name}"
    assert newest.headers["cache-control"] == "no-cache"
    assert "content-location" not in named.headers


def test_an_older_edition_keeps_what_it_said(app: Starlette) -> None:
    """The name that the newer edition has changed."""
    found = {edition: ask(app, f"/data/{edition}/actors.json").body.decode() for edition in (OLDER, NEWER)}
    assert ["Tout autre nom" in text for text in found.values()] == [False, True]


@pytest.mark.parametrize(
    "name", ["actors.gpkg", "actors.xlsx", "sites.gpkg", "actors.parquet", "figures.json", "communes.gpkg", "epci.geojson"]
)
def test_a_file_made_again_has_the_same_bytes(source: RegisterSource, name: str) -> None:
    """On another day, by another process that has none of the files: nothing in them tells when they were made."""
    found = []
    for _ in range(2):
        shutil.rmtree(shelf.find_shelf(source.settings.store) / making.FOLDER, ignore_errors=True)
        found.append(ask(Starlette(routes=build_routes(source)), f"{HOME}/{name}").body)
    assert found[0] == found[1]


def test_the_day_in_a_workbook_is_the_edition_s(app: Starlette) -> None:
    """Where a download of the pages has the day of the download."""
    with ZipFile(io.BytesIO(ask(app, f"{HOME}/actors.xlsx").body)) as book:
        assert b"2026-11-28T00:00:00Z" in book.read("docProps/core.xml")


def test_a_workbook_speaks_the_language_that_is_asked_for(app: Starlette) -> None:
    """French without a word."""
    sheets = [
        pd.ExcelFile(io.BytesIO(ask(app, f"{HOME}/sites.xlsx{query}").body), engine="calamine").sheet_names
        for query in ("", "?lang=en", "?lang=xx")
    ]
    assert sheets[0] == sheets[2] != sheets[1]


NOTHING = [
    *("nothing.csv", "actors.exe", "actors", "ACTORS.CSV", "actors.csv/", ".draft-1", "README.md", "%2e%2e%2fpyproject.toml"),
    *("schema/nothing.json", "schema/actors", "history/nothing/x", "history/actors/nothing", "history/network_members/x", "codebook/x"),
    *("official_codes.geojson", "changes.xlsx", "evidence.geojson", "redirects.gpkg"),
]


@pytest.mark.parametrize("name", NOTHING)
def test_what_is_not_on_the_list_is_404_in_words(app: Starlette, name: str) -> None:
    """Even where a file of this name lies in the folder of the edition."""
    answer = ask(app, f"{HOME}/{name}", accept="text/html")
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "edition", ["2020-01-01", "2026-11-28.7", "latest.1", "2026-11-28-x", f"{OLDER}..", "..", f"{OLDER}..{OLDER}..{OLDER}"]
)
def test_an_edition_that_is_none_is_404(app: Starlette, edition: str) -> None:
    """A name of the right form is told which there are."""
    for name in ("", "/", "/actors.csv", "/changes", "/changes.csv"):
        assert ask(app, f"/data/{edition}{name}").status == 404
    assert OLDER in json.loads(ask(app, "/data/2020-01-01/actors.csv").body)["detail"]


PIECES = st.sampled_from(
    ["data", "latest", OLDER, "..", ".", "actors.csv", "changes", "schema", "history", "%00", "%ff", "é", "", "codebook", "\\"]
)


@given(pieces=st.lists(PIECES | st.text(max_size=12), max_size=6), query=st.text(max_size=20))
def test_wild_addresses_never_fail(app: Starlette, pieces: list[str], query: str) -> None:
    """Whatever the parts and the question: an answer, never a fault of ours."""
    path = "".join(f"/{piece}" for piece in ["data", *pieces]).encode("utf-8", "ignore")
    quoted = "".join(chr(byte) if 33 <= byte < 127 and byte not in b"?#" else f"%{byte:02X}" for byte in path)
    asked = "".join(f"%{byte:02X}" for byte in query.encode("utf-8", "ignore"))
    for accept in ("text/html", "*/*"):
        assert ask(app, f"{quoted}?lang={asked}&f={asked}", accept=accept).status in {200, 404}


def test_head_is_get_without_a_body(app: Starlette) -> None:
    """Length, tag and kind."""
    whole, head = ask(app, f"{HOME}/actors.parquet"), ask(app, f"{HOME}/actors.parquet", method="HEAD")
    assert (head.status, head.body, head.headers) == (200, b"", whole.headers)


def test_lists_name_every_file(app: Starlette) -> None:
    """For programs: each address of a list answers."""
    editions = read_json(ask(app, "/data/"))
    assert [edition["name"] for edition in editions["editions"]] == [NEWER, OLDER]  # type: ignore[attr-defined]
    listed = read_json(ask(app, f"{HOME}?f=json", accept="text/html"))
    names = [file["name"] for file in listed["files"]]  # type: ignore[attr-defined]
    assert {*list_table_files(), "communes.gpkg", "official_codes.parquet"} <= set(names)
    for address in (listed["codebook"], listed["changes"], listed["package"]):
        assert ask(app, str(address).removeprefix("http://localhost:8501")).status == 200


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    "path",
    ["", f"{OLDER}/", "latest", "latest/codebook", "latest/changes", f"{OLDER}..{NEWER}/changes", f"latest/history/actors/{RENAMED}"],
)
def test_pages_for_people_speak_both_languages(app: Starlette, lang: str, path: str) -> None:
    """Each with its heading, and with no link that leads nowhere."""
    answer = ask(app, f"/data/{path}?lang={lang}", accept="text/html")
    assert (answer.status, answer.headers["content-language"]) == (200, lang)
    links = set(pd.Series(answer.body.decode()).str.findall("href=['\"](/data/[^'\"#]*)").iloc[0])
    assert {link: ask(app, link.replace("&amp;", "&")).status for link in links if ".parquet" not in link} == dict.fromkeys(
        (link for link in links if ".parquet" not in link), 200
    )


def test_the_package_names_whole_addresses_with_size_and_digest(app: Starlette) -> None:
    """Those that answer, with what they hold."""
    package = read_json(ask(app, f"{HOME}/datapackage.json"))
    for resource in package["resources"]:  # type: ignore[attr-defined]
        content = ask(app, resource["path"].removeprefix("http://localhost:8501")).body
        assert (resource["bytes"], resource["hash"].partition(":")[0]) == (len(content), "sha256")
    assert package["id"] == f"http://localhost:8501{HOME}/"


def test_a_public_server_names_its_public_address(tmp_path: Path) -> None:
    """Whatever the request calls it, with the operator's DOI."""
    source = a_source(tmp_path, public_url="https://carte.example/bio", doi="10.5281/zenodo.1", publisher="Un pôle")
    app = Starlette(routes=build_routes(source, "/bio"))
    package = read_json(ask(app, f"/bio{HOME}/datapackage.json"))
    assert package["resources"][0]["path"] == f"https://carte.example/bio/data/{OLDER}/actors.csv"  # type: ignore[index]
    assert package["id"] == "https://doi.org/10.5281/zenodo.1"
    assert ask(app, "/bio/data/latest/actors.csv").headers["content-location"] == f"/bio/data/{NEWER}/actors.csv"
    assert b'doi: "10.5281/zenodo.1"' in ask(app, f"/bio{HOME}/CITATION.cff").body


def test_the_codebook_has_every_column_and_code(app: Starlette) -> None:
    """Of every table, in both languages; the page has what the file has."""
    found = read_json(ask(app, f"{HOME}/codebook"))
    page = ask(app, f"{HOME}/codebook?lang=en", accept="text/html").body.decode()
    for table in found["tables"]:  # type: ignore[attr-defined]
        header = (DATA / f"{table['name']}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        assert [column["name"] for column in table["columns"]] == header
        assert all(column["label"]["en"] and column["description"]["en"] for column in table["columns"])
        assert all(f"<code>{code['code']}</code>" in page for column in table["columns"] for code in column["codes"])


def test_two_editions_are_told_apart_cell_by_cell(app: Starlette) -> None:
    """The one cell that differs, both ways; an edition differs from itself in nothing."""
    lines = list(csv.DictReader(io.StringIO(ask(app, f"/data/{OLDER}..{NEWER}/changes.csv").body.decode())))
    told = [(line["table"], line["row_id"], line["field"], line["after"]) for line in lines]
    assert told == [("actors", RENAMED, "name", "Tout autre nom")]
    back = read_json(ask(app, f"/data/{NEWER}..{OLDER}/changes.json"))
    assert [line["before"] for line in back["changes"]] == ["Tout autre nom"]  # type: ignore[attr-defined]
    assert read_json(ask(app, "/data/latest..latest/changes"))["changes"] == []


def test_a_file_is_made_once_however_many_ask(source: RegisterSource, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others wait for the first."""
    shutil.rmtree(shelf.find_shelf(source.settings.store) / making.FOLDER, ignore_errors=True)
    made: list[str] = []
    write = making.edition_files.write_table

    def count(file: making.EditionFile, *rest: object) -> bytes:
        made.append(file.name)
        return write(file, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(making.edition_files, "write_table", count)
    app = Starlette(routes=build_routes(source))
    answers = ask_at_once(app, *[f"{HOME}/clusters.gpkg"] * 8)
    assert {answer.status for answer in answers} == {200}
    assert made == ["clusters.gpkg"]


def test_a_disk_that_takes_nothing_is_told_in_words(source: RegisterSource, monkeypatch: pytest.MonkeyPatch) -> None:
    """503, and what to do; the tables are unharmed."""
    app = Starlette(routes=build_routes(source))

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    shutil.rmtree(shelf.find_shelf(source.settings.store) / making.FOLDER, ignore_errors=True)
    monkeypatch.setattr("biocarto.api.files.shelf.write_file", refuse)
    answer = ask(app, f"{HOME}/sites.parquet")
    assert (answer.status, answer.headers["content-type"]) == (503, "application/problem+json")


def test_tables_that_cannot_be_read_are_told_in_words(source: RegisterSource, monkeypatch: pytest.MonkeyPatch) -> None:
    """The published CSV is there all the same: it is not read."""
    app = Starlette(routes=build_routes(source))

    def fail(*_: object) -> Callable[..., bytes]:
        raise DataError("illisible", "unreadable")

    monkeypatch.setattr(making.EditionMaker, "_load_content", fail)
    shutil.rmtree(shelf.find_shelf(source.settings.store) / making.FOLDER, ignore_errors=True)
    assert ask(app, f"{HOME}/sites.json").status == 503
    assert ask(app, f"{HOME}/sites.csv").status == 200


@pytest.mark.parametrize("path", ["", "latest/", "latest/actors.csv", "latest/codebook", "latest/changes"])
def test_a_description_that_cannot_be_read_is_told_in_words(source: RegisterSource, tmp_path: Path, path: str) -> None:
    """503 everywhere: there is an edition, and its name is not empty."""
    (tmp_path / "datapackage.json").write_text("{", encoding="utf-8")
    app = Starlette(routes=build_routes(replace(source, find_folder=lambda _: tmp_path)))
    assert ask(app, f"/data/{path}").status == 503


def test_a_description_with_a_byte_order_mark_has_its_name(tmp_path: Path) -> None:
    """As Windows' editor writes it."""
    (tmp_path / "datapackage.json").write_text((DATA / "datapackage.json").read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert archive.read_name(tmp_path) == OLDER


@pytest.mark.parametrize("path", ["/data/", f"{HOME}/", "/catalog.jsonld", f"/data/latest/history/actors/{RENAMED}", "/picture/"])
def test_a_list_that_the_reader_has_is_not_sent_again(app: Starlette, path: str) -> None:
    """It may change with the next edition, so that it is asked for anew each time: 304 by its tag."""
    first = ask(app, path)
    assert (first.status, first.headers["cache-control"]) == (200, "no-cache")
    again = ask(app, path, if_none_match=first.headers["etag"])
    assert (again.status, again.body, again.headers["vary"]) == (304, b"", first.headers["vary"])


@pytest.mark.parametrize("path", ["codebook", "changes", f"../{OLDER}..{NEWER}/changes"])
def test_what_is_a_page_for_others_says_so_to_caches(app: Starlette, path: str) -> None:
    """JSON and HTML at one address: a cache keeps them apart by Accept."""
    address = f"/data/{path.removeprefix('../')}" if path.startswith("../") else f"{HOME}/{path}"
    for accept in ("application/json", "text/html"):
        told = ask(app, address, accept=accept).headers["vary"]
        assert "Accept" in [name.strip() for name in told.split(",")]
    assert ask(app, f"{HOME}/codebook.json").headers["vary"] == "Accept-Encoding"
