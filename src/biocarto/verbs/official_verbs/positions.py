"""Points of an official file from the command line: what is proposed, what is not and why, and the act that writes it."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from biocarto.desk.official import positions
from biocarto.desk.official.files import DATASETS, OfficialKind, list_official
from biocarto.desk.official.positions import POSITION_TROUBLE_LABELS, PositionProposal, PositionReview
from biocarto.errors import CallError, quote_value
from biocarto.i18n import Locale
from biocarto.model import PRECISION_LABELS, Precision
from biocarto.verbs.desk_verbs.shared import (
    Verbs,
    add_json,
    add_verb,
    add_why,
    build_intent,
    choose_words,
    open_desk,
    print_json,
    read_settings,
    tell_done,
)


def add_verbs(verbs: Verbs) -> None:
    """Both of them."""
    add_json(add_verb(verbs, "positions", "les points proposés | the points proposed", show_positions))
    place = add_verb(verbs, "place", "écrire des points en un acte | write points as one act", place_some)
    place.add_argument("actors", nargs="*", metavar="ID", help="aucun : tous | none: all")
    add_why(place)


def show_positions(given: Namespace) -> int:
    """What the file has for the actors that have a number."""
    review, t = _review(given), choose_words(given)
    if given.json:
        print_json(_list_review(review))
        return 0
    print(t("Points proposés, d'après {source} : {n}").format(source=review.file.title, n=t.number(len(review.proposals))))
    for one in review.proposals:
        print(f"   {_tell(one, t)}")
    for trouble in review.conflicts:
        print(f"   {trouble.actor} ({trouble.siret}) – {t(POSITION_TROUBLE_LABELS[trouble.trouble])} {trouble.commune}".rstrip())
    words = t("Déjà là : {unchanged} ; commune seulement : {commune_only} ; absents du fichier : {absent} ; refusés : {refused}")
    print(words.format(**{name: t.number(len(ids)) for name, ids in _list_rest(review).items()}))
    return 0


def place_some(given: Namespace) -> int:
    """One act for the actors that are named, or for all that a point is proposed for."""
    review, desk = _review(given), open_desk(given)
    offered = {one.actor: one for one in review.proposals}
    for actor in given.actors:
        if actor not in offered:
            raise CallError(
                f"« {quote_value(actor)} » : aucun point n'est proposé. Rien n'a été modifié.",
                f"“{quote_value(actor)}”: no point is proposed. Nothing was changed.",
            )
    chosen = [offered[actor] for actor in given.actors or offered]
    return tell_done(given, desk.store, positions.accept_positions(desk, build_intent(given.why), chosen))


def _review(given: Namespace) -> PositionReview:
    folder = list_official(read_settings(given).official)
    file = folder.find(OfficialKind.POSITIONS)
    if file is None:
        named, needed = quote_value(folder.folder), DATASETS[OfficialKind.POSITIONS].name
        raise CallError(
            f"{named} n'a pas de fichier {needed}. Déposez-le (docs/commands.md) ; rien n'est téléchargé.",
            f"{named} has no file {needed}. Put it there (docs/commands.md); nothing is downloaded.",
        )
    return positions.review_positions(open_desk(given), file)


def _list_rest(review: PositionReview) -> dict[str, tuple[str, ...]]:
    return {name: getattr(review, name) for name in ("unchanged", "commune_only", "absent", "refused")}


def _list_review(review: PositionReview) -> dict[str, object]:
    file = {"name": review.file.name, "dated": review.file.dated, "title": review.file.title}
    told = {"proposals": [asdict(one) for one in review.proposals], "conflicts": [asdict(one) for one in review.conflicts]}
    return {"file": file, **told, **_list_rest(review)}


def _tell(one: PositionProposal, t: Locale) -> str:
    moved = f" ({t.number(round(one.metres))} m)" if one.metres is not None else ""
    precision = t(PRECISION_LABELS[Precision(one.proposed.position)])
    return f"{one.actor} – {precision}{t.colon}{one.proposed.latitude}, {one.proposed.longitude}{moved}"
