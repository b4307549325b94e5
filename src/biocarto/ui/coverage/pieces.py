"""Pieces of HTML of the coverage page: figures with their formula, tables that scroll in their own box, and what is one tap away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from markupsafe import Markup, escape

from biocarto.analysis.coverage.territories import SMALL
from biocarto.ui.shared.choropleths import format_value
from biocarto.ui.shared.language import get_locale


def render_more(summary: str, body: Markup) -> Markup:
    """Something one tap away."""
    return Markup("<details class='bc-source'><summary>{}</summary>{}</details>").format(summary, body)


def render_figure(value: str, label: str, formula: str, warning: str = "", behind: Markup = Markup()) -> Markup:
    """A big number; how it comes about one tap away, what makes it fragile beneath.

    behind: the same number as HTML that leads to who is behind it.
    """
    fragile = Markup("<p class='bc-fragile'>{}</p>").format(warning) if warning else Markup()
    how = render_more(get_locale()("Formule"), Markup("<p>{}</p>").format(formula))
    number = Markup("<div class='bc-value'>{}</div>").format(behind or escape(value))
    return Markup("<div class='bc-figure'>{}<p class='bc-label'>{}</p>{}{}</div>").format(number, label, fragile, how)


def render_row(figures: Iterable[Markup]) -> Markup:
    """Figures side by side."""
    return Markup("<div class='bc-figures'>{}</div>").format(Markup().join(figures))


def write_few() -> str:
    """What is said of a rate on one to four sites."""
    return get_locale()("sur moins de {n} sites : fragile").format(n=SMALL)


def render_number(value: object, digits: int, small: bool = False) -> Markup:
    """A value in a cell; a fragile one is followed by a sign that the caption explains."""
    return escape(format_value(value, digits)) + render_sign(small)


def render_sign(small: bool) -> Markup:
    """What marks a fragile value."""
    return Markup("<abbr title='{}'>*</abbr>").format(write_few()) if small else Markup()


def render_link_cell(count: object) -> Markup:
    """How many sites a link of the chain has, or that it is missing: said by a sign and a word, not by a colour alone."""
    if count:
        return Markup("<td class='bc-number'>{}</td>").format(format_value(count, 0))
    return Markup("<td class='bc-missing'><span aria-hidden='true'>✗ </span>{}</td>").format(get_locale()("manquant"))


def render_opening(summary: str, items: Markup) -> Markup:
    """A number that opens as the list of who is behind it; `items` is HTML (`<li>…`)."""
    return Markup("<details class='bc-opening'><summary>{}</summary><ul class='bc-behind'>{}</ul></details>").format(summary, items)


def render_opening_cell(count: int, items: Markup) -> Markup:
    """The same in a cell."""
    return Markup("<td class='bc-number'>{}</td>").format(render_opening(format_value(count, 0), items))


def render_table(
    caption: str, head: Sequence[str], rows: Iterable[tuple[str, Sequence[Markup]]], *, first: bool = False, words: Collection[int] = ()
) -> Markup:
    """A table in a box that scrolls by touch, wheel and keyboard; its cells are HTML (`<td>…`), its first column texts.

    first: whether the first row is the chosen territory's, which is marked. words: numbers of further columns of texts; the
    others hold numbers.
    """
    mark = Markup(" aria-current='true'")
    lines = Markup().join(
        Markup("<tr{}><th scope='row'>{}</th>{}</tr>").format(mark if first and (not place) else "", name, Markup().join(cells))
        for place, (name, cells) in enumerate(rows)
    )
    kinds = ["" if place in {0, *words} else Markup(" class='bc-number'") for place in range(len(head))]
    heads = Markup().join(Markup("<th scope='col'{}>{}</th>").format(kind, name) for kind, name in zip(kinds, head, strict=True))
    inner = Markup("<caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody>").format(caption, heads, lines)
    box = Markup("<div class='bc-scroll bc-tall' tabindex='0' role='region' aria-label='{}'>").format(caption)
    return Markup("{}<table class='bc-table bc-matrix'>{}</table></div>").format(box, inner)


def render_cell(value: Markup) -> Markup:
    """A number in a cell."""
    return Markup("<td class='bc-number'>{}</td>").format(value)
