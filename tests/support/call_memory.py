"""How much memory one call of a program takes at its most, beside what was there before it; run with the addresses to ask for.

Writes JSON: address -> for its first and its second call the status, MiB as Python, NumPy and pandas count them (tracemalloc), and MiB of
the whole process, libraries in C too (resident; Linux).
"""

from __future__ import annotations

import json
import re
import sys
import tracemalloc
from pathlib import Path

from biocarto import startup
from tests.support.asgi import ask
from tests.support.programs_server import build_programs

_SELF = Path("/proc/self")


def read_resident(name: str) -> float:
    """A figure of /proc/self/status in MiB."""
    [figure] = re.findall(rf"^{name}:\s+(\d+) kB$", (_SELF / "status").read_text(encoding="ascii"), re.MULTILINE)
    return int(figure) / 1024


def measure(address: str) -> tuple[int, float, float]:
    """Status, and MiB at the most above what there was before, in both counts."""
    before, resident = tracemalloc.get_traced_memory()[0], read_resident("VmRSS")
    tracemalloc.reset_peak()
    (_SELF / "clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
    answer = ask(build_programs(), address)
    return answer.status, (tracemalloc.get_traced_memory()[1] - before) / 1024**2, read_resident("VmHWM") - resident


def main() -> None:
    """Every address twice, after what a server reads before its first visitor."""
    startup.build_source().load_catalogue("latest")
    tracemalloc.start()
    json.dump({address: [measure(address) for _ in range(2)] for address in sys.argv[1:]}, sys.stdout)


if __name__ == "__main__":
    main()
