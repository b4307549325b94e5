"""Every page starts, in every state that matters, in both languages."""

import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from biocarto.analysis import whereabouts
from biocarto.config import Settings
from biocarto.export import xlsx
from biocarto.export.formats import FORMATS
from biocarto.model import PRESENCE_LABELS
from biocarto.query import filters, proximity
from biocarto.ui.shared import cache, downloads, messages, pages
from tests.support.pages import PAGES, opened, reached, words
from tests.support.register import joined

ROOT = Path(__file__).parents[2]


TITLES = {
    "overview": {"fr": "Les biothérapies et la bioproduction, carte en main", "en": "Biotherapies and biomanufacturing on the map"},
    "ile_de_france": {"fr": "L'Île-de-France des biothérapies", "en": "Biotherapies in Île-de-France"},
    "coverage": {"fr": "La couverture du territoire", "en": "Coverage of the territory"},
    "directory": {"fr": "L'annuaire", "en": "The directory"},
    "bioproduction_tour": {"fr": "Le French Bioproduction Tour", "en": "The French Bioproduction Tour"},
    "networks": {"fr": "Réseaux\u00a0: qui fédère qui", "en": "Networks: who federates whom"},
    "booth": {"fr": "BioCarto au stand", "en": "BioCarto at the booth"},
    "desk": {"fr": "L'atelier", "en": "The desk"},
    "sources": {"fr": "Sources, méthode et limites", "en": "Sources, method and limits"},
    "legal_notice": {"fr": "Mentions légales", "en": "Legal notice"},
    "accessibility": {"fr": "Déclaration d'accessibilité", "en": "Accessibility statement"},
}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_in_both_languages(page: str, lang: str) -> None:
    """No exception, no error box, and a title in the right language."""
    app = opened(page, lang=lang)
    assert not app.exception
    assert not app.error
    assert app.title[0].value == TITLES[page][lang]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_reached_from_the_first_one(page: str) -> None:
    """What the first page left in the session stops no other page."""
    app = reached(page)
    assert not app.exception
    assert not app.error
    assert app.title[0].value == TITLES[page]["fr"]


STATES = {
    "one category": {"category": "biotherapies"},
    "one actor": {"actor": "abivax"},
    "one place": {"place": "site-genopole"},
    "one territory": {"level": "commune", "measure": "rate", "territory": "91228"},
    "dated": {"status": "historic"},
    "nothing left": {"kind": "integrator", "category": "biotherapies"},
    "unknown values": {"category": ["nope", "<script>alert(1)</script>"], "actor": "nobody", "level": "galaxy", "lang": "xx"},
    "a very long value": {"site": "x" * 10_000},
}


@pytest.mark.parametrize("params", STATES.values(), ids=STATES)
def test_the_region_page_runs_in_every_state(params: dict[str, str | list[str]]) -> None:
    """Filters, sheets, nothing left, and addresses that mean nothing."""
    app = opened("ile_de_france", **params)
    assert not app.exception
    assert not app.error


DIRECTORY_STATES = {
    "a search": {"q": "thérapi génique", "lang": "en"},
    "a misspelt name": {"q": "genethon"},
    "near a commune": {"near": "94076", "km": "5", "sort": "distance"},
    "near a former id": {"near": "centre-meary"},
    "an area": {"area": "48.8,2.2;48.9,2.2;48.9,2.4;48.8,2.4"},
    "an area that crosses itself": {"area": "48.8,2.2;48.9,2.4;48.9,2.2;48.8,2.4"},
    "facets": {"kind": "company", "modality": ["gene_therapy", "rna"], "founded": "2010-2014", "precision": "campus"},
    "a sheet": {"actor": "abivax", "compare": ["abivax", "altar"]},
    "nothing": {"q": "zzzzzzzz"},
    "hostile": {
        "q": "<script>alert(1)</script>",
        "near": "1,2",
        "km": "-5",
        "area": "0,179;1,-179",
        "page": "99",
        "sort": "x",
        "compare": "y",
    },
    "second page": {"page": "2"},
}


@pytest.mark.parametrize("params", DIRECTORY_STATES.values(), ids=DIRECTORY_STATES)
def test_the_directory_runs_in_every_state(params: dict[str, str | list[str]]) -> None:
    """Searches, places, areas, sheets, comparisons, and addresses that mean nothing."""
    app = opened("directory", **params)
    assert not app.exception
    assert not app.error


def test_what_is_compared_and_unknown_is_named_and_counts_for_nothing() -> None:
    """Four unknown ids leave room for four actors, and are told; only those of the register are compared."""
    unknown = [f"nobody-{number}" for number in range(4)]
    app = opened("directory", actor="abivax", compare=[*unknown, "altar"])
    assert all(messages.escape_markdown(value) in words(app) for value in unknown)
    (button,) = [button for button in app.button if button.key == "compare"]
    assert not button.disabled
    button.click().run()
    assert app.query_params["compare"] == ["altar", "abivax"]
    assert words(app).count("<caption>Comparaison</caption>") == 1
    assert "nobody" not in words(app)


def test_a_sheet_is_written_once_for_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its facts, its drawing and its neighbours are the same at every run of every visitor."""
    first = opened("directory", actor="abivax")
    for name in ("find_claims", "find_other_places"):
        monkeypatch.setattr(whereabouts, name, None)
    monkeypatch.setattr(proximity, "measure_within", None)
    again = opened("directory", actor="abivax")
    assert not again.exception
    assert [box.label for box in again.expander] == [box.label for box in first.expander]


def test_a_comparison_tells_a_status_as_the_sheets_do() -> None:
    """Present by an old page only is no plain "present", and the year is that of the page that the status rests on."""
    actors = joined().actors
    later = actors.index[actors["status_year"].ne(actors["as_of"])][0]
    compared = [str(later), str(actors.index[actors["presence"].eq("dated")][0])]
    html = words(opened("directory", compare=compared)).split("<caption>Comparaison</caption>")[1]
    row = re.search(r"<th scope='row'>Statut</th>(.*?)</tr>", html)
    assert row is not None
    told = [f"{PRESENCE_LABELS[actors.at[name, 'presence']]} ({actors.at[name, 'status_year']})" for name in compared]
    assert [unescape(cell) for cell in re.findall("<td>(.*?)</td>", row[1])] == told


@pytest.mark.parametrize("has_booth", [True, False], ids=["on a laptop", "on a public server without a stand"])
def test_the_first_card_opens_what_it_names(monkeypatch: pytest.MonkeyPatch, has_booth: bool) -> None:
    """The stand where there is one, and then it is in the menu; else the map of the region under its own name."""
    monkeypatch.setattr(Settings, "has_booth", has_booth)
    app = opened("overview")
    (card,) = [link.proto for link in app.get("page_link") if "stand" in link.proto.page or "ile" in link.proto.page]
    title = next(header.value for header in app.header if header.value in {"Au stand", "Île-de-France"})
    assert (card.page, title) == (("stand", "Au stand") if has_booth else ("ile-de-france", "Île-de-France"))
    menu: dict[str, str] = {}
    monkeypatch.setattr("streamlit.Page", lambda _, **options: menu.update({options["url_path"] or "": options["visibility"]}))
    pages.build_navigation(str, has_booth, has_desk=True)
    assert menu.pop("stand") == ("visible" if has_booth else "hidden")
    assert {menu.pop("mentions-legales"), menu.pop("accessibilite")} == {"hidden"}
    assert set(menu.values()) == {"visible"}


@pytest.mark.parametrize(
    ("asked", "said"), [({}, "Plus de filtres"), ({"founded": "2010-2014", "precision": "campus"}, "Plus de filtres · 2")]
)
def test_few_buttons_stand_before_the_answer(asked: dict[str, str], said: str) -> None:
    """At most eight, and yet every facet can be opened; the button of the rarer ones says how many of their values are chosen."""
    app = opened("directory", **asked)
    buttons = [popover.proto.popover.label for popover in app.get("popover")]
    facets = buttons[: buttons.index(said) + 1]
    assert len(facets) <= 8
    assert {group.key for group in app.get("button_group")} >= {f"directory_{name}" for name in filters.COLUMNS}


def test_a_facet_says_when_it_counts_more_than_the_page_shows() -> None:
    """Beside a title of n sites a value counts at most n, or says with a sign that its rows come on top."""
    app = opened("directory")
    (title,) = [int(re.sub(r"\D", "", match[1])) for match in re.finditer(r"\*\*([\d\u202f]+)[^*]*sur", words(app))]
    facets = [f"directory_{name}" for name in filters.COLUMNS if name != "region"]
    labels = [option.content for group in app.get("button_group") if group.key in facets for option in group.proto.options]
    counts = {label: match for label in labels if (match := re.search(r" · (\+ )?([\d\u202f]+)]?$", label))}
    assert len(counts) > 100
    assert [label for label, match in counts.items() if not match[1] and int(match[2].replace("\u202f", "")) > title] == []
    assert [label.split(" · ")[0] for label, match in counts.items() if match[1] and "2015" in label]


def test_a_page_beyond_the_end_of_the_list_is_its_last() -> None:
    """A list that has become shorter is no unknown value."""
    app = opened("directory", page="7", kind="incubator")
    assert not app.warning
    assert "page = zero" in " ".join(notice.value for notice in opened("directory", page="zero").warning)


def offers(app: AppTest, *kinds: str) -> dict[str, str]:
    """Key -> label of the buttons that offer another way to take a question."""
    return {str(button.key): button.label for button in app.button if str(button.key).startswith(kinds)}


def test_the_phrases_of_a_search_are_one_tap_away() -> None:
    """The number on the offer is that of the rows which it leaves, and the address then says it in facets."""
    app = opened("directory", q="thérapie génique Essonne")
    offered = offers(app, "reading")
    assert set(offered) == {"reading", "reading-words"}
    app.button(key="reading").click().run()
    assert not app.exception
    assert dict(app.query_params) == {"modality": "gene_therapy", "department": "91"}
    assert offered["reading"].rpartition(" · ")[2] in words(app)


def test_a_place_is_a_radius_and_one_tap_the_word() -> None:
    """The words as they are stay in the address, and can be understood again."""
    app = opened("directory", q="incubateurs Villejuif")
    assert "à 10 km de Villejuif" in " ".join(button.label for button in app.button)
    app.button(key="reading-words").click().run()
    assert dict(app.query_params) == {"q": "incubateurs Villejuif", "literal": "1"}
    app.button(key="reading-meaning").click().run()
    assert dict(app.query_params) == {"q": "incubateurs Villejuif"}


def test_what_was_read_from_the_words_can_be_taken_away() -> None:
    """Without its place the rest of the question stays, as choices of the address."""
    app = opened("directory", q="qui fabrique des vecteurs viraux près d'Évry")
    app.button(key="drop-near-91228").click().run()
    assert not app.exception
    assert dict(app.query_params) == {"q": "vecteurs viraux", "first": "makes"}


def test_a_question_of_another_region_is_answered_by_national_sites() -> None:
    """Each row says what it is, for whoever reads the page by program."""
    app = opened("directory", q="cdmo Toulouse")
    rows = re.findall(r'data-id="([^"]+)" data-kind="([^"]+)"(?: data-km="([\d.]+)")?', words(app))
    assert {kind for _, kind, _ in rows} == {"national_site"}
    assert "gtp-bioways-toulouse" in {key for key, _, _ in rows}
    assert {key: bool(km) for key, _, km in rows}.items() >= {("gtp-bioways-toulouse", False), ("gtp-bioways-labege", True)}


def test_a_department_of_another_region_is_a_choice() -> None:
    """Read from the words, it can be taken over into the address, which then means the same."""
    app = opened("directory", q="qui fabrique des vaccins à Lyon")
    assert not app.exception
    assert 'data-id="sanofi-marcy-l-etoile"' in words(app)
    app.button(key="drop-first-makes").click().run()
    assert not app.exception
    assert dict(app.query_params) == {"q": "vaccins", "department": "69"}
    assert 'data-id="sanofi-marcy-l-etoile"' in words(app)


def test_an_empty_answer_offers_what_is_near() -> None:
    """Every offer leads to as many rows as it says."""
    app = opened("directory", q="CRO anticorps à 15 km de Villejuif")
    offered = offers(app, "suggestion-")
    assert offered
    assert all(int(label.rpartition(" · ")[2]) > 0 for label in offered.values())
    app.button(key="suggestion-0").click().run()
    assert not app.exception
    assert not offers(app, "suggestion-")


def test_a_long_file_is_prepared_before_it_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond so many rows a format is chosen, its progress is shown, and then the file is there; short ones are one tap away."""
    short = opened("directory")
    assert len(short.get("download_button")) == len(FORMATS)
    monkeypatch.setattr(downloads, "LONG", 5)
    app = opened("directory", kind="company")
    assert not app.get("download_button")
    for kind in FORMATS:
        app.selectbox(key="take-format").select(kind)
        app.button(key="take-prepare").click().run()
        assert not app.exception
        assert [button.key for button in app.get("download_button")] == [f"take-{kind}"]


def test_a_file_beyond_its_format_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook holds only so many rows: said, and nothing else is lost."""
    monkeypatch.setattr(downloads, "LONG", 5)
    monkeypatch.setattr(xlsx, "MOST_ROWS", 10)
    app = opened("directory")
    app.selectbox(key="take-format").select("xlsx")
    app.button(key="take-prepare").click().run()
    assert not app.exception
    assert "10" in app.error[0].value


def test_unknown_values_are_named_in_a_notice() -> None:
    """A value that has vanished is said, and the rest of the page stands."""
    app = opened("ile_de_france", category=["biotherapies", "nope"], actor="nobody", level="galaxy")
    said = " ".join(notice.value for notice in app.warning)
    assert all(value in said for value in ("nope", "nobody", "galaxy"))


@pytest.mark.parametrize(("page", "read"), [("ile_de_france", "department"), ("coverage", "region")])
def test_a_filter_that_a_page_does_not_have_is_named(page: str, read: str) -> None:
    """Words, a place and a rare facet of an address narrow no page without them, and it says so; what the page reads is no such."""
    told = " ".join(notice.value for notice in opened(page, q="phages", near="91228", role="makes", **{read: "11"}).warning)
    assert all(f"{name} = " in told for name in ("q", "near", "role"))
    assert (f"{read} = " in told) == (read == "department")
    assert not opened(page, kind="company", level="commune").warning


def test_the_breakdown_is_derived_on_the_page() -> None:
    """183, 48, 6 and 46 %, and the only whole numbers behind them."""
    said = words(opened("ile_de_france"))
    for text in ("183", "48\u202f%", "6\u202f%", "46\u202f%", "87 ou 88", "84 ou 85"):
        assert text in said


def test_a_former_address_still_opens_its_actor() -> None:
    """A printed address of a renamed actor leads to its sheet."""
    assert "MEARY" in words(opened("ile_de_france", actor="centre-meary"))


@pytest.mark.parametrize("stage", [f"stage-{n}" for n in range(1, 8)])
def test_each_stage_has_its_sheet(stage: str) -> None:
    """The address opens the stage, with its organisers."""
    app = opened("bioproduction_tour", stage=stage)
    assert not app.exception
    assert f"Étape {stage[-1]}" in words(app)


def test_the_regions_without_a_stage_are_named() -> None:
    """Normandie, Corse and overseas are said, not only left grey."""
    said = words(opened("bioproduction_tour"))
    for name in ("Normandie", "Corse", "Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"):
        assert name in said


def test_conflicts_stand_side_by_side() -> None:
    """Both dates of the Assises and both budgets of the DIM are on the page of sources."""
    said = words(opened("sources"))
    for value in ("8 juin 2021", "mai 2021", "12 M€", "15 M€"):
        assert value in said


@pytest.mark.parametrize("page", PAGES)
def test_no_table_shows_a_missing_value_as_a_word_of_python(page: str) -> None:
    """What is unknown is empty or a dash, never `None` or `nan`."""
    for table in opened(page).dataframe:
        assert not table.value.astype("string").isin(["None", "nan", "<NA>", "NaT"]).any(axis=None)


def test_a_broken_table_is_told_in_both_languages_and_the_app_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table, the line and the column; no stack trace; the page of sources says the same."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    actors = (tmp_path / "data" / "actors.csv").read_text("utf-8").splitlines(keepends=True)
    actors[3] = actors[3].replace(",company,", ",spaceship,")
    (tmp_path / "data" / "actors.csv").write_text("".join(actors), "utf-8")
    monkeypatch.setenv("BIOCARTO_DATA", str(tmp_path / "data"))
    cache.settings.clear()
    try:
        app = opened("ile_de_france")
        said = words(app)
        assert not app.exception
        assert "actors.csv, ligne 4, colonne «\u202fkind\u202f»" in said
        assert "actors.csv, line 4, column “kind”" in said
        assert "Traceback" not in said
    finally:
        monkeypatch.undo()
        cache.settings.clear()
