"""What a page says in its head of its embed: where oEmbed tells of it, for programs that make frames out of links."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import Scope

from biocarto.config import Settings, strip_base
from biocarto.i18n import DEFAULT, LANGUAGES, Locale
from biocarto.query.address import parse_query
from biocarto.render.embedding import TITLES, find_embed, render_discovery

Describe = Callable[[Scope], str]


def build_describer(settings: Settings, base: str = "") -> Describe:
    """What gives the element for the page of a request, empty where the page has no embed; `base` is the path that the app lives below."""

    def describe(scope: Scope) -> str:
        query = scope.get("query_string", b"").decode("utf-8", "replace")
        inner, params = strip_base(str(scope["path"]), base).lstrip("/"), parse_query(query)
        embed = find_embed(inner, params)
        if embed is None:
            return ""
        root = (settings.public_url or f"{scope['scheme']}://{Headers(scope=scope).get('host', '')}{base}") + "/"
        lang = next((code for code in params.get("lang", ()) if code in LANGUAGES), DEFAULT)
        return str(render_discovery(root, root + inner + (f"?{query}" if query else ""), Locale(lang)(TITLES[embed.kind])))

    return describe
