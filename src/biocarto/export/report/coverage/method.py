"""How the figures of a report of a territory were made, and what they rest on."""

from __future__ import annotations

from biocarto.analysis.coverage import absences, coverage, roles
from biocarto.analysis.coverage.coverage import MEANINGS
from biocarto.analysis.coverage.roles import ROLE_DEFINITIONS, ROLE_LABELS, ChainLink
from biocarto.export.report.coverage import france, tables
from biocarto.export.report.coverage.figures import INSEE
from biocarto.export.report.coverage.subject import ReportContext
from biocarto.export.report.model import ReportSource
from biocarto.render.text import is_web


def _formulas(subject: ReportContext) -> list[str]:
    """How each indicator comes about, one sentence each."""
    t = subject.text
    return [f"{t(meaning.label)}{t.colon}{t(meaning.formula)}." for meaning in MEANINGS.values()]


def describe_method(subject: ReportContext) -> tuple[str, ...]:
    """What is counted, each formula, what is fragile, how links are decided, and from where distances start."""
    t = subject.text
    defined = ("\u202f; " if subject.lang == "fr" else "; ").join(
        f"{t(ROLE_LABELS[role])}{t.colon}{t(ROLE_DEFINITIONS[role])}" for role in (*roles.CHAIN, ChainLink.CDMO)
    )
    return (
        t("Une ligne du répertoire est un site d'une organisation que nomme une page publique ; il ne prétend pas être complet."),
        *_formulas(subject),
        *(f"{t(label)}{t.colon}{t(coverage.BASES[facet])}." for facet, (label, _) in tables.FACETS.items()),
        tables.write_fragile_note(subject),
        f"{t('Maillons (sites fermés exclus)')}{t.colon}{defined}.",
        t(absences.DISTANCE_NOTE),
    )


def list_sources(subject: ReportContext) -> tuple[ReportSource, ...]:
    """Those of the register, the layers, and the survey."""
    t, lang = subject.text, subject.lang
    about = subject.catalogue.resources["actors"]
    survey = france.list_survey_figures(subject.catalogue)[0]
    named, year = "title" if lang == "fr" else "title_en", str(subject.outline["population_year"])
    register = [ReportSource(source[named], source.get("path", "")) for source in about["sources"]]
    outlines = [
        ReportSource(source[named], source.get("path", ""), year if source["title"].startswith(INSEE) else "")
        for source in subject.layer["sources"]
    ]
    title = t("Recensement publié : {title}").format(title=france.name_publisher(survey, t))
    page = str(survey["source_url"])
    return (*register, *outlines, ReportSource(title, page if is_web(page) else "", str(survey["as_of"])))
