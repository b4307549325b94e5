"""One request to `/ogc/`: where the door stands for whoever asks, in which language and form the answer is wanted, its parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request

from biocarto.addresses import OGC
from biocarto.api.ogc.parameters import Params, build_error
from biocarto.api.page import choose_language, find_root, wants_page
from biocarto.api.source import LATEST
from biocarto.config import Settings
from biocarto.i18n import LANGUAGES, Locale

JSON, HTML, GEOJSON = "application/json", "text/html", "application/geo+json"
SCHEMA, OPENAPI = "application/schema+json", "application/vnd.oai.openapi+json;version=3.0"
FORMS = ("json", "html")
LANGUAGE_PARAMETER = "lang"
Link = dict[str, Any]


@dataclass(frozen=True)
class OgcCall:
    """A request, and what follows from it; `root` is the absolute address of the door, without a slash at its end."""

    request: Request
    root: str

    @classmethod
    def read(cls, request: Request, settings: Settings, base: str) -> OgcCall:
        """The public address where there is one, else the host that was asked."""
        return cls(request, f"{find_root(request, settings, base)}/{OGC}")

    @cached_property
    def params(self) -> Params:
        """Name -> values, as they were given."""
        found: dict[str, list[str]] = {}
        for name, value in self.request.query_params.multi_items():
            found.setdefault(name, []).append(value)
        return found

    @cached_property
    def t(self) -> Locale:
        """The language of the answer; BadParameterError for one that there is not."""
        given = self.params.get(LANGUAGE_PARAMETER)
        if given and given[0] not in LANGUAGES:
            raise build_error(LANGUAGE_PARAMETER, given[0], " ou ".join(LANGUAGES), " or ".join(LANGUAGES))
        return Locale(choose_language(self.request))

    @cached_property
    def is_page(self) -> bool:
        """Whether a page for people is wanted: by `f`, else by what the program says it accepts."""
        given = self.params.get("f")
        if given and given[0] not in FORMS:
            raise build_error("f", given[0], " ou ".join(FORMS), " or ".join(FORMS))
        return wants_page(self.request)

    @property
    def edition(self) -> str:
        """The name of the edition that is asked for."""
        return (self.params.get("edition") or [LATEST])[0]

    def write_address(self, path: str = "", choices: Iterable[str] = (), **changes: str) -> str:
        """The absolute address of another resource, of the same edition and in the same language as they were asked for.

        `choices`: the filters of a coverage that hold there too, for the same sites to be counted.
        """
        kept = [(name, self.params[name][0]) for name in self.params if name in {"edition", LANGUAGE_PARAMETER} and name not in changes]
        chosen = [(name, value) for name in choices for value in self.params.get(name, ())]
        return add_query(f"{self.root}{quote(path)}", [*kept, *chosen, *changes.items()])

    def write_step(self, path: str = "", choices: Iterable[str] = (), **changes: str) -> str:
        """The same for a link of a page, which leads to a page."""
        return self.write_address(path, choices, **({"f": "html"} if "f" in self.params else {}), **changes)

    def write_variant(self, path: str, **changes: str) -> str:
        """This question, with some of its parameters otherwise."""
        rest = [(name, value) for name, values in self.params.items() if name not in changes for value in values]
        return add_query(f"{self.root}{quote(path)}", [*rest, *changes.items()])

    def link_forms(self, path: str, kind: str, title: str) -> list[Link]:
        """Links to this answer and to its other form."""
        is_page = self.is_page
        return [
            _write_link("alternate" if is_page else "self", self.write_variant(path, f="json"), kind, title, self.t),
            _write_link("self" if is_page else "alternate", self.write_variant(path, f="html"), HTML, title, self.t),
        ]

    def link(self, rel: str, path: str, kind: str, title: str, **changes: str) -> Link:
        """A link to another resource."""
        return _write_link(rel, self.write_address(path, **changes), kind, title, self.t)


def _write_link(rel: str, href: str, kind: str, title: str, t: Locale) -> Link:
    return {"href": href, "rel": rel, "type": kind, "title": title, "hreflang": t.language}


def add_query(address: str, query: Mapping[str, str] | list[tuple[str, str]]) -> str:
    """An address with its parameters, where there are any."""
    written = urlencode(query, safe=",:/", quote_via=quote)
    return f"{address}?{written}" if written else address
