"""What the cells of a column say that it is, whatever stands above them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pandas as pd

from biocarto.desk.intake.cell_words import list_words
from biocarto.names import fold
from biocarto.register.keys import is_rnsr, is_siren, is_siret
from biocarto.register.readback import find_labels
from biocarto.register.schema import Field, Resource
from biocarto.territory.territory import Territory

_SAMPLE = 400
"""Different cells of a column that are looked at."""
_SHARE = 0.9
"""Share of them that must agree."""
_BLANKS = re.compile(r"[\s\u00a0\u202f.]")
_POSTCODE = re.compile(r"(?:0[1-9]|[1-8][0-9]|9[0-8])[0-9]{3}")
_WEB = re.compile(r"(?:https?://|www\.)\S+\.\S+", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
CODED, KEYED, LOOSE = 0.85, 0.8, 0.5
"""Scores of a column whose cells are codes or words of the register, numbers with a key, or only look like what they are taken for."""


def guess_field(cells: pd.Series, resource: Resource, territory: Territory | None = None) -> tuple[str, float]:
    """The column that cells are, and how sure it is (0 to 1); "" and 0 where they say nothing."""
    values = [str(cell).strip() for cell in cells.drop_duplicates().head(_SAMPLE + 1) if str(cell).strip()]
    if not values:
        return "", 0.0
    for name, score, test in _list_tests(resource, territory):
        share = sum(map(test, values)) / len(values)
        if share >= _SHARE:
            return name, round(score * share, 3)
    return "", 0.0


def guess_fields(cells: pd.DataFrame, resource: Resource, territory: Territory | None = None) -> Mapping[int, str]:
    """Place -> the column that its cells are, for a sheet without a header."""
    guessed = {int(place): guess_field(cells[place], resource, territory)[0] for place in cells.columns}
    return {place: name for place, name in guessed.items() if name}


def _list_tests(resource: Resource, territory: Territory | None) -> list[tuple[str, float, Callable[[str], bool]]]:
    tests: list[tuple[str, float, Callable[[str], bool]]] = [
        ("siret", KEYED, lambda cell: is_siret(_BLANKS.sub("", cell))),
        ("siren", KEYED, lambda cell: is_siren(_BLANKS.sub("", cell))),
        ("rnsr", KEYED, is_rnsr),
        *((name, CODED, _make_code_test(resource, field)) for name, field in resource.fields.items() if field.choices),
        ("website", LOOSE, lambda cell: _WEB.fullmatch(cell) is not None),
        ("founded", LOOSE, lambda cell: _YEAR.fullmatch(cell) is not None),
        ("postcode", LOOSE, lambda cell: _is_postcode(cell, territory)),
    ]
    if territory is not None:
        tests.append(("commune", LOOSE, lambda cell: territory.find(cell) is not None))
    return [test for test in tests if test[0] in resource.fields]


def _is_postcode(cell: str, territory: Territory | None) -> bool:
    return _POSTCODE.fullmatch(cell) is not None and (territory is None or cell in territory.postcodes)


def _make_code_test(resource: Resource, field: Field) -> Callable[[str], bool]:
    known = {fold(code) for code in field.choices} | set(find_labels(resource).values.get(field.name, {}))
    known |= list_words(resource.name, field.name).keys()
    if field.type != "list":
        return lambda cell: fold(cell) in known
    return lambda cell: all(fold(item) in known for item in re.split(r"[;,/|]", cell) if item.strip())
