"""The columns of the central frames: each is declared once, with the type that it has."""

import json

import pandas as pd
import pytest

from biocarto.config import ROOT
from biocarto.query.select import prepare_actors
from biocarto.register import columns
from tests.support.register import joined


def of_the_table() -> dict[str, str]:
    """Column -> dtype of the table of actors, as data/datapackage.json describes it: another path than the app's."""
    package = json.loads((ROOT / "data/datapackage.json").read_text(encoding="utf-8"))
    table = next(resource for resource in package["resources"] if resource["name"] == "actors")
    return {field["name"]: columns.DTYPES[field["type"]] for field in table["schema"]["fields"]}


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    """Column -> dtype."""
    return {str(name): str(dtype) for name, dtype in frame.dtypes.items()}


def test_every_column_of_the_central_frames_is_declared() -> None:
    """None is there that nobody declared, none is declared that is not there, and each has its type."""
    added = {name: column.dtype for name, column in columns.JOINED.items()}
    assert dtypes(joined().actors) == of_the_table() | added
    more = {name: column.dtype for name, column in columns.PREPARED.items()}
    assert dtypes(prepare_actors(joined())) == of_the_table() | added | more
    assert all(column.meaning for column in (*columns.JOINED.values(), *columns.PREPARED.values()))


def test_a_frame_that_is_not_as_declared_is_refused() -> None:
    """A year that has become a fraction, a code that has become a number, a column that is gone: named, all at once."""
    actors = joined().actors
    assert columns.check(actors, columns.JOINED) is actors
    wrong = actors.assign(status_year=actors["status_year"].astype(float), region_code=11).drop(columns="place_id")
    with pytest.raises(TypeError, match=r"status_year.*region_code.*place_id"):
        columns.check(wrong, columns.JOINED)
    assert columns.check(actors.iloc[:0], columns.JOINED).empty
