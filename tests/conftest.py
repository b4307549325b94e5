"""What every test shares: the register, the same pace on a laptop and in continuous integration, an order that fills two workers."""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from biocarto.register.catalogue import Catalogue
from tests.support.order import LONGEST
from tests.support.register import joined

ROOT = Path(__file__).resolve().parents[1]

# Whoever tries the desk in this clone has a store in var/: the tests are about the tables that are committed.
os.environ["BIOCARTO_STORE"] = str(Path(tempfile.gettempdir(), "biocarto-without-a-store", "register.sqlite"))

# A slow machine is no defect, and a red test must be red again on the next run.
settings.register_profile("biocarto", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, max_examples=60)
# `make soak`: other draws every night, many more of them, and the lines that bring a failure back.
settings.register_profile("soak", settings.get_profile("biocarto"), derandomize=False, max_examples=3_000, print_blob=True)
settings.load_profile("biocarto")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root."""
    return ROOT


@pytest.fixture(scope="session")
def register() -> Catalogue:
    """The real register, joined once."""
    return joined()


def _turn(item: pytest.Item) -> int:
    """When a test has its turn: long files first, then the others, then browser tests, after what is quick to fail."""
    name = item.path.relative_to(ROOT / "tests").as_posix()
    if item.get_closest_marker("browser"):
        return len(LONGEST) + 1
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in tests/browser is a browser test, everything in tests/services needs programs of the machine."""
    for item in items:
        for kind in ("browser", "services"):
            if kind in item.path.relative_to(ROOT).parts:
                item.add_marker(kind)
    items.sort(key=_turn)


def pytest_collection_finish() -> None:
    """What was imported stays: Streamlit's full collection after each run of a page looks through what came later (as on a server)."""
    gc.collect()
    gc.freeze()
