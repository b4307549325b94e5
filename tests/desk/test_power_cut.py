"""A process that is killed in the middle of an act: nothing acknowledged is lost, nothing is half done."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.support.desk import copy_store
from tests.support.register import ROOT


def test_twenty_kills_lose_nothing(tmp_path: Path) -> None:
    """In saves, undos and publications, at random moments; and the register opens again at once."""
    store = copy_store(tmp_path)
    command = [sys.executable, "-m", "tests.desk.power_cut", "--rounds", "20", "--store", store.name]
    found = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    assert (found["rounds"], found["lost"], found["broken"]) == (20, [], [])
    assert found["acknowledged"] >= 20
    assert found["reopening"] < 5
