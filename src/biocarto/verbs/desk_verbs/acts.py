"""`desk set`, `add`, `close`, `undo`: one act each, on what evidence and why."""

from __future__ import annotations

from argparse import Namespace

from biocarto.desk import acts, reshaping
from biocarto.desk.acts import Desk, require_row
from biocarto.desk.facts import RegisterRow
from biocarto.verbs.desk_verbs.shared import (
    Verbs,
    add_evidence,
    add_verb,
    add_why,
    build_evidence,
    build_intent,
    open_desk,
    read_cells,
    tell_done,
)


def add_verbs(verbs: Verbs) -> None:
    """The four of them."""
    parser = add_verb(verbs, "set", "corriger des cellules d'une ligne | correct cells of a row", correct)
    parser.add_argument("table")
    parser.add_argument("id")
    parser.add_argument("cells", nargs="+", metavar="FIELD=VALUE", help="FIELD= : vide | empty")
    parser.add_argument(
        "--seen",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="ce que vous avez lu : refusé si autrui l'a changé | what you read: refused where somebody has changed it",
    )
    add_evidence(parser)
    add_why(parser)
    parser = add_verb(verbs, "add", "ajouter une ligne | add a row", add)
    parser.add_argument("table")
    parser.add_argument("cells", nargs="+", metavar="FIELD=VALUE")
    add_evidence(parser)
    add_why(parser)
    parser = add_verb(verbs, "close", "fermer le site d'un acteur | close the site of an actor", close)
    parser.add_argument("id")
    add_evidence(parser)
    add_why(parser)
    parser = add_verb(verbs, "undo", "annuler un acte | undo an act", undo)
    parser.add_argument("number", type=int, metavar="N")
    add_why(parser)


def correct(given: Namespace) -> int:
    """What was not told to be seen is taken to be what stands there now."""
    wanted, seen, desk = read_cells(given.cells), read_cells(given.seen, "--seen "), open_desk(given)
    row = _read_row(desk, given.table, given.id)
    changes = {name: (seen.get(name, row.cells.get(name, "")), value) for name, value in wanted.items()}
    return tell_done(
        given, desk.store, acts.save_row(desk, build_intent(given.why), (given.table, given.id), changes, build_evidence(given))
    )


def add(given: Namespace) -> int:
    """A new row; its id is made of its name where none is given."""
    cells, desk = read_cells(given.cells), open_desk(given)
    return tell_done(given, desk.store, acts.add_row(desk, build_intent(given.why), given.table, cells, build_evidence(given)))


def close(given: Namespace) -> int:
    """A former site, since `--since`."""
    desk = open_desk(given)
    seen = _read_row(desk, "actors", given.id).cells.get("status", "")
    return tell_done(given, desk.store, acts.close_actor(desk, build_intent(given.why), given.id, seen, build_evidence(given)))


def undo(given: Namespace) -> int:
    """By an act of its own."""
    desk = open_desk(given)
    return tell_done(given, desk.store, reshaping.undo(desk, build_intent(given.why), given.number))


def _read_row(desk: Desk, table: str, row_id: str) -> RegisterRow:
    with desk.store.read() as transaction:
        return require_row(transaction, table, row_id)
