"""The lists of editions and of their files, as HTML; every address is given whole, from the root of the server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from biocarto.i18n import Locale
from biocarto.render.sources import render_table


@dataclass(frozen=True)
class ListedSource:
    """A table or a layer of an edition: name, title, rows ("" where unknown), and its files as pairs (label, address)."""

    name: str
    title: str
    rows: str
    files: tuple[tuple[str, str], ...]


def _link(address: str, label: object) -> Markup:
    return Markup("<a href='{}' target='_self'>{}</a>").format(address, label)


def _join(links: Iterable[Markup]) -> Markup:
    return Markup(" · ").join(links)


def render_editions(home: str, names: Sequence[str], t: Locale) -> Markup:
    """Every edition, the newest first; `home` is the address of the files, with a slash at its end."""
    head = [t("Édition"), t("Adresse"), t("Dictionnaire"), t("Changements")]
    lines = [
        Markup("<tr><th scope='row'>{}</th><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            t.edition(name),
            _link(f"{home}{name}/", Markup("<code>{}{}/</code>").format(home, name)),
            _link(f"{home}{name}/codebook", t("Colonnes et codes")),
            _link(f"{home}{earlier}..{name}/changes", t("depuis {edition}").format(edition=earlier)) if earlier else "",
        )
        for name, earlier in zip(names, [*names[1:], ""], strict=True)
    ]
    return render_table(t("Éditions"), head, lines)


def render_sources(caption: str, found: Iterable[ListedSource], t: Locale) -> Markup:
    """Tables or layers with their files."""
    lines = [
        Markup("<tr><th scope='row'>{}<br><code>{}</code></th><td>{}</td><td>{}</td></tr>").format(
            source.title, source.name, source.rows, _join(_link(address, label) for label, address in source.files)
        )
        for source in found
    ]
    return render_table(caption, [t("Fichier"), t("Lignes"), t("Formats")], lines)


def render_links(found: Mapping[str, str]) -> Markup:
    """A list of links, label -> address."""
    return Markup("<ul>{}</ul>").format(Markup().join(Markup("<li>{}</li>").format(_link(to, label)) for label, to in found.items()))


def render_citation(sentence: str, bibtex: str, t: Locale) -> Markup:
    """How to cite an edition."""
    return Markup("<h2>{}</h2><p>{}</p><pre tabindex='0' aria-label='BibTeX'><code>{}</code></pre>").format(
        t("Citer cette édition"), escape(sentence), bibtex
    )
