"""Languages: every text of the interface has an English translation, and numbers are written as people write them."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from biocarto import i18n, labels

ROOT = Path(__file__).parents[1]
SOURCES = [ROOT / "dashboard.py", *sorted((ROOT / "pages").glob("*.py")), *sorted((ROOT / "src").rglob("*.py"))]


Message = str | tuple[str, str]

COUNTED = {"NP_": 0, "plural": 1, "write_count": 1, "label_count": 1}
"""Functions that take the two forms of a text that goes with a number, and where."""


def messages() -> set[Message]:
    """Every French text of the code that goes through a translator; read from the syntax tree, which sees inside f-strings too.

    A text that is also one form of two has its translation there.
    """
    calls = [node for path in SOURCES for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    texts = [constants(call.args[:1]) for call in calls if _translates(call.func)]
    forms = [constants(call.args[at : at + 2]) for call in calls if (at := COUNTED.get(_name(call.func))) is not None]
    pairs = {(one, many) for one, many in (pair for pair in forms if len(pair) == 2)}
    return pairs | {text for (text,) in filter(None, texts) if text not in dict(pairs)}


def constants(arguments: list[ast.expr]) -> list[str]:
    """The texts among some arguments."""
    return [argument.value for argument in arguments if isinstance(argument, ast.Constant) and isinstance(argument.value, str)]


def _name(function: ast.expr) -> str:
    return ast.unparse(function).rsplit(".", 1)[-1]


def _translates(function: ast.expr) -> bool:
    """`t(…)`, `N_(…)`, or `get_locale()(…)`."""
    if isinstance(function, ast.Call):
        return ast.unparse(function.func).endswith("get_locale")
    return isinstance(function, ast.Name) and function.id in {"t", "N_"}


def catalogue() -> dict[Message, tuple[str, ...]]:
    """French text, or its two forms -> English text, or its forms."""
    with i18n.find_catalogue_path("en").open("rb") as source:
        found = [message for message in read_po(source, locale="en") if message.id]
    return {
        message.id if isinstance(message.id, str) else (message.id[0], message.id[1]): (message.string,)
        if isinstance(message.string, str)
        else tuple(message.string)
        for message in found
    }


def test_every_text_is_translated_and_none_is_left_over() -> None:
    """The catalogue holds exactly the texts of the code, each with an English text."""
    marked, translated = messages(), catalogue()
    assert marked - translated.keys() == set()
    assert translated.keys() - marked == set()
    assert [text for text, english in translated.items() if not all(form.strip() for form in english)] == []


def test_translations_keep_the_placeholders() -> None:
    """`{total}` in French is `{total}` in English; a form for one may say "this row" without its number."""
    for french, english in catalogue().items():
        forms = [french] if isinstance(french, str) else french
        for one, other in zip(forms, english, strict=True):
            assert placeholders(one) - {"{n}"} == placeholders(other) - {"{n}"}, french
        assert placeholders(forms[-1]) == placeholders(english[-1]), french


def placeholders(text: str) -> set[str]:
    """`{n}` and its like."""
    return set(re.findall(r"{\w+}", text))


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fr", ["0 membre", "1 membre", "2 membres", "3\u202f000 membres"]),
        ("en", ["0 members", "1 member", "2 members", "3,000 members"]),
    ],
)
def test_a_text_agrees_with_its_number(lang: str, expected: list[str]) -> None:
    """French takes the singular below two, English for one alone: as gettext's rule of the language says."""
    assert [labels.label_count(n, "membre", "membres", lang) for n in (0, 1, 2, 3000)] == expected


def test_a_text_without_translation_agrees_too() -> None:
    """The placeholders are filled in the form that goes with the number."""
    forms = ("{n} zorglub de {place}", "{n} zorglubs de {place}")
    assert i18n.write_count(1, *forms, "en", place="Évry") == "1 zorglub de Évry"
    assert i18n.write_count(12345, *forms, "fr", place="Évry") == "12\u202f345 zorglubs de Évry"


def test_an_english_page_is_not_french() -> None:
    """The translator of English translates, the French one leaves the source text."""
    assert i18n.Locale("en")("Légende") == "Legend"
    assert i18n.Locale("fr")("Légende") == "Légende"


@pytest.mark.parametrize(("lang", "expected"), [("fr", "3\u202f000"), ("en", "3,000")])
def test_thousands_are_separated_as_people_write_them(lang: str, expected: str) -> None:
    """French has a narrow no-break space, English a comma."""
    assert i18n.format_number(3000, lang) == expected


def test_percent_signs() -> None:
    """48 % with a narrow no-break space in French, 48% in English."""
    assert (i18n.format_percent(48, "fr"), i18n.format_percent(48, "en")) == ("48\u202f%", "48%")


def test_a_text_without_english_stays_french() -> None:
    """Better a French text than none."""
    assert i18n.localise({"x_fr": "oui", "x_en": ""}, "x", "en") == "oui"


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
    assert i18n.Locale("fr")(source) == shown
    assert i18n.Locale("en")(source) == source


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
    assert (i18n.format_days(start, end, "fr"), i18n.format_days(start, end, "en")) == (fr, en)


def test_amounts_are_written_as_people_write_them() -> None:
    """The unit after the number in French, the currency before it in English."""
    assert [i18n.format_amount(12, "M€", lang) for lang in ("fr", "en")] == ["12 M€", "€12 million"]
    assert [i18n.format_amount(7.5, "Md€", lang) for lang in ("fr", "en")] == ["7,5 Md€", "€7.5 billion"]
    assert not i18n.is_money("%")


def test_an_edition_is_named_as_people_say_it() -> None:
    """By its day, and by its number where it is not the only one of that day."""
    assert [i18n.Locale(lang).edition("2026-12-01") for lang in ("fr", "en")] == ["1er décembre 2026", "1 December 2026"]
    told = [i18n.Locale(lang).edition("2026-12-01.2") for lang in ("fr", "en")]
    assert told == ["1er décembre 2026 (édition n°\u00a02 du jour)", "1 December 2026 (edition 2 of the day)"]
