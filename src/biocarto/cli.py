"""The command line: what a page does, a program can do. `python -m biocarto VERB --help` tells what a verb takes.

Exit codes: 0 done, 1 refused (in words, on the standard error) or nobody reads the output any more, 2 a call that cannot be meant.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Any

from biocarto.errors import AppError, CallError, quote_value
from biocarto.i18n import LANGUAGES

VERBS = {
    "check": "vérifier des tables | check tables",
    "select": "emporter des acteurs de l'annuaire | take actors of the directory away",
    "report": "écrire le rapport d'un territoire | write the report of a territory",
    "needs": "emporter les besoins entendus au stand | take the needs of a stand away",
    "assets": "remplir static/ | fill static/ with the front-end files",
    "layers": "reconstruire geo/ depuis les sources | rebuild geo/ from the official sources",
    "schema": "écrire schema/ | write schema/, a Table Schema of each table",
    "static": "écrire l'édition sans serveur | write the edition without a server",
    "desk": "tenir le registre | keep the register",
    "import": "importer un fichier, expliqué ligne par ligne | import a file, explained line by line",
    "official": "confronter le registre aux fichiers officiels | hold the register against official files",
    "booth": "écrire le paquet d'un stand | write the pack of a booth",
}
"""Verb -> what it does; each is a module of `biocarto.verbs` (`name_module`), loaded when it is asked for."""

DONE, REFUSED, WRONG_CALL = 0, 1, 2


def _build_parser(asked: str) -> tuple[argparse.ArgumentParser, Any]:
    """The parser, and the module of the verb that is asked for: its libraries are loaded, those of the others are not."""
    parser = argparse.ArgumentParser(prog="python -m biocarto", description="BioCarto", allow_abbrev=False)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    module = None
    for name, told in VERBS.items():
        command = verbs.add_parser(name, help=told, description=told, allow_abbrev=False)
        if name == asked:
            module = _load_verb(name)
            module.add_arguments(command)
    return parser, module


def name_module(verb: str) -> str:
    """The module of a verb: its name, unless that is a word of Python."""
    return f"{verb}_file" if iskeyword(verb) else verb


def _load_verb(name: str) -> Any:
    try:
        return import_module(f"biocarto.verbs.{name_module(name)}")
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("biocarto.build"):
            raise
        raise AppError(
            f"{name} : le paquet d'un stand ne contient pas ce qui construit BioCarto. Lancez-le dans une copie du dépôt.",
            f"{name}: the pack of a booth does not hold what builds BioCarto. Run it in a copy of the repository.",
        ) from None


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; its exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    given = argparse.Namespace()
    try:
        try:
            return _run(words, given)
        finally:
            sys.stdout.flush()  # what cannot be written is known here, not when Python ends
    except BrokenPipeError:  # whoever read what we wrote has gone, and needs no words
        pass
    except OSError as error:
        _tell(AppError(f"Lecture ou écriture impossible : {quote_value(error)}.", f"Could not read or write: {quote_value(error)}."), given)
    _drop_unwritten()
    return REFUSED


def _run(words: list[str], given: argparse.Namespace) -> int:
    try:
        parser, module = _build_parser(words[0] if words else "")
        parser.parse_args(words, given)
        code: int = module.run(given)
    except AppError as error:
        _tell(error, given)
        return WRONG_CALL if isinstance(error, CallError) else REFUSED
    return code


def _tell(error: AppError, given: argparse.Namespace) -> None:
    """In the language asked for, else in both."""
    for lang in (given.lang,) if getattr(given, "lang", None) else LANGUAGES:
        print(error.message(lang), file=sys.stderr)


def _drop_unwritten() -> None:
    """What the standard output does not take: Python would try again when it ends, and fail with another exit code."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
