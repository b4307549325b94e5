"""How much a filter may ask for: looked at before a parser sees it, since a nest deep enough kills the process that parses it."""

from __future__ import annotations

import re

from biocarto.query.cql2.filter_error import FilterError

LONGEST = 16_384
"""Characters of a filter."""
DEEPEST = {"cql2-text": 32, "cql2-json": 96}
"""Brackets within brackets; JSON has two for each operator and five in a MULTIPOLYGON, and its parser refuses 128."""
OPERATORS = 500
"""Operators of a filter as they are written, the letters of a name that spell one included: each may cost the parser's stack 2 kB."""
TALLEST = 64
"""Operators within operators, once parsed: A AND B AND C is one."""
CORNERS = 2_000
"""Vertices of all geometries of a filter together."""
ITEMS = 1_000
"""Values of one list."""
COSTLY = 40
"""Operators that look at every letter, item or vertex of a cell: LIKE, CASEI, ACCENTI, S_..., A_..."""

_QUOTED = {"cql2-text": re.compile(r"'[^']*'|\"[^\"']*\""), "cql2-json": re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)}
_NUMBER = r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?"
_CORNER = rf"\s*{_NUMBER}(?:\s+{_NUMBER}){{0,3}}\s*"
_COORDINATES = re.compile(rf"\((?:{_CORNER},)*{_CORNER}\)")
_WORKING = re.compile(r"[-+*/%^=<>|]|not|div|in|like|between|is|and|or", re.IGNORECASE)


def _strip_quoted(text: str, lang: str) -> str:
    """The text without what stands in quotes; FilterError where a quote is not closed."""
    bare = _QUOTED[lang].sub(" q ", text)
    if ("'" in bare and lang == "cql2-text") or '"' in bare:
        raise FilterError("Un guillemet du filtre n'est pas fermé.", "A quote of the filter is not closed.")
    return bare


def _measure_depth(bare: str) -> int:
    depth = deepest = 0
    for character in re.findall(r"[(\[{}\])]", bare):
        depth += 1 if character in "([{" else -1
        deepest = max(deepest, depth)
    return deepest


def check_source(text: str, lang: str) -> None:
    """FilterError where the text of a filter is too long, too deep or too much; its language is `cql2-text` or `cql2-json`."""
    if len(text) > LONGEST:
        raise FilterError(
            f"Le filtre a {len(text)} caractères ; {LONGEST} au plus sont lus.",
            f"The filter has {len(text)} characters; {LONGEST} at most are read.",
        )
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise FilterError("Le filtre n'est pas de l'UTF-8.", "The filter is not UTF-8.")
    bare = _strip_quoted(text, lang)
    if (deepest := _measure_depth(bare)) > DEEPEST[lang]:
        raise FilterError(
            f"Le filtre a {deepest} niveaux de parenthèses ou de crochets ; {DEEPEST[lang]} au plus sont lus.",
            f"The filter has {deepest} levels of brackets; {DEEPEST[lang]} at most are read.",
        )
    if lang == "cql2-text" and (count := len(_WORKING.findall(_COORDINATES.sub("(v)", bare)))) > OPERATORS:
        raise FilterError(
            f"Le filtre a environ {count} opérateurs ; {OPERATORS} au plus sont lus.",
            f"The filter has about {count} operators; {OPERATORS} at most are read.",
        )


def check_tree(tree: object) -> None:
    """FilterError where a parsed filter is too high; walked without recursion."""
    level: list[object] = [tree]
    height = 0
    while level:
        height += 1
        if height > TALLEST:
            raise FilterError(
                f"Le filtre a plus de {TALLEST} opérateurs les uns dans les autres.",
                f"The filter has more than {TALLEST} operators within each other.",
            )
        level = [child for node in level for child in _list_children(node)]


def _list_children(node: object) -> list[object]:
    if isinstance(node, dict):
        return list(node.get("args", ())) if isinstance(node.get("args"), list) else []
    return node if isinstance(node, list) else []
