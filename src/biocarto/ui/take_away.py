"""Take the selection away: every format, exactly as filtered; the link that restores it, and its QR code."""

from __future__ import annotations

from datetime import date
from functools import partial
from urllib.parse import urlencode, urlsplit

import pandas as pd
import streamlit as st

from biocarto.errors import AppError
from biocarto.export import qr, selection
from biocarto.export.formats import FORMATS
from biocarto.export.selection import Selection, file_name, quiet
from biocarto.joins import Catalogue
from biocarto.ui import messages
from biocarto.ui.language import current, text


def _link() -> str:
    """The address of what is on screen: page, question, sheet, language."""
    page = urlsplit(st.context.url or "")
    params = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    spoken = [] if any(name == "lang" for name, _ in params) or current() == "fr" else [("lang", current())]
    query = urlencode([*params, *spoken])
    return f"{page.scheme}://{page.netloc}{page.path}" + (f"?{query}" if query else "")


def _selection(rows: pd.DataFrame, said: list[tuple[str, str]], catalogue: Catalogue) -> Selection:
    return selection.of(
        rows,
        filters=said,
        link=_link(),
        made=date.today(),
        about=catalogue.resources["actors"],
        described=catalogue.resources["actors"]["columns"][current()],
        lang=current(),
    )


def formats(rows: pd.DataFrame, said: list[tuple[str, str]], catalogue: Catalogue) -> None:
    """One button per format; a file is made when its button is pressed, not before."""
    t, chosen = text(), _selection(rows, said, catalogue)
    with st.popover(t("Emporter ces {n} lignes").format(n=len(rows)), icon=":material/download:"):
        for kind in FORMATS.values():
            st.download_button(
                t(kind.label),
                partial(kind.write, chosen, quiet),
                file_name=file_name(chosen, kind.extension),
                mime=kind.mime,
                key=f"take-{kind.key}",
                on_click="ignore",
                width="stretch",
            )


def link() -> None:
    """The link that restores everything, to copy or to scan."""
    t, here = text(), _link()
    with st.popover(t("Lien et code QR"), icon=":material/qr_code_2:"):
        st.code(here, language=None, wrap_lines=True)
        try:
            st.image(qr.qr_png(here), width=280, caption=t("Ce code rouvre exactement cette page"))
            with st.container(horizontal=True):
                st.download_button(t("QR en PNG"), qr.qr_png(here), "biocarto-qr.png", "image/png", on_click="ignore")
                st.download_button(t("QR en SVG"), qr.qr_svg(here).encode(), "biocarto-qr.svg", "image/svg+xml", on_click="ignore")
        except AppError as error:
            st.info(messages.plain(error.message(current())))
