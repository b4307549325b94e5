"""The list of pictures: what can be asked for and how, as a page for people and as JSON for programs."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from biocarto.addresses import PICTURE
from biocarto.api.answers import answer_document
from biocarto.api.page import answer_page, choose_language, find_root, wants_page
from biocarto.api.picture.request import COMMON
from biocarto.api.source import RegisterSource
from biocarto.export.picture.asking import KINDS
from biocarto.export.picture.model import SIZES
from biocarto.export.picture.writing import WRITERS
from biocarto.i18n import LANGUAGES, Locale


async def answer_listing(source: RegisterSource, base: str, request: Request) -> Response:
    """A page where a browser asks, else JSON; `?f=json` or `?f=html` say which. `base` is the path that the app lives below."""
    return await to_thread.run_sync(_answer, source, base, request)


def _answer(source: RegisterSource, base: str, request: Request) -> Response:
    t = Locale(choose_language(request))
    folder = f"{find_root(request, source.settings, base)}/{PICTURE}"
    if wants_page(request):
        return answer_page(request, t("Images"), _render_list(folder, t), t)
    headers = {"Cache-Control": "no-cache", "Content-Language": t.language, "Vary": "Accept, Accept-Language, Accept-Encoding"}
    return answer_document(request, _describe(folder, t), "application/json", headers)


def _describe(folder: str, t: Locale) -> dict[str, Any]:
    return {
        "title": t("Images"),
        "pictures": [
            {"name": name, "title": t(kind.label), "href": f"{folder}/{name}.png", "parameters": [*COMMON, *kind.names]}
            for name, kind in KINDS.items()
        ],
        "sizes": {name: {"width": size.pixels[0], "height": size.pixels[1], "dpi": size.dpi} for name, size in SIZES.items()},
        "formats": {extension: media for extension, (_, media) in WRITERS.items()},
        "languages": list(LANGUAGES),
    }


def _render_list(folder: str, t: Locale) -> Markup:
    """One line a picture: its name, its forms, what else its address may say."""
    told = t("Chaque carte et chaque graphique, avec son titre, ses filtres, sa légende, ses sources, sa date et son adresse.")
    lines = Markup().join(
        Markup("<tr><th scope='row'>{}</th><td>{}</td><td>{}</td></tr>").format(
            t(kind.label), _render_forms(f"{folder}/{name}", t), " ".join(kind.names) or "—"
        )
        for name, kind in KINDS.items()
    )
    head = Markup().join(Markup("<th scope='col'>{}</th>").format(text) for text in (t("Image"), t("Fichiers"), t("Paramètres")))
    more = Markup("<p>{} <code>{}</code></p>").format(
        t("Pour toutes :"), f"size={'|'.join(SIZES)} lang={'|'.join(LANGUAGES)} transparent=1 qr=1 edition=… download=1"
    )
    return Markup("<p>{}</p><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>{}").format(told, head, lines, more)


def _render_forms(address: str, t: Locale) -> Markup:
    """A link for each size and form."""
    if address.endswith("/actor"):
        return Markup("<code>{}.png?actor=…</code>").format(address)
    return Markup(", ").join(
        Markup("<a href='{}.{}?size={}&amp;lang={}'>{} {}</a>").format(address, extension, size, t.language, extension.upper(), size)
        for extension in WRITERS
        for size in SIZES
    )
