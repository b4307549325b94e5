"""The filters of a page: one row of pills above the map, and what is filtered, in words, each word removable."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import pandas as pd
import streamlit as st

from biocarto import labels
from biocarto.export import active_filters
from biocarto.query import filters
from biocarto.query.filters import FIELDS, NAMES, YEAR, DroppedValue, Filters
from biocarto.register.catalogue import Catalogue
from biocarto.ui.shared import accessibility, address, cache, filter_fold, messages, questions
from biocarto.ui.shared.language import get_language, get_locale

FACETS = ("kind", "category", "modality", "department", "site", "status")

READ = (*FIELDS, YEAR)
"""What a page with a map and no search reads of the address."""

MOST_NAMED = 20
"""Values of filters which the page does not have that its notice names."""


def read(names: Sequence[str] = READ, others: Collection[str] = ()) -> Filters:
    """The filters of the address under `names`; unknown values are named in a notice and ignored.

    So are the filters that this page does not have, such as a search; `others` are names with another meaning here.
    """
    found, dropped = filters.read(address.read_params(names), cache.load_filter_options())
    absent = [
        DroppedValue(name, value) for name in NAMES if name not in {*names, *others} for value in address.read_values(name) if value.strip()
    ]
    address.note_unknown([*dropped, *absent[:MOST_NAMED]])
    return found


def _facet(name: str, chosen: Filters, catalogue: Catalogue) -> None:
    label = get_locale()(labels.FIELD_LABELS[name])
    count = len(getattr(chosen, name))
    with st.popover(f"{label} · {count}" if count else label, type="primary" if count else "secondary"):
        _values(name, chosen, catalogue)


def select_rows(chosen: Filters, catalogue: Catalogue) -> pd.DataFrame:
    """The actors that the facets leave, the same frame for everyone who chose the same."""
    return questions.answer(chosen, catalogue).actors


def _labels(name: str, catalogue: Catalogue) -> dict[str, str]:
    """The values of a facet in words."""
    t = get_locale()
    return {value: messages.escape_markdown(labels.label_option(name, value, catalogue, t)) for value in cache.load_filter_options()[name]}


def _values(name: str, chosen: Filters, catalogue: Catalogue) -> None:
    """Every value of a facet, those chosen marked."""
    t, chosen_values = get_locale(), list(getattr(chosen, name))
    key = address.build_key(f"facet_{name}", chosen_values)
    known = cache.make_once(f"values of {name}", lambda: _labels(name, catalogue), get_language())
    st.session_state[key] = chosen_values
    st.pills(
        t(labels.FIELD_LABELS[name]),
        cache.load_filter_options()[name],
        selection_mode="multi",
        key=key,
        format_func=known.__getitem__,
        on_change=address.write_widget,
        args=(name, key),
    )


def show_pills(chosen: Filters, catalogue: Catalogue, more: Callable[[], None]) -> None:
    """One button per facet, opening its values; `more` adds the choices of the map to the same row."""
    accessibility.show_filters_skip()
    filter_fold.show(get_locale()("Filtres et carte"), chosen)
    with st.container(horizontal=True, key=filter_fold.ROW, gap="small", vertical_alignment="center"):
        for name in FACETS:
            _facet(name, chosen, catalogue)
        more()


def show_folded(names: Sequence[str], chosen: Filters, catalogue: Catalogue) -> None:
    """Several facets behind one button."""
    t = get_locale()
    count = sum(len(getattr(chosen, name)) for name in names)
    label = t("Filtres")
    with st.popover(f"{label} · {count}" if count else label, type="primary" if count else "secondary", icon=":material/filter_alt:"):
        for name in names:
            _values(name, chosen, catalogue)


def _remove(name: str, value: str) -> None:
    address.write(name, [v for v in address.read_values(name) if v != value])


def show_in_words(summary: str, chosen: Filters, catalogue: Catalogue) -> None:
    """The selection as a sentence, one chip per chosen value, one tap to clear."""
    t = get_locale()
    with st.container(horizontal=True, key="chosen", gap="small", vertical_alignment="center"):
        st.markdown(f"**{summary}**", width="content")
        for name, values in chosen.to_params().items():
            for value in values:
                label = labels.label_option(name, value, catalogue, t)
                st.button(
                    f"{messages.escape_markdown(label)} ✕",
                    key=f"drop-{name}-{value}",
                    help=t("Retirer ce filtre"),
                    on_click=_remove,
                    args=(name, value),
                )
        accessibility.announce("count", summary)
        if chosen != Filters():
            st.button(t("Tout effacer"), key="clear", type="tertiary", on_click=address.clear, args=(READ,))


def write_summary(found: pd.DataFrame, chosen: Filters, catalogue: Catalogue) -> str:
    """What the actors that are left are, in words."""
    listed, t = count_total(chosen, catalogue), get_locale()
    return cache.make_for_filters("summary", chosen, lambda: labels.summarise_selection(found, listed, t), t.language)


def list_filter_labels(chosen: Filters, catalogue: Catalogue) -> list[tuple[str, str]]:
    """What narrows the selection, as pairs of field and value in words, for a file that is taken away."""
    return active_filters.name_filters(chosen, None, catalogue, get_locale())


def _choose(name: str, key: str, default: str, resets: tuple[str, ...]) -> None:
    address.clear(resets)
    address.write_widget(name, key, default)


def choose_one(
    name: str, options: dict[str, str], default: str, label: str, resets: tuple[str, ...] = (), *, elsewhere: Collection[str] = ()
) -> None:
    """One value out of a few, in the address under `name`; `resets` names what another choice makes meaningless.

    A value that is one `elsewhere` is the default.
    """
    key = f"choice_{name}"
    asked = address.read_value(name, {*options, *elsewhere}, default)
    st.session_state[key] = asked if asked in options else default
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


def choose_in_box(
    name: str, options: dict[str, str], default: str, label: str, *, width: int = 220, elsewhere: Collection[str] = ()
) -> None:
    """The same as `choose_one`, in a box that opens: for options that are many or long; a value that is one `elsewhere` is the default."""
    key = f"choice_{name}"
    asked = address.read_value(name, {*options, *elsewhere}, default)
    st.session_state[key] = asked if asked in options else default
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


def count_total(chosen: Filters, catalogue: Catalogue) -> int:
    """Sites that the page may show: all of the register where others than the present are asked for, else these."""
    return len(catalogue.actors if filters.shows_apart(chosen) else select_rows(Filters(), catalogue))
