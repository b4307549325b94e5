"""The edition that a citation names, and how a page or an edition is cited: a sentence, and an entry of BibTeX."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from biocarto.addresses import FILES
from biocarto.config import Settings
from biocarto.i18n import Locale
from biocarto.model import N_

REGISTER = N_("BioCarto : biothérapies et bioproduction en Île-de-France")
AUTHOR = "BioCarto"
DOI = "https://doi.org/"


@dataclass(frozen=True)
class EditionReference:
    """An edition by its name, the address at which its files stay ("" where others reach none), and its DOI or "" (`10.1234/abc`).

    The publisher is who answers for the server, "" for nobody.
    """

    name: str
    address: str = ""
    doi: str = ""
    publisher: str = ""

    @property
    def link(self) -> str:
        """Where it is found: by its DOI where it has one, else at its address; "" for neither."""
        return f"{DOI}{self.doi}" if self.doi else self.address

    @property
    def day(self) -> date:
        """The day that the edition is named by."""
        return date.fromisoformat(self.name[:10])


def build_address(root: str, name: str, rest: str = "") -> str:
    """The address of an edition or of something in it, below `root` (no slash at its end), that never changes."""
    return f"{root}/{FILES}/{name}/{rest}"


def refer_to_edition(name: str, settings: Settings) -> EditionReference:
    """An edition as this server's operator gives it to others."""
    address = build_address(settings.public_url, name) if settings.public_url else ""
    return EditionReference(name, address, settings.doi, settings.publisher)


def name_people(publisher: str) -> tuple[str, str]:
    """Author and publisher of the register in every citation: BioCarto wrote it; who answers for the server publishes it, if anybody."""
    return AUTHOR, publisher or AUTHOR


def write_edition(found: EditionReference, t: Locale) -> str:
    """`Édition 2026-11-28, https://doi.org/10.1234/abc`: the name as the addresses have it, then where it is found."""
    return ", ".join(filter(None, [t("Édition {name}").format(name=found.name), found.link]))


def write_day(day: date, lang: str) -> str:
    """A day in words: 28 novembre 2026, 28 November 2026."""
    return format_date(day, "long", locale="fr_FR" if lang == "fr" else "en_GB")
