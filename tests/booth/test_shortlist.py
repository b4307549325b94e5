"""What a visitor keeps comes back from a code, read by another library than the one that drew it."""

from __future__ import annotations

import io
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from biocarto.booth import shortlist
from biocarto.booth.shortlist import KEEP, MOST, TITLE
from biocarto.errors import ExportError
from biocarto.register.catalogue import Catalogue
from biocarto.render.qr import LONGEST_LINK, draw_png, draw_text_png

BASE = "https://biocarto.example/carte"


def decoded(png: bytes) -> str:
    """The text of the one code of an image."""
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
    assert found.ec_level in {"M", "Q", "H"}
    assert int(found.extra["Version"]) <= 25
    return str(found.text)


def named(register: Catalogue, *names: str) -> Catalogue:
    """The register with other names in its first rows."""
    actors = register.actors.copy()
    actors.loc[actors.index[: len(names)], "name"] = list(names)
    return replace(register, actors=actors)


def test_a_shortlist_is_read_from_the_address(register: Catalogue) -> None:
    """Each actor once, in the order of keeping; a former id leads to today's, an unknown one is named."""
    old, new = next(iter(register.redirects.items()))
    first, second = register.actors.index[:2]
    found = shortlist.read([second, old, "nobody", first, second, new, "x" * 100], register)
    assert found.ids == (second, new, first)
    assert [(dropped.name, dropped.value) for dropped in found.unknown] == [(KEEP, "nobody"), (KEEP, "x" * 60)]
    assert found.beyond == ()


def test_twenty_actors_at_most(register: Catalogue) -> None:
    """What comes after is told, not forgotten in silence."""
    ids = list(register.actors.index[: MOST + 2])
    found = shortlist.read(ids, register)
    assert (list(found.ids), list(found.beyond)) == (ids[:MOST], ids[MOST:])


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_code_of_a_link_restores_the_shortlist(register: Catalogue, lang: str) -> None:
    """Through the picture and back: the same link, the same actors, the same order, the same language."""
    ids = tuple(register.actors.index[MOST:0:-1])
    payload = shortlist.encode_link(BASE, ids, lang)
    scanned = decoded(draw_png(payload.text, scale=4))
    assert scanned == payload.text == shortlist.build_link(BASE, ids, lang)
    assert (payload.held, payload.left) == (ids, ())
    params = parse_qs(urlsplit(scanned).query)
    assert shortlist.read(params[KEEP], register).ids == ids
    assert params.get("lang", ["fr"]) == [lang]
    assert scanned.startswith(f"{BASE}/annuaire?")


def test_a_link_without_room_says_who_is_left(register: Catalogue) -> None:
    """The twenty longest ids do not fit: the code holds what it can, and nobody disappears."""
    ids = tuple(sorted(register.actors.index, key=len)[-MOST:])
    payload = shortlist.encode_link(BASE, ids, "en")
    assert payload.left
    assert sorted(payload.held + payload.left) == sorted(ids)
    assert parse_qs(urlsplit(decoded(draw_png(payload.text, scale=4))).query)[KEEP] == list(payload.held)
    shortest = min(payload.left, key=len)
    with pytest.raises(ExportError):
        draw_png(shortlist.build_link(BASE, [*payload.held, shortest], "en"))


@given(st.lists(st.text(min_size=1, max_size=300), min_size=1, max_size=MOST, unique=True))
def test_whatever_ids_are_the_link_fits(ids: list[str]) -> None:
    """The size that is reckoned is the size of the link, for ids of any characters."""
    encodable = [actor for actor in ids if actor.isprintable()]
    payload = shortlist.encode_link(BASE, encodable, "en")
    assert len(payload.text) <= LONGEST_LINK
    assert parse_qs(urlsplit(payload.text).query).get(KEEP, []) == list(payload.held)


def test_a_text_holds_the_facts_of_twenty_actors(register: Catalogue) -> None:
    """Name, town and website as the register has them, readable without network; the picture gives the same text."""
    ids = tuple(register.actors.index[:MOST])
    payload = shortlist.encode_text(ids, register)
    assert (payload.held, payload.left) == (ids, ())
    assert decoded(draw_text_png(payload.text, scale=4)) == payload.text
    head, *lines = payload.text.split("\n")
    assert head == TITLE
    for actor, line in zip(ids, lines, strict=True):
        name, town, *website = line.split("; ")
        row = register.actors.loc[actor]
        assert (name, town) == (row["name"], row["commune"])
        assert all(address in row["website"] for address in website)
        assert len(website) == bool(row["website"])


def test_a_text_without_room_says_who_is_left(register: Catalogue) -> None:
    """The longest names of the register: as many as fit, the others named; one more would not fit."""
    ids = tuple(sorted(register.actors.index, key=lambda actor: len(register.actors.at[actor, "name"]))[-MOST:])
    payload = shortlist.encode_text(ids, register)
    assert payload.left
    assert sorted(payload.held + payload.left) == sorted(ids)
    assert decoded(draw_text_png(payload.text, scale=4)) == payload.text
    line = min(
        (shortlist.encode_text([actor], register).text.removeprefix(TITLE) for actor in payload.left), key=lambda line: len(line.encode())
    )
    with pytest.raises(ExportError):
        draw_text_png(payload.text + line)


def test_one_endless_name_does_not_take_the_place_of_the_others(register: Catalogue) -> None:
    """Nineteen of twenty stay."""
    ids = tuple(register.actors.index[:MOST])
    payload = shortlist.encode_text(ids, named(register, "N" * 2000))
    assert payload.left == (ids[0],)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("A\nBEGIN:VCARD\r\nTEL:1", "A BEGIN:VCARD TEL:1"),
        ("WIFI:S:x;T:nopass;;", "WIFI:S:x,T:nopass,,"),
        ("\u202eevil\u200b\x00", "evil"),
        ("Œuvre « Île » 基因 🧬", "Œuvre « Île » 基因 🧬"),
        ("<img onerror=x>", "<img onerror=x>"),
    ],
)
def test_a_hostile_name_stays_a_name(register: Catalogue, name: str, shown: str) -> None:
    """It starts no new line, no action of the phone and no new cell; other scripts come through."""
    changed = named(register, name)
    payload = shortlist.encode_text([changed.actors.index[0]], changed)
    scanned = decoded(draw_text_png(payload.text, scale=4))
    assert scanned.startswith(f"{TITLE}\n{shown}; ")
    assert scanned.count("\n") == 1


@pytest.mark.parametrize("text", ["", "é" * LONGEST_LINK])
def test_a_text_that_does_not_fit_is_refused(text: str) -> None:
    """The limit is told in both languages; it is one of bytes."""
    with pytest.raises(ExportError) as caught:
        draw_text_png(text)
    assert str(LONGEST_LINK) in caught.value.message("fr")
    assert str(LONGEST_LINK) in caught.value.message("en")


def test_the_longest_text_is_read_back() -> None:
    """The limit is one that works, whatever mixture of one and two bytes."""
    text = f"{TITLE}\n".ljust(LONGEST_LINK // 2, "é")
    text = text.ljust(len(text) + LONGEST_LINK - len(text.encode()), "e")
    assert len(text.encode()) == LONGEST_LINK
    assert decoded(draw_text_png(text, scale=4)) == text
