"""A register with its seed, and a folder of tables beside it that somebody edits by hand."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from biocarto.desk.acts import Desk
from biocarto.desk.ledger import read_row, read_rows
from tests.support.desk import copy_store, open_desk
from tests.support.register import ROOT

Row = dict[str, str]


@dataclass(frozen=True)
class Bench:
    """A desk, and the folder that it began as."""

    desk: Desk
    folder: Path

    def read(self, table: str) -> list[Row]:
        """The rows of a file of the folder."""
        return list(csv.DictReader(io.StringIO((self.folder / f"{table}.csv").read_text(encoding="utf-8"), newline="")))

    def write(self, table: str, rows: list[Row]) -> None:
        """Replace the rows of a file of the folder; a column more than the rows have is empty."""
        text = io.StringIO(newline="")
        header = next(csv.reader((self.folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()))
        writer = csv.DictWriter(text, dict.fromkeys([*header, *(name for row in rows for name in row)]), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        (self.folder / f"{table}.csv").write_text(text.getvalue(), encoding="utf-8", newline="")

    def edit(self, table: str, key: str, **cells: str) -> None:
        """Change cells of the row whose first column is `key`."""
        rows = self.read(table)
        first = next(iter(rows[0]))
        self.write(table, [row | cells if row[first] == key else row for row in rows])

    def describe(self, table: str, name: str) -> None:
        """Add a column of text to the description."""
        path = self.folder / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        resource = next(item for item in package["resources"] if item["name"] == table)
        resource["schema"]["fields"].append({"name": name, "type": "string", "description": "Essai", "description_en": "Try"})
        path.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    def cells(self, table: str, row_id: str) -> Row | None:
        """The cells of a row of the register."""
        with self.desk.store.read() as transaction:
            row = read_row(transaction, table, row_id)
        return row.cells if row else None

    def dump(self) -> dict[str, list[Row]]:
        """The tables of the register."""
        with self.desk.store.read() as transaction:
            return {table: [row.cells for row in read_rows(transaction, table)] for table in ("actors", "sites", "cities", "redirects")}


def make_bench(folder: Path) -> Bench:
    """A new register beside a copy of the shipped tables."""
    data = folder / "data"
    shutil.copytree(ROOT / "data", data)
    return Bench(open_desk(copy_store(folder)), data)
