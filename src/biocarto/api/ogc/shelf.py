"""Which features a call is about: the edition, the collection, and for a coverage the sites that it counts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, cast

from biocarto.api.ogc.call import Link, OgcCall
from biocarto.api.ogc.parameters import build_error
from biocarto.api.source import RegisterSource
from biocarto.desk.archive import UnknownEditionError
from biocarto.errors import AppError, quote_value
from biocarto.export.collections.collection import Collection
from biocarto.export.collections.library import NAMES, CollectionLibrary, choose_sources
from biocarto.export.collections.source import FeatureSource
from biocarto.query import filters
from biocarto.register.catalogue import Catalogue


class NoSuchResourceError(AppError):
    """A collection or a feature that there is not."""


class CollectionShelf:
    """The collections of every edition of the register."""

    def __init__(self, register: RegisterSource) -> None:
        self.register = register

    @cached_property
    def _library(self) -> CollectionLibrary:
        return CollectionLibrary(choose_sources(self.register.settings.features))

    def load_catalogue(self, call: OgcCall) -> Catalogue:
        """The edition that is asked for; BadParameterError where there is none of that name."""
        try:
            return self.register.load_catalogue(call.edition)
        except UnknownEditionError as error:
            raise build_error("edition", call.edition, *(", ".join(("latest", *error.known[:8])),) * 2) from error

    def find(self, call: OgcCall, name: str) -> FeatureSource:
        """A collection as it is; NoSuchResourceError."""
        if name not in NAMES:
            known, given = ", ".join(NAMES), quote_value(name)
            raise NoSuchResourceError(
                f"Il n'y a pas de collection « {given} ». Collections : {known}.",
                f"There is no collection “{given}”. Collections: {known}.",
            )
        return self._library.find_source(self.load_catalogue(call), name)

    def narrow(self, call: OgcCall, source: FeatureSource) -> FeatureSource:
        """The same collection for the sites that the filters of the call leave; BadParameterError for a value that there is not."""
        choices = source.collection.choices
        given = {name: call.params[name] for name in choices if name in call.params}
        if not given:
            return source
        chosen, dropped = filters.read(given, choices)
        for lost in dropped:
            accepted = ", ".join(choices[lost.name])
            raise build_error(lost.name, lost.value, accepted, accepted)
        return self._library.find_source(self.load_catalogue(call), source.collection.id, chosen)

    def list_sources(self, call: OgcCall) -> list[FeatureSource]:
        """Every collection of the edition."""
        return [self.find(call, name) for name in NAMES]

    def read_licence(self, call: OgcCall) -> Mapping[str, Any]:
        """`title` and `path` of the licence of the tables."""
        return cast(Mapping[str, Any], self.load_catalogue(call).resources["actors"]["licence"])

    def link_licence(self, call: OgcCall) -> Link:
        """The licence as a link."""
        licence = self.read_licence(call)
        return {"href": licence["path"], "rel": "license", "type": "text/html", "title": licence["title"]}


def require_feature(collection: Collection, feature: str, text: bytes | None) -> bytes:
    """The feature itself; NoSuchResourceError."""
    if text is None:
        raise NoSuchResourceError(
            f"La collection {collection.id} n'a pas d'objet « {quote_value(feature)} ». Ses objets sont à l'adresse "
            f"/collections/{collection.id}/items.",
            f"The collection {collection.id} has no feature “{quote_value(feature)}”. Its features are at "
            f"/collections/{collection.id}/items.",
        )
    return text
