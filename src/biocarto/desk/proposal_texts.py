"""What somebody without an account may write: short, readable, no markup, no formula, links of the web only."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from biocarto.booth.needs import clean_text
from biocarto.desk.proposal_error import KEPT, ProposalError
from biocarto.errors import quote_value
from biocarto.register.schema import Resource
from biocarto.render.text import clean_line, disarm_text

LONGEST_CELL, LONGEST_MESSAGE, LONGEST_LINK, LONGEST_CONTACT, LONGEST_REASON = 300, 1000, 500, 120, 300
"""Characters."""

_TAG = re.compile(r"<\s*/?\s*[a-zA-Z!?][^<>]*>")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(?![0-9]+(/|$))(//)?")
_LINK = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?([/?#][^\s\"<>\\^`{|}]*)?")
_MAIL = re.compile(r"[a-z0-9][a-z0-9._+-]{0,63}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+", re.IGNORECASE)
_PHONE = re.compile(r"\+?[0-9][0-9 .()-]{5,24}")
_REQUEST = re.compile(r"[0-9a-zA-Z-]{8,80}")
_LINKS = frozenset({"website", "source_url"})


@dataclass(frozen=True)
class Draft:
    """What a form holds: column -> what it should say, words, a page that shows it, how to reach who wrote it, and the name of the click.

    `request` is the same for the same form sent twice, and another one for every other form; `form` is the name of a form of another site.
    """

    cells: Mapping[str, str]
    message: str
    source_url: str
    contact: str
    request: str
    form: str = ""


def check_draft(draft: Draft, resource: Resource) -> Draft:
    """The draft as it may be stored; raises ProposalError. A cell left empty proposes nothing."""
    if not _REQUEST.fullmatch(draft.request):
        raise ValueError(f"request {draft.request[:80]!r}")
    checks = _list_checks(draft, resource)
    texts = {place: check() for place, check in checks.items()}
    cells = {name: text for name in draft.cells if (text := texts[f"cells/{name}"])}
    return replace(draft, cells=cells, **{name: texts[name] for name in _WORDS})


def find_wrong_texts(draft: Draft, resource: Resource) -> dict[str, ProposalError]:
    """Every text of a draft that `check_draft` does not take, by its place: `message`, `cells/name`."""
    wrong = {}
    for place, check in _list_checks(draft, resource).items():
        try:
            check()
        except ProposalError as error:
            wrong[place] = error
    return wrong


def _list_checks(draft: Draft, resource: Resource) -> dict[str, Callable[[], str]]:
    """Place of each text -> what gives it as it may be stored, or raises ProposalError."""
    cells = {f"cells/{name}": partial(_check_cell, resource, name, text) for name, text in draft.cells.items()}
    return {**cells, **{name: partial(check, getattr(draft, name)) for name, check in _WORDS.items()}}


def check_reason(text: str) -> str:
    """The reason of a decision in one line, "" where there is none; raises ProposalError."""
    reason = clean_line(_require_short(text, LONGEST_REASON))
    _refuse_tags(reason)
    return reason


def _check_cell(resource: Resource, name: str, text: str) -> str:
    if name == "id" or name not in resource.fields:
        raise ValueError(f"column {name!r} of {resource.name}")
    cell = clean_line(_require_short(text, LONGEST_LINK if name in _LINKS else LONGEST_CELL))
    if name in _LINKS:
        return _check_link(cell)
    _refuse_tags(cell)
    if disarm_text(cell) != cell:
        raise ProposalError(
            f"« {quote_value(cell)} » commence comme une formule de tableur. {KEPT[0]} Retirez le premier signe.",
            f"“{quote_value(cell)}” begins like a formula of a spreadsheet. {KEPT[1]} Remove the first sign.",
        )
    if rule := resource.fields[name].find_broken_rule(cell):
        raise ProposalError(
            f"« {quote_value(cell)} » ne va pas ici : il faut {rule.expected_fr}. {KEPT[0]} Corrigez, ou dites-le avec vos mots plus bas.",
            f"“{quote_value(cell)}” does not fit here: it takes {rule.expected_en}. {KEPT[1]} Put it right, or say it in words below.",
        )
    return cell


def _check_message(text: str) -> str:
    message = clean_text(_require_short(text, LONGEST_MESSAGE))
    _refuse_tags(message)
    return message


def _require_short(text: str, longest: int) -> str:
    """The text itself, where it is short enough to be read."""
    if len(text) > longest:
        raise ProposalError(
            f"Un texte compte {len(text)} caractères : {longest} au plus. {KEPT[0]} Raccourcissez-le.",
            f"A text has {len(text)} characters: {longest} at most. {KEPT[1]} Make it shorter.",
        )
    return text


def _refuse_tags(text: str) -> None:
    if _TAG.search(text):
        raise ProposalError(
            f"Un texte contient du code (une balise entre < et >). {KEPT[0]} Écrivez avec des mots seulement.",
            f"A text contains code (a tag between < and >). {KEPT[1]} Write in words only.",
        )


def complete_link(given: str) -> str:
    """An address of the web; what people leave out before it is added, its scheme and host are in small letters. "" for anything else."""
    whole = given if _SCHEME.match(given) else f"https://{given}"
    head = re.match(r"[^/?#]*(//)?[^/?#]*", whole)
    link = whole if head is None else head[0].lower() + whole[head.end() :]
    return link if _LINK.fullmatch(link) and len(link) <= LONGEST_LINK else ""


def _check_link(text: str) -> str:
    """An address of the web, complete; raises ProposalError for anything else."""
    given = clean_line(_require_short(text, LONGEST_LINK))
    if not given:
        return ""
    link = complete_link(given)
    if not link:
        raise ProposalError(
            f"« {quote_value(given)} » n'est pas une adresse du web. {KEPT[0]} Copiez celle de la page, qui commence par https://.",
            f"“{quote_value(given)}” is no address of the web. {KEPT[1]} Copy that of the page, which begins with https://.",
        )
    return link


def _check_contact(text: str) -> str:
    contact = clean_line(_require_short(text, LONGEST_CONTACT))
    if contact and not (_MAIL.fullmatch(contact) or _PHONE.fullmatch(contact)):
        raise ProposalError(
            f"Le contact n'est ni une adresse de messagerie ni un numéro de téléphone. {KEPT[0]} Corrigez-le, ou effacez-le : "
            "il est facultatif.",
            f"The contact is neither an address of e-mail nor a telephone number. {KEPT[1]} Put it right, or erase it: it is optional.",
        )
    return contact


_WORDS: dict[str, Callable[[str], str]] = {"message": _check_message, "source_url": _check_link, "contact": _check_contact}
"""Field of a draft beside its cells -> its check."""
