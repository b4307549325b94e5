"""What of BioCarto stands in a page of others: its addresses, which page each comes from, and the code to copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote, unquote, urlencode, urlsplit

from markupsafe import Markup

from biocarto import addresses
from biocarto.model import N_
from biocarto.query.address import parse_query
from biocarto.query.filters import NAMES


class EmbedKind(StrEnum):
    """What can be embedded."""

    MAP = "map"
    LIST = "list"
    BAR = "bar"
    ACTOR = "actor"


TITLES = {
    EmbedKind.MAP: N_("Carte des acteurs d'Île-de-France"),
    EmbedKind.LIST: N_("Liste des acteurs d'Île-de-France"),
    EmbedKind.BAR: N_("Répartition des entreprises d'Île-de-France"),
    EmbedKind.ACTOR: N_("Fiche d'un acteur"),
}
"""What a frame is called: whoever hears the page around it is told so."""

HEIGHTS = {EmbedKind.MAP: 600, EmbedKind.LIST: 600, EmbedKind.BAR: 420, EmbedKind.ACTOR: 640}
"""Pixels of a frame until the document in it has told its own height."""

WIDTH = 800
"""Pixels that a frame asks for where its page does not say how much there is; it takes less."""

SCRIPT = "height.js"
"""The file that gives the frames of a page the height that they tell, at an address that never changes."""

KEPT = (*NAMES, "lang", "theme", "edition")
"""What an embed reads of an address."""

_PAGES = {addresses.REGION: EmbedKind.MAP, addresses.COVERAGE: EmbedKind.MAP, addresses.DIRECTORY: EmbedKind.LIST}
"""Page -> what shows its selection elsewhere."""

Params = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Embed:
    """One embed: its kind, the id of its actor where it is one, and the filters, language, theme and edition of its address."""

    kind: EmbedKind
    actor: str = ""
    params: Params = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Its address below the app's root."""
        own = f"{addresses.EMBED}/{self.kind}" + (f"/{quote(self.actor, safe='')}" if self.actor else "")
        query = urlencode(self.params, doseq=True)
        return own + (f"?{query}" if query else "")


def build_embed(kind: EmbedKind, params: Params, actor: str = "") -> Embed:
    """An embed of what an address asks for: filters only where they change something, and in one order."""
    is_filtered = kind in {EmbedKind.MAP, EmbedKind.LIST}
    return Embed(kind, actor, {name: list(params[name]) for name in KEPT if params.get(name) and (is_filtered or name not in NAMES)})


def find_embed(path: str, params: Params) -> Embed | None:
    """What shows elsewhere what an address shows (`path` below the app's root, without a slash before it); None where nothing does."""
    first, _, rest = path.rstrip("/").partition("/")
    actor = (params.get("actor") or [""])[-1]
    if first == addresses.EMBED:
        kind, _, identity = rest.partition("/")
        return _find_own(kind, unquote(identity), actor, params)
    if first not in _PAGES or rest:
        return None
    return build_embed(EmbedKind.ACTOR, params, actor) if actor else build_embed(_PAGES[first], params)


def _find_own(kind: str, identity: str, actor: str, params: Params) -> Embed | None:
    if kind not in set(EmbedKind) or (identity and kind != EmbedKind.ACTOR):
        return None
    if kind != EmbedKind.ACTOR:
        return build_embed(EmbedKind(kind), params)
    return build_embed(EmbedKind.ACTOR, params, identity or actor) if identity or actor else None


def find_embed_of(address: str, root: str) -> Embed | None:
    """The same for a whole address; `root` is that of the app, with a slash at its end. None for any other site, and for no address."""
    try:
        asked, own = urlsplit(address), urlsplit(root)
    except ValueError:
        return None
    if asked.scheme not in {"http", "https"} or asked.netloc.lower() != own.netloc.lower() or not asked.path.startswith(own.path):
        return None
    return find_embed(asked.path.removeprefix(own.path), parse_query(asked.query))


def write_code(embed: Embed, root: str, title: str, *, width: int = 0, height: int = 0) -> Markup:
    """The code to copy: a frame as wide as its page, or `width` pixels at most, and the script that gives it its height.

    `root` is the address of the app, with a slash at its end.
    """
    room = Markup("max-width:{}px").format(width) if width else Markup("max-width:100%")
    return Markup(
        '<iframe src="{}{}" title="{}" width="100%" height="{}" style="border:0;{}" loading="lazy" allowfullscreen></iframe>\n'
        '<script src="{}{}/{}" async></script>'
    ).format(root, embed.address, title, height or HEIGHTS[embed.kind], room, root, addresses.EMBED, SCRIPT)


def render_discovery(root: str, address: str, title: str) -> Markup:
    """The element of a head by which others find what oEmbed says of a whole address."""
    about = f"{root}{addresses.OEMBED}?{urlencode({'url': address})}"
    return Markup('<link rel="alternate" type="application/json+oembed" href="{}" title="{}">\n').format(about, title)
