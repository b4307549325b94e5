"""A picture of an operator is still, small, and asks nobody anything; all else is refused with its reason."""

from __future__ import annotations

import struct
import zlib

import pytest

from biocarto.pictures import HEAVIEST, LARGEST, MOST_NODES, PictureError, encode_picture


def chunk(kind: bytes, data: bytes) -> bytes:
    """One piece of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 1, height: int = 1, *more: bytes) -> bytes:
    """A grey PNG."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0\x80"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(more) + pixels + chunk(b"IEND", b"")


def svg(inner: str = "", head: str = "") -> bytes:
    """A document around some elements."""
    ns = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
    return f"{head}<svg {ns} viewBox='0 0 8 8'>{inner}</svg>".encode()


DOCTYPE = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
GOOD = {
    "grey": png(),
    "plain": svg("<circle r='3' fill='url(#ink)'/><a href='#top'/>"),
    "quoted": svg("<circle fill='url(\"#ink\")'/><style>.a { fill: url( '#ink' ) }</style>"),
    "copies": svg("<defs><path id='leaf' d='M0 0h1'/></defs><use xlink:href='#leaf'/><use href='#leaf' x='2'/>"),
    "an old editor's": svg("<image href='data:image/png;base64,AAAA'/>", DOCTYPE),
    "with a mark": b"\xef\xbb\xbf" + svg(),
}
BAD = {
    "nothing": b"",
    "text": b"logo",
    "a GIF": b"GIF89a",
    "HTML": b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
    "no namespace": b"<svg/>",
    "cut": png()[:-3],
    "spoilt": png().replace(b"IDAT", b"IDAX"),
    "no end": png()[:-12],
    "wide": png(width=LARGEST + 1),
    "flat": png(height=0),
    "moving PNG": png(1, 1, chunk(b"acTL", bytes(8))),
    "heavy": svg("<!--" + "x" * HEAVIEST + "-->"),
    "crowded": svg("<g/>" * MOST_NODES),
    "script": svg("<script>alert(1)</script>"),
    "script in capitals": svg("<SCRIPT/>"),
    "HTML inside": svg("<foreignObject><b xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"),
    "handler": svg("<g onload='alert(1)'/>"),
    "outside image": svg("<image xlink:href='https://a.example/x.png'/>"),
    "program in a link": svg("<a href=' javascript:alert(1)'/>"),
    "SVG in SVG": svg("<image href='data:image/svg+xml;base64,AAAA'/>"),
    "outside fill": svg("<g fill='url(https://a.example)'/>"),
    "outside fill in quotes": svg("<g fill='url( \"https://a.example\")'/>"),
    "outside fill in other letters": svg("<g fill='url&#40;https://a.example)'/>"),
    "moving style in other letters": svg("<style>.a { anim&#97;tion: a 1s }</style>"),
    "outside style": svg("<style>@import 'https://a.example'</style>"),
    "moving style": svg("<style>@keyframes a{}</style>"),
    "moving": svg("<g><animate attributeName='x'/></g>"),
    "entities": svg("&a;", "<!DOCTYPE svg [<!ENTITY a 'aaa'>]>"),
    "other style sheet": svg("", "<?xml-stylesheet href='https://a.example'?>"),
    "two bytes a letter": svg("<script/>").decode().encode("utf-16"),
    "copies of copies": svg("<g id='a'><use href='#b'/><use href='#b'/></g><use href='#a'/>"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_still_picture_is_kept_as_it_is(name: str) -> None:
    """As an image of the page, byte by byte."""
    kind = "png" if name == "grey" else "svg+xml"
    assert encode_picture(GOOD[name]).startswith(f"data:image/{kind};base64,")


@pytest.mark.parametrize("name", BAD)
def test_anything_else_is_refused(name: str) -> None:
    """In both languages."""
    with pytest.raises(PictureError) as caught:
        encode_picture(BAD[name])
    assert caught.value.fr != caught.value.en
