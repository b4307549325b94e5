"""What official files say about the register, and what is taken of it: the same functions as the desk's page, in the operator's name."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from biocarto.desk.facts import ChangeSet
from biocarto.desk.official import candidates, freshness, offers, reconcile
from biocarto.desk.official.activities import ACTIVITIES, label_employees
from biocarto.desk.official.candidates import Candidate
from biocarto.desk.official.files import DATASETS, Dating, OfficialKind
from biocarto.desk.official.offers import ONE_BY_ONE, Acceptance, Offer, OfferKind
from biocarto.desk.official.register_look import RegisterLook, look_at
from biocarto.errors import CallError, quote_value
from biocarto.i18n import Locale
from biocarto.model import N_
from biocarto.verbs.desk_verbs.shared import (
    add_evidence,
    add_json,
    add_shared,
    add_verb,
    add_why,
    build_evidence,
    build_intent,
    choose_words,
    open_desk,
    print_json,
    read_cells,
    read_settings,
    require_readable_words,
    tell_done,
)
from biocarto.verbs.official_verbs import positions

_DATINGS = {Dating.CONTENT: N_("lu dans le fichier"), Dating.NAME: N_("dans son nom"), Dating.MODIFIED: N_("écrit ce jour-là")}
_WORDS = {
    OfferKind.SIRET: N_("SIRET proposés"),
    OfferKind.OPEN: N_("Toujours ouverts"),
    OfferKind.CLOSED: N_("Établissements fermés"),
    OfferKind.LEFT: N_("Fermés, la suite est ailleurs"),
    OfferKind.MOVED: N_("Déménagements"),
    OfferKind.RENAMED: N_("Nom officiel différent"),
    OfferKind.REOPENED: N_("Ouverts selon le fichier, non selon le registre"),
}
_KINDS = [kind.value for kind in _WORDS]
"""What SIRENE's files offer; the numbers of the ministry's lists are decided on at the desk."""


def add_arguments(parser: ArgumentParser) -> None:
    """One sub-verb, each with its own arguments."""
    add_shared(parser)
    verbs = parser.add_subparsers(dest="official_verb", required=True, metavar="VERB")
    add_json(add_verb(verbs, "status", "les fichiers du dossier | the files of the folder", show_status))
    add_json(add_verb(verbs, "reconcile", "les SIRET proposés | the SIRETs proposed", show_reconciled))
    add_json(add_verb(verbs, "freshness", "ouverts, fermés, déménagés, renommés | open, closed, moved, renamed", show_freshness))
    show = add_verb(verbs, "candidates", "ce que le registre n'a pas | what the register lacks", show_candidates)
    show.add_argument("--near", action="store_true", help="seuls codes les plus proches | only the nearest codes")
    add_json(show)
    positions.add_verbs(verbs)
    accept = add_verb(verbs, "accept", "écrire des propositions en un acte | write proposals as one act", accept_some)
    accept.add_argument("kind", choices=_KINDS)
    accept.add_argument(
        "actors",
        nargs="*",
        metavar="ID[=SIRET]",
        help="aucun : toutes (siret : les sûres ; left, renamed, reopened : à nommer) | none: all (siret: the sure ones)",
    )
    accept.add_argument("--shared", action="store_true", help="un SIRET peut avoir deux acteurs | a SIRET may have two actors")
    add_why(accept)
    refuse = add_verb(verbs, "refuse", "ne plus proposer | propose no more", refuse_some)
    refuse.add_argument("kind", choices=[*_KINDS, candidates.CANDIDATE])
    refuse.add_argument("names", nargs="+", metavar="ID[=SIRET]", help="candidate : SIRET")
    add_why(refuse)
    add = add_verb(verbs, "add", "un candidat est des nôtres | a candidate is ours", add_one)
    add.add_argument("siret")
    add.add_argument("cells", nargs="+", metavar="FIELD=VALUE", help="activity_fr=… category=…")
    add_evidence(add)
    add_why(add)


def run(given: Namespace) -> int:
    """What the sub-verb answers: 0, or 1 where something was left out."""
    require_readable_words(given)
    code: int = given.perform(given)
    return code


def _look(given: Namespace, *, reads: bool = True) -> RegisterLook:
    return look_at(open_desk(given), read_settings(given).official, reads=reads)


# --- looks ------------------------------------------------------------------------------------------------------------


def show_status(given: Namespace) -> int:
    """What lies there, of what day, what cannot be read, what is missing."""
    folder, t = _look(given, reads=False).folder, choose_words(given)
    if given.json:
        files = [
            {"name": f.name, "kind": f.kind.value, "dated": f.dated, "dating": f.dating.value, "columns": len(f.header)}
            for f in folder.files
        ]
        troubles = [{"name": notice.table, "message": notice.text(t.language)} for notice in folder.troubles]
        print_json({"folder": str(folder.folder), "files": files, "troubles": troubles, "missing": [kind.value for kind in folder.missing]})
        return 0
    print(t("Dossier des fichiers officiels : {folder}").format(folder=folder.folder))
    for file in folder.files:
        told = t("{dataset}, du {day} ({dating}) : {name}")
        print(f"   {told.format(dataset=DATASETS[file.kind].name, day=t.day(file.dated), dating=t(_DATINGS[file.dating]), name=file.name)}")
    for notice in folder.troubles:
        print(f"   {notice.text(t.language)}")
    for kind in folder.missing:
        print(f"   {t('Absent : {dataset}').format(dataset=DATASETS[kind].name)}")
    return 0


def show_reconciled(given: Namespace) -> int:
    """The best establishments of each actor without a SIRET."""
    return _show_offers(given, reconcile.list_siret_offers(_look_or_tell(given)))


def show_freshness(given: Namespace) -> int:
    """What became of those that have one."""
    look, t = _look_or_tell(given), choose_words(given)
    code = _show_offers(given, freshness.list_freshness_offers(look))
    if not given.json:
        for lost in freshness.list_unknown_numbers(look):
            print(t("SIRET que le fichier n'a pas : {siret} ({name})").format(siret=lost.siret, name=lost.name))
    return code


def _look_or_tell(given: Namespace) -> RegisterLook:
    """The register beside SIRENE; raises CallError without its file."""
    look = _look(given)
    if look.sirene is None:
        named = quote_value(look.folder.folder)
        needed = DATASETS[OfficialKind.ESTABLISHMENTS].name
        raise CallError(
            f"{named} n'a pas de fichier {needed}. Déposez-le (docs/commands.md) ; rien n'est téléchargé.",
            f"{named} has no file {needed}. Put it there (docs/commands.md); nothing is downloaded.",
        )
    for notice in look.sirene.notices:
        print(notice.text(choose_words(given).language), file=sys.stderr)
    return look


def _show_offers(given: Namespace, found: Sequence[Offer]) -> int:
    t = choose_words(given)
    if given.json:
        print_json([_list_offer(offer) for offer in found])
        return 0
    for kind, words in _WORDS.items():
        own = [offer for offer in found if offer.kind is kind]
        if own:
            print(f"{t(words)}{t.colon}{t.number(len(own))}")
        for offer in own:
            print(f"   {_tell_offer(offer, t)}")
    if not found:
        print(t("Rien à décider."))
    return 0


def _list_offer(offer: Offer) -> Mapping[str, object]:
    evidence = offer.evidence
    told = {"kind": offer.kind.value, "id": offer.row_id, "name": offer.name, "subject": offer.subject, "score": offer.score}
    cells = [{"field": column, "before": before, "after": after} for column, (before, after) in offer.cells.items()]
    page = {
        "source_url": evidence.source_url,
        "source_title": evidence.source_title,
        "as_of": evidence.as_of,
        "valid_from": evidence.valid_from,
    }
    more = {"parts": dict(offer.parts), "confirms": list(offer.confirms), "shared": list(offer.shared), "file": dict(offer.told)}
    return {**told, "cells": cells, **page, **more}


def _tell_offer(offer: Offer, t: Locale) -> str:
    cells = ", ".join(f"{column}{t.colon}{before or '∅'} → {after or '∅'}" for column, (before, after) in offer.cells.items())
    file = ", ".join(offer.told[name] for name in ("name", "commune", "activity") if offer.told.get(name))
    score = f" [{t.percent(100 * offer.score)}]" if offer.parts else ""
    ceased = f" ({t('unité légale cessée')})" if offer.told.get("unit_state") == freshness.CEASED else ""
    return f"{offer.row_id}{score} – {' ; '.join(filter(None, (cells, file)))}{ceased}"


def show_candidates(given: Namespace) -> int:
    """Open establishments of the sector's codes that nobody has decided on."""
    look, t = _look_or_tell(given), choose_words(given)
    found = [one for one in candidates.list_candidates(look) if one.is_near or not given.near]
    if given.json:
        print_json([asdict(one) for one in found])
        return 0
    if look.sirene and not look.sirene.has_units:
        print(t("Sans {dataset}, personne ne peut être nommé : aucun candidat.").format(dataset=DATASETS[OfficialKind.LEGAL_UNITS].name))
    for one in found:
        label = ACTIVITIES[one.activity].label
        told = (one.siret, one.name, one.commune, t(label_employees(one.employees)), one.created, f"{one.activity} {t(label)}")
        print(" ; ".join(told))
    return 0


# --- acts -------------------------------------------------------------------------------------------------------------


def accept_some(given: Namespace) -> int:
    """One act; what was left out is told, and then it ends with 1."""
    if given.kind in ONE_BY_ONE and not given.actors:
        raise CallError(
            f"« {given.kind} » se décide un à un : nommez les acteurs. Rien n'a été modifié.",
            f"“{given.kind}” is decided one by one: name the actors. Nothing was changed.",
        )
    look, t = _look_or_tell(given), choose_words(given)
    found = _list_kind(look, OfferKind(given.kind))
    chosen = _choose(found, given.actors) if given.actors else reconcile.list_clear(found) if given.kind == OfferKind.SIRET else found
    desk = open_desk(given)
    made: Acceptance = offers.accept_offers(desk, build_intent(given.why), chosen, shares=given.shared)
    for obstacle in made.left:
        print(f"{t('Laissé de côté')}{t.colon}{obstacle.text(t.language)}")
    tell_done(given, desk.store, made.change_set)
    return int(bool(made.left))


def refuse_some(given: Namespace) -> int:
    """They are remembered as refused, for the reason given."""
    look, t = _look_or_tell(given), choose_words(given)
    if given.kind == candidates.CANDIDATE:
        count = len(some := _find_candidates(look, given.names))
        candidates.refuse_candidates(open_desk(given), build_intent(given.why), (one.siret for one in some))
    else:
        count = len(chosen := _choose(_list_kind(look, OfferKind(given.kind)), given.names))
        offers.refuse_offers(open_desk(given), build_intent(given.why), chosen)
    print(t("Ne seront plus proposés : {n}.").format(n=t.number(count)))
    return 0


def add_one(given: Namespace) -> int:
    """A new actor, by a page that says what it does."""
    cells, look, desk = read_cells(given.cells), _look_or_tell(given), open_desk(given)
    [candidate] = _find_candidates(look, [given.siret])
    made: ChangeSet | None = candidates.add_candidate(desk, build_intent(given.why), candidate, cells, build_evidence(given))
    return tell_done(given, desk.store, made)


def _list_kind(look: RegisterLook, kind: OfferKind) -> list[Offer]:
    if kind is OfferKind.SIRET:
        return reconcile.list_siret_offers(look)
    return [offer for offer in freshness.list_freshness_offers(look) if offer.kind is kind]


def _choose(found: Sequence[Offer], words: Sequence[str]) -> list[Offer]:
    """The offer of each `id` (the best one) or `id=siret`; raises CallError for one that is not offered."""
    chosen = []
    for word in words:
        actor, _, siret = word.partition("=")
        offer = next((one for one in found if one.row_id == actor and one.subject.startswith(siret)), None)
        if offer is None:
            raise CallError(
                f"« {quote_value(word)} » : rien de tel n'est proposé. Rien n'a été modifié.",
                f"“{quote_value(word)}”: nothing of the kind is proposed. Nothing was changed.",
            )
        chosen.append(offer)
    return chosen


def _find_candidates(look: RegisterLook, sirets: Sequence[str]) -> list[Candidate]:
    """The candidates of these numbers; raises CallError for one that is none."""
    known = {one.siret: one for one in candidates.list_candidates(look)}
    for siret in sirets:
        if siret not in known:
            raise CallError(
                f"« {quote_value(siret)} » n'est pas un candidat. Rien n'a été modifié.",
                f"“{quote_value(siret)}” is no candidate. Nothing was changed.",
            )
    return [known[siret] for siret in sirets]
