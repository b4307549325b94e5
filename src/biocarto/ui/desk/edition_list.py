"""Every edition: its notes, who published it, its hash, its files, and what any two tell differently."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import streamlit as st
from markupsafe import Markup

from biocarto.desk import editions, history, members
from biocarto.desk.acts import Desk
from biocarto.desk.differences import find_differences
from biocarto.desk.editions import Edition
from biocarto.export import records
from biocarto.i18n import Locale
from biocarto.render import sources as source_html
from biocarto.ui.desk import differences
from biocarto.ui.shared import address, cache
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html

FROM, TO = "de", "a"
"""Two editions, in the address."""


def show(desk: Desk) -> None:
    """The list, the files of one, the difference of two; raises StoreError."""
    t = get_locale()
    with desk.store.read() as transaction:
        found = editions.list_editions(transaction)
        names, roles = members.read_names(transaction), history.read_roles(transaction)
    st.header(t("Éditions"), anchor=False)
    show_html(_render_list(found, names, roles, t))
    _offer_files(desk, found, t)
    if len(found) > 1:
        _show_comparison(desk, found, t)


def _render_list(found: list[Edition], names: dict[str, str], roles: dict[str, str], t: Locale) -> Markup:
    lines = [
        Markup("<tr><th scope='row'>{}</th><td>{}</td><td>{}</td><td>{}</td><td><code>{}</code></td></tr>").format(
            t.edition(edition.name),
            edition.notes or t("Première édition du registre"),
            history.tell_person(edition.who, names.get(edition.who, ""), roles.get(edition.who, ""), t),
            t.moment(datetime.fromisoformat(edition.at).astimezone(cache.settings().zone)),
            edition.sha256[:12],
        )
        for edition in found
    ]
    heads = (t("Édition"), t("Notes"), t("Publiée par"), t("Publiée le"), t("Empreinte SHA-256"))
    return source_html.render_table(t("Éditions, la plus récente d'abord"), heads, lines)


def _offer_files(desk: Desk, found: list[Edition], t: Locale) -> None:
    """The files of one edition as they were published, as an archive that is made when its button is pressed."""
    named = {edition.name: edition for edition in found}
    with st.container(horizontal=True, vertical_alignment="bottom", key="edition-files"):
        name = st.selectbox(t("Emporter une édition"), list(named), format_func=t.edition, key="edition-file", width=320)
        st.download_button(
            t("Télécharger ses fichiers (ZIP)"),
            partial(_write_zip, desk, name),
            f"biocarto-{name}.zip",
            "application/zip",
            key="edition-zip",
            icon=":material/folder_zip:",
            on_click="ignore",
        )
    show_html(Markup("<p class='bc-hash'>{}</p>").format(t("Empreinte entière : {sha256}").format(sha256=named[name].sha256)))


def _write_zip(desk: Desk, name: str) -> bytes:
    with desk.store.read() as transaction:
        return records.write_zip(editions.read_files(transaction, name))


def _show_comparison(desk: Desk, found: list[Edition], t: Locale) -> None:
    """Two editions, chosen in the address, row by row."""
    names = [edition.name for edition in found]
    st.subheader(t("Comparer deux éditions"), anchor=False)
    with st.container(horizontal=True, key="edition-pair"):
        before = _choose(FROM, names, names[1], t("De l'édition du"))
        after = _choose(TO, names, names[0], t("À l'édition du"))
    with desk.store.read() as transaction:
        files = {name: editions.read_files(transaction, name) for name in {before, after}}
    different = find_differences(files[before], files[after])
    if different:
        differences.show(different, files[after], t)
    else:
        st.markdown(t("Ces deux éditions disent la même chose."))


def _choose(name: str, options: list[str], default: str, label: str) -> str:
    key = f"edition-{name}"
    chosen = address.read_value(name, options, default)
    st.session_state[key] = chosen
    st.selectbox(
        label, options, key=key, format_func=get_locale().edition, on_change=address.write_widget, args=(name, key, default), width=320
    )
    return chosen
