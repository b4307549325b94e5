"""What the scripts of the static edition know: maps, rows, facets, search index and words, as values for JSON."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from biocarto import labels
from biocarto.analysis import tour
from biocarto.analysis.coverage import territories
from biocarto.analysis.coverage.coverage import MEANINGS, Indicator
from biocarto.analysis.coverage.territories import LEVEL_COLUMNS, SCHEME_LABELS, SCHEME_NOTES, SMALL, Classes, Measure, Scheme
from biocarto.analysis.places import group_by_place
from biocarto.analysis.whereabouts import PLACE_NOTES, UNKNOWN_DISTRICT
from biocarto.build.static_edition.content import Content
from biocarto.i18n import Locale, choose_plural, format_number
from biocarto.maps.actors import SCALE, build_actor_layer
from biocarto.maps.assets import Assets
from biocarto.maps.base import FRANCE, ILE_DE_FRANCE, View, build_base_map
from biocarto.maps.choropleth import build_choropleth_layer
from biocarto.maps.legend import Legend
from biocarto.maps.tour import build_tour_layer
from biocarto.model import NP_, SYMBOLS, Level, Presence
from biocarto.query.filters import COLUMNS, COUNTED, LONGEST_TEXT, OLD
from biocarto.query.search import ALSO, MOST_WORDS, NAME, SILENT, SearchIndex, stem
from biocarto.rows import list_rows

Payload = dict[str, Any]

VIEWS: dict[str, View] = {
    "tour-small": FRANCE.make_small(),
    "region-small": ILE_DE_FRANCE.make_small(),
    "region": ILE_DE_FRANCE,
    "tour": FRANCE,
}
"""Name of a map in the pages -> its view; the directory has that of the region."""


def name_boundary_file(key: str) -> str:
    """The script that holds one boundary file."""
    return f"boundaries-{key}.js"


def _config(view: View, assets: Assets) -> Payload:
    """What `BioCarto.base` gets, with our scripts as boundary files."""
    config: Payload = json.loads(build_base_map(assets, view).config)
    return config | {"boundaries": {key: name_boundary_file(key) for key in view.list_boundary_keys()}}


def _tour(content: Content, t: Locale) -> Payload:
    stages = content.catalogue.stages
    titles = [t.read_cell(stage, "title") for stage in list_rows(stages)]
    drawn = stages[["order", "region_codes"]].assign(title=titles)
    return build_tour_layer(drawn, tour.place_anchors(content.catalogue), tour.locate_seats(content.catalogue), t).payload


def _format_value(value: object, digits: int, lang: str) -> str:
    return "—" if pd.isna(value) else format_number(float(value), lang, digits)  # type: ignore[arg-type,call-overload]


def _legend(measure: Measure, classes: Classes, t: Locale) -> Legend:
    meaning = MEANINGS[Indicator(measure.value)]
    bounds = [dict.fromkeys(_format_value(bound, meaning.digits, t.language) for bound in pair) for pair in classes.bounds]
    return Legend(
        t(meaning.label),
        (t("aucun acteur connu"), *(" – ".join(texts) for texts in bounds)),
        no_data=t("pas de donnée") if (classes.of < 0).any() else "",
        hatch=t("repose sur moins de {n} sites : fragile").format(n=SMALL) if measure is Measure.RATE else "",
        note=t("{label} : {words}").format(label=t(SCHEME_LABELS[Scheme.NATURAL]), words=t(SCHEME_NOTES[Scheme.NATURAL])),
    )


def _choropleth(table: pd.DataFrame, level: Level, measure: Measure, t: Locale) -> Payload:
    meaning = MEANINGS[Indicator(measure.value)]
    values = table[measure.value].astype("Float64").astype(float)
    classes = territories.classify_values(values)
    told = pd.Series([f"{_format_value(value, meaning.digits, t.language)} · {t(meaning.unit)}" for value in values], index=values.index)
    fragile = table.index[table["small"]] if measure is Measure.RATE else ()
    legend = _legend(measure, classes, t)
    return build_choropleth_layer(level, classes.of, legend, t, values=told, hatched=list(fragile)).payload


def _territories(content: Content, t: Locale) -> tuple[dict[str, Payload], dict[str, dict[str, str]]]:
    """The choropleth of each level and measure, and the names of the territories of each level."""
    layers: dict[str, Payload] = {}
    names: dict[str, dict[str, str]] = {}
    for level in LEVEL_COLUMNS:
        table = territories.count_per_territory(content.shown, content.catalogue.territory, level)
        names[level.value] = {str(code): str(name) for code, name in table["name"].items()}
        layers |= {f"{level}-{measure}": _choropleth(table, level, measure, t) for measure in Measure}
    return layers, names


def _places(content: Content) -> list[list[Any]]:
    """Every place, by id: id, name, latitude and longitude in the whole numbers of the actor layer (None of an area), precision."""
    rows = list_rows(group_by_place(content.actors).reset_index())
    return [[row["place_id"], row["name"], _whole(row["latitude"]), _whole(row["longitude"]), row["precision"]] for row in rows]


def _whole(degrees: float) -> int | None:
    return None if pd.isna(degrees) else round(degrees * SCALE)


def _rows(content: Content) -> Payload:
    """Columns of the actors; `place` is a row of `_places`, `group` one of the symbols, `organisation` a number per distinct name."""
    actors = content.actors
    order = {place: number for number, (place, *_) in enumerate(_places(content))}
    return {
        "ids": list(actors.index),
        "names": [str(name) for name in actors["name"]],
        "place": [order[place] for place in actors["place_id"]],
        "group": [[symbol.key for symbol in SYMBOLS].index(group) for group in actors["group"]],
        "kind": list(actors["kind"]),
        "apart": [int(presence != Presence.PRESENT) for presence in actors["presence"]],
        "organisation": pd.factorize(actors["organisation"])[0].tolist(),
        "order": content.index.order.tolist(),
        "redirects": dict(content.catalogue.redirects),
    }


def _facet(name: str, content: Content, t: Locale) -> Payload:
    """Values of a facet in the order of their codes, and the numbers of those that each row has."""
    codes = content.facets.values[name]
    place = {code: number for number, code in enumerate(codes)}
    cells = content.actors[COLUMNS[name]]
    held = [[place[code] for code in (cell if isinstance(cell, tuple) else (cell,)) if code in place] for cell in cells]
    return {
        "label": t(labels.FIELD_LABELS[name]),
        "codes": list(codes),
        "labels": [labels.label_option(name, code, content.catalogue, t) for code in codes],
        "ranks": [labels.rank_value(name, code) for code in codes],
        "held": held,
    }


def write_index(index: SearchIndex) -> Payload:
    """A search index as the scripts read it: numbers of words and rows, and what Python's search knows besides."""
    return {
        "words": " ".join(index.words),
        "starts": index.starts.tolist(),
        "rows": index.rows.tolist(),
        "weights": index.weights.tolist(),
        "names": {name: list(rows) for name, rows in index.names.items()},
        "also": {word: [stem(other) for other in others.split()] for word, others in ALSO.items()},
        "silent": sorted(SILENT),
        "longest": LONGEST_TEXT,
        "mostWords": MOST_WORDS,
        "nameWeight": NAME,
    }


def _forms(lang: str, one: str, many: str) -> list[str]:
    """What stands after one, and after several."""
    return [choose_plural(n, one, many, lang) for n in (1, 2)]


def _texts(t: Locale) -> Payload:
    return {
        "sites": _forms(t.language, *NP_("site affiché", "sites affichés")),
        "kinds": {kind: _forms(t.language, *forms) for kind, forms in labels.KIND_COUNTS.items()},
        "actorSites": _forms(t.language, *NP_("site d'acteur", "sites d'acteurs")),
        "of": t("sur"),
        "and": t("et"),
        "placeNotes": {precision: t(note) for precision, note in PLACE_NOTES.items()},
        "unknownDistrict": t(UNKNOWN_DISTRICT),
        "remove": t("Retirer ce filtre"),
        "wholeList": t("Revenir à toute la liste"),
        "outside": t("Hors de la sélection : les filtres choisis ne retiennent pas cet acteur."),
        "unknown": t("Le lien demandait ce que cette édition ne connaît pas : {values}. Le reste est en place."),
    }


def build_payload(content: Content, assets: Assets, t: Locale) -> Payload:
    """Everything for one language."""
    choropleths, names = _territories(content, t)
    return {
        "lang": t.language,
        "files": {"fr": "index.html", "en": "en.html"},
        "texts": _texts(t),
        "maps": {name: _config(view, assets) for name, view in VIEWS.items()},
        "tour": _tour(content, t),
        "clusterStages": tour.list_cluster_stages(content.catalogue.stages).groupby("cluster")["stage"].min().to_dict(),
        "actors": build_actor_layer(group_by_place(content.shown), t).payload,
        "choropleths": choropleths,
        "territories": names,
        "groups": [symbol.key for symbol in SYMBOLS],
        "places": _places(content),
        "rows": _rows(content),
        "facets": {name: _facet(name, content, t) for name in COLUMNS},
        "counted": COUNTED,
        "old": OLD,
        "search": write_index(content.index),
    }
