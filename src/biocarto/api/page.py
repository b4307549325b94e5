"""The page of an address that is made for programs, for whoever opens it: whether and in which language, title, way up, translation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from biocarto.config import Settings
from biocarto.i18n import DEFAULT, LANGUAGES, Locale
from biocarto.render import html

_FOLDER = Path(__file__).parent
_OTHER = {"fr": "en", "en": "fr"}
_NAMES = {"fr": "Français", "en": "English"}


_WEIGHT = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")
"""How gladly, as RFC 9110 (12.4.2) writes it."""
_PAGES = ("text/html", "application/xhtml+xml")
_DATA = re.compile(r"application/([^+]*\+)?json|application/vnd\.oai\.openapi(\+json)?")


def _weigh(header: str) -> dict[str, float]:
    """What a header of the family of Accept names -> how gladly it is taken; a weight that is none is none."""
    found: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *rest = (piece.strip() for piece in part.split(";"))
        given = next((piece[2:] for piece in rest if piece.startswith("q=")), "1")
        if name:
            found[name] = max(found.get(name, 0.0), float(given) if _WEIGHT.fullmatch(given) else 0.0)
    return found


def prefers_page(accept: str) -> bool:
    """Whether HTML is accepted more gladly than JSON; what is accepted alike is JSON, as programs say `*/*`."""
    weights = _weigh(accept)
    any_kind = weights.get("*/*", 0.0)
    pages, data = ({name: weight for name, weight in weights.items() if is_it(name)} for is_it in (_PAGES.__contains__, _DATA.fullmatch))
    page = max(pages.values(), default=weights.get("text/*", any_kind))
    return page > max(data.values(), default=weights.get("application/*", any_kind))


def wants_page(request: Request) -> bool:
    """Whether a person asks: `?f=html`, or without `?f=` whoever takes a page more gladly than data."""
    given = request.query_params.get("f", "")
    return given == "html" or (not given and prefers_page(request.headers.get("accept", "")))


def choose_language(request: Request) -> str:
    """`?lang=` where it is one of ours, else the one of Accept-Language that is read most gladly, the first of several, else French."""
    given = request.query_params.get("lang", "")
    return given if given in LANGUAGES else _find_gladdest(_weigh(request.headers.get("accept-language", "")))


def _find_gladdest(weights: Mapping[str, float]) -> str:
    """Of our languages; those of a country count as their language."""
    found: dict[str, float] = {}
    for name, weight in weights.items():
        lang = name.partition("-")[0]
        found[lang] = max(found.get(lang, 0.0), weight)
    ours = {lang: found.get(lang, found.get("*", 0.0)) for lang in (*found, DEFAULT, *LANGUAGES) if lang in LANGUAGES}
    best = max(ours, key=ours.__getitem__)
    return best if ours[best] > 0 else DEFAULT


def find_root(request: Request, settings: Settings, base: str) -> str:
    """Where this server is, without a slash at its end: the public address, else as the request names it (the guard knows its host)."""
    return settings.public_url or f"{request.url.scheme}://{request.url.netloc}{base}"


@cache
def _read_style() -> Markup:
    return Markup((_FOLDER / "page.css").read_text(encoding="utf-8"))  # noqa: S704 - a file of ours


def answer_page(
    request: Request, title: str, body: Markup, t: Locale, *, steps: Sequence[tuple[str, str]] = (), head: Markup = Markup()
) -> Response:
    """A whole document, made from files: never on the event loop.

    `steps` lead up to it, each an address and its name; `head` is what else its head holds.
    """
    other = _OTHER[t.language]
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    parts = {
        "lang": t.language,
        "other": other,
        "title": title,
        "translation": f"?{urlencode([*query, ('lang', other)])}",
        "language": _NAMES[other],
        "style": _read_style(),
        "head": head,
        "skip": t("Aller au contenu"),
        "path": t("Chemin"),
        "steps": Markup().join(Markup('<li><a href="{}">{}</a></li>').format(address, name) for address, name in steps),
        "body": body,
    }
    page = html.fill_template(_FOLDER / "page.html", parts)
    return Response(page, headers={"Content-Language": t.language, "Vary": "Accept, Accept-Language"}, media_type="text/html")
