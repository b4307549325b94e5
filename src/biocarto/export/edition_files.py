"""Every file of an edition: which there are, of what kind, and how each is made. The same edition gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from biocarto.export.edition import EditionReference, build_address
from biocarto.export.formats import FORMATS
from biocarto.export.geofiles import write_geopackage, write_geoparquet, write_parquet
from biocarto.export.geojson import write_geojson
from biocarto.export.plain import write_json
from biocarto.export.selection import Progress, Selection, ignore_progress, select_actors, select_table, write_link
from biocarto.export.xlsx import write_xlsx
from biocarto.i18n import Locale
from biocarto.register.catalogue import Catalogue
from biocarto.register.tables import TABLES, Tables

POSITIONED = {
    "actors": "actors",
    "sites": "sites",
    "clusters": "clusters",
    "network_members": "members",
    "cities": "cities",
    "national_sites": "national_sites",
}
"""Table whose rows have a position -> what a Catalogue calls it."""
PLAIN = ("csv", "json", "xlsx", "parquet")
SPATIAL = ("geojson", "gpkg")
LAYER_KINDS = ("parquet", "geojson", "gpkg")
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    **{key: FORMATS[key].mime for key in ("xlsx", "parquet", "geojson", "gpkg")},
}
"""Extension of a file -> its media type, without a character set."""


@dataclass(frozen=True)
class EditionFile:
    """A file of an edition: the table or layer that it is of, and its kind (an extension)."""

    source: str
    kind: str

    @property
    def name(self) -> str:
        """`actors.csv`."""
        return f"{self.source}.{self.kind}"

    @property
    def media_type(self) -> str:
        """What it is served as, without a character set."""
        return MEDIA_TYPES[self.kind]


def list_table_kinds(table: str) -> tuple[str, ...]:
    """The formats of a table."""
    return (*PLAIN, *(SPATIAL if table in POSITIONED else ()))


def list_table_files() -> dict[str, EditionFile]:
    """Name -> file of every table, in our order."""
    return {file.name: file for table in TABLES for file in (EditionFile(table, kind) for kind in list_table_kinds(table))}


def list_layer_files(layers: Iterable[str], shapes: Callable[[str], bool]) -> dict[str, EditionFile]:
    """Name -> file of every layer; `shapes` says which are more than a table."""
    kinds = {name: LAYER_KINDS if shapes(name) else LAYER_KINDS[:1] for name in layers}
    return {file.name: file for name, own in kinds.items() for file in (EditionFile(name, kind) for kind in own)}


_WRITERS: dict[str, Callable[[Selection, Progress], bytes]] = {
    "json": write_json,
    "xlsx": write_xlsx,
    "geojson": write_geojson,
    "gpkg": write_geopackage,
}


@dataclass(frozen=True, eq=False)
class EditionContent:
    """What the files of an edition are made of; `public_url` is the address of the server, "" where others reach none."""

    tables: Tables
    catalogue: Catalogue
    reference: EditionReference
    public_url: str = ""


def write_table(file: EditionFile, content: EditionContent, lang: str) -> bytes:
    """A table in a format that is made of it: all but CSV, which is handed out as it was published.

    A file of positions has the rows as joined with the territory; every date in it is the edition's.
    """
    is_placed = file.source in POSITIONED and (file.kind in SPATIAL or file.kind == "parquet")
    chosen = _select_rows(file, content, lang, is_placed=is_placed)
    write = _WRITERS.get(file.kind, write_geoparquet if is_placed else write_parquet)
    return write(replace(chosen, reference=content.reference), ignore_progress)


def _select_rows(file: EditionFile, content: EditionContent, lang: str, *, is_placed: bool) -> Selection:
    reference, catalogue, table = content.reference, content.catalogue, file.source
    link = write_link(build_address("", reference.name, file.name), content.public_url, Locale(lang))
    rows = getattr(catalogue, POSITIONED[table]).reset_index(drop=True) if is_placed else getattr(content.tables, table)
    if is_placed and table == "actors":
        return select_actors(rows, catalogue, filters=[], link=link, made=reference.day, lang=lang)
    return select_table(table, rows, link=link, made=reference.day, about=content.tables.resources[table], lang=lang)
