"""The real pack with the cable pulled: real wheels, a Python that has nothing, no network but this machine's own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from biocarto.build import booth, booth_wheels
from tests.browser.servers import ROOT

pytestmark = pytest.mark.services


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `make booth` writes it, for this Python, on a stick whose name has a space and an accent."""
    folder = tmp_path_factory.mktemp("pack") / "Clé USB" / "stand"
    booth.build(folder, booth_wheels.list_targets([], []))
    return folder


@pytest.fixture(scope="module")
def seen(pack: Path) -> dict[str, Any]:
    """What happened inside a network namespace that has no way out, under a Python without our packages."""
    inside = [sys.executable, "-m", "tests.services.pack_visit", str(pack), sys._base_executable]
    done = subprocess.run(["unshare", "--map-root-user", "--net", *inside], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-6000:]
    print(done.stdout)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_first_start_installs_and_the_second_does_not(seen: dict[str, Any], pack: Path) -> None:
    """Without a network, from the wheels of the pack; nothing half-installed is left."""
    assert seen["pulled"]
    assert any("Premier démarrage" in line for line in seen["first"]["said"])
    assert not any("Premier démarrage" in line for line in seen["second"]["said"])
    assert [path.name.partition("-linux")[0] for path in (pack / "lib").iterdir()] == [
        f"cp{sys.version_info.major}{sys.version_info.minor}"
    ]


def test_a_visitor_takes_a_list_along(seen: dict[str, Any]) -> None:
    """The loop, the doors, an actor, its code; the seven stages on a map; our font; no error of a script."""
    visit = seen["visit"]
    assert len(visit["kept"]) == 1
    assert visit["map"] == 7
    assert visit["font"]
    assert visit["errors"] == []


def test_a_server_that_is_killed_brings_the_page_back(seen: dict[str, Any]) -> None:
    """Another process, the same page, the same visit; then a clean end."""
    assert seen["killed"] == {"another": True, "by_itself": True}
    assert seen["code"] == 0


def test_a_rebuild_keeps_what_the_stand_wrote(seen: dict[str, Any], pack: Path) -> None:
    """Installed packages, log and settings are there after the pack was made again."""
    kept = [pack / "reglages.txt", pack / "journal.txt", *(pack / "lib").glob("*/site-packages/streamlit/__init__.py")]
    before = [path.read_bytes() for path in kept]
    assert len(before) == 3
    booth.build(pack, booth_wheels.list_targets([], []))
    assert [path.read_bytes() for path in kept] == before
