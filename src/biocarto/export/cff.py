"""How a register is cited, as the Citation File Format (1.2.0) has it: YAML that GitHub, Zenodo and Zotero read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from biocarto.export.edition import EditionReference, name_people

MESSAGE = "If you use this register, please cite it as below. / Si vous utilisez ce répertoire, citez-le ainsi."


def write_cff(package: Mapping[str, Any], reference: EditionReference, home: str, publisher: str = "") -> bytes:
    """The file of an edition: `package` is its description, `home` its address, `publisher` who answers for the server, or nobody.

    A dataset has no publisher in this format: who that is stands as its contact.
    """
    licence = package["licenses"][0]["name"]
    author, who = name_people(publisher)
    told = {
        "cff-version": "1.2.0",
        "message": MESSAGE,
        "type": "dataset",
        "title": package["title"],
        "abstract": package["description"],
        "authors": [{"name": author}],
        **({"contact": [{"name": who}]} if publisher else {}),
        "version": reference.name,
        "date-released": reference.day.isoformat(),
        "license": licence,
        "url": home,
        **({"doi": reference.doi} if reference.doi else {}),
    }
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in told.items()).encode()
