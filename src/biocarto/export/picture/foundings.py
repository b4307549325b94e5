"""When organisations were founded, as a picture: the curve of sums, or a panel for each category."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from xml.etree import ElementTree as ET

from biocarto.analysis.history import foundings, life_events
from biocarto.analysis.history.foundings import FIRST_SHOWN, PERIOD
from biocarto.export.picture.actor_map import tell_narrowing
from biocarto.export.picture.model import Picture
from biocarto.export.picture.subject import PictureContext
from biocarto.i18n import Locale
from biocarto.maps import palette
from biocarto.model import LifeEventKind
from biocarto.query import filters
from biocarto.query.filters import Filters
from biocarto.query.select import select
from biocarto.render import founding_charts
from biocarto.render.svg import add

_COLOURS = {"light": palette.list_group_colours("light")}
_LOOKS = {**_COLOURS["light"], **dict(zip(("ink", "quiet", "grid"), founding_charts.INKS["light"], strict=True))}
"""Class -> colour."""


class FoundingChart(StrEnum):
    """Which of the two drawings; the values stand in addresses."""

    CURVE = "curve"
    PANELS = "panels"


@dataclass(frozen=True)
class SvgDrawing:
    """A drawing that is there already, as large as its room lets it be."""

    svg: str

    def draw(self, parent: ET.Element, width: float, height: float, _t: Locale) -> float:
        """The drawing in the middle; it has no scale."""
        root = ET.fromstring(self.svg)  # noqa: S314 - drawn by ourselves
        _, _, own_width, own_height = map(float, root.attrib["viewBox"].split())
        scale = min(width / own_width, height / own_height)
        left, top = (width - own_width * scale) / 2, min((height - own_height * scale) / 2, 40.0)
        place = add(parent, "g", transform=f"translate({left:.2f} {top:.2f}) scale({scale:.4f})")
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
            _apply_looks(element)
        place.extend(element for element in root if element.tag != "style")
        return 0.0


def _apply_looks(element: ET.Element) -> None:
    """What the style sheet of the drawing says of an element, as its own attributes: not every program reads style sheets."""
    names = element.attrib.pop("class", "").split()
    colour = next((_LOOKS[name] for name in names if name in _LOOKS), "")
    if "line" in names:
        element.attrib.update({"fill": "none", "stroke": colour})
    elif "grid" in names:
        element.set("stroke", colour)
    elif colour:
        element.set("fill", colour)


def picture_foundings(context: PictureContext, chosen: Filters, chart: FoundingChart) -> Picture:
    """The organisations that filters leave, of every status unless one is chosen."""
    t, catalogue = context.t, context.catalogue
    scope = chosen if chosen.status else filters.with_every_status(chosen)
    found = select(replace(scope, etat=""), catalogue)
    events = life_events.list_life_events(catalogue)
    events = events[events["actor_id"].isin(found.actors.index)]
    years, groups = foundings.count_by_year(events, int(catalogue.edition[:4])), founding_charts.name_groups(t)
    if chart is FoundingChart.CURVE:
        sums = foundings.accumulate(years)
        title = t("Organismes créés, total depuis l'origine, par catégorie")
        svg, told = founding_charts.draw_curve(sums, groups, _COLOURS, t), founding_charts.describe_sums(sums, groups, t)
    else:
        counts = foundings.count_by_period(years)
        title = t("Créations par période de {years} ans depuis {first} ; la dernière n'est pas finie").format(
            years=PERIOD, first=FIRST_SHOWN
        )
        svg, told = founding_charts.draw_multiples(counts, groups, _COLOURS, t), founding_charts.describe_counts(counts, groups, t)
    dated = t.write_count(
        int(events["kind"].eq(LifeEventKind.CREATED).sum()), "{n} création datée, de tout statut", "{n} créations datées, de tout statut"
    )
    return context.compose(
        title,
        " · ".join([dated, *tell_narrowing(chosen, found, context)]),
        SvgDrawing(svg),
        (),
        sources=context.list_sources("actors"),
        alt=told,
    )
