"""Languages: every text of the interface has an English translation, and numbers are written as people write them."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from biocarto import i18n

ROOT = Path(__file__).parents[1]
SOURCES = [ROOT / "dashboard.py", *sorted((ROOT / "pages").glob("*.py")), *sorted((ROOT / "src").rglob("*.py"))]


def messages() -> set[str]:
    """Every French text of the code that goes through a translator; read from the syntax tree, which sees inside f-strings too."""
    calls = [node for path in SOURCES for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    texts = [call.args[0] for call in calls if call.args and _translates(call.func)]
    return {text.value for text in texts if isinstance(text, ast.Constant) and isinstance(text.value, str)}


def _translates(function: ast.expr) -> bool:
    """`t(…)`, `N_(…)`, or `text()(…)`."""
    if isinstance(function, ast.Call):
        return ast.unparse(function.func).endswith("text")
    return isinstance(function, ast.Name) and function.id in {"t", "N_"}


def catalogue() -> dict[str, str]:
    """French text -> English text."""
    with i18n.catalogue_path("en").open("rb") as source:
        return {str(m.id): str(m.string) for m in read_po(source, locale="en") if m.id}


def test_every_text_is_translated_and_none_is_left_over() -> None:
    """The catalogue holds exactly the texts of the code, each with an English text."""
    marked, translated = messages(), catalogue()
    assert sorted(marked - set(translated)) == []
    assert sorted(set(translated) - marked) == []
    assert sorted(text for text, english in translated.items() if not english.strip()) == []


def test_translations_keep_the_placeholders() -> None:
    """`{total}` in French is `{total}` in English."""
    for french, english in catalogue().items():
        assert sorted(re.findall(r"{\w+}", french)) == sorted(re.findall(r"{\w+}", english)), french


def test_an_english_page_is_not_french() -> None:
    """The translator of English translates, the French one leaves the source text."""
    assert i18n.translator("en")("Légende") == "Legend"
    assert i18n.translator("fr")("Légende") == "Légende"


@pytest.mark.parametrize(("lang", "expected"), [("fr", "3\u202f000"), ("en", "3,000")])
def test_thousands_are_separated_as_people_write_them(lang: str, expected: str) -> None:
    """French has a narrow no-break space, English a comma."""
    assert i18n.number(3000, lang) == expected


def test_percent_signs() -> None:
    """48 % with a narrow no-break space in French, 48% in English."""
    assert (i18n.percent(48, "fr"), i18n.percent(48, "en")) == ("48\u202f%", "48%")


def test_a_text_without_english_stays_french() -> None:
    """Better a French text than none."""
    assert i18n.localised({"x_fr": "oui", "x_en": ""}, "x", "en") == "oui"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            "« Tour » : 3 000 participants, 48 % ; et après ?",
            "«\u202fTour\u202f»\u00a0: 3\u202f000 participants, 48\u202f%\u202f; et après\u202f?",
        ),
        ("16 sites en 2021", "16 sites en 2021"),
        ("https://example.org/?a=b", "https://example.org/?a=b"),
    ],
)
def test_french_is_typeset(source: str, shown: str) -> None:
    """Narrow no-break spaces where French typography wants them, and nowhere else."""
    assert i18n.translator("fr")(source) == shown
    assert i18n.translator("en")(source) == source


@pytest.mark.parametrize(
    ("start", "end", "fr", "en"),
    [
        ("2021", "", "2021", "2021"),
        ("2021-05", "", "mai 2021", "May 2021"),
        ("2021-06-08", "", "8 juin 2021", "8 June 2021"),
        ("2021-10-01", "", "1er octobre 2021", "1 October 2021"),
        ("2021-06-17", "2021-06-18", "du 17 au 18 juin 2021", "17–18 June 2021"),
        ("2021-10-01", "2021-10-02", "du 1er au 2 octobre 2021", "1–2 October 2021"),
        ("2021-09-30", "2021-10-01", "du 30 septembre au 1er octobre 2021", "30 September – 1 October 2021"),
        ("2020-12-11", "2021-05-24", "du 11 décembre 2020 au 24 mai 2021", "11 December 2020 – 24 May 2021"),
        ("2021-05", "2021-06", "de mai 2021 à juin 2021", "May 2021 – June 2021"),
        ("2021-06-08", "2021-06-08", "8 juin 2021", "8 June 2021"),
        ("2021-02-30", "", "2021-02-30", "2021-02-30"),
        ("400-600", "", "400-600", "400-600"),
        ("", "", "", ""),
    ],
)
def test_dates_are_written_as_people_write_them(start: str, end: str, fr: str, en: str) -> None:
    """As precise as the source; a range says once what both days share; the first of a month is an ordinal in French."""
    assert (i18n.days(start, end, "fr"), i18n.days(start, end, "en")) == (fr, en)


def test_amounts_are_written_as_people_write_them() -> None:
    """The unit after the number in French, the currency before it in English."""
    assert [i18n.amount(12, "M€", lang) for lang in ("fr", "en")] == ["12 M€", "€12 million"]
    assert [i18n.amount(7.5, "Md€", lang) for lang in ("fr", "en")] == ["7,5 Md€", "€7.5 billion"]
    assert not i18n.is_money("%")
