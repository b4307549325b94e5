"""Which way a column is read: by what its description says it may hold, whatever table it is of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from biocarto.desk.intake import cell_keys, cell_numbers, cell_texts
from biocarto.desk.intake.cell_codes import build_code_reader, build_list_reader
from biocarto.desk.intake.cell_communes import CommuneReader, read_postcode
from biocarto.desk.intake.cell_dates import build_day_reader, build_year_reader
from biocarto.desk.intake.cell_links import read_link
from biocarto.desk.intake.cell_outcome import NOTHING, CellOutcome, CellReader
from biocarto.desk.intake.cell_regions import build_country_reader, build_region_reader
from biocarto.desk.intake.cell_texts import clean_cell, drop_nothing, find_formula, find_reversal, refuse_long_cell, says_nothing
from biocarto.register.headers import label_values
from biocarto.register.schema import Field, Resource
from biocarto.register.sheets import holds_days
from biocarto.territory.territory import Territory

_KEYS: Mapping[str, CellReader] = {
    "siren": cell_keys.read_siren,
    "siret": cell_keys.read_siret,
    "rnsr": cell_keys.read_rnsr,
    "postcode": read_postcode,
}
_PAGES = frozenset({"as_of", "members_as_of"})
"""Dates of pages that were read: none is of tomorrow, but those of figures may be targets."""
_STATED_AHEAD = frozenset({"figures", "regional_figures"})
_REGION_NAMES = frozenset({"region", "regions", "regions_covered"})
_REGION_CODES = frozenset({"region_code", "region_codes"})
_DETAILS = frozenset({"address", "site", "owner", "city", "place_fr", "place_en", "stated", "unit_fr", "unit_en", "geography"})
_PROSE = ("activity_", "focus_", "note", "description_", "context_", "capacity_", "modality_", "theme_", "title_", "label_", "indicator_")


def build_reader(resource: Resource, column: Field, territory: Territory, today: str) -> CellReader:
    """The reader of a column by itself: clean text, no formula, then what the column takes; never raises, breaks no rule of the column."""
    read = _choose_reader(resource, column, territory, today)
    if column.type == "list":
        return partial(_read_items, column, build_list_reader(partial(_read_clean, read)))
    if isinstance(read, partial) and read.func in (read_link, cell_keys.read_id):  # they ask the rules of the column themselves
        return partial(_read_short, column, read)
    return partial(_read_checked, column, read)


def build_claim_readers(territory: Territory, column: Field) -> Mapping[str, CellReader]:
    """Column of actors -> the reader of what a claim says of it; other columns are texts."""
    status = Field("status", "string", (), unique=False, choices=tuple(map(str, label_values("actors", "status"))))
    readers = {
        **{name: _KEYS[name] for name in ("siren", "siret", "rnsr", "postcode")},
        "status": build_code_reader("actors", status),
        "commune_code": CommuneReader(territory).read_code,
        "": cell_texts.read_name,
    }
    return {name: partial(_read_checked, column, read) for name, read in readers.items()}


def _choose_reader(resource: Resource, column: Field, territory: Territory, today: str) -> CellReader:
    """The reader of one value of a column (of one item, where it holds lists)."""
    name = column.name
    if column.choices:
        return build_code_reader(resource.name, column, [other for other in resource.fields.values() if other.choices])
    if name == "country":
        return build_country_reader()
    if name in _REGION_NAMES | _REGION_CODES:
        return build_region_reader(territory, as_code=name in _REGION_CODES, is_figure=resource.name == "regional_figures")
    return _KEYS.get(name) or _choose_dated_reader(resource, column, today)


def _choose_dated_reader(resource: Resource, column: Field, today: str) -> CellReader:
    """The reader of a column of years, of dates, or of what is neither."""
    is_page = column.name in _PAGES and resource.name not in _STATED_AHEAD
    if holds_years(column):
        return build_year_reader(today, is_page=is_page)
    if holds_days(column):
        return build_day_reader(today, is_page=is_page)
    if column.type in ("integer", "number"):
        return cell_numbers.read_integer if column.type == "integer" else partial(cell_numbers.read_decimal, column)
    return _choose_text_reader(column)


def _choose_text_reader(column: Field) -> CellReader:
    if _takes(column, "https://example.org/a") and not _takes(column, "a b"):
        return partial(read_link, column)
    if not _takes(column, "A b"):
        return partial(cell_keys.read_id, column)
    if column.name == "value":
        return _read_figure
    if column.name in _DETAILS:
        return cell_texts.read_detail
    return cell_texts.read_prose if column.name.startswith(_PROSE) else cell_texts.read_name


def holds_years(column: Field) -> bool:
    """True for a column of whole numbers that takes years and nothing else."""
    return column.type == "integer" and _takes(column, "2021") and not _takes(column, "150") and not _takes(column, "10000")


def _takes(column: Field, cell: str) -> bool:
    return column.find_broken_rule(cell) is None


def _read_figure(text: str) -> CellOutcome:
    """A published value: a number where it is one, a date where it is one, else its words."""
    for read in (cell_numbers.read_number, build_day_reader("", is_page=False)):
        outcome = read(text)
        if outcome.value and outcome.subject in ("", "percent"):
            return outcome
    return cell_texts.read_detail(text)


def _read_clean(read: CellReader, cell: str) -> CellOutcome:
    """The outcome of a cell without what copies and spreadsheets have added; a formula is refused."""
    text = clean_cell(cell)
    if not text:
        return NOTHING
    return find_formula(text) or find_reversal(cell) or read(text)


def _read_short(column: Field, read: CellReader, cell: str) -> CellOutcome:
    """The outcome of a cell that is not too long to be read."""
    if not cell:
        return NOTHING
    return refuse_long_cell(column, cell) or _read_clean(read, cell)


def _read_checked(column: Field, read: CellReader, cell: str) -> CellOutcome:
    """The outcome of a cell, refused where its value breaks a rule of the column."""
    return cell_texts.check_value(column, _read_short(column, read, cell))


def _read_items(column: Field, read: CellReader, cell: str) -> CellOutcome:
    if (long := refuse_long_cell(column, cell)) is not None:
        return long
    if says_nothing(text := clean_cell(cell)):
        return drop_nothing(text)
    return find_formula(text) or cell_texts.check_value(column, read(cell))
