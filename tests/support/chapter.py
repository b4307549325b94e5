"""The table of docs/chapter.md: each name of the chapter, its id, and the addresses that show it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINE = re.compile(r"^\| (?P<name>[^|]+) \| [^|]+ \| `(?P<id>[^`]+)` \| (?P<addresses>[^|]+) \|$", re.MULTILINE)
ROWS = [
    (row["name"], row["id"], re.findall(r"`([^`]+)`", row["addresses"]))
    for row in LINE.finditer((ROOT / "docs/chapter.md").read_text("utf-8"))
]
"""Name, id, addresses."""
