"""The register from the command line: what the page of the desk does, by the same functions, in the name of the machine's operator."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from biocarto.verbs.desk_verbs import acts, folders, looks, people, publishing, tokens
from biocarto.verbs.desk_verbs.shared import add_shared, require_readable_words

_PARTS = (folders, acts, looks, publishing, people, tokens)
"""Modules of sub-verbs, in the order in which they are told."""


def add_arguments(parser: ArgumentParser) -> None:
    """One sub-verb, each with its own arguments."""
    add_shared(parser)
    verbs = parser.add_subparsers(dest="desk_verb", required=True, metavar="VERB")
    for part in _PARTS:
        part.add_verbs(verbs)


def run(given: Namespace) -> int:
    """What the sub-verb answers: 0, or 1 where it has found what it looked for and should not be there."""
    require_readable_words(given)
    code: int = given.perform(given)
    return code
