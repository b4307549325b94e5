"""What official files say, in words: an offer, its score and what it is made of, what a file tells of an establishment."""

from __future__ import annotations

from collections.abc import Mapping

from biocarto.desk.official.activities import ACTIVITIES, label_employees
from biocarto.desk.official.offers import Offer, OfferKind
from biocarto.i18n import Locale
from biocarto.model import N_
from biocarto.register.headers import translate_header, translate_values
from biocarto.ui.shared.messages import escape_markdown

ACTORS = "actors"
PART_LABELS = {
    "name": N_("nom"),
    "commune": N_("commune"),
    "place": N_("commune"),
    "activity": N_("activité"),
    "open": N_("ouvert"),
    "siren": N_("SIREN"),
}
"""What a score is made of."""
_SILENT = {"siret", "commune_code", "state", "since", "unit_state", "unit_since", "employees", "created", "activity"}
"""What is told by others, or with them."""


_DATED = {OfferKind.CLOSED, OfferKind.LEFT, OfferKind.MOVED}
"""Kinds whose day is that of the change itself."""


def tell_offer(offer: Offer, t: Locale) -> str:
    """The row, and each cell as it is and as it would be, in Markdown."""
    changes = [_tell_change(column, before, after, t) for column, (before, after) in offer.cells.items()]
    kept = [
        t("{column} confirmé par une page de {year}").format(column=translate_header(column, t), year=offer.evidence.as_of)
        for column in offer.confirms
    ]
    since = offer.evidence.valid_from if offer.kind in _DATED else ""
    dated = [t("depuis le {day}").format(day=t.day(since))] if since else []
    return f"**{escape_markdown(offer.name)}** · {escape_markdown(' ; '.join([*changes, *kept, *dated]))}"


def _tell_change(column: str, before: str, after: str, t: Locale) -> str:
    words = translate_values(ACTORS, column, t)
    if not before:
        return t("{column} : {value}").format(column=translate_header(column, t), value=words.get(after, after))
    old, new = (words.get(cell, cell) or t("rien") for cell in (before, after))
    return t("{column} : « {old} » → « {new} »").format(column=translate_header(column, t), old=old, new=new)


def explain_offer(offer: Offer, names: Mapping[str, str], t: Locale) -> str:
    """What the file says, the score with its parts, and who has the same number, in Markdown."""
    told = [tell_establishment(offer.told, t)]
    if following := {name.removeprefix("next_"): text for name, text in offer.told.items() if name.startswith("next_")}:
        told.append(t("puis : {place}").format(place=tell_establishment(following, t)))
    if offer.parts:
        parts = ", ".join(f"{t(PART_LABELS[part])} {t.number(value, 2)}" for part, value in offer.parts.items() if part in PART_LABELS)
        told.append(t("score {score} ({parts})").format(score=t.number(offer.score, 2), parts=parts))
    if offer.shared:
        told.append(t("même numéro pour : {names}").format(names=", ".join(names.get(row_id, row_id) for row_id in offer.shared)))
    return escape_markdown(" · ".join(part for part in told if part))


def tell_establishment(told: Mapping[str, str], t: Locale) -> str:
    """What a file says of an establishment, a structure or a laureate, in one line."""
    plain = [text for name, text in told.items() if text and name not in _SILENT and not name.startswith("next_")]
    activity = ACTIVITIES.get(told.get("activity", ""))
    coded = f"{activity.code} {t(activity.label)}" if activity else told.get("activity", "")
    size = t(label_employees(told["employees"])) if told.get("employees") else ""
    return " · ".join(part for part in (*plain, coded, size, *_tell_dates(told, t)) if part)


def _tell_dates(told: Mapping[str, str], t: Locale) -> list[str]:
    """Created, closed since, its legal unit ceased since."""
    words = []
    if created := told.get("created"):
        words.append(t("créé le {day}").format(day=t.day(created)))
    if told.get("state") == "F" and told.get("since"):
        words.append(t("fermé depuis le {day}").format(day=t.day(told["since"])))
    if told.get("unit_state") == "C":
        day = t.day(told.get("unit_since", ""))
        words.append(t("entreprise cessée le {day}").format(day=day) if day else t("entreprise cessée"))
    return words
