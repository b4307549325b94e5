"""Checks rows that are about to change, without checking all others again: the same rules as a whole folder, asked of few lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

import pandas as pd

from biocarto.errors import Issue, quote_value
from biocarto.register import catalogue, evidence, table_rules, value_rules
from biocarto.register.delimited import Sheet
from biocarto.register.schema import Resource
from biocarto.register.tables import Tables, find_broken_references, find_broken_row_rules, find_figure_issues, type_columns
from biocarto.territory.territory import Territory

Package = Mapping[str, Resource]
Frames = Mapping[str, pd.DataFrame]
Lines = Mapping[str, Set[int]]


def find_issues(package: Package, frames: Frames, lines: Lines, territory: Territory) -> list[Issue]:
    """What the given lines of the tables break, alone, beside the other rows and against the layers.

    frames: each table as strings, indexed by line, the rows in question last, so that of two rows that disagree they are named.
    """
    for stage in (find_own_issues, find_issues_beside):  # cells that cannot be read need not be compared
        if found := stage(package, frames, lines):
            return found
    return find_place_issues(package, frames, lines, territory)


def find_own_issues(package: Package, frames: Frames, lines: Lines) -> list[Issue]:
    """What the given lines break alone."""
    return [issue for name, sheet in _choose_lines(frames, lines).items() for issue in _find_own_issues(package[name], sheet)]


def find_issues_beside(package: Package, frames: Frames, lines: Lines) -> list[Issue]:
    """What the given lines break beside the other rows; they break nothing alone."""
    sheets = {name: Sheet(frame) for name, frame in frames.items()}
    return [*_find_issues_beside(package, sheets, _choose_lines(frames, lines))]


def find_place_issues(package: Package, frames: Frames, lines: Lines, territory: Territory) -> list[Issue]:
    """What the given lines break against the layers; they break nothing alone."""
    return [*_find_place_issues(package, frames, _choose_lines(frames, lines), territory)]


def _choose_lines(frames: Frames, lines: Lines) -> dict[str, Sheet]:
    return {name: Sheet(frames[name].loc[sorted(numbers)]) for name, numbers in lines.items() if numbers}


def find_left_behind(package: Package, frames: Frames) -> list[Issue]:
    """References of any row to a row that is gone."""
    sheets = {name: Sheet(frame) for name, frame in frames.items()}
    return [issue for name in package for issue in find_broken_references(dict(package), sheets, name)]


def _find_own_issues(resource: Resource, sheet: Sheet) -> Iterator[Issue]:
    """What a whole table is asked by pandera, asked of few rows without it: a schema takes longer to build than they to read."""
    good = {name: column.mark_good(sheet.frame[name]) for name, column in resource.fields.items()}  # each different cell once
    for line in sheet.frame.index[~pd.DataFrame(good).all(axis=1)]:
        for name, column in resource.fields.items():
            cell = str(sheet.frame.at[line, name])
            if not good[name].at[line] and (rule := column.find_broken_rule(cell)) is not None:
                yield Issue(resource.path, int(line), name, quote_value(cell), rule.expected_fr, rule.expected_en)
    yield from find_broken_row_rules(resource, sheet.frame)
    yield from value_rules.find_issues(resource, sheet)


def _find_issues_beside(package: Package, sheets: Mapping[str, Sheet], some: Mapping[str, Sheet]) -> Iterator[Issue]:
    for name in some:
        yield from find_broken_references(dict(package), {**sheets, name: some[name]}, name)
        yield from _find_repeated_keys(package[name], sheets[name].frame, some[name].frame)
    if "figures" in some:
        yield from find_figure_issues(package["figures"], sheets["figures"])
    if {"actors", "evidence"} & some.keys():
        yield from evidence.find_issues(package, _select_claims(sheets, some))
    own = {(package[name].path, int(line)) for name, sheet in some.items() for line in sheet.frame.index}
    shared = table_rules.find_shared_issues(package, sheets, some.keys())
    yield from (issue for issue in shared if (issue.table, issue.line) in own or _is_led_away(package, some, issue))


def _is_led_away(package: Package, some: Mapping[str, Sheet], issue: Issue) -> bool:
    """Whether a redirect leads away from one of the actors in question: told of the redirect, and the fault of the actor."""
    return "actors" in some and issue.table == package["redirects"].path and issue.found in set(some["actors"].frame["id"])


def _select_claims(sheets: Mapping[str, Sheet], some: Mapping[str, Sheet]) -> dict[str, pd.DataFrame]:
    """The actors in question and all that is claimed of them."""
    columns = ((name, column) for name, column in (("actors", "id"), ("evidence", "actor_id")) if name in some)
    ids = {actor for name, column in columns for actor in some[name].frame[column]}
    actors, claimed = sheets["actors"].frame, sheets["evidence"].frame
    return {"actors": actors[actors["id"].isin(ids)], "evidence": claimed[claimed["actor_id"].isin(ids)]}


def _find_repeated_keys(resource: Resource, whole: pd.DataFrame, some: pd.DataFrame) -> Iterator[Issue]:
    """Keys that another row has."""
    for key in resource.keys:
        columns = list(key)
        repeated = whole.duplicated(columns, keep=False) & (whole[columns] != "").all(axis=1)
        for line in some.index[repeated.loc[some.index]]:
            names = " + ".join(key)
            fr, en = f"une valeur qui n'apparaît qu'une fois ({names})", f"a value that occurs only once ({names})"
            yield Issue(resource.path, int(line), key[0], str(whole.at[line, key[0]]), fr, en)


def _find_place_issues(package: Package, frames: Frames, some: Mapping[str, Sheet], territory: Territory) -> Iterator[Issue]:
    """What the layers say against the rows; of the other tables only those that rows are held against are handed over."""
    empty = {name: frame.iloc[:0] for name, frame in frames.items()}
    whole = {name: frames[name] for name in ("sites", *(("clusters", "networks") if "figures" in some else ()))}
    shown = {**empty, **whole, **{name: sheet.frame for name, sheet in some.items()}}
    # A campus and those who are on it are told together: who moves the one is told of the others.
    if "sites" in some:
        shown["actors"] = frames["actors"]
    typed: dict[str, Any] = {name: type_columns(package[name], frame) for name, frame in shown.items()}
    lines = {name: tuple(map(int, frame.index)) for name, frame in shown.items()}
    tables = Tables(**typed, resources={name: package[name].about for name in package}, lines=lines)
    own = {(package[name].path, int(line)) for name, sheet in some.items() for line in sheet.frame.index}
    extra = {package["actors"].path} if "sites" in some else set()
    yield from (issue for issue in catalogue.find_issues(tables, territory) if (issue.table, issue.line) in own or issue.table in extra)
