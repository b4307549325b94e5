"""The static edition of the real tables, built for a test or by another process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from biocarto import config
from biocarto.build import static
from biocarto.build.static_edition.content import Content
from biocarto.territory import resources
from tests.maps.drawn import installed
from tests.support.register import joined, tables

LANGUAGES = {"fr": "index.html", "en": "en.html"}


def content() -> Content:
    """The real tables and layers, with nothing derived from them yet."""
    return Content(tables(), joined(), resources.read(config.ROOT / "geo"))


@cache
def build_edition(front_end: Path) -> dict[str, bytes]:
    """Every file of the edition, with the front-end files of a folder."""
    return static.render_edition(content(), front_end, installed())
