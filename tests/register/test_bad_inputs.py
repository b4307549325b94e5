"""Inputs that would spoil an answer: each kind of them in the tables where it can occur, told with its place and what to do."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from biocarto.clock import read_today
from biocarto.errors import CatalogueError, DataError, Issue, Notice
from biocarto.register import causes, schema, tables, value_rules
from biocarto.register.delimited import name_column
from biocarto.register.sheets import holds_days
from tests.builders import (
    DATA,
    Row,
    a_city,
    a_claim,
    a_cluster,
    a_figure,
    a_member,
    a_national_site,
    a_network,
    a_redirect,
    a_regional_figure,
    a_stage,
    an_actor,
    an_event,
    issues_of,
    write_tables,
)

NEXT_YEAR = read_today().year + 1
PACKAGE = schema.parse((DATA / tables.PACKAGE).read_text(encoding="utf-8"))

Tables = dict[str, list[Row]]
OTHER = {"id": "beta", "name": "Beta"}

KINDS: dict[str, tuple[Tables, tuple[str, int, str], str]] = {
    # one spelling of what is counted or looked up
    "organisation in capitals": (
        {"actors": [an_actor(), an_actor(**OTHER, organisation="ALPHA")]},
        ("actors.csv", 3, "organisation"),
        "one spelling: “Alpha” (actors.csv, line 2)",
    ),
    "organisation with its legal form": (
        {"actors": [an_actor(), an_actor(**OTHER, organisation="Alpha SAS")]},
        ("actors.csv", 3, "organisation"),
        "one spelling: “Alpha”",
    ),
    "organisation written in pieces": (
        {"actors": [an_actor(organisation="Évry"), an_actor(**OTHER, organisation="E\u0301vry")]},
        ("actors.csv", 3, "organisation"),
        "one spelling: “Évry”",
    ),
    "organisation with another space": (
        {"actors": [an_actor(organisation="Alpha Bio"), an_actor(**OTHER, organisation="AlphaBio")]},
        ("actors.csv", 3, "organisation"),
        "one spelling: “Alpha Bio”",
    ),
    "organisation with a Cyrillic letter": (
        {"actors": [an_actor(), an_actor(**OTHER, organisation="Alph\u0430")]},
        ("actors.csv", 3, "organisation"),
        "a name without invisible characters, each word of one alphabet",
    ),
    "company with a Greek capital": (
        {"national_sites": [a_national_site(company="\u0391lpha")]},
        ("national_sites.csv", 2, "company"),
        "a name without invisible characters, each word of one alphabet",
    ),
    "actor with an invisible space": (
        {"actors": [an_actor(name="Al\u200bpha")]},
        ("actors.csv", 2, "name"),
        "a name without invisible characters",
    ),
    "member with a soft hyphen": (
        {"network_members": [a_member(member_name="Bio\u00adcat")]},
        ("network_members.csv", 2, "member_name"),
        "a name without invisible characters",
    ),
    "two organisations of one SIREN": (
        {"actors": [an_actor(siren="356000000"), an_actor(**OTHER, organisation="Beta", siren="356000000")]},
        ("actors.csv", 3, "siren"),
        "another SIREN than that of “Alpha” (line 2), or the same organisation",
    ),
    "old claim on a SIREN without its key": (
        {
            "actors": [an_actor(siren="356000000")],
            "evidence": [a_claim(field="siren", value="123456789", as_of=2019), a_claim(field="siren", value="356000000", as_of=2024)],
        },
        ("evidence.csv", 2, "value"),
        "a number whose key is right (column siren)",
    ),
    "company of a national site": (
        {"national_sites": [a_national_site(company="ALPHA")]},
        ("national_sites.csv", 2, "company"),
        "one spelling: “Alpha” (actors.csv, line 2)",
    ),
    "member of two networks": (
        {"network_members": [a_member(), a_member(member_id="biocat-2", member_name="BioCat")]},
        ("network_members.csv", 3, "member_name"),
        "one spelling: “Biocat”",
    ),
    "city that would lose its point": (
        {"network_members": [a_member(city="barcelone")]},
        ("network_members.csv", 2, "city"),
        "one spelling: “Barcelone” (cities.csv, line 2)",
    ),
    # one place at two levels
    "arrondissement and city": (
        {"actors": [an_actor(commune="Paris", commune_code="75113"), an_actor(id="b", commune="Paris", commune_code="75056")]},
        ("actors.csv", 3, "name"),
        "a name and site other than those of line 2",
    ),
    "campus and its commune": (
        {"actors": [an_actor(position="campus", site_id="genopole"), an_actor(id="b")]},
        ("actors.csv", 3, "name"),
        "a name and site other than those of line 2",
    ),
    "cluster under two ids": (
        {"clusters": [a_cluster(), a_cluster(id="medicen-2", name="MEDICEN Paris Region")]},
        ("clusters.csv", 3, "name"),
        "a name other than that of line 2",
    ),
    # two columns that tell the same
    "founded after its page": ({"actors": [an_actor(founded=2025)]}, ("actors.csv", 2, "founded"), "a year up to that of “as_of” (2024)"),
    "cluster founded after its members": (
        {"clusters": [a_cluster(founded=2024, members=9, members_as_of=2023)]},
        ("clusters.csv", 2, "founded"),
        "a year up to that of “members_as_of” (2023)",
    ),
    "commune of France in Spain": (
        {"network_members": [a_member(city="Nantes", commune_code="44109")]},
        ("network_members.csv", 2, "country"),
        "FR, the country of 44109",
    ),
    "event in a commune of France, in Greece": (
        {"events": [an_event(country="GR", commune_code="44109", place_fr="Nantes", place_en="Nantes")]},
        ("events.csv", 2, "country"),
        "FR, the country of 44109",
    ),
    "unit of one language": ({"figures": [a_figure(unit_en="%")]}, ("figures.csv", 2, "unit_en"), "the same unit as in French"),
    # ranges, and parts of a whole
    "shares that do not add up": (
        {"figures": [a_figure(id="idf_part_biotherapies", value="84", unit_fr="%", unit_en="%")]},
        ("figures.csv", 2, "value"),
        "shares that add up to 100 (idf_part_biotherapies",
    ),
    "share above a hundred": (
        {"regional_figures": [a_regional_figure(indicator_fr="Part des sites", value="136", unit_fr="%", unit_en="%")]},
        ("regional_figures.csv", 2, "value"),
        "a share, from 0 to 100%",
    ),
    "count below nothing": (
        {"regional_figures": [a_regional_figure(value="-9")]},
        ("regional_figures.csv", 2, "value"),
        "a number that is not",
    ),
    "more than there are": (
        {"figures": [a_figure(), a_figure(id="x", value="13", unit_fr="sur 12", unit_en="out of 12")]},
        ("figures.csv", 3, "value"),
        "a number from 0 to 12",
    ),
    "tour that ends before it starts": (
        {"figures": [a_figure(id="tour_fin", value="2020-01-01", unit_fr="date", unit_en="date")]},
        ("figures.csv", 2, "value"),
        "a date that does not precede the start",
    ),
    # one address space
    "former id of a living actor": (
        {"actors": [an_actor()], "redirects": [a_redirect(old_id="alpha")]},
        ("redirects.csv", 2, "old_id"),
        "an id that no actor has (actors.csv, line 2)",
    ),
    "network with the id of a cluster": (
        {"networks": [a_network(), a_network(id="medicen", name="Autre")]},
        ("networks.csv", 3, "id"),
        "another id: clusters.csv gives it to “Medicen Paris Region”",
    ),
    "member with the id of a cluster": (
        {"network_members": [a_member(member_id="medicen", member_name="Autre")]},
        ("network_members.csv", 2, "member_id"),
        "another id: clusters.csv",
    ),
    # days and years
    "day of a stage": ({"tour_stages": [a_stage(date="2021-02-30")]}, ("tour_stages.csv", 2, "date"), "a day that exists"),
    "day of a figure": ({"figures": [a_figure(as_of="2021-02-30")]}, ("figures.csv", 2, "as_of"), "a day that exists"),
    "day of the tour": (
        {"figures": [a_figure(id="tour_debut", value="2020-11-31", unit_fr="date", unit_en="date")]},
        ("figures.csv", 2, "value"),
        "a date: year, month or day",
    ),
    "month of the tour": (
        {"figures": [a_figure(id="tour_debut", value="2020-13", unit_fr="date", unit_en="date")]},
        ("figures.csv", 2, "value"),
        "a date: year, month or day",
    ),
    "year that no calendar has": ({"events": [an_event(start="0000")]}, ("events.csv", 2, "start"), "a day that exists"),
    "day that calendar files cannot follow": ({"events": [an_event(start="9999-12-31", end="")]}, ("events.csv", 2, "start"), "a day that"),
    "day of a redirect": ({"redirects": [a_redirect(date="2021-04-31")]}, ("redirects.csv", 2, "date"), "a day that exists"),
    "page of next year": ({"actors": [an_actor(as_of=NEXT_YEAR)]}, ("actors.csv", 2, "as_of"), f"a year up to {NEXT_YEAR - 1}"),
    "page of next year, to the day": (
        {"national_sites": [a_national_site(as_of=f"{NEXT_YEAR}-01-31")]},
        ("national_sites.csv", 2, "as_of"),
        f"a year up to {NEXT_YEAR - 1}",
    ),
    # names that no search would find
    "actor in another alphabet": ({"actors": [an_actor(name="Альфа")]}, ("actors.csv", 2, "name"), "a name that has Latin letters"),
    "company in another alphabet": (
        {"national_sites": [a_national_site(company="日本語")]},
        ("national_sites.csv", 2, "company"),
        "a name that has Latin letters",
    ),
    "member of signs": ({"network_members": [a_member(member_name="—")]}, ("network_members.csv", 2, "member_name"), "a name that has"),
    # countries
    "country of nowhere": ({"events": [an_event(country="ZZ")]}, ("events.csv", 2, "country"), "the ISO 3166 code"),
    "country of a city": ({"cities": [a_city(country="XA")]}, ("cities.csv", 2, "country"), "the ISO 3166 code"),
    "country as Brussels writes it": ({"network_members": [a_member(country="UK")]}, ("network_members.csv", 2, "country"), "“GB”"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_bad_input_is_told_with_its_place(tmp_path: Path, kind: str) -> None:
    """One issue: the file, the line, the column, what should stand there."""
    rows, place, expected = KINDS[kind]
    (issue,) = issues_of(write_tables(tmp_path, **rows))
    assert (issue.table, issue.line, issue.column) == place
    assert issue.expected_en.startswith(expected)
    assert issue.expected_fr != issue.expected_en


@pytest.mark.parametrize(
    "rows",
    [
        {"actors": [an_actor(commune="Paris", commune_code="75113"), an_actor(id="b", commune="Paris", commune_code="75114")]},
        {"actors": [an_actor(founded=2024)]},
        {"figures": [a_figure(id="idf_part_biotherapies", value="48.9", unit_fr="%", unit_en="%")]},
        {"regional_figures": [a_regional_figure(indicator_fr="Croissance", value="136", unit_fr="%", unit_en="%")]},
        {"figures": [a_figure(as_of="2030")]},
        {"networks": [a_network(), a_network(id="medicen", name="Medicen")]},
        {"network_members": [a_member(country="XK", city="")]},
        {"actors": [an_actor(name="Альфа (Alfa)"), an_actor(id="b", name="Bio β"), an_actor(id="c", name="Bio α")]},
        {"actors": [an_actor(name="IFNα-2b Αθήνα (Athina)")]},
        {"actors": [an_actor(siren="356000000"), an_actor(**OTHER, siren="356000000")]},
    ],
    ids=[
        "two arrondissements",
        "founded that year",
        "rounded shares",
        "growth",
        "a target",
        "one body in two tables",
        "Kosovo",
        "transcribed",
        "Greek letters on purpose",
        "two sites of one SIREN",
    ],
)
def test_what_is_near_to_it_and_right_is_read(tmp_path: Path, rows: Tables) -> None:
    """The rules refuse nothing else."""
    assert tables.read(write_tables(tmp_path, **rows))


def test_every_column_of_days_is_one() -> None:
    """The rule finds its columns by their description: a table with a date that it overlooks fails here."""
    found = {(name, column) for name, resource in PACKAGE.items() for column, field in resource.fields.items() if holds_days(field)}
    dated = {"date", "start", "end", "as_of", "valid_from"}
    named = {
        (name, column)
        for name, resource in PACKAGE.items()
        for column, field in resource.fields.items()
        if column in dated and field.type == "string"
    }
    assert found == named
    assert {("tour_stages", "date"), ("events", "end"), ("figures", "as_of")} <= found


def test_countries_are_those_of_iso_3166() -> None:
    """249 countries and Kosovo; no code that is reserved, private or of a union."""
    assert len(value_rules.list_country_codes()) == 250
    assert {"FR", "RE", "GB", "XK", "TW"} <= value_rules.list_country_codes()
    assert not {"ZZ", "UK", "EU", "XA", "AC", "UN"} & value_rules.list_country_codes()


# --- files that a spreadsheet has spoilt ------------------------------------------------------------------------------


def spoilt(folder: Path, change: Callable[[str], str | bytes], name: str = "actors.csv") -> tuple[Issue, ...]:
    """The issues of the committed tables with one file changed."""
    shutil.copytree(DATA, folder, dirs_exist_ok=True)
    changed = change((folder / name).read_text(encoding="utf-8"))
    (folder / name).write_bytes(changed if isinstance(changed, bytes) else changed.encode())
    with pytest.raises(CatalogueError) as caught:
        tables.read(folder)
    return caught.value.issues


def rewritten(change: Callable[[list[list[str]]], object]) -> Callable[[str], str]:
    """A change of the cells of a file."""

    def apply(text: str) -> str:
        cells = list(csv.reader(io.StringIO(text, newline="")))
        change(cells)
        target = io.StringIO()
        csv.writer(target).writerows(cells)
        return target.getvalue()

    return apply


def with_an_unnamed_column(cells: list[list[str]]) -> None:
    """A note beside the table, without a header."""
    for number, row in enumerate(cells):
        row.append("à vérifier" if number else "")


CAUSES: dict[str, tuple[Callable[[str], str | bytes], tuple[int, str] | None, str]] = {
    "everything in column A": (
        lambda text: "\n".join(f'"{line}"' for line in text.replace('"', "").splitlines()),
        (1, ""),
        "Data › Text to Columns",
    ),
    "a title above the header": (lambda text: "Acteurs;;\n" + text, (1, ""), "the header id, name"),
    "a workbook": (lambda _: b"PK\x03\x04" + bytes(100), (0, ""), "Save as › CSV UTF-8"),
    "a quote that is never closed": (lambda text: text + '"alpha', None, "a quote that is not closed"),
    "a cell without end": (lambda text: text + "x" * 200_000, None, "131,072 characters"),
    "a column without a name": (rewritten(with_an_unnamed_column), (1, "AE"), "in cell AE1"),
    "one column wrong all along": (
        rewritten(lambda cells: [row.__setitem__(cells[0].index("status"), "Active") for row in cells[1:]]),
        (2, "status"),
        "other lines: 3, 4, 5, 6, 7…",
    ),
    "a row whose cells have moved": (
        rewritten(lambda cells: cells[1].insert(0, cells[1].pop())),
        (2, "kind"),
        "Its cells have probably moved",
    ),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_one_cause_is_one_message(tmp_path: Path, cause: str) -> None:
    """Instead of one per cell: a handful at most, the first of which names the cause and the remedy."""
    change, place, told = CAUSES[cause]
    issues = spoilt(tmp_path, change)
    assert len(issues) <= 3, [issue.text("en") for issue in issues]
    assert place in (None, (issues[0].line, issues[0].column))
    assert told in issues[0].text("en")
    assert issues[0].text("fr") != issues[0].text("en")


def test_a_zero_that_a_spreadsheet_dropped_is_named(tmp_path: Path) -> None:
    """What to write, and how to keep it."""
    (issue,) = issues_of(write_tables(tmp_path, national_sites=[a_national_site(commune="Bourg-en-Bresse", commune_code="1053")]))
    assert "write 01053" in issue.text("en")
    assert "au format Texte" in issue.text("fr")


def test_few_alike_are_told_one_by_one() -> None:
    """Only what is clearly one cause becomes one message; the others keep their order."""
    alike = [Issue("a.csv", line, "x", "?", "y", "z") for line in range(2, 2 + causes.MOST_ALIKE)]
    other = Issue("a.csv", 9, "w", "?", "y", "z")
    assert causes.gather([*alike, other]) == [*alike, other]
    (first, second) = causes.gather([*alike, Issue("a.csv", 8, "x", "!", "y", "z"), other])
    assert (first.line, second) == (2, other)
    assert first.remedy_en == "The same in 5 other lines: 3, 4, 5, 6, 8"


@pytest.mark.parametrize(("place", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_of_a_spreadsheet(place: int, letter: str) -> None:
    """After Z comes AA."""
    assert name_column(place) == letter


def test_a_notice_says_where_in_both_languages() -> None:
    """As an issue does, without anything to correct."""
    notice = Notice("a.csv", 1, "x", "lu", "read")
    assert (notice.text("fr"), notice.text("en")) == ("a.csv, ligne 1, colonne « x » : lu", "a.csv, line 1, column “x”: read")


def test_a_folder_that_may_not_be_entered_is_told_with_its_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder, the setting that names it, and that it is a matter of rights."""

    def refuse(path: Path, *_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(DataError) as caught:
        tables.read(tmp_path)
    for lang, why in (("fr", "n'a pas le droit"), ("en", "may not read")):
        assert all(part in caught.value.message(lang) for part in (str(tmp_path), "BIOCARTO_DATA", why))
