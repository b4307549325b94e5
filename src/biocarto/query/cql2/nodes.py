"""From the JSON of CQL2 to typed terms: literals, properties, and operators over them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import shapely

from biocarto.errors import quote_value
from biocarto.query.cql2 import arithmetic, comparisons, instants, lists, shapes
from biocarto.query.cql2.filter_error import FilterError
from biocarto.query.cql2.folding import fold_accents, fold_case
from biocarto.query.cql2.instants import TimeSpan
from biocarto.query.cql2.limits import CORNERS, COSTLY, ITEMS
from biocarto.query.cql2.logic import is_null, join_and, join_or, negate
from biocarto.query.cql2.terms import TYPE_WORDS, FilterType, Term, make_literal, make_property

GREATEST = 2.0**53
"""Numbers beyond are not told apart in double precision."""

Node = object


@dataclass
class Compilation:
    """What a filter is compiled against, how many costly operators it has used so far, and how many vertices."""

    columns: Mapping[str, FilterType]
    crs: int
    latitude_first: bool
    costly: int = 0
    corners: int = 0


@dataclass(frozen=True)
class OperatorRule:
    """How an operator is built from its terms: how many there are (0: two or more), and whether it is costly."""

    count: int
    build: Callable[..., Term]
    costly: bool = False


def require_condition(term: Term) -> Term:
    """FilterError where a term is neither true nor false."""
    if term.kind is not FilterType.BOOLEAN:
        fr, en = TYPE_WORDS[term.kind]
        raise FilterError(
            f"Le filtre attend une condition, comme « nom = 'x' », et trouve {fr}.",
            f"The filter wants a condition, like “name = 'x'”, and finds {en}.",
        )
    return term


def compile_node(node: Node, using: Compilation) -> Term:
    """The term of one node of CQL2's JSON."""
    if isinstance(node, bool):
        return make_literal(FilterType.BOOLEAN, node, "boolean")
    if isinstance(node, int | float):
        return make_literal(FilterType.NUMBER, _check_number(node), "float8")
    if isinstance(node, str):
        return make_literal(FilterType.TEXT, _check_text(node), "text")
    if isinstance(node, list):
        return _compile_list(node)
    if isinstance(node, dict):
        for key, read in _OBJECTS.items():
            if key in node:
                return read(node, using)
    if node is None:
        raise FilterError("NULL ne se compare pas : écrivez IS NULL.", "NULL is not compared: write IS NULL.")
    raise FilterError("Le filtre contient ce qui n'est pas de CQL2.", "The filter contains what is not CQL2.")


def _check_number(value: float) -> float:
    if not math.isfinite(value) or abs(value) > GREATEST:
        raise FilterError("Un nombre du filtre dépasse 9 007 199 254 740 992.", "A number of the filter exceeds 9,007,199,254,740,992.")
    return float(value)


def _check_text(text: str) -> str:
    if "\0" in text:
        raise FilterError("Un texte du filtre contient le caractère nul.", "A text of the filter contains the null character.")
    return text


def _compile_list(items: list[Node]) -> Term:
    """A literal list of texts."""
    _check_length(items)
    if not all(isinstance(item, str) for item in items):
        raise FilterError("Une liste du filtre contient autre chose que des textes.", "A list of the filter holds other things than texts.")
    texts = [_check_text(str(item)) for item in items]
    return make_literal(FilterType.LIST, frozenset(texts), "text[]", texts)


def _check_length(items: list[Node]) -> None:
    if len(items) > ITEMS:
        raise FilterError(f"Une liste du filtre a plus de {ITEMS} valeurs.", f"A list of the filter has more than {ITEMS} values.")


def _compile_property(node: Mapping[str, Node], using: Compilation) -> Term:
    name = node["property"]
    if not isinstance(name, str) or name not in using.columns:
        accepted = ", ".join(using.columns)
        raise FilterError(
            f"« {quote_value(name)} » n'est pas une propriété de cette collection ; acceptées : {accepted}.",
            f"“{quote_value(name)}” is no property of this collection; accepted: {accepted}.",
        )
    return make_property(name, FilterType(using.columns[name]))


def _compile_shape(node: Mapping[str, Node], using: Compilation) -> Term:
    return _make_shape(shapes.read_geometry(node), using)


def _make_shape(shape: shapely.Geometry, using: Compilation) -> Term:
    using.corners += int(shapely.get_num_coordinates(shape))
    if using.corners > CORNERS:
        raise FilterError(
            f"Les géométries du filtre ont ensemble plus de {CORNERS} sommets.",
            f"The geometries of the filter have more than {CORNERS} vertices together.",
        )
    return shapes.make_shape(shape, using.crs, using.latitude_first)


def _compile_bbox(node: Mapping[str, Node], using: Compilation) -> Term:
    numbers = node["bbox"]
    if not isinstance(numbers, list) or not all(isinstance(number, int | float) and math.isfinite(number) for number in numbers):
        raise FilterError("BBOX demande quatre nombres, ou six.", "BBOX wants four numbers, or six.")
    return _make_shape(shapes.read_bbox(numbers, using.crs == 4326, using.latitude_first), using)


def _refuse_interval(_: Mapping[str, Node], __: Compilation) -> Term:
    raise FilterError("INTERVAL ne sert que dans une fonction T_…", "INTERVAL stands in a function T_… only.")


def _compile_time_span(node: Node, using: Compilation) -> TimeSpan:
    """An argument of a function of time."""
    if isinstance(node, dict) and "interval" in node:
        ends = node["interval"]
        if not isinstance(ends, list) or len(ends) != 2:
            raise FilterError("INTERVAL demande deux dates.", "INTERVAL wants two dates.")
        return TimeSpan(*(_compile_end(end, using, first) for end, first in zip(ends, (True, False), strict=True)))
    term = compile_node(node, using)
    return TimeSpan(term, term)


def _compile_end(end: Node, using: Compilation, first: bool) -> Term:
    if end == "..":
        return instants.read_open_end(first)
    return instants.read_instant(end) if isinstance(end, str) else compile_node(end, using)


def _compile_in(arguments: list[Node], using: Compilation) -> Term:
    if not isinstance(arguments[1], list) or not arguments[1]:
        raise FilterError("IN demande une liste de valeurs.", "IN wants a list of values.")
    _check_length(arguments[1])
    return comparisons.is_in(compile_node(arguments[0], using), [compile_node(item, using) for item in arguments[1]])


def _relate_time_spans(name: str, arguments: list[Node], using: Compilation) -> Term:
    return instants.relate_time_spans(name, *(_compile_time_span(argument, using) for argument in arguments))


def _join_conditions(join: Callable[..., Term], *terms: Term) -> Term:
    return join(*map(require_condition, terms))


def _compile_operator(node: Mapping[str, Node], using: Compilation) -> Term:
    """An operator or a function over its arguments."""
    name, arguments = str(node["op"]), node.get("args")
    key = name if name == "isNull" else name.lower()
    if key not in _RULES and key not in _RAW:
        accepted = ", ".join(sorted({*_RULES, *_RAW}))
        raise FilterError(
            f"« {quote_value(name)} » n'est pas un opérateur que ce service connaît ; acceptés : {accepted}.",
            f"“{quote_value(name)}” is no operator that this service knows; accepted: {accepted}.",
        )
    rule = _RULES.get(key)
    wanted = rule.count if rule else 2
    if not isinstance(arguments, list) or (len(arguments) != wanted if wanted else len(arguments) < 2):
        raise FilterError(
            f"« {name} » demande {wanted or 'au moins 2'} argument(s).", f"“{name}” wants {wanted or 'at least 2'} argument(s)."
        )
    if rule is None:
        return _RAW[key](arguments, using)
    _count_cost(rule, using)
    return rule.build(*(compile_node(argument, using) for argument in arguments))


def _count_cost(rule: OperatorRule, using: Compilation) -> None:
    using.costly += rule.costly
    if using.costly > COSTLY:
        raise FilterError(
            f"Le filtre a plus de {COSTLY} opérateurs parmi LIKE, CASEI, ACCENTI, S_… et A_….",
            f"The filter has more than {COSTLY} operators among LIKE, CASEI, ACCENTI, S_… and A_….",
        )


_OBJECTS: dict[str, Callable[[Mapping[str, Node], Compilation], Term]] = {
    "op": _compile_operator,
    "property": _compile_property,
    "date": lambda node, _: instants.read_date(node["date"]),
    "timestamp": lambda node, _: instants.read_timestamp(node["timestamp"]),
    "interval": _refuse_interval,
    "bbox": _compile_bbox,
    "type": _compile_shape,
}
"""Member that tells what an object of CQL2's JSON is -> what reads it."""

_RULES: dict[str, OperatorRule] = {
    "and": OperatorRule(0, partial(_join_conditions, join_and)),
    "or": OperatorRule(0, partial(_join_conditions, join_or)),
    "not": OperatorRule(1, partial(_join_conditions, negate)),
    "isNull": OperatorRule(1, is_null),
    "between": OperatorRule(3, comparisons.is_between),
    "like": OperatorRule(2, comparisons.is_like, costly=True),
    "casei": OperatorRule(1, fold_case, costly=True),
    "accenti": OperatorRule(1, fold_accents, costly=True),
    **{name: OperatorRule(2, partial(comparisons.compare, name)) for name in comparisons.COMPARISONS},
    **{name: OperatorRule(2, partial(arithmetic.calculate, name)) for name in arithmetic.OPERATIONS},
    **{name: OperatorRule(2, partial(lists.compare_lists, name), costly=True) for name in lists.PREDICATES},
    **{name: OperatorRule(2, partial(shapes.relate_shapes, name), costly=True) for name in shapes.RELATIONS},
}

_RAW: dict[str, Callable[[list[Node], Compilation], Term]] = {
    "in": _compile_in,
    **{name: partial(_relate_time_spans, name) for name in instants.RELATIONS},
}
"""Operators over two arguments that are no terms: a list of values, intervals."""
