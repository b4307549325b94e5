"""A commune of France as people write it: name, code, post code, arrondissement, CEDEX; homonyms are told, mergers are followed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process

from biocarto.desk import communes
from biocarto.desk.intake.cell_outcome import CellOutcome, Texts, refuse, take, take_as
from biocarto.desk.intake.cell_texts import drop_nothing, loosen_spaces, says_nothing
from biocarto.model import PARIS
from biocarto.names import fold
from biocarto.territory.territory import Territory

_CODE = re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{3}")
_DECIMALS = re.compile(r"[.,]0{1,6}$")
_POSTCODE = re.compile(r"(?:F ?-? ?|FR ?-? ?)?([0-9]{2}) ?([0-9]{3})(?: *(?:CEDEX|CX)(?: *[0-9]{1,2})?)?(?: *CS *[0-9]+)?", re.IGNORECASE)
_BEFORE = re.compile(r"(?:F ?- ?)?([0-9]{5})[ ,-]+(?=[^\W\d])", re.IGNORECASE)
_AFTER = re.compile(r"(?<=[^\W\d])[ ,-]+\(?(?:F ?- ?)?([0-9]{5})\)?$", re.IGNORECASE)
_CEDEX = re.compile(r"[ ,-]+cedex(?: *[0-9]{1,2})?\b", re.IGNORECASE)
_COUNTRY = re.compile(r"(?: *, *| *\(| - )france\)?$", re.IGNORECASE)
_HINT = re.compile(r"(.*?\w)[ ,]*[-(]?[ ]*\b([0-9]{2,3}|2[AB])\b\)?", re.IGNORECASE)
_ORDINAL = r"(?: ?(?:e|er|ere|eme|ieme|nd|nde|th|rd|saint))?"
_PART = re.compile(rf"(paris|lyon|marseille)(?: cedex)? (?:0?([0-9]{{1,2}})|([ivx]+?)){_ORDINAL}(?: arr(?:ondissement|dt|ond|t)?)?")
_PART_OF = re.compile(rf"(?:0?([0-9]{{1,2}})|([ivx]+?)){_ORDINAL}(?: arr(?:ondissement|dt|ond|t)?)?(?: de| d)? (paris|lyon|marseille)")
_PARTS = {"paris": (75100, 20), "lyon": (69380, 9), "marseille": (13200, 16)}
_ROMAN = {"i": 1, "v": 5, "x": 10}
_IN_ADDRESS = re.compile(
    r"(?:^|[ ,])(?:F ?- ?)?([0-9]{5}),? +([^\d,;()]{2,60}?(?: +cedex(?: *[0-9]{1,2})?)?)(?:, *france)?[ .]*$", re.IGNORECASE
)

POSTCODE: Texts = "un code postal de 5 chiffres (91000)", "a post code of 5 digits (91000)"
CODE: Texts = "un code INSEE de commune (5 caractères, 91228 ou 2A004)", "an INSEE code of a commune (5 characters, 91228 or 2A004)"
_LEAST_LIKE, _MOST_GUESSED = 80.0, 100
_NAMED = 5


@dataclass(frozen=True)
class PlaceHint:
    """What else a row says of its commune; "" where it does not."""

    postcode: str = ""
    department: str = ""
    region: str = ""


NO_HINT = PlaceHint()


@dataclass
class CommuneReader:
    """Reads the communes of a file; in_region: only those of Île-de-France are taken. The nearest name is looked for a few times only."""

    territory: Territory
    in_region: bool = False
    _guesses: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _here(self) -> frozenset[str]:
        """The communes and arrondissements of the region."""
        return frozenset((*self.territory.communes.index, *self.territory.arrondissements.index))

    def read(self, text: str, hint: PlaceHint = NO_HINT, *, is_name: bool = True) -> CellOutcome:
        """The code of the commune that a text means."""
        plain = _COUNTRY.sub("", loosen_spaces(text)).strip(" ,.-")
        if says_nothing(plain or text):
            return drop_nothing(text)
        bare = _DECIMALS.sub("", plain).upper().removeprefix("F-").replace(" ", "")
        if _CODE.fullmatch(bare) or re.fullmatch("[0-9]{4}", bare):
            return self._read_number(text, bare, is_name=is_name)
        if found := (_BEFORE.match(plain) or _AFTER.search(plain)):
            hint = PlaceHint(hint.postcode or found[1], hint.department, hint.region)
            plain = (plain[: found.start()] + plain[found.end() :]).strip(" ,-")
        if part := self._read_part(text, plain):
            return part
        return self._read_name(text, _CEDEX.sub("", plain).strip(" ,-"), hint)

    def read_code(self, text: str) -> CellOutcome:
        """The code of today of a cell of INSEE codes; a name there is read as a name."""
        bare = _DECIMALS.sub("", loosen_spaces(text)).upper().replace(" ", "")
        if bare in self.territory.points.index:
            return self._place(take(bare))
        return self.read(text, is_name=False)

    def _read_number(self, text: str, bare: str, *, is_name: bool) -> CellOutcome:
        """An INSEE code of today, a post code, or a code of before a merger; a lost zero is put back and told.

        is_name: it stands where a name is asked for, where people write post codes sooner than INSEE codes.
        """
        code = bare.zfill(5)
        why = (
            (" : le tableur avait effacé le zéro du début", ": the spreadsheet had erased the leading zero") if len(bare) < 5 else ("", "")
        )
        served = communes.list_served(self.territory, code)
        is_code = code in self.territory.points.index
        if len(served) == 1 and served[0] != code and (is_name or not is_code):
            name, other = self._label(served[0]), f" {self._label(code)}" if is_code else ""
            fr = f" ({name}), d'après le code postal" + f", et non{other}, dont ce serait le code INSEE" * is_code
            en = f" ({name}), by the post code" + f", not{other}, whose INSEE code it would be" * is_code
            return self._place(take_as(served[0], text, "postcode", fr, en))
        if is_code:
            return self._place(take_as(code, text, "zero", *why) if why[0] else take(code))
        if served:
            fr, en = f"une seule commune : {code} est le code postal de plusieurs", f"one commune: {code} is the post code of several"
            return refuse(fr, en, self._list(served))
        if today := communes.find_today(self.territory, code):
            name = self._label(today)
            return self._place(
                take_as(today, text, f"former {code}", f" ({name}), sa commune d'aujourd'hui", f" ({name}), its commune of today")
            )
        return refuse(*CODE)

    def _read_part(self, text: str, plain: str) -> CellOutcome | None:
        """An arrondissement of Paris, or Lyon or Marseille for one of theirs, of which the layers have the whole only."""
        key = fold(plain)
        if found := _PART.fullmatch(key):
            city, digits, roman = found.groups()
        elif found := _PART_OF.fullmatch(key):
            digits, roman, city = found.groups()
        else:
            return None
        first, most = _PARTS[city]
        number = int(digits) if digits else _read_roman(roman)
        if not 1 <= number <= most:
            return None
        code = str(first + number)
        today = communes.find_today(self.territory, code)
        if not today:
            return None
        name = communes.write_commune(self.territory, today)
        return self._place(take(code) if today == code else take_as(name, text, city)._replace(value=today))

    def _read_name(self, text: str, name: str, hint: PlaceHint) -> CellOutcome:
        named = communes.list_named(self.territory, name)
        if not any(named) and (told := _HINT.fullmatch(name)):
            name, department = told[1].strip(" ,-("), told[2].upper()
            named, hint = communes.list_named(self.territory, name), PlaceHint(hint.postcode, department, hint.region)
        if not any(named):
            return refuse(*self._expect(), self._guess(name, hint))
        pool = [*dict.fromkeys((*named.current, *named.former))]
        fit = [code for code in pool if self._fits(code, hint)] if hint != NO_HINT else []
        chosen = self._choose(fit or pool, named)
        if len(chosen) > 1:
            near = ("" if fit else self._list_longer(name)) or self._list(chosen)
            return refuse("une commune : plusieurs s'appellent ainsi", "one commune: several are called so", near)
        code = self._refine(chosen[0], hint)
        others = [other for other in named.current if other != chosen[0]] if not fit else []
        return self._place(self._tell(text, code, others, is_former=chosen[0] not in named.current), "" if fit else name)

    def _choose(self, pool: list[str], named: communes.NamedCommunes) -> list[str]:
        """Of the region before elsewhere; of today before former names."""
        ranks = {code: (code not in self._here, code not in named.current) for code in pool}
        best = min(ranks.values())
        return [code for code, rank in ranks.items() if rank == best]

    def _fits(self, code: str, hint: PlaceHint) -> bool:
        parents = self.territory.find_parents(code)
        if hint.postcode and hint.postcode in self.territory.postcodes:
            return hint.postcode in communes.list_postcodes(self.territory, code)
        department = hint.department or _find_department(hint.postcode)
        return (not department or department == parents.department) and (not hint.region or hint.region == parents.region)

    def _refine(self, code: str, hint: PlaceHint) -> str:
        """The arrondissement of Paris that a post code names."""
        served = communes.list_served(self.territory, hint.postcode) if code == PARIS and hint.postcode else ()
        return served[0] if len(served) == 1 and served[0] in self.territory.arrondissements.index else code

    def _tell(self, text: str, code: str, others: list[str], *, is_former: bool) -> CellOutcome:
        if not others and not is_former:
            return take(code)
        label = self._label(code)
        named = self._list(others)
        fr = ", sa commune d'aujourd'hui" * is_former + f", et non {named}" * bool(others)
        en = ", its commune of today" * is_former + f", not {named}" * bool(others)
        return take_as(label, text, f"name {fold(text)}", fr, en)._replace(value=code)

    def _place(self, outcome: CellOutcome, name: str = "") -> CellOutcome:
        """The outcome, refused where the table takes the region only and the commune lies elsewhere."""
        code = outcome.value
        if not self.in_region or not code or code in self._here:
            return outcome
        region = self.territory.regions["name"].get(self.territory.find_parents(code).region, "")
        label = self._label(code)
        fr, en = f"une commune d'Île-de-France ; {label} est en {region}", f"a commune of Île-de-France; {label} is in {region}"
        return refuse(fr, en, self._list_longer(name))

    def _list_longer(self, name: str) -> str:
        """Communes of the region whose name begins with a shorter one, as people say Boulogne or Neuilly; "" for the whole country."""
        if not self.in_region or not (key := fold(name)):
            return ""
        names = communes.list_names(self.territory, in_region=True)
        return self._list([codes[0] for longer, codes in sorted(names.items()) if longer.startswith(f"{key} ")])

    def _expect(self) -> Texts:
        where = (" d'Île-de-France", " of Île-de-France") if self.in_region else (" de France", " of France")
        return f"le nom ou le code INSEE d'une commune{where[0]}", f"the name or the INSEE code of a commune{where[1]}"

    def _guess(self, name: str, hint: PlaceHint) -> str:
        """The label of the commune whose name is likest, among those of the post code, of the region, of France."""
        key = fold(name)[:60]
        if key not in self._guesses and len(self._guesses) < _MOST_GUESSED:
            self._guesses[key] = self._find_like(key, hint)
        return self._guesses.get(key, "")

    def _find_like(self, key: str, hint: PlaceHint) -> str:
        served = {fold(communes.write_commune(self.territory, code)): code for code in communes.list_served(self.territory, hint.postcode)}
        if served and (found := process.extractOne(key, served.keys(), scorer=fuzz.partial_ratio, score_cutoff=_LEAST_LIKE)):
            return self._label(served[found[0]])
        for in_region in (True,) if self.in_region else (True, False):
            some = communes.list_names(self.territory, in_region=in_region)
            found = process.extractOne(key, some.keys(), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKE)
            if found:
                return self._label(some[found[0]][0])
        return ""

    def _label(self, code: str) -> str:
        return communes.label_commune(self.territory, code)

    def _list(self, codes: list[str] | tuple[str, ...]) -> str:
        labels = [self._label(code) for code in codes[:_NAMED]]
        return ", ".join(labels) + "…" * (len(codes) > _NAMED)


def read_postcode(text: str) -> CellOutcome:
    """Five digits; CEDEX is left out, a zero that a spreadsheet has erased is put back and told."""
    if says_nothing(text):
        return drop_nothing(text)
    bare = _DECIMALS.sub("", loosen_spaces(text))
    if found := _POSTCODE.fullmatch(bare):
        return take(found[1] + found[2])
    if re.fullmatch("[1-9][0-9]{3}", bare):
        return take_as(
            f"0{bare}", text, "zero", " : le tableur avait effacé le zéro du début", ": the spreadsheet had erased the leading zero"
        )
    found = re.match(r"([0-9]{5})(?![0-9])", bare)
    return refuse(*POSTCODE, found[1] if found else "")


def find_in_address(address: str) -> tuple[str, str]:
    """The post code and the name of the commune that an address ends with; empty where it does not."""
    found = _IN_ADDRESS.search(loosen_spaces(address)[-120:])
    return (found[1], found[2].strip(" ,-")) if found else ("", "")


def read_department(territory: Territory, text: str) -> str:
    """The code of a department by its code, without its zero too, or its name; "" for anything else."""
    bare = _DECIMALS.sub("", loosen_spaces(text)).strip().upper()
    code = bare.zfill(2)
    if code in territory.departments.index:
        return code
    names = {fold(name): str(key) for key, name in territory.departments["name"].items()}
    found = re.match(r"(2[AB]|[0-9]{2,3})\b", bare)
    return names.get(fold(text), "") or (found[1] if found and found[1] in territory.departments.index else "")


def _find_department(postcode: str) -> str:
    """The department that a post code is likely of; "" in Corsica, whose two share one beginning, and without a post code."""
    if postcode[:2] in ("", "20"):
        return ""
    return postcode[:3] if postcode[:2] in ("97", "98") else postcode[:2]


def _read_roman(text: str) -> int:
    numbers = [_ROMAN[letter] for letter in text]
    return sum(-number if number < max(numbers[place:]) else number for place, number in enumerate(numbers))
