"""A table whose chosen row is in the address, so that it is in step with the map, a link and the back button."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

import streamlit as st

from biocarto.ui.shared import address, printing
from biocarto.ui.shared.data_table import Table


def _pick(key: str, ids: list[str], name: str, clears: Iterable[str]) -> None:
    if not address.has_widget(key):
        return
    rows = st.session_state[key]["selection"]["rows"]
    address.clear(clears)
    address.write(name, ids[rows[0]] if rows and rows[0] < len(ids) else None)


def _key(table: str, ids: list[str], chosen: str) -> str:
    """A key that stays while the reader walks the table, and changes with its rows or when the choice was made elsewhere."""
    rows = f"{table}-{zlib.crc32('|'.join(ids).encode()):08x}"
    epoch = int(st.session_state.get(rows, 0))
    state = st.session_state.get(f"{rows}-{epoch}")
    if state is not None:
        picked = [ids[row] for row in state["selection"]["rows"] if row < len(ids)]
        if picked != ([chosen] if chosen else []):
            epoch += 1
    st.session_state[rows] = epoch
    return f"{rows}-{epoch}"


def show(table: str, frame: Table, name: str, clears: Iterable[str] = (), **options: Any) -> None:
    """Show `frame` (index: id); choosing a row writes its id into the address under `name` and forgets `clears`."""
    ids = [str(key) for key in frame.index]
    asked = (address.read_values(name) or [""])[-1]
    chosen = asked if asked in ids else ""
    key = _key(table, ids, chosen)
    printing.show_dataframe(
        table,
        frame,
        key=key,
        on_select=lambda: _pick(key, ids, name, clears),
        selection_mode="single-row",
        selection_default={"selection": {"rows": [ids.index(chosen)]}} if chosen else None,
        **options,
    )
