"""Which column of the register each column of a file is: by its name, its label, what people call it, what its cells hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from biocarto.desk.intake.content import LOOSE, guess_field
from biocarto.desk.intake.header import EXAMPLES
from biocarto.desk.intake.intake_error import IntakeError, build_intake_error
from biocarto.desk.intake.staging import ColumnMatch, MatchReason, StagedSheet
from biocarto.desk.intake.synonyms import OTHERS, find_synonyms, is_loose, is_personal, list_columns, list_variants
from biocarto.desk.points import list_computed
from biocarto.errors import quote_value
from biocarto.i18n import Locale
from biocarto.names import fold
from biocarto.register.delimited import name_column
from biocarto.register.headers import translate_header
from biocarto.register.readback import find_labels
from biocarto.register.schema import Resource
from biocarto.territory.territory import Territory

_NAME, _LABEL, _SYNONYM, _LOOSE_SYNONYM, _VARIANT = 1.0, 0.95, 0.9, 0.7, 0.05
_LEAST_LIKENESS = 86
"""Likeness, 0 to 100, from which a header is another one with a typing error."""
_SHORTEST = 5
"""Letters of a header that may have a typing error."""
_MAIN = "actors"
_LEAD = 1.0
"""How much more another table must explain of a file than actors do: a list of organisations is what people import."""
_NEW = frozenset({"name", "member_name", "title_fr", "name_fr", "label_fr", "indicator_fr"})
"""Columns of which a row of a table has one, whatever else it says."""


@dataclass(frozen=True)
class _Meaning:
    """What a header may mean."""

    field: str
    score: float
    reason: MatchReason | None = None


_NOTHING = _Meaning("", 0.0)


def choose_resource(staged: StagedSheet, package: Mapping[str, Resource]) -> str:
    """The table that a file is about; raises IntakeError for columns of another kind of register, with what was understood."""
    scores = {name: _explain_headers(staged, resource) for name, resource in package.items()}
    if staged.header_line == 0:
        return _MAIN
    best = max(scores, key=lambda name: (scores[name], name == _MAIN))
    if best != _MAIN and scores[best] <= scores[_MAIN] + _LEAD and scores[_MAIN] > 0:
        best = _MAIN
    if not scores[best]:
        raise _build_foreign_error(staged, package)
    return best


def map_columns(
    staged: StagedSheet,
    resource: Resource,
    fields: Mapping[int, str],
    remembered: Mapping[int, str],
    territory: Territory | None = None,
) -> tuple[ColumnMatch, ...]:
    """What each column is, by place; no two are the same one.

    `fields` is what a person says, `remembered` what one said of the last file of this shape. With a territory, cells that are names of
    communes are recognised too.
    """
    claims: list[tuple[int, _Meaning]] = []
    for place in range(len(staged.headers)):
        if place in fields:
            claims.append((place, _Meaning(fields[place], 2.0, MatchReason.CHOSEN)))
        elif place in remembered and remembered[place] in {*resource.fields, ""}:
            claims.append((place, _Meaning(remembered[place], 1.5, MatchReason.REMEMBERED)))
        else:
            claims += [(place, meaning) for meaning in _list_meanings(staged, place, resource, territory)]
    given: dict[int, _Meaning] = {}
    taken: set[str] = set()
    for place, meaning in sorted(claims, key=lambda claim: (-claim[1].score, claim[0])):
        if place not in given and meaning.field not in taken:
            given[place] = meaning
            taken |= {meaning.field} - {""}
    return tuple(
        ColumnMatch(place, header, name_column(place), told.field, min(told.score, 1.0), told.reason)
        for place, header in enumerate(staged.headers)
        if (header or (staged.cells[place] != "").any()) and (told := given.get(place, _NOTHING))
    )


def _list_meanings(staged: StagedSheet, place: int, resource: Resource, territory: Territory | None) -> list[_Meaning]:
    """What a column may be, surest first."""
    header = staged.headers[place]
    if is_personal(header):
        return []
    found = _read_header(header, resource)
    if found.score >= _LABEL or (not found.field and found.reason):
        return [found] if found.field else []
    name, score = guess_field(staged.cells[place], resource, territory)
    if name in list_computed(resource.name) or (name == "founded" and header) or (score <= LOOSE and found.field):
        name = ""
    by_content = _Meaning(name, score, MatchReason.CONTENT)
    return [meaning for meaning in (found, by_content) if meaning.field]


def _read_header(header: str, resource: Resource) -> _Meaning:
    """What a header means in a table; no field, but a reason, where it is known to mean nothing of the table."""
    if not fold(header):
        return _NOTHING
    labels, synonyms = find_labels(resource).headers, find_synonyms(resource.name, tuple(resource.fields))
    for place, variant in enumerate(list_variants(header)):
        less = _VARIANT * bool(place)
        name = next((name for name in resource.fields if fold(name) == variant), "") or labels.get(variant, "")
        if name in list_computed(resource.name):
            return _Meaning("", 0.0, MatchReason.LABEL)
        if name in resource.fields:
            is_name = fold(name) == variant
            return _Meaning(name, (_NAME if is_name else _LABEL) - less, MatchReason.NAME if is_name else MatchReason.LABEL)
        meant = synonyms.get(variant, "")
        if meant and meant not in list_computed(resource.name):
            sure = _LOOSE_SYNONYM if is_loose(resource.name, variant, meant) else _SYNONYM
            return _Meaning(meant, sure - less, MatchReason.LABEL)
        if meant or variant in list_columns() or variant in OTHERS:
            return _Meaning("", 0.0, MatchReason.LABEL)
    return _find_near(fold(header), resource)


def list_unread_points(columns: Iterable[ColumnMatch], resource: Resource) -> tuple[ColumnMatch, ...]:
    """Columns that are left out because the register finds them itself: the place of an actor."""
    computed, synonyms = list_computed(resource.name), find_synonyms(resource.name, tuple(resource.fields))
    words = {fold(name) for name in computed} | {word for word, name in synonyms.items() if name in computed}
    words |= {word for word, name in find_labels(resource).headers.items() if name in computed}
    return tuple(column for column in columns if not column.field and words & {*list_variants(column.header)})


def _find_near(header: str, resource: Resource) -> _Meaning:
    """A header with a typing error."""
    if len(header) < _SHORTEST:
        return _NOTHING
    own = {fold(name): name for name in resource.fields if name not in list_computed(resource.name)}
    known = find_labels(resource).headers
    words = {
        **{key: name for key, name in find_synonyms(resource.name, tuple(resource.fields)).items() if name in own.values()},
        **{key: name for key, name in known.items() if name in own.values()},
        **own,
    }
    near = process.extractOne(header, list(words), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS)
    return _Meaning(words[near[0]], round(near[1] / 100 * _LABEL * 0.9, 3), MatchReason.LABEL) if near else _NOTHING


# --- which table ------------------------------------------------------------------------------------------------------


def _explain_headers(staged: StagedSheet, resource: Resource) -> float:
    """How much of a file a table explains: the sum of what its headers mean there; 0 for one that could not say which row it is about."""
    found: dict[str, float] = {}
    for header in staged.headers:
        meaning = _NOTHING if is_personal(header) else _read_header(header, resource)
        if meaning.field:
            found[meaning.field] = max(found.get(meaning.field, 0.0), meaning.score)
    named = sum(bool(header) for header in staged.headers)
    keys = {*_NEW, *("siret", "siren", "rnsr")} | {name for key in resource.keys for name in key}
    if not keys & found.keys() or (len(found) < 2 and named > 2):
        return 0.0
    return sum(found.values()) if len(found) >= 3 or 4 * len(found) >= named else 0.0


def _build_foreign_error(staged: StagedSheet, package: Mapping[str, Resource]) -> IntakeError:
    """The error of columns that no table explains: those that are understood, those that are not, and what would be expected."""
    meanings = {header: _read_header(header, package[_MAIN]) for header in staged.headers if header}
    known = [header for header, meaning in meanings.items() if meaning.field]
    others = [header for header in meanings if header not in known]
    expected = [", ".join(translate_header(name, Locale(lang)) for name in EXAMPLES) for lang in ("fr", "en")]
    unknown = quote_value(", ".join(others))
    understood = quote_value(", ".join(known)) if known else ""
    return build_intake_error(
        staged.file,
        (
            f"à la ligne {staged.header_line}, les colonnes d'un autre registre. "
            f"Compris : {understood or 'aucune'} ; non compris : {unknown}. "
            f"Attendu, par exemple : {expected[0]}.",
            f"in line {staged.header_line}, the columns of another register. "
            f"Understood: {understood or 'none'}; not understood: {unknown}. "
            f"Expected, for example: {expected[1]}.",
        ),
        (
            "Vérifiez que c'est le bon fichier ; sinon, renommez les colonnes qui disent quel organisme c'est et où il est.",
            "Check that this is the right file; if it is, rename the columns that tell which organisation it is and where.",
        ),
    )
