"""What Streamlit leaves out for keyboards and screen readers: how a page says what has changed, and the one script that mends the rest.

`accessibility.js` says what it does, and which issue of Streamlit each part works around.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from biocarto import scripts
from biocarto.render.html import has_links
from biocarto.ui.shared import address, streamlit_words
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html

ROLES = (
    ('[class*="st-key-list-"]', "list"),
    ('[class*="st-key-entry-"]', "listitem"),
    ('[class*="st-key-entry-"] .stButton:has(button[kind="tertiary"])', "heading", 3),
)
"""What a container of Streamlit is by its key, all that it can have of ours: a list, one of its entries, the button that names it."""

_keeper = st.components.v2.component(
    "biocarto_accessibility",
    html="",
    js=scripts.read_script(Path(__file__).with_suffix(".js")),
    css=scripts.read_style(Path(__file__).with_suffix(".css")),
    isolate_styles=False,
)


def prepare() -> None:
    """The script and the look of what has the focus, on every page."""
    t = get_locale()
    says = {"sheet": t("Fiche ouverte : {name}"), "list": t("Liste ouverte : {name}"), "closed": t("Fiche fermée")}
    _keeper(data={"lang": t.language, "roles": ROLES, "says": says}, key="accessibility")
    streamlit_words.write()


def announce(topic: str, text: str) -> None:
    """Tell a screen reader what stands on the page now; said once, when it is another than before on the same page in the same language.

    `topic` is what it is about ("count", "place"): a page says each of its topics in every run, also that nothing is chosen. Sheets beside
    a map and messages (`st.error`, `st.success`) are found by the script.
    """
    page = address.read_page().path
    show_html(Markup("<p class='bc-said' hidden lang='{}' data-topic='{}' data-page='{}'>{}</p>").format(get_language(), topic, page, text))


@contextmanager
def name_frame(title: str) -> Iterator[None]:
    """Around a frame: its title, which Streamlit does not let us give, and a way past it for those who come with the Tab key.

    A screen that is touched and where nothing is a link has the title alone.
    """
    if not has_links():
        show_html(Markup("<span class='bc-frame' hidden data-frame='{}'></span>").format(title))
        yield
        return
    _show_skip(get_locale()("Passer : {title}").format(title=title), title)
    yield
    show_passed()


def show_filters_skip() -> None:
    """Before the filters of a page: a way past them, to where `show_passed` stands next."""
    _show_skip(get_locale()("Passer les filtres"), look="bc-skip-filters")


def show_files_skip() -> None:
    """After the filters or the map: a way to the files of a page, where they stand far below (`show_files`)."""
    show_html(Markup("<a class='bc-skip' href='#' data-to='bc-files'>{}</a>").format(get_locale()("Aller aux fichiers")))


def show_files() -> None:
    """Before what a visitor takes away."""
    show_html(Markup("<span class='bc-passed bc-files' tabindex='-1'></span>"))


def _show_skip(words: str, frame: str = "", look: str = "") -> None:
    named = Markup(" data-frame='{}'").format(frame) if frame else ""
    show_html(Markup("<a class='bc-skip {}' href='#' data-to='bc-past'{}>{}</a>").format(look, named, words))


def show_passed() -> None:
    """Where the link before leads to."""
    show_html(Markup("<span class='bc-passed bc-past' tabindex='-1'></span>"))
