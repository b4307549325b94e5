"""The page of networks: every name of the chapter at its address, every sheet, members complete, conflicts side by side."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from biocarto.analysis.networks import affiliations, networks, organisations
from biocarto.register.catalogue import Catalogue
from biocarto.ui.networks import graph, introduction
from biocarto.ui.shared import cache
from tests.support.chapter import ROWS
from tests.support.pages import opened, words
from tests.support.register import joined

VIEWS = {"/reseaux": "networks", "/annuaire": "directory", "/bioproduction-tour": "bioproduction_tour"}
ADDRESSES = sorted({address for _, _, addresses in ROWS for address in addresses})
NAMED_AT = {address: [key for _, key, addresses in ROWS if address in addresses] for address in ADDRESSES}


def said(app: AppTest) -> str:
    """Everything that the page says, its links included, as a reader sees it."""
    links = [re.sub(r"\\(.)", r"\1", label) for label in [*(e.proto.label for e in app.get("page_link")), *(b.label for b in app.button)]]
    return unescape(words(app) + "\n" + "\n".join(links)).replace("\u2060", "").replace("**", "")


def ignored(app: AppTest) -> list[str]:
    """The notice about values of the address that mean nothing."""
    return [notice.value for notice in app.warning if notice.icon == ":material/link_off:"]


def sheet(app: AppTest) -> str:
    """The sheet alone: what its article says."""
    articles = [element.proto.body for element in app.get("html") if "<article" in element.proto.body]
    return unescape("\n".join(articles))


def links(app: AppTest) -> set[tuple[str, str]]:
    """The page and the query string of every link inside the app."""
    away = {(element.proto.page, element.proto.query_string) for element in app.get("page_link")}
    return away | {("reseaux", button.key.split(":", 2)[2]) for button in app.button if str(button.key).startswith("go:")}


def names_of(key: str) -> set[str]:
    """What the tables call something that the chapter names."""
    catalogue = joined()
    nodes = affiliations.build_graph(catalogue).nodes
    found = {str(nodes.at[key, "name"])} if key in nodes.index else set()
    found |= set(catalogue.members.loc[catalogue.members["member_id"].eq(key), "member_name"])
    found |= {str(frame.at[key, "title_fr"]) for frame in (catalogue.events, catalogue.stages) if key in frame.index}
    actors = {key, str(organisations.list_organisations(catalogue)["actor_id"].get(key, ""))} & set(catalogue.actors.index)
    return found | {str(catalogue.actors.at[actor, "name"]) for actor in actors}


@pytest.fixture(scope="module")
def pages() -> dict[str, AppTest]:
    """One app per page, opened once: another address is another run."""
    return {}


def at(pages: dict[str, AppTest], address: str) -> AppTest:
    """The app at an address of the chapter's table."""
    parts = urlsplit(address)
    view = VIEWS[parts.path]
    if view not in pages:
        pages[view] = opened(view)
    app = pages[view]
    for name in list(app.query_params):
        del app.query_params[name]
    for name, value in parse_qsl(parts.query):
        app.query_params[name] = value
    return app.run()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_name_of_the_chapter_stands_at_its_address(pages: dict[str, AppTest], address: str) -> None:
    """The page opens without an error, and tells each name that the chapter's table promises there."""
    app = at(pages, address)
    assert not app.exception
    assert not app.error
    assert ignored(app) == []
    text = said(app).replace("\u202f", " ").replace("\u00a0", " ")
    for key in NAMED_AT[address]:
        assert any(name.replace("\u202f", " ").replace("\u00a0", " ") in text for name in names_of(key)), key


@pytest.mark.parametrize(
    ("network", "count"),
    [("enosis-sante", "4 nommés sur 4 publiés"), ("cebr", "7 nommés sur 44 ou 45 publiés"), ("iveth", "aucun membre nommé")],
)
def test_members_are_counted_against_what_was_published(pages: dict[str, AppTest], network: str, count: str) -> None:
    """Complete, incomplete and empty are said alike."""
    assert count in sheet(at(pages, f"/reseaux?network={network}"))


@pytest.mark.parametrize(
    ("network", "values"),
    [("france-biolead", ("15 membres", "17 membres")), ("cebr", ("45 clusters", "44 membres")), ("meary", ("2018", "2020"))],
)
def test_conflicting_facts_keep_both_values(pages: dict[str, AppTest], network: str, values: tuple[str, str]) -> None:
    """Each with its own source beside it."""
    said = sheet(at(pages, f"/reseaux?network={network}"))
    for value in values:
        assert re.search(rf"<strong>{value}</strong>\s*:\s*\S", said), value


@pytest.mark.parametrize("network", ["enosis-sante", "bioman4r2", "cobioe"])
def test_every_member_is_a_link_and_has_a_source_in_the_table(pages: dict[str, AppTest], network: str) -> None:
    """Also one that is not on the map."""
    app = at(pages, f"/reseaux?network={network}")
    members = joined().members[joined().members["network_id"].eq(network)]
    queries = {query for _, query in links(app)}
    nodes = affiliations.build_graph(joined()).nodes
    assert {f"{nodes.at[member, 'table'] or 'member'}={member}" for member in members["member_id"]} <= queries
    table = app.dataframe[0].value
    assert len(table) == len(members)
    assert table["Titre de la source"].ne("").all()


def test_links_lead_from_medicen_to_a_partner_abroad_and_back(pages: dict[str, AppTest]) -> None:
    """Medicen's sheet links BioMan4R2, which links Biocat, which links BioMan4R2, which links Medicen."""
    steps = (("cluster=medicen", "network=bioman4r2"), ("network=bioman4r2", "member=biocat"), ("member=biocat", "network=bioman4r2"))
    for here, there in (*steps, ("network=bioman4r2", "cluster=medicen")):
        assert there in {query for _, query in links(at(pages, f"/reseaux?{here}"))}


def test_a_sheet_links_stages_and_actors(pages: dict[str, AppTest]) -> None:
    """To the Tour and to the directory, and from there back."""
    found = links(at(pages, "/reseaux?cluster=genopole"))
    assert ("bioproduction-tour", "stage=stage-6") in {(page.rsplit("/", 1)[-1], query) for page, query in found}
    assert "actor=genopole" in {query for _, query in found}
    assert "cluster=genopole" in {query for _, query in links(at(pages, "/bioproduction-tour?stage=stage-6"))}
    assert "network=magenta" in {query for _, query in links(at(pages, "/annuaire?actor=cithera"))}


STATES = {
    "a city": {"place": "FR-Paris", "net": ["cebr", "dim-bioconvs"]},
    "chosen networks": {"net": ["cebr", "cobioe"], "scale": "regional"},
    "a scale": {"scale": "national", "lang": "en"},
    "a cluster under the other name": {"network": "medicen"},
    "an event": {"event": "cfb-2021", "lang": "en"},
    "a body without members": {"network": "france-2030"},
}


@pytest.mark.parametrize("params", STATES.values(), ids=STATES)
def test_the_page_runs_in_every_state(params: dict[str, str | list[str]]) -> None:
    """Cities, choices, scales, both names of a body."""
    app = opened("networks", **params)
    assert not app.exception
    assert ignored(app) == []


def test_unknown_values_are_named_and_ignored() -> None:
    """The page shows what it shows without them."""
    app = opened("networks", network="nobody", scale="galaxy", net=["<b>x</b>"], place="FR-Nowhere")
    assert not app.exception
    assert "nobody" in ignored(app)[0]


@pytest.mark.parametrize(("event", "buttons"), [("cfb-2021", 1), ("mabdesign-2020", 0), ("cebr-paris-2024", 1), ("note-rapide-909", 0)])
def test_a_calendar_file_only_for_an_edition_with_a_day(event: str, buttons: int) -> None:
    """A year and a publication have none; all dated editions together stand beneath the meetings."""
    app = opened("networks", event=event)
    found = [element.proto.label for element in app.get("download_button")]
    assert len(found) == buttons + 1


def test_the_timeline_is_in_order_and_every_line_has_a_source() -> None:
    """From 1998 on, in the order of the years; both dates where two sources disagree."""
    app = opened("networks")
    line = next(element.proto.body for element in app.get("html") if "bc-time" in element.proto.body)
    years = [int(year) for year in re.findall(r"<h3>(\d{4})</h3>", line)]
    assert years == sorted(years)
    assert years[0] == 1998
    sources = re.findall(r"<p class='bc-source'>(.*?)</p>", line)
    assert len(sources) == line.count("<b>")
    assert all(sources)
    assert "2018 ou 2020" in line


def circle() -> Catalogue:
    """The real catalogue in which Enosis is also a member of one of its members' networks, and that network of Enosis."""
    rows = (
        joined()
        .members.iloc[[0, 0]]
        .assign(
            network_id=["enosis-sante", "france-biolead"],
            member_id=["france-biolead", "enosis-sante"],
            member_name=["<b>A</b>", "B"],
            country="XX",
        )
    )
    return dataclasses.replace(joined(), members=pd.concat([joined().members, rows], ignore_index=True))


def test_a_circle_of_memberships_and_an_unknown_country_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page warns of the circle by name, lists who sits in a country without a layer, and draws the rest."""
    wrong = circle()
    monkeypatch.setattr(cache, "load_catalogue", lambda: wrong)
    monkeypatch.setattr(cache, "get_edition", lambda: "with a circle")
    made: dict[tuple[str, str], object] = {}

    def once(name: str, make: Callable[[], object], lang: str = "") -> object:
        return made[name, lang] if (name, lang) in made else made.setdefault((name, lang), make())

    monkeypatch.setattr(cache, "make_once", once)
    app = opened("networks", network="enosis-sante")
    assert not app.exception
    assert any("cercle" in warning.value for warning in app.warning)
    assert networks.PLACE_LABELS[networks.NO_COUNTRY] in said(app)


def test_names_in_the_drawing_are_text() -> None:
    """Quotes and backslashes of a name do not end the label that holds it."""
    catalogue = joined()
    clusters = catalogue.clusters.assign(name=catalogue.clusters["name"].where(catalogue.clusters.index != "medicen", 'A" \\ [URL="x"]'))
    text = graph.write_dot(dataclasses.replace(catalogue, clusters=clusters), networks.build_matrix(catalogue), "light")
    assert 'label="A\\" \\\\ [URL=\\"x\\"]"' in text
    assert text.count('URL="?cluster=') == len(catalogue.clusters.index.difference(catalogue.networks.index))


@pytest.mark.parametrize(
    ("lang", "address", "said"),
    [
        ("fr", {"network": "aap-idf-leader-bioproduction"}, "<dt>Montant</dt><dd>plus de 5 M€</dd>"),
        ("en", {"network": "aap-idf-leader-bioproduction"}, "<dt>Amount</dt><dd>more than €5 million</dd>"),
        ("fr", {"network": "french-bioproduction-tour"}, "<strong>plus de 3 000 participants</strong>"),
        ("en", {"event": "assises-2021"}, "<strong>about 130 participants</strong>"),
        ("fr", {"event": "cfb-2021"}, "<strong>plus de 500 participants</strong>"),
        ("fr", {"network": "dim-bioconvs"}, "<strong>au moins 15 start-up</strong>"),
        ("fr", {"cluster": "medicen"}, "<strong>environ 420 entreprises</strong>"),
        ("en", {"event": "cebr-athenes-2019"}, "<dt>Place</dt><dd>Athens</dd>"),
    ],
)
def test_a_number_is_told_as_its_source_means_it(lang: str, address: dict[str, str], said: str) -> None:
    """A floor is a floor, an estimate an estimate, and every number of a meeting has its source."""
    found = sheet(opened("networks", lang=lang, **address)).replace("\u202f", " ").replace("\u00a0", " ")
    assert said in found


def test_networks_without_a_known_member_are_told() -> None:
    """The map cannot show them."""
    assert any(
        "Sans membre connu" in element.value and "IVETh" in element.value for element in opened("networks", scale="regional").markdown
    )


def test_the_leads_count_in_the_tables() -> None:
    """Another organiser is another number."""
    counted = introduction.count_introduction(joined())
    assert counted == {"organisers": 12, "allied": 4, "projects": 2, "stages": 7}
    fewer = dataclasses.replace(joined(), clusters=joined().clusters.drop(index="medicen"))
    assert introduction.count_introduction(fewer)["organisers"] == 11


def test_every_table_of_html_scrolls_by_keyboard_and_has_a_caption() -> None:
    """A box that scrolls is a region with a name."""
    tables = [
        element.proto.body
        for element in opened("networks").get("html")
        if "<table" in element.proto.body and "bc-printed" not in element.proto.body
    ]
    assert len(tables) == 1
    for table in tables:
        assert re.match(
            r"<div class='bc-scroll' tabindex='0' role='region' aria-label='[^']+'><table class='bc-table'><caption>[^<]+<", table
        )
