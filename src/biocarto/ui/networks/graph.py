"""Who belongs to what: clusters and their networks, laid out by Graphviz in the browser, and the same as a table."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import streamlit as st
from markupsafe import Markup

from biocarto.analysis.networks import affiliations, networks
from biocarto.maps import escape as map_escape
from biocarto.register import vocabulary
from biocarto.register.catalogue import Catalogue
from biocarto.render import sources
from biocarto.ui.networks import state
from biocarto.ui.shared import cache, map_view, organisations
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

_INK = {"light": ("#17242E", "#AAB8C3", "#EAF2F7", "#FFFFFF"), "dark": ("#E6EDF2", "#5A6C7A", "#1D3A4C", "#1A252E")}
"""Text, line, fill of a network, fill of a cluster: the colours of the theme, which a drawing cannot ask for."""
_NAME = 44

_reachable = st.components.v2.component(
    "biocarto_affiliations", js=Path(__file__).with_name("drawing_label.js").read_text(encoding="utf-8")
)


def show(catalogue: Catalogue) -> None:
    """The drawing, its twin, and a warning where memberships run in a circle."""
    t, table = get_locale(), cache.make_once("matrix", lambda: networks.build_matrix(catalogue))
    st.header(t("Qui appartient à quoi"), anchor=False)
    circular = cache.make_once("circular", lambda: affiliations.list_circular(organisations.load_graph(catalogue).edges))
    if circular:
        nodes = organisations.load_graph(catalogue).nodes
        named = ", ".join(escape_markdown(str(nodes.at[member, "name"])) for member in circular)
        st.warning(t("Ces membres s'appartiennent en cercle ; une ligne de la table est à corriger :") + " " + named)
    with st.container(key="affiliations"):
        theme = map_view.read_theme()
        st.graphviz_chart(
            cache.make_once(f"affiliations {theme}", lambda: write_dot(catalogue, table, theme), get_language()), width="content"
        )
    _reachable(data={"label": t("Qui appartient à quoi")}, key="affiliations-label")
    with st.expander(t("Le même dessin en tableau : chaque pôle, ses réseaux et son rôle"), icon=":material/table_rows:"):
        show_html(cache.make_once("affiliations twin", lambda: _twin(catalogue, table), get_language()))


def write_dot(catalogue: Catalogue, table: pd.DataFrame, theme: str) -> str:
    """Graphviz's language: clusters on the left, networks on the right, a bold line for who coordinates or founded."""
    ink, line, network_fill, cluster_fill = _INK[theme]
    base = f'fontname="IBM Plex Sans Variable,IBM Plex Sans,sans-serif", fontsize=13, fontcolor="{ink}", color="{line}"'
    lines = [
        'digraph { rankdir=LR; bgcolor="transparent"; ranksep=2.4; nodesep=0.09; pad=0.1;',
        f'node [shape=box, style="rounded,filled", height=0.3, margin="0.12,0.04", {base}];',
        f'edge [arrowhead=none, color="{line}"];',
    ]
    lines += [_node(key, str(catalogue.clusters.at[key, "name"]), cluster_fill, "cluster") for key in table.index]
    lines += [_node(key, str(catalogue.networks.at[key, "name"]), network_fill, "network") for key in table.columns]
    for cluster, roles in table.iterrows():
        for network, role in roles.items():
            if role:
                bold = f' [penwidth=2.2, color="{ink}"]' if role in {"coordinator", "founder"} else ""
                lines.append(f"{json.dumps(cluster)} -> {json.dumps(network)}{bold};")
    return "\n".join([*lines, "}"])


def _node(key: str, name: str, fill: str, kind: str) -> str:
    """A box that is a link; a name is text, whatever it holds."""
    label = map_escape.clean_text(name, _NAME).replace("\\", "\\\\").replace('"', '\\"')
    return f'{json.dumps(key)} [label="{label}", fillcolor="{fill}", URL="{state.build_href(kind, key)}", target="_self"];'


def _twin(catalogue: Catalogue, table: pd.DataFrame) -> Markup:
    t = get_locale()
    lines = [
        Markup("<tr><th scope='row'>{}</th><td>{}</td></tr>").format(
            _link("cluster", cluster, str(catalogue.clusters.at[cluster, "name"])),
            Markup("<br>").join(_role(catalogue, str(network), role) for network, role in roles.items() if role),
        )
        for cluster, roles in ((str(key), row) for key, row in table.iterrows())
    ]
    return sources.render_table(t("Qui appartient à quoi"), [t("Pôle ou cluster"), t("Ses réseaux, et son rôle")], lines)


def _role(catalogue: Catalogue, network: str, role: str) -> Markup:
    name = str(catalogue.networks.at[network, "name"])
    return Markup("{} · {}").format(_link("network", network, name), get_locale()(vocabulary.MEMBER_ROLES[role]))


def _link(kind: str, key: str, name: str) -> Markup:
    return Markup("<a href='{}'>{}</a>").format(state.build_href(kind, key), name)
