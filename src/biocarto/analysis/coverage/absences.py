"""What is not there: territories without a role of the chain, the nearest site that has it, and how many people live far from one.

Distances are straight, in kilometres on the Lambert-93 plane (EPSG:2154).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from biocarto.analysis.coverage import roles
from biocarto.analysis.coverage.roles import ChainLink
from biocarto.analysis.coverage.territories import CODE_COLUMNS, select_layer
from biocarto.model import DIVIDED, N_, PARIS, Level
from biocarto.territory.territory import Territory, project_points

ABSENCES = (ChainLink.ANY, ChainLink.RESEARCH, ChainLink.INCUBATION, ChainLink.INTEGRATION, ChainLink.PRODUCTION, ChainLink.CDMO)
"""What a territory is told to lack."""

REACHED = (ChainLink.INCUBATION, ChainLink.INTEGRATION, ChainLink.CDMO)
"""What people are measured to live far from."""

LIMITS = (10, 20, 30)
"""Kilometres."""

DISTANCE_NOTE = N_(
    "Distances à vol d'oiseau, au kilomètre, de la mairie (à Paris, du point de l'arrondissement), où toute la population est comptée, à "
    "la position connue du site, souvent sa commune ; d'un territoire plus grand, l'écart entre ses communes. "
    "Seuls comptent les sites du répertoire, en Île-de-France, dont la commune ou l'arrondissement est connu."
)

_FACTS = ["name", "population", "latitude", "longitude"]


def list_places(territory: Territory) -> pd.DataFrame:
    """Where the people of Île-de-France are counted (index: code): every commune, Paris as its 20 arrondissements.

    Columns: name, population, latitude, longitude (EPSG:4326), department_code.
    """
    layers = (territory.communes.drop(index=PARIS, errors="ignore"), territory.arrondissements)
    return pd.concat([pd.DataFrame({name: layer[name] for name in [*_FACTS, "department_code"]}) for layer in layers])


def _fill_unknown(territories: pd.DataFrame) -> pd.DataFrame:
    """No nearest actor, in the columns of `find_nearest`."""
    return territories[["name", "population"]].assign(actor_id="", actor_name="", actor_commune="", distance_km=np.nan)


def find_nearest(points: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """The nearest actor to each point (index as given; latitude, longitude in degrees).

    Columns: name, population, actor_id, actor_name, actor_commune and distance_km; "" and nan where there is no actor at all with
    a position. Of two equally near, the first in the order of the register.
    """
    found = pd.DataFrame(points[["name", "population"]])
    actors = actors[actors["latitude"].notna()]
    if actors.empty or found.empty:
        return _fill_unknown(found)
    x, y = project_points(points["latitude"], points["longitude"])
    their_x, their_y = project_points(actors["latitude"], actors["longitude"])
    distances = np.hypot(x[:, None] - their_x, y[:, None] - their_y) / 1000
    best = distances.argmin(axis=1)
    told = actors.iloc[best]
    return found.assign(
        actor_id=told["id"].to_numpy(),
        actor_name=told["name"].to_numpy(),
        actor_commune=told["commune"].to_numpy(),
        distance_km=distances[np.arange(len(best)), best],
    )


def count_beyond(near: pd.DataFrame, limits: Sequence[float] = LIMITS) -> pd.DataFrame:
    """How many people live farther than each limit from the nearest actor (index: km; near: what `find_nearest` says of `list_places`).

    Columns: places, population, share (percentage of all people; nan where nobody lives) and names (of the places, most people
    first). Without any actor everybody does.
    """
    people = near["population"].astype("Float64").fillna(0.0).astype(float)
    total = people.sum()
    far = [~near["distance_km"].le(limit) for limit in limits]
    rows = {"places": [int(mask.sum()) for mask in far], "population": [int(people[mask].sum()) for mask in far]}
    order = np.argsort(-people.to_numpy(), kind="stable")
    names = [tuple(near["name"].iloc[order][mask.iloc[order]]) for mask in far]
    frame = pd.DataFrame(rows, index=pd.Index(limits, name="km")).assign(names=pd.Series(names, index=list(limits), dtype=object))
    return frame.assign(share=100 * frame["population"] / total if total > 0 else np.nan)


def measure_reach(actors: pd.DataFrame, territory: Territory) -> dict[ChainLink, pd.DataFrame]:
    """`count_beyond` for each of `REACHED`."""
    where, held = list_places(territory), roles.mark_roles(actors)
    return {role: count_beyond(find_nearest(where, actors[held[role.value]])) for role in REACHED}


def list_absent(
    actors: pd.DataFrame, territory: Territory, level: Level, role: ChainLink, among: Collection[str] | None = None
) -> pd.DataFrame:
    """The territories of a level (or those `among` codes) without a role (index: code), most people first, and the nearest site with it.

    Columns as in `find_nearest`, of communes only, from the town hall; then least_km and most_km: from the nearest and from the farthest
    of the communes (of Paris, arrondissements) of the territory, each to its own nearest site. KeyError for countries.
    """
    layer, having = select_layer(territory, level), roles.select_role(actors, role)
    asked = slice(None) if among is None else layer.index.isin(among)
    empty = pd.DataFrame(layer[asked])
    empty = empty[~empty.index.isin(having[CODE_COLUMNS[level]])]
    single = (level is Level.COMMUNE) & ~empty.index.isin(DIVIDED)
    found = pd.concat([find_nearest(empty[single], having), _fill_unknown(empty[~single])])
    return found.join(_sum_parts(having, territory, level, empty.index)).sort_values(["population", "name"], ascending=[False, True])


def _sum_parts(having: pd.DataFrame, territory: Territory, level: Level, codes: pd.Index) -> pd.DataFrame:
    """The least and the most kilometres from a commune of each of some territories (index: code) to its nearest actor."""
    where = list_places(territory)
    communes = where.index.to_series().mask(where.index.isin(territory.arrondissements.index), PARIS)
    holders = {Level.COMMUNE: communes, Level.REGION: communes.map(territory.communes["region_code"])}
    column = "department_code" if level is Level.DEPARTMENT else "intercommunality_code"
    holder = holders[level] if level in holders else communes.map(territory.communes[column])
    asked = holder.isin(codes)
    grouped = find_nearest(where[asked], having)["distance_km"].groupby(holder[asked].to_numpy())
    return pd.DataFrame({"least_km": grouped.min(), "most_km": grouped.max()})


def count_lacking(actors: pd.DataFrame, territory: Territory, level: Level) -> pd.DataFrame:
    """How many territories of a level lack each of `ABSENCES` (index: role; columns: territories, population, of which)."""
    layer, held = select_layer(territory, level), roles.mark_roles(actors)
    rows = {}
    for role in ABSENCES:
        empty = layer[~layer.index.isin(actors.loc[held[role.value], CODE_COLUMNS[level]])]
        rows[role.value] = {"territories": len(empty), "population": int(empty["population"].sum()), "of": len(layer)}
    return pd.DataFrame.from_dict(rows, orient="index")
