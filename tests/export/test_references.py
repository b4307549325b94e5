"""Citations: readable, complete, and safe inside LaTeX."""

import re

import pytest

from biocarto.export.bibtex import MOST_NAMES, bibtex, escaped
from biocarto.export.citation import citation
from tests.export.selections import LINK, a_row, a_selection


def entries(data: bytes) -> list[tuple[str, dict[str, str]]]:
    """Key and fields of each entry; the braces of every entry must balance."""
    found = []
    for text in re.split(r"\n(?=@)", data.decode()):
        plain = re.sub(r"\\[{}]", "", text)
        assert plain.count("{") == plain.count("}")
        key = re.match(r"@misc\{([a-z0-9-]+),\n", text)[1]
        found.append((key, dict(re.findall(r"^  (\w+) = \{(.*)\},$", text, re.MULTILINE))))
    return found


def test_the_selection_is_the_first_entry() -> None:
    """Title, link, date and count, so that another researcher finds the same rows."""
    key, fields = entries(bibtex(a_selection(a_row(), a_row(id="beta", name="Beta"))))[0]
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
    _, (key, page), (_, chapter) = entries(bibtex(a_selection(*rows)))
    assert (page["note"], page["year"], page["url"]) == ("Cité pour Alpha, Beta", "2023", "https://example.org/page")
    assert "url" not in chapter
    assert key == entries(bibtex(a_selection(rows[1])))[1][0]


def test_keys_are_unique_in_the_register(register) -> None:
    """As many keys as pages."""
    keys = [key for key, _ in entries(bibtex(a_selection(frame=register.actors)))]
    pages = register.actors[["source_url", "source_title"]].drop_duplicates()
    assert len(set(keys)) == len(keys) == len(pages) + 1


def test_a_page_behind_many_actors_names_the_first_ones() -> None:
    """A note stays readable."""
    rows = [a_row(id=f"a{n}", name=f"A{n}") for n in range(MOST_NAMES + 1)]
    note = entries(bibtex(a_selection(*rows)))[1][1]["note"]
    assert note.endswith(f"A{MOST_NAMES - 1}, …")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R&D 100 % #1 a_b $5", r"R\&D 100 \% \#1 a\_b \$5"),
        ("{x}\\input~^", r"\{x\}\textbackslash{}input\textasciitilde{}\textasciicircum{}"),
        ("un\u202f:\u00a0deux\n trois\x00", "un~:~deux trois"),
    ],
)
def test_latex_prints_the_text_as_it_stands(text: str, expected: str) -> None:
    """No character of a name is a command."""
    assert escaped(text) == expected


def test_nothing_closes_an_entry_before_its_end() -> None:
    """A hostile title, address or search adds no entry."""
    evil = "}}\n\n@misc{x, title={\\input{/etc/passwd}"
    row = a_row(name=evil, source_title=evil, source_url=f"https://e.org/{evil}")
    found = entries(bibtex(a_selection(row, filters=[("Recherche", evil)], link=f"{LINK}&q={evil}")))
    assert len(found) == 2
    assert {r"\input{" in value for _, fields in found for value in fields.values()} == {False}


def test_a_citation_in_french() -> None:
    """Title, rows, filters, version, date, licence and link."""
    first, *_, last = citation(a_selection(a_row())).decode().splitlines()
    assert first.replace("\u00a0", " ") == (
        "BioCarto : acteurs des biothérapies et de la bioproduction. 1 site d'acteur (Catégorie : Biothérapies, Département : Essonne). "
        "Version des données : 2026-11-22. Extraction du 23 novembre 2026. "
        f"Licence Ouverte 2.0 (https://example.org/licence). {LINK}"
    )
    assert last == "- Pages publiques"


def test_a_citation_in_english() -> None:
    """The date and the sources are those of an English reader."""
    text = citation(a_selection(a_row(), filters=[], lang="en")).decode()
    assert "23 November 2026" in text
    assert text.endswith("- Public pages\n")
