"""A file taken through the first steps of an import, as the desk takes it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from biocarto.desk.intake.header import choose_grid, stage
from biocarto.desk.intake.mapping import choose_resource, map_columns
from biocarto.desk.intake.reading import read_grids
from biocarto.desk.intake.staging import ColumnMatch, StagedSheet
from biocarto.register import schema
from biocarto.register.schema import Resource
from biocarto.register.tables import PACKAGE
from tests.builders import DATA


@cache
def package() -> Mapping[str, Resource]:
    """The committed description of the tables."""
    return schema.parse((DATA / PACKAGE).read_text(encoding="utf-8"))


def stage_file(name: str, data: bytes) -> StagedSheet:
    """The rows of a file below its header."""
    return stage(name, choose_grid(read_grids(name, data), package()), package())


def map_file(staged: StagedSheet, fields: Mapping[int, str] | None = None) -> tuple[ColumnMatch, ...]:
    """The columns of a file, in the table that it is about."""
    return map_columns(staged, package()[choose_resource(staged, package())], fields or {}, {})


def name_fields(columns: tuple[ColumnMatch, ...]) -> dict[str, str]:
    """Letter -> column of the register, for those that have one."""
    return {column.letter: column.field for column in columns if column.field}
