"""The static edition as a visitor with a stick opens it: by `file://`, without a server, answering as the app does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from biocarto import config, labels
from biocarto.analysis.places import group_by_place
from biocarto.build import static
from biocarto.i18n import Locale
from biocarto.maps.actors import build_actor_layer
from biocarto.query import filters, search
from biocarto.query.filters import Filters
from biocarto.query.select import index_words, select
from tests.browser.access import violations
from tests.browser.conftest import NewPage
from tests.browser.edition import answer, ask_edition, ask_edition_and_map, opened, shown_map
from tests.browser.hostile import NAMES
from tests.browser.rgaa import find_faults
from tests.support.edition_questions import PHRASES, QUERIES, STATES, TYPING_ERRORS
from tests.support.register import joined

PAGES = {"": 2, "ile-de-france": 1, "annuaire": 1, "bioproduction-tour": 1, "sources": 0}
"""Page -> how many maps it has."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of the committed tables, in a folder whose name has what names of sticks have."""
    out = tmp_path_factory.mktemp("clé USB n° 1") / "Bio Carto (été)"
    static.build(config.ROOT / "data", config.ROOT / "geo", config.STATIC, out)
    return out


@pytest.fixture
def visited(page: Page) -> Iterator[list[str]]:
    """Everything that the page asks for, of which nothing may be anything but a file; no script may fail."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    yield asked
    assert asked
    assert [url for url in asked if not url.startswith(("file://", "data:"))] == []
    assert page.errors == []


@pytest.mark.parametrize("document", ["index.html", "en.html"])
def test_every_page_opens_without_a_request(page: Page, folder: Path, visited: list[str], document: str) -> None:
    """All pages and all maps of both languages, from files alone; the fonts are there too."""
    opened(page, folder, document=document)
    for address, count in PAGES.items():
        page.locator(f'header a[href="#/{address}"]').click()
        expect(page.locator(".page:visible")).to_have_attribute("data-page", address)
        maps = page.locator(".page:visible [data-map]")
        expect(maps).to_have_count(count)
        for number in range(count):
            shown_map(page, str(maps.nth(number).get_attribute("data-map")))
    assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].some((font) => font.status === 'loaded'))")
    assert any(url.endswith("/files/map.html") for url in visited)


_TRY = """async () => {
    const refused = [];
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => refused.push(effectiveDirective));
    const answer = await fetch("https://example.org/").then(() => "answered", (error) => error.name);
    const image = Object.assign(new Image(), { src: "https://example.org/x.png" });
    document.body.append(image, Object.assign(document.createElement("script"), { textContent: "window.ran = 1" }));
    for (let turn = 0; turn < 100 && refused.length < 3; turn++) await new Promise((resolve) => setTimeout(resolve, 20));
    return { answer, refused: refused.sort(), ran: window.ran ?? null };
}"""


def test_the_page_could_not_reach_a_network(page: Page, folder: Path) -> None:
    """What a script would ask of a network, and a script that stands in the page itself, are refused by the page's own policy."""
    opened(page, folder, "sources")
    assert page.evaluate(_TRY) == {"answer": "TypeError", "refused": ["connect-src", "img-src", "script-src-elem"], "ran": None}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_search_answers_as_the_app_does(page: Page, folder: Path, visited: list[str], lang: str) -> None:
    """The same actors in the same order, for words, phrases and typing errors; `tests/build/test_static_scripts.py` asks for anything."""
    opened(page, folder, "annuaire", static.DOCUMENTS[lang])
    shown_map(page, "directory")
    asked = [text for text in (*QUERIES, *PHRASES, *TYPING_ERRORS) if text]
    shown = [found["ids"] for found in ask_edition(page, [Filters(q=text) for text in asked])]
    present = set(answer(Filters()).actors.index)
    expected = [[actor for actor in search.find(index_words(joined()), text).index if actor in present] for text in asked]
    assert dict(zip(asked, shown, strict=True)) == dict(zip(asked, expected, strict=True))
    assert all(expected[asked.index(text)] for text in TYPING_ERRORS)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_counts_rows_and_words_are_those_of_the_app(page: Page, folder: Path, visited: list[str], lang: str) -> None:
    """For every state: the rows, the count of every value of every facet, the sentence, and what the map is sent."""
    opened(page, folder, "annuaire?q=genethon", static.DOCUMENTS[lang])
    t = Locale(lang)
    for chosen, shown in zip(STATES, ask_edition_and_map(page, STATES), strict=True):
        expected = answer(chosen)
        assert sorted(shown["ids"]) == sorted(expected.actors.index), chosen
        assert shown["counts"] == {name: dict(counts) for name, counts in expected.counts.items()}, chosen
        everyone = len(expected.everyone if filters.shows_apart(chosen) else select(Filters(), joined()).actors)
        assert shown["summary"] == labels.summarise_selection(expected.actors, everyone, t)
        drawn = build_actor_layer(group_by_place(expected.actors), t, actors=expected.actors).payload
        drawn.setdefault("ids", [])
        drawn["actors"] = {str(row): actor for row, actor in drawn.get("actors", {}).items()}
        assert shown["layers"] == [{"kind": "actors", "payload": drawn}], chosen


def test_facets_follow_each_other_on_screen(page: Page, folder: Path, visited: list[str]) -> None:
    """A tick changes the list, the map, the sentence, the address and every other count; a chip takes it back."""
    opened(page, folder, "annuaire")
    kind, modality = page.locator('[data-facet="kind"]'), page.locator('[data-facet="modality"]')
    kind.locator("summary").click()
    kind.locator('label:has([value="incubator"])').click()
    expected = answer(Filters(kind=("incubator",)))
    expect(page.locator("[data-list] > li")).to_have_count(expected.total)
    expect(kind.locator('label:has([value="company"]) output')).to_have_text(str(expected.counts["kind"]["company"]))
    expect(shown_map(page, "directory").locator(".biocarto")).to_have_attribute("data-drawn", str(len(group_by_place(expected.actors))))
    modality.locator("summary").click()
    expect(kind).not_to_have_attribute("open", "")
    for code, count in expected.counts["modality"].items():
        expect(modality.locator(f'label:has([value="{code}"]) output')).to_have_text(str(count))
    assert page.url.endswith("#/annuaire?kind=incubator")
    page.keyboard.press("Escape")
    page.locator(".chip").click()
    expect(page.locator("[data-list] > li")).to_have_count(answer(Filters()).total)
    page.go_back()
    expect(page.locator("[data-list] > li")).to_have_count(expected.total)


def test_an_address_says_everything(page: Page, folder: Path, visited: list[str]) -> None:
    """Typed, ticked and opened, reloaded: the same list, box, facet and sheet; what means nothing is named."""
    opened(page, folder, "annuaire?kind=company")
    page.locator("#q").fill("vecteurs")
    expected = answer(Filters(kind=("company",), q="vecteurs"))
    expect(page.locator("[data-list] > li")).to_have_count(expected.total)
    best = str(expected.score.index[0])  # type: ignore[union-attr]
    page.locator("[data-list] a[data-open]").first.click()
    expect(page.locator("[data-opened=sheet]")).to_contain_text(str(expected.actors.at[best, "activity_fr"]))
    page.reload()
    expect(page.locator("[data-opened=sheet] h2")).to_have_text(str(expected.actors.at[best, "name"]))
    expect(page.locator("#q")).to_have_value("vecteurs")
    expect(page.locator('[data-facet="kind"] summary')).to_contain_text("1")
    opened(page, folder, "annuaire?kind=sorcery&actor=nobody&q=genethon")
    page.reload()
    expect(page.locator(".notice")).to_contain_text("kind = sorcery, actor = nobody")
    expect(page.locator("[data-list] > li")).to_have_count(answer(Filters(q="genethon")).total)


def test_a_sheet_has_its_evidence_and_gives_the_keyboard_back(page: Page, folder: Path, visited: list[str]) -> None:
    """Source, date, confidence; the mark on the map; closed, the list is where it was."""
    actor = joined().actors.loc["genethon"]
    opened(page, folder, "annuaire?q=genethon")
    page.locator("[data-list] a[data-open]").first.press("Enter")
    sheet = page.locator("[data-opened=sheet]")
    expect(sheet.locator("h2")).to_be_focused()
    for text in (actor["activity_fr"], actor["source_title"], str(actor["as_of"]), "Élevée"):
        expect(sheet).to_contain_text(text)
    expect(sheet.locator(f'a[href="{actor["source_url"]}"]')).to_be_visible()
    assert sheet.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    expect(shown_map(page, "directory").locator(f'[data-id="{actor["place_id"]}"][aria-current]')).to_be_visible()
    sheet.locator("[data-close]").press("Enter")
    expect(page.locator('[data-list] a[data-open][href$="actor=genethon"]')).to_be_focused()


def test_a_place_and_a_territory_open_their_lists(page: Page, folder: Path, visited: list[str]) -> None:
    """On the map of the region: a tapped symbol, then its actor, then a territory at another level."""
    opened(page, folder, "ile-de-france")
    here = select(Filters(), joined()).actors
    frame = shown_map(page, "region")
    opened(page, folder, "ile-de-france?place=site-genopole")
    expect(page.locator("[data-opened=listing] li")).to_have_count(int(here["place_id"].eq("site-genopole").sum()))
    frame.locator('[data-id="site-genopole"]').click()
    page.locator("[data-opened=listing] li button", has_text="Généthon").click()
    expect(page.locator("[data-opened=sheet]")).to_contain_text(str(here.at["genethon", "source_title"]))
    page.locator("[data-opened=sheet] [data-close]").click()
    expect(page.locator("[data-opened=listing]")).to_be_visible()
    page.locator('input[value="commune"]').check()
    expect(frame.locator("path.bc-area[data-code]")).to_have_count(len(joined().territory.communes))
    opened(page, folder, "ile-de-france?level=department&territory=91")
    expect(page.locator("[data-opened=listing] li")).to_have_count(int(here["department_code"].eq("91").sum()))


def test_the_overview_leads_on(page: Page, folder: Path, visited: list[str]) -> None:
    """A search opens the directory, a symbol of a small map its page, a door its room."""
    opened(page, folder)
    page.locator("#overview-q").fill("genethon")
    page.locator("#overview-q").press("Enter")
    expect(page.locator("[data-list] > li").first).to_contain_text("Généthon")
    opened(page, folder)
    shown_map(page, "tour-small").locator('[data-id="stage-4"]').click()
    expect(page.locator('[data-sheet="stage-4"]')).to_be_visible()
    page.locator('[data-step="1"]').click()
    expect(page.locator('[data-sheet="stage-5"]')).to_contain_text(str(joined().stages.at["stage-5", "title_fr"]))
    expect(shown_map(page, "tour").locator('[data-id="stage-5"][aria-current]')).to_be_visible()
    opened(page, folder)
    page.locator(".door a").nth(1).click()
    expect(page.locator('input[value="rate"]')).to_be_checked()
    expect(page.locator('input[value="epci"]')).to_be_checked()


def test_the_language_keeps_the_view(page: Page, folder: Path, visited: list[str]) -> None:
    """A switch, and a link that asks for the other language, open the other document at the same place."""
    opened(page, folder, "annuaire?kind=incubator&actor=genethon")
    page.locator(".languages a[lang=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("[data-opened=sheet]")).to_contain_text(str(joined().actors.at["genethon", "activity_en"]))
    assert page.url.endswith("en.html#/annuaire?kind=incubator&actor=genethon&lang=en")
    page.locator("header nav a", has_text="Sources").click()
    assert page.url.endswith("#/sources?lang=en")
    opened(page, folder, "bioproduction-tour?stage=stage-2&lang=en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator('[data-sheet="stage-2"]')).to_contain_text(str(joined().stages.at["stage-2", "title_en"]))
    page.locator(".languages a[lang=fr]").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert page.url.endswith("index.html#/bioproduction-tour?stage=stage-2")


def test_names_that_try_to_run_stay_names(
    page: Page, visited: list[str], unharmed: Callable[[], None], hostile_data: Path, tmp_path: Path
) -> None:
    """The edition of hostile tables: every page, list, sheet and tooltip shows the letters, and nothing runs."""
    static.build(hostile_data, config.ROOT / "geo", config.STATIC, tmp_path)
    for address, count in PAGES.items():
        opened(page, tmp_path, address)
        for holder in page.locator(".page:visible [data-map]").all():
            shown_map(page, str(holder.get_attribute("data-map")))
        assert len([frame for frame in page.frames if frame.url.endswith("map.html")]) >= count
    opened(page, tmp_path, "annuaire")
    for number, name in enumerate(NAMES):
        page.locator(f'[data-list] a[href$="actor=alone-{number}"]').click()
        assert " ".join(page.locator("[data-opened=sheet] h2").inner_text().split()) == " ".join(name.split())
        page.locator("[data-close]").click()
    shown_map(page, "directory").locator('[data-id="commune-95652"], .bc-place').first.hover()
    unharmed()


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (390, "dark"), (390, "light"), (1920, "dark")])
def test_everybody_gets_in(new_page: NewPage, folder: Path, width: int, scheme: str) -> None:
    """axe-core finds nothing serious on any page or map, nothing is wider than the screen, fingers find what they tap."""
    page = new_page(width=width, color_scheme=scheme, has_touch=width == 390, bypass_csp=True)
    for address in (
        *PAGES,
        "accessibilite",
        "annuaire?kind=company&actor=genethon",
        "ile-de-france?place=site-genopole",
        "bioproduction-tour?stage=stage-2",
    ):
        opened(page, folder, address)
        for holder in page.locator(".page:visible [data-map]").all():
            shown_map(page, str(holder.get_attribute("data-map")))
        for frame in page.frames:
            if frame == page.main_frame or frame.frame_element().is_visible():  # others are maps of pages seen before
                assert violations(frame) + find_faults(frame) == [], (address, frame.url)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        if width == 390:
            small = "nodes => nodes.filter(n => n.offsetHeight && n.offsetHeight < 43.5).map(n => n.outerHTML.slice(0, 120))"
            assert page.locator("header a, button, .page summary, input[type=search], .choice span").evaluate_all(small) == []


def test_the_keyboard_reaches_everything(page: Page, folder: Path, visited: list[str]) -> None:
    """Skip link, search, a facet opened, ticked and closed again, with the focus always where one expects it."""
    opened(page, folder, "annuaire")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".page:visible h1")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    kind = page.locator('[data-facet="kind"]')
    expect(kind.locator("input:checked")).to_be_focused()
    page.keyboard.press("Escape")
    expect(kind.locator("summary")).to_be_focused()
    expect(kind.locator("fieldset")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 700, 1100, 1400])
def test_the_values_of_every_facet_open_on_the_screen(new_page: NewPage, folder: Path, width: int) -> None:
    """None is cut off at an edge, one at a time, and a tap elsewhere, the map included, closes it."""
    page = opened(new_page(width=width), folder, "annuaire")
    shown_map(page, "directory")
    inside = "node => { const r = node.getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth && r.height > 40; }"
    for facet in page.locator("[data-facet]").all():
        facet.locator("summary").click()
        expect(page.locator(".facet[open]")).to_have_count(1)
        page.wait_for_function(inside, arg=facet.locator("fieldset").element_handle())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("Escape")
    page.locator("[data-facet] summary").first.click()
    page.frame_locator('[data-map="directory"] iframe').locator(".bc-zoomIn").click()
    expect(page.locator(".facet[open]")).to_have_count(0)


def test_an_open_sheet_is_printed_alone(page: Page, folder: Path, visited: list[str]) -> None:
    """Paper has the sheet; without one it has the whole list, and never a control."""
    opened(page, folder, "annuaire?actor=genethon")
    page.emulate_media(media="print")
    expect(page.locator("[data-opened=sheet]")).to_be_visible()
    for hidden in ("header", "#q", "[data-facets]", '[data-map="directory"]', "[data-close]"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_without_scripts_the_texts_are_there(new_page: NewPage, folder: Path) -> None:
    """All pages beneath each other, every actor with its source, and a word about what is missing."""
    page = new_page(java_script_enabled=False, fresh="a browser without scripts")
    page.goto((folder / "index.html").as_uri())
    assert page.locator(".page").count() == len(PAGES) + 1  # the declaration of accessibility
    expect(page.locator("[data-list] > li")).to_have_count(len(joined().actors))
    expect(page.locator("noscript .notice")).to_be_visible()
    expect(page.locator("[data-sheet]").first).to_be_visible()
    expect(page.locator("#q")).to_be_hidden()
