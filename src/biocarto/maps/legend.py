"""What a map says about its colours, ready to be drawn by the browser as plain text."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from biocarto.analysis.coverage.coverage import Meaning
from biocarto.analysis.coverage.territories import SCHEME_LABELS, SCHEME_NOTES, SMALL, Classes, Scheme
from biocarto.i18n import Locale
from biocarto.model import N_

NOTHING = N_("aucun acteur connu")


@dataclass(frozen=True)
class Legend:
    """Legend of a choropleth: texts in the visitor's language, already formatted.

    `classes` has one text per class number, from class 0 on (class 0 is "none": it stays the colour of the ground).
    Empty texts leave their entry out: `no_data` (class -1), `hatch` (the territories named in `hatched`), `note`.
    """

    title: str
    classes: tuple[str, ...]
    unit: str = ""
    no_data: str = ""
    hatch: str = ""
    note: str = ""


def write_value(value: object, digits: int, t: Locale) -> str:
    """A value as people write it; a dash where it is missing."""
    return "—" if pd.isna(value) else t.number(float(value), digits).replace("-", "−")  # type: ignore[arg-type,call-overload]


def describe_scheme(scheme: Scheme, t: Locale) -> str:
    """How the class breaks of a legend were chosen, in words."""
    return t("{label} : {words}").format(label=t(SCHEME_LABELS[scheme]), words=t(SCHEME_NOTES[scheme]))


def _write_bounds(low: float, high: float, digits: int, t: Locale) -> str:
    first, last = write_value(low, digits, t), write_value(high, digits, t)
    return first if first == last else f"{first} – {last}"


def build_legend(
    classes: Classes, title: str, meaning: Meaning, t: Locale, *, scheme: Scheme, hatched: bool, lacking: bool, outside: str = ""
) -> Legend:
    """Title, classes, unit, no data, hatch and how the breaks were chosen; `hatched` and `lacking` leave out what the map has not.

    `outside` says what no data means where it is not the measure that lacks.
    """
    return Legend(
        title,
        (t(NOTHING), *(_write_bounds(low, high, meaning.digits, t) for low, high in classes.bounds)),
        unit=t("{label} : {words}").format(label=t("Unité"), words=t(meaning.unit)),
        no_data=(outside or t("pas de donnée")) if lacking else "",
        hatch=t("repose sur moins de {n} sites : fragile").format(n=SMALL) if hatched else "",
        note="" if outside else describe_scheme(scheme, t),
    )
