"""Geometries of a filter and the eight relations of space, over EPSG:4326 as the collections are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from biocarto.query.cql2.filter_error import FilterError
from biocarto.query.cql2.terms import TYPE_WORDS, Bindings, Cells, FilterType, Rows, Term, Values, make_literal
from biocarto.territory.reprojection import move_to_degrees

_RELATE: dict[str, Callable[[Values, Values], Values]] = {
    "s_intersects": shapely.intersects,
    "s_disjoint": shapely.disjoint,
    "s_equals": shapely.equals,
    "s_touches": shapely.touches,
    "s_within": shapely.within,
    "s_overlaps": shapely.overlaps,
    "s_crosses": shapely.crosses,
    "s_contains": shapely.contains,
}
RELATIONS = tuple(_RELATE)
_CONVERSE = {"s_within": "s_contains", "s_contains": "s_within"}
"""Relation -> what the second is to the first; the others are the same both ways."""
_OF_COLLECTIONS = {"s_intersects", "s_disjoint"}
"""What is defined for a shape of several dimensions."""


def relate_shapes(name: str, left: Term, right: Term) -> Term:
    """Two geometries by a relation of `RELATIONS`; unknown where one of them is."""
    for term in (left, right):
        if term.kind is not FilterType.GEOMETRY:
            fr, en = TYPE_WORDS[term.kind]
            raise FilterError(f"{name.upper()} compare des géométries, pas {fr}.", f"{name.upper()} compares geometries, not {en}.")
        if getattr(term.literal, "geom_type", "") == "GeometryCollection" and name not in _OF_COLLECTIONS:
            raise FilterError(
                f"{name.upper()} n'a pas de sens pour une collection de points, lignes et surfaces ; S_INTERSECTS en a un.",
                f"{name.upper()} means nothing for a collection of points, lines and areas; S_INTERSECTS does.",
            )
    # shapely prepares what stands first: the constant, whatever its place in the filter
    turned = left.literal is None and right.literal is not None
    first, second = (right, left) if turned else (left, right)
    relate = _RELATE[_CONVERSE.get(name, name) if turned else name]

    def evaluate(rows: Rows) -> Cells:
        (values, known), (others, also) = first.evaluate(rows), second.evaluate(rows)
        return Cells(np.asarray(relate(values, others), dtype=bool), known & also)

    def write(bindings: Bindings) -> str:
        return f"ST_{name[2:].capitalize()}({left.write(bindings)}, {right.write(bindings)})"

    return Term(FilterType.BOOLEAN, evaluate, write)


def make_shape(shape: shapely.Geometry, epsg: int, latitude_first: bool) -> Term:
    """A geometry in a system of coordinates as a literal in degrees; FilterError where it is not valid, or not in that system."""
    if not shapely.is_valid(shape):
        # GEOS says why in English alone
        why = shapely.is_valid_reason(shape)
        raise FilterError(f"Une géométrie du filtre n'est pas valide : {why}.", f"A geometry of the filter is not valid: {why}.")
    if shape.geom_type == "GeometryCollection":
        shape = shapely.union_all(shape.geoms)
    moved = move_to_degrees(shape, epsg, latitude_first)
    if moved is None:
        raise FilterError(
            f"Une géométrie du filtre sort du système EPSG:{epsg} : vérifiez ses coordonnées et filter-crs.",
            f"A geometry of the filter is outside of the system EPSG:{epsg}: check its coordinates and filter-crs.",
        )
    shapely.prepare(moved)
    return make_literal(FilterType.GEOMETRY, moved, "geometry", shapely.to_wkb(shapely.set_srid(moved, 4326), include_srid=True, hex=True))


def _check_rings(node: Mapping[str, Any]) -> None:
    """ValueError where a ring does not end where it begins: shapely would close it without a word."""
    for part in node.get("geometries", ()):
        _check_rings(part)
    areas = {"Polygon": lambda given: [given], "MultiPolygon": list}.get(node["type"], lambda _: [])(node.get("coordinates"))
    if any(len(ring) < 4 or ring[0] != ring[-1] for area in areas for ring in area):
        raise ValueError


def read_geometry(node: Mapping[str, Any]) -> shapely.Geometry:
    """A geometry of GeoJSON without its heights; FilterError where it is none."""
    try:
        _check_rings(node)
        return shapely.force_2d(shapely.geometry.shape(node))
    except (shapely.errors.ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        raise FilterError(
            "Une géométrie du filtre n'est pas valide : un anneau a au moins quatre sommets et finit où il commence, une ligne en a deux.",
            "A geometry of the filter is not valid: a ring has at least four vertices and ends where it begins, a line has two.",
        ) from None


def make_box(west: float, south: float, east: float, north: float) -> shapely.Geometry:
    """A box of x and y, or the line or the point that is left of one without width or height."""
    return shapely.MultiPoint([(west, south), (east, south), (west, north), (east, north)]).convex_hull


def read_bbox(numbers: Sequence[float], geographic: bool, latitude_first: bool) -> shapely.Geometry:
    """A box of four numbers, or of six with heights that are ignored; in degrees, one whose west is east of its east goes over 180."""
    corners = [numbers[0], numbers[1], numbers[3], numbers[4]] if len(numbers) == 6 else list(numbers)
    if len(corners) != 4:
        raise FilterError("BBOX demande quatre nombres, ou six.", "BBOX wants four numbers, or six.")
    west, south, east, north = (corners[i] for i in ((1, 0, 3, 2) if latitude_first else (0, 1, 2, 3)))
    if south > north or (west > east and not geographic):
        raise FilterError(
            "BBOX demande les plus petites coordonnées avant les plus grandes.", "BBOX wants the smallest coordinates before the greatest."
        )
    boxes = (
        [make_box(west, south, east, north)] if west <= east else [make_box(west, south, 180, north), make_box(-180, south, east, north)]
    )
    shape = shapely.union_all(boxes)
    return shapely.transform(shape, lambda pairs: pairs[:, ::-1]) if latitude_first else shape
