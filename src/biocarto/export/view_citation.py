"""How a page as it is seen, or an edition as a whole, is cited: a sentence, and an entry of BibTeX."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from biocarto.export.bibtex import escape_latex, quote_address, write_entry
from biocarto.export.edition import REGISTER, EditionReference, name_people, write_day, write_edition
from biocarto.i18n import Locale
from biocarto.render.text import is_web


@dataclass(frozen=True)
class ViewCitation:
    """What is cited: an edition, who publishes it, its licence; a view of it by its title and address ("" for the whole edition).

    `seen` is the day on which it was read; `link` may say that there is no public address (`is_web` tells).
    """

    reference: EditionReference
    publisher: str
    licence: str
    seen: date
    view: str = ""
    link: str = ""


def write_sentence(found: ViewCitation, t: Locale) -> str:
    """Title, view, edition with where it is found, publisher, licence, address, day of reading."""
    view = t("« {title} »").format(title=found.view) if found.view else ""
    seen = t("Consulté le {day}").format(day=write_day(found.seen, t.language))
    parts = [t(REGISTER), view, write_edition(found.reference, t), found.publisher, found.licence, found.link, seen]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def write_view_bibtex(found: ViewCitation, t: Locale) -> str:
    """One entry, `@misc`, which BibTeX and biblatex both read."""
    title = ", ".join(filter(None, [t(REGISTER), found.view]))
    link = found.link or found.reference.address
    author, publisher = name_people(found.publisher)
    note = [write_edition(found.reference, t), found.licence, "" if is_web(link) else link]
    fields = {
        "title": f"{{{escape_latex(title)}}}",
        "author": f"{{{escape_latex(author)}}}",
        "publisher": f"{{{escape_latex(publisher)}}}",
        "year": str(found.reference.day.year),
        "month": str(found.reference.day.month),
        "version": found.reference.name,
        "doi": quote_address(found.reference.doi),
        "url": quote_address(link) if is_web(link) else "",
        "urldate": found.seen.isoformat(),
        "note": escape_latex("; ".join(filter(None, note))),
    }
    return write_entry(f"biocarto-{found.reference.name}", fields)
