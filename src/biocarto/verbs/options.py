"""What several verbs take and give: a language, an address with filters, and a file that is there as a whole or not at all."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from biocarto.config import Settings
from biocarto.desk import shelf
from biocarto.errors import CallError, ExportError, quote_value
from biocarto.files import write_file
from biocarto.i18n import DEFAULT, LANGUAGES, Locale
from biocarto.query.address import Params, parse_query, read_value
from biocarto.query.filters import DroppedValue
from biocarto.register import catalogue as catalogue_builder
from biocarto.register import tables
from biocarto.register.catalogue import Catalogue
from biocarto.territory import territory

MOST_NAMED = 20
"""Values of an address that are named when they are ignored."""

STANDARD_OUTPUT = "-"


def add_language(parser: ArgumentParser) -> None:
    """`--lang`."""
    parser.add_argument("--lang", choices=LANGUAGES, help=f"langue | language ({DEFAULT})")


def add_address(parser: ArgumentParser) -> None:
    """`--query` or `--url`: the filters, as a page has them in its address."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--query", metavar="NAME=VALUE&…", help="filtres d'une adresse | filters of an address")
    group.add_argument("--url", help="adresse entière d'une page | whole address of a page")


def add_output(parser: ArgumentParser, formats: Collection[str]) -> None:
    """`--format` and `--out`."""
    parser.add_argument("--format", choices=list(formats), help="format (selon le nom du fichier | by the name of the file)")
    parser.add_argument(
        "--out", metavar="FILE", type=require_name, help="fichier ou dossier ; - : sortie standard | file or folder; -: standard output (-)"
    )


def require_name(given: str) -> str:
    """The name that `--out` gives; raises CallError where it gives none, as a variable does that is not set."""
    if not given:
        raise CallError("--out : le nom est vide.", "--out: the name is empty.")
    return given


def list_languages(given: Namespace) -> tuple[str, ...]:
    """The languages in which a message is told: the one asked for, else both."""
    return (given.lang,) if getattr(given, "lang", None) else LANGUAGES


def tell(given: Namespace, write: Callable[[str], str]) -> None:
    """A message beside the output, once in each language; texts that are the same in both are told once."""
    for message in dict.fromkeys(write(lang) for lang in list_languages(given)):
        print(message, file=sys.stderr)


def read_params(given: Namespace) -> Params:
    """The parameters asked for; raises CallError for a `--url` that is no address."""
    if given.url is None:
        return parse_query((given.query or "").removeprefix("?"))
    try:
        parts = urlsplit(given.url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise CallError(
            f"--url : « {quote_value(given.url)} » n'est pas une adresse, comme https://biocarto.example/annuaire?category=bioproduction.",
            f"--url: “{quote_value(given.url)}” is no address, like https://biocarto.example/annuaire?category=bioproduction.",
        )
    return parse_query(parts.query)


def choose_language(given: Namespace, params: Params) -> tuple[str, list[DroppedValue]]:
    """That of `--lang`, else that of the address, else the usual one."""
    lang, dropped = read_value(params, "lang", LANGUAGES, DEFAULT)
    return given.lang or lang, dropped


def list_unread(params: Params, read: Collection[str]) -> list[DroppedValue]:
    """Every value under a name that nothing reads."""
    return [DroppedValue(name, value[:60]) for name, values in params.items() if name not in read for value in values]


def tell_ignored(given: Namespace, dropped: Iterable[DroppedValue]) -> None:
    """Name the values of an address that mean nothing, as the page does."""
    named = [f"{quote_value(d.name)} = {quote_value(d.value)}" for d in dropped]
    if named:
        listed = ", ".join(named[:MOST_NAMED]) + " …" * (len(named) > MOST_NAMED)
        tell(given, lambda lang: " ".join((Locale(lang)("Valeurs inconnues dans l'adresse, ignorées :"), listed)))


def write_view(page: str, params: Params, lang: str) -> str:
    """Path and query of the view of a page that shows the same."""
    spoken = {} if lang == DEFAULT else {"lang": [lang]}
    query = urlencode({name: values for name, values in params.items() if name != "lang"} | spoken, doseq=True)
    return f"/{page}" + (f"?{query}" if query else "")


def read_catalogue(settings: Settings) -> Catalogue:
    """The tables that pages show and the layers, validated and joined; raises DataError."""
    return catalogue_builder.build(tables.read(shelf.renew_data(settings)), territory.read(settings.geo))


def choose_format(given: Namespace, endings: dict[str, str], default: str) -> str:
    """`--format`, else the format (ending -> format) of the file's name; raises CallError for an ending that none has."""
    if given.format:
        return str(given.format)
    ending = "" if given.out in {None, STANDARD_OUTPUT} else Path(given.out).suffix.lower().removeprefix(".")
    if not ending:
        return default
    if ending not in endings:
        accepted = ", ".join(f".{known}" for known in endings)
        raise CallError(
            f"--out : aucun format ne s'appelle « .{quote_value(ending)} » ; fins de nom : {accepted} ; ou donnez --format.",
            f"--out: no format is called “.{quote_value(ending)}”; endings: {accepted}; or give --format.",
        )
    return endings[ending]


def require_no_terminal(given: Namespace, is_text: bool) -> None:
    """Refuse to write to a screen what is no text."""
    if not is_text and given.out in {None, STANDARD_OUTPUT} and sys.stdout.isatty():
        raise CallError("Ce format n'est pas du texte : donnez --out.", "This format is no text: give --out.")


def write_output(content: bytes, out: str | None, name: str, *, private: bool = False) -> str:
    """Write a file in one step, or to the standard output; `name` is for a folder, what is `private` is for its owner alone.

    `path: ` of the file; raises ExportError, and OSError for the standard output.
    """
    if out is None or out == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return ""
    try:
        given = Path(out).expanduser()
        target = (given / name if given.is_dir() else given).resolve()
        if not target.parent.is_dir():
            raise FileNotFoundError(target.parent)
        if target.exists() and not target.is_file():  # a pipe or a device is written to, not replaced
            target.write_bytes(content)
        else:
            write_file(target, content, private=private)
    except (OSError, RuntimeError, ValueError) as error:
        raise ExportError(
            f"{quote_value(out)} n'a pas pu être écrit : {quote_value(error)}. Rien n'a été modifié.",
            f"{quote_value(out)} could not be written: {quote_value(error)}. Nothing was changed.",
        ) from error
    return f"{target}: "
