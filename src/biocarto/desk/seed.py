"""The first act of a register: the edition that the product is shipped with, or the one of another folder, becomes facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from biocarto.desk import editions
from biocarto.desk.change_log import EARLIER
from biocarto.desk.description import DESCRIPTION, TEXT, make_row_id
from biocarto.desk.editions import Edition
from biocarto.desk.facts import PLACE, ActName, ChangeKind, Edit, Evidence, Header
from biocarto.desk.ledger import find_last_number, record
from biocarto.desk.members import OPERATOR
from biocarto.register import changes, tables
from biocarto.register.readback import find_labels
from biocarto.register.schema import Resource, read_edition
from biocarto.register.sheets import read_table
from biocarto.register.tables import PACKAGE, parse_package
from biocarto.store.database import Store

REQUEST = "seed"
Cells = Mapping[str, str]


def seed(store: Store, folder: Path, now: datetime | None = None) -> Edition | None:
    """Make the register of a store from the tables of a folder; None where it has one. Raises CatalogueError, StoreError."""
    tables.read(folder)  # what pages could not show is no beginning
    text = (folder / PACKAGE).read_text(encoding="utf-8-sig")
    edits = [Edit(DESCRIPTION, PACKAGE, PLACE, "", "1"), Edit(DESCRIPTION, PACKAGE, TEXT, "", text)]
    for resource in parse_package(text).values():
        edits += _list_edits(resource, read_cells(folder, resource))
    edits += list_log_edits(folder)
    store.prepare()
    with store.write() as transaction:
        if find_last_number(transaction):
            return None
        header = Header(OPERATOR.id, f"Édition {read_edition(text)} de {folder.name}/", REQUEST, ChangeKind.SEED, ActName.SEED)
        record(transaction, header, edits, now)
        return editions.keep(transaction, editions.build(transaction, read_edition(text), 1), 1, OPERATOR.id, now=now)


def list_log_edits(folder: Path) -> list[Edit]:
    """The edits that carry the log of a folder on, where it has one."""
    log = changes.write("", changes.read(folder)[0])
    return [Edit(EARLIER, changes.FILE, PLACE, "", "1"), Edit(EARLIER, changes.FILE, TEXT, "", log)] if log else []


def read_cells(folder: Path, resource: Resource) -> list[Cells]:
    """The rows of a table of a folder as strings, in its order."""
    frame = read_table(folder / resource.path, resource, find_labels(resource)).frame
    return [{str(name): str(cell) for name, cell in row.items() if cell} for row in frame.to_dict("records")]


def _list_edits(resource: Resource, rows: list[Cells]) -> Iterator[Edit]:
    taken: set[str] = set()
    for place, cells in enumerate(rows, start=1):
        row_id = make_row_id(resource, cells, taken.__contains__)
        taken.add(row_id)
        yield from list_new_row(resource.name, row_id, place, cells, tell_evidence(cells))


def list_new_row(resource: str, row_id: str, place: int, cells: Cells, evidence: Evidence) -> Iterator[Edit]:
    """The edits that make a row."""
    yield Edit(resource, row_id, PLACE, "", str(place))
    yield from (Edit(resource, row_id, field, "", text, evidence) for field, text in cells.items() if text)


def tell_evidence(cells: Cells) -> Evidence:
    """What a row says that it rests on."""
    names = ("source_url", "source_title", "as_of", "valid_from", "confidence")
    return Evidence(**{name: cells.get(name, "") for name in names})
