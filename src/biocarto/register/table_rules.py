"""What several rows or tables tell together: one spelling of an identity, no row twice, one meaning of an id, names that are used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from functools import partial

import pandas as pd

from biocarto.errors import Issue, quote_value
from biocarto.model import PARIS
from biocarto.names import fold, fold_company
from biocarto.register import keys
from biocarto.register.delimited import Sheet
from biocarto.register.schema import Resource, Rule

Package = Mapping[str, Resource]
Sheets = Mapping[str, Sheet]

IDENTITIES: tuple[tuple[tuple[str, str], ...], ...] = (
    (("actors", "organisation"), ("actors", "owner"), ("national_sites", "company")),
    (("network_members", "member_name"),),
    (("cities", "name_fr"), ("network_members", "city"), ("tour_stages", "city")),
    (("figures", "geography"),),
)
"""Columns whose values are counted or looked up: what compares equal without accents, case, spaces and legal form is written once."""

NAMED_ONCE = (
    ("sites", "name", ("id", "commune_code")),
    ("clusters", "name", ("id",)),
    ("networks", "name", ("id",)),
    ("national_sites", "name", ("name",)),
)
"""Table, a name, its key and what else tells two apart: two rows of one name, however it is written, are one row twice."""

BODIES = ("clusters", "networks", "actors")
"""Tables whose ids mean the same body: figures, members and addresses name it without its table."""


def find_shared_issues(package: Package, sheets: Sheets, touched: Set[str] | None = None) -> Iterator[Issue]:
    """What several rows tell together; of two that disagree, the later one is named. `touched`: only what these tables have part in."""
    rules: tuple[tuple[Set[str], Callable[[], Iterator[Issue]]], ...] = (
        *(({table for table, _ in columns}, partial(_spellings, package, sheets, columns)) for columns in IDENTITIES),
        *(({rule[0]}, partial(_find_duplicate_names, package, sheets, *rule)) for rule in NAMED_ONCE),
        ({"actors"}, partial(_same_actors, package, sheets)),
        ({"actors"}, partial(_same_sirens, package, sheets)),
        ({"evidence"}, partial(_claims, package, sheets)),
        ({"actors", "redirects"}, partial(_living, package, sheets)),
        ({*BODIES, "network_members"}, partial(_find_shared_ids, package, sheets)),
    )
    for tables, find in rules:
        if touched is None or tables & touched:
            yield from find()


def _cells(sheets: Sheets, table: str, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The line and the cells of each row; nothing where the table or a column is not there."""
    frame = sheets[table].frame if table in sheets else pd.DataFrame()
    if set(columns) <= set(frame.columns):
        for line, *cells in frame[list(columns)].itertuples(name=None):
            yield int(line), tuple(cells)


def _spellings(package: Package, sheets: Sheets, columns: tuple[tuple[str, str], ...]) -> Iterator[Issue]:
    """Another spelling of an earlier value; the same wrong spelling is told once per table."""
    first: dict[str, tuple[str, str, int]] = {}
    seen: set[tuple[str, str]] = set()
    for table, column in columns:
        for line, (value,) in _cells(sheets, table, column):
            if not value or (table, value) in seen:
                continue
            seen.add((table, value))
            spelt, path, where = first.setdefault(fold_company(value).replace(" ", ""), (value, package[table].path, line))
            if spelt != value:
                fr = f"une seule graphie : « {quote_value(spelt)} » ({path}, ligne {where})"
                en = f"one spelling: “{quote_value(spelt)}” ({path}, line {where})"
                yield Issue(package[table].path, line, column, quote_value(value), fr, en)


def _find_duplicate_names(package: Package, sheets: Sheets, table: str, column: str, others: tuple[str, ...]) -> Iterator[Issue]:
    first: dict[tuple[str, ...], tuple[int, str]] = {}
    for line, (name, key, *more) in _cells(sheets, table, column, *others):
        earlier, before = first.setdefault((fold_company(name), *more), (line, key))
        if name and key and earlier != line and before != key:  # a key that recurs is told as such
            fr, en = f"un nom différent de celui de la ligne {earlier}", f"a name other than that of line {earlier}"
            yield Issue(package[table].path, line, column, quote_value(name), fr, en)


def _overlap(one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    """Whether two places (site_id, site, commune) of actors of one name may be the same one, told more or less precisely."""
    site, other_site = (place[0] or fold_company(place[1]) for place in (one, other))
    communes = {one[2], other[2]}
    city = len(communes) == 1 or (PARIS in communes and all(code.startswith("75") for code in communes))
    return (site == other_site and bool(site or city)) or (city and not (site and other_site))


def _same_actors(package: Package, sheets: Sheets) -> Iterator[Issue]:
    """Rows whose name and place agree with those of an earlier row, however they are written."""
    seen: dict[str, list[tuple[int, tuple[str, str, str]]]] = {}
    for line, (name, site_id, site, commune) in _cells(sheets, "actors", "name", "site_id", "site", "commune_code"):
        place = site_id, site, commune
        others = seen.setdefault(fold_company(name), [])
        earlier = next((before for before, other in others if _overlap(place, other)), None)
        others.append((line, place))
        if earlier is not None:
            fr = f"un nom et un site différents de ceux de la ligne {earlier}"
            yield Issue(package["actors"].path, line, "name", quote_value(name), fr, f"a name and site other than those of line {earlier}")


def _same_sirens(package: Package, sheets: Sheets) -> Iterator[Issue]:
    """A SIREN that an organisation of another name has: one legal person would be counted twice."""
    first: dict[str, tuple[int, str]] = {}
    for line, (siren, organisation) in _cells(sheets, "actors", "siren", "organisation"):
        if not siren or not organisation:
            continue
        earlier, named = first.setdefault(siren, (line, organisation))
        if fold_company(named) != fold_company(organisation):
            fr = f"un autre SIREN que celui de « {quote_value(named)} » (ligne {earlier}), ou la même organisation"
            en = f"another SIREN than that of “{quote_value(named)}” (line {earlier}), or the same organisation"
            yield Issue(package["actors"].path, line, "siren", quote_value(siren), fr, en)


def _wrong_key(field: str, value: str) -> Rule | None:
    """The rule that a number of SIREN, SIRET or RNSR breaks, whose key is held by no pattern."""
    holds = {"siren": keys.is_siren, "siret": keys.is_siret, "rnsr": keys.is_rnsr}.get(field)
    if holds is None or holds(value):
        return None
    return Rule("key", holds, "un numéro dont la clé est juste", "a number whose key is right")


def _claims(package: Package, sheets: Sheets) -> Iterator[Issue]:
    """A claim, even an old one, whose value its own column would not take."""
    fields = package["actors"].fields
    for line, (name, value) in _cells(sheets, "evidence", "field", "value"):
        rule = (fields[name].find_broken_rule(value) or _wrong_key(name, value)) if name in fields and value else None
        if rule is not None:
            fr, en = f"{rule.expected_fr} (colonne {name})", f"{rule.expected_en} (column {name})"
            yield Issue(package["evidence"].path, line, "value", quote_value(value), fr, en)


def _living(package: Package, sheets: Sheets) -> Iterator[Issue]:
    """A former id that an actor has today: a printed code would open another sheet."""
    actors = {actor: line for line, (actor,) in _cells(sheets, "actors", "id")}
    for line, (old,) in _cells(sheets, "redirects", "old_id"):
        if old in actors:
            told = f"{package['actors'].path}, {{}} {actors[old]}"
            fr = f"un identifiant qu'aucun acteur ne porte ({told.format('ligne')})"
            yield Issue(package["redirects"].path, line, "old_id", quote_value(old), fr, f"an id that no actor has ({told.format('line')})")


def _find_shared_ids(package: Package, sheets: Sheets) -> Iterator[Issue]:
    """An id that two tables give to bodies whose names have no word in common, nor one with the id."""
    known: dict[str, tuple[str, str]] = {}
    for table in BODIES:
        for line, (key, name) in _cells(sheets, table, "id", "name"):
            yield from _another_body(package, known, (table, line, "id"), key, name)
            known.setdefault(key, (table, name))
    for line, (key, name) in _cells(sheets, "network_members", "member_id", "member_name"):
        yield from _another_body(package, known, ("network_members", line, "member_id"), key, name)


def _another_body(
    package: Package, known: Mapping[str, tuple[str, str]], where: tuple[str, int, str], key: str, name: str
) -> Iterator[Issue]:
    """The issue of an id that a row (table, line, column) shares with a body of another name."""
    table, line, column = where
    other, named = known.get(key, (table, name))
    if other == table:
        return
    words, others = set(fold(name).split()), set(fold(named).split())
    if words and others and words.isdisjoint(others | set(key.split("-"))):
        path = package[other].path
        fr = f"un autre identifiant : {path} le donne à « {quote_value(named)} »"
        yield Issue(package[table].path, line, column, quote_value(key), fr, f"another id: {path} gives it to “{quote_value(named)}”")
