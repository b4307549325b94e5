"""The key figures of a territory: sites, companies, rate, density, rank and people, the region's value beside each."""

from __future__ import annotations

import pandas as pd

from biocarto import labels
from biocarto.analysis.coverage import coverage
from biocarto.analysis.coverage.coverage import MEANINGS, Indicator
from biocarto.analysis.coverage.territories import SMALL
from biocarto.export.report.coverage.subject import ReportContext, convert_cell
from biocarto.export.report.model import KeyFigure
from biocarto.model import N_, Level

REGISTER = N_("Répertoire public BioCarto")
COUNTED = N_("calculé : répertoire, population INSEE")
IGN, INSEE = "IGN", "INSEE"
"""Publishers whose page a rate, a density and a population lead to."""

LEVELS = {
    Level.DEPARTMENT: N_("départements"),
    Level.EPCI: N_("EPCI et EPT"),
    Level.COMMUNE: N_("communes"),
}


def _beside(subject: ReportContext, indicator: Indicator, small: bool = False) -> str:
    """The region's value, and a warning where the territory's own rests on few sites."""
    t = subject.text
    digits = MEANINGS[indicator].digits
    told = [] if subject.whole else [t("Île-de-France : {value}").format(value=subject.write_number(subject.region_row[indicator], digits))]
    return " · ".join([*told, *([t("fragile : moins de {n} sites").format(n=SMALL)] if small else [])])


def _note(subject: ReportContext, indicator: Indicator, small: bool) -> str:
    """What stands beside a figure; beside the number of sites also how much of it rests on old pages."""
    told = [_beside(subject, indicator, small)]
    if indicator is Indicator.COUNT:
        told.append(labels.tell_old_share(subject.sites, subject.catalogue.edition, subject.text))
    return " · ".join(filter(None, told))


def _list_measures(subject: ReportContext) -> list[KeyFigure]:
    """Sites, companies, rate and density, the region's beside each."""
    t, version = subject.text, str(subject.catalogue.resources["actors"][f"date_{subject.lang}"])
    on_few = bool(subject.row["small"])
    words = {
        Indicator.COUNT: (t("sites d'acteurs nommés"), "", t(REGISTER), ""),
        Indicator.COMPANIES: (t("entreprises distinctes"), "", t(REGISTER), ""),
        Indicator.RATE: (t("sites rapportés à la population"), t("pour 100 000 hab."), t(COUNTED), INSEE),
        Indicator.DENSITY: (t("sites rapportés à la superficie"), t("pour 100 km²"), t("calculé : répertoire, superficie IGN"), IGN),
    }
    return [
        KeyFigure(
            convert_cell(subject.row[indicator]),
            label,
            source,
            unit,
            MEANINGS[indicator].digits,
            url=subject.find_page(publisher) if publisher else "",
            date=version,
            note=_note(subject, indicator, on_few and bool(publisher)),
        )
        for indicator, (label, unit, source, publisher) in words.items()
    ]


def find_ranks(subject: ReportContext) -> tuple[int, int] | None:
    """Place among the territories of its level by number of sites, and by rate; equals share a place; None without any site."""
    if not subject.row["count"]:
        return None
    table = subject.measured.table
    by_count, by_rate = (table[column].rank(ascending=False, method="min")[subject.code] for column in ("count", "rate"))
    return int(by_count), 0 if pd.isna(by_rate) else int(by_rate)


def _place(subject: ReportContext) -> KeyFigure:
    """The rank; of the region, how many of its communes have a site."""
    t, level = subject.text, LEVELS.get(subject.level)
    if level is None:
        occupied = int(coverage.measure(subject.actors, subject.catalogue.territory, Level.COMMUNE).table["count"].gt(0).sum())
        unit = t("sur {n}").format(n=subject.write_number(len(subject.communes)))
        return KeyFigure(occupied, t("communes qui ont un site"), t(REGISTER), unit)
    label, source = t("rang par le nombre de sites"), t("calculé parmi les territoires d'Île-de-France")
    found = find_ranks(subject)
    if found is None:
        return KeyFigure(None, label, source, note=t("sans site, pas de rang"))
    unit = t("sur {n} {territories}").format(n=subject.write_number(len(subject.measured.table)), territories=t(level))
    note = t("rapporté à la population : rang {rank}").format(rank=found[1]) if found[1] else ""
    return KeyFigure(found[0], label, source, unit, note=note)


def list_figures(subject: ReportContext) -> tuple[KeyFigure, ...]:
    """All six; a territory without known people has no rate, and that is said."""
    t, people = subject.text, convert_cell(subject.row["population"])
    year = "" if people is None else str(subject.outline["population_year"])
    note = t("population inconnue : pas de taux") if not people else _beside_people(subject)
    return (
        *_list_measures(subject),
        _place(subject),
        KeyFigure(people, t("population municipale"), INSEE, t("habitants"), url=subject.find_page(INSEE), date=year, note=note),
    )


def _beside_people(subject: ReportContext) -> str:
    if subject.whole:
        return ""
    t = subject.text
    return t("Île-de-France : {value}").format(value=subject.write_number(subject.region_row["population"]))
