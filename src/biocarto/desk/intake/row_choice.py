"""Which row each line of a file is: by its key, its SIRET, its name and place; what looks like a row awaits a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from biocarto.desk.desk_error import DeskError
from biocarto.desk.intake.known_register import KnownRegister
from biocarto.desk.intake.refusals import Refuser
from biocarto.desk.intake.same_actor import find_same
from biocarto.desk.intake.staging import Choices, Likeness, RefusedCell
from biocarto.desk.likeness import simplify_name
from biocarto.desk.points import ACTORS
from biocarto.model import PARIS
from biocarto.names import fold
from biocarto.register.schema import Resource

_NAMES = ("name", "title_fr", "label_fr")
"""Columns that name a row, the first one that a table has."""
Key = tuple[str, ...]
Namer = Callable[[pd.DataFrame], Iterable[Hashable]]


@dataclass
class RowChoice:
    """Line -> the row that it is ("" for a new one); lines that are neither are refused, doubtful, or say what another says."""

    rows: dict[int, str] = field(default_factory=dict)
    by_key: set[int] = field(default_factory=set)
    matched: list[Likeness] = field(default_factory=list)
    doubtful: list[Likeness] = field(default_factory=list)
    refused: list[RefusedCell] = field(default_factory=list)


def choose_rows(known: KnownRegister, resource: Resource, values: pd.DataFrame, choices: Choices, refuser: Refuser) -> RowChoice:
    """The row of each line of `values` (index: line, columns: of the register)."""
    choice = RowChoice()
    rows = known.read_frame(resource.name)
    _take_chosen(choice, rows, values, choices.same, set(refuser.cells.index))
    _take_keys(choice, known, resource, values)
    if resource.name == ACTORS:
        _take_unique(choice, values, rows, "siret", lambda cells: cells["siret"])
    tell = _build_namer(resource, values, rows)
    _take_unique(choice, values, rows, "name", tell)
    rest = values.loc[[line for line in values.index if line not in choice.rows]]
    if resource.name == ACTORS:
        choice.doubtful = find_same(rest, rows, known.territory)
    waiting = {likeness.line for likeness in choice.doubtful}
    choice.rows |= {int(line): "" for line in rest.index if line not in waiting}
    _refuse_repeated(choice, resource, values, refuser, tell)
    return choice


def has_key(resource: Resource, columns: Iterable[str]) -> bool:
    """Whether columns hold what tells a row of a table from the others."""
    return set(resource.keys[0]) <= set(columns)


def _take_chosen(choice: RowChoice, rows: pd.DataFrame, values: pd.DataFrame, same: Mapping[int, str], told: Container[int]) -> None:
    """What a person has decided; of a line of the file (`told`) that is refused now, it holds once the line is corrected."""
    lines = set(values.index)
    for line, row_id in same.items():
        if line not in told or (row_id and row_id not in rows.index):
            raise DeskError(
                f"Ligne {line} : « {row_id[:80]} » n'est pas une ligne du registre, ou le fichier n'a pas cette ligne. Rien n'est importé.",
                f"Line {line}: “{row_id[:80]}” is no row of the register, or the file has no such line. Nothing is imported.",
            )
        if line not in lines:
            continue
        choice.rows[line] = row_id
        if row_id:
            choice.matched.append(Likeness(line, row_id, 1.0, {"chosen": 1.0}))


def _take_keys(choice: RowChoice, known: KnownRegister, resource: Resource, values: pd.DataFrame) -> None:
    """Lines whose key is that of a row; a former id is the row that it leads to."""
    if not has_key(resource, values.columns):
        return
    columns = list(resource.keys[0])
    rows = known.read_frame(resource.name)
    ids: dict[Key, str] = dict(zip(rows[columns].itertuples(index=False, name=None), rows.index, strict=True))
    if resource.name == ACTORS:
        today = {key[0]: row_id for key, row_id in ids.items()}
        ids |= {(old,): today[new] for old, new in known.redirects.items() if new in today}
    for line, *key in values[columns].itertuples(name=None):
        if line not in choice.rows and (row_id := ids.get(tuple(key))) is not None:
            choice.rows[line] = row_id
            choice.by_key.add(line)


def _build_namer(resource: Resource, *frames: pd.DataFrame) -> Namer:
    """What names a row and tells its place, to be compared; "" where a line has no name."""
    column = next((name for name in _NAMES if name in resource.fields), "")
    folded: dict[str, str] = {}
    for frame in frames:
        for name in set(frame[column]) if column in frame else ():
            folded[name] = simplify_name(name)

    def tell(frame: pd.DataFrame) -> list[Hashable]:
        if column not in frame:
            return [""] * len(frame)
        places = frame["commune_code"] if "commune_code" in frame else [""] * len(frame)
        cells = zip(frame[column], places, strict=True)
        return [(folded[name], _gather_paris(place)) if folded[name] else "" for name, place in cells]

    return tell


def _gather_paris(code: str) -> str:
    return PARIS if code.startswith("751") else code


def _take_unique(choice: RowChoice, values: pd.DataFrame, rows: pd.DataFrame, why: str, tell: Namer) -> None:
    """Lines that say the same as one row alone."""
    if why not in values and why != "name":
        return
    ids: dict[Hashable, list[str]] = defaultdict(list)
    for told, row_id in zip(tell(rows), rows.index, strict=True):
        ids[told].append(str(row_id))
    for line, told in zip(values.index, tell(values), strict=True):
        if told and int(line) not in choice.rows and len(found := ids.get(told, [])) == 1:
            choice.rows[int(line)] = found[0]
            choice.matched.append(Likeness(int(line), found[0], 1.0, {why: 1.0, **({"place": 1.0} if why == "name" else {})}))


# --- lines that are one row -------------------------------------------------------------------------------------------


def _refuse_repeated(choice: RowChoice, resource: Resource, values: pd.DataFrame, refuser: Refuser, tell: Namer) -> None:
    """Of two lines that are one row, the first one stands; the other is refused, or says nothing more."""
    first: dict[Hashable, int] = {}
    cells = dict(zip(values.index, values.itertuples(index=False, name=None), strict=True))
    names = [str(name) for name in values.columns]
    fresh = dict(_tell_new(choice, resource, values, tell))
    for line in sorted(choice.rows):
        row_id = choice.rows[line]
        told = [row_id] if row_id else fresh[line]
        shared = next((key for key in told if key in first), None)
        if shared is None:
            first |= dict.fromkeys(told, line)
            continue
        earlier = first[shared]
        del choice.rows[line]
        if row_id and cells[line] == cells[earlier]:
            continue
        by_siret = isinstance(shared, tuple) and shared[0] == "siret"
        column = "siret" if by_siret else next((name for name in (*_NAMES, *resource.keys[0]) if name in names), names[0])
        found = cells[line][names.index(column)]
        choice.refused.append(refuser.refuse(line, column, found, _expect_another(earlier, row_id)))
    choice.matched = [likeness for likeness in choice.matched if likeness.line in choice.rows]


def _expect_another(earlier: int, row_id: str) -> tuple[str, str]:
    if row_id:
        return (
            f"une seule ligne pour « {row_id[:80]} » : la ligne {earlier} la donne aussi, autrement",
            f"one line for “{row_id[:80]}”: line {earlier} gives it too, otherwise",
        )
    return (
        f"une seule ligne pour ce nom ou ce numéro : la ligne {earlier} l'a déjà",
        f"one line only for this name or number: line {earlier} has it already",
    )


def _tell_new(choice: RowChoice, resource: Resource, values: pd.DataFrame, tell: Namer) -> Iterator[tuple[int, list[Hashable]]]:
    """What each new row may not share with another new one: its key, its SIRET, its name with its place."""
    lines = [line for line, row_id in choice.rows.items() if not row_id]
    frame = values.loc[lines]
    told = tell(frame)
    sites = [_tell_site(frame, place) for place in range(len(frame))] if {"site", "site_id"} & set(frame.columns) else [""] * len(frame)
    sirets: Sequence[str] = frame["siret"].tolist() if "siret" in frame else [""] * len(frame)
    columns = list(resource.keys[0])
    keyed = has_key(resource, frame.columns)
    keys = frame[columns].itertuples(index=False, name=None) if keyed else [("",)] * len(frame)
    for line, name, site, siret, key in zip(lines, told, sites, sirets, keys, strict=True):
        found: list[Hashable] = [("siret", siret)] * bool(siret) + [("key", *key)] * all(key)
        if name and not (all(key) and resource.name != ACTORS):
            found.append(("name", name, site))
        yield line, found


def _tell_site(frame: pd.DataFrame, place: int) -> str:
    cells = [str(frame[name].iat[place]) for name in ("site_id", "site") if name in frame]
    return next((fold(cell) for cell in cells if cell), "")
