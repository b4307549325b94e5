"""Settings come from the environment, and a bad one is refused with the accepted values."""

from __future__ import annotations

import pytest

from biocarto.config import ROOT, STATIC, Settings, read, variables
from biocarto.errors import SettingError


def test_defaults_are_the_folders_of_the_project() -> None:
    """Without any variable the app reads its own folders and asks nobody else."""
    settings = read({})
    assert (settings.data, settings.geo) == (ROOT / "data", ROOT / "geo")
    assert not settings.allow_cdn
    assert not settings.ign_tiles


def test_the_served_folder_is_beside_the_door() -> None:
    """Streamlit serves the `static` folder next to its script and no other, so that no setting may name another."""
    assert STATIC.name == "static"
    assert (STATIC.parent / "dashboard.py").is_file()
    with pytest.raises(SettingError, match="BIOCARTO_STATIC does not exist"):
        read({"BIOCARTO_STATIC": "elsewhere"})


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_folder_is_refused(text: str) -> None:
    """`BIOCARTO_DATA=` would silently be the root of the project."""
    with pytest.raises(SettingError, match="BIOCARTO_DATA is empty") as caught:
        read({"BIOCARTO_DATA": text})
    assert caught.value.fr.startswith("BIOCARTO_DATA est vide")


def test_a_relative_folder_starts_at_the_root() -> None:
    """The working directory does not matter."""
    assert read({"BIOCARTO_DATA": "other/tables"}).data == ROOT / "other" / "tables"


def test_an_absolute_folder_is_kept(tmp_path: object) -> None:
    """An operator may keep the tables anywhere."""
    assert str(read({"BIOCARTO_GEO": str(tmp_path)}).geo) == str(tmp_path)


@pytest.mark.parametrize(("text", "value"), [("1", True), ("Oui", True), (" true ", True), ("0", False), ("", False), ("non", False)])
def test_a_switch_reads_french_and_english(text: str, value: bool) -> None:
    """People write yes and no in several ways."""
    assert read({"BIOCARTO_ALLOW_CDN": text}).allow_cdn is value


def test_a_bad_switch_names_the_accepted_values() -> None:
    """A typing error never becomes a silent default."""
    with pytest.raises(SettingError, match="maybe") as caught:
        read({"BIOCARTO_IGN_TILES": "maybe"})
    assert "oui" in caught.value.fr
    assert "yes" in caught.value.en


def test_an_unknown_setting_names_the_known_ones() -> None:
    """`BIOCARTO_TILES` is not taken for `BIOCARTO_IGN_TILES`."""
    with pytest.raises(SettingError, match="BIOCARTO_IGN_TILES"):
        read({"BIOCARTO_TILES": "1", "HOME": "/root"})


def test_every_setting_has_help() -> None:
    """The README's table of settings is written from these texts."""
    helps = [field.metadata["help"] for field in Settings.__dataclass_fields__.values()]
    assert len(helps) == len(variables())
    assert all(helps)
