"""What has become of the actors of the chosen territory: when they were founded, and what has changed between two years."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

from biocarto.analysis.history import foundings, life_events
from biocarto.analysis.history.foundings import FIRST_SHOWN, PERIOD
from biocarto.maps import palette
from biocarto.model import LifeEventKind
from biocarto.query import filters
from biocarto.query.filters import Filters
from biocarto.register.catalogue import Catalogue
from biocarto.render import founding_charts
from biocarto.render import life_events as event_html
from biocarto.ui.coverage import behind, pictures, pieces
from biocarto.ui.coverage.state import CoverageState
from biocarto.ui.shared import address, cache, filter_bar, pages, questions
from biocarto.ui.shared.language import build_language_params, get_locale
from biocarto.ui.shared.markup import show_html

SINCE = "since"
"""The earlier of the two years, in addresses; the later one is the year that the page shows."""
USUAL_SPAN = 10

_COLOURS = {theme: palette.list_group_colours(theme) for theme in palette.THEMES}


def _select_scope(asked: CoverageState) -> Filters:
    """What the page is about, of every status and whatever year it shows: what has closed has a history too."""
    scope = replace(behind.narrow_filters(asked), etat="")
    return scope if scope.status else filters.with_every_status(scope)


def _list_events(asked: CoverageState) -> pd.DataFrame:
    """The events of the actors in the scope, oldest first."""
    catalogue, scope = asked.data.catalogue, _select_scope(asked)
    every = cache.make_once("life events", lambda: _name_events(catalogue))
    return cache.make_for_filters(
        "life events", scope, lambda: every[every["actor_id"].isin(questions.answer(scope, catalogue).actors.index)]
    )


def _name_events(catalogue: Catalogue) -> pd.DataFrame:
    return life_events.name_places(life_events.list_life_events(catalogue), catalogue.territory.points["name"])


def show(asked: CoverageState) -> None:
    """The foundings, then the changes between two years, then what has no date."""
    t, today = get_locale(), int(asked.data.catalogue.edition[:4])
    events = _list_events(asked)
    st.header(t("Le temps : qui est né, qui a changé"), anchor=False)
    show_html(cache.make_for_filters("foundings", _select_scope(asked), lambda: _draw_foundings(asked, events, today), t.language))
    with st.container(horizontal=True, key="founding-pictures"):
        pictures.show_foundings(asked)
    st.subheader(t("Ce qui a changé entre deux dates"), anchor=False)
    until = int(asked.filters.etat or today)
    earlier = _choose_earlier(until, today)
    told = life_events.select_between(events, earlier, until)
    caption = _write_span(asked, earlier, until)
    summary = event_html.summarise_events(told, t) or t("aucun événement daté")
    st.markdown(f"**{caption}**{t.colon}{summary}.")
    if len(told):
        show_html(event_html.render_events(t("Événements datés, du plus ancien au plus récent"), told, t))
    _show_undated(events)


def _write_span(asked: CoverageState, first: int, last: int) -> str:
    """From the end of one year to that of another, which of this year is the day of the edition; and where."""
    t, edition, place = get_locale(), asked.data.catalogue.edition, asked.data.places.names[asked.territory]
    if last == int(edition[:4]):
        return t("De fin {first} au {day}, {place}").format(first=first, day=t.edition(edition), place=place)
    return t("De fin {first} à fin {last}, {place}").format(first=first, last=last, place=place)


def _draw_foundings(asked: CoverageState, events: pd.DataFrame, today: int) -> Markup:
    """The curve, the small multiples and their table."""
    t = get_locale()
    years, groups = foundings.count_by_year(events, today), founding_charts.name_groups(t)
    sums, counts = foundings.accumulate(years), foundings.count_by_period(years)
    wanted = {"first": FIRST_SHOWN, "years": PERIOD}
    curve = founding_charts.render_drawing(
        t("Organismes créés, total depuis l'origine, par catégorie"),
        founding_charts.describe_sums(sums, groups, t),
        founding_charts.draw_curve(sums, groups, _COLOURS, t),
    )
    multiples = founding_charts.render_drawing(
        t("Créations par période de {years} ans depuis {first} ; la dernière n'est pas finie").format(**wanted),
        founding_charts.describe_counts(counts, groups, t),
        founding_charts.draw_multiples(counts, groups, _COLOURS, t),
    )
    caption = t("Créations par période, et entre parenthèses le total à sa fin")
    table = event_html.render_foundings(caption, counts, sums, groups, t)
    return Markup("<p class='bc-kicker'>{}</p>{}{}{}").format(
        _count_dated(asked, events), curve, multiples, pieces.render_more(t("Les mêmes nombres en tableau"), table)
    )


def _count_dated(asked: CoverageState, events: pd.DataFrame) -> str:
    """How much of the register the drawings can show."""
    t, scope = get_locale(), questions.answer(_select_scope(asked), asked.data.catalogue).actors
    without = int(scope["founded"].isna().sum())
    created = int(events["kind"].eq(LifeEventKind.CREATED).sum())
    shown = t.write_count(created, "{n} création datée, de tout statut", "{n} créations datées, de tout statut")
    left = t.write_count(without, "{n} site sans année de création n'y est pas", "{n} sites sans année de création n'y sont pas")
    return f"{shown}. {left}."


def _choose_earlier(until: int, today: int) -> int:
    """The year at whose end the changes begin: any before the one that is shown, which may have gone back behind a choice."""
    t, first = get_locale(), min(FIRST_SHOWN, until - 1)
    years = [str(year) for year in range(until - 1, first - 1, -1)]
    usual = str(max(until - USUAL_SPAN, first))
    options = {year: t("depuis le {day}").format(day=t.day(f"{year}-12-31")) for year in years}
    later = {str(year) for year in range(until, today + 1)}
    filter_bar.choose_in_box(SINCE, options, usual, t("Depuis"), width=260, elsewhere=later)
    asked = address.read_value(SINCE, {*options, *later}, usual)
    return int(asked if asked in options else usual)


def _show_undated(events: pd.DataFrame) -> None:
    """What has happened at no known date: in no year, and named."""
    t, rows = get_locale(), events[events["date"].eq("")]
    if len(rows):
        title = t.write_count(
            len(rows), "{n} événement sans date connue, hors de tout calcul", "{n} événements sans date connue, hors de tout calcul"
        )
        show_html(pieces.render_more(title, event_html.render_events(title, rows, t)))
    st.page_link(
        pages.SOURCES.path,
        label=t("Ici, depuis quand c'est vrai ; dans « Sources », ce que chaque édition a appris"),
        icon=":material/arrow_forward:",
        query_params=build_language_params(),
    )
