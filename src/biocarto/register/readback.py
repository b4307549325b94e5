"""Labels of the product's own office files, in either language, led back to the names and codes that they stand for."""

from __future__ import annotations

from functools import lru_cache

from biocarto import caches
from biocarto.i18n import LANGUAGES, Locale
from biocarto.names import fold
from biocarto.register.headers import HEADERS, translate_header, translate_values
from biocarto.register.schema import Resource
from biocarto.register.sheets import Labels


def find_labels(resource: Resource) -> Labels:
    """How a table is labelled; a label that two columns share means the one that the table has."""
    return _labels(resource.name, tuple(resource.fields))


@lru_cache(maxsize=caches.TABLES)
def _labels(table: str, columns: tuple[str, ...]) -> Labels:
    texts = [Locale(lang) for lang in LANGUAGES]
    headers = {fold(translate_header(name, t)): name for name in (*HEADERS, *columns) for t in texts}
    codes = {name: {fold(label): code for t in texts for code, label in translate_values(table, name, t).items()} for name in columns}
    return Labels(headers, {name: known for name, known in codes.items() if known})
