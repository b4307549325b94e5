"""A picture that an operator gives, such as a logo: taken for hostile until it is known to be still, small and alone."""

from __future__ import annotations

import re
import struct
import zlib
from base64 import b64encode
from collections.abc import Iterator
from xml.etree import ElementTree as ET

HEAVIEST = 200_000
"""Bytes of a picture: it is sent with the page."""
LARGEST = 4_000
"""Pixels on a side of a PNG: what a browser unpacks is bounded, however well it is packed."""
MOST_NODES = 5_000

_PNG = b"\x89PNG\r\n\x1a\n"
_REFUSED = {"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "animate", "animatemotion", "animatetransform", "set"}
"""Elements of SVG that run, that bring other documents in, or that move."""
_OUTSIDE = re.compile(
    r"url\(\s*+['\"]?+\s*+(?!#)|@import|@keyframes|@font-face|animation|javascript:|<!ENTITY|<!DOCTYPE[^>]*\[|xml-stylesheet", re.I
)
_INLINE = ("#", "data:image/png;base64,", "data:image/jpeg;base64,")


class PictureError(ValueError):
    """What is wrong with a picture, in French and in English."""

    def __init__(self, fr: str, en: str) -> None:
        super().__init__(en)
        self.fr, self.en = fr, en


def encode_picture(content: bytes) -> str:
    """The picture as the `src` of an image, in which nothing can run; raises PictureError for what is no still PNG or SVG."""
    if len(content) > HEAVIEST:
        raise PictureError(f"le fichier dépasse {HEAVIEST // 1000} ko", f"the file is larger than {HEAVIEST // 1000} kB")
    if content.startswith(_PNG):
        _check_png(content)
        return _encode("image/png", content)
    _check_svg(content)
    return _encode("image/svg+xml", content)


def _encode(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{b64encode(content).decode('ascii')}"


def _walk_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Type and data of each chunk: https://www.w3.org/TR/png-3/#5Chunk-layout; raises PictureError for a damaged one."""
    at = len(_PNG)
    while at < len(content):
        head = content[at : at + 8]
        size, kind = struct.unpack(">I4s", head) if len(head) == 8 else (HEAVIEST, b"")
        data, check = content[at + 8 : at + 8 + size], content[at + 8 + size : at + 12 + size]
        if len(check) < 4 or zlib.crc32(kind + data) != int.from_bytes(check, "big"):
            raise PictureError("ce PNG est abîmé", "this PNG is damaged")
        yield kind, data
        at += 12 + size


def _check_png(content: bytes) -> None:
    chunks = list(_walk_chunks(content))
    kinds = [kind for kind, _ in chunks]
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or len(chunks[0][1]) != 13:
        raise PictureError("ce PNG est abîmé", "this PNG is damaged")
    if b"acTL" in kinds:
        raise PictureError("ce PNG est animé", "this PNG moves")
    sides = struct.unpack(">II", chunks[0][1][:8])
    if not all(1 <= side <= LARGEST for side in sides):
        raise PictureError(f"ce PNG dépasse {LARGEST} pixels de côté", f"this PNG has more than {LARGEST} pixels on a side")


def _name(qualified: str) -> str:
    """The name of an element or attribute without its namespace, lower case."""
    return qualified.rpartition("}")[2].lower()


def _refuse_outside(text: str) -> None:
    if _OUTSIDE.search(text):
        raise PictureError("ce SVG s'anime ou appelle autre chose que lui-même", "this SVG moves or calls for something else than itself")


def _parse_svg(content: bytes) -> ET.Element:
    try:
        text = content.decode("utf-8-sig")
        _refuse_outside(text)
        root = ET.fromstring(text)  # noqa: S314 - a text without entities, of bounded size
    except (UnicodeDecodeError, ET.ParseError, ValueError) as error:
        if isinstance(error, PictureError):
            raise
        raise PictureError("ce n'est ni un PNG ni un SVG en UTF-8", "this is neither a PNG nor an SVG in UTF-8") from None
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        raise PictureError("ce n'est ni un PNG ni un SVG", "this is neither a PNG nor an SVG")
    return root


def _check_svg(content: bytes) -> None:
    nodes = list(_parse_svg(content).iter())
    if len(nodes) > MOST_NODES:
        raise PictureError(f"ce SVG a plus de {MOST_NODES} éléments", f"this SVG has more than {MOST_NODES} elements")
    for node in nodes:
        _check_node(node)
    _check_copies(nodes)


def _check_node(node: ET.Element) -> None:
    if _name(str(node.tag)) in _REFUSED or any(_name(name).startswith("on") for name in node.attrib):
        raise PictureError("ce SVG contient un programme ou un mouvement", "this SVG has a program or a movement in it")
    if any(_name(name) == "href" and not target.strip().startswith(_INLINE) for name, target in node.attrib.items()):
        raise PictureError("ce SVG appelle un autre fichier", "this SVG calls for another file")
    for text in (node.text or "", *node.attrib.values()):  # again, as a browser reads it: `&#40;` was no bracket in the file
        _refuse_outside(text)


def _check_copies(nodes: list[ET.Element]) -> None:
    """Copies of copies could double without end: what is copied holds no copy."""
    copied = {
        target.strip()[1:]
        for node in nodes
        if _name(str(node.tag)) == "use"
        for name, target in node.attrib.items()
        if _name(name) == "href"
    }
    holding = {node.get("id", "") for node in nodes if any(_name(str(inner.tag)) == "use" for inner in node.iter())}
    if copied & holding - {""}:
        raise PictureError("ce SVG copie des copies", "this SVG copies copies")
