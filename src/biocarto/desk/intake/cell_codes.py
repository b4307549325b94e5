"""Cells of coded columns: the code, its label in either language, or a word that people write for it; lists of such."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from biocarto.desk.intake.cell_nearest import NearestFinder
from biocarto.desk.intake.cell_outcome import CellOutcome, CellReader, Texts, refuse, take
from biocarto.desk.intake.cell_texts import drop_nothing, loosen_spaces, says_nothing
from biocarto.desk.intake.cell_words import fold_word, list_words
from biocarto.errors import quote_value
from biocarto.i18n import Locale
from biocarto.register.headers import HEADERS, label_values, translate_values
from biocarto.register.schema import LIST_DELIMITER, Field

_BULLETS = re.compile(r"^\s*(?:[-–—*•·▪◦●]|[0-9]{1,2}[.)])\s+")
_STRONG = re.compile(r"[;|\n\r\v\f\u2028\u2029•·▪●]")
_WEAK = re.compile(r"[,/+&]|\bet\b|\band\b", re.IGNORECASE)

ItemReader = Callable[[str], CellOutcome]


def build_code_reader(table: str, column: Field, others: Iterable[Field] = ()) -> CellReader:
    """A reader of a column whose cells (or the items of its lists) are one of `column.choices`; `others` may be meant by mistake."""
    elsewhere = {word: other.name for other in others if other.name != column.name for word in _Codes(table, other).words}
    return partial(read_code, _Codes(table, column), elsewhere)


class _Codes:
    """The codes of a column, by every word that means one, and how they are told."""

    def __init__(self, table: str, column: Field) -> None:
        labels = {str(code): label for code, label in label_values(table, column.name).items()}
        english = translate_values(table, column.name, Locale("en"))
        self.choices = frozenset(column.choices)
        self.labels = {code: labels.get(code, code) for code in column.choices}
        named = {fold_word(word): code for words in (english, labels) for code, word in words.items() if code in self.choices}
        said = {word: code for word, code in list_words(table, column.name).items() if code in self.choices}
        self.words = {**said, **named, **{fold_word(code): code for code in column.choices}}
        self.near = NearestFinder({word: self.labels[code] for word, code in self.words.items()})
        english = {code: english.get(code, code) for code in column.choices}
        self.expected: Texts = f"une de ces valeurs : {_join(self.labels)}", f"one of these values: {_join(english)}"


def read_code(codes: _Codes, elsewhere: Mapping[str, str], text: str) -> CellOutcome:
    """The code that a text means; one that means none is refused with the label that it is likest to, and the column that has it."""
    if text in codes.choices:
        return take(text)
    loose = loosen_spaces(text)
    code = codes.words.get(fold_word(loose))
    if code is not None:
        return take(code)
    if says_nothing(loose):
        return drop_nothing(text)
    fr, en = codes.expected
    near = codes.near.find(loose)
    if other := elsewhere.get(fold_word(loose)):
        near = ""  # it is right, and stands in a wrong place
        header, english = HEADERS[other], Locale("en")(HEADERS[other])
        fr, en = f"{fr}. « {text} » est une valeur de la colonne {header}", f"{en}. “{text}” is a value of the column {english}"
    return refuse(fr, en, near)


def build_list_reader(read: ItemReader) -> CellReader:
    """A reader of lists whose items `read` reads: parted by `;`, `,`, `/`, `|`, a line, a bullet or « et », each item once."""
    return partial(_read_list, read)


def _read_list(read: ItemReader, cell: str) -> CellOutcome:
    outcomes: list[CellOutcome] = []
    for part in _STRONG.split(cell):
        item = _BULLETS.sub("", part).strip()
        if not item:
            continue
        for text, outcome in _read_part(read, item):
            if outcome.expected is not None:
                return _refuse_item(text, outcome) if text != cell.strip() else outcome
            outcomes.append(outcome)
    told = next((outcome for outcome in outcomes if outcome.told is not None), CellOutcome())
    values = dict.fromkeys(outcome.value for outcome in outcomes if outcome.value)
    return told._replace(value=LIST_DELIMITER.join(values))


def _read_part(read: ItemReader, text: str) -> Iterable[tuple[str, CellOutcome]]:
    """A part as one item where it is one, else by the signs that may also stand within one."""
    whole = read(text)
    items = [item for part in _WEAK.split(text) if (item := part.strip(" \t\u00a0\u202f"))]
    if whole.expected is None or len(items) < 2:
        return [(text, whole)]
    return [(item, read(item)) for item in items]


def _refuse_item(item: str, outcome: CellOutcome) -> CellOutcome:
    fr, en = outcome.expected or ("", "")
    named = quote_value(item)
    return outcome._replace(expected=(f"pour « {named} », {fr}", f"for “{named}”, {en}"))


def _join(labels: Mapping[str, str]) -> str:
    return " ; ".join(dict.fromkeys(labels.values()))
