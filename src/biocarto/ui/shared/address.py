"""The address is the state: what a page shows is read from it, and every choice is written back to it.

Streamlit's own binding (`bind="query-params"`) writes the labels of the options, which change with the language; addresses are
stable for ever, so the codes are written here, in one place.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from urllib.parse import SplitResult, urlsplit

import streamlit as st

from biocarto.query.address import LONGEST, MOST
from biocarto.query.filters import DroppedValue

_UNKNOWN = "biocarto_unknown"


def read_page() -> SplitResult:
    """Scheme, host and path of what the browser shows; empty where a client tells something that is no address."""
    try:
        return urlsplit(st.context.url or "")
    except ValueError:
        return urlsplit("")


def read_values(name: str) -> list[str]:
    """Every value of one name, without the sign that no database takes."""
    return [value[:LONGEST].replace("\0", "") for value in st.query_params.get_all(name)[:MOST]]


def read_value(name: str, allowed: Container[str], default: str = "") -> str:
    """The last value of one name, or `default` where it is missing; what is not allowed is noted as unknown and ignored."""
    found = (read_values(name) or [""])[-1]
    if not found or found in allowed:
        return found or default
    note_unknown([DroppedValue(name, found)])
    return default


def note_unknown(dropped: Iterable[DroppedValue]) -> None:
    """Remember values of the address that mean nothing, for the notice at the top of the page."""
    st.session_state.setdefault(_UNKNOWN, {}).update({(d.name, d.value[:60]): None for d in dropped})


def take_unknown() -> list[DroppedValue]:
    """The values noted in this run, each once; the next run starts anew."""
    return [DroppedValue(*noted) for noted in st.session_state.pop(_UNKNOWN, {})]


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


def replace_params(forgotten: Iterable[str], chosen: dict[str, str | list[str]]) -> None:
    """Forget several choices and write others, as one step of the browser's history."""
    gone = {*forgotten, *chosen}
    kept = {name: st.query_params.get_all(name) for name in st.query_params if name not in gone}
    st.query_params.from_dict({**kept, **{name: value for name, value in chosen.items() if value}})


def read_params(names: Iterable[str]) -> dict[str, list[str]]:
    """Several names at once."""
    return {name: read_values(name) for name in names}


def build_key(widget: str, chosen: object) -> str:
    """The key of a widget that shows a choice of the address: another one when the choice was changed elsewhere.

    A widget in a closed popover never hears of that, and the browser would tell its old value again with the next run.
    """
    count = f"{widget}-count"
    number = int(st.session_state.get(count, 0))
    key = f"{widget}-{number}" if number else widget
    if key in st.session_state and st.session_state[key] != chosen:
        number += 1
        key = f"{widget}-{number}"
    st.session_state[count] = number
    return key


def has_widget(key: str) -> bool:
    """Whether a widget has a value: a change that comes after the screen with the widget has gone brings none, and means nothing."""
    return key in st.session_state


def write_widget(name: str, key: str, default: str = "") -> None:
    """Callback of a widget: its new value goes to the address."""
    if has_widget(key):
        write(name, st.session_state[key], default)


def write_widget_number(name: str, key: str, default: str = "") -> None:
    """The same for a widget whose value is a number."""
    if has_widget(key):
        write(name, str(st.session_state[key]), default)
