"""What every test shares: the project's folders, and the same pace on a laptop and in continuous integration."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from biocarto.joins import Catalogue
from tests.test_joins import joined

ROOT = Path(__file__).resolve().parents[1]

# A slow machine is no defect, and a red test must be red again on the next run.
settings.register_profile("biocarto", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, max_examples=60)
settings.load_profile("biocarto")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root."""
    return ROOT


@pytest.fixture(scope="session")
def register() -> Catalogue:
    """The real register, joined once."""
    return joined()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in tests/browser is a browser test; they run last, after what is quick to fail."""
    for item in items:
        if "browser" in item.path.relative_to(ROOT).parts:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
