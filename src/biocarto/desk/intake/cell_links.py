"""Addresses of the web: completed as in a proposal, and nothing else than the web."""

from __future__ import annotations

import re

from biocarto.desk.intake.cell_outcome import CellOutcome, Texts, refuse, take
from biocarto.desk.intake.cell_texts import drop_nothing, says_nothing
from biocarto.desk.proposal_texts import complete_link
from biocarto.model import CHAPTER
from biocarto.names import fold
from biocarto.register.schema import Field

_MAIL = re.compile(r"(?:mailto:)?\s*[^\s@/]+@[^\s@/]+\.[^\s@/]+", re.IGNORECASE)
_PARTS = re.compile(r"[\s;|]+|,\s+")
_CHAPTER_WORDS = frozenset({"chapter", "chapitre", "le chapitre", "chapitre de reference", "reference chapter", "the reference chapter"})

LINK: Texts = "l'adresse d'une page du web (https://exemple.fr)", "the address of a page of the web (https://example.org)"
_ONE: Texts = "une seule adresse du web", "one address of the web only"
_PERSON: Texts = (
    "l'adresse d'un site web ; une adresse de messagerie est celle d'une personne, que le registre ne garde pas",
    "the address of a web site; an address of e-mail is that of a person, which the register does not keep",
)


def read_link(column: Field, text: str) -> CellOutcome:
    """An address of the web; `www.x.fr` and `x.fr` are completed."""
    if column.find_broken_rule(text) is None:
        return take(text)
    if ("@" not in text or not _MAIL.fullmatch(text)) and (link := _complete(column, text)):
        return take(link)
    if says_nothing(text):
        return drop_nothing(text)
    if fold(text) in _CHAPTER_WORDS and column.find_broken_rule(CHAPTER) is None:
        return take(CHAPTER)
    return _refuse_link(column, text)


def _refuse_link(column: Field, text: str) -> CellOutcome:
    """What an address must be; where one stands in a text, or several do, the first is the nearest."""
    if _MAIL.fullmatch(text):
        return refuse(*_PERSON)
    found = [link for part in _PARTS.split(text) if "@" not in part and (link := _complete(column, part))]
    if len(found) > 1:
        return refuse(*_ONE, found[0])
    rule = column.find_broken_rule(text)
    said = (rule.expected_fr, rule.expected_en) if rule and rule.name == "maxLength" else LINK
    return refuse(*said, found[0] if found else "")


def _complete(column: Field, text: str) -> str:
    """The whole address; "" where it is none that the column takes."""
    link = complete_link(text)
    return link if link and column.find_broken_rule(link) is None else ""
