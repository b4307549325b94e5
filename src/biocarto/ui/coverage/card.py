"""The chosen territory: its key figures with their formulas, its links of the chain, and the way to its actors."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from biocarto.analysis.coverage import chain
from biocarto.analysis.coverage.chain import LINKS
from biocarto.analysis.coverage.coverage import MEANINGS, ON_FEW, TOTALS, Indicator
from biocarto.analysis.coverage.roles import CHAIN, ROLE_LABELS, ChainLink
from biocarto.model import LEVEL_LABELS, Kind
from biocarto.query.select import QueryResult
from biocarto.register.catalogue import Catalogue
from biocarto.render import html
from biocarto.rows import Row, get_row
from biocarto.ui.coverage import behind, pictures, pieces, report
from biocarto.ui.coverage.choices import label_group
from biocarto.ui.coverage.state import CoverageState
from biocarto.ui.shared import accessibility, apart, filter_bar, pages, questions
from biocarto.ui.shared.choropleths import format_unit, format_value
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html


def list_missing_links(asked: CoverageState) -> tuple[str, ...]:
    """The links of the chain that the territory lacks, in their order."""
    matrix = asked.data.count_links(asked.own).loc[[asked.territory]]
    return tuple(chain.list_missing_links(matrix).iloc[0])


def _warning(line: Row, total: Indicator) -> str:
    """What makes a figure fragile, or keeps it from being computed."""
    if bool(pd.isna(line[total.value])):
        return get_locale()("non calculable : population ou superficie inconnue")
    return pieces.write_few() if line["small"] and total in ON_FEW else ""


def show_figures(asked: CoverageState) -> None:
    """Sites, companies, both rates and the missing links."""
    with st.container(key="coverage-figures"):
        show_html(asked.get_or_make(lambda: _figures(asked), "figures"))


def _figures(asked: CoverageState) -> Markup:
    t = get_locale()
    line = get_row(asked.data.measure_level(asked.own).table, asked.territory)
    cards = [
        pieces.render_figure(
            format_value(line[each.value], MEANINGS[each].digits),
            format_unit(MEANINGS[each], line[each.value]),
            t(MEANINGS[each].formula),
            _warning(line, each),
            _behind(asked, each, format_value(line[each.value], MEANINGS[each].digits)),
        )
        for each in TOTALS
    ]
    lacks = list_missing_links(asked)
    which = Markup().join(Markup("<li>{}</li>").format(t(ROLE_LABELS[ChainLink(link)])) for link in lacks)
    label = t.plural(len(lacks), "maillon manquant sur {n}", "maillons manquants sur {n}").format(n=len(LINKS))
    opened = pieces.render_opening(t.number(len(lacks)), which) if lacks else Markup()
    cards.append(pieces.render_figure(t.number(len(lacks)), label, t(chain.MISSING_NOTE), behind=opened))
    return pieces.render_row(cards)


def _behind(asked: CoverageState, total: Indicator, shown_as: str) -> Markup:
    """The sites that a figure counts, or is a rate of: those of the directory with the same filter."""
    query = behind.build_params(replace(asked, facet="", value=""))
    if total is Indicator.COMPANIES:
        query["kind"] = Kind.COMPANY.value
    return behind.link_figure(shown_as, query)


def _answer(asked: CoverageState, catalogue: Catalogue) -> QueryResult:
    """Who of the chosen territory the filters leave."""
    return questions.answer(behind.narrow_filters(asked), catalogue)


def show_apart(asked: CoverageState, catalogue: Catalogue) -> None:
    """How old the pages of the territory's sites are, and which of its sites are not counted."""
    here = _answer(asked, catalogue)
    apart.show(here.actors, asked.filters, here.counts["status"], catalogue, here.undated)


def _facts(asked: CoverageState, line: Row) -> Markup:
    """Population, area, and the measure of the map."""
    t, meaning = get_locale(), MEANINGS[asked.measure]
    values, small = asked.data.read_measure(asked.own, asked.facet, asked.value, asked.measure)
    measured = format_value(values[asked.territory], meaning.digits)
    if asked.measure is not Indicator.QUOTIENT:
        measured = f"{measured} {format_unit(meaning, values[asked.territory])}"
    fragile = Markup("<br><small class='bc-fragile'>{}</small>").format(pieces.write_few()) if small[asked.territory] else Markup()
    people: str = "—" if pd.isna(line["population"]) else t.number(int(line["population"]))
    title = t(meaning.label) if not asked.facet else f"{t(meaning.label)} · {label_group(asked.facet, asked.value)}"
    pairs = [
        (t("Population"), escape(people)),
        (t("Superficie"), escape(f"{format_value(line['area_km2'], 1)} km²")),
        (title, Markup("<strong>{}</strong>{}").format(measured, fragile)),
    ]
    if asked.measure is not Indicator.COUNT or asked.facet:
        return html.render_facts(pairs)
    return html.render_facts(pairs[:2])


def _link(asked: CoverageState, count: int, role: ChainLink) -> Markup:
    return behind.render_cell(count, behind.group_members(asked.data, asked.own).get((asked.territory, role.value)))


def _links(asked: CoverageState) -> Markup:
    """The six links, each with its sites or the word that it is missing."""
    t = get_locale()
    line = get_row(asked.data.count_links(asked.own), asked.territory)
    rows = Markup().join(
        Markup("<tr><th scope='row'>{}</th>{}</tr>").format(t(ROLE_LABELS[role]), _link(asked, int(line[role.value]), role))
        for role in CHAIN
    )
    return Markup("<table class='bc-table bc-matrix'><caption>{}</caption><tbody>{}</tbody></table>").format(
        t("La chaîne, sites par maillon"), rows
    )


def _directory(asked: CoverageState) -> None:
    """The directory, filtered to the territory and to what the page shows."""
    label = get_locale()("Ses acteurs dans l'annuaire")
    st.page_link(pages.DIRECTORY.path, label=label, icon=":material/arrow_forward:", query_params=behind.build_params(asked))


def show(asked: CoverageState) -> None:
    """Beside the map."""
    show_html(asked.get_or_make(lambda: _sheet(asked), "card"))
    _directory(asked)
    catalogue = asked.data.catalogue
    undated = _answer(asked, catalogue).undated if asked.filters.etat else None
    accessibility.show_files()
    pictures.show("coverage", asked)
    report.show(catalogue, asked.territory, asked.data.actors, filter_bar.list_filter_labels(asked.filters, catalogue), undated)


def _sheet(asked: CoverageState) -> Markup:
    t = get_locale()
    line = get_row(asked.data.measure_level(asked.own).table, asked.territory)
    kicker = f"{t(LEVEL_LABELS[asked.own])} · {asked.territory}"
    title = Markup("<p class='bc-kicker'>{}</p><h2>{}</h2>").format(kicker, str(line["name"]))
    # The names are the same whatever the map measures.
    named = asked.data.get_or_make(lambda: _links(asked) + behind.render_actors(asked), "card names", asked.territory, t.language)
    return Markup("<div class='bc-sheet bc-always'>{}{}{}</div>").format(title, _facts(asked, line), named)
