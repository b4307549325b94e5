"""The room of official files: what lies in the operator's folder, and one list for each question that they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from biocarto.desk.acts import Desk, Intent
from biocarto.desk.members import Member
from biocarto.desk.official import files, freshness, mesr_offers, offers, reconcile
from biocarto.desk.official.files import DATASETS, Dating, OfficialFile, OfficialFolder, OfficialKind
from biocarto.desk.official.offers import ONE_BY_ONE, Offer, OfferKind
from biocarto.desk.official.register_look import RegisterLook
from biocarto.i18n import Locale
from biocarto.model import N_
from biocarto.ui.desk import fields, official_cache, official_candidates, official_list, official_positions, outcomes
from biocarto.ui.desk.official_list import PAGE, ListedOffer, OfficialQuestion, Written
from biocarto.ui.desk.official_words import explain_offer, tell_offer
from biocarto.ui.shared import address, cache, filter_bar
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html

LIST = "liste"
"""The list, in the address."""
FILES, POSITIONS, CANDIDATES = "fichiers", "positions", "candidats"


@dataclass(frozen=True)
class OfferList:
    """A list of offers: its label, what it means, the kinds that are on it, the files without which it is empty."""

    label: str
    lead: str
    kinds: tuple[OfferKind, ...]
    needs: tuple[OfficialKind, ...]
    is_bulk: bool = True


LISTS = {
    "numeros": OfferList(
        N_("Numéros à rapprocher"),
        N_(
            "L'établissement, la structure ou l'entreprise que chaque acteur sans numéro peut être, avec un score. Une décision est "
            "retenue : ce qui est refusé ne revient pas."
        ),
        (OfferKind.SIRET, OfferKind.RNSR, OfferKind.SIREN),
        (OfficialKind.ESTABLISHMENTS, OfficialKind.STRUCTURES, OfficialKind.I_NOV, OfficialKind.I_LAB),
        is_bulk=False,
    ),
    "ouverts": OfferList(
        N_("Ouverts"),
        N_("Le fichier les dit ouverts : le statut gagne une page datée du fichier."),
        (OfferKind.OPEN,),
        (OfficialKind.ESTABLISHMENTS, OfficialKind.STRUCTURES),
    ),
    "fermes": OfferList(
        N_("Fermés"),
        N_(
            "L'établissement est fermé depuis le jour dit. Ce n'est pas la fin de l'entreprise : si elle a cessé, c'est écrit à part, et "
            "elle peut avoir un autre site. Ceux dont un autre établissement a pris la suite hors de la région, ou sans qu'on sache où, se "
            "regardent un à un."
        ),
        (OfferKind.CLOSED, OfferKind.LEFT),
        (OfficialKind.ESTABLISHMENTS,),
    ),
    "deplaces": OfferList(
        N_("Déplacés"),
        N_("L'établissement est fermé, et un autre de la même entreprise a ouvert vers ce jour : l'acteur y aurait déménagé."),
        (OfferKind.MOVED,),
        (OfficialKind.ESTABLISHMENTS,),
    ),
    "renommes": OfferList(
        N_("Renommés"),
        N_("L'entreprise porte un autre nom que celui du registre. L'ancien reste dans l'historique."),
        (OfferKind.RENAMED,),
        (OfficialKind.ESTABLISHMENTS, OfficialKind.LEGAL_UNITS),
        is_bulk=False,
    ),
    "rouverts": OfferList(
        N_("Ouverts contre toute attente"),
        N_("Le registre les dit anciens ou annoncés, le fichier les dit ouverts : l'un des deux se trompe, regardez un à un."),
        (OfferKind.REOPENED,),
        (OfficialKind.ESTABLISHMENTS,),
        is_bulk=False,
    ),
}
"""Value of the address -> a list of offers, in the order of the page."""


def show(desk: Desk, member: Member) -> None:
    """The lists, and the one that the address names; raises StoreError, DataError, OfficialFileError."""
    t = get_locale()
    st.header(t("Fichiers officiels"), anchor=False)
    outcomes.show(desk, member)
    labels = {FILES: t("Fichiers"), **{key: t(one.label) for key, one in LISTS.items()}}
    labels |= {POSITIONS: t("Positions"), CANDIDATES: t("Candidats")}
    filter_bar.choose_one(LIST, labels, FILES, t("Ce que les fichiers disent"), resets=(PAGE, official_candidates.SOURCE))
    asked = address.read_value(LIST, labels, FILES)
    if asked == FILES:
        _show_files(files.list_official(cache.settings().official), t)
    elif asked == POSITIONS:
        official_positions.show(desk, member, files.list_official(cache.settings().official))
    elif asked == CANDIDATES:
        official_candidates.show(desk, member, official_cache.look(desk))
    else:
        _show_list(desk, member, asked)


# --- files ---------------------------------------------------------------------------------------------------------------

_DATINGS = {
    Dating.CONTENT: N_("d'après sa ligne la plus récente"),
    Dating.NAME: N_("d'après son nom"),
    Dating.MODIFIED: N_("d'après la date du fichier sur ce serveur : donnez-lui un nom daté"),
}
_BRINGS = {
    OfficialKind.ESTABLISHMENTS: N_("numéros, ouverts, fermés, déplacés, candidats"),
    OfficialKind.LEGAL_UNITS: N_("noms des entreprises : sans lui, ni renommés ni candidats"),
    OfficialKind.POSITIONS: N_("positions à la rue"),
    OfficialKind.STRUCTURES: N_("unités de recherche actives, numéros RNSR"),
    OfficialKind.I_NOV: N_("lauréats en santé"),
    OfficialKind.I_LAB: N_("lauréats en santé"),
}


def _show_files(folder: OfficialFolder, t: Locale) -> None:
    """Each kind of file: the one that is there, with its date, else where it is published."""
    show_html(Markup("<p class='bc-note'>{}</p>").format(_tell_folder(folder, t)))
    lines = [_draw_kind(kind, folder.find(kind), t) for kind in OfficialKind]
    show_html(Markup("<div class='bc-todo'>{}</div>").format(Markup().join(lines)))
    if folder.troubles:
        items = Markup().join(Markup("<li>{}</li>").format(notice.text(t.language)) for notice in folder.troubles)
        title = t("Dans le dossier, mais pas lus")
        show_html(Markup("<div class='bc-todo'><section><h3>{}</h3><ul class='bc-acts'>{}</ul></section></div>").format(title, items))


def _tell_folder(folder: OfficialFolder, t: Locale) -> str:
    return t(
        "Dossier lu : {folder} (BIOCARTO_OFFICIAL). Rien n'est téléchargé : l'exploitant y dépose les fichiers tels qu'ils sont publiés, "
        "et remplace les anciens."
    ).format(folder=folder.folder)


def _draw_kind(kind: OfficialKind, file: OfficialFile | None, t: Locale) -> Markup:
    if file is None:
        told = t("Absent. À prendre sur {page} et à déposer dans le dossier.").format(page=DATASETS[kind].page)
    else:
        told = t("{file}, du {day} ({dating}).").format(file=file.name, day=t.day(file.dated), dating=t(_DATINGS[file.dating]))
    return Markup("<section><h3>{}</h3><p>{}</p><p class='bc-note'>{}</p></section>").format(
        DATASETS[kind].name, told, t("Sert à : {use}").format(use=t(_BRINGS[kind]))
    )


# --- offers --------------------------------------------------------------------------------------------------------------


def _show_list(desk: Desk, member: Member, key: str) -> None:
    t, asked = get_locale(), LISTS[key]
    look = official_cache.look(desk)
    there = [kind for kind in asked.needs if look.folder.find(kind)]
    if not there:
        names = ", ".join(DATASETS[kind].name for kind in asked.needs)
        st.info(t("Aucun fichier du dossier ne répond à cette question. Il faudrait l'un de : {names}.").format(names=names))
        return
    found = read_offers(desk, look, key)
    official_list.show(member, _build_question(desk, look, key, found))
    if key == "numeros":
        _show_unknown(look, t)


def read_offers(desk: Desk, look: RegisterLook, key: str) -> list[Offer]:
    """The offers of a list, made once for the files, the register and the decisions as they are."""
    if key == "numeros":
        return [
            *official_cache.keep_list(desk, look, "siret", lambda: reconcile.list_siret_offers(look)),
            *official_cache.keep_list(desk, look, "rnsr", lambda: mesr_offers.list_structure_offers(look)),
            *official_cache.keep_list(desk, look, "siren", lambda: mesr_offers.list_laureate_offers(look)),
        ]
    found = official_cache.keep_list(
        desk, look, "freshness", lambda: [*freshness.list_freshness_offers(look), *mesr_offers.list_active_offers(look)]
    )
    return [offer for offer in found if offer.kind in LISTS[key].kinds]


def _build_question(desk: Desk, look: RegisterLook, key: str, found: Sequence[Offer]) -> OfficialQuestion:
    t, asked = get_locale(), LISTS[key]
    names = {row.id: row.cells.get("name", row.id) for row in look.actors}
    certain = [offer for offer in found if offer.kind not in ONE_BY_ONE]
    sure = certain if asked.is_bulk else [offer for offer in reconcile.list_clear(found) if key == "numeros"]
    title = next((offer.evidence.source_title for offer in found), "")
    return OfficialQuestion(
        key,
        t(asked.lead),
        t("Rien à décider ici : tout est à jour, ou décidé."),
        t("D'après {source}").format(source=title),
        [_list_offer(offer, names, t) for offer in found],
        frozenset("|".join(offer.key) for offer in sure),
        lambda intent, items, shares: _accept(desk, intent, items, shares=shares),
        lambda intent, items: offers.refuse_offers(desk, intent, [item for item in items if isinstance(item, Offer)]),
        may_share=key == "numeros",
    )


def _list_offer(offer: Offer, names: Mapping[str, str], t: Locale) -> ListedOffer:
    page = f"{offer.evidence.source_title}, {offer.evidence.source_url}"
    return ListedOffer("|".join(offer.key), offer.row_id, tell_offer(offer, t), explain_offer(offer, names, t), page, offer)


def _accept(desk: Desk, intent: Intent, items: list[object], *, shares: bool) -> Written:
    t = get_locale()
    done = offers.accept_offers(desk, intent, [item for item in items if isinstance(item, Offer)], shares=shares)
    return Written(done.change_set, len(done.done), tuple(obstacle.text(t.language) for obstacle in done.left))


def _show_unknown(look: RegisterLook, t: Locale) -> None:
    """Numbers that no row of the file has, and structures that are on the list no more: for a person to look at."""
    unknown = [f"{one.name} ({one.siret})" for one in freshness.list_unknown_numbers(look)]
    if look.folder.find(OfficialKind.STRUCTURES):
        gone = mesr_offers.list_absent(look)
        unknown += [f"{row.cells.get('name', row.id)} ({row.cells['rnsr']})" for row in gone]
    if unknown:
        title = t.write_count(len(unknown), "{n} numéro que les fichiers n'ont pas", "{n} numéros que les fichiers n'ont pas")
        with st.expander(title):
            fields.show_note(t("Une faute de frappe, un numéro remplacé, ou un établissement que l'INSEE ne diffuse pas."))
            show_html(Markup("<ul class='bc-acts'>{}</ul>").format(Markup().join(Markup("<li>{}</li>").format(one) for one in unknown)))
