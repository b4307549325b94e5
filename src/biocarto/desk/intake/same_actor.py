"""Which rows of the register a line may be: by its name and its place, each with a score; what is taken for one is a person's to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import pandas as pd

from biocarto.desk.intake.like_names import compare_all
from biocarto.desk.intake.staging import Likeness
from biocarto.desk.likeness import simplify_name
from biocarto.model import PARIS
from biocarto.territory.territory import Territory, project_points

LIKELY = 0.62
"""Score from which a row is shown to a person as what a line may be."""
MOST = 3
"""Rows that are shown for one line."""
_BEHIND = 0.2
"""How far behind the likeliest row of a line another may be and still be shown."""
_FAR = 15.0
"""Kilometres from which two places say nothing for one another."""
_NAME, _PLACE = 0.72, 0.28
"""Shares of the score."""
_Scores = npt.NDArray[np.float64]


def find_same(values: pd.DataFrame, actors: pd.DataFrame, territory: Territory | None = None) -> list[Likeness]:
    """The rows (index of `actors`: their ids) that each line (index of `values`) may be, the likeliest first; none below `LIKELY`.

    Columns that are absent say nothing. `why` has what the score is made of, each from 0 to 1.
    """
    if values.empty or actors.empty or "name" not in values:
        return []
    codes, names = pd.factorize(values["name"].to_numpy(dtype=object))
    ones, others, likeness = compare_all([str(name) for name in names], actors["name"].tolist())
    places = _group(codes, len(names))
    counts = np.array([len(places[name]) for name in ones], dtype=np.int64)
    if not counts.sum():
        return []
    lines = np.concatenate([places[name] for name in ones])
    pairs = _Pairs(values, actors, lines, np.repeat(others, counts))
    return list(_choose(pairs, *_score(pairs, np.repeat(likeness, counts), territory)))


def _group(codes: npt.NDArray[np.int64], count: int) -> list[npt.NDArray[np.int64]]:
    """The places of each code."""
    order = np.argsort(codes, kind="stable")
    return np.split(order, np.searchsorted(codes[order], np.arange(1, count)))


class _Pairs:
    """Lines and rows that are compared, as parallel arrays of their places."""

    def __init__(self, values: pd.DataFrame, actors: pd.DataFrame, lines: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> None:
        self.values, self.actors, self.lines, self.rows = values, actors, lines, rows

    def read(self, column: str) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
        """The cells of a column of both sides; "" where a side has no such column."""
        sides = ((self.values, self.lines), (self.actors, self.rows))
        left, right = (
            frame[column].to_numpy(dtype=object)[places] if column in frame else np.full(len(places), "", dtype=object)
            for frame, places in sides
        )
        return left, right


def _score(pairs: _Pairs, names: _Scores, territory: Territory | None) -> tuple[_Scores, dict[str, _Scores]]:
    """The score of each pair and its parts; NaN in a part where one of the two does not tell."""
    place, siren, host = _compare_places(pairs, territory), _compare_cells(*pairs.read("siren")), _compare_hosts(pairs)
    organisation = _compare_organisations(pairs)
    score = _NAME * np.clip((names - 0.5) / 0.5, 0, 1) + _PLACE * np.nan_to_num(place, nan=0.5)
    score -= 0.2 * (_have_several_sites(pairs) & (place < 0.9) & (names < 0.97))
    score += 0.05 * (host == 1) + 0.25 * (siren == 1) - 0.4 * (siren == 0) - 0.1 * (organisation < 0.5)
    return np.clip(score, 0, 0.99), {"name": names, "organisation": organisation, "place": place, "siren": siren, "website": host}


def _compare_cells(left: npt.NDArray[np.object_], right: npt.NDArray[np.object_]) -> _Scores:
    """1 where two cells are the same, 0 where they differ, NaN where one is empty."""
    return np.where((left == "") | (right == ""), np.nan, (left == right).astype(np.float64))


def _compare_organisations(pairs: _Pairs) -> _Scores:
    known: dict[str, str] = {}
    sides = ([known.setdefault(cell, cell and simplify_name(cell)) for cell in cells] for cells in pairs.read("organisation"))
    return _compare_cells(*(np.array(side, dtype=object) for side in sides))


def _compare_hosts(pairs: _Pairs) -> _Scores:
    left, right = (np.array([_read_host(cell) for cell in cells], dtype=object) for cells in pairs.read("website"))
    return _compare_cells(left, right)


def _read_host(website: str) -> str:
    try:
        return (urlsplit(website if "//" in website else f"//{website}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _have_several_sites(pairs: _Pairs) -> npt.NDArray[np.bool_]:
    """Whether the organisation of a row has other rows: a line elsewhere is then rather one more site than this one that moved."""
    if "organisation" not in pairs.actors:
        return np.zeros(len(pairs.rows), dtype=bool)
    repeated: npt.NDArray[np.bool_] = pairs.actors["organisation"].duplicated(keep=False).to_numpy()
    return repeated[pairs.rows]


def _compare_places(pairs: _Pairs, territory: Territory | None) -> _Scores:
    """1 in the same commune or on the same campus, less with each kilometre, 0 from `_FAR` on."""
    place = _compare_cells(*pairs.read("commune_code"))
    left, right = pairs.read("commune_code")
    known = ~np.isnan(place)
    in_paris = known & _is_paris(left) & _is_paris(right) & ((left == PARIS) | (right == PARIS))
    campus = (_compare_cells(*pairs.read("site_id")) == 1) | (_compare_cells(*pairs.read("site")) == 1)
    apart = known & (place == 0) & ~in_paris
    if territory is not None and apart.any():
        place[apart] = np.clip(1 - _measure_kilometres(territory, left[apart], right[apart]) / _FAR, 0, 0.8)
    return np.where(in_paris | campus, 1.0, place)


def _is_paris(codes: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    return np.array([code == PARIS or code.startswith("751") for code in codes], dtype=bool)


def _measure_kilometres(territory: Territory, left: npt.NDArray[np.object_], right: npt.NDArray[np.object_]) -> _Scores:
    """Kilometres between the points of communes; without end where one has none."""
    points = territory.points.loc[:, ["latitude", "longitude"]]
    xy = [np.stack(project_points(*(points.reindex(codes).to_numpy(dtype=np.float64).T))) for codes in (left, right)]
    apart: _Scores = np.nan_to_num(np.hypot(*(xy[0] - xy[1])) / 1000, nan=np.inf, posinf=np.inf)
    return apart


def _choose(pairs: _Pairs, scores: _Scores, parts: Mapping[str, _Scores]) -> Iterator[Likeness]:
    """The likeliest rows of each line, lines in their order."""
    best = pd.Series(scores).groupby(pairs.lines).transform("max").to_numpy()
    shown = np.flatnonzero((scores >= LIKELY) & (scores >= best - _BEHIND))
    shown = shown[np.lexsort((pairs.rows[shown], -scores[shown], pairs.lines[shown]))]
    lines, ids = pairs.values.index.to_numpy(), pairs.actors.index.to_numpy()
    rank = pd.Series(pairs.lines[shown]).groupby(pairs.lines[shown]).cumcount().to_numpy()
    for pair in shown[rank < MOST]:
        why = {name: round(float(part[pair]), 2) for name, part in parts.items() if not np.isnan(part[pair])}
        yield Likeness(int(lines[pairs.lines[pair]]), str(ids[pairs.rows[pair]]), round(float(scores[pair]), 2), why)
