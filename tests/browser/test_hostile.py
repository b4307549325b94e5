"""Data of strangers: names that try to run stay names, files that are broken are told in words, and the rest stands."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from biocarto import catalogue, config, joins, territory
from biocarto.errors import AppError
from biocarto.export.csv import harmless
from tests import builders
from tests.browser import maps
from tests.browser.conftest import ROOT, Serve
from tests.browser.waiting import opened, settled

SETTINGS = config.Settings()
PAGES = ("", "ile-de-france", "bioproduction-tour", "reseaux", "sources")
CATEGORIES = ("biotherapies", "techproviders")

RUN = "window.__pwned=1"
OUTSIDE = f"**gras** [x](javascript:{RUN}) ![y](https://outside.example/y.png) :red[z] $x^2$"
NAMES = (
    f'<img src=x onerror="{RUN}">',
    f"</script><script>{RUN}</script>",
    f"${{{RUN}}} `${{{RUN}}}` `+({RUN})+`",
    "{{7*191}} {% raw %} {# note #} {{ config }}",
    "=cmd|'/C calc'!A0",
    "@SUM(1;2) - 'deux' \"trois\"",
    "_a1b2 map_div_c3d4 feature_group_0123456789abcdef",
    f"\\u003cimg src=x onerror={RUN}\\u003e \\x3cb\\x3e \\",
    OUTSIDE,
    f"javascript:{RUN}//<!-- --> ]]> &lt;b&gt; &amp;",
    "Société à nom interminable " + "x" * 123,
    f"'\"><svg/onload={RUN}> <b>gras</b>",
    "A -- B -> C <- D :material/home: :smile: (c) www.example.org",
)
ACTIVITY = f'Vecteurs <b>AAV</b> <iframe srcdoc="<script>parent.{RUN[7:]}</script>"></iframe> **{{{{7*191}}}}** ${{{RUN}}}'
SITE = f"**Campus** [x](javascript:{RUN}) <i>n° 1</i> ![y](https://outside.example/y.png) :red[z] _a1b2"
TITLE = f"<u>Page</u> {{{{7*191}}}} `${{{RUN}}}` [x](javascript:{RUN})"
HOSTILE = '[onerror], [onload], a[href^="javascript:"], img[src*="outside.example"], img[src="x"], iframe[srcdoc]'


def far_apart(points: pd.DataFrame, count: int) -> pd.DataFrame:
    """Communes as far from each other as they can be, so that each symbol stands alone."""
    degrees = points[["latitude", "longitude"]].to_numpy(dtype=float)
    chosen = [0]
    least = ((degrees - degrees[0]) ** 2).sum(axis=1)
    while len(chosen) < count:
        chosen.append(int(least.argmax()))
        least = least.clip(max=((degrees - degrees[chosen[-1]]) ** 2).sum(axis=1))
    return points.iloc[chosen]


def rows_of(path: Path) -> list[dict[str, str]]:
    """A table as it is in its file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """A table with these rows and the columns of its file."""
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows(rows)


def hostile_actors() -> list[dict[str, str]]:
    """Each name twice: alone in a commune, and among the others on a campus."""
    layers = territory.read(SETTINGS.geo)
    communes = layers.points.loc[layers.points.index.isin(layers.communes.index.drop("75056"))]
    homes = far_apart(communes, len(NAMES))
    rows = []
    for number, (name, (code, home)) in enumerate(zip(NAMES, homes.iterrows(), strict=True)):
        texts = {"name": name, "organisation": name, "activity_fr": ACTIVITY, "activity_en": ACTIVITY, "source_title": TITLE}
        facts = {**texts, "category": CATEGORIES[number % 2], "address": TITLE, "source_url": "https://example.org/?a=1&b='2'"}
        rows.append(builders.an_actor(id=f"alone-{number}", commune=home["name"], commune_code=code, **facts))
        campus = {"site_id": "genopole", "site": SITE, "position": "campus"}
        rows.append(builders.an_actor(id=f"campus-{number}", **campus, **facts))
    return rows


def hostile_networks(folder: Path) -> None:
    """Names of ours for networks, members and events, too."""
    texts = {"notes_fr": ACTIVITY, "notes_en": ACTIVITY, "source_title": TITLE, "source_url": "https://example.org/network"}
    networks, events, members = (rows_of(folder / f"{table}.csv") for table in ("networks", "events", "network_members"))
    for row, name in zip(networks, NAMES * 9, strict=False):
        row |= {"name": name, "description_fr": SITE, "description_en": SITE, **texts}
    for row, name in zip(events, NAMES * 9, strict=False):
        row |= {"title_fr": name, "title_en": name, **texts}
    for row, name in zip(members, NAMES * 99, strict=False):
        row |= {"member_name": name, "source_title": TITLE}
    for table, rows in (("networks", networks), ("events", events), ("network_members", members)):
        write(folder / f"{table}.csv", rows)


@pytest.fixture(scope="module")
def hostile_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed tables, with names of ours wherever a page shows one; the schema accepts them all.

    The actors that were there are out of sight, so that those of ours stand alone.
    """
    folder = tmp_path_factory.mktemp("hostile") / "data"
    shutil.copytree(SETTINGS.data, folder)
    hidden = [row | {"status": "historic", "as_of": "2010"} for row in rows_of(folder / "actors.csv")]
    write(folder / "actors.csv", [*hostile_actors(), *hidden])
    sites = [row | ({"name": SITE} if row["id"] == "genopole" else {}) for row in rows_of(folder / "sites.csv")]
    write(folder / "sites.csv", sites)
    clusters = rows_of(folder / "clusters.csv")
    for row, name in zip(clusters, NAMES, strict=False):
        row |= {"name": name, "focus_fr": SITE, "focus_en": SITE}
    clusters[5] |= {"name": OUTSIDE, "commune": "", "commune_code": ""}  # an organiser whose seat is told in a sentence
    write(folder / "clusters.csv", clusters)
    stages = rows_of(folder / "tour_stages.csv")
    for row, name in zip(stages, NAMES, strict=False):
        row |= {"title_fr": name, "title_en": name, "notes_fr": ACTIVITY, "notes_en": ACTIVITY, "city": SITE[:80].strip()}
        row |= {"source_url": "https://example.org/stage", "source_title": TITLE}
    write(folder / "tour_stages.csv", stages)
    figures = rows_of(folder / "figures.csv")
    for row, name in zip(figures, NAMES * 20, strict=False):
        row |= {"label_fr": name, "label_en": name, "context_fr": SITE, "context_en": SITE, "source_title": TITLE}
    write(folder / "figures.csv", figures)
    hostile_networks(folder)
    catalogue.read(folder)
    return folder


@pytest.fixture(scope="module")
def hostile_url(serve: Serve, hostile_data: Path) -> str:
    """The app on hostile data."""
    return serve({"BIOCARTO_DATA": str(hostile_data)})


@pytest.fixture
def dialogs(page: Page) -> list[str]:
    """What the page asked in a dialog."""
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    return asked


@pytest.fixture
def unharmed(page: Page, dialogs: list[str]) -> Callable[[], None]:
    """A check that nothing of the data ran, in any frame, and that nothing was asked outside."""

    def check() -> None:
        for frame in page.frames:
            assert frame.evaluate("window.__pwned") is None
            assert frame.locator(HOSTILE).evaluate_all("nodes => nodes.map(node => node.outerHTML)") == []
        assert dialogs == []
        assert page.outside == []
        assert page.errors == []
        expect(page.get_by_test_id("stException")).to_have_count(0)

    return check


def literally(locator: Locator, text: str) -> None:
    """The text stands on screen as in the file, but for white space and the invisible joiner that parts signs of Markdown."""
    letters = ["\\s+" if letter == " " else re.escape(letter) for letter in " ".join(text.split())]
    expect(locator).to_contain_text(re.compile("\u2060?".join(letters)))


@pytest.mark.parametrize("path", [*PAGES, "annuaire"], ids=lambda path: path or "overview")
def test_nothing_of_the_data_runs_on_any_page(page: Page, hostile_url: str, unharmed: Callable[[], None], path: str) -> None:
    """Each page opens, in both languages, and every name on it is only text."""
    for lang in ("fr", "en"):
        opened(page, f"{hostile_url}/{path}?lang={lang}")
        maps.every_map(page, {"": 2, "sources": 0}.get(path, 1))
        unharmed()
    expect(page.locator("body")).not_to_contain_text("1337")


@pytest.mark.parametrize("query", ["network=cebr", "network=bioman4r2", "member=biocat", "event=cfb-2021", "place=FR-Paris"])
def test_names_are_text_in_the_sheets_of_networks(page: Page, hostile_url: str, unharmed: Callable[[], None], query: str) -> None:
    """Body, member, event and city: each sheet opens, with the letters of the file."""
    opened(page, f"{hostile_url}/reseaux?{query}")
    expect(page.locator(".st-key-sheet h2")).to_be_visible()
    unharmed()
    expect(page.locator("body")).not_to_contain_text("1337")


def test_names_are_text_in_the_tooltips_of_the_map(page: Page, hostile_url: str, unharmed: Callable[[], None]) -> None:
    """Hover shows the name letter by letter, and so does what a screen reader is told."""
    opened(page, f"{hostile_url}/ile-de-france")
    shown = maps.only_map(page)
    for number, name in enumerate(NAMES):
        symbol = shown.symbol(f"alone-{number}")
        symbol.hover()
        literally(shown.tooltip, name)
        assert " ".join(name.split()) in str(symbol.get_attribute("aria-label"))
    shown.frame.locator('[data-id="site-genopole"]').hover()
    literally(shown.tooltip, SITE)
    unharmed()


@pytest.mark.parametrize("path", ["", "bioproduction-tour"], ids=["overview", "tour"])
def test_names_are_text_on_the_map_of_the_tour(page: Page, hostile_url: str, unharmed: Callable[[], None], path: str) -> None:
    """Titles of stages and names of organisers, hovered and spoken."""
    opened(page, f"{hostile_url}/{path}")
    shown = maps.small_map(page, "france") if path == "" else maps.only_map(page)
    for number in range(7):
        shown.symbol(f"stage-{number + 1}").hover()
        literally(shown.tooltip, NAMES[number])
    seats = shown.frame.locator(".bc-seat[data-id]")
    spoken = [str(seat.get_attribute("aria-label")) for seat in seats.all()]
    assert len([label for label in spoken if any(" ".join(name.split()) in label for name in NAMES)]) == len(spoken)
    # By keyboard, because seats of one city lie under each other.
    shown.symbol("stage-1").focus()
    for _ in spoken:
        page.keyboard.press("Shift+Tab")
        literally(shown.tooltip, str(shown.frame.locator(".bc-seat:focus .bc-seat-name").text_content()))
    unharmed()


def test_names_are_text_in_the_list_of_a_place(page: Page, hostile_url: str, unharmed: Callable[[], None]) -> None:
    """Each button of the list has the name that it opens."""
    opened(page, f"{hostile_url}/ile-de-france?place=site-genopole")
    expect(page.locator(".st-key-beside").get_by_role("heading")).to_have_text(SITE)
    unharmed()
    for number, name in enumerate(NAMES):
        literally(page.locator(f".st-key-open-campus-{number}"), name)


def test_names_are_text_in_the_sheet_of_an_actor(page: Page, hostile_url: str, unharmed: Callable[[], None]) -> None:
    """Name, activity, place, address and source, letter by letter; the link leads where the file says."""
    opened(page, f"{hostile_url}/ile-de-france?place=site-genopole")
    beside = page.locator(".st-key-beside")
    for number, name in enumerate(NAMES):
        page.locator(f".st-key-open-campus-{number}").get_by_role("button").click()
        expect(beside.get_by_role("heading")).to_have_text(name)
        for text in (ACTIVITY, SITE, TITLE):
            literally(beside, text)
        expect(beside.locator("a[href=\"https://example.org/?a=1&b='2'\"]")).to_have_text(TITLE)
        page.locator(".st-key-close-actor").get_by_role("button").click()
        expect(page.locator(".st-key-listing")).to_be_visible()
        settled(page)
    unharmed()


def test_names_are_text_in_pills_and_chips(page: Page, hostile_url: str, unharmed: Callable[[], None]) -> None:
    """The pill of a site and the chip that it leaves."""
    opened(page, f"{hostile_url}/ile-de-france")
    for button in page.locator(".st-key-facets").get_by_test_id("stPopoverButton").all():
        button.click()
        pills = page.get_by_test_id("stPopoverBody")
        expect(pills).to_be_visible()
        if pills.locator(".st-key-facet_site").count():
            break
        page.keyboard.press("Escape")
    pill = pills.get_by_role("button").filter(has_text="Campus").filter(has_text="n° 1")
    pill.click()
    literally(page.locator(".st-key-chosen").get_by_role("button").first, SITE)
    unharmed()
    literally(pill, SITE)


def cells(table: Locator) -> Locator:
    """What a screen reader finds in a table that Streamlit paints."""
    return table.locator("canvas table").first


@pytest.mark.parametrize("category", CATEGORIES)
def test_names_are_text_in_the_table_and_harmless_in_the_download(
    page: Page, hostile_url: str, unharmed: Callable[[], None], category: str
) -> None:
    """The table shows every letter; in the file a formula has an apostrophe in front, and everything else is as it was."""
    opened(page, f"{hostile_url}/ile-de-france?category={category}&site=genopole")
    names = NAMES[CATEGORIES.index(category) :: 2]
    table = maps.actor_table(page)
    for name in names:
        literally(cells(table), name)
    page.locator(".st-key-take-away").get_by_test_id("stPopoverButton").first.click()
    with page.expect_download() as download:
        page.locator(".st-key-take-csv-excel button").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig")), delimiter=";"))
    assert sorted(row["name"] for row in rows) == sorted(str(harmless(name)) for name in names)
    unharmed()


@pytest.mark.parametrize("path", ["ile-de-france", "bioproduction-tour", "sources"])
def test_no_table_lets_a_formula_out(page: Page, hostile_url: str, path: str) -> None:
    """Streamlit's own download button over each table gives files without a live formula, too."""
    page.add_init_script("delete window.showSaveFilePicker")  # else Chromium asks where to save
    opened(page, f"{hostile_url}/{path}")
    for table in page.get_by_test_id("stDataFrame").locator("visible=true").all():
        with page.expect_download() as download:
            table.get_by_test_id("stElementToolbarButton").filter(has=page.locator('path[d^="M18 15v3H6"]')).locator(
                "button"
            ).dispatch_event("click")
        found = csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig")))
        live = {cell for row in found for cell in row if cell.startswith(("=", "@", "\t", "\r"))}
        assert live == set()


def test_the_sheet_of_a_stage_is_text(page: Page, hostile_url: str, unharmed: Callable[[], None]) -> None:
    """Title, organisers, notes and source of each stage, letter by letter."""
    opened(page, f"{hostile_url}/bioproduction-tour")
    sheet = page.locator("article.bc-sheet")
    for number in range(7):
        page.locator(".st-key-stage-after").get_by_role("button").click()
        expect(sheet.get_by_role("heading")).to_have_text(NAMES[number])
        for text in (ACTIVITY, TITLE, SITE):
            literally(sheet, text)
    unharmed()


# --- broken data ------------------------------------------------------------------------------------------------------


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
        joins.build(catalogue.read(folders[0]), territory.read(folders[1]))
    return caught.value


def breaks_the_tables(data: Path) -> bool:
    """Whether the tables are wrong by themselves; else the page of sources, which needs no map, still has them."""
    try:
        catalogue.read(data)
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
    expect(page.get_by_test_id("stDataFrame").locator("visible=true").first).to_be_visible()
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
    for name in ("src", "views"):
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
        if path:
            expect(page.locator('[data-testid="stDataFrame"], table.bc-table').locator("visible=true").first).to_be_visible()
    page.locator(".st-key-language").get_by_role("radio").last.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_test_id("stAlert").filter(has_text="make assets")).to_be_visible()
    assert page.outside == []
    assert page.errors == []


@pytest.mark.parametrize(
    ("file", "box"), [("leaflet-*.js", ".bc-failed"), ("biocarto-actors-*.js", ".bc-failed"), ("boundaries-*.json", ".bc-notice")]
)
def test_a_file_of_the_map_that_does_not_arrive_is_told(page: Page, app_url: str, file: str, box: str) -> None:
    """The map says so in its own frame instead of staying blank; the table is whole."""
    page.route(f"**/app/static/{file}", lambda route: route.abort())
    opened(page, f"{app_url}/ile-de-france")
    expect(page.frame_locator("iframe").locator(box)).to_be_visible()
    expect(maps.actor_table(page)).to_be_visible()
    assert page.outside == []
