"""What the repository says of itself to those who cite it, and the schemas that it offers to schema.data.gouv.fr."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

import biocarto
from biocarto.config import read as read_settings
from biocarto.i18n import Locale
from biocarto.register.tables import TABLES
from biocarto.verbs.schema import write_schemas

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = {"cff-version", "message", "title", "authors"}
KNOWN = REQUIRED | {"type", "abstract", "version", "date-released", "license", "keywords", "doi", "url", "repository-code"}
TYPES = {"string", "number", "integer", "boolean", "object", "array", "date", "time", "datetime", "year", "yearmonth"}


def read_cff() -> dict[str, str]:
    """The top level of CITATION.cff: name -> what stands behind the colon."""
    lines = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) if ": " in line else (line.rstrip(":"), "") for line in lines if not line.startswith(" "))


def test_the_citation_file_is_of_this_version() -> None:
    """Its required keys, no key that the format does not know, the version of the package and the day of its release."""
    found = read_cff()
    assert REQUIRED <= set(found) <= KNOWN
    assert (found["cff-version"], found["version"]) == ("1.2.0", biocarto.__version__)
    day = Locale("fr").day(date.fromisoformat(found["date-released"]).isoformat())
    assert f"## {biocarto.__version__} ({day})" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert f'license = "{found["license"]}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_schemas_are_those_of_the_tables() -> None:
    """`python -m biocarto schema` would change nothing."""
    written = write_schemas(read_settings({}).data)
    assert {path.name: path.read_bytes() for path in (ROOT / "schema").glob("*.json")} == written


@pytest.mark.parametrize("table", TABLES)
def test_a_schema_has_what_the_national_list_asks_for(table: str) -> None:
    """Names, days, a version of three numbers, contributors; for each field a type, a meaning, and an example that its pattern takes."""
    found = json.loads((ROOT / "schema" / f"{table}.json").read_bytes())
    assert all(found[name] for name in ("name", "title", "description", "contributors", "licenses", "fields"))
    assert re.fullmatch(r"\d+\.\d+\.\d+", found["version"])
    assert date.fromisoformat(found["created"]) <= date.fromisoformat(found["lastModified"])
    for field in found["fields"]:
        assert field["type"] in TYPES
        assert field["description"]
        rules = field.get("constraints", {})
        assert "example" in field or not rules.get("required") or table == "redirects"
        assert (
            "example" not in field or len(field["example"]) == 200 or re.fullmatch(rules.get("pattern", ".*"), field["example"], re.DOTALL)
        )
