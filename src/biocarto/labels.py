"""How codes are read by people: values of a filter, groups, counts, dates and sources, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from biocarto.i18n import Locale, choose_plural, format_number
from biocarto.model import (
    CATEGORY_LABELS,
    KIND_LABELS,
    MODALITY_LABELS,
    N_,
    NP_,
    OWNERSHIP_LABELS,
    PRECISION_LABELS,
    PRESENCE_LABELS,
    SYMBOLS,
    Presence,
)
from biocarto.query.filters import UNKNOWN, YEAR
from biocarto.query.site_roles import SITE_ROLE_LABELS
from biocarto.register import freshness, vocabulary
from biocarto.register.catalogue import Catalogue
from biocarto.rows import Row

FIELD_LABELS = {
    "kind": N_("Type"),
    "category": N_("Catégorie"),
    "modality": N_("Modalité"),
    "department": N_("Département"),
    "epci": N_("EPCI ou EPT"),
    "commune": N_("Commune"),
    "site": N_("Site"),
    "status": N_("Statut"),
    "founded": N_("Création"),
    "source_year": N_("Année de la source"),
    "precision": N_("Position connue"),
    "network": N_("Réseau"),
    "ownership": N_("Propriétaire"),
    "role": N_("Rôle"),
    "region": N_("Région"),
    YEAR: N_("Date"),
}

PERIOD_LABELS = {
    "-1989": N_("Avant 1990"),
    "1990s": N_("1990 à 1999"),
    "2000s": N_("2000 à 2009"),
    "2010-2014": N_("2010 à 2014"),
    "2015-2019": N_("2015 à 2019"),
    "2020-": N_("Depuis 2020"),
    "unknown": N_("Année inconnue"),
}

SITE_TYPE_LABELS = {**vocabulary.SITE_TYPES, "": N_("Nature non précisée")}

SITE_STATUS_LABELS = {
    **PRESENCE_LABELS,
    Presence.PLANNED: N_("Création ou extension annoncée"),
}
"""How a site of the nation is said to be: an announced extension is not told from a new site."""

GEOGRAPHIES = {
    name: name
    for name in (
        N_("Monde"),
        N_("Europe"),
        N_("France"),
        N_("Île-de-France"),
        N_("Allemagne"),
        N_("Royaume-Uni"),
        N_("Irlande"),
        N_("Italie"),
    )
}

_FIXED: dict[str, Mapping[Any, str]] = {
    "kind": KIND_LABELS,
    "category": CATEGORY_LABELS,
    "modality": MODALITY_LABELS,
    "status": PRESENCE_LABELS,
    "ownership": OWNERSHIP_LABELS,
    "founded": PERIOD_LABELS,
    "source_year": {"-2014": N_("Avant 2015, à vérifier"), "unknown": N_("Année inconnue")},
    "precision": PRECISION_LABELS,
    "role": SITE_ROLE_LABELS,
}


def label_option(name: str, value: str, catalogue: Catalogue, t: Locale) -> str:
    """The label of one value of a filter; the value itself where nothing better is known."""
    if name == YEAR:
        return write_year_end(value, catalogue.edition, t)
    if name in _FIXED:
        return t(_FIXED[name].get(value, value))
    territory = catalogue.territory
    names = {
        "department": territory.departments,
        "epci": territory.epci,
        "commune": territory.communes,
        "site": catalogue.sites,
        "network": catalogue.networks,
        "region": territory.regions,
    }
    return str(names[name]["name"].get(value, value))


PAST_NOTE = N_("Année de création de l'organisme, adresse et population d'aujourd'hui.")
"""How a year of the past is to be read."""


def write_year_end(year: str, edition: str, t: Locale) -> str:
    """The day that a year of the past means: its last one, or that of the edition in its own year."""
    day = edition[:10] if year == edition[:4] else f"{year}-12-31"
    return t("état au {day}").format(day=t.day(day))


def write_undated(count: int, t: Locale) -> str:
    """How many sites no date places in the year that is shown."""
    return t.write_count(count, "{n} site sans date connue", "{n} sites sans date connue")


def rank_value(name: str, value: str) -> int:
    """Where a value stands when its field has an order of its own: periods and years as they pass, the unknown last."""
    if name == "founded":
        return list(PERIOD_LABELS).index(value)
    if name == "source_year":
        return -int(value) if value.isdigit() else int(value == UNKNOWN)
    return 0


def label_groups(t: Locale) -> dict[str, str]:
    """Group key -> label, in the order of the legend."""
    return {symbol.key: t(symbol.label) for symbol in SYMBOLS}


def label_group(facet: str, value: str, t: Locale) -> str:
    """The actors that have one value of a facet of fixed values; all of them for an empty facet."""
    if not facet:
        return t("Tous les acteurs")
    return t("{label} : {words}").format(label=t(FIELD_LABELS[facet]), words=t(_FIXED[facet][value]))


def label_modalities(values: tuple[str, ...], t: Locale) -> str:
    """Modalities as one text."""
    return ", ".join(t(MODALITY_LABELS[value]) for value in values)  # type: ignore[index]


def label_count(count: int, one: str, many: str, lang: str) -> str:
    """`1 site`, `3 000 sites`, from the French forms."""
    return f"{format_number(count, lang)} {choose_plural(count, one, many, lang)}"


_QUALIFIED = {"over": N_("plus de {number}"), "min": N_("au moins {number}"), "about": N_("environ {number}")}
"""What a source puts in front of a number -> how it is written; a number without is exact."""

FLOORS = ("over", "min")


def qualify_number(written: str, qualifier: str, t: Locale, *, short: bool = False) -> str:
    """A number as its source means it: more than 3,000; `short` is for a big figure, where a floor is `3,000+`."""
    if short and qualifier in FLOORS:
        return f"{written}+"
    return t(_QUALIFIED[qualifier]).format(number=written) if qualifier else written


def write_figure_date(row: Row, t: Locale) -> str:
    """When a figure holds, as far as its page says; of a target the year that it is for: `2022, objectif 2030`."""
    target = row.get("target_year")
    aim = "" if target is None or pd.isna(target) else t("objectif {year}").format(year=target)
    return ", ".join(filter(None, (t.day(str(row["as_of"])), aim)))


KIND_COUNTS = {
    "company": NP_("entreprise", "entreprises"),
    "research_centre": NP_("centre de recherche", "centres de recherche"),
    "incubator": NP_("incubateur", "incubateurs"),
    "integrator": NP_("intégrateur", "intégrateurs"),
}


def name_city(catalogue: Catalogue, row: Row, t: Locale) -> str:
    """The name of a member's city in a language."""
    table = catalogue.cities
    abroad = table[table["country"].eq(row["country"]) & table["name_fr"].eq(row["city"])]
    return str(abroad.iloc[0]["name_en"]) if t.language == "en" and len(abroad) else str(row["city"])


def join_words(texts: list[str], last: str) -> str:
    """`a, b and c`: `last` is the word between the last two."""
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}" if len(texts) > 1 else "".join(texts)


APART = {
    Presence.PRESENT: NP_("présent", "présents"),
    Presence.DATED: NP_("d'une page d'avant 2015", "d'une page d'avant 2015"),
    Presence.PLANNED: NP_("en projet", "en projet"),
    Presence.UNKNOWN: NP_("de statut inconnu", "de statut inconnu"),
    Presence.FORMER: NP_("ancien", "anciens"),
}
"""How sites of each presence are counted in words, after a number."""

COMPANIES_APART = {
    Presence.DATED: NP_("présente selon une page d'avant 2015", "présentes selon une page d'avant 2015"),
    Presence.PLANNED: NP_("en projet", "en projet"),
    Presence.UNKNOWN: NP_("de statut inconnu", "de statut inconnu"),
    Presence.FORMER: NP_("fermée ou partie", "fermées ou parties"),
}
"""The same of companies without a present site."""


def write_apart_count(actors: pd.DataFrame, lang: str) -> str:
    """The sites that a headline does not count, by what is known of them: `3 en projet, 1 ancien`; empty where it counts all."""
    counts = actors["presence"].value_counts()
    kinds = [(presence, forms) for presence, forms in APART.items() if presence is not Presence.PRESENT and counts.get(presence, 0)]
    return ", ".join(label_count(int(counts[presence]), *forms, lang) for presence, forms in kinds)


def tell_old_share(actors: pd.DataFrame, edition: str, t: Locale) -> str:
    """`41 % sur des pages de 2021 ou avant`; empty without any row."""
    share = t.percent(freshness.compute_old_share(actors["status_year"], edition)) if len(actors) else ""
    return t("{share} sur des pages de {year} ou avant").format(share=share, year=freshness.find_old_year(edition)) if share else ""


def count_kinds(actors: pd.DataFrame, t: Locale) -> str:
    """Every kind by organisation: `99 entreprises, 53 centres de recherche et 2 intégrateurs`."""
    by_kind = actors.groupby("kind")["organisation"].nunique()
    parts = [label_count(int(by_kind[kind]), *forms, t.language) for kind, forms in KIND_COUNTS.items() if kind in by_kind]
    return join_words(parts, t("et"))


def summarise_sites(actors: pd.DataFrame, t: Locale) -> str:
    """What a selection holds, in words: sites by row, and every kind by organisation."""
    sites, kinds = label_count(len(actors), "site d'acteur", "sites d'acteurs", t.language), count_kinds(actors, t)
    return f"{sites}{t.colon}{kinds}" if kinds else sites


def summarise_selection(actors: pd.DataFrame, total: int, t: Locale) -> str:
    """The same of a page, which says how many of all it shows."""
    shown, kinds = label_count(len(actors), "site affiché", "sites affichés", t.language), count_kinds(actors, t)
    whole = f"{shown} {t('sur')} {t.number(total)}"
    return f"{whole}{t.colon}{kinds}" if kinds else whole
