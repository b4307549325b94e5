"""Runs one of our JavaScript files with Node.js, that of the machine or the one that `make` installs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any


def find_node() -> str:
    """The path of Node.js; AssertionError where there is none."""
    node = shutil.which("node", path=os.pathsep.join([os.environ.get("PATH", ""), str(Path(sys.executable).parent)]))
    assert node, "Node.js is missing: `make check` installs it"
    return node


def ask_node(script: Path, question: object) -> Any:
    """What a script writes as JSON about a question that it reads as JSON; a script that fails fails the test, with its words."""
    done = subprocess.run(
        [find_node(), str(script)], input=json.dumps(question), capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
