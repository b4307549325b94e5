"""Citations: readable, complete, and safe inside LaTeX."""

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import BibliographyData, parse_string

from biocarto.export.bibtex import MOST_NAMES, escape_latex, write_bibtex
from biocarto.export.citation import write_citation
from tests.export.selections import LINK, a_row, a_selection

HOSTILE = 'Chercher: } }, x = {y \\ % # & ~ ^ _ $ @misc{z, " < >'


def assert_balanced(text: str) -> None:
    """Braces as BibTeX counts them: each one, escaped or not; none closes what is not open."""
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0


def parsed(data: bytes) -> BibliographyData:
    """The file as another program reads it, which raises at the first error."""
    assert_balanced(data.decode())
    return parse_string(data.decode(), "bibtex")


def entries(data: bytes) -> list[tuple[str, dict[str, str]]]:
    """Key and fields of each entry; the braces of every entry must balance."""
    found = []
    for text in re.split(r"\n(?=@)", data.decode()):
        assert_balanced(text)
        key = re.match(r"@misc\{([a-z0-9-]+),\n", text)[1]
        found.append((key, dict(re.findall(r"^  (\w+) = \{(.*)\},$", text, re.MULTILINE))))
    return found


def test_the_selection_is_the_first_entry() -> None:
    """Title, link, date and count, so that another researcher finds the same rows."""
    key, fields = entries(write_bibtex(a_selection(a_row(), a_row(id="beta", name="Beta"))))[0]
    assert key == "biocarto-biotherapies-essonne-2026-11-23"
    assert (fields["url"], fields["urldate"], fields["year"], fields["month"]) == (LINK, "2026-11-23", "2026", "11")
    assert fields["note"].startswith("2 sites d'acteurs; Catégorie~: Biothérapies, Département~: Essonne;")


def test_each_source_is_one_entry() -> None:
    """Rows of one page share an entry that names them; its year is the latest."""
    rows = [
        a_row(as_of=2019),
        a_row(id="beta", name="Beta", as_of=2023),
        a_row(id="c", source_url="chapter", source_title="Medicen, chapitre"),
    ]
    _, (key, page), (_, chapter) = entries(write_bibtex(a_selection(*rows)))
    assert (page["note"], page["year"], page["url"]) == ("Cité pour Alpha, Beta", "2023", "https://example.org/page")
    assert "url" not in chapter
    assert key == entries(write_bibtex(a_selection(rows[1])))[1][0]


def test_keys_are_unique_in_the_register(register) -> None:
    """As many keys as pages."""
    keys = [key for key, _ in entries(write_bibtex(a_selection(frame=register.actors)))]
    pages = register.actors[["source_url", "source_title"]].drop_duplicates()
    assert len(set(keys)) == len(keys) == len(pages) + 1


def test_a_page_behind_many_actors_names_the_first_ones() -> None:
    """A note stays readable."""
    rows = [a_row(id=f"a{n}", name=f"A{n}") for n in range(MOST_NAMES + 1)]
    note = entries(write_bibtex(a_selection(*rows)))[1][1]["note"]
    assert note.endswith(f"A{MOST_NAMES - 1}, …")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R&D 100 % #1 a_b $5", r"R\&D 100 \% \#1 a\_b \$5"),
        (
            "{x}\\input~^",
            r"\textbraceleft{}x\textbraceright{}\textbackslash{}input\textasciitilde{}\textasciicircum{}",
        ),
        ("un\u202f:\u00a0deux\n trois\x00", "un~:~deux trois"),
    ],
)
def test_latex_prints_the_text_as_it_stands(text: str, expected: str) -> None:
    """No character of a name is a command."""
    assert escape_latex(text) == expected


def test_nothing_closes_an_entry_before_its_end() -> None:
    """A hostile title, address or search adds no entry."""
    evil = "}}\n\n@misc{x, title={\\input{/etc/passwd}"
    row = a_row(name=evil, source_title=evil, source_url=f"https://e.org/{evil}")
    found = entries(write_bibtex(a_selection(row, filters=[("Recherche", evil)], link=f"{LINK}&q={evil}")))
    assert len(found) == 2
    assert {r"\input{" in value for _, fields in found for value in fields.values()} == {False}


def test_another_parser_reads_what_is_hostile() -> None:
    """Every sign with a meaning in BibTeX or LaTeX, in a name, a title and a search: the entries that were written, with their text."""
    row = a_row(name=HOSTILE, source_title=HOSTILE)
    found = parsed(write_bibtex(a_selection(row, filters=[("Recherche", HOSTILE)], link=f"{LINK}&q={HOSTILE}"))).entries
    page = found[list(found)[1]]
    assert len(found) == 2
    assert page.fields["title"] == f"{{{escape_latex(HOSTILE)}}}"
    assert escape_latex(HOSTILE) in page.fields["note"]


@given(st.text(alphabet=st.sampled_from("{}\\%#&~^_$@\"' =,\n\r\t<>aé\u202f\x00"), max_size=60))
def test_any_text_leaves_the_file_readable(text: str) -> None:
    """Whatever is drawn: two entries, each with its author."""
    row = a_row(name=text, source_title=text)
    found = parsed(write_bibtex(a_selection(row, filters=[("Recherche", text)], link=f"{LINK}&q={text}"))).entries
    assert [bool(entry.persons["author"]) for entry in found.values()] == [True, True]


def test_every_entry_of_the_register_has_author_and_publisher(register) -> None:
    """A page's are the site that it stands on, as its address names it; those of the chapter stand in its title."""
    found = parsed(write_bibtex(a_selection(frame=register.actors))).entries
    pages = register.actors[["source_url", "source_title"]].drop_duplicates()
    assert len(found) == len(pages) + 1
    assert [key for key, entry in found.items() if not (entry.persons["author"] and entry.fields["publisher"])] == []
    hosts = {urlsplit(url).netloc.removeprefix("www.") for url in pages["source_url"]}
    assert {re.sub(r"[{}]", "", entry.fields["publisher"]).replace(r"\_", "_") for entry in list(found.values())[1:]} == hosts


def test_a_page_is_by_its_site_and_the_chapter_by_its_publisher() -> None:
    """Names of organisations stand in braces: BibTeX takes them for no person."""
    rows = [a_row(), a_row(id="c", source_url="chapter", source_title="Medicen Paris Region, chapitre « L'action »")]
    _, (_, page), (_, chapter) = entries(write_bibtex(a_selection(*rows)))
    assert (page["author"], page["publisher"]) == ("{example.org}", "{example.org}")
    assert (chapter["author"], chapter["publisher"]) == ("{Medicen Paris Region}", "{Medicen Paris Region}")


def test_a_copy_without_address_says_so() -> None:
    """No `url` that only works on the machine that wrote the file; the note says that the file comes from a local copy."""
    local = "copie locale : /annuaire?category=biotherapies"
    _, fields = entries(write_bibtex(a_selection(a_row(), link=local)))[0]
    assert "url" not in fields
    assert "copie locale" in fields["note"]


def test_a_citation_in_french() -> None:
    """Title, rows, filters, version, date, licence and link."""
    first, *_, last = write_citation(a_selection(a_row())).decode().splitlines()
    assert first.replace("\u00a0", " ") == (
        "BioCarto : acteurs des biothérapies et de la bioproduction. 1 site d'acteur (Catégorie : Biothérapies, Département : Essonne). "
        "Version des données : 2026-11-22. Extraction du 23 novembre 2026. "
        f"Licence Ouverte 2.0 (https://example.org/licence). {LINK}"
    )
    assert last == "- Pages publiques"


def test_a_citation_in_english() -> None:
    """The date and the sources are those of an English reader."""
    text = write_citation(a_selection(a_row(), filters=[], lang="en")).decode()
    assert "23 November 2026" in text
    assert text.endswith("- Public pages\n")
