"""The place of a row from all of its cells: name, code and post code of a commune complete and check each other; then the address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from biocarto.desk import communes
from biocarto.desk.intake.cell_communes import CommuneReader, PlaceHint, find_in_address, read_department, read_postcode
from biocarto.desk.intake.cell_outcome import NOTHING, CellOutcome, CellReader, refuse, take, take_as
from biocarto.desk.intake.cell_regions import build_region_reader, find_country
from biocarto.desk.intake.cell_texts import LONGEST, check_value, clean_cell, find_formula, find_reversal, read_detail, refuse_long_cell
from biocarto.model import PARIS
from biocarto.names import fold
from biocarto.register.schema import Resource
from biocarto.territory.territory import Territory

NAME_COLUMNS = ("commune", "city", "place_fr")
"""Columns that hold the name of the commune of `commune_code`: the first must be one, the others may be any place of the world."""
_FRENCH = frozenset({"FR", "GP", "MQ", "GF", "RE", "YT"})
_OF_REGION = frozenset({"actors", "sites"})
_ALIKE = 70.0
"""Likeness (0 to 100) of a name and the name of the code beside it, from which they are one place."""

Outcomes = dict[str, CellOutcome]


@dataclass(frozen=True)
class PlaceReader:
    """Reads the cells of a row that tell its place, by their columns; `department` and `region` are hints that a file may have besides.

    columns: those that the table has and the file tells.
    """

    territory: Territory
    resource: Resource
    columns: frozenset[str]

    @cached_property
    def _communes(self) -> CommuneReader:
        return CommuneReader(self.territory, self.resource.name in _OF_REGION)

    @cached_property
    def name_column(self) -> str:
        """The column with the name of the commune; "" where the table has none."""
        return next((name for name in NAME_COLUMNS if name in self.resource.fields), "")

    @cached_property
    def is_strict(self) -> bool:
        """Whether the name must be that of a commune."""
        return self.name_column in ("commune", "")

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The columns of the register that a place gives."""
        own = (self.name_column, "commune_code", "postcode")
        if not self.is_strict:
            return tuple(name for name in own if name in self.columns or (name == "commune_code" and name not in self.columns))
        return tuple(name for name in (*own, *(("region", "region_code") if self._has_region else ())) if name in self.resource.fields)

    @cached_property
    def _has_region(self) -> bool:
        return {"region", "region_code", "commune_code"} <= set(self.resource.fields)

    @cached_property
    def _read_region(self) -> CellReader:
        return build_region_reader(self.territory, as_code=True)

    def read(self, cells: Mapping[str, str]) -> Outcomes:
        """What the cells of a row say of its place; columns that are not told are missing."""
        said = {name: clean_cell(cell) for name, cell in cells.items()}
        wrong = ((name, self._refuse_text(name, cells.get(name, ""))) for name in (*self.told, "address"))
        broken = {name: outcome for name, outcome in wrong if outcome is not None}
        said = {name: "" if name in broken or len(text) > LONGEST else text for name, text in said.items()}
        read = self._read_french if self.is_strict or self._is_french(said) else self._read_abroad
        found = {name: check_value(self.resource.fields[name], outcome) for name, outcome in read(said).items()}
        return {**found, **{name: outcome for name, outcome in broken.items() if name != "address"}}

    def _refuse_text(self, name: str, cell: str) -> CellOutcome | None:
        """What a cell is refused with before it is read as a place."""
        if not cell:
            return None
        return refuse_long_cell(self.resource.fields[name], cell) or find_formula(clean_cell(cell)) or find_reversal(cell)

    def _is_french(self, said: Mapping[str, str]) -> bool:
        """Whether the row says that its place is in France, by its country or by a code of a commune."""
        country = find_country(said.get("country", ""))
        return country in _FRENCH if country else bool(said.get("commune_code"))

    def _read_abroad(self, said: Mapping[str, str]) -> Outcomes:
        """A place of the world as it is written: Vienne may be Vienna."""
        name, code = said.get(self.name_column, ""), said.get("commune_code", "")
        return {
            self.name_column: read_detail(name) if name else NOTHING,
            **({"commune_code": self._communes.read_code(code)} if code else {}),
        }

    def _read_french(self, said: Mapping[str, str]) -> Outcomes:
        name, code = said.get(self.name_column, ""), said.get("commune_code", "")
        known = self._find_known(name, code)
        postcode = read_postcode(said["postcode"]) if said.get("postcode") else NOTHING
        if known:
            found = {self.name_column: take(name), "commune_code": take(known)}
        else:
            found = self._read_both(name, code, self._hint(said, postcode.value))
        found = self._complete(found, said, postcode)
        found["postcode"] = found.get("postcode") or self._read_cedex(found, name, postcode)
        return self._write(found, name)

    def _find_known(self, name: str, code: str) -> str:
        """The code, where it is one of the table and the name beside it is its own."""
        if not name or code not in self.territory.points.index:
            return ""
        official = communes.write_commune(self.territory, code)
        return code if name == official and self._communes.read_code(code).value == code else ""

    def _hint(self, said: Mapping[str, str], postcode: str) -> PlaceHint:
        department = read_department(self.territory, said["department"]) if said.get("department") else ""
        region = said.get("region_code") or said.get("region") or ""
        return PlaceHint(postcode, department, self._read_region(region).value if region else "")

    def _read_both(self, name: str, code: str, hint: PlaceHint) -> Outcomes:
        """Name and code by themselves, then held against each other."""
        by_code = self._communes.read_code(code) if code else NOTHING
        by_name = self._communes.read(name, hint) if name else NOTHING
        if not self.is_strict and by_name.expected is not None:
            by_name = NOTHING
        found = {self.name_column: by_name, "commune_code": by_code}
        if by_code.value and by_name.expected is not None:
            return found | self._follow_code(name, by_code.value, by_name)
        if by_code.value and by_name.value and by_code.value != by_name.value:
            return found | self._settle(name, by_code.value, by_name.value)
        if by_code.expected is not None and by_name.expected is not None and self._communes.in_region:
            found["commune_code"] = NOTHING  # one refusal says it
        return found

    def _follow_code(self, name: str, code: str, by_name: CellOutcome) -> Outcomes:
        """A name that is no commune's, or of several, beside a right code: the code decides where the names are alike."""
        official = communes.write_commune(self.territory, code)
        if code in (*self._list_meant(name),):
            return {self.name_column: take(code)}
        if fuzz.partial_ratio(fold(name), fold(official)) >= _ALIKE:
            told = take_as(official, name, f"name {fold(name)}", f", le nom du code {code}", f", the name of code {code}")
            return {self.name_column: told._replace(value=code)}
        fr, en = f"« {official} », le nom du code {code}", f"“{official}”, the name of code {code}"
        return {self.name_column: refuse(fr, en, official)} if by_name.nearest == "" else {}

    def _settle(self, name: str, code: str, other: str) -> Outcomes:
        """Two places that a name and a code tell: a city and its arrondissement are one, homonyms are told by the code, others are not."""
        pair = {code, other}
        if PARIS in pair and any(part in self.territory.arrondissements.index for part in pair):
            precise = next(part for part in sorted(pair) if part != PARIS)
            return {self.name_column: take(precise), "commune_code": take(precise)}
        if code in self._list_meant(name):
            return {self.name_column: take(code)}
        meant, told = self._label(other), self._label(code)
        fr, en = f"{other}, le code de {meant} ; {code} est celui de {told}", f"{other}, the code of {meant}; {code} is that of {told}"
        return {"commune_code": refuse(fr, en, other)}

    def _list_meant(self, name: str) -> tuple[str, ...]:
        named = communes.list_named(self.territory, name)
        return (*named.current, *named.former)

    def _complete(self, found: Outcomes, said: Mapping[str, str], postcode: CellOutcome) -> Outcomes:
        """The place by the post code, or else by the address, where no other cell tells it; a post code that tells another is refused."""
        if any(outcome.value or outcome.expected is not None for outcome in found.values()):
            code = next((found[name].value for name in ("commune_code", self.name_column) if found.get(name, NOTHING).value), "")
            return {**found, **self._check_postcode(code, postcode)} if code else found
        if not self.is_strict:
            return found
        if postcode.value:
            return found | self._read_served(postcode)
        address = said.get("address", "")
        return found | self._read_address(address) if address else found

    def _read_served(self, postcode: CellOutcome) -> Outcomes:
        """The commune of a post code that has one only; what is to be said of it is said of the post code."""
        if len(communes.list_served(self.territory, postcode.value)) != 1:
            return {}
        found = self._communes.read(postcode.value)
        if found.expected is not None:
            return {"postcode": found}
        told = postcode if postcode.told is not None else found._replace(value=postcode.value)
        return {"commune_code": take(found.value), "postcode": told}

    def _read_address(self, address: str) -> Outcomes:
        """The commune at the end of an address, which is told; what is no commune there is left, the address says it all the same."""
        postcode, name = find_in_address(address)
        found = self._communes.read(name, PlaceHint(postcode)) if name else NOTHING
        if found.expected is not None and self._list_meant(name):
            return {"address": found}
        if not found.value:
            return {}
        label = self._label(found.value)
        told = take_as(label, f"{postcode} {name}", f"address {postcode} {name}", ", d'après l'adresse", ", by the address")
        kept = {"postcode": take(postcode)} if "postcode" in self.resource.fields else {}
        return {"commune_code": take(found.value), "address": told, **kept, **self._check_postcode(found.value, take(postcode))}

    def _check_postcode(self, code: str, said: CellOutcome) -> Outcomes:
        """A post code of other communes is refused; those for CEDEX, in no list, are held by their department."""
        own, postcode = communes.list_postcodes(self.territory, code), said.value
        if not postcode or not own or postcode in own:
            return {}
        if postcode not in self.territory.postcodes and postcode[:2] in {one[:2] for one in own}:
            return {}
        some = ", ".join(own[:5]) + "…" * (len(own) > 5)
        served = ", ".join(self._label(other) for other in communes.list_served(self.territory, postcode)[:3])
        of = (f" ; {postcode} est celui de {served}", f"; {postcode} is that of {served}") if served else ("", "")
        digits = (" de 5 chiffres", " of 5 digits") if said.subject == "zero" else ("", "")
        label = self._label(code)
        fr, en = f"un code postal{digits[0]} de {label} : {some}{of[0]}", f"a post code{digits[1]} of {label}: {some}{of[1]}"
        return {"postcode": refuse(fr, en, own[0] if len(own) == 1 else "")}

    def _read_cedex(self, found: Outcomes, name: str, said: CellOutcome) -> CellOutcome:
        """The commune's own post code for one of CEDEX, which is for letters alone; none where the commune has several."""
        code = next((found[key].value for key in ("commune_code", self.name_column) if found.get(key, NOTHING).value), "")
        if not code or not said.value or said.value in self.territory.postcodes or "cedex" not in fold(name).split():
            return said
        own, because = communes.list_postcodes(self.territory, code), (" : CEDEX ne sert qu'au courrier", ": CEDEX is for letters alone")
        if len(own) == 1:
            return take_as(own[0], said.value, "cedex", *because)
        return CellOutcome(told=(f"« {said.value} » n'est pas lu{because[0]}", f"“{said.value}” is not read{because[1]}"), subject="cedex")

    def _write(self, found: Outcomes, name: str) -> Outcomes:
        """The outcomes as cells: the official name beside the code, and the region where the table has it."""
        by_code, by_name = found.get("commune_code", NOTHING), found.get(self.name_column, NOTHING)
        code = by_code.value or by_name.value
        if by_name.expected is not None or by_code.expected is not None:
            code = ""
        written = dict(found)
        if code:
            written["commune_code"] = by_code._replace(value=code)
            written[self.name_column] = by_name._replace(value=communes.write_commune(self.territory, code))
            if self._has_region:
                region = self.territory.find_parents(code).region
                written |= {"region": take(str(self.territory.regions["name"][region])), "region_code": take(region)}
        elif not self.is_strict:
            written[self.name_column] = read_detail(name) if name else NOTHING
        else:
            written |= {key: outcome._replace(value="") for key, outcome in (("commune_code", by_code), (self.name_column, by_name))}
        return {key: outcome for key, outcome in written.items() if key in self.told or key == "address"}

    def _label(self, code: str) -> str:
        return communes.label_commune(self.territory, code)


def is_department(header: str) -> bool:
    """True for the header of a column that tells a department, which the register has no column for."""
    return re.fullmatch(r"(?:code (?:du )?)?(?:departement|dept|dep|dpt|department)(?: code| name)?", fold(header)) is not None
