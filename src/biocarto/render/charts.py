"""Charts as plain HTML: readable by everyone, printable, and nothing to download."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Part:
    """One part of a whole: `size` in any unit, `value` and `note` as people read them."""

    group: str
    label: str
    size: float
    value: str
    note: str = ""


def stacked_bar(title: str, subtitle: str, parts: Sequence[Part], marks: Sequence[str]) -> str:
    """A bar divided by `size`, and below it what each part is worth. Raises nothing: an empty whole is an empty bar."""
    whole = sum(part.size for part in parts) or 1
    bar = "".join(f'<span style="flex:{part.size / whole:.4f};background:var(--bc-{part.group})"></span>' for part in parts if part.size)
    rows = "".join(
        f"<li>{mark}<span>{escape(part.label)}</span> <strong>{escape(part.value)}</strong> <em>{escape(part.note)}</em></li>"
        for part, mark in zip(parts, marks, strict=True)
    )
    return (
        f'<section class="bc-bar"><h2>{escape(title)} <small>{escape(subtitle)}</small></h2>'
        f'<div class="bc-track" aria-hidden="true">{bar}</div><ul>{rows}</ul></section>'
    )


def bar_table(caption: str, header: Sequence[str], rows: Sequence[tuple[str, Sequence[tuple[str, int]], int]]) -> str:
    """A table with one stacked bar per row: (name, [(group, count)], total), all on one scale."""
    most = max((total for _, _, total in rows), default=0) or 1
    lines = "".join(_bar_row(name, counts, total, most) for name, counts, total in rows)
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in header)
    return f'<table class="bc-table"><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>'


def _bar_row(name: str, counts: Sequence[tuple[str, int]], total: int, most: int) -> str:
    bar = "".join(f'<span style="width:{100 * count / most:.2f}%;background:var(--bc-{group})"></span>' for group, count in counts if count)
    track = f'<div class="bc-track" aria-hidden="true">{bar}</div>'
    return f'<tr><th scope="row">{escape(name)}</th><td>{total}</td><td class="bc-cell">{track}</td></tr>'
