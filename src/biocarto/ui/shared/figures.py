"""Figures with their sources: published ones from the table, counted ones from the rows."""

from __future__ import annotations

from markupsafe import Markup

from biocarto.analysis.breakdown import SURVEY_FIGURES
from biocarto.analysis.tour import TourSummary
from biocarto.render import cards as render_cards
from biocarto.rows import Row, get_row
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html


def _figure(figure_id: str) -> Row:
    return get_row(cache.load_catalogue().figures, figure_id)


def render_published(figure_id: str, label: str) -> Markup:
    """A row of figures.csv."""
    t, catalogue = get_locale(), cache.load_catalogue()
    more = render_cards.render_survey_notes(catalogue.figures, catalogue.events, t) if figure_id in SURVEY_FIGURES else Markup()
    return render_cards.render_published(_figure(figure_id), label, t, more)


def render_counts(count: int, label: str, second: int, second_label: str, source_id: str) -> Markup:
    """Two numbers counted in the tables, beside the published figure that they can be checked against."""
    return render_cards.render_counts(count, label, second, second_label, row=_figure(source_id), t=get_locale())


def show_row(cards: list[Markup]) -> None:
    """Figures side by side; they wrap on a phone."""
    show_html(render_cards.render_side_by_side(cards))


def render_tour(summary: TourSummary) -> list[Markup]:
    """The Tour in four figures."""
    t = get_locale()
    return [
        render_counts(summary.stages, t("étapes"), len(summary.visited), t("régions visitées"), "tour_etapes"),
        render_counts(
            len(summary.organisers), t("organisateurs"), len(summary.around_initiator), t("autour de Medicen"), "tour_poles_federes"
        ),
        render_published("tour_acteurs", t("acteurs mobilisés")),
        render_published("tour_participants", t("participants")),
    ]
