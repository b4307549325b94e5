"""The chain from research to production: which of its six links each territory, or each modality, has."""

from __future__ import annotations

import pandas as pd

from biocarto.analysis.coverage import roles
from biocarto.analysis.coverage.roles import CHAIN
from biocarto.analysis.coverage.territories import CODE_COLUMNS, select_layer
from biocarto.model import N_, Level, Modality
from biocarto.query.filters import UNKNOWN
from biocarto.territory.territory import Territory

LINKS = tuple(link.value for link in CHAIN)
"""Columns of the matrices, in the order of the chain."""

MISSING_NOTE = N_(
    "Maillon manquant : aucun site du répertoire. Le répertoire ne prétend pas être complet : absent ne veut pas dire inexistant."
)
MODALITY_NOTE = N_(
    "Un site de plusieurs modalités compte dans chacune. Un maillon qui manque à une modalité peut exister parmi les sites "
    "dont la modalité n'est pas connue : c'est le cas de la plupart des incubateurs."
)


def _links(actors: pd.DataFrame) -> pd.DataFrame:
    return roles.mark_roles(actors)[list(LINKS)].astype(int)


def count_by_territory(actors: pd.DataFrame, territory: Territory, level: Level) -> pd.DataFrame:
    """Sites per territory and link (index: code; columns: name, then `LINKS`); closed sites are no link. KeyError for countries."""
    layer = select_layer(territory, level)
    counts = _links(actors).groupby(actors[CODE_COLUMNS[level]]).sum().reindex(layer.index, fill_value=0)
    counts.insert(0, "name", layer["name"])
    return counts.rename_axis(index="code", columns=None)


def count_by_modality(actors: pd.DataFrame) -> pd.DataFrame:
    """Sites per modality and link (index: every modality, then `filters.UNKNOWN` for sites without a known one; columns: `LINKS`)."""
    modalities = actors["modalities"].explode()
    known = modalities.where(modalities.isin(list(Modality)), UNKNOWN)
    counts = _links(actors).reindex(known.index).groupby(known.to_numpy()).sum()
    return counts.reindex([*Modality, UNKNOWN], fill_value=0).astype(int).rename_axis(index="modality")


def list_missing_links(matrix: pd.DataFrame) -> pd.Series:
    """The links that each row of a matrix lacks, as a tuple in the order of the chain."""
    lacks = matrix[list(LINKS)].eq(0)
    return pd.Series([tuple(link for link in LINKS if row[link]) for row in lacks.to_dict("records")], index=matrix.index, dtype=object)
