"""A point by a click on the map, within the commune that the form names."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from biocarto.desk import communes, forms
from biocarto.desk.desk_error import DeskError
from biocarto.desk.forms import COMMUNE_CODE, POINT
from biocarto.maps.base import ILE_DE_FRANCE
from biocarto.maps.choropleth import build_choropleth_layer
from biocarto.maps.focus import build_focus_layer
from biocarto.maps.layer import ScriptLayer
from biocarto.maps.legend import Legend
from biocarto.model import PARIS, Level
from biocarto.query.proximity import Origin
from biocarto.territory.territory import Territory
from biocarto.ui.desk import fields
from biocarto.ui.desk.form_state import FormState
from biocarto.ui.desk.register_view import RegisterView
from biocarto.ui.shared import map_view
from biocarto.ui.shared.language import get_locale

VIEW = replace(ILE_DE_FRANCE, name="desk-point")
HEIGHT = 380
AROUND_KM = 1.5


def show(view: RegisterView, state: FormState) -> None:
    """The map of a commune of the region: a click gives latitude and longitude to the form."""
    t, territory = get_locale(), view.desk.territory
    code = _find_commune(state, territory)
    if code not in territory.communes.index:
        fields.show_note(t("La carte vient avec une commune d'Île-de-France ; ailleurs, écrivez latitude et longitude."))
        return
    st.subheader(t("Le point sur la carte"), anchor=False)
    fields.show_note(
        t("Cliquez dans la commune de {name} : latitude et longitude sont remplies.").format(name=communes.name_commune(territory, code))
    )
    layers, title = _build_layers(state, territory, code), t("Le point sur la carte")
    map_view.show_for_point(VIEW, layers, lambda *point: _take(state, territory, code, *point), HEIGHT, title=title)


def _find_commune(state: FormState, territory: Territory) -> str:
    """What the form says, else what it started with; Paris as a whole for an arrondissement."""
    found = communes.find_communes(territory, forms.write_cell(state.read(COMMUNE_CODE)), in_region=True)
    code = found[0] if len(found) == 1 else state.find_start(COMMUNE_CODE)
    return PARIS if code in territory.arrondissements.index else code


def _build_layers(state: FormState, territory: Territory, code: str) -> list[ScriptLayer]:
    """All communes, so that a click has an area under it, that of the form marked; and the point."""
    t, theme = get_locale(), map_view.read_theme()
    name = communes.name_commune(territory, code)
    classes = pd.Series(0, index=territory.communes.index, dtype=int)
    classes[code] = 1
    legend = Legend(t("Commune de la ligne"), ("", name))
    areas = build_choropleth_layer(Level.COMMUNE, classes, legend, t, selected=code, theme=theme)
    west, south, east, north = territory.communes.geometry[code].bounds
    return [areas, build_focus_layer(t, bounds=((south, west), (north, east)), near=_read_point(state), km=AROUND_KM, theme=theme)]


def _read_point(state: FormState) -> Origin | None:
    """The point that the form holds."""
    try:
        latitude, longitude = (float(forms.write_cell(state.read(name))) for name in POINT)
    except ValueError:
        return None
    return Origin(latitude, longitude, "")


def _take(state: FormState, territory: Territory, code: str, latitude: float, longitude: float) -> None:
    """The point goes to its fields; one of another commune is refused in words."""
    state.forget_refusal()
    found = territory.locate(latitude, longitude)
    if found != code:
        there, wanted = (communes.name_commune(territory, name) if name else "?" for name in (found, code))
        state.error = DeskError(
            f"Ce point est à {there}, et la ligne à {wanted}. Le point n'a pas changé : cliquez dans la commune, ou changez-la d'abord.",
            f"This point is in {there}, the row is in {wanted}. The point was not changed: click inside the commune, or change it first.",
        )
        return
    for name, degrees in zip(POINT, (latitude, longitude), strict=True):
        state.put(name, f"{degrees:.5f}".rstrip("0").rstrip("."))
