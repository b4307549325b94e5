"""The chosen territory: its key figures with their formulas, its links of the chain, and the way to its actors."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from biocarto.analysis.coverage import chain
from biocarto.analysis.coverage.chain import LINKS
from biocarto.analysis.coverage.coverage import MEANINGS, TOTALS, Indicator
from biocarto.analysis.coverage.roles import CHAIN, ROLE_LABELS, Role
from biocarto.analysis.coverage.territories import CODE_COLUMNS
from biocarto.model import LEVEL_LABELS, Kind
from biocarto.register.catalogue import Catalogue
from biocarto.render import html
from biocarto.rows import Row, one
from biocarto.ui.coverage import behind, data, pieces, report
from biocarto.ui.coverage.choices import group_label
from biocarto.ui.coverage.state import Asked
from biocarto.ui.shared import apart, filter_bar, pages
from biocarto.ui.shared.choropleths import shown, unit
from biocarto.ui.shared.language import text
from biocarto.ui.shared.markup import show_html


def missing(asked: Asked) -> tuple[str, ...]:
    """The links of the chain that the territory lacks, in their order."""
    matrix = asked.data.links(asked.own).loc[[asked.territory]]
    return tuple(chain.missing(matrix).iloc[0])


def _warning(line: Row, total: Indicator) -> str:
    """What makes a figure fragile, or keeps it from being computed."""
    if bool(pd.isna(line[total.value])):
        return text()("non calculable : population ou superficie inconnue")
    return pieces.few() if line["small"] and total in data.ON_FEW else ""


def figures(asked: Asked) -> None:
    """Sites, companies, both rates and the missing links."""
    with st.container(key="coverage-figures"):
        show_html(asked.cached(lambda: _figures(asked), "figures"))


def _figures(asked: Asked) -> Markup:
    t = text()
    line = one(asked.data.measured(asked.own).table, asked.territory)
    cards = [
        pieces.figure(
            shown(line[each.value], MEANINGS[each].digits),
            unit(MEANINGS[each], line[each.value]),
            t(MEANINGS[each].formula),
            _warning(line, each),
            _behind(asked, each, shown(line[each.value], MEANINGS[each].digits)),
        )
        for each in TOTALS
    ]
    lacks = missing(asked)
    which = Markup().join(Markup("<li>{}</li>").format(t(ROLE_LABELS[Role(link)])) for link in lacks)
    label = t.plural(len(lacks), "maillon manquant sur {n}", "maillons manquants sur {n}").format(n=len(LINKS))
    opened = pieces.opening(t.number(len(lacks)), which) if lacks else Markup()
    cards.append(pieces.figure(t.number(len(lacks)), label, t(chain.MISSING_NOTE), behind=opened))
    return pieces.row(cards)


def _behind(asked: Asked, total: Indicator, shown_as: str) -> Markup:
    """The sites that a figure counts, or is a rate of: those of the directory with the same filter."""
    query = behind.params(replace(asked, facet="", value=""))
    if total is Indicator.COMPANIES:
        query["kind"] = Kind.COMPANY.value
    return behind.link(shown_as, query)


def show_apart(asked: Asked, catalogue: Catalogue) -> None:
    """How old the pages of the territory's sites are, and which of its sites are not counted."""
    within = (CODE_COLUMNS[asked.own], asked.territory)
    counts = apart.count_presences(asked.filters, catalogue, within)
    apart.show(apart.restrict(asked.data.actors, within), asked.filters, counts, catalogue)


def _facts(asked: Asked, line: Row) -> Markup:
    """Population, area, and the measure of the map."""
    t, meaning = text(), MEANINGS[asked.measure]
    values, small = asked.data.values(asked.own, asked.facet, asked.value, asked.measure)
    measured = shown(values[asked.territory], meaning.digits)
    if asked.measure is not Indicator.QUOTIENT:
        measured = f"{measured} {unit(meaning, values[asked.territory])}"
    fragile = Markup("<br><small class='bc-fragile'>{}</small>").format(pieces.few()) if small[asked.territory] else Markup()
    people: str = "—" if pd.isna(line["population"]) else t.number(int(line["population"]))
    title = t(meaning.label) if not asked.facet else f"{t(meaning.label)} · {group_label(asked.facet, asked.value)}"
    pairs = [
        (t("Population"), escape(people)),
        (t("Superficie"), escape(f"{shown(line['area_km2'], 1)} km²")),
        (title, Markup("<strong>{}</strong>{}").format(measured, fragile)),
    ]
    if asked.measure is not Indicator.COUNT or asked.facet:
        return html.facts(pairs)
    return html.facts(pairs[:2])


def _link(asked: Asked, count: int, role: Role) -> Markup:
    return behind.cell(count, behind.members(asked.data, asked.own).get((asked.territory, role.value)))


def _links(asked: Asked) -> Markup:
    """The six links, each with its sites or the word that it is missing."""
    t = text()
    line = one(asked.data.links(asked.own), asked.territory)
    rows = Markup().join(
        Markup("<tr><th scope='row'>{}</th>{}</tr>").format(t(ROLE_LABELS[role]), _link(asked, int(line[role.value]), role))
        for role in CHAIN
    )
    return Markup("<table class='bc-table bc-matrix'><caption>{}</caption><tbody>{}</tbody></table>").format(
        t("La chaîne, sites par maillon"), rows
    )


def _directory(asked: Asked) -> None:
    """The directory, filtered to the territory and to what the page shows."""
    label = text()("Ses acteurs dans l'annuaire")
    st.page_link(pages.DIRECTORY.path, label=label, icon=":material/arrow_forward:", query_params=behind.params(asked))


def show(asked: Asked) -> None:
    """Beside the map."""
    show_html(asked.cached(lambda: _sheet(asked), "card"))
    _directory(asked)
    catalogue = asked.data.catalogue
    report.show(catalogue, asked.territory, asked.data.actors, filter_bar.said(asked.filters, catalogue))


def _sheet(asked: Asked) -> Markup:
    t = text()
    line = one(asked.data.measured(asked.own).table, asked.territory)
    kicker = f"{t(LEVEL_LABELS[asked.own])} · {asked.territory}"
    title = Markup("<p class='bc-kicker'>{}</p><h2>{}</h2>").format(kicker, str(line["name"]))
    return Markup("<div class='bc-sheet'>{}{}{}{}</div>").format(title, _facts(asked, line), _links(asked), behind.actors(asked))
