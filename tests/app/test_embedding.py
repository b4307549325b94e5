"""« Intégrer »: on the pages whose selection can stand elsewhere, with the code of what is on screen and who may show it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from biocarto.config import Settings
from biocarto.ui.shared import cache
from tests.support.pages import opened


def ask_code(page: str, box: str, **params: str) -> AppTest:
    """A page with the box of the code open."""
    app = opened(page, **params)
    app.session_state[box] = True
    return app.run()


@pytest.mark.parametrize(
    ("page", "box", "params", "named"),
    [
        ("ile_de_france", "embed-map", {"kind": "company"}, ["/embed/map?kind=company", '/embed/bar"']),
        ("directory", "embed-list", {"q": "vecteurs", "lang": "en"}, ["/embed/list?q=vecteurs&amp;lang=en", "/embed/map?q=vecteurs"]),
        ("directory", "embed-actor", {"actor": "genethon", "q": "genethon"}, ['/embed/actor/genethon"']),
    ],
)
def test_the_code_shows_what_is_on_screen(page: str, box: str, params: dict[str, str], named: list[str]) -> None:
    """With the question and the language of the page, a title, the width of its page and the script that gives it its height."""
    app = ask_code(page, box, **params)
    assert not app.exception
    codes = [code.value for code in app.code if "<iframe" in code.value]
    assert len(codes) == len(named)
    assert all(part in code for part, code in zip(named, codes, strict=True))
    assert all('title="' in code and 'width="100%"' in code and '/embed/height.js" async' in code for code in codes)


def test_the_code_is_made_when_it_is_asked_for() -> None:
    """A page that nobody embeds makes none."""
    assert not [code for code in opened("ile_de_france").code if "<iframe" in code.value]


def test_who_may_show_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sites of the setting; without any, that the operator has to allow them."""
    told = " ".join(caption.value for caption in ask_code("ile_de_france", "embed-map").caption)
    assert "BIOCARTO" in told
    monkeypatch.setattr(cache, "settings", lambda: Settings(frame_ancestors="https://pole.example"))
    told = " ".join(caption.value for caption in ask_code("ile_de_france", "embed-map").caption)
    assert "pole" in told
    assert "BIOCARTO" not in told


def test_nothing_of_the_stand_leads_away() -> None:
    """There is no code to take from a screen that others use."""
    assert "Intégrer" not in [found.proto.popover.label for found in opened("booth", door="find").get("popover")]
