"""The visitor's list, and the code that takes it to a phone: a link to the public site, or a text that needs no network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Mapping

import streamlit as st
from markupsafe import Markup

from biocarto import labels
from biocarto.analysis import whereabouts
from biocarto.booth import shortlist
from biocarto.booth.shortlist import BEYOND, Payload, Shortlist
from biocarto.errors import ExportError
from biocarto.model import N_, NP_, Precision
from biocarto.register.catalogue import Catalogue
from biocarto.render import locator
from biocarto.render.qr import draw_png, draw_text_png
from biocarto.rows import list_rows
from biocarto.ui.booth import doors, frame, state
from biocarto.ui.shared import address, cache
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

CODES = {"link": N_("Un lien vers le site"), "text": N_("Un texte, sans réseau")}
MORE = {"link": N_("Le lien vers le site en emporte {n}."), "text": N_("Le texte, sans réseau, en emporte {n}.")}
_AIMS = {
    "link": NP_("Visez ce code : {n} acteur s'ouvre sur le site.", "Visez ce code : {n} acteurs s'ouvrent sur le site."),
    "text": NP_("Visez ce code : {n} acteur, lu sans réseau.", "Visez ce code : {n} acteurs, lus sans réseau."),
}
FINDING = ("near", "who", "networks", "survey")
"""Doors behind which there are actors to keep."""
DRAWN = 6
"""Actors of a list that is short enough for a map below it."""
_SCALE = 10
"""Pixels per module: the style sheet makes the picture as large as the screen allows."""
_DENSE = 100
"""Modules on a side, margin included, from which on the code needs all of the room of a small screen."""


def show(catalogue: Catalogue, kept: Shortlist) -> None:
    """What is kept, each with a way to let it go; beside it the code."""
    t = get_locale()
    if not kept.ids:
        frame.show_heading(t("Votre liste est vide"), t("Ouvrez la fiche d'un acteur et touchez « Garder » : il vous attend ici."))
        doors.show(catalogue, FINDING, look="finding")
        return
    with st.container(key="booth-room-kept"):
        with st.container(key="booth-code"):
            left = _show_code(catalogue, kept)
        with st.container(key="booth-kept"):
            _show_list(catalogue, kept, left)


def _show_list(catalogue: Catalogue, kept: Shortlist, left: Collection[str]) -> None:
    """A line for each actor; those that the code has `left` out are marked."""
    t = get_locale()
    mark = Markup(" <span class='bc-out'>{}</span>").format(t("Pas dans ce code"))
    for actor in list_rows(catalogue.actors.loc[list(kept.ids)]):
        key = actor["id"]
        with st.container(horizontal=True, vertical_alignment="center", key=f"booth-line-{key}"):
            where = whereabouts.name_place(actor, get_locale())
            out = mark if key in left else Markup()
            show_html(Markup("<p class='bc-kept'><strong>{}</strong><br>{}{}</p>").format(actor["name"], where, out))
            st.button(t("Retirer"), key=f"drop-{key}", icon=":material/close:", on_click=state.drop, args=(key,))
    _show_places(catalogue, kept)
    if kept.beyond:
        words = get_locale().write_count(len(kept.beyond), *BEYOND, most=shortlist.MOST)
        show_html(Markup("<p>{}</p>").format(words))


def _show_places(catalogue: Catalogue, kept: Shortlist) -> None:
    """A small map of a short list: a longer one takes the room itself."""
    rows = list_rows(catalogue.actors.loc[list(kept.ids)])
    if len(rows) > DRAWN or all(row["precision"] == Precision.AREA for row in rows):
        return
    ground = cache.make_once("locator base", lambda: locator.draw_base(catalogue.territory))
    source = locator.encode_svg(locator.draw_actors(rows, ground, 7))
    show_html(Markup("<div class='bc-where'><img src='{}' alt=''></div>").format(source))


def _show_code(catalogue: Catalogue, kept: Shortlist) -> tuple[str, ...]:
    """The two kinds of code to choose from and the chosen one; the actors that it has no room for."""
    t, base = get_locale(), cache.settings().booth_url
    way = address.read_value("code", CODES, "link") if base else "text"
    if base:
        frame.show_tiles(
            "code", [(key, t(label), "") for key, label in CODES.items()], lambda key: address.write("code", key, "link"), [way]
        )
    payloads = {"text": shortlist.encode_text(kept.ids, catalogue)} | (
        {"link": shortlist.encode_link(base, kept.ids, get_language())} if base else {}
    )
    payload = payloads.pop(way)
    try:
        picture = draw_png(payload.text, _SCALE) if way == "link" else draw_text_png(payload.text, _SCALE)
    except ExportError as error:
        st.info(escape_markdown(error.message(get_language())))
        return ()
    _show_picture(picture, payload, way)
    if payload.left:
        _show_left(payload, payloads)
    return payload.left


def _show_picture(picture: bytes, payload: Payload, way: str) -> None:
    t = get_locale()
    words = get_locale().write_count(len(payload.held), *_AIMS[way])
    source = "data:image/png;base64," + b64encode(picture).decode("ascii")
    modules = _width(picture) // _SCALE
    image = Markup("<img src='{}' alt='{}' style='--bc-modules: {}'>").format(source, t("Code QR de votre liste"), modules)
    look = "bc-code bc-dense" if modules > _DENSE else "bc-code"
    figure = Markup(
        "<figure class='{0}' role='figure' aria-label='{2}'><div class='bc-code-room'>{1}</div><figcaption>{2}</figcaption></figure>"
    )
    show_html(figure.format(look, image, words))


def _width(picture: bytes) -> int:
    """Pixels of a PNG: https://www.w3.org/TR/png-3/#11IHDR."""
    return int.from_bytes(picture[16:20], "big")


def _show_left(payload: Payload, others: Mapping[str, Payload]) -> None:
    """How many the code leaves out, which the list marks; and the other kind of code where it takes more along."""
    t = get_locale()
    words = [
        t("Ne tiennent pas dans ce code : {n}, à voir dans la liste.").format(
            n=labels.label_count(len(payload.left), "acteur", "acteurs", get_language())
        )
    ]
    for way, other in others.items():
        if len(other.held) > len(payload.held):
            words.append(t(MORE[way]).format(n=get_locale().number(len(other.held))))
    show_html(Markup("<p class='bc-left'>{}</p>").format(" ".join(words)))
