"""Broken files and missing ones are told in words, and the rest stands."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from biocarto.errors import AppError
from biocarto.register import catalogue as joins
from biocarto.register import tables
from biocarto.territory import territory
from tests.browser import maps
from tests.browser.conftest import ROOT, Serve
from tests.browser.hostile import NAMES, PAGES, SETTINGS, rows_of, write
from tests.browser.waiting import opened, settled


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Tables and layers that tests may break."""
    return tmp_path_factory.mktemp("broken") / "data", tmp_path_factory.mktemp("broken") / "geo"


@pytest.fixture(scope="module")
def broken_url(serve: Serve, folders: tuple[Path, Path]) -> str:
    """One app for all of them: a changed file is read again."""
    return serve({"BIOCARTO_DATA": str(folders[0]), "BIOCARTO_GEO": str(folders[1])})


@pytest.fixture
def whole(folders: tuple[Path, Path]) -> tuple[Path, Path]:
    """The two folders as they should be, before a test breaks one."""
    for folder, source in zip(folders, (SETTINGS.data, SETTINGS.geo), strict=True):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(source, folder)
    return folders


def with_first_actor(**changes: str) -> Callable[[Path], None]:
    """Write something else into the first row of the actors (line 2 of a spreadsheet)."""

    def change(data: Path) -> None:
        rows = rows_of(data / "actors.csv")
        write(data / "actors.csv", [rows[0] | changes, *rows[1:]])

    return change


def with_a_row_twice(data: Path) -> None:
    """The first actor stands on line 2 and on line 3."""
    rows = rows_of(data / "actors.csv")
    write(data / "actors.csv", [rows[0], *rows])


BROKEN_TABLES = {
    "missing table": ("figures.csv", lambda data: (data / "figures.csv").unlink()),
    "table that is no text": ("sites.csv", lambda data: (data / "sites.csv").write_bytes(b"id,name\n\xff\xfe,\x00")),
    "missing description": ("datapackage.json", lambda data: (data / "datapackage.json").unlink()),
    "duplicate id": ("actors.csv", with_a_row_twice),
    "unknown INSEE code": ("91999", with_first_actor(commune_code="91999")),
    "code and name of two places": ("Paris", with_first_actor(commune="Massy", commune_code="75056")),
    "category outside the list": ("sorcery", with_first_actor(category="sorcery")),
    "address that is not http": ("ftp://", with_first_actor(source_url="ftp://example.org/file")),
    "name of 10,000 characters": ("150", with_first_actor(name="x" * 10_000)),
    "text that runs backwards": ("u202e", with_first_actor(name="abc\u202edef")),
    "name that breaks lines": ("u2028", with_first_actor(name="abc\u2028def")),
    "HTML in a wrong cell": (NAMES[0], with_first_actor(category=NAMES[0])),
    "Markdown in a wrong cell": ("![y](https://outside.example/y.png)", with_first_actor(kind="**a** ![y](https://outside.example/y.png)")),
}


def told(folders: tuple[Path, Path]) -> AppError:
    """The error that these folders must lead to."""
    with pytest.raises(AppError) as caught:
        joins.build(tables.read(folders[0]), territory.read(folders[1]))
    return caught.value


def breaks_the_tables(data: Path) -> bool:
    """Whether the tables are wrong by themselves; else the page of sources, which needs no map, still has them."""
    try:
        tables.read(data)
    except AppError:
        return True
    return False


def expect_told(page: Page, error: AppError) -> None:
    """The message in both languages, its first line at least, and no stack trace."""
    expect(page.get_by_test_id("stAlert").first).to_be_visible()
    main = page.get_by_test_id("stMain")
    for lang in ("fr", "en"):
        expect(main).to_contain_text(error.message(lang).splitlines()[0])
    expect_no_trace(page)
    expect(page.locator("iframe")).to_have_count(0)


def expect_no_trace(page: Page) -> None:
    """Nothing of the program shows."""
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stApp")).not_to_contain_text(re.compile(r"Traceback|Error:|\.py\b"))


def each_page(page: Page, url: str, paths: Iterable[str]) -> Iterator[str]:
    """Open the first of these pages, and go to the others by the navigation on top, as a visitor would."""
    for number, path in enumerate(paths):
        if number == 0:
            opened(page, f"{url}/{path}")
        else:
            page.get_by_test_id("stTopNav").locator(f'a[href$="/{path}"]').click()
            page.wait_for_url(f"**/{path}", wait_until="commit")
            expect(page.get_by_test_id("stTopNav").locator('a[aria-current="page"]')).to_have_attribute("href", re.compile(f"/{path}$"))
            settled(page)
        yield path


@pytest.mark.parametrize("case", BROKEN_TABLES)
def test_a_broken_table_is_told_on_every_page(
    page: Page, broken_url: str, whole: tuple[Path, Path], unharmed: Callable[[], None], case: str
) -> None:
    """What was found, where, and what was expected, in both languages; no stack trace, and nothing of the cell runs."""
    named, break_it = BROKEN_TABLES[case]
    break_it(whole[0])
    error = told(whole)
    assert named in error.message("fr")
    for _ in each_page(page, broken_url, PAGES if breaks_the_tables(whole[0]) else PAGES[:-1]):
        expect_told(page, error)
        unharmed()
    page.locator(".st-key-language").get_by_role("radio").last.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect_told(page, error)


BROKEN_LAYERS = {
    "cut": lambda geo: (geo / "communes.parquet").write_bytes((geo / "communes.parquet").read_bytes()[:5000]),
    "missing": lambda geo: (geo / "regions.parquet").unlink(),
    "empty": lambda geo: (geo / "points.parquet").write_bytes(b""),
    "no layers at all": lambda geo: [path.unlink() for path in geo.glob("*.parquet")],
}


@pytest.mark.parametrize("case", BROKEN_LAYERS)
def test_a_broken_layer_leaves_the_sources_readable(page: Page, broken_url: str, whole: tuple[Path, Path], case: str) -> None:
    """The pages with maps name the layer, in both languages; the page of sources still has its tables."""
    BROKEN_LAYERS[case](whole[1])
    error = told(whole)
    for path in each_page(page, broken_url, PAGES):
        if path != "sources":
            expect_told(page, error)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    expect(page.get_by_test_id("stMain").locator("table >> visible=true").first).to_be_visible()
    expect(page.get_by_test_id("stMain")).to_contain_text("actors.csv")
    expect_no_trace(page)


def test_a_corrected_file_is_read_at_the_next_load(page: Page, broken_url: str, whole: tuple[Path, Path]) -> None:
    """The message asks to correct the line and to reload: that is enough."""
    kept = (whole[0] / "actors.csv").read_bytes()
    with_first_actor(category="sorcery")(whole[0])
    opened(page, f"{broken_url}/ile-de-france")
    expect_told(page, told(whole))
    (whole[0] / "actors.csv").write_bytes(kept)
    opened(page, f"{broken_url}/ile-de-france")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    maps.only_map(page)


# --- missing front-end files ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bare_url(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app as it is in a fresh clone, before `make assets`: no static folder beside dashboard.py."""
    clone = tmp_path_factory.mktemp("clone")
    for name in ("src", "pages"):
        shutil.copytree(ROOT / name, clone / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "dashboard.py", clone / "dashboard.py")
    folders = {"BIOCARTO_DATA": str(SETTINGS.data), "BIOCARTO_GEO": str(SETTINGS.geo)}
    return serve({"PYTHONPATH": str(clone / "src"), **folders}, script=clone / "dashboard.py")


def test_without_front_end_files_a_banner_and_the_tables_remain(page: Page, bare_url: str) -> None:
    """Every page says that the maps cannot be drawn and how to mend it; tables are whole, and no other machine is asked."""
    for path in each_page(page, bare_url, PAGES):
        expect(page.get_by_test_id("stAlert").filter(has_text="make assets")).to_be_visible()
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("iframe")).to_have_count(0)
        expect_no_trace(page)
        if path == "reseaux":
            page.get_by_text("Le tableau des membres").click()
        if path:
            expect(page.locator('[data-testid="stDataFrame"], table.bc-table').locator("visible=true").first).to_be_visible()
    page.locator(".st-key-language").get_by_role("radio").last.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_test_id("stAlert").filter(has_text="make assets")).to_be_visible()
    assert page.outside == []
    assert [error for error in page.errors if "/assets/" not in error] == []


@pytest.mark.parametrize(
    ("file", "box"), [("leaflet-*.js", ".bc-failed"), ("biocarto-*.js", ".bc-failed"), ("boundaries-*.json", ".bc-notice")]
)
def test_a_file_of_the_map_that_does_not_arrive_is_told(fresh_page: Page, app_url: str, file: str, box: str) -> None:
    """The map says so in its own frame instead of staying blank; the table is whole."""
    page = fresh_page
    page.route(f"**/assets/{file}", lambda route: route.abort())
    opened(page, f"{app_url}/ile-de-france")
    expect(page.frame_locator("iframe").locator(box)).to_be_visible()
    expect(maps.actor_table(page)).to_be_visible()
    assert page.outside == []
