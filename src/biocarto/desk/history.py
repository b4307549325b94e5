"""What became of a row, act by act, and in sentences: who changed what, when, why, and from which page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from biocarto.desk.differences import name_row
from biocarto.desk.facts import PLACE, ActName, ChangeSet, Fact
from biocarto.desk.ledger import read_row, select_change_sets, select_facts
from biocarto.desk.members import LAPTOP_ID, OPERATOR_ID
from biocarto.i18n import Locale
from biocarto.model import N_
from biocarto.register.headers import VALUES_BY, translate_header, translate_values
from biocarto.store.transaction import Transaction

PER_PAGE = 20

_ACTS = {
    ActName.SEED: N_("a créé le registre"),
    ActName.IMPORT: N_("a importé un fichier"),
    ActName.ADD: N_("a ajouté {}"),
    ActName.CORRECT: N_("a corrigé {}"),
    ActName.CLOSE: N_("a fermé {}"),
    ActName.MOVE: N_("a déplacé {}"),
    ActName.RENAME: N_("a renommé {}"),
    ActName.MERGE: N_("a fusionné {}"),
    ActName.REMOVE: N_("a retiré {}"),
    ActName.UNDO: N_("a annulé l'acte {}"),
}


@dataclass(frozen=True)
class HistoryEntry:
    """One act, by whom as people read it, what it is about, and the facts of it that were asked for."""

    act: ChangeSet
    author: str
    subject: str
    facts: tuple[Fact, ...]
    is_undone: bool


def read_history(transaction: Transaction, resource: str, row_id: str) -> list[HistoryEntry]:
    """What became of a row, the newest act first, with the claims on an actor."""
    facts = select_facts(transaction, "WHERE resource = ? AND row_id = ? ORDER BY number DESC", (resource, row_id))
    return _gather(transaction, facts)


def read_latest(transaction: Transaction, number: int = 1) -> list[HistoryEntry]:
    """A page of the acts on the register, the newest first."""
    acts = select_change_sets(transaction, "ORDER BY number DESC LIMIT ? OFFSET ?", (PER_PAGE, (max(number, 1) - 1) * PER_PAGE))
    kept = [act for act in acts if act.act is not ActName.SEED]
    facts = [fact for act in kept for fact in select_facts(transaction, "WHERE change_set = ? ORDER BY number", (act.number,))]
    return _gather(transaction, facts)


def _gather(transaction: Transaction, facts: Iterable[Fact]) -> list[HistoryEntry]:
    grouped: dict[int, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault(fact.change_set, []).append(fact)
    acts = {act.number: act for number in grouped for act in select_change_sets(transaction, "WHERE number = ?", (number,))}
    names = read_names(transaction)
    undone = {act.undoes for act in select_change_sets(transaction, "WHERE undoes IS NOT NULL")}
    return [
        HistoryEntry(
            acts[number], names.get(acts[number].who, acts[number].who), _name_subject(transaction, some), tuple(some), number in undone
        )
        for number, some in grouped.items()
    ]


def read_names(transaction: Transaction) -> dict[str, str]:
    """Id of who acted -> the name that they chose; who has gone has none."""
    return {str(member): str(name) for member, name in transaction.execute("SELECT id, name FROM member")}


def _name_subject(transaction: Transaction, facts: Iterable[Fact]) -> str:
    """What people call the row that an act is about: its name now, else the one that the facts tell."""
    some = list(facts)
    first = next((fact for fact in some if fact.resource != "evidence"), some[0])
    row = read_row(transaction, first.resource, first.row_id)
    told = {fact.field: fact.after or fact.before for fact in some if (fact.resource, fact.row_id) == (first.resource, first.row_id)}
    return name_row(row.cells if row else told) or first.row_id


def tell_author(entry: HistoryEntry, t: Locale) -> str:
    """Who acted, as a page says it."""
    return name_author(entry.act.who, entry.author if entry.author != entry.act.who else "", t)


def name_author(who: str, name: str, t: Locale) -> str:
    """Somebody by the name that they chose, else by what they are to the desk."""
    fixed = {OPERATOR_ID: t("L'exploitant du serveur"), LAPTOP_ID: t("L'éditeur de ce poste")}
    return name or fixed.get(who, t("Un ancien membre"))


def tell_act(entry: HistoryEntry, t: Locale, zone: tzinfo | None = None) -> str:
    """One act as a sentence: `Le 3 mars 2026, Pôle a fermé Lysogene.`."""
    at = datetime.fromisoformat(entry.act.at).astimezone(zone)
    subject = str(entry.act.undoes) if entry.act.act is ActName.UNDO else entry.subject
    return t("Le {day}, {author} {act}.").format(
        day=t.day(at.date().isoformat()), author=tell_author(entry, t), act=t(_ACTS[entry.act.act]).format(subject)
    )


def tell_fact(fact: Fact, t: Locale, row: Mapping[str, str] | None = None) -> str:
    """One fact: `Statut : ancien site, auparavant inconnu, depuis 2022, selon Les Echos (2022)`; "" for what only the store needs."""
    if fact.field == PLACE:
        return ""
    table, column = fact.resource, fact.field
    if (table, column) in VALUES_BY and row:
        table, other = VALUES_BY[table, column]
        column = row.get(other, column)
    words = translate_values(table, column, t)
    empty = t("rien")
    parts = [t("{column} : {value}").format(column=translate_header(column, t), value=_tell_cell(fact.after, words) or empty)]
    if fact.before:
        parts.append(t("auparavant {value}").format(value=_tell_cell(fact.before, words)))
    if fact.evidence.valid_from:
        parts.append(t("depuis {day}").format(day=t.day(fact.evidence.valid_from)))
    if fact.evidence.source_title:
        parts.append(t("selon {source}").format(source=fact.evidence.source_title))
    return ", ".join(parts)


def _tell_cell(cell: str, words: Mapping[str, str]) -> str:
    return ", ".join(words.get(item, item) for item in cell.split(";")) if words else cell
