"""Tables of features in a database, as far as no database is needed: how they are named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from biocarto.export.collections import postgis_source
from biocarto.export.collections.collection import CellType, Collection
from biocarto.export.collections.library import CollectionLibrary
from biocarto.export.collections.postgis_source import PostgisSource
from biocarto.store.feature_tables import FeatureDatabase
from tests.support.register import joined


def name_table(collection: Collection) -> str:
    """The digest in the name of its table; no database is opened."""
    return PostgisSource(collection, FeatureDatabase("postgresql://nowhere/none")).table.digest


@pytest.fixture(scope="module")
def stages() -> Collection:
    """A small collection."""
    return CollectionLibrary().find_source(joined(), "stages").collection


def test_the_same_features_have_the_same_table(stages: Collection) -> None:
    """Whichever server writes it."""
    assert name_table(stages) == name_table(replace(stages))


def test_other_columns_have_another_table(stages: Collection) -> None:
    """A type that changed is another table, though every text of every feature is the same."""
    first, *others = stages.columns
    assert first.type is CellType.TEXT
    changed = replace(stages, columns=(replace(first, type=CellType.LIST), *others))
    assert name_table(changed) != name_table(stages)


def test_other_systems_have_another_table(stages: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text is found by the place of its system: in another order it would be read as another one."""
    usual = name_table(stages)
    first, second, *others = postgis_source.SYSTEMS
    monkeypatch.setattr(postgis_source, "SYSTEMS", (second, first, *others))
    assert name_table(stages) != usual


def test_another_version_has_another_table(stages: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may write shapes or ranks otherwise."""
    usual = name_table(stages)
    monkeypatch.setattr(postgis_source, "__version__", "0.0.0")
    assert name_table(stages) != usual
