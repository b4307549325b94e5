"""No call of a program takes more than 64 MB, whatever it asks for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from biocarto.config import ROOT

MOST = 64
"""MiB for one call."""
DEEP = "NOT%20" * 1_000 + "kind%20=%20%27x%27"
"""A condition nested a thousand times, within the length of an address."""
CALLS = {
    "/changements.atom": 200,
    "/ogc/collections?f=json": 200,
    "/ogc/api?f=json": 200,
    "/ogc/collections/actors/items?f=json&limit=1000000000": 200,
    "/ogc/collections/actors/items?f=html": 200,
    "/ogc/collections/communes/items?f=json&limit=10000": 200,
    "/ogc/collections/regions/items?f=json&limit=10000": 200,
    f"/ogc/collections/actors/items?f=json&filter={DEEP}": 400,
    "/data/latest/": 200,
    "/data/latest/codebook": 200,
    "/data/latest/actors.csv": 200,
    "/data/latest/actors.parquet": 200,
    "/data/latest/actors.gpkg": 200,
    "/data/latest/communes.parquet": 200,
    "/catalog.jsonld": 200,
}
"""The heaviest of each kind -> its status."""


def test_no_call_takes_much_memory(tmp_path: Path) -> None:
    """The first one, which makes what others share, and the next; no file was made before."""
    command = [sys.executable, "-m", "tests.support.call_memory", *CALLS]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"BIOCARTO_STORE": str(tmp_path / "none.sqlite")},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    measured = json.loads(done.stdout.splitlines()[-1])
    assert {address: calls[1][0] for address, calls in measured.items()} == CALLS
    assert {address: calls for address, calls in measured.items() if max(most for _, *both in calls for most in both) > MOST} == {}
