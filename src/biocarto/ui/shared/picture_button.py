"""The button "Image" beside a map or a chart: what it shows as a picture, seen small and as files to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from biocarto.addresses import PICTURE
from biocarto.export.picture.asking import KINDS
from biocarto.export.picture.model import SIZES
from biocarto.export.picture.writing import WRITERS
from biocarto.model import N_
from biocarto.render.html import has_links
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html

Params = Mapping[str, str | Sequence[str]]

SIZE_LABELS = {
    "1920x1080": N_("Diapositive, 1920 × 1080"),
    "a4-portrait": N_("A4 en hauteur, 300 points par pouce"),
    "a4-landscape": N_("A4 en largeur, 300 points par pouce"),
}
"""Size -> how the list of files names it."""


def show(name: str, params: Params, *, key: str = "") -> None:
    """The button for a picture of `KINDS`, asked for with `params`; nothing is made before it is opened. A stand has none.

    `key` tells two buttons for pictures of one name apart.
    """
    if not has_links():
        return
    own = f"picture-{key or name}"
    box = st.popover(get_locale()("Image"), icon=":material/image:", key=own, on_change="rerun")
    if box.open:
        with box:
            _show_files(name, params, own)


def _show_files(name: str, params: Params, own: str) -> None:
    """The two choices, the picture, and its files."""
    t = get_locale()
    chosen: dict[str, str | Sequence[str]] = {**params, "lang": get_language()}
    with st.container(horizontal=True):
        if st.toggle(t("Fond transparent"), key=f"{own}-transparent"):
            chosen["transparent"] = "1"
        if cache.settings().public_url and st.toggle(t("Code QR"), key=f"{own}-code"):
            chosen["qr"] = "1"
    show_html(render_files(name, chosen))


def build_link(name: str, extension: str, params: Params) -> str:
    """The address of a picture, from any page of ours."""
    return f"{PICTURE}/{name}.{extension}?{urlencode(params, doseq=True)}"


def render_files(name: str, params: Params) -> Markup:
    """The picture, small, and a link for each size and form."""
    t, first = get_locale(), next(iter(SIZES))
    title = t(KINDS[name].label)
    seen = Markup("<img class='bc-picture' src='{}' alt='{}' width='1920' height='1080'>").format(
        build_link(name, "png", {**params, "size": first}), t("Aperçu : {title}").format(title=title)
    )
    lines = Markup().join(
        Markup("<li>{}{}{}</li>").format(t(label), t.colon, _render_forms(name, {**params, "size": size}, f"{title}, {t(label)}"))
        for size, label in SIZE_LABELS.items()
    )
    return Markup("<div class='bc-pictures'>{}<ul>{}</ul></div>").format(seen, lines)


def _render_forms(name: str, params: Params, title: str) -> Markup:
    """PNG and SVG, each a file with a speaking name."""
    return Markup(", ").join(
        Markup("<a href='{}' download aria-label='{}'>{}</a>").format(
            build_link(name, extension, {**params, "download": "1"}), f"{title}, {extension.upper()}", extension.upper()
        )
        for extension in WRITERS
    )
