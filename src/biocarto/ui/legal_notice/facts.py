"""The forms that the legal notice is written in."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup


def render_facts(lines: Iterable[tuple[str, str]]) -> Markup:
    """Names with what there is to say of each; text is escaped, HTML is not."""
    told = Markup().join(Markup("<dt>{}</dt><dd>{}</dd>").format(name, text) for name, text in lines)
    return Markup("<dl class='bc-facts bc-legal'>{}</dl>").format(told)


def render_note(text: str) -> Markup:
    """A remark in small letters."""
    return Markup("<p class='bc-source'>{}</p>").format(text)


def render_topic(title: str, lines: Iterable[tuple[str, str]]) -> Markup:
    """A heading of the third level and its facts."""
    return Markup("<section><h3>{}</h3>{}</section>").format(title, render_facts(lines))
