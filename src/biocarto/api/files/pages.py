"""What people and programs see at the addresses that list: all editions, one edition, its codebook, what changed, one row's history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from biocarto.addresses import CATALOG, FILES
from biocarto.analysis.changelog import ChangedEdition, list_editions
from biocarto.api.answers import answer_document
from biocarto.api.files.editions import FoundEdition
from biocarto.api.files.making import CHANGES_CSV, CHANGES_JSON, CITATION, CODEBOOK
from biocarto.api.page import answer_page, wants_page
from biocarto.clock import read_today
from biocarto.config import Settings
from biocarto.desk.differences import RowDifference, list_lines
from biocarto.export.edition import build_address
from biocarto.export.edition_files import EditionFile
from biocarto.export.schema_org import write_script
from biocarto.export.view_citation import ViewCitation, write_sentence, write_view_bibtex
from biocarto.i18n import Locale
from biocarto.model import RowChange
from biocarto.register.changes import Change
from biocarto.register.tables import PACKAGE, Tables
from biocarto.render import changes as change_html
from biocarto.render import edition_files as file_html
from biocarto.render.codebook import render_codebook
from biocarto.render.edition_files import ListedSource
from biocarto.render.html import suppress_links

MOST_EDITIONS = 20
"""Editions whose changes a page tells; the file has all."""


class Listing:
    """One request for a list: its language, and where this server is (`root`, without a slash at its end; `base` its path)."""

    def __init__(self, request: Request, t: Locale, root: str, base: str) -> None:
        self.request, self.t, self.root, self.base = request, t, root, base
        self.home = f"{base}/{FILES}/"

    def _answer(self, title: str, body: Markup, *up: tuple[str, str], head: Markup = Markup()) -> Response:
        t = self.t
        query = f"?lang={t.language}"
        steps = [(f"{self.base}/{query}", "BioCarto"), *((f"{address}{query}", name) for address, name in up)]
        return answer_page(self.request, title, body, t, steps=steps, head=head)

    def _files(self) -> tuple[str, str]:
        t = self.t
        return self.home, t("Fichiers")

    def _edition(self, name: str) -> tuple[str, str]:
        return f"{self.home}{name}/", self.t.edition(name)

    def show_editions(self, names: tuple[str, ...], package: Mapping[str, Any], settings: Settings) -> Response:
        """`/data/`: every edition."""
        if not wants_page(self.request):
            found = [{"name": name, "url": build_address(self.root, name)} for name in names]
            told = {"latest": build_address(self.root, "latest"), "catalog": f"{self.root}/{CATALOG}", "editions": found}
            return answer_document(self.request, told, "application/json", _LISTED)
        t = self.t
        lead = t(
            "Chaque édition du répertoire garde ses fichiers à une adresse qui ne change pas : elle se cite, se lit par un programme, et"
            " son CSV donnera demain les mêmes octets. « latest » est la plus récente."
        )
        more = {
            t("L'édition la plus récente"): f"{self.home}latest/",
            t("Catalogue pour les portails de données (DCAT-AP)"): f"{self.base}/{CATALOG}",
        }
        body = Markup("<p class='lead'>{}</p>{}{}").format(
            lead, file_html.render_editions(self.home, names, t), file_html.render_links(more)
        )
        return self._answer(t("Fichiers du répertoire"), body, head=write_script(package, self.root, settings))

    def show_edition(
        self, edition: FoundEdition, files: Mapping[str, EditionFile], titles: Mapping[str, tuple[str, int | None]], cited: ViewCitation
    ) -> Response:
        """`/data/EDITION/`: its files; `titles` are of tables and layers, with their number of rows."""
        if not wants_page(self.request):
            return self._list_files(edition, files, titles)
        t, home = self.t, f"{self.home}{edition.name}/"
        kinds: dict[str, list[EditionFile]] = {}
        for file in files.values():
            kinds.setdefault(file.source, []).append(file)
        listed = {name: self._list_source(home, name, own, titles[name]) for name, own in kinds.items()}
        tables = [found for name, found in listed.items() if f"{name}.csv" in files]
        layers = [found for name, found in listed.items() if f"{name}.csv" not in files]
        body = Markup("<p class='lead'>{}</p>{}{}<h2>{}</h2>{}{}").format(
            self._explain(edition),
            self._list_more(home),
            file_html.render_sources(t("Tables"), tables, t),
            t("Couches géographiques"),
            file_html.render_sources(t("Couches géographiques"), layers, t),
            file_html.render_citation(write_sentence(cited, t), write_view_bibtex(cited, t), t),
        )
        return self._answer(t("Édition du {edition}").format(edition=t.edition(edition.name)), body, self._files())

    def _explain(self, edition: FoundEdition) -> str:
        t = self.t
        told = t(
            "Ces adresses ne changent pas. CSV : le fichier publié, à l'octet près ; les autres formats sont faits de lui, et une autre"
            " version de BioCarto peut écrire d'autres octets."
        )
        latest = t("C'est l'édition la plus récente : citez son nom plutôt que « latest ».") if edition.is_latest else ""
        return f"{told} {latest}".strip()

    def _list_more(self, home: str) -> Markup:
        t = self.t
        more = {
            t("Dictionnaire des tables, colonnes et codes"): f"{home}codebook?lang={t.language}",
            t("Ce que les éditions ont changé"): f"{home}changes?lang={t.language}",
            t("Description pour les programmes (Data Package)"): f"{home}{PACKAGE}",
            t("Citation (CITATION.cff)"): f"{home}{CITATION}",
        }
        return file_html.render_links(more)

    def _list_source(self, home: str, name: str, own: list[EditionFile], title: tuple[str, int | None]) -> ListedSource:
        links = [(file.kind, f"{home}{file.name}") for file in own]
        schema = [("schema", f"{home}schema/{name}.json")] if own[0].kind == "csv" else []
        return ListedSource(name, title[0], "" if title[1] is None else self.t.number(title[1]), (*links, *schema))

    def _list_files(
        self, edition: FoundEdition, files: Mapping[str, EditionFile], titles: Mapping[str, tuple[str, int | None]]
    ) -> Response:
        home = build_address(self.root, edition.name)
        listed = [
            {"name": file.name, "title": titles[file.source][0], "url": f"{home}{file.name}", "mediaType": file.media_type}
            for file in files.values()
        ]
        more = {"codebook": f"{home}{CODEBOOK}", "changes": f"{home}{CHANGES_JSON}", "package": f"{home}{PACKAGE}"}
        told = {"edition": edition.name, "url": home, **more, "files": listed}
        return answer_document(self.request, told, "application/json", _LISTED)

    def show_codebook(self, edition: FoundEdition, found: Mapping[str, Any]) -> Response:
        """`/data/EDITION/codebook`."""
        t = self.t
        links = file_html.render_links({t("Le même pour un programme (JSON)"): f"{self.home}{edition.name}/{CODEBOOK}"})
        title = t("Dictionnaire des tables, colonnes et codes")
        return self._answer(title, links + render_codebook(found, t), self._files(), self._edition(edition.name))

    def show_log(self, edition: FoundEdition, tables: Tables) -> Response:
        """`/data/EDITION/changes`: what each edition up to this one tells differently from the one before."""
        t = self.t
        with suppress_links():  # those of the pages are relative to the pages
            told = change_html.render_editions(list_editions(tables.changes, MOST_EDITIONS), _read_titles(tables, t), t)
        none = Markup("<p>{}</p>").format(t("Aucune édition n'en a changé une autre jusqu'ici."))
        home = f"{self.home}{edition.name}/"
        links = file_html.render_links({"CSV": f"{home}{CHANGES_CSV}", "JSON": f"{home}{CHANGES_JSON}"})
        return self._answer(
            t("Ce que les éditions ont changé"), links + (told if tables.changes else none), self._files(), self._edition(edition.name)
        )

    def show_difference(self, before: FoundEdition, after: FoundEdition, found: list[RowDifference], tables: Tables) -> Response:
        """`/data/A..B/changes`: two editions side by side."""
        t, whole = self.t, {RowChange.ADDED, RowChange.REMOVED}
        lines = [line for line in list_lines(found, after.name) if not (line.field and line.change in whole)]
        changed = next(iter(list_editions(lines, 1)), ChangedEdition(after.name, ()))
        with suppress_links():
            told = change_html.render_comparison(changed, _read_titles(tables, t), t, has_pages=False)
        home = f"{self.home}{before.name}..{after.name}/"
        links = file_html.render_links({"CSV": f"{home}{CHANGES_CSV}", "JSON": f"{home}{CHANGES_JSON}"})
        title = t("De l'édition du {before} à celle du {after}").format(before=t.edition(before.name), after=t.edition(after.name))
        return self._answer(title, links + told, self._files())

    def show_history(self, edition: FoundEdition, table: str, row: str, name: str, lines: tuple[Change, ...]) -> Response:
        """`/data/EDITION/history/TABLE/ROW`: what the editions told of one row, the newest first."""
        t = self.t
        body = change_html.render_row_history(lines, t) or Markup("<p>{}</p>").format(t("Aucune édition n'a changé cette ligne."))
        return self._answer(
            t("Histoire d'une ligne : {name}").format(name=name or f"{table} {row}"), body, self._files(), self._edition(edition.name)
        )


_LISTED = {"Cache-Control": "no-cache", "Vary": "Accept, Accept-Language, Accept-Encoding"}


def _read_titles(tables: Tables, t: Locale) -> dict[str, str]:
    return {name: str(about[f"title_{t.language}"]) for name, about in tables.resources.items()}


def cite_edition(edition: FoundEdition, tables: Tables, settings: Settings) -> ViewCitation:
    """An edition as a whole."""
    licence = tables.resources["actors"]["licence"]["title"]
    return ViewCitation(edition.reference, settings.publisher, str(licence), read_today())
