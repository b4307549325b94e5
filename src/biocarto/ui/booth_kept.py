"""The visitor's list, and the code that takes it to a phone: a link to the public site, or a text that needs no network."""

from __future__ import annotations

from base64 import b64encode
from html import escape

import streamlit as st

from biocarto import labels
from biocarto.booth import shortlist
from biocarto.booth.shortlist import Payload, Shortlist
from biocarto.export.errors import ExportError
from biocarto.export.qr import qr_png, text_png
from biocarto.joins import Catalogue
from biocarto.model import N_
from biocarto.rows import each
from biocarto.ui import address, booth_actors, booth_frame, booth_state, cache
from biocarto.ui.language import current, text
from biocarto.ui.messages import plain

CODES = {"link": N_("Un lien vers le site"), "text": N_("Un texte, sans réseau")}
_SCALE = 10
"""Pixels per module: the style sheet makes the picture as large as the screen allows."""


def show(catalogue: Catalogue, kept: Shortlist) -> None:
    """What is kept, each with a way to let it go; beside it the code."""
    t = text()
    if not kept.ids:
        booth_frame.lead(t("Votre liste est vide"), t("Ouvrez la fiche d'un acteur et touchez « Garder » : il vous attend ici."))
        return
    with st.container(key="booth-room-kept"):
        with st.container(key="booth-code"):
            _code(catalogue, kept)
        with st.container(key="booth-kept"):
            _listed(catalogue, kept)


def _listed(catalogue: Catalogue, kept: Shortlist) -> None:
    t = text()
    for actor in each(catalogue.actors.loc[list(kept.ids)]):
        key = actor["id"]
        with st.container(horizontal=True, vertical_alignment="center", key=f"booth-line-{key}"):
            st.html(f"<p class='bc-kept'><strong>{escape(actor['name'])}</strong><br>{escape(actor['place_name'])}</p>")
            st.button(t("Retirer"), key=f"drop-{key}", icon=":material/close:", on_click=booth_state.drop, args=(key,))
    if kept.beyond:
        words = t("{n} acteurs de plus ne tiennent pas : une liste en compte {most}.").format(n=len(kept.beyond), most=shortlist.MOST)
        st.html(f"<p>{escape(words)}</p>")


def _code(catalogue: Catalogue, kept: Shortlist) -> None:
    t, base = text(), cache.settings().booth_url
    way = address.value("code", CODES, "link") if base else "text"
    if base:
        booth_frame.tiles(
            "code", [(key, t(label), "") for key, label in CODES.items()], lambda key: address.write("code", key, "link"), [way]
        )
    found = shortlist.online(base, kept.ids, current()) if way == "link" else shortlist.offline(kept.ids, catalogue)
    try:
        picture = qr_png(found.text, _SCALE) if way == "link" else text_png(found.text, _SCALE)
    except ExportError as error:
        st.info(plain(error.message(current())))
        return
    _drawn(picture, found, way, catalogue)


def _drawn(picture: bytes, found: Payload, way: str, catalogue: Catalogue) -> None:
    t = text()
    n = booth_actors.counted(len(found.held))
    words = {"link": t("Visez ce code : {n} s'ouvrent sur le site."), "text": t("Visez ce code : {n}, lus sans réseau.")}[way].format(n=n)
    source = "data:image/png;base64," + b64encode(picture).decode("ascii")
    image = f"<img src='{source}' alt='{escape(t('Code QR de votre liste'))}'>"
    st.html(f"<figure class='bc-code'>{image}<figcaption>{escape(words)}</figcaption></figure>")
    if found.left:
        names = labels.joined([str(catalogue.actors.at[actor, "name"]) for actor in found.left], t("et"))
        st.html(f"<p class='bc-left'>{escape(t('Ne tiennent pas dans ce code :'))} {escape(names)}.</p>")
