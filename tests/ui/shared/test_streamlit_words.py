"""The table of Streamlit's words: they are still Streamlit's, and each has its French."""

from __future__ import annotations

import pytest

from biocarto.ui.shared.streamlit_words import WORDS
from tests.browser.english import read_scripts

COMPOSED = {
    "1 option available.": "available.",
    "{} options available.": "available.",
    "1 result": " result",
    "Press Enter to apply": "Press Enter to ",
    "Press Enter to submit form": "Press Enter to ",
    "Press Enter to submit": "Press Enter to ",
    "Press ⌘+Enter to apply": "+Enter to ",
    "Press Ctrl+Enter to apply": "+Enter to ",
}
"""What its scripts put together -> a part that stands in them."""


@pytest.mark.parametrize("english", WORDS)
def test_its_words_are_those_of_the_version_that_we_run(english: str) -> None:
    """A word that a newer Streamlit writes in another way is noticed here, and not by those who read it in English."""
    stem = COMPOSED.get(english) or max((part.strip(": ") for part in english.split("{}")), key=len)
    assert stem in read_scripts()


def test_what_stands_in_between_is_kept() -> None:
    """A pattern has its gap in both languages."""
    assert [english for english, french in WORDS.items() if english.count("{}") != french.count("{}")] == []
    assert all(french.strip() for french in WORDS.values())
