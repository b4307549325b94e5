"""How the words of a question were understood, and the other ways to take them, each one tap away with its number of rows."""

from __future__ import annotations

import streamlit as st

from biocarto.query import phrase_index
from biocarto.query.filters import Filters
from biocarto.query.interpretation import Interpretation
from biocarto.query.suggestions import NEAR_LABELS, Near, Suggestion
from biocarto.register.catalogue import Catalogue
from biocarto.ui.shared import active_filters, messages, questions
from biocarto.ui.shared.language import text


def _offer(words: str, other: Filters, rows: int, key: str) -> None:
    st.button(f"{messages.plain(words)} · {rows}", key=key, icon=":material/filter_alt:", on_click=questions.ask, args=(other,))


def _count(other: Filters, catalogue: Catalogue) -> int:
    return questions.answer(other, catalogue).total + len(questions.answer_beyond(other, catalogue).rows)


def _in_facets(reading: Filters, catalogue: Catalogue) -> str:
    found = questions.answer(reading, catalogue)
    return " · ".join(shown for _, _, shown in active_filters.narrowed(reading, found))


def show(meant: Interpretation, catalogue: Catalogue) -> None:
    """The words as they are, or what they mean where they were taken as they are; and their reading as exact values of facets."""
    if not meant.asked.q:
        return
    t, asked = text(), meant.asked
    anew = questions.interpret(questions.in_meaning(asked), catalogue) if asked.literal else None
    reading = phrase_index.reading(meant.filters, questions.build_phrases(catalogue)) if meant.filters.q else None
    if not (meant.was_read or reading or (anew and anew.was_read)):
        return
    with st.container(horizontal=True, key="readings", gap="small", vertical_alignment="center"):
        if meant.was_read:
            words = meant.as_words()
            _offer(t("Chercher les mots tels quels : « {words} »").format(words=asked.q), words, _count(words, catalogue), "reading-words")
        if anew and anew.was_read:
            _offer(t("Comprendre le lieu et le rôle"), anew.asked, _count(anew.filters, catalogue), "reading-meaning")
        if reading:
            st.markdown(t("Chercher exactement :"), width="content")
            _offer(_in_facets(reading, catalogue), reading, questions.answer(reading, catalogue).total, "reading")


def _words(suggestion: Suggestion, catalogue: Catalogue) -> str:
    if suggestion.near is Near.MEANING:
        return _in_facets(suggestion.filters, catalogue)
    label = text()(NEAR_LABELS[suggestion.near])
    return label.format(km=f"{suggestion.filters.km:g}", word=suggestion.word)


def show_suggestions(chosen: Filters, catalogue: Catalogue) -> None:
    """Where nothing answers: what is near, in meaning, place, status or kind."""
    t = text()
    offered = questions.suggest(chosen, catalogue)
    st.info(t("Rien ne répond à cette question dans nos sources ; rien n'est perdu."))
    if offered:
        st.markdown(t("Proche de votre question :"))
        with st.container(horizontal=True, key="suggestions", gap="small"):
            for number, suggestion in enumerate(offered):
                _offer(_words(suggestion, catalogue), suggestion.filters, suggestion.rows, f"suggestion-{number}")
