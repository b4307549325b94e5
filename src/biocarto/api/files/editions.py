"""Editions as their addresses name them: from a closed list, so that no part of an address ever reaches the disk."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from biocarto.api.source import LATEST, RegisterSource
from biocarto.desk import archive
from biocarto.errors import DataError
from biocarto.export.edition import EditionReference, refer_to_edition
from biocarto.files import stamp_folder
from biocarto.register.tables import PACKAGE, parse_package

_NAME = re.compile(r"latest|[0-9]{4}-[0-9]{2}-[0-9]{2}(\.[0-9]{1,6})?")
_PAIR = re.compile(rf"(?P<before>{_NAME.pattern.replace('(', '(?:')})\.\.(?P<after>{_NAME.pattern.replace('(', '(?:')})")


@dataclass(frozen=True)
class FoundEdition:
    """An edition as it was asked for: its name, the folder of its tables and its stamp then, whether the address said `latest`.

    The stamp tells what its files are made from, so that tables that were edited by hand under the same name are made anew.
    """

    name: str
    folder: Path
    stamp: str
    reference: EditionReference
    is_latest: bool

    def read_package(self) -> dict[str, Any]:
        """Its description as published; raises DataError where it cannot be read as one."""
        text = (self.folder / PACKAGE).read_text(encoding="utf-8-sig")
        parse_package(text)
        found: dict[str, Any] = json.loads(text)
        return found

    def read_texts(self) -> dict[str, str]:
        """Name of each file of its tables -> text, its description too; raises OSError and DataError."""
        paths = [PACKAGE, *(resource["path"] for resource in self.read_package()["resources"])]
        return {path: (self.folder / path).read_bytes().decode("utf-8-sig") for path in paths}


def is_name(text: str) -> bool:
    """Whether a part of an address could name an edition."""
    return _NAME.fullmatch(text) is not None


def split_pair(text: str) -> tuple[str, str] | None:
    """`A..B` as two names; None for anything else."""
    matched = _PAIR.fullmatch(text)
    return (matched["before"], matched["after"]) if matched else None


def find_edition(source: RegisterSource, asked: str) -> FoundEdition:
    """The edition of a name; raises UnknownEditionError, DataError where it has none, StoreError where the store cannot be asked."""
    folder = source.find_folder(asked)
    stamp, name = stamp_folder(folder), archive.read_name(folder)
    if not name:
        raise DataError(f"{PACKAGE} ne dit pas le nom de l'édition.", f"{PACKAGE} does not tell the name of the edition.")
    return FoundEdition(name, folder, stamp, refer_to_edition(name, source.settings), asked == LATEST)
