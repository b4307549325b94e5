"""The register as the room shows it: rows, names and forms, kept until the next act of anybody."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from biocarto import caches
from biocarto.caches import Cache
from biocarto.desk import communes, forms, listing
from biocarto.desk.acts import Desk
from biocarto.desk.description import Package, read_package
from biocarto.desk.differences import name_row
from biocarto.desk.facts import RegisterRow
from biocarto.desk.forms import Form
from biocarto.desk.ledger import find_last_number, read_row, read_rows
from biocarto.desk.listing import ListedRow
from biocarto.i18n import Locale
from biocarto.store.store_error import StoreError
from biocarto.store.transaction import Transaction
from biocarto.ui.shared import cache
from biocarto.ui.shared.identity import open_desk_store

T = TypeVar("T")
_LAST = "desk_last_act"
_kept = Cache(caches.REGISTER_TABLES)


@dataclass(frozen=True)
class RegisterView:
    """The desk, and the register as it was after one act; a row that is edited is read anew."""

    desk: Desk
    number: int
    trouble: StoreError | None = None
    """Why the store does not answer: what is shown was kept, so that what somebody types stays on screen."""

    def get_package(self) -> Package:
        """The tables as they are described."""
        return self._keep("package", read_package)

    def get_rows(self, table: str) -> list[RegisterRow]:
        """The rows of a table, in their places."""
        return self._keep(("rows", table), lambda transaction: read_rows(transaction, table))

    def list_rows(self, table: str) -> list[ListedRow]:
        """The rows of a table as people look for them."""
        claims, redirects = (self.get_rows(name) if table == "actors" else [] for name in ("evidence", "redirects"))
        return self._keep(("listed", table), lambda _: listing.list_rows(self.get_rows(table), claims, redirects, tell=self._tell))

    def _tell(self, column: str, cell: str) -> str:
        """The name that stands for a code or an id; what is none stays as it is."""
        if column == "commune_code":
            return communes.name_commune(self.desk.territory, cell) or cell
        table = {"actor_id": "actors", "network_id": "networks"}.get(column)
        if table is None:
            return cell
        return self._keep(("names", table), lambda _: {row.id: name_row(row.cells) for row in self.get_rows(table)}).get(cell, cell)

    def build_form(self, table: str, t: Locale) -> Form:
        """The form of a table."""
        package = self.get_package()
        rows = {name: self.get_rows(name) for name in forms.list_named_tables(package, table)}
        return self._keep(("form", table, t.language), lambda _: forms.build_form(package, table, rows, self.desk.territory, t))

    def read_row(self, table: str, row_id: str) -> RegisterRow | None:
        """A row as it is now, whatever is kept; while the store is away, as it was."""
        if self.trouble is not None:
            return next((row for row in self.get_rows(table) if row.id == row_id), None)
        with self.desk.store.read() as transaction:
            return read_row(transaction, table, row_id)

    def _keep(self, what: Hashable, make: Callable[[Transaction], T]) -> T:
        def read() -> T:
            with self.desk.store.read() as transaction:
                return make(transaction)

        return _kept.get((self.desk.store.name, self.number, what), read)


def open_view() -> RegisterView:
    """The register as it is now, or while the store is away as this session saw it last; raises StoreError, DataError."""
    desk = Desk(open_desk_store(), cache.load_catalogue().territory)
    try:
        with desk.store.read() as transaction:
            number = find_last_number(transaction)
    except StoreError as error:
        if _LAST not in st.session_state:
            raise
        return RegisterView(desk, st.session_state[_LAST], error)
    st.session_state[_LAST] = number
    return RegisterView(desk, number)
