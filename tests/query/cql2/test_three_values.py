"""Random filters over random small frames with unknown cells: what is kept is what SQL's three values say."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings

from biocarto.query.cql2 import compile_filter
from tests.support.cql2_examples import COLUMNS, ROWS, TREES, judge, make_frame


@settings(max_examples=250, deadline=None)
@given(tree=TREES, rows=ROWS)
def test_a_mask_is_what_a_plain_reading_says(tree: Any, rows: list[dict[str, Any]]) -> None:
    """Row by row, a condition that is false or unknown keeps nothing."""
    mask = compile_filter(json.dumps(tree), "cql2-json", COLUMNS).build_mask(make_frame(rows))
    assert mask.tolist() == [judge(tree, row) is True or judge(tree, row) == 1 for row in rows]
