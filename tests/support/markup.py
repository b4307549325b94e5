"""HTML that a reader would see as such: escaped where it should have been written, or escaped twice."""

from __future__ import annotations

import re

_SHOWN = re.compile(r"&(?:amp;)*lt;/?[a-zA-Z][^;\s]*|&amp;(?:amp|lt|gt|quot|#\w+);")


def find_shown_markup(html: str) -> list[str]:
    """The tags and entities that stand in the text of `html`; no text of the register holds any."""
    return _SHOWN.findall(html)
