"""The report as PDF, read back with another library than the one that sets it."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from typing import Any

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from biocarto.errors import ExportError
from biocarto.export.report import pdf as report_pdf
from biocarto.export.report.model import KeyFigure, Report, ReportColumn, ReportMap, ReportSource, Section
from biocarto.render.printable import DRAWN, UNDRAWN, make_breakable, make_printable
from biocarto.render.qr import LONGEST_LINK
from tests.export.reports import LINK, a_map, a_report, a_table, essonne

HOSTILE = [
    "#evil()",
    "*x* _y_ `z`",
    "$ x^2 $",
    "a \\ b \\u{1F600}",
    "<b>x</b> <label> @cite",
    '#import "@preview/x:1.0.0"',
    "= titre",
    "https://x.example //c /*d*/",
    "{{ x }} ${y} %(z)s",
    '"],"svg":"',
]


def opened(report: Report) -> PdfReader:
    """The report, set and read back."""
    return PdfReader(io.BytesIO(report_pdf.write(report)))


def text_of(pdf: PdfReader) -> str:
    """All words, single spaces: lines may break anywhere."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


def tags(pdf: PdfReader) -> tuple[Counter[str], list[str]]:
    """How often each kind of tag occurs, and every alternative text."""
    found: Counter[str] = Counter()
    alternatives = []
    waiting: list[Any] = [pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found[str(node.get("/S"))] += 1
            alternatives += [str(text) for name, text in node.items() if name == "/Alt"]
            waiting += [kids for name, kids in node.items() if name == "/K"]
    return found, alternatives


def links(pdf: PdfReader) -> list[str]:
    """Addresses of all links, in order."""
    return [str(note.get_object()["/A"]["/URI"]) for page in pdf.pages for note in page.get("/Annots", [])]


@pytest.fixture(scope="module")
def real(register) -> PdfReader:
    """A report of the Essonne."""
    return opened(essonne(register))


def test_a_real_report_has_two_to_four_pages(real: PdfReader) -> None:
    """A4, each with its number and how many there are."""
    assert 2 <= len(real.pages) <= 4
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in real.pages} == {(595, 842)}
    assert [f"{number} / {len(real.pages)}" in page.extract_text() for number, page in enumerate(real.pages, start=1)] == [True] * len(
        real.pages
    )


def test_every_figure_is_there_with_its_source(real: PdfReader, register) -> None:
    """Value, unit, label, source, date and note; a dash for what nobody knows."""
    words = text_of(real)
    for figure in essonne(register).figures:
        for part in (figure.label, figure.unit, figure.note, figure.source):
            assert part.replace(" ", "") in words.replace(" ", "")
    assert "1 338 485 habitants population municipale INSEE, 2023" in words
    assert "– emplois de la filière" in words
    assert "Établi le 23 novembre 2026, données du 22 novembre 2026" in words


def test_rows_beyond_the_page_are_counted(real: PdfReader, register) -> None:
    """The PDF prints the first ones and says where the others are."""
    rows = essonne(register).sections[2].table.rows
    words = text_of(real)
    assert str(rows[19][0]) in words
    assert str(rows[20][0]) not in words
    assert f"20 lignes sur {len(rows)} : le classeur les contient toutes." in words


def test_the_document_is_accessible(real: PdfReader) -> None:
    """Marked, in its language, titled, and PDF/UA-1 by its own word."""
    root = real.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("fr", True, True)
    assert real.metadata.title == "Couverture de l'Essonne"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_the_structure_is_tagged(real: PdfReader) -> None:
    """One title, headings, tables with header cells, figures with a text for those who do not see them."""
    found, alternatives = tags(real)
    assert (found["/Title"], found["/Table"], found["/THead"], found["/TH"], found["/Figure"]) == (1, 3, 3, 10, 2)
    assert found["/H1"] == 8
    assert found["/Link"] == len(links(real))
    assert sorted(alternatives) == [
        "Carte de l'Essonne par intercommunalité : taux de sites et symboles des acteurs.",
        "Code QR de la vue en direct",
    ]


def test_no_font_of_the_machine_is_used(real: PdfReader) -> None:
    """The same page everywhere: only fonts that come with Typst, all embedded."""
    fonts = [font.get_object() for page in real.pages for font in page["/Resources"]["/Font"].values()]
    assert {re.sub("^/[A-Z]+[+]|-.*", "", str(font["/BaseFont"])) for font in fonts} == {"LibertinusSerif"}


def test_the_map_stays_a_drawing(real: PdfReader) -> None:
    """No pixels: the map is sharp at any size."""
    assert [image.name for page in real.pages for image in page.images] == []


@pytest.mark.parametrize(("lang", "expected"), [("fr", "48 % part"), ("en", "48% part")])
def test_percent_follows_its_language(lang: str, expected: str) -> None:
    """A space in French only."""
    assert expected in text_of(opened(a_report(lang=lang, figures=(KeyFigure(48, "part", "s", "%"),))))


def test_english_is_complete() -> None:
    """No French word of ours is left on an English page."""
    pdf = opened(a_report(lang="en", method=("m",), sources=(ReportSource("s"),), figures=(KeyFigure(3000, "l", "s"),)))
    words = text_of(pdf)
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    for word in ("Key figures", "3,000", "Method", "Sources", "Licence", "Live view", "Made on 23 November 2026, data of 22 November 2026"):
        assert word in words


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_markup(text: str) -> None:
    """Names come from tables that anyone may write: they are printed as they stand, in every place."""
    report = a_report(
        title=text,
        subtitle=text,
        licence=text,
        figures=(KeyFigure(text, text, text, unit=text, date=text, note=text),),
        sections=(
            Section(
                text, (text,), table=a_table((text, 1, 2.5), caption=text, note=text, columns=(ReportColumn(text), *a_table().columns[1:]))
            ),
        ),
        method=(text,),
        sources=(ReportSource(text, text, text),),
    )
    pdf = opened(report)
    assert text_of(pdf).count(text) >= 17
    assert pdf.metadata.title == text


def test_a_very_long_name_stays_on_the_page() -> None:
    """Ten thousand letters without a space break at the edge; none is lost."""
    pdf = opened(a_report(title="x" * 10_000, sections=(Section("t", table=a_table(("y" * 10_000, 1, None))),)))
    words = text_of(pdf)
    assert words.replace(" ", "").count("y") >= 10_000
    assert all(float(x) < 595 for page in pdf.pages for x in lefts(page))


def lefts(page) -> list[float]:
    """Where each text of a page begins, in points from the left."""
    found: list[float] = []
    page.extract_text(visitor_text=lambda text, _page, place, *_font: found.append(place[4]) if text.strip() else None)
    return found


@given(
    st.lists(
        st.text(st.one_of(st.characters(), st.sampled_from("\u202e\u0301\u05d0\u0628\u200d\ufe0f😀基\u0489\u115f")), max_size=80),
        min_size=6,
        max_size=6,
    )
)
def test_any_text_can_be_set(texts: list[str]) -> None:
    """What fonts lack or Typst stumbles over is replaced before: no name stops a report."""
    title, subtitle, value, label, paragraph, cell = texts
    report_pdf.write(
        a_report(
            title=title,
            subtitle=subtitle,
            figures=(KeyFigure(value, label, label, unit=value),),
            sections=(Section(title, (paragraph,), table=a_table((cell, 1, None))),),
        )
    )


def test_every_character_kept_can_be_drawn() -> None:
    """The list of what the fonts have is not longer than the fonts, in text or in maps."""
    letters = [chr(code) for code in range(0x10000) if re.fullmatch(f"[{DRAWN}]", chr(code))]
    assert len(letters) > 1000
    table = a_table(*((letter, 1, None) for letter in letters), shown=5_000, columns=(ReportColumn("a"), *a_table().columns[1:]))
    found = text_of(opened(a_report(sections=(Section("s", table=table),))))
    assert "\x00" not in found
    assert set("œŒéÉ–≥≤Ωж") <= set(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("基 😀", f"{UNDRAWN} {UNDRAWN}"),
        ("e\u0301vry", "évry"),
        ("a\u202eb\u200d\ufe0fc", "abc"),
        ("\ud800x\x00", "x"),
        ("48\u202f% ≥ œ –", "48\u202f% ≥ œ –"),
        ("שלום", "שלום"),
        ("\n\t ", ""),
    ],
)
def test_what_cannot_be_drawn_leaves_a_box(text: str, expected: str) -> None:
    """A letter leaves a trace; controls, joiners and stray marks do not."""
    assert make_printable(text) == expected


def test_long_words_may_break() -> None:
    """Short ones stay whole; what is added is no character that anyone reads."""
    assert make_breakable("anticonstitutionnellement") == "anticonstitutionnellement"
    assert make_breakable("x" * 100).replace("\u200b", "") == "x" * 100
    assert max(map(len, make_breakable("x" * 100).split("\u200b"))) <= 30


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "chapter", "https://a b"])
def test_only_web_addresses_are_links(url: str) -> None:
    """Anything else stays text, and a report without a usable link has no code."""
    pdf = opened(a_report(link=url, figures=(KeyFigure(1, "l", "s", url=url),), sources=(ReportSource("t", url),)))
    assert links(pdf) == []
    assert url in text_of(pdf)
    assert tags(pdf)[0]["/Figure"] == 0


def test_web_addresses_are_links() -> None:
    """From a figure, a source and the code to the page itself."""
    pdf = opened(a_report(figures=(KeyFigure(1, "l", "s", url="https://a.example/é"),), sources=(ReportSource("t", "https://b.example/"),)))
    assert links(pdf) == [LINK, "https://a.example/%C3%A9", "https://b.example/", LINK]


def test_a_link_that_no_code_holds_is_refused() -> None:
    """The message names the limit."""
    with pytest.raises(ExportError, match=str(LONGEST_LINK)):
        report_pdf.write(a_report(link=LINK + "&x=" + "a" * LONGEST_LINK))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"title": "", "subtitle": "", "licence": "", "link": "", "version": ""},
        {"sections": (Section(""), Section("s", ("",), table=a_table(caption="")), Section("c", table=a_table(columns=())))},
        {"sections": (Section("s", map=ReportMap("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>", "")),)},
        {"figures": (KeyFigure("", "", ""),) * 7},
        {"sources": (ReportSource(""),), "method": ("",)},
    ],
    ids=["bare", "no words", "empty sections", "empty map", "empty figures", "empty sources"],
)
def test_empty_parts_are_no_error(changes: dict[str, object]) -> None:
    """A territory of which little is known has a report too."""
    assert len(opened(a_report(**changes)).pages) == 1


def test_bars_are_measured_against_the_longest(monkeypatch) -> None:
    """Unknown and negative values have none; what is not printed does not count."""
    sent: dict[str, Any] = {}
    monkeypatch.setattr(typst, "compile", lambda *_a, **options: sent.update(json.loads(options["sys_inputs"]["report"])) or b"")
    columns = (ReportColumn("n"), ReportColumn("v", 0, bar=True))
    rows = (("a", 4), ("b", 1), ("c", None), ("d", -3), ("e", 100))
    report_pdf.write(a_report(sections=(Section("s", table=a_table(*rows, columns=columns, shown=4)),)))
    assert sent["sections"][0]["table"]["bars"] == [[0, 1], [0, 0.25], [0, 0], [0, 0]]


def test_equal_reports_are_equal_files(register) -> None:
    """No clock and no chance: an unchanged territory gives an unchanged file."""
    assert report_pdf.write(a_report(sections=(Section("s", map=ReportMap(a_map(register), "m")),))) == report_pdf.write(
        a_report(sections=(Section("s", map=ReportMap(a_map(register), "m")),))
    )


def test_the_reader_sees_the_progress() -> None:
    """It only grows, and ends with 1."""
    seen: list[float] = []
    report_pdf.write(a_report(), seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
