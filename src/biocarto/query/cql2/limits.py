"""How much a filter may ask for: looked at before a parser sees it, since a nest deep enough kills the process that parses it."""

from __future__ import annotations

import re

from biocarto.query.cql2.filter_error import FilterError

LONGEST = 16_384
"""Characters of a filter."""
DEEPEST = {"cql2-text": 32, "cql2-json": 96}
"""Brackets within brackets; JSON has two for each operator and five in a MULTIPOLYGON, and its parser refuses 128."""
EFFORT = 200_000
"""Letters that the parser of texts may look at: it reads what stands in brackets twice where it cannot be read, and so within each
other; a third of a second."""
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

_QUOTED = {"cql2-text": re.compile(r"'[^']*'|\"[^\"']*\""), "cql2-json": re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)}
_NUMBER = r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?"
_CORNER = rf"\s*{_NUMBER}(?:\s+{_NUMBER}){{0,3}}\s*"
_COORDINATES = re.compile(rf"\((?:{_CORNER},)*{_CORNER}\)")
_BRACKET = re.compile(r"(?P<name>(?<![\w.:])[^\W\d][\w.:]*)?[(\[{]|(?P<closing>[)\]}])")
_KEYWORDS = re.compile("(?:not|and|or|in|between|like|div|is)+", re.IGNORECASE)
# each pattern reads a text once: none of them may go back over what it has read, however a filter is made
_WORKING = re.compile(r"[-+*/%^=<>|]|not|div|in|like|between|is|and|or", re.IGNORECASE)


def _strip_quoted(text: str, lang: str) -> str:
    """The text without what stands in quotes; FilterError where a quote is not closed."""
    bare = _QUOTED[lang].sub(" q ", text)
    if ("'" in bare and lang == "cql2-text") or '"' in bare:
        raise FilterError("Un guillemet du filtre n'est pas fermé.", "A quote of the filter is not closed.")
    return bare


def _measure_nest(bare: str) -> tuple[int, int, int]:
    """Brackets within brackets, letters that the parser may look at, and brackets that are left open (below 0: closed too often)."""
    open_groups: list[bool] = []
    deepest = effort = read = 0
    for found in _BRACKET.finditer(bare):
        effort += (found.end() - read) << sum(open_groups)
        read = found.end()
        if found["closing"]:
            if not open_groups:
                return deepest, effort, -1
            open_groups.pop()
        else:
            # the bracket of a function is read once; a word that is made of keywords calls none
            open_groups.append(not found["name"] or bool(_KEYWORDS.fullmatch(found["name"])))
            deepest = max(deepest, len(open_groups))
            if deepest > max(DEEPEST.values()):
                break
    return deepest, effort, len(open_groups)


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
    deepest, effort, left_open = _measure_nest(bare)
    if deepest > DEEPEST[lang]:
        raise FilterError(
            f"Le filtre a plus de {DEEPEST[lang]} niveaux de parenthèses ou de crochets.",
            f"The filter has more than {DEEPEST[lang]} levels of brackets.",
        )
    if left_open:
        raise FilterError("Les parenthèses du filtre ne vont pas par paires.", "The brackets of the filter do not come in pairs.")
    if lang == "cql2-text":
        _check_effort(bare, effort)


def _check_effort(bare: str, effort: int) -> None:
    if effort > EFFORT:
        raise FilterError(
            "Le filtre a trop de parenthèses les unes dans les autres ; écrivez-le en cql2-json, ou sans celles qui ne servent pas.",
            "The filter has too many brackets within each other; write it in cql2-json, or without those that it does not need.",
        )
    if (count := len(_WORKING.findall(_COORDINATES.sub("(v)", bare)))) > OPERATORS:
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
