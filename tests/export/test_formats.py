"""What every format keeps to."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from biocarto.export.formats import FORMATS, Format
from biocarto.export.selection import ignore_progress
from tests.export.selections import a_row, a_selection, many

EACH = pytest.mark.parametrize("found", FORMATS.values(), ids=FORMATS)


@EACH
def test_an_empty_selection_is_a_file(found: Format) -> None:
    """A header, a schema or a title, and no row."""
    assert found.write(a_selection(), ignore_progress)


@EACH
def test_progress_rises_to_one(found: Format) -> None:
    """A bar never goes back, and never stays short of its end."""
    told: list[float] = []
    found.write(a_selection(frame=many(5_000)), told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    assert told[0] >= 0


@EACH
@settings(max_examples=settings().max_examples // 4)
@given(text=st.text(alphabet=st.characters(exclude_categories=[]), min_size=1))
@example("=\x00\ud800\uffff\r\n'\"{}\\")
def test_any_text_is_written(found: Format, text: str) -> None:
    """Whatever stands in a name, an activity, an address, a list or a search, an answer and never a trace."""
    row = a_row(name=text, activity_fr=text, website=text, modalities=(text,), source_title=text)
    selection = a_selection(row, filters=[(text, text)], link=f"https://example.org/?q={text}")
    assert found.write(selection, ignore_progress)


@EACH
def test_a_selection_is_left_as_it_was(found: Format) -> None:
    """The frame belongs to every session."""
    frame = many(3)
    before = frame.copy(deep=True)
    found.write(a_selection(frame=frame), ignore_progress)
    assert frame.equals(before)
    assert frame.attrs == {}


def test_keys_and_extensions_are_ready_for_an_address() -> None:
    """Small letters and hyphens; the key of the list is that of the format."""
    assert {key: found.key for key, found in FORMATS.items()} == {key: key for key in FORMATS}
    assert all(found.extension.isalpha() and "/" in found.mime and found.label for found in FORMATS.values())
