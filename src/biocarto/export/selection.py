"""What a reader takes away: the rows, why these, when, from whom, and the address that brings them back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from biocarto import labels
from biocarto.export.columns import COLUMNS, ExportColumn, describe_columns
from biocarto.export.edition import EditionReference, write_edition
from biocarto.i18n import Locale
from biocarto.model import N_
from biocarto.names import fold
from biocarto.register.catalogue import Catalogue
from biocarto.render.text import join_lines

Progress = Callable[[float], object]
"""Told the share of the work that is done, from 0 to 1; never smaller than before, 1 at the end."""

TITLE = N_("BioCarto : acteurs des biothérapies et de la bioproduction")
LONGEST_NAME = 80


def ignore_progress(_share: float) -> None:
    """Nobody is waiting for the progress."""


@dataclass(frozen=True, eq=False)
class Selection:
    """Rows of the joined actors as filtered, in the order shown, and all that a reader needs to find and to cite them.

    Or a table as it is: `table` names it, `columns` are its own, `title` says what it is. `filters` are pairs (label of the field,
    label of the value); `version` is the date of the data, `made` that of the export; `described` explains the columns, name -> text,
    in the language `lang`. `link` is an address, or says that there is none (`is_web` tells which).
    """

    actors: pd.DataFrame
    filters: tuple[tuple[str, str], ...]
    link: str
    made: date
    version: str
    sources: tuple[str, ...]
    licence: str
    lang: str
    described: Mapping[str, str]
    title: str
    table: str = "actors"
    columns: tuple[ExportColumn, ...] = COLUMNS
    reference: EditionReference | None = None
    """The edition that the rows are of, for whoever cites them."""

    @property
    def text(self) -> Locale:
        """The translator of its language."""
        return Locale(self.lang)


def build_selection(
    actors: pd.DataFrame,
    *,
    filters: Iterable[tuple[str, str]],
    link: str,
    made: date,
    about: Mapping[str, Any],
    described: Mapping[str, str],
    lang: str,
) -> Selection:
    """Rows of the table that `about` tells the licence, sources and date of (an entry of `Catalogue.resources`)."""
    licence = about["licence"]
    return Selection(
        actors=actors,
        filters=tuple((join_lines(label), join_lines(value)) for label, value in filters),
        link=join_lines(link),
        made=made,
        version=about[f"date_{lang}"],
        sources=tuple(source["title" if lang == "fr" else f"title_{lang}"] for source in about["sources"]),
        licence=f"{licence['title']} ({licence['path']})",
        lang=lang,
        described=described,
        title=Locale(lang)(TITLE),
    )


def select_actors(
    rows: pd.DataFrame,
    catalogue: Catalogue,
    *,
    filters: Iterable[tuple[str, str]],
    link: str,
    made: date,
    lang: str,
    reference: EditionReference | None = None,
) -> Selection:
    """Rows of the joined actors, with what the tables say of themselves in the language."""
    about = catalogue.resources["actors"]
    found = build_selection(rows, filters=filters, link=link, made=made, about=about, described=about["columns"][lang], lang=lang)
    return replace(found, reference=reference or EditionReference(catalogue.edition))


def write_link(view: str, public_url: str, t: Locale) -> str:
    """What a file says of where it comes from: the public address of a view (path and query); without one, that it is a local copy's.

    An address of this machine would open nothing, or something else, on the machine of whoever reads the file.
    """
    return public_url + view if public_url else t("copie locale : {view}").format(view=view or "/")


def select_table(name: str, rows: pd.DataFrame, *, link: str, made: date, about: Mapping[str, Any], lang: str) -> Selection:
    """A whole table of `Tables`, with its own columns; `about` is its entry of `Tables.resources`."""
    t, title = Locale(lang), about[f"title_{lang}"]
    described = about["columns"][lang]
    found = build_selection(rows, filters=[(t("Table"), title)], link=link, made=made, about=about, described=described, lang=lang)
    return replace(found, title=f"BioCarto{t.colon}{title}", table=name, columns=describe_columns(rows))


def write_row_count(selection: Selection) -> str:
    """`42 sites d'acteurs`; `12 lignes` of another table."""
    if selection.table != "actors":
        return selection.text.write_count(len(selection.actors), "{n} ligne", "{n} lignes")
    return labels.label_count(len(selection.actors), "site d'acteur", "sites d'acteurs", selection.lang)


def describe_version(selection: Selection) -> str:
    """Which state of the register the rows are of: the edition with where it is found, else the date of the tables."""
    t = selection.text
    return write_edition(selection.reference, t) if selection.reference else f"{t('Version des données')}{t.colon}{selection.version}"


def describe_filters(selection: Selection) -> str:
    """The filters in one line, in words."""
    t, between = selection.text, selection.text.colon
    return ", ".join(f"{label}{between}{value}" for label, value in selection.filters) or t("sans filtre")


def describe_provenance(selection: Selection) -> dict[str, Any]:
    """What a file says of itself where its format has a place for it."""
    return {
        "title": selection.title,
        "rows": len(selection.actors),
        "filters": describe_filters(selection),
        "link": selection.link,
        "date": selection.made.isoformat(),
        "data_version": selection.version,
        **({"edition": selection.reference.name, "doi": selection.reference.doi} if selection.reference else {}),
        "sources": list(selection.sources),
        "licence": selection.licence,
    }


def build_file_stem(selection: Selection, longest: int = LONGEST_NAME) -> str:
    """`biocarto-biotherapies-essonne-2026-11-23`: what was chosen, and when; cut between words at `longest`."""
    t, about = selection.text, " ".join(value for _, value in selection.filters)
    return write_file_stem(about, selection.made, longest, otherwise=t("acteurs"))


def write_file_stem(about: str, made: date, longest: int = LONGEST_NAME, *, otherwise: str) -> str:
    """A text and a day as the name of a file: small letters, digits and hyphens, cut between words at `longest`.

    `otherwise` stands for a text without a letter that is left.
    """
    day = made.isoformat()
    words = re.findall("[a-z0-9]+", fold(about)) or [otherwise]
    kept = words[0][: longest - len(f"biocarto--{day}")]
    for word in words[1:]:
        if len(f"biocarto-{kept}-{word}-{day}") > longest:
            break
        kept += f"-{word}"
    return f"biocarto-{kept}-{day}"


def build_file_name(selection: Selection, extension: str, mark: str = "") -> str:
    """The stem with its extension, within `LONGEST_NAME` characters; `mark` tells two files of one extension apart."""
    ending = f"{'-' if mark else ''}{mark}.{extension}"
    return f"{build_file_stem(selection, LONGEST_NAME - len(ending))}{ending}"
