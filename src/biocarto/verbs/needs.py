"""The needs that a stand has heard and that its staff has not deleted, as a file: what the staff's part offers to take away."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from biocarto import config
from biocarto.booth import needs
from biocarto.booth.needs_files import Wording, name_territories, write_csv, write_xlsx
from biocarto.clock import read_today
from biocarto.i18n import DEFAULT, Locale
from biocarto.labels import label_count
from biocarto.verbs import options

_FORMATS = ("csv", "xlsx")


def add_arguments(parser: ArgumentParser) -> None:
    """The format and the file."""
    options.add_output(parser, _FORMATS)
    options.add_language(parser)


def run(given: Namespace) -> int:
    """Write the needs, in the order in which they were heard; 0. Raises NeedsError."""
    kind, settings = options.choose_format(given, {ending: ending for ending in _FORMATS}, "csv"), config.read()
    options.require_no_terminal(given, kind == "csv")
    heard, today, t = needs.list_kept(settings.needs), read_today(settings.zone), Locale(given.lang or DEFAULT)
    wording = Wording(name_territories(options.read_catalogue(settings), t), t, settings.zone)
    content = write_csv(heard, wording) if kind == "csv" else write_xlsx(heard, wording, today)
    where = options.write_output(content, given.out, f"biocarto-besoins-{today}.{kind}", private=True)
    options.tell(given, lambda lang: f"{where}{label_count(len(heard), 'besoin', 'besoins', lang)}")
    return 0
