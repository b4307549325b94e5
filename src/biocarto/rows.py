"""Rows of a frame as plain mappings, column -> value, for whoever writes one row at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

Row = Mapping[str, Any]


def get_row(frame: pd.DataFrame, key: str) -> Row:
    """The row of an index value; raises KeyError."""
    return cast(Row, frame.loc[key].to_dict())


def list_rows(frame: pd.DataFrame) -> list[Row]:
    """Every row, in order; a missing number or date is None."""
    return cast(list[Row], frame.to_dict("records"))
