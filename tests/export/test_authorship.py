"""Who wrote the register and who publishes it: the same in every citation, whoever runs the server."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from biocarto.config import Settings
from biocarto.export.bibtex import write_bibtex
from biocarto.export.cff import write_cff
from biocarto.export.edition import refer_to_edition
from biocarto.export.schema_org import describe_register
from biocarto.export.view_citation import ViewCitation, write_view_bibtex
from biocarto.i18n import Locale
from tests.export.selections import a_row, a_selection
from tests.support.register import joined

PACKAGE = json.loads((Path(__file__).resolve().parents[2] / "data" / "datapackage.json").read_text(encoding="utf-8"))


def read_people(entry: str) -> tuple[str, ...]:
    """Author and publisher of the first entry of BibTeX."""
    return tuple(re.search(rf"  {name} = {{{{?([^{{}}]*)}}", entry)[1] for name in ("author", "publisher"))  # type: ignore[index]


@pytest.mark.parametrize("publisher", ["", "Un pôle"])
def test_every_citation_names_the_same_people(publisher: str) -> None:
    """A selection, a view, an edition for Zenodo, the page's script: by BioCarto, published by the operator where one is named."""
    settings, t = Settings(publisher=publisher), Locale("fr")
    reference = refer_to_edition(joined().edition, settings)
    selection = replace(a_selection(a_row()), reference=reference)
    view = ViewCitation(reference, publisher, "Licence", date(2026, 11, 29))
    expected = ("BioCarto", publisher or "BioCarto")
    assert read_people(write_bibtex(selection).decode()) == expected
    assert read_people(write_view_bibtex(view, t)) == expected
    cff = dict(line.split(": ", 1) for line in write_cff(PACKAGE, reference, "https://x.example/", publisher).decode().splitlines())
    assert json.loads(cff["authors"]) == [{"name": "BioCarto"}]
    assert json.loads(cff.get("contact", "[]")) == ([{"name": publisher}] if publisher else [])
    page = describe_register(PACKAGE, "https://x.example", settings)
    assert (page["creator"]["name"], page["publisher"]["name"]) == expected
