"""Charts as plain HTML: readable by everyone, printable, and nothing to download."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Part:
    """One part of a whole: `size` in any unit, `value` and `note` as people read them."""

    group: str
    label: str
    size: float
    value: str
    note: str = ""


def render_stacked_bar(title: str, subtitle: str, parts: Sequence[Part], marks: Sequence[Markup]) -> Markup:
    """A bar divided by `size`, and below it what each part is worth. Raises nothing: an empty whole is an empty bar."""
    whole = sum(part.size for part in parts) or 1
    bar = Markup().join(
        Markup('<span style="flex:{:.4f};background:var(--bc-{})"></span>').format(part.size / whole, part.group)
        for part in parts
        if part.size
    )
    rows = Markup().join(
        Markup("<li>{}<span>{}</span> <strong>{}</strong> <em>{}</em></li>").format(mark, part.label, part.value, part.note)
        for part, mark in zip(parts, marks, strict=True)
    )
    return Markup(
        '<section class="bc-bar"><h2>{} <small>{}</small></h2><div class="bc-track" aria-hidden="true">{}</div><ul>{}</ul></section>'
    ).format(title, subtitle, bar, rows)


def render_bar_table(caption: str, header: Sequence[str], rows: Sequence[tuple[str, Sequence[tuple[str, int]], int]]) -> Markup:
    """A table with one stacked bar per row: (name, [(group, count)], total), all on one scale."""
    most = max((total for _, _, total in rows), default=0) or 1
    lines = Markup().join(_bar_row(name, counts, total, most) for name, counts, total in rows)
    head = Markup().join(Markup('<th scope="col">{}</th>').format(text) for text in header)
    return Markup('<table class="bc-table"><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(
        caption, head, lines
    )


def _bar_row(name: str, counts: Sequence[tuple[str, int]], total: int, most: int) -> Markup:
    bar = Markup().join(
        Markup('<span style="width:{:.2f}%;background:var(--bc-{})"></span>').format(100 * count / most, group)
        for group, count in counts
        if count
    )
    track = Markup('<div class="bc-track" aria-hidden="true">{}</div>').format(bar)
    return Markup('<tr><th scope="row">{}</th><td>{}</td><td class="bc-cell">{}</td></tr>').format(name, total, track)
