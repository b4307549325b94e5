"""A link, or a text, as a QR code, for a booth's screen or a printed page."""

from __future__ import annotations

import io
from urllib.parse import quote

import segno

from biocarto.errors import ExportError
from biocarto.i18n import format_number

LONGEST_LINK = 997
"""Bytes of a version 25 code (117 modules) at level M; the format allows 2,331, but phones fail to read denser ones on paper."""

_QUIET_ZONE = 4
_RESERVED = ":/?#[]@!$&'()*+,;=%~-._"


def _code(link: str) -> segno.QRCode:
    """Error correction M, or better where it costs no space; raises ExportError with the limit."""
    ascii_link = quote(link.encode("utf-8", "ignore"), safe=_RESERVED)
    if not 0 < len(ascii_link) <= LONGEST_LINK:
        raise ExportError(
            f"Ce lien compte {format_number(len(ascii_link), 'fr')} caractères ; un code QR lisible en contient de 1 à {LONGEST_LINK}.",
            f"This link has {format_number(len(ascii_link), 'en')} characters; a readable QR code holds 1 to {LONGEST_LINK}.",
        )
    return segno.make_qr(ascii_link, error="m")


def draw_svg(link: str) -> str:
    """An `<svg>` on white that fills its container, ready for a page or a file; raises ExportError for a link that is too long."""
    target = io.BytesIO()
    _code(link).save(target, kind="svg", border=_QUIET_ZONE, light="white", omitsize=True, xmldecl=False)
    return target.getvalue().decode()


def _png(code: segno.QRCode, scale: int) -> bytes:
    target = io.BytesIO()
    code.save(target, kind="png", border=_QUIET_ZONE, scale=scale)
    return target.getvalue()


def draw_png(link: str, scale: int = 8) -> bytes:
    """A PNG, `scale` pixels per module; raises ExportError for a link that is too long."""
    return _png(_code(link), scale)


def draw_text_png(text: str, scale: int = 8) -> bytes:
    """The same for a text, which keeps its spaces and accents; raises ExportError for one that is empty or too long.

    UTF-8 without a mark of it, which old readers do not know: phones take bytes that are UTF-8 for what they are.
    """
    size = len(text.encode())
    if not 0 < size <= LONGEST_LINK:
        raise ExportError(
            f"Ce texte compte {format_number(size, 'fr')} octets ; un code QR lisible en contient de 1 à {LONGEST_LINK}.",
            f"This text has {format_number(size, 'en')} bytes; a readable QR code holds 1 to {LONGEST_LINK}.",
        )
    return _png(segno.make_qr(text, error="m", mode="byte", encoding="utf-8"), scale)
