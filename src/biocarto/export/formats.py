"""Every format on offer, in the order of the menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from biocarto.export.bibtex import write_bibtex
from biocarto.export.citation import write_citation
from biocarto.export.csv import write_excel_csv, write_plain_csv
from biocarto.export.geofiles import write_geopackage, write_geoparquet
from biocarto.export.geojson import write_geojson
from biocarto.export.selection import Progress, Selection
from biocarto.export.xlsx import write_xlsx
from biocarto.model import N_


@dataclass(frozen=True)
class Format:
    """One way to take a selection away; `label` is a message id."""

    key: str
    label: str
    mime: str
    extension: str
    write: Callable[[Selection, Progress], bytes]
    mark: str = ""
    """What its file name ends with, where another format has the same extension."""


FORMATS: dict[str, Format] = {
    found.key: found
    for found in (
        Format("csv-excel", N_("CSV pour Excel en français"), "text/csv", "csv", write_excel_csv, "excel"),
        Format("csv", N_("CSV simple (virgules)"), "text/csv", "csv", write_plain_csv),
        Format(
            "xlsx", N_("Classeur Excel (XLSX)"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", write_xlsx
        ),
        Format("geojson", N_("GeoJSON"), "application/geo+json", "geojson", write_geojson),
        Format("gpkg", N_("GeoPackage"), "application/geopackage+sqlite3", "gpkg", write_geopackage),
        Format("parquet", N_("GeoParquet"), "application/vnd.apache.parquet", "parquet", write_geoparquet),
        Format("bibtex", N_("BibTeX"), "application/x-bibtex", "bib", write_bibtex),
        Format("citation", N_("Citation"), "text/plain", "txt", write_citation),
    )
}
