"""Charts as plain HTML: readable by everyone, printable, and nothing to download."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from biocarto.model import SYMBOLS

_SHAPES = {symbol.key: symbol.shape for symbol in SYMBOLS}
"""What is no group of the map (`several`) has the name of its own shape."""


@dataclass(frozen=True)
class Part:
    """One part of a whole: `size` in any unit, `value` and `note` as people read them."""

    group: str
    label: str
    size: float
    value: str
    note: str = ""


@dataclass(frozen=True)
class Bar:
    """A whole and its parts, under its own title."""

    title: str
    subtitle: str
    parts: tuple[Part, ...]


def render_stacked_bar(bar: Bar, marks: Sequence[Markup]) -> Markup:
    """A bar divided by `size`, and below it what each part is worth. Raises nothing: an empty whole is an empty bar."""
    parts = bar.parts
    whole = sum(part.size for part in parts) or 1
    track = Markup().join(_render_part(part.group, Markup("flex:{:.4f}").format(part.size / whole)) for part in parts if part.size)
    rows = Markup().join(
        Markup("<li>{}<span>{}</span> <strong>{}</strong> <em>{}</em></li>").format(mark, part.label, part.value, part.note)
        for part, mark in zip(parts, marks, strict=True)
    )
    return Markup(
        '<section class="bc-bar"><h2>{} <small>{}</small></h2><div class="bc-track" aria-hidden="true">{}</div><ul>{}</ul></section>'
    ).format(bar.title, bar.subtitle, track, rows)


def _render_part(group: str, size: Markup) -> Markup:
    """A part of a bar with the shape of its group, which gives way where there is no room; parts stand in the order of the list."""
    shape = _SHAPES.get(group, group)
    return Markup('<span class="bc-part bc-{}" style="{}"><i class="bc-{}"></i></span>').format(f"of-{group}", size, shape)


def render_bar_table(
    caption: str, header: Sequence[str], rows: Sequence[tuple[str, Sequence[tuple[str, int]], int]], names: Mapping[str, str]
) -> Markup:
    """A table with one stacked bar per row: (name, [(group, count)], total), all on one scale; each also in words (`names`: by group)."""
    most = max((total for _, _, total in rows), default=0) or 1
    lines = Markup().join(_bar_row(name, counts, total, most, names) for name, counts, total in rows)
    head = Markup().join(Markup('<th scope="col">{}</th>').format(text) for text in header)
    return Markup('<table class="bc-table"><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(
        caption, head, lines
    )


def _bar_row(name: str, counts: Sequence[tuple[str, int]], total: int, most: int, names: Mapping[str, str]) -> Markup:
    bar = Markup().join(_render_part(group, Markup("width:{:.2f}%").format(100 * count / most)) for group, count in counts if count)
    track = Markup('<div class="bc-track" aria-hidden="true">{}</div>').format(bar)
    said = ", ".join(f"{names[group]} {count}" for group, count in counts if count)
    return Markup(
        '<tr><th scope="row">{}</th><td>{}</td><td class="bc-cell" title="{}">{}<span class="bc-unseen">{}</span></td></tr>'
    ).format(name, total, said, track, said)
