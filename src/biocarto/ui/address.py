"""The address is the state: what a page shows is read from it, and every choice is written back to it.

Streamlit's own binding (`bind="query-params"`) writes the labels of the options, which change with the language; addresses are
stable for ever, so the codes are written here, in one place.
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

LONGEST = 200
"""A value of the address that is longer is cut: no code of ours is."""

MOST = 50
"""Values of one name that are read; nobody chooses more."""


def values(name: str) -> list[str]:
    """Every value of one name."""
    return [value[:LONGEST] for value in st.query_params.get_all(name)[:MOST]]


def value(name: str, allowed: Iterable[str] | None = None, default: str = "") -> str:
    """The last value of one name, or `default` where it is missing or not allowed."""
    given = values(name)
    found = given[-1] if given else default
    return found if allowed is None or found in allowed else default


def write(name: str, chosen: str | Iterable[str] | None, default: str = "") -> None:
    """Write a choice; nothing chosen, or the default, leaves no trace."""
    wanted = [chosen] if isinstance(chosen, str) else list(chosen or [])
    if not wanted or wanted in ([""], [default]):
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = wanted


def clear(names: Iterable[str]) -> None:
    """Forget several choices."""
    for name in names:
        st.query_params.pop(name, None)


def params(names: Iterable[str]) -> dict[str, list[str]]:
    """Several names at once."""
    return {name: values(name) for name in names}


def write_widget(name: str, key: str, default: str = "") -> None:
    """Callback of a widget: its new value goes to the address."""
    write(name, st.session_state[key], default)
