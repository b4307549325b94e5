"""What no page may say: a number that does not agree with its noun, written as in another language, an ISO day, a name said twice."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_NOUNS = (
    "lignes sites entreprises acteurs centres incubateurs intégrateurs membres réseaux étapes régions territoires communes maillons pôles "
    "rows companies actors incubators integrators members networks stages regions territories communes links clusters people"
)
_ONE = re.compile(rf"(?<![\d.,\u202f\u00a0'’-])1[ \u00a0\u202f](?:{'|'.join(_NOUNS.split())})\b")
_NONE = re.compile(rf"(?<![\d.,\u202f\u00a0-])0[ \u00a0\u202f](?:{'|'.join(_NOUNS.split())})\b")
_ISO = re.compile(r"(?<![\d-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?(?![\d-])")
_BARE = re.compile(r"(?<![\d.,\u202f\u00a0-])\d{5,}(?![\d.,]*\d)")
_POINT = re.compile(r"(?<![\d.,])\d+\.\d+(?![\d.]*\d)(?!\.\d)")
_COMMA = re.compile(r"(?<![\d.,])\d+,(?:\d{1,2}|\d{4,})(?![\d,])")
_TWICE = re.compile(r"(?:^|(?<=[¦·:,(] ))([A-ZÀ-Ý][\w’'-]+(?:[ -][\w’'-]+){0,3}), \1(?![\w’'-])")
_CODE = re.compile(r"(?:7[578]|9[1-5])\d{3}|\d{9}|\d{14}")
"""Of a commune or a post office of Île-de-France, a SIREN or a SIRET."""
_SET_APART = re.compile(
    r"(?:Licence Ouverte|CC BY(?:-SA)?|BioCarto|PDF/A)[ \u00a0]\d+\.[\d.]+|Libre réponse[ \u00a0]\d+|https?://\S+|\bwww\.\S+|\b\S+\.(?:csv|geojson|json|html|js|py|md|parquet|gpkg)\b|\b[A-Z]+_[A-Z_]+\b"
)


class _Words(HTMLParser):
    """The words of a piece of HTML: code, styles and scripts are for machines, the link to a page elsewhere quotes its title."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._machine = 0
        self._quoting = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._machine += tag in {"code", "style", "script"} or (tag == "a" and ("target", "_blank") in attrs)
        self._quoting |= tag == "a" and ("target", "_blank") in attrs
        self.words.append(" ¦ " if tag in {"td", "th", "li", "p", "dd", "dt", "br", "h2", "h3", "div"} else "")

    def handle_endtag(self, tag: str) -> None:
        self._machine -= tag in {"code", "style", "script"} or (tag == "a" and self._quoting)
        self._quoting &= tag != "a"

    def handle_data(self, data: str) -> None:
        self.words.append("" if self._machine else data)


def read_words(html: str) -> str:
    """What a reader sees of HTML or Markdown, addresses and names of files left out."""
    parser = _Words()
    parser.feed(html)
    return _SET_APART.sub(" ", "".join(parser.words))


def find_slips(text: str, lang: str) -> list[str]:
    """Each slip with what stands around it; `text` is what a page says, as HTML or words."""
    said = read_words(text)
    patterns = [_ONE, _ISO, _BARE, _TWICE, *((_POINT, _NONE) if lang == "fr" else (_COMMA,))]
    found = (match for pattern in patterns for match in pattern.finditer(said) if not _CODE.fullmatch(match[0]))
    return [said[max(match.start() - 30, 0) : match.end() + 20].strip() for match in found]
