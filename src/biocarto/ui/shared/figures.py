"""Figures with their sources: published ones from the table, counted ones from the rows."""

from __future__ import annotations

from markupsafe import Markup

from biocarto.analysis.breakdown import SURVEY_FIGURES
from biocarto.analysis.tour import TourSummary
from biocarto.render import cards as articles
from biocarto.rows import Row, one
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import text
from biocarto.ui.shared.markup import show_html


def _figure(figure_id: str) -> Row:
    return one(cache.catalogue().figures, figure_id)


def published(figure_id: str, label: str) -> Markup:
    """A row of figures.csv."""
    t, catalogue = text(), cache.catalogue()
    more = articles.survey_notes(catalogue.figures, catalogue.events, t) if figure_id in SURVEY_FIGURES else Markup()
    return articles.published(_figure(figure_id), label, t, more)


def counted(count: int, label: str, second: int, second_label: str, source_id: str) -> Markup:
    """Two numbers counted in the tables, beside the published figure that they can be checked against."""
    return articles.counted(count, label, second, second_label, row=_figure(source_id), t=text())


def row(cards: list[Markup]) -> None:
    """Figures side by side; they wrap on a phone."""
    show_html(articles.side_by_side(cards))


def tour(summary: TourSummary) -> list[Markup]:
    """The Tour in four figures."""
    t = text()
    return [
        counted(summary.stages, t("étapes"), len(summary.visited), t("régions visitées"), "tour_etapes"),
        counted(len(summary.organisers), t("organisateurs"), len(summary.around_initiator), t("autour de Medicen"), "tour_poles_federes"),
        published("tour_acteurs", t("acteurs mobilisés")),
        published("tour_participants", t("participants")),
    ]
