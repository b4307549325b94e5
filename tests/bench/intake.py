"""The import: 50,000 lines read and explained, applied, explained again and taken back.

`python -m tests.bench.intake`: seconds of each, and the memory that the explanation takes above the idle process. Beside it the ordinary
way: the same file read by pandas and each name compared with each row by Python's own difflib, for as many lines as it does in a second.
"""

from __future__ import annotations

import csv
import io
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from time import perf_counter

import pandas as pd

from biocarto.desk.acts import Desk
from biocarto.desk.intake.applying import apply_import
from biocarto.desk.intake.explaining import explain
from biocarto.desk.intake.staging import Choices, Explanation
from biocarto.desk.reshaping import undo
from tests.bench import report
from tests.support.desk import PAGE, an_intent, copy_store, open_desk
from tests.support.register import layers

LINES = 50_000
EXPLAINED, MEGABYTES = 5.0, 200.0
"""Promises: seconds, and memory above the idle process."""
_SYLLABLES = ["ba", "ke", "li", "no", "vu", "ry", "so", "xa", "bio", "gen", "thera", "cell", "pharma", "onco", "vir", "neo", "im"]
_HEADERS = ("Société", "Ville", "Type", "Catégorie", "Activité", "Activité (anglais)", "Site web", "Création", "Statut")


def write_lines(count: int, seed: int = 1) -> bytes:
    """Contacts that are plainly made up, in communes of the region, as CSV with semicolons."""
    dice, text = random.Random(seed), io.StringIO(newline="")
    communes = sorted(layers().communes["name"])
    writer = csv.writer(text, delimiter=";")
    writer.writerow(_HEADERS)
    for number in range(count):
        name = "".join(dice.choice(_SYLLABLES) for _ in range(4)).title() + dice.choice((" Therapeutics", " Biotech", " SA", f" {number}"))
        told = f"https://www.exemple-{number}.fr", dice.randrange(1990, 2024), dice.choice(("présent", "fermé", ""))
        kind = "Entreprise", dice.choice(("Biothérapies", "Bioproduction"))
        writer.writerow([name, dice.choice(communes), *kind, f"Produit numéro {number}", f"Product number {number}", *told])
    return text.getvalue().encode()


def _time(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def _read_status(name: str) -> float:
    """A figure of this process in megabytes, as Linux keeps it."""
    found = next(line for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines() if line.startswith(name))
    return int(found.split()[1]) * 1024 / 1e6


def _forget_peak() -> float:
    """Memory in use, in megabytes, from which the peak is counted anew."""
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
    return _read_status("VmRSS")


def _explain(desk: Desk, data: bytes) -> Explanation:
    return explain(desk, "contacts.csv", data, Choices(page=PAGE))


def _compare_ordinarily(data: bytes, names: list[str]) -> float:
    """Seconds that the ordinary way would take for all lines, from what it does in one."""
    start = perf_counter()
    told = pd.read_csv(io.BytesIO(data), sep=";", dtype=str)["Société"]
    read, done = perf_counter() - start, 0
    while perf_counter() - start < read + 1:
        max(SequenceMatcher(None, told[done], name).ratio() for name in names)
        done += 1
    return read + len(told) / done


def lines() -> Iterator[str]:
    """One Markdown row a step, and whether the promises are met."""
    with tempfile.TemporaryDirectory(prefix="biocarto-") as folder:
        desk, data = open_desk(copy_store(Path(folder))), write_lines(LINES)
        _explain(desk, write_lines(100))
        idle = _forget_peak()
        found: list[Explanation] = []
        explained = _time(lambda: found.append(_explain(desk, data)))
        above = _read_status("VmHWM") - idle
        applied = _time(lambda: apply_import(desk, an_intent("un grand fichier"), found[0]))
        again = _time(lambda: _explain(desk, data))
        undone = _time(lambda: undo(desk, an_intent("par erreur"), 2))
        with desk.store.read() as transaction:
            [(actors,)] = transaction.execute("SELECT count(*) FROM register_row WHERE resource = 'actors'")
    ordinary = _compare_ordinarily(data, [f"Nom {number}" for number in range(int(actors))])
    yield f"| import of {LINES:,} lines ({len(data) / 1e6:.0f} MB) | ours | the ordinary way |"
    yield "|---|--:|--:|"
    yield f"| read and explain ({len(found[0].new):,} new) | {explained:.1f} s | {ordinary:.0f} s (names alone) |"
    yield f"| memory above the idle process | {above:.0f} MB | |"
    yield f"| apply | {applied:.1f} s | |"
    yield f"| explain again, all known | {again:.1f} s | |"
    yield f"| undo | {undone:.1f} s | |"
    yield f"\n{LINES:,} lines are explained within {EXPLAINED:.0f} s: {'met' if explained <= EXPLAINED else 'MISSED'}"
    yield f"and within {MEGABYTES:.0f} MB: {'met' if above <= MEGABYTES else 'MISSED'}"


if __name__ == "__main__":
    told = list(lines())
    print("\n".join(told))
    sys.exit(report.missed(told))
