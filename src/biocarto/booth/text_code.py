"""A text as a QR code: unlike a link, it keeps its spaces and accents."""

from __future__ import annotations

import io

import segno

from biocarto.export.errors import ExportError
from biocarto.export.qr import LONGEST_LINK
from biocarto.i18n import number

_QUIET_ZONE = 4


def text_png(text: str, scale: int = 8) -> bytes:
    """A PNG, `scale` pixels per module, error correction M or better; raises ExportError for a text that is empty or too long.

    UTF-8 without a mark of it, which old readers do not know: phones take bytes that are UTF-8 for what they are.
    """
    size = len(text.encode())
    if not 0 < size <= LONGEST_LINK:
        raise ExportError(
            f"Ce texte compte {number(size, 'fr')} octets ; un code QR lisible en contient de 1 à {LONGEST_LINK}.",
            f"This text has {number(size, 'en')} bytes; a readable QR code holds 1 to {LONGEST_LINK}.",
        )
    target = io.BytesIO()
    segno.make_qr(text, error="m", mode="byte", encoding="utf-8").save(target, kind="png", border=_QUIET_ZONE, scale=scale)
    return target.getvalue()
