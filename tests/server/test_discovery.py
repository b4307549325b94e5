"""What pages say of their embeds: where oEmbed tells of the address that was asked for."""

from __future__ import annotations

import pytest

from biocarto.config import Settings
from biocarto.server.discovery import build_describer
from tests.support.asgi import scope_of


@pytest.mark.parametrize(
    ("target", "named"),
    [
        ("/annuaire", "url=http%3A%2F%2Flocalhost%3A8501%2Fannuaire&#34;"),
        ("/annuaire?actor=genethon", "url=http%3A%2F%2Flocalhost%3A8501%2Fannuaire%3Factor%3Dgenethon"),
        ("/ile-de-france?lang=en", 'title="Map of'),
    ],
)
def test_a_page_with_an_embed_names_it(target: str, named: str) -> None:
    """With its whole address and question."""
    assert named.removesuffix("&#34;") in build_describer(Settings())(scope_of(target))


def test_other_pages_say_nothing_and_nothing_breaks_out() -> None:
    """A question is text in an attribute, whatever stands in it."""
    describe = build_describer(Settings(public_url="https://biocarto.example"), "/carto")
    assert [describe(scope_of(path)) for path in ("/carto/", "/carto/sources", "/carto/annuaire/x")] == ["", "", ""]
    told = describe(scope_of('/carto/annuaire?q=%22%3E%3Cscript%3E&x="><b>'))
    assert "<script" not in told
    assert "<b>" not in told
    assert "https://biocarto.example/oembed?url=https%3A%2F%2Fbiocarto.example%2Fannuaire" in told
