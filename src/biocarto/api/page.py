"""The page of an address that is made for programs, for whoever opens it: title, way up, the same in the other language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from biocarto.i18n import DEFAULT, LANGUAGES, Locale
from biocarto.render import html

_FOLDER = Path(__file__).parent
_OTHER = {"fr": "en", "en": "fr"}
_NAMES = {"fr": "Français", "en": "English"}


def choose_language(request: Request) -> str:
    """`?lang=` where it is one of ours, else the first of Accept-Language that is, else French."""
    given = request.query_params.get("lang", "")
    wanted = [given, *(part.strip()[:2].lower() for part in request.headers.get("accept-language", "").split(","))]
    return next((lang for lang in wanted if lang in LANGUAGES), DEFAULT)


def answer_page(
    request: Request, title: str, body: Markup, t: Locale, *, steps: Sequence[tuple[str, str]] = (), head: Markup = Markup()
) -> Response:
    """A whole document. `steps` lead up to it, each an address and its name; `head` is what else its head holds."""
    other = _OTHER[t.language]
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    parts = {
        "lang": t.language,
        "other": other,
        "title": title,
        "translation": f"?{urlencode([*query, ('lang', other)])}",
        "language": _NAMES[other],
        "style": Markup((_FOLDER / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - a file of ours
        "head": head,
        "skip": t("Aller au contenu"),
        "path": t("Chemin"),
        "steps": Markup().join(Markup('<li><a href="{}">{}</a></li>').format(address, name) for address, name in steps),
        "body": body,
    }
    page = html.fill_template(_FOLDER / "page.html", parts)
    return Response(page, headers={"Content-Language": t.language, "Vary": "Accept, Accept-Language"}, media_type="text/html")
