"""France: which regions the Tour, its organisers, ENOSIS and the known sites reach, on a map, in tables, and site by site."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from biocarto import labels, rows
from biocarto.analysis.coverage import national, territories
from biocarto.i18n import Locale
from biocarto.maps.base import FRANCE
from biocarto.maps.choropleth import build_choropleth_layer
from biocarto.maps.layer import ScriptLayer
from biocarto.maps.legend import Legend, describe_scheme
from biocarto.model import Level
from biocarto.register import vocabulary
from biocarto.register.catalogue import Catalogue
from biocarto.render import html
from biocarto.rows import Row
from biocarto.ui.shared import address, cache, choropleths, data_table, map_view, selectable
from biocarto.ui.shared.language import build_link_params, get_language, get_locale
from biocarto.ui.shared.markup import show_html


def _pick_region(kind: str, identity: str) -> None:
    """A tap on the map opens a region."""
    if kind == "territory":
        address.write("region", identity)


def _names(ids: tuple[str, ...], catalogue: Catalogue) -> str:
    return ", ".join(str(catalogue.clusters.at[cluster, "name"]) for cluster in ids)


def _count(value: object, t: Locale) -> str:
    """Known sites, or that Île-de-France's are elsewhere."""
    return t("voir le répertoire") if pd.isna(value) else get_locale().number(int(value))  # type: ignore[call-overload]


def _tooltips(found: pd.DataFrame, catalogue: Catalogue) -> pd.Series:
    """Known sites, stage and clusters of each region, in a line."""
    t, order = get_locale(), catalogue.stages["order"]
    lines = []
    for row in rows.list_rows(found):
        stage = t("étape {n}").format(n=order[row["stage"]]) if row["stage"] else t("sans étape")
        covered = _names(row["clusters"], catalogue) or t("aucun pôle connu")
        lines.append(" · ".join((t("Sites connus : {n}").format(n=_count(row["sites"], t)), stage, covered)))
    return pd.Series(lines, index=found.index)


def _layer(found: pd.DataFrame, catalogue: Catalogue, selected: str) -> ScriptLayer:
    """Regions by number of known sites; those that nothing reaches are hatched."""
    t = get_locale()
    breaks = choropleths.read_scheme()
    classes = territories.classify_values(found["sites"], scheme=breaks)
    ranges = [t.number(low) if low == high else f"{t.number(low)} – {t.number(high)}" for low, high in classes.bounds]
    legend = Legend(
        t("Sites connus"),
        (t("aucun site connu"), *ranges),
        unit=t("de pages publiques, ce n'est pas un recensement"),
        no_data=t("voir le répertoire d'Île-de-France"),
        hatch=t("rien ne la couvre dans nos sources"),
        note=describe_scheme(breaks, t),
    )
    values, bare = _tooltips(found, catalogue), national.list_uncovered(found)
    return build_choropleth_layer(
        Level.REGION, classes.of, legend, t, values=values, hatched=bare, selected=selected, theme=map_view.read_theme()
    )


def _clusters(ids: tuple[str, ...], catalogue: Catalogue) -> Markup:
    return Markup(", ").join(
        html.render_inner_link("reseaux", build_link_params("cluster", key), str(catalogue.clusters.at[key, "name"])) for key in ids
    )


def _stages(stages: tuple[str, ...], catalogue: Catalogue) -> Markup:
    t, order = get_locale(), catalogue.stages["order"]
    return Markup(", ").join(
        html.render_inner_link("bioproduction-tour", build_link_params("stage", stage), t("étape {n}").format(n=order[stage]))
        for stage in stages
    )


def _site(site: Row) -> Markup:
    """One known site: name, commune, what it makes, what its source says of it, and the source."""
    t = get_locale()
    kind = f"{t(labels.SITE_TYPE_LABELS[site['type']])}, {t(vocabulary.PERIMETERS[site['perimeter']]).lower()}"
    told = filter(None, (site["commune"], kind, t.read_cell(site, "modality"), t(labels.SITE_STATUS_LABELS[site["presence"]])))
    when = f" ({t.day(site['as_of'])})" if site["as_of"] else ""
    return Markup("<li><strong>{}</strong><br>{}<br>{}{}</li>").format(site["name"], " · ".join(told), html.render_source(site, t), when)


def _sites(code: str, catalogue: Catalogue) -> Markup:
    sites = catalogue.national_sites
    here = sites[sites["region_code"].eq(code)].sort_values("name", key=lambda names: names.str.casefold())
    return (
        Markup("<ul class='bc-clusters'>{}</ul>").format(Markup().join(_site(site) for site in rows.list_rows(here)))
        if len(here)
        else Markup()
    )


def _region(code: str, found: pd.DataFrame, catalogue: Catalogue) -> None:
    """What reaches the chosen region, and its known sites with their sources."""
    t = get_locale()
    row = rows.get_row(found, code)
    none = escape(t("aucun dans nos sources"))
    facts = [
        (t("Étape du Tour"), _stages((row["stage"],), catalogue) if row["stage"] else escape(t("aucune"))),
        (t("Organisée par"), escape(_names(row["organisers"], catalogue))),
        (t("Pôles et réseaux qui disent la couvrir"), _clusters(row["clusters"], catalogue) or none),
        (t("Membres d'Enosis Santé"), escape(_names(row["enosis"], catalogue)) or none),
        (t("Sites connus"), escape(_count(row["sites"], t))),
        (t("Autres sites cités"), escape(_count(row["apart"], t))),
    ]
    bare = Markup() if row["covered"] else Markup("<p>{}</p>").format(t("Rien ne couvre cette région dans nos sources."))
    show_html(
        Markup("<article class='bc-sheet'><h2>{}</h2>{}{}{}</article>").format(
            row["name"], bare, html.render_facts(facts), _sites(code, catalogue)
        )
    )


def _beside(code: str, found: pd.DataFrame, catalogue: Catalogue) -> None:
    if code:
        _region(code, found, catalogue)
    else:
        invitation = get_locale()(
            "Choisissez une région, sur la carte ou dans le tableau : ce qui la couvre, et ses sites avec leurs sources."
        )
        show_html(Markup("<div class='bc-empty'><p>{}</p></div>").format(invitation))


def _regions_table(found: pd.DataFrame, catalogue: Catalogue) -> None:
    """The map's twin: choosing a row opens the region."""
    lang = get_language()
    table = cache.make_once("national table", lambda: data_table.write_cells(_regions_frame(found, catalogue), lang), lang)
    selectable.show("national-regions", table, "region", height="content", alt=get_locale()("Ce qui couvre chaque région"))


def _regions_frame(found: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    t, order = get_locale(), catalogue.stages["order"]
    ordered = found.sort_values(["sites", "name"], ascending=[False, True], na_position="first")
    known = {t(label): ordered[perimeter] for perimeter, label in vocabulary.PERIMETERS.items()}
    return pd.DataFrame(
        {
            t("Région"): ordered["name"],
            t("Étape du Tour"): [order[stage] if stage else None for stage in ordered["stage"]],
            t("Organisée par"): [_names(ids, catalogue) for ids in ordered["organisers"]],
            t("Pôles et réseaux"): [_names(ids, catalogue) for ids in ordered["clusters"]],
            t("Enosis Santé"): [_names(ids, catalogue) for ids in ordered["enosis"]],
            t("Sites connus"): ordered["sites"],
            t("Autres sites cités"): ordered["apart"],
            **known,
            t("dont façonniers (CDMO)"): ordered["cdmo"],
            t("Couverte"): ordered["covered"],
        },
        index=ordered.index,
    ).astype({t("Étape du Tour"): "Int64"})


def _regions(codes: tuple[str, ...], catalogue: Catalogue) -> str:
    return ", ".join(str(catalogue.territory.regions.at[code, "name"]) for code in codes)


def _cluster_row(cluster: Row, catalogue: Catalogue) -> Markup:
    t = get_locale()
    seat = f"{cluster['commune']} ({_regions((cluster['seat_region'],), catalogue)})" if cluster["seat_region"] else t("non trouvé")
    cells = [
        escape(t(vocabulary.CLUSTER_TYPES[cluster["type"]])),
        escape(seat),
        escape(_regions(cluster["regions"], catalogue) or t("aucune page ne le dit")),
        escape(_regions(cluster["remote"], catalogue)),
        _stages(cluster["stages"], catalogue),
        escape(t("membre") if cluster["enosis"] else ""),
    ]
    name = html.render_inner_link("reseaux", build_link_params("cluster", str(cluster["id"])), str(cluster["name"]))
    return Markup("<tr><th scope='row'>{}</th>{}</tr>").format(name, Markup().join(Markup("<td>{}</td>").format(cell) for cell in cells))


def _clusters_table(catalogue: Catalogue) -> None:
    """Each cluster: which regions it says it covers, and from where."""
    t = get_locale()
    heads = (
        t("Pôle ou cluster"),
        t("Nature"),
        t("Siège"),
        t("Régions couvertes"),
        t("dont hors de la région du siège"),
        t("Étapes organisées"),
        t("Enosis Santé"),
    )
    head = Markup().join(Markup("<th scope='col'>{}</th>").format(label) for label in heads)
    body = Markup().join(
        _cluster_row(cluster, catalogue) for cluster in rows.list_rows(national.list_clusters(catalogue).reset_index(names="id"))
    )
    caption = t("Ce que chaque pôle ou cluster dit couvrir, et d'où")
    show_html(
        Markup(
            "<div style='overflow-x:auto' tabindex='0' role='region' aria-label='{}'><table class='bc-table'>"
            "<caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
        ).format(caption, caption, head, body)
    )


def _notes(found: pd.DataFrame, catalogue: Catalogue) -> None:
    """What the numbers are not, and the regions that nothing covers, by name."""
    t = get_locale()
    bare = _regions(tuple(national.list_uncovered(found)), catalogue)
    if bare:
        st.markdown(t("Régions que rien ne couvre dans nos sources : {names}.").format(names=bare))
    st.caption(f"{t(national.SITES_NOTE)} {t(national.COVERED_NOTE)}")


@st.fragment
def show(catalogue: Catalogue) -> None:
    """Drawn when it is opened, or when the address names a region; a choice reruns only this part of the page."""
    t = get_locale()
    chosen = address.read_value("region", set(catalogue.territory.regions.index))
    box = st.expander(
        t("La France : régions, étapes du Tour, pôles et sites connus"),
        expanded=bool(chosen),
        icon=":material/public:",
        key="coverage-france",
        on_change="rerun",
    )
    with box:
        if box.open:
            _show_opened(catalogue, chosen)


def _show_opened(catalogue: Catalogue, chosen: str) -> None:
    found = cache.make_once("national regions", lambda: national.list_regions(catalogue))
    drawing, beside = st.columns([2, 1])
    with drawing:
        title = get_locale()("Carte des régions de France")
        map_view.show(FRANCE, [_layer(found, catalogue, chosen)], _pick_region, height=560, title=title)
    with beside, st.container(border=True, height=560, key="region-beside"):
        _beside(chosen, found, catalogue)
    _notes(found, catalogue)
    _regions_table(found, catalogue)
    _clusters_table(catalogue)
