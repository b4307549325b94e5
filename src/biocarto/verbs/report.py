"""The report of a territory, as the page of coverage offers it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from biocarto import config
from biocarto.addresses import COVERAGE
from biocarto.analysis.coverage.compare import find_level, has_level
from biocarto.analysis.coverage.territories import Scheme, narrow_filters
from biocarto.clock import read_today
from biocarto.errors import ExportError, quote_value
from biocarto.export.active_filters import name_filters
from biocarto.export.report.coverage.compose import compose
from biocarto.export.report.files import WRITERS, name_file
from biocarto.export.selection import ignore_progress, write_link
from biocarto.i18n import Locale
from biocarto.model import ILE_DE_FRANCE
from biocarto.query import filters
from biocarto.query.address import Params, read_value
from biocarto.query.filters import COVERAGE_FACETS, YEAR, DroppedValue
from biocarto.query.select import select
from biocarto.register import lifetimes
from biocarto.register.catalogue import Catalogue
from biocarto.territory import resources
from biocarto.verbs import options

_FILTERS = (*COVERAGE_FACETS, YEAR)
_READ = frozenset({*_FILTERS, "territory", "scheme", "lang"})


def add_arguments(parser: ArgumentParser) -> None:
    """The territory, the filters, the format and the file."""
    parser.add_argument("territory", nargs="?", help=f"code INSEE d'un territoire d'Île-de-France | of a territory ({ILE_DE_FRANCE})")
    options.add_address(parser)
    options.add_output(parser, WRITERS)
    options.add_language(parser)


def run(given: Namespace) -> int:
    """Write the report; 0. Raises ExportError for a code that no territory has."""
    kind, settings = options.choose_format(given, {ending: ending for ending in WRITERS}, "pdf"), config.read()
    options.require_no_terminal(given, is_text=False)
    params = options.read_params(given)
    lang, dropped = options.choose_language(given, params)
    t, catalogue = Locale(lang), options.read_catalogue(settings)
    code, unknown = _choose_territory(given.territory, params, catalogue)
    scheme, unread = read_value(params, "scheme", set(Scheme), Scheme.NATURAL)
    chosen, values = filters.read({name: params.get(name, []) for name in _FILTERS}, _list_values(catalogue))
    options.tell_ignored(given, [*unknown, *unread, *values, *dropped, *options.list_unread(params, _READ)])
    actors, said = select(chosen, catalogue).actors, name_filters(chosen, None, catalogue, t)
    here = narrow_filters(chosen, find_level(catalogue.territory, code), code)
    shown_classes = {} if scheme == Scheme.NATURAL else {"scheme": [str(scheme)]}
    view = options.write_view(COVERAGE, {"territory": [code], **chosen.to_params(), **shown_classes}, lang)
    report = compose(
        catalogue,
        code,
        actors,
        layer=resources.read(settings.geo)["communes"],
        lang=lang,
        link=write_link(view, settings.public_url, t),
        made=read_today(),
        scheme=Scheme(scheme),
        filters_said=said,
        undated=select(here, catalogue).undated if chosen.etat else None,
    )
    where = options.write_output(WRITERS[kind](report, ignore_progress), given.out, name_file(report, catalogue, actors, said, kind))
    options.tell(given, lambda _: f"{where}{report.title}")
    return 0


def _list_values(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """What each filter of the page may be."""
    return {**filters.list_options(catalogue.actors), YEAR: lifetimes.list_years(catalogue.edition)}


def _choose_territory(given: str | None, params: Params, catalogue: Catalogue) -> tuple[str, list[DroppedValue]]:
    """The code of the command line, which has to be one; else that of the address, where it is one; else the region's."""
    if given is not None and not has_level(catalogue.territory, given):
        raise ExportError(
            f"« {quote_value(given)} » n'est le code d'aucun territoire d'Île-de-France : région, département, EPCI ou EPT, commune.",
            f"“{quote_value(given)}” is the code of no territory of Île-de-France: region, department, EPCI or EPT, commune.",
        )
    if given:
        return given, [DroppedValue("territory", value[:60]) for value in params.get("territory", []) if value != given]
    code = (params.get("territory") or [ILE_DE_FRANCE])[-1]
    return read_value(params, "territory", {code} if has_level(catalogue.territory, code) else set(), ILE_DE_FRANCE)
