"""Pieces of HTML of the coverage page: figures with their formula, tables that scroll in their own box, and what is one tap away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from html import escape

from biocarto.analysis.coverage.territories import SMALL
from biocarto.ui.shared.choropleths import shown
from biocarto.ui.shared.language import text


def more(summary: str, body: str) -> str:
    """Something one tap away; `body` is HTML."""
    return f"<details class='bc-source'><summary>{escape(summary)}</summary>{body}</details>"


def figure(value: str, label: str, formula: str, warning: str = "", behind: str = "") -> str:
    """A big number; how it comes about one tap away, what makes it fragile beneath.

    behind: the same number as HTML that leads to who is behind it.
    """
    fragile = f"<p class='bc-fragile'>{escape(warning)}</p>" if warning else ""
    how = more(text()("Formule"), f"<p>{escape(formula)}</p>")
    number = f"<div class='bc-value'>{behind or escape(value)}</div>"
    return f"<div class='bc-figure'>{number}<p class='bc-label'>{escape(label)}</p>{fragile}{how}</div>"


def row(figures: Iterable[str]) -> str:
    """Figures side by side."""
    return f"<div class='bc-figures'>{''.join(figures)}</div>"


def few() -> str:
    """What is said of a rate on one to four sites."""
    return text()("sur moins de {n} sites : fragile").format(n=SMALL)


def number(value: object, digits: int, small: bool = False) -> str:
    """A value in a cell; a fragile one is followed by a sign that the caption explains."""
    return f"{escape(shown(value, digits))}{sign(small)}"


def sign(small: bool) -> str:
    """What marks a fragile value."""
    return f"<abbr title='{escape(few(), quote=True)}'>*</abbr>" if small else ""


def link_cell(count: object) -> str:
    """How many sites a link of the chain has, or that it is missing: said by a sign and a word, not by a colour alone."""
    if count:
        return f"<td class='bc-number'>{escape(shown(count, 0))}</td>"
    return f"<td class='bc-missing'><span aria-hidden='true'>✗ </span>{escape(text()('manquant'))}</td>"


def opening(summary: str, items: str) -> str:
    """A number that opens as the list of who is behind it; `items` is HTML (`<li>…`)."""
    return f"<details class='bc-opening'><summary>{escape(summary)}</summary><ul class='bc-behind'>{items}</ul></details>"


def opening_cell(count: int, items: str) -> str:
    """The same in a cell."""
    return f"<td class='bc-number'>{opening(shown(count, 0), items)}</td>"


def table(
    caption: str, head: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]], *, first: bool = False, words: Collection[int] = ()
) -> str:
    """A table in a box that scrolls by touch, wheel and keyboard; its cells are HTML (`<td>…`), its first column texts.

    first: whether the first row is the chosen territory's, which is marked. words: numbers of further columns of texts; the
    others hold numbers.
    """
    mark = " aria-current='true'"
    lines = "".join(
        f"<tr{mark if first and not place else ''}><th scope='row'>{escape(name)}</th>{''.join(cells)}</tr>"
        for place, (name, cells) in enumerate(rows)
    )
    kinds = ["" if place in {0, *words} else " class='bc-number'" for place in range(len(head))]
    heads = "".join(f"<th scope='col'{kind}>{escape(name)}</th>" for kind, name in zip(kinds, head, strict=True))
    inner = f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody>"
    name = escape(caption, quote=True)
    box = f"<div class='bc-scroll bc-tall' tabindex='0' role='region' aria-label='{name}'>"
    return f"{box}<table class='bc-table bc-matrix'>{inner}</table></div>"


def cell(value: str) -> str:
    """A number in a cell; `value` is HTML."""
    return f"<td class='bc-number'>{value}</td>"
