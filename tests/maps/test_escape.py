"""Text of the register stays text on its way to the browser."""

from __future__ import annotations

import json

import pytest
from branca.element import Element
from hypothesis import given
from hypothesis import strategies as st

from biocarto.maps import escape
from tests.maps.drawn import HOSTILE


@pytest.mark.parametrize("name", HOSTILE)
def test_a_script_keeps_what_it_is_given(name: str) -> None:
    """What the browser reads is the name, character for character."""
    assert json.loads(escape.write_literal({name: [name]})) == {name: [name]}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_script_holds_nothing_that_a_parser_would_act_on(name: str) -> None:
    """No tag, template expression, template literal or line end of JavaScript leaves a name."""
    text = escape.write_literal(name)
    for trap in ("<", ">", "`", "$", "_", "{{", "{%", "{#", "\u2028", "\u2029", "\n"):
        assert trap not in text


@given(st.recursive(st.text() | st.integers() | st.booleans(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_payload_survives_jinja(payload: object) -> None:
    """Branca compiles scripts as Jinja templates: a payload comes out as it went in."""
    rendered = Element(escape.write_literal(payload)).render()
    assert json.loads(rendered) == payload


def test_a_number_that_javascript_does_not_know_is_refused() -> None:
    """NaN would be a name, not a number, in the browser."""
    with pytest.raises(ValueError, match="JSON"):
        escape.write_literal({"latitude": float("nan")})


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Évry-Courcouronnes", "Évry-Courcouronnes"),
        ("3\u202f000 m²", "3\u202f000 m²"),
        ("two\nlines\tand   spaces", "two lines and spaces"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("bell\x07", "bell"),
        ("line\u2028end", "line end"),
        (12, "12"),
    ],
)
def test_a_label_is_one_plain_line(typed: object, shown: str) -> None:
    """Line ends become spaces; control and direction-changing characters go; French spaces stay."""
    assert escape.clean_text(typed) == shown


def test_a_very_long_name_is_cut() -> None:
    """A name of 10,000 characters ends in an ellipsis at the limit."""
    shown = escape.clean_text("ab " * 3334)
    assert len(shown) <= escape.LIMIT
    assert shown.endswith("…")
    assert escape.clean_text("x" * escape.LIMIT) == "x" * escape.LIMIT
