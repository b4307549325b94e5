"""What stands at each name below an edition, and how it is made: names from a closed list only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from biocarto import caches
from biocarto.api.files.editions import FoundEdition
from biocarto.api.files.sending import FOREVER, NO_CACHE
from biocarto.api.files.shelf import FileShelf, MadeFile
from biocarto.api.source import RegisterSource
from biocarto.caches import Cache
from biocarto.desk import shelf as edition_shelf
from biocarto.desk.differences import find_differences, list_lines
from biocarto.export import edition_files, layers
from biocarto.export.cff import write_cff
from biocarto.export.change_files import write_changes_csv, write_changes_json
from biocarto.export.codebook import build_codebook
from biocarto.export.edition import build_address
from biocarto.export.edition_files import MEDIA_TYPES, EditionContent, EditionFile, list_layer_files, list_table_files
from biocarto.export.package import build_table_schema, find_examples, write_package, write_text
from biocarto.files import stamp_folder
from biocarto.register import catalogue as catalogue_builder
from biocarto.register import changes
from biocarto.register import tables as tables_reader
from biocarto.register.catalogue import Catalogue
from biocarto.register.tables import PACKAGE, TABLES, Tables, parse_package
from biocarto.territory import resources, territory

FOLDER = "files"
"""Beside the editions of the store's shelf."""
_LANGUAGE_KINDS = frozenset({"xlsx", "gpkg"})
"""Files with words for people in them: French, or `?lang=en`."""
CODEBOOK, CHANGES_CSV, CHANGES_JSON, CITATION = "codebook.json", "changes.csv", "changes.json", "CITATION.cff"


@dataclass(frozen=True)
class Made:
    """A file with its media type, how long it may be kept, and the key that it was made under."""

    file: MadeFile
    media_type: str
    keep: str
    key: tuple[str, ...]


class EditionMaker:
    """Makes the files of editions, each once. Everything here reads and writes the disk: never on the event loop.

    Raises AppError where tables or layers cannot be read, OSError where the disk does not take a file.
    """

    def __init__(self, source: RegisterSource) -> None:
        self._source = source
        self.shelf = FileShelf(edition_shelf.find_shelf(source.settings.store) / FOLDER)
        self._layers = Cache(caches.EDITIONS)

    def list_layers(self) -> dict[str, EditionFile]:
        """Name -> file of every layer of geo/; raises LayerError."""
        geo = self._source.settings.geo

        def look() -> dict[str, EditionFile]:
            paths = {name: geo / str(found["path"]) for name, found in resources.read(geo).items()}
            return list_layer_files(paths, lambda name: layers.has_shapes(paths[name]))

        return self._layers.get(stamp_folder(geo), look)

    def make(self, edition: FoundEdition, name: str, lang: str, root: str) -> Made | None:
        """The file of a name below an edition; None where there is none. `root` is the address of this server."""
        table = list_table_files().get(name)
        if table:
            return self._make_table(edition, table, lang)
        if name in _TOLD:
            return self._make_told(edition, name, root)
        layer = self.list_layers().get(name)
        return self._make_layer(edition, layer) if layer else None

    def make_schema(self, edition: FoundEdition, table: str, root: str) -> Made | None:
        """The Table Schema of a table."""
        if table not in TABLES:
            return None
        write = partial(self._write_schema, edition, table, root)
        return self._put(edition, f"schema/{table}.json", (root,), write, media_type=MEDIA_TYPES["json"])

    def make_difference(self, before: FoundEdition, after: FoundEdition, kind: str) -> Made:
        """What one edition tells differently from another, as `csv` or `json`."""

        def write() -> bytes:
            lines = list_lines(find_differences(before.read_texts(), after.read_texts()), after.name)
            return write_changes_csv(lines) if kind == "csv" else write_changes_json(lines, before=before.name, after=after.name)

        return self._put(after, f"changes.{kind}", (before.name, before.folder.name, before.stamp), write, media_type=MEDIA_TYPES[kind])

    def _put(
        self, edition: FoundEdition, name: str, more: tuple[str, ...], write: Callable[[], bytes], *, media_type: str, keep: str = NO_CACHE
    ) -> Made:
        key = (edition.name, edition.folder.name, edition.stamp, name, *more)
        return Made(self.shelf.get(key, write), media_type, NO_CACHE if edition.is_latest else keep, key)

    def _make_table(self, edition: FoundEdition, file: EditionFile, lang: str) -> Made:
        if file.kind == "csv":
            read = partial(_read_published, edition, file.source)
            keep = NO_CACHE if edition.folder == self._source.settings.data else FOREVER  # a folder of the store is never edited
            return self._put(edition, file.name, (), read, media_type=file.media_type, keep=keep)
        spoken = lang if file.kind in _LANGUAGE_KINDS else "fr"
        more = (spoken, self._source.settings.public_url, self._source.settings.doi, stamp_folder(self._source.settings.geo))
        write = partial(self._write_table, edition, file, spoken)
        return self._put(edition, file.name, more, write, media_type=file.media_type)

    def _write_table(self, edition: FoundEdition, file: EditionFile, lang: str) -> bytes:
        return edition_files.write_table(file, self._load_content(edition), lang)

    def _load_content(self, edition: FoundEdition) -> EditionContent:
        tables = self._load_tables(edition)
        return EditionContent(tables, self._load_catalogue(edition, tables), edition.reference, self._source.settings.public_url)

    def _load_tables(self, edition: FoundEdition) -> Tables:
        """The tables that the key tells: what the source has read may be a moment older, and would be kept under it."""
        found = self._source.load_tables(edition.name)
        return found if found.stamp == edition.stamp else tables_reader.read(edition.folder)

    def _load_catalogue(self, edition: FoundEdition, tables: Tables) -> Catalogue:
        """What joins these tables with the layers as they are."""
        found, geo = self._source.load_catalogue(edition.name), self._source.settings.geo
        layers_are_new = found.territory.stamp == stamp_folder(geo)
        if layers_are_new and found.stamp == tables.stamp:
            return found
        return catalogue_builder.build(tables, found.territory if layers_are_new else territory.read(geo))

    def _make_layer(self, edition: FoundEdition, file: EditionFile) -> Made:
        """Layers are those of this BioCarto whatever the edition: they may be others with the next one."""
        geo = self._source.settings.geo
        path = geo / str(resources.read(geo)[file.source]["path"])
        write = path.read_bytes if file.kind == "parquet" else partial(layers.write_layer, path, file.kind, edition.reference.day)
        return self._put(edition, file.name, (stamp_folder(geo),), write, media_type=file.media_type)

    def _make_told(self, edition: FoundEdition, name: str, root: str) -> Made:
        settings = self._source.settings
        media_type, write = _TOLD[name]
        more = (root, settings.publisher, settings.doi)
        return self._put(edition, name, more, partial(write, self, edition, root), media_type=media_type)

    def _write_package(self, edition: FoundEdition, root: str) -> bytes:
        package = edition.read_package()
        files = {found["path"]: (edition.folder / found["path"]).read_bytes() for found in package["resources"]}
        home = build_address(root, edition.name)
        return write_package(package, edition.reference, home, files, self._source.settings.publisher)

    def _write_schema(self, edition: FoundEdition, table: str, root: str) -> bytes:
        package, home = edition.read_package(), build_address(root, edition.name)
        examples = find_examples(_read_published(edition, table))
        return write_text(build_table_schema(package, table, home, examples, self._source.settings.publisher))

    def _write_codebook(self, edition: FoundEdition, _root: str) -> bytes:
        return write_text(build_codebook(edition.read_package(), self._load_tables(edition)))

    def _write_log_csv(self, edition: FoundEdition, _root: str) -> bytes:
        """The log as it was published; an edition before which nothing is known has its header alone."""
        path = edition.folder / changes.FILE
        return path.read_bytes() if path.is_file() else write_changes_csv([])

    def _write_log_json(self, edition: FoundEdition, _root: str) -> bytes:
        return write_changes_json(self._load_tables(edition).changes, edition=edition.name)

    def _write_citation(self, edition: FoundEdition, root: str) -> bytes:
        home = build_address(root, edition.name)
        return write_cff(edition.read_package(), edition.reference, home, self._source.settings.publisher)


def _read_published(edition: FoundEdition, table: str) -> bytes:
    """A table as it was published, byte for byte."""
    package = parse_package((edition.folder / PACKAGE).read_text(encoding="utf-8-sig"))
    return Path(edition.folder / package[table].path).read_bytes()


_TOLD: dict[str, tuple[str, Callable[[EditionMaker, FoundEdition, str], bytes]]] = {
    PACKAGE: (MEDIA_TYPES["json"], EditionMaker._write_package),
    CODEBOOK: (MEDIA_TYPES["json"], EditionMaker._write_codebook),
    CHANGES_CSV: (MEDIA_TYPES["csv"], EditionMaker._write_log_csv),
    CHANGES_JSON: (MEDIA_TYPES["json"], EditionMaker._write_log_json),
    CITATION: ("application/yaml", EditionMaker._write_citation),
}
"""What an edition says of itself: name -> media type, and what writes it from the address of this server."""
