"""The filters of a page: one row of pills above the map, and what is filtered, in words, each word removable."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from biocarto import labels
from biocarto.query import filters
from biocarto.query.filters import FIELDS, Filters
from biocarto.register.catalogue import Catalogue
from biocarto.ui.shared import address, cache, messages
from biocarto.ui.shared.language import current, text

FACETS = ("kind", "category", "modality", "department", "site", "status")


def read(names: Sequence[str] = FIELDS) -> Filters:
    """The filters of the address under `names`; unknown values are named in a notice and ignored."""
    found, dropped = filters.read(address.params(names), cache.filter_options())
    address.note_unknown(dropped)
    return found


def _facet(name: str, chosen: Filters, catalogue: Catalogue) -> None:
    label = text()(labels.FIELD_LABELS[name])
    count = len(getattr(chosen, name))
    with st.popover(f"{label} · {count}" if count else label, type="primary" if count else "secondary"):
        _values(name, chosen, catalogue)


def rows(chosen: Filters, catalogue: Catalogue) -> pd.DataFrame:
    """The actors that the facets leave, the same frame for everyone who chose the same."""
    return cache.filtered("rows", chosen, lambda: filters.apply(chosen, catalogue.actors))


def _labels(name: str, catalogue: Catalogue) -> dict[str, str]:
    """The values of a facet in words."""
    t = text()
    return {value: messages.plain(labels.option(name, value, catalogue, t)) for value in cache.filter_options()[name]}


def _values(name: str, chosen: Filters, catalogue: Catalogue) -> None:
    """Every value of a facet, those chosen marked."""
    t, chosen_values = text(), list(getattr(chosen, name))
    key = address.key_of(f"facet_{name}", chosen_values)
    known = cache.once(f"values of {name}", lambda: _labels(name, catalogue), current())
    st.session_state[key] = chosen_values
    st.pills(
        t(labels.FIELD_LABELS[name]),
        cache.filter_options()[name],
        selection_mode="multi",
        key=key,
        format_func=known.__getitem__,
        on_change=address.write_widget,
        args=(name, key),
    )


def pills(chosen: Filters, catalogue: Catalogue, more: Callable[[], None]) -> None:
    """One button per facet, opening its values; `more` adds the choices of the map to the same row."""
    with st.container(horizontal=True, key="facets", gap="small", vertical_alignment="center"):
        for name in FACETS:
            _facet(name, chosen, catalogue)
        more()


def folded(names: Sequence[str], chosen: Filters, catalogue: Catalogue) -> None:
    """Several facets behind one button."""
    t = text()
    count = sum(len(getattr(chosen, name)) for name in names)
    label = t("Filtres")
    with st.popover(f"{label} · {count}" if count else label, type="primary" if count else "secondary", icon=":material/filter_alt:"):
        for name in names:
            _values(name, chosen, catalogue)


def _remove(name: str, value: str) -> None:
    address.write(name, [v for v in address.values(name) if v != value])


def in_words(summary: str, chosen: Filters, catalogue: Catalogue) -> None:
    """The selection as a sentence, one chip per chosen value, one tap to clear."""
    t = text()
    with st.container(horizontal=True, key="chosen", gap="small", vertical_alignment="center"):
        st.markdown(f"**{summary}**", width="content")
        for name, values in chosen.to_params().items():
            for value in values:
                label = labels.option(name, value, catalogue, t)
                st.button(
                    f"{messages.plain(label)} ✕",
                    key=f"drop-{name}-{value}",
                    help=t("Retirer ce filtre"),
                    on_click=_remove,
                    args=(name, value),
                )
        if chosen != Filters():
            st.button(t("Tout effacer"), key="clear", type="tertiary", on_click=address.clear, args=(FIELDS,))


def summary(found: pd.DataFrame, chosen: Filters, catalogue: Catalogue) -> str:
    """What the actors that are left are, in words."""
    listed, t = total(chosen, catalogue), text()
    return cache.filtered("summary", chosen, lambda: labels.summary(found, listed, t), t.language)


def said(chosen: Filters, catalogue: Catalogue) -> list[tuple[str, str]]:
    """What narrows the selection, as pairs of field and value in words, for a file that is taken away."""
    t = text()
    given = chosen.to_params().items()
    return [(t(labels.FIELD_LABELS[name]), labels.option(name, value, catalogue, t)) for name, values in given for value in values]


def _choose(name: str, key: str, default: str, resets: tuple[str, ...]) -> None:
    address.clear(resets)
    address.write_widget(name, key, default)


def choice(name: str, options: dict[str, str], default: str, label: str, resets: tuple[str, ...] = ()) -> None:
    """One value out of a few, in the address under `name`; `resets` names what another choice makes meaningless."""
    key = f"choice_{name}"
    st.session_state[key] = address.value(name, options, default)
    st.segmented_control(
        label,
        list(options),
        key=key,
        format_func=lambda code: options[code],
        required=True,
        on_change=_choose,
        args=(name, key, default, resets),
        label_visibility="collapsed",
    )


def box(name: str, options: dict[str, str], default: str, label: str, *, width: int = 220) -> None:
    """The same as `choice`, in a box that opens: for options that are many or long."""
    key = f"choice_{name}"
    st.session_state[key] = address.value(name, options, default)
    st.selectbox(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        on_change=address.write_widget,
        args=(name, key, default),
        label_visibility="collapsed",
        width=width,
    )


def total(chosen: Filters, catalogue: Catalogue) -> int:
    """Sites that the page may show: all of the register where others than the present are asked for, else these."""
    return len(catalogue.actors if filters.shows_apart(chosen) else rows(Filters(), catalogue))
