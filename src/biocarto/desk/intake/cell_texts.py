"""Cells as text: what copies and spreadsheets add is taken away, what a formula failed at is named, what says nothing is nothing."""

from __future__ import annotations

import re
import unicodedata

from biocarto.desk.intake.cell_outcome import NOTHING, CellOutcome, Texts, refuse, take
from biocarto.names import strip_accents
from biocarto.register.schema import Field
from biocarto.render.text import clean_line

LONGEST = 2_000
"""Characters of a cell that is read at all: the longest text of the register may have 600."""
_GUARDED = re.compile("'(?=[=+\\-@＝＋－＠])")
_REVERSAL = re.compile("[\u202d\u202e]")
_NO_BREAK = re.compile("[\u00a0\u202f\u2007]+")
_FORMULA = re.compile(r"=\s*(?:[A-Z][A-Z0-9_.]*\(.*|\$?[A-Z]{1,3}\$?[0-9]+(?:[-+*/&:;].*)?)", re.IGNORECASE)
_HASHES = re.compile(r"#{2,}")
_CODE_OF_ERROR = re.compile(r"err ?: ?[0-9]{3}", re.IGNORECASE)

FORMULA_ERRORS = frozenset(
    (
        *("#REF!", "#N/A", "#N/D", "#VALEUR!", "#VALUE!", "#NOM?", "#NAME?", "#DIV/0!", "#NUL!", "#NULL!", "#NOMBRE!", "#NUM!", "#SPILL!"),
        *("#PROPAGATION!", "#CALC!", "#CALCUL!", "#CHAMP!", "#FIELD!", "#BLOQUE!", "#BLOCKED!", "#INCONNU!", "#UNKNOWN!", "#CONNEXION!"),
        *("#CONNECT!", "#OCCUPE!", "#BUSY!", "#ATTENTE", "#GETTING_DATA"),
    )
)
"""What spreadsheets in French and in English write where a formula has no result."""

SAYS_NOTHING = frozenset(
    (
        *(
            "-",
            "--",
            "---",
            "–",
            "—",
            "?",
            "??",
            "???",
            "/",
            ".",
            "..",
            "...",
            "…",
            "*",
            "_",
            "ø",
            "n/a",
            "n.a.",
            "n.a",
            "na",
            "n.d.",
            "n.d",
            "nd",
        ),
        *(
            "n/d",
            "nc",
            "n.c.",
            "n.c",
            "n/c",
            "nr",
            "n.r.",
            "ns",
            "n.s.",
            "s.o.",
            "so",
            "sans objet",
            "neant",
            "inconnu",
            "inconnue",
            "inconnus",
        ),
        *(
            "non connu",
            "non connue",
            "non renseigne",
            "non renseignee",
            "non communique",
            "non communiquee",
            "non disponible",
            "non precise",
        ),
        *(
            "a completer",
            "a preciser",
            "a verifier",
            "tbd",
            "tbc",
            "unknown",
            "not available",
            "not applicable",
            "none",
            "null",
            "nan",
            "nil",
        ),
        *("aucun", "aucune", "vide", "(vide)", "(blank)", "blank", "empty"),
    )
)
"""Words in small letters without accents that people write where they have nothing to write."""

_BARE_SIGNS = frozenset(word for word in SAYS_NOTHING if not any(letter.isalpha() for letter in word) or word == "n/a")


def clean_cell(cell: str) -> str:
    """One line of composed letters (NFC) without control or invisible characters, spaces at its ends, an apostrophe against formulas."""
    if cell.isprintable() and "  " not in cell and cell[:1] not in "' " and cell[-1:] != " " and unicodedata.is_normalized("NFC", cell):
        return cell
    text = unicodedata.normalize("NFC", clean_line(cell))
    return text[1:].strip() if _GUARDED.match(text) else text


def find_reversal(cell: str) -> CellOutcome | None:
    """What a cell is refused with that turns the direction of reading around: its letters would not be those that are seen."""
    if cell.isascii() or not _REVERSAL.search(cell):
        return None
    fr = "un texte sans caractère invisible qui renverse le sens de lecture : retapez-le au clavier"
    return refuse(fr, "a text without an invisible character that turns the direction of reading: type it again", clean_cell(cell))


def loosen_spaces(text: str) -> str:
    """No-break spaces as ordinary ones: in a name or a code they part what is compared."""
    return text if text.isascii() else " ".join(_NO_BREAK.sub(" ", text).split())


def says_nothing(text: str) -> bool:
    """True for `n/a`, `NC`, `?`, a lone dash and their like, in a column where they are no value."""
    return len(text) <= 20 and strip_accents(text).strip() in SAYS_NOTHING


def find_formula(text: str) -> CellOutcome | None:
    """What a cell that holds a formula, or the name of its error, is refused with."""
    if text[:1] not in "#=Ee":
        return None
    if text.upper().replace("\u00a0", "").replace(" ", "") in FORMULA_ERRORS or _CODE_OF_ERROR.fullmatch(text):
        return refuse(
            f"une valeur ; {text} est l'erreur d'une formule, que le tableur n'a pas su calculer",
            f"a value; {text} is the error of a formula that the spreadsheet could not compute",
        )
    if _HASHES.fullmatch(text):
        return refuse(
            "une valeur ; le tableur a écrit des dièses parce que la colonne était trop étroite : élargissez-la, puis enregistrez",
            "a value; the spreadsheet has written hashes as the column was too narrow: make it wider, then save",
        )
    if _FORMULA.fullmatch(text):
        return refuse("une valeur, non une formule : collez son résultat", "a value, not a formula: paste its result")
    return None


def drop_nothing(text: str) -> CellOutcome:
    """A word that says nothing is an empty cell, and is told."""
    return NOTHING._replace(told=(f"« {text} » lu comme une cellule vide", f"“{text}” read as an empty cell"), subject="nothing")


def check_value(column: Field, outcome: CellOutcome) -> CellOutcome:
    """The outcome, refused where the value breaks a rule of its column."""
    if not outcome.value or (rule := column.find_broken_rule(outcome.value)) is None:
        return outcome
    if rule.name == "maxLength":
        return refuse(*_count_characters(outcome.value, rule.expected_fr, rule.expected_en))
    return refuse(rule.expected_fr, rule.expected_en)


def refuse_long_cell(column: Field, cell: str) -> CellOutcome | None:
    """What a cell is refused with that is longer than anything that could be read in it."""
    if len(cell) <= LONGEST:
        return None
    most = column.longest or LONGEST
    return refuse(*_count_characters(cell, f"au plus {most} caractères", f"at most {most} characters"))


def read_prose(text: str) -> CellOutcome:
    """A text as people read it: its no-break spaces belong to it."""
    return drop_nothing(text) if text in _BARE_SIGNS else take(text)


def read_name(text: str) -> CellOutcome:
    """A name, an address, a title: one that says nothing by signs alone is none."""
    loose = loosen_spaces(text)
    return drop_nothing(text) if loose.lower() in _BARE_SIGNS else take(loose)


def read_detail(text: str) -> CellOutcome:
    """An address, a site, an owner, a city: what people may leave out, and say so in words."""
    loose = loosen_spaces(text)
    return drop_nothing(text) if says_nothing(loose) else take(loose)


def _count_characters(text: str, fr: str, en: str) -> Texts:
    return f"{fr} ; le texte en compte {len(text)}", f"{en}; the text has {len(text)}"
