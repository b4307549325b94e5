"""What happens to a wrong setting at the start: a laptop tells it on its pages, a public server does not start."""

from __future__ import annotations

import pytest

from biocarto.config import Settings
from biocarto.errors import SettingError
from biocarto.ui import startup

PUBLIC = {"BIOCARTO_PUBLIC_URL": "https://carto.example"}
WRONG = {"BIOCARTO_BOOTH_IDLE": "abc"}


def test_a_laptop_starts_with_a_wrong_setting() -> None:
    """Closed to others; the pages name the setting."""
    assert startup.read_settings(WRONG) == Settings()


def test_a_public_server_does_not_start_with_a_wrong_setting() -> None:
    """What is wrong is said, and not that its address is missing."""
    with pytest.raises(SettingError, match="BIOCARTO_BOOTH_IDLE"):
        startup.read_settings(PUBLIC | WRONG)
    with pytest.raises(SettingError, match="BIOCARTO_PUBLIC_URL"):
        startup.read_settings({"BIOCARTO_PUBLIC_URL": "carto.example"})


def test_a_good_public_address_is_read() -> None:
    """And an empty one is a laptop's."""
    assert startup.read_settings(PUBLIC).public_host == "carto.example"
    assert startup.read_settings({"BIOCARTO_PUBLIC_URL": " "} | WRONG) == Settings()
