"""Pairs of a line and a row of the register, labelled: the same actor written otherwise, or another one that is called alike."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from biocarto.desk.likeness import simplify_name
from biocarto.names import strip_accents

Row = dict[str, str]
_COLUMNS = ("name", "organisation", "commune_code", "site", "siren", "website")
"""What a sheet of contacts tells of an actor; positives lose some of it."""
_ELSEWHERE = ("69383", "13055", "31555", "44109", "67482", "33063", "59350", "91477", "92012", "94028", "75108", "78646")
"""Communes of the nation and of the region."""
_SHORT = {
    "Laboratoire": "Labo",
    "Laboratoires": "Labo.",
    "Institut": "Inst.",
    "Pharmaceuticals": "Pharma",
    "Technologies": "Tech",
    "Therapeutics": "Tx",
    "Biotechnologies": "Biotech",
    "Université": "Univ.",
    "Centre": "Ctr",
    "Hôpital": "Hop.",
    "Sciences": "Sci.",
    "International": "Intl",
}


@dataclass(frozen=True)
class LabelledPair:
    """A line, the row that it is held against, and the truth; `absent` is a row that the register is without when it is asked."""

    kind: str
    line: Row
    row_id: str
    is_same: bool
    absent: str = ""


def make_pairs(actors: Sequence[Row], seed: int, each: int = 100) -> list[LabelledPair]:
    """As many pairs of one actor as of two, by a seed."""
    dice = random.Random(seed)
    ways = [*_WAYS.items()]
    same = []
    for number in range(each):
        row = dice.choice(actors)
        kind, change = ways[number % len(ways)]
        same.append(LabelledPair(kind, change(_tell(row, dice), dice), row["id"], True))
    return same + _make_others(actors, dice, each)


def _tell(row: Row, dice: random.Random) -> Row:
    """What a line tells of a row: its name and its commune, other columns now and then."""
    kept = {"name", "commune_code"} | {name for name in _COLUMNS if dice.random() < 0.4}
    return {name: row[name] if name in kept else "" for name in _COLUMNS}


# --- one actor, written otherwise -------------------------------------------------------------------------------------


def _mistype(name: str, dice: random.Random) -> str:
    """A letter left out, doubled, changed, or two that changed places."""
    place = dice.randrange(1, len(name) - 1) if len(name) > 3 else len(name) - 1
    kind = dice.randrange(4)
    other = dice.choice("abcdefghijklmnopqrstuvwxyz")
    middle = ("", name[place] * 2, other, name[place : place + 2][::-1])[kind]
    return name[:place] + middle + name[place + (2 if kind == 3 else 1) :]


def _type_badly(line: Row, dice: random.Random) -> Row:
    return line | {"name": _mistype(line["name"], dice)}


def _type_worse(line: Row, dice: random.Random) -> Row:
    return line | {"name": _mistype(_mistype(line["name"], dice), dice) if len(line["name"]) > 9 else _mistype(line["name"], dice)}


def _add_form(line: Row, dice: random.Random) -> Row:
    form = dice.choice(("SA", "SAS", "S.A.S.", "SARL", "Société", "S.A."))
    return line | {"name": f"{form} {line['name']}" if form == "Société" else f"{line['name']} {form}"}


def _lose_accents(line: Row, dice: random.Random) -> Row:
    bare = strip_accents(line["name"])
    return line | {"name": bare.upper() if dice.random() < 0.5 else re.sub(r"[-–']", " ", bare)}


def _shorten(line: Row, dice: random.Random) -> Row:
    """Words that people cut; where there is none, words in another order."""
    words = line["name"].split()
    short = [_SHORT.get(word, word) for word in words]
    if short == words and len(words) > 1:
        short = [*words[1:], words[0]] if dice.random() < 0.5 else words
    return line | {"name": " ".join(short)}


def _move(line: Row, dice: random.Random) -> Row:
    return line | {"commune_code": dice.choice(_ELSEWHERE), "site": ""}


def _rename(line: Row, dice: random.Random) -> Row:
    """A name of its own, the old one in brackets."""
    new = "".join(dice.choice(("ba", "ke", "li", "no", "vu", "ry", "so", "xa")) for _ in range(4)).capitalize()
    told = dice.choice(("ex ", "anciennement ", "ex-", ""))
    return line | {"name": f"{new} ({told}{line['name']})", "organisation": ""}


def _do_all(line: Row, dice: random.Random) -> Row:
    return _add_form(_lose_accents(_type_badly(line, dice), dice), dice)


def _forget_place(line: Row, dice: random.Random) -> Row:
    return _add_form(line, dice) | {"commune_code": "", "site": ""}


_WAYS: dict[str, Callable[[Row, random.Random], Row]] = {
    "typo": _type_badly,
    "two typos": _type_worse,
    "legal form": _add_form,
    "accents": _lose_accents,
    "short words": _shorten,
    "moved": _move,
    "renamed": _rename,
    "all at once": _do_all,
    "no place": _forget_place,
}


# --- two actors that are called alike ---------------------------------------------------------------------------------


def _make_others(actors: Sequence[Row], dice: random.Random, each: int) -> list[LabelledPair]:
    """The rows that are most alike, made sisters, swapped names, one more site, and any two."""
    alike = _list_alike(actors)[: each * 2 // 5]
    pairs = [LabelledPair("alike", _tell(one, dice), other["id"], False, one["id"]) for one, other in alike]
    makers = (_make_sister, _make_swapped, _make_site, _make_any)
    return pairs + [makers[number % len(makers)](actors, dice) for number in range(each - len(pairs))]


def _list_alike(actors: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Two rows each, those whose names are nearest first; one organisation's sites among them."""
    names = [simplify_name(row["name"]) for row in actors]
    places = range(len(names))
    pairs = [(fuzz.token_set_ratio(names[one], names[other]), one, other) for one in places for other in places if one != other]
    return [(actors[one], actors[other]) for _, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2]))]


def _make_sister(actors: Sequence[Row], dice: random.Random) -> LabelledPair:
    """Another company of a group: one more word, elsewhere."""
    row = dice.choice(actors)
    word = dice.choice(("Participations", "Immobilier", "Vétérinaire", "Belgique", "Diagnostics", "Nutrition", "Medical Devices"))
    return LabelledPair("sister", _tell(row, dice) | {"name": f"{row['name']} {word}", **_place(dice)}, row["id"], False)


def _make_swapped(actors: Sequence[Row], dice: random.Random) -> LabelledPair:
    """The words that many names have, and another actor's own word before them, in the same commune."""
    several = [row for row in actors if len(row["name"].split()) > 1]
    row, other = dice.choice(several), dice.choice(actors)
    words = row["name"].split()
    own = other["name"].split()[0]
    name = " ".join([words[0], own] if words[0] in {"Institut", "Centre", "Laboratoire", "Hôpital"} else [own, *words[1:]])
    return LabelledPair(
        "swapped", _tell(row, dice) | {"name": name, "organisation": name, "siren": "", "website": ""}, row["id"], False, other["id"]
    )


def _make_site(actors: Sequence[Row], dice: random.Random) -> LabelledPair:
    """One more site of an organisation that has several."""
    names = [row["organisation"] for row in actors]
    row = dice.choice([row for row in actors if names.count(row["organisation"]) > 1])
    city = dice.choice(("Lyon", "Toulouse", "Lille", "Massy", "Orléans"))
    return LabelledPair("site", _tell(row, dice) | {"name": f"{row['organisation']} – site de {city}", **_place(dice)}, row["id"], False)


def _make_any(actors: Sequence[Row], dice: random.Random) -> LabelledPair:
    one, other = dice.sample(list(actors), 2)
    return LabelledPair("any", _tell(one, dice), other["id"], False)


def _place(dice: random.Random) -> Row:
    return {"commune_code": dice.choice(_ELSEWHERE), "site": ""}
