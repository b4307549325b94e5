"""The coverage page in every state: levels, measures, schemes, groups, comparisons, and addresses that mean nothing."""

import re
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from biocarto import caches
from biocarto.analysis.coverage import absences, chain, coverage
from biocarto.analysis.coverage.coverage import GROUPED, TOTALS, Indicator
from biocarto.analysis.coverage.roles import ChainLink
from biocarto.analysis.coverage.territories import LEVEL_COLUMNS, Scheme
from biocarto.config import ROOT
from biocarto.i18n import format_number, typeset_french
from biocarto.model import Level
from biocarto.query.filters import Filters
from biocarto.ui.coverage import data as coverage_data
from biocarto.ui.coverage import map as coverage_map
from biocarto.ui.coverage import state
from biocarto.ui.shared import cache, choropleths
from biocarto.ui.shared.encodings import Encoding
from tests.analysis import raw
from tests.support.pages import opened, said, words
from tests.support.register import joined, layers

ESSONNE, SEINE_ET_MARNE = "91", "77"


def address(app: AppTest) -> dict[str, str]:
    """The address, one value per name."""
    return {name: value if isinstance(value, str) else value[-1] for name, value in app.query_params.items()}


def fine(app: AppTest) -> AppTest:
    """The same app, without exception, error box or unknown value."""
    assert not app.exception
    assert not app.error
    assert not [notice for notice in app.warning if "ignor" in notice.value]
    return app


@pytest.fixture
def unpeopled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The code of a commune with sites, in layers that do not know its population."""
    code = str(raw.actors()["commune"].value_counts().drop("75056").index[0])
    shutil.copytree(ROOT / "geo", tmp_path / "geo")
    communes = raw.layer("communes")
    communes.assign(population=communes["population"].mask(communes.index == code)).to_parquet(tmp_path / "geo" / "communes.parquet")
    monkeypatch.setenv("BIOCARTO_GEO", str(tmp_path / "geo"))
    cache.settings.clear()
    yield code
    monkeypatch.undo()
    cache.settings.clear()


@pytest.mark.parametrize("level", [level.value for level in LEVEL_COLUMNS])
def test_every_measure_and_scheme_has_a_map(level: str) -> None:
    """All actors, then one group, in each scheme; the address keeps every choice."""
    app = opened("coverage", level=level)
    chosen = [("", measure) for measure in TOTALS] + [("modality:rna", measure) for measure in GROUPED]
    for (group, measure), scheme in product(chosen, Scheme):
        params = {"level": level, "measure": measure.value, "scheme": scheme.value} | ({"group": group} if group else {})
        app.query_params.clear()
        for name, value in params.items():
            app.query_params[name] = value
        fine(app.run())
        assert address(app) == params


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("code", ["11", "75", "75056", "200057966", "91228", "77001"])
def test_each_level_of_territory_has_its_figures(code: str, lang: str) -> None:
    """The card names the territory, and its sites are those of the raw file."""
    app = fine(opened("coverage", territory=code, lang=lang))
    rows = raw.actors()
    here = rows if code == "11" else rows[rows["department"].eq(code) | rows["epci"].eq(code) | rows["commune"].eq(code)]
    assert re.search(rf"(^|\s){format_number(len(here), lang)} sites? ", said(app))
    assert coverage_data.load_places().names[code] in said(app)


def test_the_level_follows_the_territory() -> None:
    """A link to a commune, an EPCI or a department shows communes; a level in the link comes first."""
    for code in ("93", "200057966"):
        assert opened("coverage", territory=code).segmented_control(key="choice_level").value == "commune"
    assert opened("coverage", territory="91228").segmented_control(key="choice_level").value == "commune"
    assert opened("coverage", territory="91228", level="epci").segmented_control(key="choice_level").value == "epci"
    assert opened("coverage").segmented_control(key="choice_level").value == "department"


def test_choosing_a_territory_writes_its_code() -> None:
    """The box writes the code, and what lies inside is shown; the region leaves no trace."""
    app = opened("coverage", level="epci")
    app.selectbox(key="coverage-territory").select("200057966").run()
    assert address(app) == {"territory": "200057966"}
    fine(app)
    app.selectbox(key="coverage-territory").select("11").run()
    assert "territory" not in app.query_params


def test_a_group_without_the_measure_gives_way() -> None:
    """Companies of a modality are not measured: choosing the group leads to the number of sites, without a notice."""
    app = opened("coverage", measure="companies")
    app.selectbox(key="coverage-group").select("modality:rna").run()
    assert address(app) == {"group": "modality:rna"}
    fine(app)


@pytest.mark.parametrize("code", ["91182", "75105", "69123", "zz", "<b>", "x" * 5000])
def test_codes_that_are_gone_are_said(code: str) -> None:
    """A merged commune, an arrondissement, another region, nonsense: named, explained, and the region is shown."""
    app = opened("coverage", territory=code)
    assert not app.exception
    assert any("ignor" in notice.value for notice in app.warning)
    assert any("n'est pas, ou plus" in notice.value for notice in app.info)
    assert app.selectbox(key="coverage-territory").value == "11"


def test_other_unknown_values_are_named() -> None:
    """Level, measure, group, scheme, second territory and absence."""
    params = {"level": "galaxy", "measure": "quotient", "group": "modality:beauty", "scheme": "magic", "with": "00", "absence": "luck"}
    notice = " ".join(warning.value for warning in opened("coverage", **params).warning)
    assert all(name in notice for name in params)


def test_a_filter_that_leaves_nothing_is_said() -> None:
    """Zero everywhere, in words, and no error in any section."""
    app = fine(opened("coverage", kind="integrator", category="biotherapies", territory=ESSONNE, **{"with": SEINE_ET_MARNE}))
    notices = " ".join(notice.value for notice in app.info)
    assert "Aucun acteur avec ces filtres" in notices
    assert "rien à concentrer" in notices


def test_a_group_without_any_site_is_said() -> None:
    """Integrators among companies: none, and that proves nothing."""
    app = fine(opened("coverage", kind="company", group="kind:integrator", measure="quotient"))
    assert any("Intégrateur industriel" in notice.value for notice in app.info)


def test_missing_links_are_words() -> None:
    """As many cells say it as the matrix has zeros, at the level of the map."""
    app = fine(opened("coverage"))
    matrix = chain.count_by_territory(raw.shown(), layers(), Level.DEPARTMENT)[list(chain.LINKS)]
    table = next(html for html in (str(element.proto.body) for element in app.get("html")) if "Sites par maillon" in html)
    assert table.count("manquant</td>") == int((matrix == 0).to_numpy().sum())


def test_absences_are_those_of_the_analysis() -> None:
    """The count in the sentence, and the first row with its nearest actor as a link to its sheet."""
    app = fine(opened("coverage", level="commune", absence="research"))
    found = absences.list_absent(raw.shown(), layers(), Level.COMMUNE, ChainLink.RESEARCH)
    assert f"{format_number(len(found), 'fr')} territoires sur".replace("\u202f", " ") in said(app)
    first = found.iloc[0]
    assert f"annuaire?actor={first['actor_id']}" in words(app)


def test_absences_are_those_inside_the_territory() -> None:
    """Essonne by commune: its 194 communes, not the region's."""
    assert re.search(r"Essonne : \d+ territoires sur 194", said(opened("coverage", territory=ESSONNE, level="commune")))


def test_a_comparison_shows_both() -> None:
    """Both names, the difference with its sign, the fragile side marked."""
    app = fine(opened("coverage", territory=ESSONNE, **{"with": SEINE_ET_MARNE}))
    one, other = (int(raw.actors()["department"].eq(code).sum()) for code in (ESSONNE, SEINE_ET_MARNE))
    assert f"Nombre de sites {one} {other} +{one - other}" in said(app)
    assert "Comparer Essonne avec" in app.selectbox(key="coverage-with").label


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_territory_beside_itself_is_said(lang: str) -> None:
    """Two maps of the same would tell nothing: the page says so and asks for another one."""
    app = fine(opened("coverage", territory=SEINE_ET_MARNE, lang=lang, **{"with": SEINE_ET_MARNE}))
    told = {"fr": "Seine-et-Marne serait comparé à soi-même", "en": "Seine-et-Marne would be compared with itself"}[lang]
    assert any(told in notice.value for notice in app.info)
    assert app.selectbox(key="coverage-with").value is None


def test_the_maps_of_a_comparison_have_their_twin() -> None:
    """The communes of both sides that have a site, each with its measure; the others are said to be at zero."""
    app = opened("coverage", territory=ESSONNE, measure="rate", **{"with": SEINE_ET_MARNE})
    app.session_state["coverage-communes"] = True
    frame = fine(app.run()).dataframe[-1].value
    rows = raw.actors()[raw.actors()["department"].isin([ESSONNE, SEINE_ET_MARNE])]
    assert frame.set_index("Code")["Nombre de sites"].to_dict() == rows["commune"].value_counts().to_dict()
    assert set(frame["Territoire"]) == {"Essonne", "Seine-et-Marne"}
    rates = coverage.measure(raw.shown(), layers(), Level.COMMUNE).table["rate"]
    column = next(name for name in frame.columns if name.startswith("Sites pour"))
    assert frame[column].tolist() == pytest.approx(rates.loc[frame["Code"]].round(2).astype(float).tolist())
    assert any("Seules les communes qui ont un site" in note.value for note in app.caption)


def test_parts_of_a_selection_are_not_kept_for_ever() -> None:
    """The last asked for stay, whatever pairs of territories are asked for."""
    data = coverage_data.CoverageData(None, coverage_data.load_places(), raw.shown())
    for number_of in range(3 * caches.PARTS):
        assert data.get_or_make(lambda: "often", "often") == "often"
        assert data.get_or_make(lambda found=number_of: found, "pair", number_of) == number_of
    assert len(data._parts) == caches.PARTS
    assert data.get_or_make(lambda: "made again", "often") == "often"
    assert data.get_or_make(lambda: "made again", "pair", 0) == "made again"


@pytest.mark.parametrize(("params", "fragile"), [({}, False), ({"kind": "integrator"}, True)])
def test_a_concentration_of_few_sites_is_fragile(params: dict[str, str], fragile: bool) -> None:
    """Each of the three figures says so below five sites."""
    pieces = (str(element.proto.body) for element in opened("coverage", **params).get("html"))
    html = next(piece for piece in pieces if piece.startswith("<div class='bc-apart'>"))
    assert html.count("bc-fragile") == 3 * fragile


def test_the_page_and_the_directory_count_the_same() -> None:
    """The sites of the Essonne on the card are those of the directory filtered to it."""
    count = int(raw.actors()["department"].eq(ESSONNE).sum())
    assert f" {count} sites " in said(opened("coverage", territory=ESSONNE))
    assert f"{count} sites affichés" in said(opened("directory", department=ESSONNE))


def test_an_intercommunality_of_two_departments_is_in_both() -> None:
    """Évry's, whose outline has its middle elsewhere, is among those of the Essonne."""
    app = fine(opened("coverage", territory=ESSONNE, level="epci"))
    evry = raw.layer("communes").loc["91228"]
    table = next(html for html in (str(element.proto.body) for element in app.get("html")) if "Sites par maillon" in html)
    assert escape(layers().epci.at[evry["epci_code"], "name"]) in table


@pytest.mark.parametrize("role", ["integration", "cdmo"])
def test_every_service_has_its_list_of_absences(role: str) -> None:
    """Integrators and CDMO as well: how many territories are without one, and the nearest."""
    app = fine(opened("coverage", level="department", absence=role))
    found = absences.list_absent(raw.shown(), layers(), Level.DEPARTMENT, ChainLink(role))
    assert f"{len(found)} territoires sur 8" in said(app)
    least, most = (format_number(round(found[end].iloc[0]), "fr") for end in ("least_km", "most_km"))
    assert f"selon la commune {least} à {most}" in said(app)


def test_formulas_are_one_tap_away() -> None:
    """Each figure has its whole formula in a closed detail."""
    html = words(opened("coverage"))
    for meaning in (coverage.MEANINGS[total] for total in TOTALS):
        assert f"<summary>Formule</summary><p>{escape(typeset_french(meaning.formula))}</p>" in html
    assert html.count("<summary>Formule</summary>") == len(TOTALS) + 1 + 3


def test_small_numbers_are_hatched_and_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The map of rates hatches the departments on one to four sites; the legend says why."""
    drawn = []
    made = choropleths.build_choropleth_layer
    monkeypatch.setattr(
        choropleths, "build_choropleth_layer", lambda *given, **named: drawn.append((given, named)) or made(*given, **named)
    )
    cache.forget()  # else a map that another test has asked for is drawn again as it is
    fine(opened("coverage", measure="rate"))
    table = coverage.measure(raw.shown(), layers(), Level.DEPARTMENT).table
    given, named = drawn[-1]
    assert sorted(named["hatched"]) == sorted(table.index[table["small"]])
    assert "5" in given[2].hatch
    assert given[2].unit.endswith("sites pour 100\u202f000 habitants")
    drawn.clear()
    fine(opened("coverage", measure="count"))
    assert drawn[-1][1]["hatched"] == []
    assert drawn[-1][0][2].hatch == ""


def test_a_territory_without_population_has_no_rate(unpeopled: str) -> None:
    """The page of a commune whose population no source tells: a dash, and why, in words; its sites are counted all the same."""
    app = fine(opened("coverage", territory=unpeopled, measure="rate"))
    count = int(raw.actors()["commune"].eq(unpeopled).sum())
    assert re.search(r"— sites pour 100 000 habitants non calculable : population ou superficie inconnue", said(app))
    assert f" {count} sites " in said(app)
    assert "Population —" in said(app)


def test_the_table_twin_has_every_territory() -> None:
    """One row per territory of the map, the highest value first, its measure in a column of its own."""
    places, measured = coverage_data.load_places(), coverage.measure(raw.shown(), layers(), Level.EPCI)
    data = coverage_data.CoverageData(joined(), places, raw.shown())
    data.get_or_make(lambda: measured, "coverage", Level.EPCI)
    asked = state.CoverageState(
        territory="11",
        own=Level.REGION,
        level=Level.EPCI,
        measure=Indicator.QUOTIENT,
        facet="modality",
        value="rna",
        scheme=Scheme.NATURAL,
        drawn=Encoding.AREAS,
        other="",
        filters=Filters(),
        data=data,
    )
    values, small = asked.data.read_measure(asked.level, asked.facet, asked.value, asked.measure)
    frame = coverage_map._frame(asked, values, small)
    assert set(frame.index) == set(layers().epci.index)
    column = frame.columns[3]
    assert "ARN" in column
    assert frame[column].dropna().is_monotonic_decreasing
