"""Adds to every page what search engines of data read: the register as a Dataset of schema.org."""

from __future__ import annotations

import json

from biocarto.config import Settings
from biocarto.export.schema_org import write_script
from biocarto.register.tables import PACKAGE


def add_description(page: str, settings: Settings, base: str = "") -> str:
    """Streamlit's page with the description in its head, of what no edition changes; without it where the tables have none."""
    try:
        package = json.loads((settings.data / PACKAGE).read_text(encoding="utf-8-sig"))
        script = write_script(package, settings.public_url or base, settings)
    except (OSError, ValueError, LookupError, TypeError):  # the pages say what is wrong with the tables
        return page
    return page.replace("</head>", f"{script}</head>", 1)
