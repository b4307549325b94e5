"""A report as a tagged PDF (PDF/UA-1) of A4 pages, set by Typst from `report.typ`: no system font, no network, no markup from data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import typst

from biocarto.export.report import table
from biocarto.export.report.model import KeyFigure, Map, Report, Section, Source, written
from biocarto.export.selection import Progress, quiet
from biocarto.i18n import Locale, day
from biocarto.model import N_
from biocarto.render.printable import breakable, printable
from biocarto.render.qr import qr_svg
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
    words = {name: breakable(getattr(figure, name)) for name in ("label", "unit", "note")}
    credit = ", ".join(filter(None, (printable(figure.source), printable(day(figure.date, lang)))))
    return words | {
        "value": breakable(written(figure.value, lang, figure.digits)),
        "credit": breakable(credit),
        "url": _address(figure.url),
    }


def _map(found: Map, t: Locale) -> dict[str, str]:
    return {"svg": found.svg, "alt": printable(found.alt) or t("Carte"), "caption": breakable(found.caption)}


def _section(section: Section, t: Locale) -> dict[str, Any]:
    return {
        "title": breakable(section.title),
        "paragraphs": [breakable(paragraph) for paragraph in section.paragraphs],
        "map": _map(section.map, t) if section.map else None,
        "table": table.content(section.table, t.language) if section.table and section.table.columns else None,
    }


def _source(source: Source, lang: str) -> dict[str, str]:
    return {
        "title": breakable(source.title),
        "date": printable(day(source.date, lang)),
        "url": _address(source.url),
        "shown": breakable(source.url),
    }


def _content(report: Report) -> dict[str, Any]:
    """All that the template lays out, as plain texts."""
    t, lang = report.text, report.lang
    title = printable(report.title) or "BioCarto"
    made = t("Établi le {made}, données du {version}").format(made=day(report.made.isoformat(), lang), version=day(report.version, lang))
    return {
        "lang": lang,
        "made": {"year": report.made.year, "month": report.made.month, "day": report.made.day},
        "title": breakable(title),
        "plain_title": title,
        "short_title": title if len(title) <= _FOOTER else f"{title[:_FOOTER]} …",
        "subtitle": breakable(report.subtitle),
        "date": printable(made),
        "link": {"url": _address(report.link), "shown": breakable(report.link)},
        "qr": qr_svg(report.link) if is_web(report.link) else "",
        "licence": breakable(report.licence),
        "figures": [_figure(figure, lang) for figure in report.figures],
        "sections": [_section(section, t) for section in report.sections],
        "method": [breakable(paragraph) for paragraph in report.method],
        "sources": [_source(source, lang) for source in report.sources],
        "words": {name: t(word) for name, word in _WORDS.items()},
    }


def write(report: Report, progress: Progress = quiet) -> bytes:
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
