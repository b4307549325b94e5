"""What became of the register, act by act, and in sentences: who changed what, when, why, and from which page."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from biocarto.desk.claims import CLAIMS
from biocarto.desk.description import DESCRIPTION
from biocarto.desk.differences import name_row
from biocarto.desk.facts import PLACE, ActName, ChangeSet, Fact
from biocarto.desk.ledger import read_row, select_change_sets, select_facts
from biocarto.desk.members import LAPTOP_ID, OPERATOR_ID, is_laptop_editor, read_names
from biocarto.desk.rights import Role
from biocarto.i18n import Locale
from biocarto.model import N_
from biocarto.render.changes import Cells, tell_cell
from biocarto.store.transaction import Transaction, Value

PER_PAGE = 20
"""Acts on a page."""
MOST_FACTS = 200
"""Facts of an act that a page reads; an import has more, which are in the files to take away."""

_ACTS = {
    ActName.SEED: N_("a créé le registre"),
    ActName.IMPORT: N_("a importé un fichier"),
    ActName.ADD: N_("a ajouté « {} »"),
    ActName.CORRECT: N_("a corrigé « {} »"),
    ActName.CLOSE: N_("a fermé « {} »"),
    ActName.MOVE: N_("a déplacé « {} »"),
    ActName.RENAME: N_("a renommé « {} »"),
    ActName.MERGE: N_("a fusionné « {} » avec une autre ligne"),
    ActName.REMOVE: N_("a retiré « {} »"),
    ActName.UNDO: N_("a annulé l'acte n° {}"),
}
_FIXED_AUTHORS = {OPERATOR_ID: N_("L'exploitant du serveur"), LAPTOP_ID: N_("L'éditeur de ce poste")}
_ROLES = {
    Role.CONTRIBUTOR.value: N_("Un contributeur"),
    Role.EDITOR.value: N_("Un éditeur"),
    Role.ADMINISTRATOR.value: N_("Un administrateur"),
}
_GONE = N_("Un ancien membre")


@dataclass(frozen=True)
class HistoryQuestion:
    """Which acts are asked for: on a table, on a row of it, by whom; "" for all. `number` is the page."""

    resource: str = ""
    row_id: str = ""
    who: str = ""
    number: int = 1


@dataclass(frozen=True)
class RowHistory:
    """What an act did to one row: what people call the row, its cells now, and the facts that people read."""

    resource: str
    row_id: str
    name: str
    cells: Cells
    facts: tuple[Fact, ...]

    @property
    def place(self) -> Fact | None:
        """The fact by which the row came or went."""
        return next((fact for fact in self.facts if fact.field == PLACE), None)


@dataclass(frozen=True)
class HistoryEntry:
    """One act, by whom as people read it ("" for who has gone or has no name), on which row first, and its facts.

    `role` is the role of a member without a public name; `count` how many facts the act has, `rows` hold those that were read.
    """

    act: ChangeSet
    author: str
    role: str
    subject: str
    rows: tuple[RowHistory, ...]
    count: int
    is_undone: bool

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts that were read."""
        return tuple(fact for row in self.rows for fact in row.facts)


@dataclass(frozen=True)
class HistoryPage:
    """A page of acts, the newest first, and how many pages there are."""

    entries: tuple[HistoryEntry, ...]
    number: int
    last: int
    count: int


def read_history(transaction: Transaction, resource: str, row_id: str) -> list[HistoryEntry]:
    """All that became of a row, the newest act first."""
    asked = HistoryQuestion(resource, row_id)
    where, values = _select(asked)
    acts = select_change_sets(transaction, f"{where} ORDER BY number DESC", values)
    return _gather(transaction, acts, asked)


def read_page(transaction: Transaction, asked: HistoryQuestion, per_page: int = PER_PAGE) -> HistoryPage:
    """A page of acts, the nearest one where there is none of that number."""
    where, values = _select(asked)
    [(count,)] = transaction.execute(f"SELECT count(*) FROM change_set {where}", values)  # noqa: S608 - ours; values are bound
    last = max(1, math.ceil(int(count) / per_page))
    number = min(max(1, asked.number), last)
    acts = select_change_sets(transaction, f"{where} ORDER BY number DESC LIMIT ? OFFSET ?", (*values, per_page, (number - 1) * per_page))
    return HistoryPage(tuple(_gather(transaction, acts, asked)), number, last, int(count))


def read_latest(transaction: Transaction, number: int = 1) -> list[HistoryEntry]:
    """A page of all acts, the newest first."""
    return list(read_page(transaction, HistoryQuestion(number=number)).entries)


def read_entry(transaction: Transaction, number: int) -> HistoryEntry | None:
    """One act."""
    acts = select_change_sets(transaction, "WHERE number = ?", (number,))
    return next(iter(_gather(transaction, acts)), None)


def list_authors(transaction: Transaction) -> list[HistoryEntry]:
    """The newest act of each person who has done one: who there is to ask about."""
    where = "WHERE number IN (SELECT max(number) FROM change_set WHERE act <> ? GROUP BY who) ORDER BY number DESC"
    names, roles = read_names(transaction), read_roles(transaction)
    return [
        HistoryEntry(act, names.get(act.who, ""), roles.get(act.who, ""), "", (), 0, False)
        for act in select_change_sets(transaction, where, (ActName.SEED.value,))
    ]


_ON_TABLE = "number IN (SELECT change_set FROM fact WHERE resource = ?)"
_ON_ROW = "number IN (SELECT change_set FROM fact WHERE resource = ? AND row_id = ?)"


def _select(asked: HistoryQuestion) -> tuple[str, tuple[Value, ...]]:
    """The SQL of a question, and the values that it binds; the seed of the register is asked for by its row alone."""
    parts, values = (["act <> ?"], [ActName.SEED.value]) if not asked.row_id else ([], [])
    if asked.who:
        parts.append("who = ?")
        values.append(asked.who)
    if asked.resource:
        parts.append(_ON_ROW if asked.row_id else _ON_TABLE)
        values += [asked.resource, *filter(None, [asked.row_id])]
    return f"WHERE {' AND '.join(parts)}", tuple(values)


def _gather(transaction: Transaction, acts: Iterable[ChangeSet], asked: HistoryQuestion = HistoryQuestion()) -> list[HistoryEntry]:
    names, roles = read_names(transaction), read_roles(transaction)
    undone = _find_undone(transaction)
    return [
        _gather_entry(transaction, act, (names.get(act.who, ""), roles.get(act.who, "")), asked, is_undone=act.number in undone)
        for act in acts
    ]


def _gather_entry(
    transaction: Transaction, act: ChangeSet, who: tuple[str, str], asked: HistoryQuestion, *, is_undone: bool
) -> HistoryEntry:
    [(count,)] = transaction.execute("SELECT count(*) FROM fact WHERE change_set = ?", (act.number,))
    facts = _read_facts(transaction, act, int(count), asked)
    grouped: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        grouped.setdefault((fact.resource, fact.row_id), []).append(fact)
    rows = [_read_row_history(transaction, key, tuple(some)) for key, some in grouped.items()]
    told = {(row.row_id, fact.field) for row in rows if row.resource == "actors" for fact in row.facts}
    shown = tuple(row for row in rows if not _repeats(row, told)) or tuple(rows)
    subject = shown[0].name if shown else ""
    return HistoryEntry(act, *who, subject, shown, int(count), is_undone)


def _read_facts(transaction: Transaction, act: ChangeSet, count: int, asked: HistoryQuestion) -> list[Fact]:
    """The first facts of an act; where a row is asked about, its own first, and those alone of an act that has too many to read."""
    row = (asked.resource, asked.row_id)
    if asked.row_id and count > MOST_FACTS:
        rest = "WHERE change_set = ? AND resource = ? AND row_id = ? ORDER BY number LIMIT ?"
        return select_facts(transaction, rest, (act.number, *row, MOST_FACTS))
    facts = select_facts(transaction, "WHERE change_set = ? ORDER BY number LIMIT ?", (act.number, MOST_FACTS))
    return sorted(facts, key=lambda fact: (fact.resource, fact.row_id) != row) if asked.row_id else facts


def _read_row_history(transaction: Transaction, key: tuple[str, str], facts: tuple[Fact, ...]) -> RowHistory:
    row = read_row(transaction, *key)
    told = {fact.field: fact.after or fact.before for fact in facts}
    cells = row.cells if row else told
    name = key[1] if key[0] == DESCRIPTION else name_row(cells) or key[1]
    return RowHistory(*key, name, {**told, **cells}, facts)


def _repeats(row: RowHistory, told: set[tuple[str, str]]) -> bool:
    """Whether a row of evidence is the store's own copy of what the same act says of its actor."""
    actor, field = row.cells.get("actor_id", ""), row.cells.get("field", "")
    return row.resource == CLAIMS and ((actor, field) in told or (actor, PLACE) in told)


def _find_undone(transaction: Transaction) -> set[int]:
    """Acts that stand undone: an undo that was itself undone counts no more."""
    undoing = {act.number: act.undoes for act in select_change_sets(transaction, "WHERE undoes IS NOT NULL ORDER BY number")}
    undone: set[int] = set()
    for number in sorted(undoing, reverse=True):
        if number not in undone and (taken := undoing[number]) is not None:
            undone.add(taken)
    return undone


def read_roles(transaction: Transaction) -> dict[str, str]:
    """Id of who acted -> the role that they have; who has gone is not in it."""
    return {str(member): str(role) for member, role in transaction.execute("SELECT id, role FROM member")}


# --- in sentences -------------------------------------------------------------------------------------------------------


def tell_author(entry: HistoryEntry, t: Locale) -> str:
    """Who acted: a chosen name, else a role, as it stands at the beginning of a sentence."""
    return tell_person(entry.act.who, entry.author, entry.role, t)


def tell_person(who: str, name: str, role: str, t: Locale) -> str:
    """A person by the id that facts keep: the name that they chose, else their role."""
    fixed = LAPTOP_ID if is_laptop_editor(who) else who
    return name or t(_FIXED_AUTHORS.get(fixed) or _ROLES.get(role, _GONE))


def read_author(transaction: Transaction, who: str, t: Locale) -> str:
    """The same for the id of who acted."""
    return tell_person(who, read_names(transaction).get(who, ""), read_roles(transaction).get(who, ""), t)


def tell_act(entry: HistoryEntry, t: Locale, zone: tzinfo | None = None) -> str:
    """One act as a sentence: `Le 3 mars 2026, Pôle a fermé « Lysogene ».`."""
    at = datetime.fromisoformat(entry.act.at).astimezone(zone)
    subject = str(entry.act.undoes) if entry.act.act is ActName.UNDO else entry.subject
    author = tell_author(entry, t)
    inside = author if entry.author else author[:1].lower() + author[1:]
    return t("Le {day}, {author} {act}.").format(
        day=t.day(at.date().isoformat()), author=inside, act=t(_ACTS[entry.act.act]).format(subject)
    )


def tell_row(row: RowHistory, t: Locale) -> list[str]:
    """What an act did to a row, a sentence for each fact; of a row that came or went, first that it did."""
    place = row.place
    sentences = [sentence for fact in row.facts if (sentence := tell_fact(fact, t, row.cells))]
    if place is None or (place.before and place.after):
        return sentences
    return [t("Ligne ajoutée."), *sentences] if place.after else [t("Ligne retirée ; l'historique garde ce qu'elle disait.")]


def tell_fact(fact: Fact, t: Locale, row: Cells | None = None) -> str:
    """One fact: `Statut : « Ancien site », auparavant « Inconnu », depuis mars 2022, selon Les Echos (2022).`; "" for a place."""
    if fact.field == PLACE:
        return ""
    evidence = fact.evidence
    told = tell_cell(fact.resource, fact.field, (fact.before, fact.after), t, row)
    parts = [told]
    if evidence.valid_from and fact.after:
        parts.append(t("depuis {day}").format(day=t.day(evidence.valid_from)))
    if evidence.source_title and fact.after:
        parts.append(t("selon {source}").format(source=evidence.source_title))
    return f"{', '.join(parts)}."


# --- to take away -------------------------------------------------------------------------------------------------------

RECORD = (
    *("number", "at", "author", "kind", "act", "why", "undone", "table", "row_id", "field", "before", "after"),
    *("valid_from", "as_of", "source_url", "source_title"),
)
"""Columns of a fact in a file."""
MOST_RECORDS = 100_000


def list_records(transaction: Transaction, asked: HistoryQuestion, t: Locale) -> list[dict[str, str]]:
    """Every fact of the acts that are asked for, the newest act first, as it is stored."""
    where, values = _select(asked)
    acts = select_change_sets(transaction, f"{where} ORDER BY number DESC", values)
    names, roles, undone = read_names(transaction), read_roles(transaction), _find_undone(transaction)
    query = f"WHERE change_set IN (SELECT number FROM change_set {where}) ORDER BY change_set DESC, number LIMIT ?"  # noqa: S608 - ours; values are bound
    facts = select_facts(transaction, query, (*values, MOST_RECORDS))
    entries = {
        act.number: HistoryEntry(act, names.get(act.who, ""), roles.get(act.who, ""), "", (), 0, act.number in undone) for act in acts
    }
    return [_list_record(entries[fact.change_set], fact, t) for fact in facts if fact.field != PLACE]


def _list_record(entry: HistoryEntry, fact: Fact, t: Locale) -> dict[str, str]:
    act, told = entry.act, fact.evidence
    cells = (
        *(str(act.number), act.at, tell_author(entry, t), act.kind.value, act.act.value, act.why, "yes" if entry.is_undone else "no"),
        *(fact.resource, fact.row_id, fact.field, fact.before, fact.after, told.valid_from, told.as_of, told.source_url, told.source_title),
    )
    return dict(zip(RECORD, cells, strict=True))
