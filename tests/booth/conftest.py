"""The real register, joined once."""

from __future__ import annotations

from pathlib import Path

import pytest

from biocarto import catalogue, joins, territory
from biocarto.joins import Catalogue


@pytest.fixture(scope="session")
def register(root: Path) -> Catalogue:
    """The committed tables and layers."""
    return joins.build(catalogue.read(root / "data"), territory.read(root / "geo"))
