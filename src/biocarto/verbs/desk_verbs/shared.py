"""What the sub-verbs of the desk take and give: a store, a reason, evidence, words and JSON."""

from __future__ import annotations

import json
import os
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from biocarto import config
from biocarto.config import Settings
from biocarto.desk.acts import Desk, Intent
from biocarto.desk.facts import ChangeKind, ChangeSet, Evidence, Fact
from biocarto.desk.history import read_entry, tell_act
from biocarto.desk.members import OPERATOR
from biocarto.errors import CallError, SettingError, quote_value
from biocarto.i18n import DEFAULT, LANGUAGES, Locale
from biocarto.store.database import Store, open_store
from biocarto.territory import territory

Perform = Callable[[Namespace], int]
Verbs = Any
"""What argparse adds sub-verbs to; it has no public name."""


def add_verb(verbs: Verbs, name: str, told: str, perform: Perform) -> ArgumentParser:
    """A sub-verb: its name, what it does in both languages, the function that does it."""
    parser: ArgumentParser = verbs.add_parser(name, help=told, description=told, allow_abbrev=False)
    add_shared(parser)
    parser.set_defaults(perform=perform)
    return parser


def add_shared(parser: ArgumentParser) -> None:
    """`--store` and `--lang`, before the sub-verb or after it."""
    parser.add_argument("--store", metavar="URL", default=SUPPRESS, help="autre registre | another store (BIOCARTO_STORE)")
    parser.add_argument("--lang", choices=LANGUAGES, default=SUPPRESS, help=f"langue | language ({DEFAULT})")


def add_why(parser: ArgumentParser) -> None:
    """`--why`, without which nothing is written."""
    parser.add_argument("--why", required=True, metavar="TEXT", help="raison | reason")


def add_evidence(parser: ArgumentParser) -> None:
    """What an act rests on."""
    parser.add_argument("--source", default="", metavar="URL", help="page qui le dit | page that says so")
    parser.add_argument("--title", default="", metavar="TEXT", help="titre de la page | title of the page")
    parser.add_argument("--as-of", default="", metavar="YEAR", help="année de la page | year of the page")
    parser.add_argument("--since", default="", metavar="DATE", help="depuis quand c'est vrai | since when it is true")


def add_json(parser: ArgumentParser) -> None:
    """`--json`."""
    parser.add_argument("--json", action="store_true", help="JSON (docs/commands.md)")


def read_path(text: str) -> Path:
    """The folder or file that an argument names; raises CallError where it names none, as a variable does that is not set."""
    if not text.strip():
        raise CallError("Le nom du dossier ou du fichier est vide.", "The name of the folder or file is empty.")
    return Path(text).expanduser()


def require_readable_words(given: Namespace) -> None:
    """Raise CallError for an argument that is no text, which no store would take."""
    for value in vars(given).values():
        for word in value if isinstance(value, list) else [value]:
            if isinstance(word, str) and any("\ud800" <= sign <= "\udfff" or sign == "\0" for sign in word):
                raise CallError(
                    f"« {quote_value(word)} » n'est pas du texte en UTF-8. Rien n'a été modifié.",
                    f"“{quote_value(word)}” is no text in UTF-8. Nothing was changed.",
                )


# --- opening ----------------------------------------------------------------------------------------------------------


def read_settings(given: Namespace) -> Settings:
    """The settings, with the store of `--store` where it is given: a path begins at the folder of now."""
    if "store" not in given:
        return config.read()
    text = given.store.strip()
    address = text if "://" in text or not text or text.endswith("/") else str(Path(text).expanduser().absolute())
    try:
        known = config.read({"BIOCARTO_STORE": address})
    except SettingError as error:
        raise CallError(
            "--store n'est pas accepté ; valeurs acceptées : le chemin d'un fichier, ou une adresse postgresql://serveur/base.",
            "--store is not accepted; accepted values: the path of a file, or an address postgresql://server/database.",
        ) from error
    others = {name: value for name, value in os.environ.items() if name != "BIOCARTO_STORE"}
    return replace(config.read(others), store=known.store)


def open_given_store(given: Namespace) -> Store:
    """The store that is asked for; nothing is opened yet."""
    return open_store(read_settings(given).store)


def open_desk(given: Namespace) -> Desk:
    """The desk of that store; raises DataError where the layers cannot be read."""
    settings = read_settings(given)
    return Desk(open_store(settings.store), territory.read(settings.geo))


def build_intent(why: str, kind: ChangeKind = ChangeKind.EDIT) -> Intent:
    """An act of the operator: each call is one of its own."""
    return Intent(OPERATOR, why, f"command-{uuid4()}", kind)


def build_evidence(given: Namespace) -> Evidence:
    """What `add_evidence` was given."""
    return Evidence(given.source.strip(), given.title.strip(), given.as_of.strip(), given.since.strip())


def read_cells(words: Iterable[str], option: str = "") -> dict[str, str]:
    """Column -> value, of `column=value`; raises CallError."""
    cells: dict[str, str] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name or name in cells:
            raise CallError(
                f"{option}« {quote_value(word)} » : donnez chaque colonne une fois, comme status=former.",
                f"{option}“{quote_value(word)}”: give each column once, like status=former.",
            )
        cells[name] = value
    return cells


# --- telling ----------------------------------------------------------------------------------------------------------


def choose_words(given: Namespace) -> Locale:
    """The language of what is printed."""
    return Locale(getattr(given, "lang", None) or DEFAULT)


def print_json(told: object) -> None:
    """JSON as programs read it: UTF-8, its members in the order that is documented."""
    print(json.dumps(told, ensure_ascii=False, indent=2))


def tell_done(given: Namespace, store: Store, made: ChangeSet | None) -> int:
    """The act that was done, in a sentence; 0."""
    t = choose_words(given)
    if made is None:
        print(t("Rien ne change : le registre le dit déjà."))
        return 0
    with store.read() as transaction:
        entry = read_entry(transaction, made.number)
    sentence = tell_act(entry, t, read_settings(given).zone) if entry else ""
    print(t("Acte {number}. {sentence}").format(number=made.number, sentence=sentence))
    return 0


def list_fact(fact: Fact) -> Mapping[str, str]:
    """A fact as JSON has it."""
    evidence = fact.evidence
    told = {"table": fact.resource, "id": fact.row_id, "field": fact.field, "before": fact.before, "after": fact.after}
    return told | {
        "valid_from": evidence.valid_from,
        "as_of": evidence.as_of,
        "source_url": evidence.source_url,
        "source_title": evidence.source_title,
    }
