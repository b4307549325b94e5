"""Words of Streamlit that a French page shows or reads out in English: those of its scripts that are none of ours."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import streamlit
from babel.messages.pofile import read_po
from playwright.sync_api import Page

from biocarto.i18n import find_catalogue_path
from biocarto.ui.shared.streamlit_words import WORDS

_SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
_LITERAL = re.compile(r"`([^`\\\n]{2,90})`")
_SHOWN = """() => {
    const ours = ['.stHtml', '[data-testid="stMarkdownContainer"]', '[data-testid="stIconMaterial"]', 'canvas, script, style, noscript'];
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, node =>
        node.nodeType === 1 && node.matches(ours.join()) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const texts = node.nodeType === 3 ? [node.data]
            : ['aria-label', 'title', 'placeholder', 'aria-description'].map(name => node.getAttribute(name) ?? '');
        for (const text of texts) if (text.trim()) found.add(text.trim());
    }
    return [...found];
}"""


@cache
def read_scripts() -> str:
    """What Streamlit's pages run, without the libraries of charts and diagrams."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(_SCRIPTS.glob("*.js")) if path.stat().st_size < 1_000_000)


@cache
def _list_literals() -> frozenset[str]:
    """Every text of those scripts that may be words."""
    return frozenset(text.strip() for text in _LITERAL.findall(read_scripts()) if re.search(r"[A-Z][a-z]|[a-z] [a-z]", text))


@cache
def _list_french() -> frozenset[str]:
    """Every text of ours, and what we have made of Streamlit's."""
    with find_catalogue_path("en").open("rb") as source:
        ours = {str(text) for message in read_po(source) for text in (message.id if isinstance(message.id, tuple) else (message.id,))}
    return frozenset(ours | {*WORDS.values()})


def find_english(page: Page) -> list[str]:
    """Texts and names on a French page that are Streamlit's own; also the beginning of one, before what it is about."""
    foreign = _list_literals() - _list_french()
    return [text for text in page.evaluate(_SHOWN) if text not in _list_french() and {text, re.split(r"[:;,] ", text)[0]} & foreign]
