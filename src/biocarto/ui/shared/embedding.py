"""« Intégrer »: the code by which a site of others shows what is on screen, and who may."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from biocarto.render import embedding
from biocarto.render.embedding import TITLES, Embed, EmbedKind, Params, build_embed
from biocarto.ui.shared import cache, downloads, messages
from biocarto.ui.shared.language import build_language_params, get_locale

OF_REGION = (EmbedKind.MAP, EmbedKind.BAR)
OF_DIRECTORY = (EmbedKind.LIST, EmbedKind.MAP)
"""What of a page others may show."""


def show_button(kinds: Sequence[EmbedKind], params: Params) -> None:
    """The codes of some kinds for one question (`params` as in the address); made when they are asked for."""
    t = get_locale()
    _show(t("Intégrer"), [build_embed(kind, _with_language(params)) for kind in kinds], [t(TITLES[kind]) for kind in kinds])


def show_actor_button(actor: str, name: str) -> None:
    """The code of an actor's sheet."""
    _show(get_locale()("Intégrer la fiche"), [build_embed(EmbedKind.ACTOR, _with_language({}), actor)], [name])


def _with_language(params: Params) -> Params:
    return {**params, **{name: [value] for name, value in build_language_params().items()}}


def _show(label: str, embeds: Sequence[Embed], titles: Sequence[str]) -> None:
    t = get_locale()
    box = st.popover(label, icon=":material/code:", key=f"embed-{embeds[0].kind}", on_change="rerun")
    with box:
        if not box.open:
            return
        root = downloads.build_root()
        st.markdown(t("Copiez ce code dans une page de votre site : le cadre prend sa largeur, et la hauteur qu'il lui faut."))
        for embed, title in zip(embeds, titles, strict=True):
            if len(embeds) > 1:
                st.markdown(f"**{messages.escape_markdown(title)}**")
            st.code(str(embedding.write_code(embed, root, title)), language="html", wrap_lines=True)
        st.caption(messages.escape_markdown(_tell_who_may()))


def _tell_who_may() -> str:
    """Who may show it: what the operator has set, in words."""
    t, settings = get_locale(), cache.settings()
    if settings.frame_ancestors:
        return t("Sites autorisés par l'exploitant de ce serveur : {sites}.").format(sites=settings.frame_ancestors)
    contact = f" {t('Contact :')} {settings.contact}." if settings.contact else ""
    return (
        t("Aucun autre site n'est encore autorisé ici : donnez l'adresse du vôtre à l'exploitant, qui l'ajoute à BIOCARTO_FRAME_ANCESTORS.")
        + contact
    )
