"""Claims on single cells of the register, held against the rows: the cell is what the newest claim says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from biocarto.errors import Issue, shown
from biocarto.schema import INTEGER, Resource


def _newest(claims: pd.DataFrame) -> pd.DataFrame:
    """The newest claim per actor and field, in a frame of strings; a year that is none is told by the schema."""
    dated = claims[claims["as_of"].map(INTEGER.passes).astype(bool)]
    order = dated["as_of"].astype(int).sort_values(ascending=False, kind="stable").index
    return dated.loc[order].drop_duplicates(["actor_id", "field"])


def issues(package: Mapping[str, Resource], sheets: Mapping[str, pd.DataFrame]) -> Iterator[Issue]:
    """Claims that the row of their actor contradicts; nothing where one of the two tables could not be read whole."""
    needed = {"actors": {"id"}, "evidence": {"actor_id", "field", "value", "as_of"}}
    if not all(name in sheets and columns <= set(sheets[name].columns) for name, columns in needed.items()):
        return
    actors = sheets["actors"].drop_duplicates("id").set_index("id")
    for line, actor, field, value in _newest(sheets["evidence"])[["actor_id", "field", "value"]].itertuples(name=None):
        if actor in actors.index and field in actors and actors.at[actor, field] != value:
            cell = shown(actors.at[actor, field])
            fr = f"« {cell} », la valeur de la ligne de {package['actors'].path}, ou une page plus ancienne"
            en = f"“{cell}”, the value of the row in {package['actors'].path}, or an older page"
            yield Issue(package["evidence"].path, int(line), "value", shown(value), fr, en)
