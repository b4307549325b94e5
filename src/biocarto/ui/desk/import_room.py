"""The desk's room of the import: a file is given, told as it was understood, corrected, applied as one act, taken back by one button."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

from biocarto.desk.acts import Desk
from biocarto.desk.description import read_package
from biocarto.desk.intake.permits import LIFE
from biocarto.desk.intake.staging import Choices, Explanation
from biocarto.desk.members import Member
from biocarto.errors import AppError
from biocarto.i18n import Locale
from biocarto.ui.desk import acts, import_apply, import_columns, import_results, import_session, outcomes
from biocarto.ui.desk.import_session import ImportInHand
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.messages import escape_markdown
from biocarto.upload_limits import MOST_BYTES

FORMATS = "XLSX, XLSM, XLS, ODS, CSV, TSV, TXT, GeoJSON, GeoPackage, Parquet"
_TURN = "import_turn"
_LONGEST_NAME = 80


def show(desk: Desk, who: Member) -> None:
    """What was applied last, then the file in hand or the place to give one; raises DeniedError, StoreError."""
    t = get_locale()
    st.header(t("Importer"), anchor=False)
    import_session.open_room(desk, who)
    outcomes.show(desk, who)
    import_apply.show_next_step(who)
    hand = import_session.find()
    if hand is None:
        _show_uploader(t)
    else:
        _show_hand(desk, who, hand, t)


def _show_uploader(t: Locale) -> None:
    if name := import_session.take_forgotten():
        told = t(
            "Le fichier {name} n'est plus en mémoire : {n} minutes sans clic, ou trop d'imports en cours à la fois. Rien n'est écrit dans "
            "le registre. Redonnez-le."
        )
        st.info(told.format(name=escape_markdown(PurePath(name).name[:_LONGEST_NAME]), n=t.number(LIFE // 60)), icon=":material/timer:")
    st.markdown(
        t(
            "Donnez un tableau ou une carte : il est lu, expliqué ligne par ligne, et **rien n'est écrit dans le registre** avant que vous "
            "l'appliquiez. Formats : {formats}, {n} Mo au plus."
        ).format(formats=FORMATS, n=MOST_BYTES // 1024**2)
    )
    turn = st.session_state.get(_TURN, 0)
    with st.container(key=f"import-drop-{t.language}"):
        given = st.file_uploader(t("Fichier à importer"), key=f"import-file-{turn}", max_upload_size=MOST_BYTES // 1024**2)
    if given is not None:
        import_session.take(given.name, given.getvalue())
        st.session_state[_TURN] = turn + 1
        st.rerun()


def _show_hand(desk: Desk, who: Member, hand: ImportInHand, t: Locale) -> None:
    """The file, what it would do, and what there is to decide."""
    _show_file(hand, t)
    try:
        explained = _explain(desk, hand, t)
    except AppError as error:
        acts.show_refusal(error)
        if not hand.go_back():
            return
        explained = _explain(desk, hand, t)
    with desk.store.read() as transaction:
        package = read_package(transaction)
    import_columns.show(desk, hand, explained, package)
    import_results.show(desk, hand, explained, package[explained.resource])
    import_apply.show(desk, who, explained)


def _show_file(hand: ImportInHand, t: Locale) -> None:
    """Its name, its size, and the way to let go of it, also while it is read."""
    with st.container(horizontal=True, vertical_alignment="center", key="import-hand"):
        size = t.number(max(1, len(hand.data) // 1024))
        name = escape_markdown(PurePath(hand.name).name[:_LONGEST_NAME])
        st.markdown(t("Fichier : **{name}**, {size} ko.").format(name=name, size=size), width="content")
        st.button(t("Annuler l'import"), key="import-cancel", icon=":material/close:", on_click=import_session.end)
        if hand.choices != Choices():
            st.button(
                t("Revenir aux premières réponses"), key="import-anew", icon=":material/undo:", on_click=hand.choose, args=(Choices(),)
            )


def _explain(desk: Desk, hand: ImportInHand, t: Locale) -> Explanation:
    """Made once for each set of answers; the bar goes when it is there."""
    place = st.empty()
    words = t("Lecture du fichier…")
    bar = place.progress(0.0, words)

    def tell(share: float) -> None:
        bar.progress(min(max(share, 0.0), 1.0), words)

    try:
        return hand.explain(desk, tell)
    finally:
        place.empty()
