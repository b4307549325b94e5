"""How the words of a question were understood, and the other ways to take them, each one tap away with its number of rows."""

from __future__ import annotations

import streamlit as st

from biocarto.query import phrase_index
from biocarto.query.filters import Filters
from biocarto.query.interpretation import Interpretation
from biocarto.query.suggestions import NEAR_LABELS, Near, Suggestion
from biocarto.ui.shared import active_filters, messages, questions
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.questions import RunAnswers


def _offer(words: str, other: Filters, rows: int, key: str) -> None:
    st.button(f"{messages.escape_markdown(words)} · {rows}", key=key, icon=":material/filter_alt:", on_click=questions.ask, args=(other,))


def _in_facets(reading: Filters, answers: RunAnswers) -> str:
    return " · ".join(shown for _, _, shown in active_filters.list_active_filters(reading, answers.find(reading)))


def show(meant: Interpretation, answers: RunAnswers) -> None:
    """The words as they are, or what they mean where they were taken as they are; and their reading as exact values of facets."""
    if not meant.asked.q:
        return
    t, asked, catalogue = get_locale(), meant.asked, answers.catalogue
    anew = questions.interpret(questions.read_meaning(asked), catalogue) if asked.literal else None
    reading = phrase_index.interpret_exactly(meant.filters, questions.build_phrases(catalogue)) if meant.filters.q else None
    if not (meant.was_read or reading or (anew and anew.was_read)):
        return
    with st.container(horizontal=True, key="readings", gap="small", vertical_alignment="center"):
        if meant.was_read:
            words = meant.as_words()
            _offer(t("Chercher les mots tels quels : « {words} »").format(words=asked.q), words, answers.count(words), "reading-words")
        if anew and anew.was_read:
            _offer(t("Comprendre le lieu et le rôle"), anew.asked, answers.count(anew.filters), "reading-meaning")
        if reading:
            st.markdown(t("Chercher exactement :"), width="content")
            _offer(_in_facets(reading, answers), reading, answers.find(reading).total, "reading")


def _words(suggestion: Suggestion, answers: RunAnswers) -> str:
    if suggestion.near is Near.MEANING:
        return _in_facets(suggestion.filters, answers)
    label = get_locale()(NEAR_LABELS[suggestion.near])
    return label.format(km=f"{suggestion.filters.km:g}", word=suggestion.word)


def show_suggestions(chosen: Filters, answers: RunAnswers) -> None:
    """Where nothing answers: what is near, in meaning, place, status or kind."""
    t = get_locale()
    offered = answers.suggest(chosen)
    st.info(t("Rien ne répond à cette question dans nos sources ; rien n'est perdu."))
    if offered:
        st.markdown(t("Proche de votre question :"))
        with st.container(horizontal=True, key="suggestions", gap="small"):
            for number, suggestion in enumerate(offered):
                _offer(_words(suggestion, answers), suggestion.filters, suggestion.rows, f"suggestion-{number}")
