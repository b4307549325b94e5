"""oEmbed: what stands elsewhere for an address of ours, and a refusal in words for everything else."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from biocarto.config import Settings
from tests.support.asgi import ask
from tests.support.embeds import build_app

APP = build_app()
SITE = "http://localhost:8501"


def ask_oembed(url: str, more: str = "") -> tuple[int, dict[str, Any]]:
    """Status and JSON of an answer."""
    answer = ask(APP, f"/oembed?url={quote(url, safe='')}{more}")
    return answer.status, json.loads(answer.body)


@pytest.mark.parametrize(
    ("address", "embed"),
    [
        ("/embed/map?kind=company", "/embed/map?kind=company"),
        ("/ile-de-france?kind=company&view=1", "/embed/map?kind=company"),
        ("/couverture?kind=company", "/embed/map?kind=company"),
        ("/annuaire?q=vecteurs&lang=en", "/embed/list?q=vecteurs&amp;lang=en"),
        ("/annuaire?actor=genethon&q=x", "/embed/actor/genethon"),
        ("/ile-de-france?actor=genethon", "/embed/actor/genethon"),
        ("/embed/bar", "/embed/bar"),
    ],
)
def test_a_page_and_its_embed_are_told_as_rich_content(address: str, embed: str) -> None:
    """All that oEmbed 1.0 asks of the type, with the code of the button."""
    status, told = ask_oembed(SITE + address)
    assert status == 200
    assert (told["version"], told["type"], told["provider_name"], told["width"]) == ("1.0", "rich", "BioCarto", 800)
    assert f'src="{SITE}{embed}"' in told["html"]
    assert f'title="{told["title"]}"' in told["html"].replace("&#39;", "'")


@pytest.mark.parametrize(
    "url",
    [
        *("", "x", "/annuaire", f"{SITE}/", f"{SITE}/sources", f"{SITE}/annuaire/x", f"{SITE}/embed/nothing", f"{SITE}/embed/map/x"),
        *("https://other.example/annuaire", f"{SITE}/annuaire?actor=nobody", f"{SITE}/embed/actor", "javascript:alert(1)", "http://[x/"),
    ],
)
def test_what_has_no_embed_is_404_in_words(url: str) -> None:
    """Other sites, other pages, actors that are not there, and what is no address."""
    status, told = ask_oembed(url)
    assert status == 404
    assert told["detail_fr"]


def test_a_size_is_the_room_that_there_is() -> None:
    """Never more than asked for, and never more than an embed needs."""
    told = ask_oembed(f"{SITE}/annuaire", "&maxwidth=320&maxheight=9999")[1]
    assert (told["width"], told["height"]) == (320, 600)
    assert "max-width:320px" in told["html"]


@pytest.mark.parametrize("size", ["0", "-1", "1e9", "abc", "99999999999999999999", "1.5"])
def test_a_size_that_is_none_is_refused(size: str) -> None:
    """400, and which one."""
    status, told = ask_oembed(f"{SITE}/annuaire", f"&maxwidth={size}")
    assert status == 400
    assert "maxwidth" in told["detail_fr"]


def test_only_json_is_served() -> None:
    """501, as oEmbed has it."""
    assert ask_oembed(f"{SITE}/annuaire", "&format=xml")[0] == 501
    assert ask_oembed(f"{SITE}/annuaire", "&format=json")[0] == 200


def test_an_edition_that_is_not_there_is_400() -> None:
    """Of an actor, whose name has to be read in it; the last of several is meant, as in the document."""
    assert ask_oembed(f"{SITE}/annuaire?actor=genethon&edition=1999-01-01")[0] == 400
    assert ask_oembed(f"{SITE}/annuaire?actor=genethon&edition=latest&edition=1999-01-01")[0] == 400
    assert ask_oembed(f"{SITE}/annuaire?actor=nobody&actor=genethon&edition=1999-01-01&edition=latest")[0] == 200


def test_whole_addresses_are_the_public_ones() -> None:
    """Behind a proxy, whatever the server is asked under."""
    app = build_app(Settings(public_url="https://biocarto.example/c"), "/carto")
    answer = ask(app, f"/carto/oembed/?url={quote('https://biocarto.example/c/annuaire', safe='')}")
    assert 'src="https://biocarto.example/c/embed/list"' in json.loads(answer.body)["html"]
