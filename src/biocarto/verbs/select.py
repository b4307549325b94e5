"""The rows that an address of the directory asks for, as a file: what the page's downloads do."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass

import pandas as pd

from biocarto import config, labels
from biocarto.addresses import DIRECTORY
from biocarto.analysis import checklist, nationwide
from biocarto.booth import shortlist
from biocarto.booth.shortlist import KEEP
from biocarto.clock import read_today
from biocarto.export.active_filters import name_filters
from biocarto.export.edition import refer_to_edition
from biocarto.export.formats import FORMATS, Format
from biocarto.export.selection import build_file_name, ignore_progress, select_actors, write_link, write_row_count
from biocarto.i18n import Locale
from biocarto.query import filters, interpretation
from biocarto.query.address import Params, read_value
from biocarto.query.filters import NAMES, DroppedValue, Filters
from biocarto.query.select import index_words, list_sorts, prepare_actors, select, sort_rows
from biocarto.register.catalogue import Catalogue
from biocarto.verbs import options

_READ = frozenset({*NAMES, KEEP, checklist.ASK, "sort", "lang"})
_TEXT = frozenset({"csv", "csv-excel", "geojson", "bibtex", "citation"})
_DEFAULT = "csv"


@dataclass(frozen=True, eq=False)
class DirectoryRows:
    """What the directory shows under an address: its rows in their order, what narrows them in words, the address, what it ignored."""

    rows: pd.DataFrame
    filters: list[tuple[str, str]]
    params: Params
    dropped: list[DroppedValue]


def add_arguments(parser: ArgumentParser) -> None:
    """The filters, the format and the file."""
    options.add_address(parser)
    options.add_output(parser, FORMATS)
    options.add_language(parser)


def run(given: Namespace) -> int:
    """Write the rows; 0."""
    kind, settings = _choose_format(given), config.read()
    params = options.read_params(given)
    lang, dropped = options.choose_language(given, params)
    t, catalogue = Locale(lang), options.read_catalogue(settings)
    found = select_rows(params, catalogue, t)
    options.tell_ignored(given, [*found.dropped, *dropped, *options.list_unread(params, _READ)])
    link = write_link(options.write_view(DIRECTORY, found.params, lang), settings.public_url, t)
    reference = refer_to_edition(catalogue.edition, settings)
    selection = select_actors(found.rows, catalogue, filters=found.filters, link=link, made=read_today(), lang=lang, reference=reference)
    content = kind.write(selection, ignore_progress)
    where = options.write_output(content, given.out, build_file_name(selection, kind.extension, kind.mark))
    options.tell(Namespace(lang=lang), lambda _: f"{where}{write_row_count(selection)}")
    return 0


def _choose_format(given: Namespace) -> Format:
    endings = {kind.extension: kind.key for kind in FORMATS.values() if not kind.mark}
    kind = FORMATS[options.choose_format(given, endings, _DEFAULT)]
    options.require_no_terminal(given, kind.key in _TEXT)
    return kind


def select_rows(params: Params, catalogue: Catalogue, t: Locale) -> DirectoryRows:
    """A list kept at a stand, the list to check, or the answer to a question, as the page chooses between them."""
    kept = shortlist.read(params.get(KEEP, ()), catalogue)
    if kept.ids:
        count = labels.label_count(len(kept.ids), "acteur gardé au stand", "acteurs gardés au stand", t.language)
        said = [(t("Gardés au stand"), count)]
        unused = options.list_unread({name: params[name] for name in _READ & params.keys()}, {KEEP, "lang"})
        return DirectoryRows(catalogue.actors.loc[list(kept.ids)], said, {KEEP: list(kept.ids)}, [*kept.unknown, *unused])
    asked, unknown = filters.read(params, filters.list_accepted_values(prepare_actors(catalogue), catalogue))
    check, unread = read_value(params, checklist.ASK, {"1"})
    choose = _select_to_check if check else _select_answer
    found = choose(asked, params, catalogue, t)
    return DirectoryRows(found.rows, found.filters, found.params, [*kept.unknown, *unknown, *unread, *found.dropped])


def _select_to_check(asked: Filters, params: Params, catalogue: Catalogue, t: Locale) -> DirectoryRows:
    """By facets alone: words, places and areas are for the directory, and are named as ignored."""
    chosen = filters.keep_facets(asked)
    sort, unread = read_value(params, "sort", checklist.SORTS, "age")
    said = [(t("Liste"), t("À vérifier")), *name_filters(chosen, None, catalogue, t)]
    unused = options.list_unread(asked.to_params(), filters.FACETS)
    kept = {checklist.ASK: ["1"], **chosen.to_params(), **({} if sort == "age" else {"sort": [sort]})}
    return DirectoryRows(checklist.list_rows(chosen, catalogue, sort), said, kept, [*unused, *unread])


def _select_answer(asked: Filters, params: Params, catalogue: Catalogue, t: Locale) -> DirectoryRows:
    """What the words mean, and the rows that are left, in the order of the address or the most telling one."""
    phrases = interpretation.build_index(catalogue, (index_words(catalogue), nationwide.build(catalogue).index))
    chosen = interpretation.interpret(asked, phrases).filters
    found = select(chosen, catalogue)
    usual, *others = list_sorts(found)
    sort, unread = read_value(params, "sort", {usual, *others}, usual)
    kept = {**asked.to_params(), **({} if sort == usual else {"sort": [sort]})}
    return DirectoryRows(sort_rows(found, sort), name_filters(chosen, found.origin, catalogue, t), kept, unread)
