"""`desk history`, `log`, `replay`, `editions`, `diff`: what the register remembers; nothing is written."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from dataclasses import asdict

from biocarto.desk import editions, history
from biocarto.desk.acts import require_row
from biocarto.desk.desk_error import DeskError
from biocarto.desk.differences import RowDifference, find_differences
from biocarto.desk.editions import Files
from biocarto.desk.history import HistoryEntry
from biocarto.desk.ledger import find_deviations, find_last_number, replay
from biocarto.errors import quote_value
from biocarto.i18n import Locale
from biocarto.store.transaction import Transaction
from biocarto.verbs.desk_verbs.shared import (
    Verbs,
    add_json,
    add_verb,
    choose_words,
    list_fact,
    open_given_store,
    print_json,
    read_settings,
)


def add_verbs(verbs: Verbs) -> None:
    """The five of them."""
    parser = add_verb(verbs, "history", "ce qu'est devenue une ligne | what became of a row", show_history)
    parser.add_argument("id")
    parser.add_argument("--table", default="actors", help="table (actors)")
    add_json(parser)
    parser = add_verb(verbs, "log", "les derniers actes | the latest acts", show_log)
    parser.add_argument("--page", type=int, default=1, metavar="N", help="page (1)")
    add_json(parser)
    parser = add_verb(verbs, "replay", "rejouer les faits | replay the facts", show_replay)
    parser.add_argument(
        "--check", action="store_true", help="les comparer aux tables et aux éditions | hold tables and editions against them"
    )
    parser = add_verb(verbs, "editions", "les éditions publiées | the published editions", show_editions)
    add_json(parser)
    parser = add_verb(verbs, "diff", "comparer deux éditions | compare two editions", show_diff)
    parser.add_argument("before", metavar="A")
    parser.add_argument("after", metavar="B")
    add_json(parser)


def show_history(given: Namespace) -> int:
    """The newest act first; a row that is gone has its history still."""
    with open_given_store(given).read() as transaction:
        entries = history.read_history(transaction, given.table, given.id)
        if not entries:
            require_row(transaction, given.table, given.id)
    _print_entries(given, entries)
    return 0


def show_log(given: Namespace) -> int:
    """A page of acts."""
    with open_given_store(given).read() as transaction:
        entries = history.read_latest(transaction, given.page)
    _print_entries(given, entries)
    return 0


def _print_entries(given: Namespace, entries: list[HistoryEntry]) -> None:
    t, zone = choose_words(given), read_settings(given).zone
    if given.json:
        print_json([_list_entry(entry, t) for entry in entries])
        return
    for entry in entries:
        undone = f" {t('(annulé)')}" if entry.is_undone else ""
        print(f"{entry.act.number}. {history.tell_act(entry, t, zone)}{undone} {entry.act.why}")
        for row in entry.rows:
            for sentence in history.tell_row(row, t):
                print(f"   {row.name} – {sentence}")


def _list_entry(entry: HistoryEntry, t: Locale) -> dict[str, object]:
    act = entry.act
    told = {"number": act.number, "at": act.at, "who": act.who, "author": history.tell_author(entry, t), "kind": act.kind.value}
    told |= {"act": act.act.value, "why": act.why, "undoes": act.undoes, "undone": entry.is_undone}
    return told | {"facts": [list_fact(fact) for fact in entry.facts]}


def show_replay(given: Namespace) -> int:
    """How many rows the facts give; with `--check`, 1 where a table or an edition is not what they say."""
    t = choose_words(given)
    with open_given_store(given).read() as transaction:
        last = find_last_number(transaction)
        counts = Counter(table for table, _ in replay(transaction, last))
        print(t("{acts} actes rejoués.").format(acts=t.number(last)))
        for table, count in sorted(counts.items()):
            print(f"   {table}{t.colon}{t.number(count)}")
        if not given.check:
            return 0
        deviations, altered, kept = (
            list(find_deviations(transaction)),
            editions.find_altered(transaction),
            editions.list_editions(transaction),
        )
    for table, row_id in deviations:
        print(t("Ligne qui n'est pas ce que disent ses faits : {row}").format(row=f"{table} {quote_value(row_id)}"))
    for name in altered:
        print(t("Édition que les faits ne refont pas : {name}").format(name=name))
    told = t("Comparé : {rows} lignes et {editions} éditions. Écarts : {found}.")
    found = len(deviations) + len(altered)
    print(told.format(rows=t.number(counts.total()), editions=t.number(len(kept)), found=t.number(found)))
    return int(bool(found))


def show_editions(given: Namespace) -> int:
    """The newest first."""
    with open_given_store(given).read() as transaction:
        found = editions.list_editions(transaction)
    if given.json:
        print_json([asdict(edition) for edition in found])
    else:
        for edition in found:
            print("  ".join(filter(None, (edition.name, edition.sha256[:12], edition.notes))))
    return 0


def show_diff(given: Namespace) -> int:
    """Row by row, cell by cell."""
    with open_given_store(given).read() as transaction:
        before, after = (_read_files(transaction, name) for name in (given.before, given.after))
    found = find_differences(before, after)
    if given.json:
        print_json([list_difference(difference) for difference in found])
    else:
        print_differences(found, choose_words(given))
    return 0


def _read_files(transaction: Transaction, name: str) -> Files:
    files = editions.read_files(transaction, name)
    if not files:
        known = ", ".join(edition.name for edition in editions.list_editions(transaction)[:10])
        raise DeskError(
            f"Aucune édition ne s'appelle « {quote_value(name)} » ; les dernières : {known}.",
            f"No edition is called “{quote_value(name)}”; the latest ones: {known}.",
        )
    return files


def list_difference(difference: RowDifference) -> dict[str, object]:
    """A row that differs, as JSON has it."""
    cells = [{"field": cell.field, "before": cell.before, "after": cell.after} for cell in difference.cells]
    told = {"table": difference.resource, "key": list(difference.key), "name": difference.name, "change": difference.change.value}
    return told | {"cells": cells}


def print_differences(found: list[RowDifference], t: Locale) -> None:
    """A line for each row, one below it for each cell."""
    for difference in found:
        print(f"{difference.resource} {'|'.join(difference.key)}{t.colon}{difference.change.value}, {difference.name}")
        for cell in difference.cells:
            print(f"   {cell.field}{t.colon}{quote_value(cell.before)} → {quote_value(cell.after)}")
    if not found:
        print(t("Aucune différence."))
