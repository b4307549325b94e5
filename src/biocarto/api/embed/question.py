"""What the address of an embed asks for, as values: bounded, and each one of ours or left out."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from biocarto.api.page import choose_language, find_root
from biocarto.api.source import LATEST
from biocarto.config import Settings, strip_base
from biocarto.query.address import Params, parse_query, read_value
from biocarto.query.filters import DroppedValue
from biocarto.render.embedding import find_embed

THEMES = ("auto", "light", "dark")
"""The reader's own theme, or what the page around it has; the first one where the address does not say."""


@dataclass(frozen=True)
class EmbedQuestion:
    """One request. `root` leads from the document to the app; `site` is the whole address of the app, empty where it has no public one.

    `own` is the whole address of the document, made of what was understood; empty until that is known.
    """

    kind: str
    actor: str
    params: Params
    lang: str
    theme: str
    edition: str
    unread: tuple[DroppedValue, ...]
    root: str
    site: str
    own: str = ""


def find_site(request: Request, settings: Settings, base: str) -> str:
    """The address of the app, with a slash at its end: the public one where the operator has named it, else where it was asked."""
    return f"{find_root(request, settings, base)}/"


def read_question(request: Request, kind: str, settings: Settings, base: str) -> EmbedQuestion:
    """The question of a request for an embed."""
    params = parse_query(request.url.query)
    below = strip_base(request.url.path, base).lstrip("/")
    embed = find_embed(below, params)
    theme, unread = read_value(params, "theme", THEMES, THEMES[0])
    return EmbedQuestion(
        kind=kind,
        actor=embed.actor if embed else (params.get("actor") or [""])[-1],
        params=params,
        lang=choose_language(request),
        theme=theme,
        edition=(params.get("edition") or [LATEST])[-1],
        unread=tuple(unread),
        root="../" * below.count("/"),
        site=f"{settings.public_url}/" if settings.public_url else "",
    )
