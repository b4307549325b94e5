"""What each address of the files answers; everything here may read the store and the disk, and runs on a thread."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from biocarto import caches
from biocarto.addresses import FILES
from biocarto.analysis.changelog import group_by_row
from biocarto.api.answers import answer_content, answer_document
from biocarto.api.files.editions import FoundEdition, find_edition, is_name, split_pair
from biocarto.api.files.making import CHANGES_CSV, CHANGES_JSON, CODEBOOK, EditionMaker, Made
from biocarto.api.files.pages import Listing, cite_edition
from biocarto.api.files.sending import NO_CACHE, Sending, find_packed, send_file
from biocarto.api.page import choose_language, find_root, wants_page
from biocarto.api.source import LATEST, RegisterSource
from biocarto.caches import Cache
from biocarto.desk.description import find_key
from biocarto.desk.differences import find_differences, name_row
from biocarto.export import dcat
from biocarto.export.change_files import write_changes_json
from biocarto.export.codebook import build_codebook
from biocarto.export.dcat import CatalogueSource, PublishedFile
from biocarto.export.edition_files import EditionFile, list_table_files
from biocarto.i18n import DEFAULT, LANGUAGES, Locale
from biocarto.register.changes import KEY_JOINT
from biocarto.register.tables import PACKAGE, TABLES, Tables, parse_package
from biocarto.territory import resources


class FilesDoor:
    """The answers of `/data/` and `/catalog.jsonld`. Each raises AppError where tables or layers cannot be read, OSError for the disk."""

    def __init__(self, source: RegisterSource, base: str) -> None:
        self._source, self._base = source, base
        self._makers = Cache(caches.ALONE)

    @property
    def maker(self) -> EditionMaker:
        """Made when the first file is asked for, once."""
        return self._makers.get("maker", lambda: EditionMaker(self._source))

    def _find(self, request: Request) -> FoundEdition | None:
        name = str(request.path_params["edition"])
        return find_edition(self._source, name) if is_name(name) else None

    def _find_root(self, request: Request) -> str:
        return find_root(request, self._source.settings, self._base)

    def _list(self, request: Request) -> Listing:
        return Listing(request, Locale(choose_language(request)), self._find_root(request), self._base)

    def _send(self, request: Request, made: Made, edition: FoundEdition, *, or_page: bool = False) -> Response:
        """A file of an edition; asked for as `latest`, it says where the same will still be when there is a newer one.

        or_page: whether whoever accepts HTML is given a page at the same address.
        """
        headers = {"Vary": "Accept"} if or_page else {}
        if edition.is_latest:
            headers["Content-Location"] = self._name_location(request, edition)
        sending = Sending(made.file, made.media_type, made.keep, headers)
        packed = find_packed(sending, self.maker.shelf, made.key, request.headers)
        return send_file(sending, packed, request.headers)

    def _name_location(self, request: Request, edition: FoundEdition) -> str:
        """The address with the name of the edition for `latest`, and the same question."""
        home = f"{self._base}/{FILES}/"
        place, rest = request.url.path.removeprefix(home).partition("/")[::2]
        query = f"?{request.url.query}" if request.url.query else ""
        return f"{home}{place.replace(LATEST, edition.name)}/{quote(rest)}{query}"

    def list_editions(self, request: Request) -> Response | None:
        """`/data/`."""
        package = find_edition(self._source, LATEST).read_package()
        return self._list(request).show_editions(self._source.list_editions(), package, self._source.settings)

    def list_files(self, request: Request) -> Response | None:
        """`/data/EDITION/`."""
        edition = self._find(request)
        if edition is None:
            return None
        listing, tables = self._list(request), self._source.load_tables(edition.name)
        files = {**list_table_files(), **self.maker.list_layers()}
        titles = self._read_titles(tables, listing.t.language)
        return listing.show_edition(edition, files, titles, cite_edition(edition, tables, self._source.settings))

    def _read_titles(self, tables: Tables, lang: str) -> dict[str, tuple[str, int | None]]:
        """Table or layer -> its title and rows."""
        layers = resources.read(self._source.settings.geo)
        rows = {name: len(getattr(tables, name)) for name in tables.resources}
        return {
            **{name: (str(found[f"title_{lang}"]), found.get("rows")) for name, found in layers.items()},
            **{name: (str(found[f"title_{lang}"]), rows[name]) for name, found in tables.resources.items()},
        }

    def show_codebook(self, request: Request) -> Response | None:
        """`/data/EDITION/codebook`."""
        edition = self._find(request)
        if edition is None:
            return None
        if not wants_page(request):
            return self._send_name(request, edition, CODEBOOK, or_page=True)
        found = build_codebook(edition.read_package(), self._source.load_tables(edition.name))
        return self._list(request).show_codebook(edition, found)

    def show_changes(self, request: Request) -> Response | None:
        """`/data/EDITION/changes` and `/data/A..B/changes`."""
        pair = split_pair(str(request.path_params["edition"]))
        if pair:
            return self._show_difference(request, *pair)
        edition = self._find(request)
        if edition is None:
            return None
        if not wants_page(request):
            return self._send_name(request, edition, CHANGES_JSON, or_page=True)
        return self._list(request).show_log(edition, self._source.load_tables(edition.name))

    def _show_difference(self, request: Request, earlier: str, later: str) -> Response:
        before, after = find_edition(self._source, earlier), find_edition(self._source, later)
        if not wants_page(request):
            return self._send(request, self.maker.make_difference(before, after, "json"), after, or_page=True)
        found = find_differences(before.read_texts(), after.read_texts())
        return self._list(request).show_difference(before, after, found, self._source.load_tables(after.name))

    def send_schema(self, request: Request) -> Response | None:
        """`/data/EDITION/schema/TABLE.json`."""
        edition = self._find(request)
        made = edition and self.maker.make_schema(edition, str(request.path_params["table"]), self._find_root(request))
        return self._send(request, made, edition) if made and edition else None

    def send_file(self, request: Request) -> Response | None:
        """`/data/EDITION/NAME`, and the difference of two editions as a file."""
        name = str(request.path_params["name"])
        pair = split_pair(str(request.path_params["edition"]))
        if pair:
            if name not in {CHANGES_CSV, CHANGES_JSON}:
                return None
            before, after = (find_edition(self._source, edition) for edition in pair)
            return self._send(request, self.maker.make_difference(before, after, name.rpartition(".")[2]), after)
        edition = self._find(request)
        return self._send_name(request, edition, name) if edition else None

    def _send_name(self, request: Request, edition: FoundEdition, name: str, *, or_page: bool = False) -> Response | None:
        given = request.query_params.get("lang", DEFAULT)
        root = self._find_root(request)
        made = self.maker.make(edition, name, given if given in LANGUAGES else DEFAULT, root)
        return self._send(request, made, edition, or_page=or_page) if made else None

    def show_history(self, request: Request) -> Response | None:
        """`/data/EDITION/history/TABLE/ROW`; a row is known by its key, the columns of a longer one joined by `|`."""
        table, row = str(request.path_params["table"]), str(request.path_params["row"])
        edition = self._find(request)
        if edition is None or table not in TABLES:
            return None
        tables = self._source.load_tables(edition.name)
        name = _name_row(edition, tables, table, row)
        lines = group_by_row(tables.changes).get((table, row), ())
        if name is None and not lines:
            return None
        if not wants_page(request):
            body = write_changes_json(lines, edition=edition.name, table=table, row=row)
            return answer_content(request, body, "application/json", {"Cache-Control": NO_CACHE, "Vary": "Accept, Accept-Encoding"})
        return self._list(request).show_history(edition, table, row, name or lines[0].name, lines)

    def send_catalogue(self, request: Request) -> Response:
        """`/catalog.jsonld`: the newest edition."""
        edition = find_edition(self._source, LATEST)
        root = self._find_root(request)
        titles = {lang: self._read_titles(self._source.load_tables(LATEST), lang) for lang in LANGUAGES}
        files = tuple(self._describe_file(edition, file, titles, root) for file in list_table_files().values())
        source = CatalogueSource(edition.read_package(), edition.reference, root, self._source.settings, files)
        headers = {"Cache-Control": NO_CACHE, "Vary": "Accept-Encoding"}
        return answer_document(request, dcat.build_catalogue(source), dcat.MEDIA_TYPE, headers)

    def _describe_file(
        self, edition: FoundEdition, file: EditionFile, titles: dict[str, dict[str, tuple[str, int | None]]], root: str
    ) -> PublishedFile:
        """Size and digest of what is published as it is; what is made when it is asked for has none before."""
        title = {lang: found[file.source][0] for lang, found in titles.items()}
        made = self.maker.make(edition, file.name, DEFAULT, root) if file.kind == "csv" else None
        measured = (made.file.digest, made.file.size) if made else ("", None)
        return PublishedFile(file.name, file.kind, file.media_type, title, *measured)


def _name_row(edition: FoundEdition, tables: Tables, table: str, row: str) -> str | None:
    """What people call a row of a table, by its key; None where it has none."""
    resource = parse_package((edition.folder / PACKAGE).read_text(encoding="utf-8-sig"))[table]
    key, frame = find_key(resource), getattr(tables, table)
    values = row.split(KEY_JOINT)
    if len(values) != len(key):
        return None
    found = frame
    for column, value in zip(key, values, strict=True):
        found = found[found[column].astype(str) == value]
    return None if found.empty else name_row({name: str(cell) for name, cell in found.iloc[0].items()})
