"""Claims on single cells of the register, held against the rows: the cell is what the newest claim says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from biocarto.errors import Issue, quote_value
from biocarto.register import freshness
from biocarto.register.schema import INTEGER, Resource


def _newest(claims: pd.DataFrame) -> pd.DataFrame:
    """The newest claim per actor and field, in a frame of strings; a year that is none is told by the schema."""
    dated = claims[claims["as_of"].map(INTEGER.passes).astype(bool)]
    return freshness.list_newest(dated.assign(as_of=dated["as_of"].astype(int)))


def find_issues(package: Mapping[str, Resource], sheets: Mapping[str, pd.DataFrame]) -> Iterator[Issue]:
    """What rows and claims say against each other; nothing where one of the two tables could not be read whole."""
    needed = {"actors": {"id", "as_of", "owner_since"}, "evidence": {"actor_id", "field", "value", "as_of"}}
    if not all(name in sheets and columns <= set(sheets[name].columns) for name, columns in needed.items()):
        return
    claims = _newest(sheets["evidence"])
    yield from _find_contradicted(package, sheets["actors"].drop_duplicates("id").set_index("id"), claims)
    yield from _find_owned_later(package["actors"].path, sheets["actors"], claims)


def _find_contradicted(package: Mapping[str, Resource], actors: pd.DataFrame, claims: pd.DataFrame) -> Iterator[Issue]:
    """Claims that the row of their actor contradicts."""
    rows = actors.loc[actors.index.isin(claims["actor_id"])].to_dict("index")
    for line, actor, field, value in claims[["actor_id", "field", "value"]].itertuples(name=None):
        if rows.get(actor, {}).get(field, value) != value:
            cell = quote_value(rows[actor][field])
            fr = f"« {cell} », la valeur de la ligne de {package['actors'].path}, ou une page plus ancienne"
            en = f"“{cell}”, the value of the row in {package['actors'].path}, or an older page"
            yield Issue(package["evidence"].path, int(line), "value", quote_value(value), fr, en)


def _find_owned_later(path: str, actors: pd.DataFrame, claims: pd.DataFrame) -> Iterator[Issue]:
    """Owners since a year that neither the page of the row nor a newer one on the owner can know."""
    told = claims[claims["field"].eq("owner")].set_index("actor_id")["as_of"]
    for line, actor, since, page in actors[["id", "owner_since", "as_of"]].itertuples(name=None):
        if not (INTEGER.passes(since) and INTEGER.passes(page)):
            continue
        newest = max(int(page), int(told.get(actor, 0)))
        if int(since) > newest:
            fr = f"une année jusqu'à celle de la page la plus récente qui peut le dire ({newest})"
            yield Issue(path, int(line), "owner_since", since, fr, f"a year up to that of the newest page that may tell it ({newest})")
