"""The form of a row as its table is described: which fields, in which order, what each may be, and what their values are as cells.

A column that is added to the description has its field; nothing here knows how a field looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from babel import Locale as Territories

from biocarto.desk.acts import ID, LONGEST_CELL
from biocarto.desk.description import Package
from biocarto.desk.differences import name_row
from biocarto.desk.facts import RegisterRow
from biocarto.desk.points import list_computed
from biocarto.errors import Issue, quote_value
from biocarto.i18n import Locale
from biocarto.model import N_
from biocarto.names import fold
from biocarto.register.headers import translate_header, translate_values
from biocarto.register.schema import LIST_DELIMITER, Field, Resource, split_list
from biocarto.register.value_rules import list_country_codes
from biocarto.territory.territory import Territory

COMMUNE, COMMUNE_CODE = "commune", "commune_code"
POINT = ("latitude", "longitude")
PAGE = ("source_url", "source_title", "as_of", "confidence")
"""Columns that tell where a row comes from."""
WIDE = 150
"""Characters from which a text has several lines on screen."""


class Control(StrEnum):
    """What a field is to who fills it."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    PLACE = "place"


class FormSection(StrEnum):
    """The parts of a form, in their order."""

    WHAT = "what"
    WHERE = "where"
    STATE = "state"
    KEYS = "keys"
    PAGE = "page"


SECTION_LABELS = {
    FormSection.WHAT: N_("Ce que c'est"),
    FormSection.WHERE: N_("Où"),
    FormSection.STATE: N_("État"),
    FormSection.KEYS: N_("Identifiants et site web"),
    FormSection.PAGE: N_("Page de la ligne"),
}
_SECTIONS = {
    **dict.fromkeys((COMMUNE, COMMUNE_CODE, "city", "country", "region", "region_code", "postcode", "address"), FormSection.WHERE),
    **dict.fromkeys(("site", "site_id", "place_fr", "place_en", *POINT, "stated"), FormSection.WHERE),
    **dict.fromkeys(("status", "ownership", "owner", "owner_since", "founded"), FormSection.STATE),
    **dict.fromkeys(("siren", "siret", "rnsr", "website"), FormSection.KEYS),
    **dict.fromkeys((*PAGE, "city_source_url", "city_source_title"), FormSection.PAGE),
}
_LABELS = {
    COMMUNE_CODE: N_("Commune"),
    "site_id": N_("Campus dont le point est connu"),
    "actor_id": N_("Acteur"),
    "network_id": N_("Réseau"),
    "network_ids": N_("Réseaux"),
    "cluster_ids": N_("Pôles"),
    "region_code": N_("Région"),
    "region_codes": N_("Régions"),
    "country": N_("Pays"),
}
"""Columns of codes and ids -> what they are to whoever chooses among names."""
QUICK = {
    "actors": (
        *("name", "organisation", "kind", "category", "activity_fr", "activity_en", COMMUNE, "status"),
        *("source_url", "source_title", "as_of", "confidence"),
    )
}
"""Table -> the columns that a new row is asked first; the others wait behind one button."""


@dataclass(frozen=True)
class FormField:
    """One field: `name` its column, `options` code -> words, `is_open` where others may be typed, `partner` the column in English."""

    name: str
    label: str
    help: str
    control: Control
    section: FormSection
    is_required: bool
    options: Mapping[str, str]
    is_open: bool = False
    partner: str = ""


@dataclass(frozen=True)
class Form:
    """The fields of a table by column, in their order."""

    table: str
    fields: Mapping[str, FormField]

    def list_sections(self) -> Iterator[tuple[FormSection, list[FormField]]]:
        """Each part that has a field."""
        for section in FormSection:
            if found := [field for field in self.fields.values() if field.section is section]:
                yield section, found


Rows = Mapping[str, Sequence[RegisterRow]]
"""Table -> its rows."""


def build_form(package: Package, table: str, rows: Rows, territory: Territory, t: Locale) -> Form:
    """The form of a table, in the language of `t`; `rows` are those that it may name."""
    resource = package[table]
    keys = {key.column for key in resource.foreign_keys}
    meanings = resource.about["columns"][t.language]
    fields = {}
    for name, field in resource.fields.items():
        if name == ID or name in list_computed(table) or (name == COMMUNE_CODE and COMMUNE in resource.fields):
            continue
        options = _list_options(resource, field, rows, territory, t)
        partner = f"{name[:-2]}en" if name.endswith("_fr") and f"{name[:-2]}en" in resource.fields else ""
        is_list = field.type == "list"
        is_open = is_list and not (field.choices or name in keys or name == "region_codes")
        control = _choose_control(field, bool(options))
        section = _SECTIONS.get(name, FormSection.WHAT)
        label = t(_LABELS[name]) if name in _LABELS else translate_header(name, t)
        fields[name] = FormField(name, label, meanings.get(name, ""), control, section, field.is_required, options, is_open, partner)
    return Form(table, fields)


def list_named_tables(package: Package, table: str) -> tuple[str, ...]:
    """The table itself and those that its rows may name."""
    return tuple(dict.fromkeys((table, *(key.resource for key in package[table].foreign_keys))))


def _choose_control(field: Field, has_options: bool) -> Control:
    if field.name in {COMMUNE, COMMUNE_CODE}:
        return Control.PLACE
    if field.type == "list":
        return Control.CHOICES
    if has_options:
        return Control.CHOICE
    wide = field.longest > WIDE and not field.name.endswith(("_url", "_title")) and field.name not in {"website", "address", "stated"}
    return Control.TEXT if wide else Control.LINE


def _list_options(resource: Resource, field: Field, rows: Rows, territory: Territory, t: Locale) -> dict[str, str]:
    """Code -> words of what a field may be; of a list that may hold anything, what the rows hold already."""
    words = translate_values(resource.name, field.name, t)
    if field.choices:
        return {code: words.get(code, code) for code in field.choices}
    key = next((key for key in resource.foreign_keys if key.column == field.name), None)
    if key is not None:
        return _name_rows(rows.get(key.resource, ()), key.target)
    if field.name in {"region_code", "region_codes"}:
        return {str(code): str(name) for code, name in territory.regions["name"].items()}
    if field.name == "country":
        return _name_countries(t)
    if field.type == "list":
        told = (item for row in rows.get(resource.name, ()) for item in split_list(row.cells.get(field.name, "")))
        return {item: item for item in sorted({*told, *map(str, territory.regions["name"])} if "region" in field.name else set(told))}
    return {}


def _name_rows(rows: Iterable[RegisterRow], target: str) -> dict[str, str]:
    """What a reference may be -> the name of its row, told from its namesakes by the commune."""
    named = {row.cells[target]: row.cells for row in reversed(list(rows)) if row.cells.get(target)}
    names = {value: name_row(cells) for value, cells in named.items()}
    seen: dict[str, int] = {}
    for name in names.values():
        seen[name] = seen.get(name, 0) + 1
    labels = {value: name if seen[name] == 1 else f"{name} ({named[value].get(COMMUNE) or value})" for value, name in names.items()}
    return dict(sorted(labels.items(), key=lambda item: item[1].casefold()))


def _name_countries(t: Locale) -> dict[str, str]:
    names = Territories(t.language).territories
    return dict(sorted(((code, str(names[code])) for code in list_country_codes()), key=lambda item: item[1]))


# --- from what was typed to cells -------------------------------------------------------------------------------------


def write_cell(value: object) -> str:
    """What a field holds as a cell: the items of a list joined, the ends of a text trimmed, nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return LIST_DELIMITER.join(str(item).strip() for item in value if str(item).strip())
    return str(value).strip()


def find_changes(base: Mapping[str, str], cells: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Column -> what was seen and what is to stand there, of the cells that differ."""
    return {name: (base.get(name, ""), cell) for name, cell in cells.items() if base.get(name, "") != cell}


def derive_cells(resource: Resource, cells: Mapping[str, str]) -> dict[str, str]:
    """What follows from other cells of a row and is typed by nobody."""
    if "position" not in resource.fields or "site_id" not in cells:
        return {}
    return {"position": "campus" if cells["site_id"] else COMMUNE}


def number_row(resource: Resource, rows: Iterable[RegisterRow]) -> dict[str, str]:
    """The id of a new row of a table whose rows are numbered."""
    if ID not in resource.fields or resource.fields[ID].type != "integer":
        return {}
    return {ID: str(max((int(row.cells[ID]) for row in rows if row.cells.get(ID, "").isdecimal()), default=0) + 1)}


def find_long_cells(resource: Resource, cells: Mapping[str, str]) -> list[Issue]:
    """Texts beyond all bounds, each at its field: nothing else is asked of them."""
    limit = f"au plus {LONGEST_CELL} caractères", f"at most {LONGEST_CELL} characters"
    return [Issue(resource.path, 0, name, quote_value(cell), *limit) for name, cell in cells.items() if len(cell) > LONGEST_CELL]


def suggest_site(cells: Mapping[str, str], sites: Iterable[RegisterRow]) -> RegisterRow | None:
    """The campus of a commune that the address or the place of a row names; None where it has one, or none is named."""
    if cells.get("site_id") or not cells.get(COMMUNE_CODE):
        return None
    said = set(_split_words(f"{cells.get('address', '')} {cells.get('site', '')}"))
    there = [row for row in sites if row.cells.get(COMMUNE_CODE) == cells[COMMUNE_CODE]]
    named = [(len(own & said), row) for row in there if (own := set(_split_words(row.cells.get("name", "")))) and own & said]
    return max(named, key=lambda found: found[0])[1] if named else None


_COMMON = frozenset(fold("paris campus parc site rue avenue hôpital centre saint de la le les du des l d").split())
"""Words that name no campus."""


def _split_words(text: str) -> Iterator[str]:
    yield from (word for word in fold(text).split() if word not in _COMMON and len(word) > 2 and not word.isdigit())


def pair_fields(some: Iterable[FormField]) -> list[list[FormField]]:
    """Fields as they stand side by side: a text and its translation, short ones two by two, a long one alone."""
    fields = list(some)
    named = {field.name: field for field in fields}
    translations = {field.partner for field in fields if field.partner}
    rows: list[list[FormField]] = []
    for field in fields:
        if field.name in translations:
            continue
        if field.partner in named:
            rows.append([field, named[field.partner]])
        elif field.control is not Control.TEXT and rows and _takes_another(rows[-1]):
            rows[-1].append(field)
        else:
            rows.append([field])
    return rows


def _takes_another(row: Sequence[FormField]) -> bool:
    return len(row) == 1 and row[0].control is not Control.TEXT and not row[0].partner
