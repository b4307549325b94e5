"""The report of a territory as a file: what writes it, and what the file is called."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from biocarto.export import selection
from biocarto.export.report import pdf, xlsx
from biocarto.export.report.model import Report
from biocarto.export.selection import Progress
from biocarto.register.catalogue import Catalogue

Writer = Callable[[Report, Progress], bytes]

WRITERS: dict[str, Writer] = {"pdf": pdf.write, "xlsx": xlsx.write}
"""Extension -> what writes a report."""


def name_file(report: Report, catalogue: Catalogue, actors: pd.DataFrame, filters_said: list[tuple[str, str]], extension: str) -> str:
    """`biocarto-couverture-essonne-biotherapies-2026-11-23.pdf`: what the report is about, and when it was made."""
    about = [("", report.title), *filters_said]
    resource = catalogue.resources["actors"]
    chosen = selection.build_selection(
        actors, filters=about, link=report.link, made=report.made, about=resource, described={}, lang=report.lang
    )
    return selection.build_file_name(chosen, extension)
