"""Filters of OGC API - Features, Part 3: CQL2 as a mask over a frame and as SQL of PostGIS, from one tree."""

from biocarto.query.cql2.compiler import CONFORMANCE, FILTER_LANGUAGES, compile_filter
from biocarto.query.cql2.expression import Expression
from biocarto.query.cql2.filter_error import FilterError
from biocarto.query.cql2.terms import FilterType

__all__ = ["CONFORMANCE", "FILTER_LANGUAGES", "Expression", "FilterError", "FilterType", "compile_filter"]
