"""The list of positions: points that INSEE's geolocation has for actors with a number, and why others are not offered."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from biocarto.desk.acts import Desk, Intent
from biocarto.desk.members import Member
from biocarto.desk.official import positions
from biocarto.desk.official.files import DATASETS, OfficialFolder, OfficialKind
from biocarto.desk.official.positions import POSITION_TROUBLE_LABELS, PlacedPoint, PositionProposal, PositionReview
from biocarto.i18n import Locale
from biocarto.register.headers import translate_values
from biocarto.ui.desk import fields, official_list
from biocarto.ui.desk.official_list import ListedOffer, OfficialQuestion, Written
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

KEY = "positions"


def show(desk: Desk, member: Member, folder: OfficialFolder) -> None:
    """What the file offers; raises OfficialFileError, StoreError."""
    t, file = get_locale(), folder.find(OfficialKind.POSITIONS)
    if file is None:
        st.info(t("Il manque au dossier : {names}.").format(names=DATASETS[OfficialKind.POSITIONS].name))
        return
    with st.spinner(t("Lecture des fichiers officiels… (une demi-minute pour ceux de toute la France, la première fois)")):
        review = positions.review_positions(desk, file)
    official_list.show(member, _build_question(desk, review, t))
    _show_rest(review, t)


def _build_question(desk: Desk, review: PositionReview, t: Locale) -> OfficialQuestion:
    page = f"{review.file.title}, {review.file.page}"
    offers = [ListedOffer(f"{one.actor}|{one.subject}", one.actor, _tell(one, t), _explain(one, t), page, one) for one in review.proposals]
    return OfficialQuestion(
        KEY,
        t("Le point que l'INSEE donne à l'établissement, dans la commune de l'acteur seulement ; un point au hasard n'est jamais pris."),
        t("Rien à décider ici : tout est à jour, ou décidé."),
        t("D'après {source}").format(source=review.file.title),
        offers,
        frozenset(offer.key for offer in offers),
        lambda intent, items, shares: _accept(desk, intent, items),  # noqa: ARG005 - a point is nobody else's
        lambda intent, items: positions.refuse_positions(desk, intent, _pick(items)),
    )


def _pick(items: list[object]) -> list[PositionProposal]:
    return [item for item in items if isinstance(item, PositionProposal)]


def _accept(desk: Desk, intent: Intent, items: list[object]) -> Written:
    chosen = _pick(items)
    made = positions.accept_positions(desk, intent, chosen)
    return Written(made, len(chosen) if made else 0)


def _tell(one: PositionProposal, t: Locale) -> str:
    told = f"{_name_precision(one.now, t)} → {_name_precision(one.proposed, t)}"
    return f"**{escape_markdown(one.name)}** · {escape_markdown(told)}"


def _name_precision(point: PlacedPoint, t: Locale) -> str:
    return translate_values("actors", "position", t).get(point.position, point.position)


def _explain(one: PositionProposal, t: Locale) -> str:
    moved = t("à {n} m du point d'aujourd'hui").format(n=t.number(round(one.metres))) if one.metres is not None else ""
    told = (one.siret, f"{one.proposed.latitude}, {one.proposed.longitude}", moved)
    return escape_markdown(" · ".join(part for part in told if part))


def _show_rest(review: PositionReview, t: Locale) -> None:
    """Every actor with a number for which nothing is offered, and why."""
    told = (
        (review.unchanged, t.write_count(len(review.unchanged), "{n} point déjà dans le registre", "{n} points déjà dans le registre")),
        (
            review.commune_only,
            t.write_count(len(review.commune_only), "{n} connu par sa commune seulement", "{n} connus par leur commune seulement"),
        ),
        (review.absent, t.write_count(len(review.absent), "{n} absent du fichier", "{n} absents du fichier")),
        (review.refused, t.write_count(len(review.refused), "{n} refusé", "{n} refusés")),
    )
    if any(some for some, _ in told):
        fields.show_note(" · ".join(words for some, words in told if some))
    if review.conflicts:
        title = t.write_count(len(review.conflicts), "{n} point à regarder", "{n} points à regarder")
        items = [f"{one.name} ({one.siret}) : {t(POSITION_TROUBLE_LABELS[one.trouble])}" for one in review.conflicts]
        with st.expander(title):
            show_html(Markup("<ul class='bc-acts'>{}</ul>").format(Markup().join(Markup("<li>{}</li>").format(one) for one in items)))
