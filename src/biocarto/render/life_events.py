"""Events of actors as a table, each line with its source; and foundings by period as the twin of their drawings."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup, escape

from biocarto import addresses
from biocarto.i18n import DEFAULT, Locale
from biocarto.model import LIFE_EVENT_LABELS, NP_, LifeEventKind
from biocarto.render import html, sources
from biocarto.render.founding_charts import ChartGroup
from biocarto.rows import Row, list_rows

MOST_ROWS = 300
"""Events that a page names."""

_FORMS = {
    LifeEventKind.CREATED: NP_("{n} création", "{n} créations"),
    LifeEventKind.MOVED: NP_("{n} déménagement", "{n} déménagements"),
    LifeEventKind.ACQUIRED: NP_("{n} rachat", "{n} rachats"),
    LifeEventKind.RENAMED: NP_("{n} changement de nom", "{n} changements de nom"),
    LifeEventKind.CLOSED: NP_("{n} fermeture", "{n} fermetures"),
}


def summarise_events(events: pd.DataFrame, t: Locale) -> str:
    """`34 créations, 2 rachats, 1 fermeture`; empty without any."""
    counts = events["kind"].value_counts()
    return ", ".join(t.write_count(int(counts[kind]), *forms) for kind, forms in _FORMS.items() if counts.get(kind, 0))


def render_events(caption: str, events: pd.DataFrame, t: Locale) -> Markup:
    """One line per event, in the order given: when, what, who, from what to what, and who says so."""
    head = [t("Date"), t("Événement"), t("Acteur"), t("Ce qui change"), t("Source")]
    left = len(events) - MOST_ROWS
    rest = t.write_count(left, "et {n} événement de plus", "et {n} événements de plus") if left > 0 else ""
    table = sources.render_table(caption, head, [_render_event(row, t) for row in list_rows(events.head(MOST_ROWS))], tall=True)
    return table + Markup("<p class='bc-kicker'>{}</p>").format(rest) if rest else table


def _render_event(row: Row, t: Locale) -> Markup:
    query = {"actor": row["actor_id"]} | ({} if t.language == DEFAULT else {"lang": t.language})
    name = html.render_mark(row["group"]) + html.render_inner_link(addresses.DIRECTORY, query, row["name"])
    return Markup("<tr><td>{}</td><td>{}</td><th scope='row'>{}</th><td>{}</td><td>{}</td></tr>").format(
        t.day(row["date"]) or t("sans date"),
        t(LIFE_EVENT_LABELS[LifeEventKind(row["kind"])]),
        name,
        _write_change(row, t),
        _render_page(row, t),
    )


def _write_change(row: Row, t: Locale) -> str:
    """From what to what; of an owner, by whom."""
    if row["kind"] == LifeEventKind.ACQUIRED:
        return t("par {owner}").format(owner=row["after"])
    return " → ".join(part for part in (row["before"], row["after"]) if part)


def _render_page(row: Row, t: Locale) -> Markup:
    return html.render_source(row, t) if row["source_title"] else escape(t("sans page"))


def render_foundings(caption: str, counts: pd.DataFrame, sums: pd.DataFrame, groups: Iterable[ChartGroup], t: Locale) -> Markup:
    """A line per period (index of `counts`: its first year): how many were founded, and in brackets how many by its end."""
    every, last = list(groups), int(sums.index[-1])
    starts = [int(year) for year in counts.index]
    ends = [min(year - 1, last) for year in [*starts[1:], last + 1]]
    lines = [
        Markup("<tr><th scope='row'>{}</th>{}</tr>").format(
            f"{start}–{end}" if end > start else str(start),
            Markup().join(_render_cell(int(counts[group.key][start]), int(sums[group.key][end]), t) for group in every),
        )
        for start, end in zip(starts, ends, strict=True)
    ]
    return sources.render_table(caption, [t("Période"), *(group.label for group in every)], lines)


def _render_cell(count: int, total: int, t: Locale) -> Markup:
    return Markup("<td>{} ({})</td>").format(t.number(count), t.number(total))
