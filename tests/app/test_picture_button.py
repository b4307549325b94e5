"""The button "Image": beside every map and chart of the pages, nowhere on a stand, with links that the door answers."""

from __future__ import annotations

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from biocarto.export.picture.model import SIZES
from biocarto.export.picture.writing import WRITERS
from biocarto.ui.shared.picture_button import render_files
from tests.support.asgi import ask
from tests.support.pages import opened
from tests.support.pictures import a_door


def buttons(app: AppTest) -> set[str]:
    """The keys of the popovers for pictures."""
    found = (re.search(r"picture-[a-z-]+", element.proto.popover.id) for element in app.get("popover"))
    return {key[0] for key in found if key}


@pytest.mark.parametrize(
    ("view", "params", "expected"),
    [
        ("overview", {}, {"picture-tour", "picture-region"}),
        ("ile_de_france", {"kind": "company"}, {"picture-region", "picture-breakdown"}),
        ("ile_de_france", {"actor": "genethon"}, {"picture-region", "picture-breakdown", "picture-actor"}),
        ("directory", {"q": "vecteurs"}, {"picture-directory"}),
        (
            "coverage",
            {"territory": "91"},
            {"picture-coverage", "picture-chain", "picture-absences", "picture-foundings-curve", "picture-foundings-panels"},
        ),
        ("bioproduction_tour", {}, {"picture-tour"}),
        ("networks", {}, {"picture-networks"}),
        ("booth", {}, set()),
        ("booth", {"door": "actors"}, set()),
    ],
)
def test_every_map_and_chart_has_its_button(view: str, params: dict[str, str], expected: set[str]) -> None:
    """And a stand none, where nothing leads away."""
    assert buttons(opened(view, **params)) == expected


def test_each_size_and_form_has_a_link_that_answers() -> None:
    """The picture itself, seen small, too; a value of the address closes no attribute."""
    html = str(render_files("region", {"kind": ["company"], "q": "'><script>", "lang": "en", "transparent": "1"}))
    links = [unescape(link) for link in re.findall(r"(?:href|src)='([^']*)'", html)]
    assert len(links) == 1 + len(SIZES) * len(WRITERS)
    assert "<script>" not in html
    assert {ask(a_door(), f"/{link}", "HEAD").status for link in links} == {200}
