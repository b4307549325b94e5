"""What a page says when something is wrong: what happened, what is unharmed, what to do; never a stack trace."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import shorten

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from biocarto.errors import AppError, CatalogueError, DataError
from biocarto.i18n import DEFAULT, Locale, load_translations, typeset_french
from biocarto.ui.shared import address, cache
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html

MOST_ISSUES = 50


def _issues(error: CatalogueError, lang: str) -> Markup:
    lines = Markup().join(
        Markup("<li>{}</li>").format(typeset_french(issue.text(lang)) if lang == "fr" else issue.text(lang))
        for issue in error.issues[:MOST_ISSUES]
    )
    more = len(error.issues) - MOST_ISSUES
    return Markup("<ul lang='{}'>{}{}</ul>").format(lang, lines, Markup("<li>+ {}</li>").format(more) if more > 0 else "")


def _readable() -> Locale:
    """The language of the page, or French where the translations themselves are the error."""
    try:
        load_translations(get_language())
    except AppError:
        return Locale(DEFAULT)
    return get_locale()


def show_error(error: AppError) -> None:
    """The error in the language of the page, and in the other one below: editors of the register read both."""
    t = _readable()
    data = isinstance(error, DataError)
    wrong = t("Les données ne peuvent pas être affichées : un fichier n'est pas conforme.") if data else t("Un réglage n'est pas accepté.")
    st.error(wrong, icon=":material/error:")
    other = "en" if get_language() == "fr" else "fr"
    for lang in (get_language(), other):
        body = (
            _issues(error, lang) if isinstance(error, CatalogueError) else Markup("<p lang='{}'>{}</p>").format(lang, error.message(lang))
        )
        show_html(Markup("<div class='bc-issues'>{}</div>").format(body))
    if data:
        st.info(
            t(
                "Aucun fichier n'a été modifié. Corrigez ce qui est indiqué puis rechargez la page. "
                "La page Sources reste lisible si les tables le sont."
            )
        )


@contextmanager
def error_boundary() -> Iterator[None]:
    """The one place that turns our errors into words; bugs are not caught."""
    try:
        yield
    except AppError as error:
        show_error(error)


def show_unknown_values(place: DeltaGenerator) -> None:
    """Name the values of the address that mean nothing (any more), where the page has kept a place for it."""
    values = address.take_unknown()
    if values:
        named = ", ".join(f"{d.name} = {strip_invisible(d.value)}" for d in values)
        place.warning(
            get_locale()("Valeurs inconnues dans l'adresse, ignorées :") + " " + escape_markdown(named), icon=":material/link_off:"
        )


MOST_NOTES = 200
"""Characters of the notes of an edition that a message repeats; /sources has them all."""


def tell_new_edition() -> None:
    """Say, beside the page, that it now shows a newer edition, and what its publisher notes of it."""
    try:
        name = cache.load_catalogue().edition
    except AppError:  # the page itself says what is wrong
        return
    t, notes = get_locale(), shorten(strip_invisible(cache.read_notes()), MOST_NOTES, placeholder=" …")
    told = escape_markdown(notes) if notes else t("cette page et les suivantes la montrent.")
    st.toast(t("Nouvelle édition du {edition} :").format(edition=t.edition(name)) + " " + told, icon=":material/update:", duration="long")


def show_missing_assets() -> None:
    """Say that the maps cannot be drawn, and how to install their files."""
    absent = cache.load_assets().missing
    if absent and not cache.settings().allow_cdn:
        t = get_locale()
        st.warning(
            t("Les cartes ne peuvent pas être dessinées : des fichiers d'affichage manquent. Les tableaux restent complets. Lancez :")
            + " `make assets`",
            icon=":material/map:",
        )


def show_closed_booth() -> None:
    """Say that this server has no stand, and what has everything that the stand shows."""
    t = get_locale()
    st.title(t("Le stand est fermé sur ce serveur"), anchor=False)
    st.info(
        t(
            "Le stand et son formulaire servent sur l'ordinateur d'un salon. Rien n'a été perdu. "
            "Les pages du menu montrent les mêmes acteurs ; un exploitant peut ouvrir le stand par le réglage BIOCARTO_BOOTH."
        ),
        icon=":material/touch_app:",
    )


_JOINER = "\u2060"
_REWRITTEN = re.compile(r"(?<=-)(?=[->])|(?<=<)(?=-)|(?<=:)(?=[a-zA-Z])")


def strip_invisible(value: str) -> str:
    """Text without marks that are not seen and that could turn what follows around: control and format characters."""
    return "".join(c for c in value if unicodedata.category(c)[0] != "C")


def escape_markdown(value: str) -> str:
    """Text that Markdown shows as it is.

    Streamlit turns `--`, `->`, `<-` and `:name:` into signs and icons after the escapes are gone: an invisible joiner parts them.
    """
    parted = _REWRITTEN.sub(_JOINER, value)
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>~:$&" else c for c in parted)
