"""Whether the register takes what an act would leave: the rules of the tables and of the layers, asked of the rows that change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from biocarto.desk.description import DESCRIPTION, Package, make_frame, read_package
from biocarto.desk.desk_error import DeskError, InvalidRowError
from biocarto.desk.facts import PLACE, Edit, RegisterRow
from biocarto.desk.ledger import read_rows, to_state
from biocarto.errors import Issue, quote_value
from biocarto.register import row_check
from biocarto.register.schema import INTEGER
from biocarto.store.transaction import Transaction
from biocarto.territory.territory import Territory

LONGEST_WHY = 500
"""Characters of a reason."""
_EVIDENCE = ("source_url", "source_title", "as_of", "valid_from", "confidence")
"""Members of an evidence, each with the rules of the column that is called so."""


def require_valid(transaction: Transaction, edits: Iterable[Edit], territory: Territory, *, describes: bool = False) -> None:
    """Raise InvalidRowError with all that the register would not take of the rows as the edits leave them.

    `describes`: an act that may change the description of the tables; it was read as a whole, by whoever imports one.
    """
    package, changes = read_package(transaction), list(edits)
    if describes and any(edit.resource == DESCRIPTION for edit in changes):
        return
    _require_known_cells(package, changes)
    frames, lines, removed = _apply(transaction, package, changes)
    issues = row_check.find_issues(package, frames, lines, territory)
    if removed and not issues:
        issues = row_check.find_left_behind(package, frames)
    if issues:
        raise InvalidRowError([replace(issue, line=0) for issue in issues])  # a desk has rows, not lines


def _require_known_cells(package: Package, edits: Iterable[Edit]) -> None:
    """Raise DeskError for a cell of no table that the register describes: its description itself changes by an import alone."""
    for edit in edits:
        if edit.resource not in package or (edit.field != PLACE and edit.field not in package[edit.resource].fields):
            raise DeskError(
                f"Le registre n'a pas de colonne « {edit.field[:80]} » dans la table « {edit.resource[:80]} ». Rien n'est enregistré.",
                f"The register has no column “{edit.field[:80]}” in the table “{edit.resource[:80]}”. Nothing is saved.",
            )


def _apply(transaction: Transaction, package: Package, edits: Iterable[Edit]) -> tuple[dict[str, pd.DataFrame], dict[str, set[int]], bool]:
    """All tables as the edits leave them, the lines of the rows that changed, last in their tables, and whether a row is gone."""
    states: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    frames, lines, removed = {}, {}, False
    for edit in edits:
        states[edit.resource].setdefault(edit.row_id, {})[edit.field] = edit.after
    for name, resource in package.items():
        rows = {row.id: row for row in read_rows(transaction, name)}
        last = []
        for row_id, cells in states.get(name, {}).items():
            state = (to_state(rows.pop(row_id)) if row_id in rows else {}) | cells
            if state.get(PLACE):
                last.append(_make_row(name, row_id, state))
            else:
                removed = True
        frames[name] = make_frame(resource, [*rows.values(), *last])
        if last:
            lines[name] = set(frames[name].index[-len(last) :])
    return frames, lines, removed


def _make_row(resource: str, row_id: str, state: Mapping[str, str]) -> RegisterRow:
    return RegisterRow(resource, row_id, int(state[PLACE]), 0, {field: text for field, text in state.items() if field != PLACE and text})


def require_reason(why: str) -> str:
    """The reason of an act in one line; raises DeskError without one, or for a long one."""
    words = " ".join(why.split())
    if not words:
        raise DeskError(
            "Dites pourquoi vous modifiez le registre, en quelques mots. Rien n'est enregistré, votre saisie est gardée.",
            "Say why you change the register, in a few words. Nothing is saved, what you typed is kept.",
        )
    if len(words) > LONGEST_WHY or not words.isprintable():
        raise DeskError(
            f"La raison compte {len(words)} caractères : {LONGEST_WHY} au plus, sans caractère de contrôle. Rien n'est enregistré.",
            f"The reason has {len(words)} characters: {LONGEST_WHY} at most, without control characters. Nothing is saved.",
        )
    return words


def require_readable(text: str) -> None:
    """Raise DeskError for half of a character, which no database and no file takes."""
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise DeskError(
            f"« {quote_value(text)} » contient un caractère incomplet. Rien n'est enregistré, votre saisie est gardée ; retapez ce texte.",
            f"“{quote_value(text)}” holds half of a character. Nothing is saved, what you typed is kept; type this text again.",
        )


def require_evidence(package: Package, edits: Iterable[Edit], today: str) -> None:
    """Raise InvalidRowError where the evidence of an edit is no link, no year or of the future."""
    columns = {**package["evidence"].fields, "confidence": package["actors"].fields["confidence"]}
    issues = []
    for evidence in dict.fromkeys(edit.evidence for edit in edits):
        for column in _EVIDENCE:
            cell = getattr(evidence, column)
            require_readable(cell)
            rule = columns[column].find_broken_rule(cell) if cell else None
            if rule is not None:
                issues.append(Issue(package["evidence"].path, 0, column, cell[:80], rule.expected_fr, rule.expected_en))
            elif column in {"as_of", "valid_from"} and cell and cell > today[: len(cell)]:
                issues.append(Issue(package["evidence"].path, 0, column, cell, "une date passée", "a date that is past"))
        if evidence.as_of and not INTEGER.passes(evidence.as_of):
            issues.append(Issue(package["evidence"].path, 0, "as_of", evidence.as_of[:80], "une année", "a year"))
    if issues:
        raise InvalidRowError(list(dict.fromkeys(issues)))
