"""A report as a tagged PDF (PDF/UA-1) of A4 pages, set by Typst from `report.typ`: no system font, no network, no markup from data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import typst

from biocarto.export.report import table
from biocarto.export.report.model import KeyFigure, Report, ReportMap, ReportSource, Section, write_cell
from biocarto.export.selection import Progress, ignore_progress
from biocarto.i18n import Locale, format_day
from biocarto.model import N_
from biocarto.render.printable import make_breakable, make_printable
from biocarto.render.qr import draw_svg
from biocarto.render.text import is_web

_RESERVED = ":/?#[]@!$&'()*+,;=%~-._"
_FOOTER = 80
"""Characters of the title that every page repeats."""

_TEMPLATE = Path(__file__).with_name("report.typ")
_WORDS = {
    "figures": N_("Chiffres clés"),
    "method": N_("Méthode"),
    "sources": N_("Sources"),
    "licence": N_("Licence"),
    "live": N_("Vue en direct"),
    "qr": N_("Code QR de la vue en direct"),
}


def _address(url: str) -> str:
    """An address that may become a link, in ASCII as PDF wants it, or nothing."""
    return quote(url, safe=_RESERVED) if is_web(url) else ""


def _figure(figure: KeyFigure, lang: str) -> dict[str, str]:
    words = {name: make_breakable(getattr(figure, name)) for name in ("label", "unit", "note")}
    credit = ", ".join(filter(None, (make_printable(figure.source), make_printable(format_day(figure.date, lang)))))
    return words | {
        "value": make_breakable(write_cell(figure.value, lang, figure.digits)),
        "credit": make_breakable(credit),
        "url": _address(figure.url),
    }


def _map(found: ReportMap, t: Locale) -> dict[str, str]:
    return {"svg": found.svg, "alt": make_printable(found.alt) or t("Carte"), "caption": make_breakable(found.caption)}


def _section(section: Section, t: Locale) -> dict[str, Any]:
    return {
        "title": make_breakable(section.title),
        "paragraphs": [make_breakable(paragraph) for paragraph in section.paragraphs],
        "map": _map(section.map, t) if section.map else None,
        "table": table.build_content(section.table, t.language) if section.table and section.table.columns else None,
    }


def _source(source: ReportSource, lang: str) -> dict[str, str]:
    return {
        "title": make_breakable(source.title),
        "date": make_printable(format_day(source.date, lang)),
        "url": _address(source.url),
        "shown": make_breakable(source.url),
    }


def _content(report: Report) -> dict[str, Any]:
    """All that the template lays out, as plain texts."""
    t, lang = report.text, report.lang
    title = make_printable(report.title) or "BioCarto"
    made = t("Établi le {made}, données du {version}").format(
        made=format_day(report.made.isoformat(), lang), version=format_day(report.version, lang)
    )
    return {
        "lang": lang,
        "made": {"year": report.made.year, "month": report.made.month, "day": report.made.day},
        "title": make_breakable(title),
        "plain_title": title,
        "short_title": title if len(title) <= _FOOTER else f"{title[:_FOOTER]} …",
        "subtitle": make_breakable(report.subtitle),
        "date": make_printable(made),
        "link": {"url": _address(report.link), "shown": make_breakable(report.link)},
        "qr": draw_svg(report.link) if is_web(report.link) else "",
        "licence": make_breakable(report.licence),
        "figures": [_figure(figure, lang) for figure in report.figures],
        "sections": [_section(section, t) for section in report.sections],
        "method": [make_breakable(paragraph) for paragraph in report.method],
        "sources": [_source(source, lang) for source in report.sources],
        "words": {name: t(word) for name, word in _WORDS.items()},
    }


def write(report: Report, progress: Progress = ignore_progress) -> bytes:
    """The PDF; equal reports give equal bytes. Raises ExportError for a link that no QR code holds."""
    content = _content(report)
    progress(0.2)
    data = typst.compile(
        str(_TEMPLATE),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    progress(1.0)
    return bytes(data)
