"""Two territories beside each other: maps that move together on one scale, and every measure of both."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from biocarto.analysis.coverage import compare
from biocarto.analysis.coverage.coverage import MEANINGS, Indicator
from biocarto.analysis.coverage.roles import ROLE_LABELS, ChainLink
from biocarto.maps.base import ILE_DE_FRANCE
from biocarto.maps.sync import build_sync_layer
from biocarto.model import Kind, Level
from biocarto.ui.coverage import behind, data, pieces
from biocarto.ui.coverage.choices import label_group
from biocarto.ui.coverage.map import build_measure
from biocarto.ui.coverage.pieces import render_cell
from biocarto.ui.coverage.state import CoverageState
from biocarto.ui.shared import address, choropleths, data_table, map_view
from biocarto.ui.shared.choropleths import format_value
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html

HEIGHT = 520
_WITH = "coverage-with"
SIDES = ("one", "other")
_VIEWS = tuple(replace(ILE_DE_FRANCE, name=f"compare-{side}", levels=(Level.COMMUNE,)) for side in ("one", "other"))


def _ignore_tap(kind: str, code: str) -> None:
    """These maps are for looking: the territories are chosen above them."""


def _box(asked: CoverageState) -> None:
    options = {code: label for code, label in data.label_options().items() if code != asked.territory}
    st.session_state[_WITH] = asked.other if asked.other in options else None
    st.selectbox(
        get_locale()("Comparer {name} avec").format(name=asked.data.places.names[asked.territory]),
        list(options),
        key=_WITH,
        format_func=options.__getitem__,
        on_change=address.write_widget,
        args=("with", _WITH),
        placeholder=get_locale()("Choisir un territoire"),
    )


def _list_communes(asked: CoverageState, code: str) -> list[str]:
    """The communes of one side."""
    return [code] if asked.data.places.levels[code] is Level.COMMUNE else asked.data.list_inside(Level.COMMUNE, code)


def _maps(asked: CoverageState) -> None:
    """Both by commune: the same classes on both sides."""
    t, theme = get_locale(), map_view.read_theme()
    sides = (asked.territory, asked.other)
    level = Level.COMMUNE
    values, small = asked.data.read_measure(level, asked.facet, asked.value, asked.measure)
    boxes = [asked.data.find_bounds(code) for code in sides]
    for column, view, code, own in zip(st.columns(2), _VIEWS, sides, boxes, strict=True):
        held = _list_communes(asked, code)
        layer = choropleths.build_layer(
            level,
            values[held],
            small[held],
            build_measure(asked, t("hors du territoire, ou pas de donnée")),
            breaks=asked.scheme,
            among=values,
        )
        sync = build_sync_layer("compare", own, boxes, t, theme=theme)
        with column:
            st.subheader(asked.data.places.names[code], anchor=False)
            title = t("Carte des communes : {name}").format(name=asked.data.places.names[code])
            map_view.show(view, [layer, sync], _ignore_tap, height=HEIGHT, title=title)


def _communes_frame(asked: CoverageState) -> pd.DataFrame:
    """The communes of both maps that have a site, the most sites first: the first territory, then the second."""
    t, names, meaning = get_locale(), asked.data.places.names, MEANINGS[asked.measure]
    values, small = asked.data.read_measure(Level.COMMUNE, asked.facet, asked.value, asked.measure)
    table = asked.data.measure_level(Level.COMMUNE).table.assign(shown=values.round(meaning.digits), few=small)
    table = table[table["count"].gt(0)].sort_values(["count", "name"], ascending=[False, True])
    sides = [table[table.index.isin(_list_communes(asked, code))].assign(side=names[code]) for code in (asked.territory, asked.other)]
    found = pd.concat(sides)
    columns = {t("Territoire"): found["side"], t("Commune"): found["name"], t("Code"): found.index}
    columns |= {t("Population"): found["population"], t(MEANINGS[Indicator.COUNT].label): found["count"]}
    if asked.facet or asked.measure is not Indicator.COUNT:
        columns |= {build_measure(asked).title: found["shown"], t("Fragile"): found["few"]}
    return pd.DataFrame(columns)


def _communes(asked: CoverageState) -> None:
    """The twin of both maps."""
    t = get_locale()
    label = t("Les deux cartes en tableau, par commune : {measure}").format(measure=build_measure(asked).title)
    box = st.expander(label, icon=":material/table:", key="coverage-communes", on_change="rerun")
    if box.open:
        box.caption(t("Seules les communes qui ont un site avec ces filtres ; les autres sont à zéro."))
        data_table.show(_communes_frame(asked), box, alt=label)


def _row(key: tuple[str, str, str]) -> tuple[str, Indicator]:
    """The words of a row of the comparison, and its indicator."""
    facet, value, indicator = key
    t, meaning = get_locale(), MEANINGS[Indicator(indicator)]
    if facet == compare.CHAIN_FACET:
        return t("{label} : {words}").format(label=t("Maillon"), words=t(ROLE_LABELS[ChainLink(value)])), Indicator(indicator)
    return (f"{label_group(facet, value)} · {t(meaning.label)}" if facet else t(meaning.label)), Indicator(indicator)


def _main(table: pd.DataFrame, asked: CoverageState) -> Markup:
    """Totals, links of the chain and the measure of the map, if it is of a group."""
    t, names = get_locale(), asked.data.places.names
    facets = table.index.get_level_values("facet")
    mine = (facets == asked.facet) & (table.index.get_level_values("value") == asked.value)
    rows = []
    for key, line in table[facets.isin(["", compare.CHAIN_FACET]) | (mine & bool(asked.facet))].iterrows():
        words, indicator = _row(key)  # type: ignore[arg-type]
        digits = MEANINGS[indicator].digits
        cells = [_side(asked, key, line, side) for side in SIDES]  # type: ignore[arg-type]
        rows.append((words, [*cells, render_cell(escape(_difference(line["difference"], digits)))]))
    caption = t("Différence : le premier moins le second. * {few}").format(few=pieces.write_few())
    return pieces.render_table(caption, [t("Mesure"), names[asked.territory], names[asked.other], t("Différence")], rows)


def _side(asked: CoverageState, key: tuple[str, str, str], line: pd.Series, side: str) -> Markup:
    """A measure of one territory, with who is behind it: names, or the directory with the same filter."""
    facet, value, indicator = key
    code = asked.territory if side == SIDES[0] else asked.other
    if facet == compare.CHAIN_FACET:
        members = behind.group_members(asked.data, asked.data.places.levels[code])
        return behind.render_cell(int(line[side]), members.get((code, value)))
    query = behind.build_params(replace(asked, facet=facet, value=value), code)
    if indicator == Indicator.COMPANIES:
        query["kind"] = Kind.COMPANY.value
    digits = MEANINGS[Indicator(indicator)].digits
    return render_cell(behind.link_figure(format_value(line[side], digits), query) + pieces.render_sign(bool(line[f"small_{side}"])))


def _difference(value: object, digits: int) -> str:
    """With its sign, a real minus."""
    said = format_value(value, digits)
    return said if pd.isna(value) or float(value) <= 0 else f"+{said}"  # type: ignore[arg-type,call-overload]


def _everything(table: pd.DataFrame, asked: CoverageState) -> None:
    t, names = get_locale(), asked.data.places.names
    box = st.expander(t("Toutes les mesures"), icon=":material/table:", key="coverage-every", on_change="rerun")
    if not box.open:
        return
    said = [_row(key) for key in table.index]
    units = [t(MEANINGS[indicator].unit) for _, indicator in said]
    rounded = {
        side: [None if pd.isna(v) else round(float(v), MEANINGS[i].digits) for v, (_, i) in zip(table[side], said, strict=True)]
        for side in ("one", "other", "difference")
    }
    columns = {
        t("Mesure"): [words for words, _ in said],
        t("Unité"): units,
        names[asked.territory]: rounded["one"],
        names[asked.other]: rounded["other"],
        t("Différence"): rounded["difference"],
        t("Fragile"): (table["small_one"] | table["small_other"]).to_numpy(),
    }
    data_table.show(pd.DataFrame(columns), box, alt=t("Toutes les mesures"))


def show(asked: CoverageState) -> None:
    """The choice of the second territory; both maps and the table once it is made."""
    t = get_locale()
    st.header(t("Comparer deux territoires"), anchor=False)
    box = st.expander(t("Choisir un second territoire"), expanded=bool(asked.other), key="coverage-compare", on_change="rerun")
    if not box.open and not asked.other:
        return
    with box:
        _box(asked)
        if asked.other == asked.territory:
            st.info(
                t("{name} serait comparé à soi-même : choisissez un autre territoire.").format(name=asked.data.places.names[asked.other])
            )
        if asked.other in {"", asked.territory}:
            return
        _maps(asked)
        _communes(asked)
        table = asked.data.compare_territories(asked.territory, asked.other)
        show_html(_main(table, asked))
        _everything(table, asked)
