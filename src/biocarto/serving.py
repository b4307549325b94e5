"""What a process of BioCarto serves, and how much of it to one address: the settings by which two processes share one door."""

from __future__ import annotations

import re
from enum import StrEnum

from biocarto.errors import SettingError

_MAX_RATE = 1_000_000
"""Calls a minute: more is no limit."""
_SHOWN = 80
"""Characters of a value that an error repeats."""


class Serving(StrEnum):
    """What a process answers: everything, the pages and the desk, or what programs read."""

    ALL = "all"
    PAGES = "pages"
    PROGRAMS = "programs"


def read_serving(variable: str, text: str) -> Serving:
    """One of its words, nothing for all; raises SettingError with the accepted ones."""
    try:
        return Serving(text.strip().lower() or Serving.ALL)
    except ValueError:
        accepted = ", ".join(Serving)
        raise SettingError(
            f"{variable} vaut « {text[:_SHOWN]} » ; valeurs acceptées : {accepted}.",
            f"{variable} is “{text[:_SHOWN]}”; accepted values: {accepted}.",
        ) from None


def read_rate(variable: str, text: str) -> int:
    """Calls a minute, 0 for no limit; raises SettingError."""
    given = text.strip()
    if not re.fullmatch("[0-9]{1,7}", given) or int(given) > _MAX_RATE:
        raise SettingError(
            f"{variable} vaut « {text[:_SHOWN]} » ; valeurs acceptées : de 0 (sans limite) à {_MAX_RATE} demandes par minute.",
            f"{variable} is “{text[:_SHOWN]}”; accepted values: 0 (no limit) to {_MAX_RATE} calls a minute.",
        )
    return int(given)
