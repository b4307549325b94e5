"""Take the selection away: every format, exactly as filtered; the link that restores it, and its QR code."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal
from urllib.parse import urlencode, urlsplit

import pandas as pd
import streamlit as st
from markupsafe import Markup

from biocarto import config
from biocarto.clock import read_today
from biocarto.errors import AppError
from biocarto.export import selection
from biocarto.export.edition import refer_to_edition
from biocarto.export.formats import FORMATS, Format
from biocarto.export.selection import Selection, build_file_name, ignore_progress
from biocarto.query.filters import Filters
from biocarto.register.catalogue import Catalogue
from biocarto.render import qr
from biocarto.render.locator import encode_svg
from biocarto.ui.shared import accessibility, address, cache, messages, picture_button
from biocarto.ui.shared.language import build_language_params, get_language, get_locale
from biocarto.ui.shared.markup import show_html

FIRST = "xlsx"
"""The format that most people ask for."""

LONG = 5_000
"""Rows from which a file takes long enough that its progress is shown."""


def build_current_url() -> str:
    """The address of what is on screen: page, question, sheet, language; under the public address where there is one."""
    page, public = address.read_page(), cache.settings().public_url
    return (public or f"{page.scheme}://{page.netloc}") + _view(page.path, public)


def build_root() -> str:
    """The address of the app, with a slash at its end: the public one where there is one."""
    page, public = address.read_page(), cache.settings().public_url
    return (public or f"{page.scheme}://{page.netloc}{config.read_base(st.get_option('server.baseUrlPath'))}") + "/"


def build_file_link() -> str:
    """What a file says of where it comes from: what is on screen, as others can open it."""
    page, public = address.read_page(), cache.settings().public_url
    return selection.write_link(_view(page.path, public), public, get_locale())


def _view(path: str, public: str) -> str:
    """Path and query of what is on screen, below the public address where there is one."""
    own = config.read_base(st.get_option("server.baseUrlPath"))
    below = config.strip_base(path, urlsplit(public).path, own) if public else path
    params = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    language = {} if "lang" in st.query_params else build_language_params()
    query = urlencode([*params, *language.items()])
    return below + (f"?{query}" if query else "")


def _selection(rows: pd.DataFrame, said: list[tuple[str, str]], catalogue: Catalogue) -> Selection:
    reference = refer_to_edition(catalogue.edition, cache.settings())
    return selection.select_actors(
        rows, catalogue, filters=said, link=build_file_link(), made=read_today(), lang=get_language(), reference=reference
    )


def show_formats(rows: pd.DataFrame, said: list[tuple[str, str]], catalogue: Catalogue) -> None:
    """Excel one tap away, every other format behind a second button; a file is made when its button is pressed, not before.

    A long one shows how far it is.
    """
    t, chosen = get_locale(), _selection(rows, said, catalogue)
    if len(rows) > LONG:
        with st.popover(get_locale().write_count(len(rows), "Emporter cette ligne", "Emporter ces {n} lignes"), icon=":material/download:"):
            _prepare_file(chosen)
        return
    first, *others = sorted(FORMATS.values(), key=lambda kind: kind.key != FIRST)
    _download(
        chosen,
        first,
        partial(first.write, chosen, ignore_progress),
        get_locale().write_count(len(rows), "Excel, {n} ligne", "Excel, {n} lignes"),
        "content",
    )
    with st.popover(t("Autres formats"), icon=":material/download:"):
        for kind in others:
            _download(chosen, kind, partial(kind.write, chosen, ignore_progress), t(kind.label))


def show_bar(rows: pd.DataFrame, said: list[tuple[str, str]], catalogue: Catalogue, chosen: Filters, more: Callable[[], None]) -> None:
    """Files, picture and link side by side; `more` adds what else leads out of the page."""
    with st.container(horizontal=True, key="take-away"):
        show_formats(rows, said, catalogue)
        picture_button.show("region", chosen.to_params())
        show_link()
        more()


def _download(
    chosen: Selection, kind: Format, data: bytes | Callable[[], bytes], label: str, width: Literal["content", "stretch"] = "stretch"
) -> None:
    name, icon = build_file_name(chosen, kind.extension, kind.mark), ":material/table_view:" if kind.key == FIRST else None
    st.download_button(label, data, file_name=name, mime=kind.mime, key=f"take-{kind.key}", icon=icon, on_click="ignore", width=width)


@st.fragment
def _prepare_file(chosen: Selection) -> None:
    """A long file: choose its format, watch it being made, then take it; only this part of the page reruns."""
    t = get_locale()
    key = st.selectbox(t("Format"), list(FORMATS), format_func=lambda key: t(FORMATS[key].label), key="take-format")
    accessibility.announce("file", "")
    if st.button(t("Préparer le fichier"), key="take-prepare", icon=":material/hourglass_top:"):
        told = get_locale().write_count(len(chosen.actors), "Préparation de {n} ligne", "Préparation de {n} lignes")
        bar = st.progress(0.0, told)
        try:
            data = FORMATS[key].write(chosen, lambda share: bar.progress(share, told))
        except AppError as error:
            st.error(messages.escape_markdown(error.message(get_language())))
        else:
            _download(chosen, FORMATS[key], data, t("Télécharger"))
            accessibility.announce("file", t("Fichier prêt : {name}").format(name=t(FORMATS[key].label)))


def show_link() -> None:
    """The link that restores everything, to copy or to scan; made when it is asked for, so that it is never out of date."""
    box = st.popover(get_locale()("Lien et code QR"), icon=":material/qr_code_2:", key="take-link", on_change="rerun")
    with box:
        if box.open:
            _link_and_code(build_current_url())


def _figure(svg: str, caption: str) -> Markup:
    """A code and what it does, the one tied to the other; Streamlit's image has no text in its place."""
    figure = Markup(
        "<figure class='bc-link-code' role='figure' aria-label='{0}'><img src='{1}' alt='{2}'><figcaption>{0}</figcaption></figure>"
    )
    return figure.format(caption, encode_svg(svg), get_locale()("Code QR du lien ci-dessus"))


def _link_and_code(address: str) -> None:
    t = get_locale()
    st.code(address, language=None, wrap_lines=True)
    if not cache.settings().public_url:
        st.caption(t("Copie locale : ce lien et ce code n'ouvrent la page que sur cette machine."))
    try:
        show_html(_figure(qr.draw_svg(address), t("Ce code rouvre cette page : filtres, choix et fiche")))
        with st.container(horizontal=True):
            st.download_button(t("QR en PNG"), qr.draw_png(address), "biocarto-qr.png", "image/png", on_click="ignore")
            st.download_button(t("QR en SVG"), qr.draw_svg(address).encode(), "biocarto-qr.svg", "image/svg+xml", on_click="ignore")
    except AppError as error:
        st.info(messages.escape_markdown(error.message(get_language())))
