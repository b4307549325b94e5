"""From an address to a picture: which pictures there are, what each is asked with, and what is said of what means nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import dataclass

from biocarto import addresses, labels
from biocarto.analysis.coverage import territories, view
from biocarto.analysis.coverage.view import CoverageView, TerritoryIndex
from biocarto.analysis.networks import networks, organisations
from biocarto.errors import QuestionError, quote_value
from biocarto.export.picture import actor_map, bars, coverage_map, foundings, network_map, tour_map
from biocarto.export.picture.absences import picture_absences
from biocarto.export.picture.coverage_map import CoveragePicture
from biocarto.export.picture.foundings import FoundingChart
from biocarto.export.picture.model import Picture
from biocarto.export.picture.subject import PictureContext
from biocarto.model import N_
from biocarto.query import filters
from biocarto.query.filters import COVERAGE_FACETS, NAMES, YEAR, Filters
from biocarto.query.select import prepare_actors
from biocarto.register.catalogue import Catalogue
from biocarto.rows import list_rows

MOST_SHOWN = 12
"""Values that a refusal names of those that would have been accepted."""
_COVERAGE = (*COVERAGE_FACETS, YEAR, "territory", "group", "measure", "level", "scheme", "map")
SEVERAL = frozenset({*filters.FACETS, "net"})
"""Names that may have several values; every other has one."""
TYPED = frozenset({"q", "near", "km", "area"})
"""What a visitor types or draws: a picture of it is kept nowhere."""


@dataclass(frozen=True)
class PictureQuestion:
    """The values of an address, by name; everything that means nothing is a QuestionError in words."""

    values: Mapping[str, list[str]]

    def read_value(self, name: str, allowed: Container[str], default: str = "") -> str:
        """The value of a name, or `default` without one."""
        given = (self.values.get(name) or [""])[-1]
        if given and given not in allowed:
            raise refuse_value(name, given, allowed)
        return given or default

    def read_filters(self, names: tuple[str, ...], catalogue: Catalogue) -> Filters:
        """The filters among `names`."""
        known = filters.list_accepted_values(prepare_actors(catalogue), catalogue)
        given = {name: self.values[name] for name in names if name in self.values}
        found, dropped = filters.read(given, known)
        for value in dropped:
            raise refuse_value(value.name, value.value, known.get(value.name, ()))
        return found

    def understand(self, names: tuple[str, ...], catalogue: Catalogue) -> PictureQuestion:
        """The same question with the filters among `names` as they were understood: each value once, none that changes nothing."""
        asked = tuple(name for name in names if name in NAMES)
        rest = {name: values for name, values in self.values.items() if name not in asked}
        return PictureQuestion({**rest, **self.read_filters(asked, catalogue).to_params()})

    @property
    def is_typed(self) -> bool:
        """Whether a visitor typed a part of it."""
        return any(self.values.get(name) for name in TYPED)


def refuse_value(name: str, given: str, allowed: Container[str]) -> QuestionError:
    """What is wrong with a value, and some of those that there are."""
    known = sorted(allowed) if isinstance(allowed, Collection) else []
    some = ", ".join(quote_value(value) for value in known[:MOST_SHOWN]) or "—"
    return QuestionError(
        f"« {quote_value(given)} » n'est pas une valeur de {name}. Valeurs possibles, entre autres : {some}. Rien n'a été modifié.",
        f"“{quote_value(given)}” is no value of {name}. Possible values, among others: {some}. Nothing was changed.",
    )


@dataclass(frozen=True)
class PictureKind:
    """A picture that can be asked for: what it is, the page that shows the same, the names that its address may have, how it is made."""

    label: str
    page: str
    names: tuple[str, ...]
    make: Callable[[PictureContext, PictureQuestion], Picture]


def _make_region(context: PictureContext, asked: PictureQuestion) -> Picture:
    return actor_map.picture_region(context, asked.read_filters(NAMES, context.catalogue))


def _make_actor(context: PictureContext, asked: PictureQuestion) -> Picture:
    catalogue = context.catalogue
    given = asked.read_value("actor", frozenset({*catalogue.actors.index, *catalogue.redirects}))
    actor = catalogue.redirects.get(given, given)
    if not actor:
        raise QuestionError(
            "Dites de quel acteur : actor= et son identifiant, comme dans l'adresse de sa fiche. Rien n'a été modifié.",
            "Say of which actor: actor= and its id, as in the address of its sheet. Nothing was changed.",
        )
    return actor_map.picture_actor(context, actor)


def _read_view(asked: PictureQuestion, places: TerritoryIndex) -> CoverageView:
    return view.read_view(asked.read_value, places)


def _read_coverage(context: PictureContext, asked: PictureQuestion) -> CoveragePicture:
    places = view.index_territories(context.catalogue.territory)
    found = _read_view(asked, places)
    drawn = asked.read_value("map", ("symbols", "areas", "both"), "areas")
    chosen = asked.read_filters((*COVERAGE_FACETS, YEAR), context.catalogue)
    return CoveragePicture(context, found, places, chosen, shows_symbols=drawn != "areas", shows_areas=drawn != "symbols")


def _make_foundings(context: PictureContext, asked: PictureQuestion) -> Picture:
    places = view.index_territories(context.catalogue.territory)
    code = asked.read_value("territory", places.levels, "11")
    chosen = territories.narrow_filters(asked.read_filters((*COVERAGE_FACETS,), context.catalogue), places.levels[code], code)
    chart = FoundingChart(asked.read_value("chart", list(FoundingChart), FoundingChart.CURVE))
    return foundings.picture_foundings(context, chosen, chart)


def _make_tour(context: PictureContext, asked: PictureQuestion) -> Picture:
    return tour_map.picture_tour(context, asked.read_value("stage", list(context.catalogue.stages["id"])))


def _make_networks(context: PictureContext, asked: PictureQuestion) -> Picture:
    """The networks named, else all of a scale."""
    catalogue, t = context.catalogue, context.t
    members = networks.list_members(catalogue)
    able = organisations.list_with_members(catalogue)
    scale = asked.read_value("scale", organisations.SCALES, "european")
    named = asked.values.get("net", [])
    for network in named:
        if network not in able:
            raise refuse_value("net", network, able)
    wanted = set(named) or set(catalogue.networks.index[catalogue.networks["scale"].eq(scale)])
    here = [network for network in able if network in wanted]
    cities = {str(row["place_id"]): labels.name_city(catalogue, row, t) for row in list_rows(members.drop_duplicates("place_id"))}
    told = t(network_map.SCALE_TITLES[scale]) if not named else t.write_count(len(here), "{n} réseau", "{n} réseaux")
    return network_map.picture_networks(context, here, cities, told)


KINDS: dict[str, PictureKind] = {
    "region": PictureKind(N_("Acteurs d'Île-de-France"), addresses.REGION, NAMES, _make_region),
    "directory": PictureKind(N_("Sélection de l'annuaire"), addresses.DIRECTORY, NAMES, _make_region),
    "actor": PictureKind(N_("Un acteur, où il est"), addresses.DIRECTORY, ("actor",), _make_actor),
    "coverage": PictureKind(
        N_("Couverture du territoire"),
        addresses.COVERAGE,
        _COVERAGE,
        lambda context, asked: coverage_map.picture_coverage(_read_coverage(context, asked)),
    ),
    "chain": PictureKind(
        N_("Chaîne, de la recherche à la production"),
        addresses.COVERAGE,
        _COVERAGE,
        lambda context, asked: coverage_map.picture_chain(_read_coverage(context, asked)),
    ),
    "absences": PictureKind(
        N_("Ce qui manque"),
        addresses.COVERAGE,
        _COVERAGE,
        lambda context, asked: picture_absences(_read_coverage(context, asked)),
    ),
    "foundings": PictureKind(N_("Créations dans le temps"), addresses.COVERAGE, (*COVERAGE_FACETS, "territory", "chart"), _make_foundings),
    "tour": PictureKind(N_("Bioproduction Tour"), addresses.TOUR, ("stage",), _make_tour),
    "networks": PictureKind(N_("Réseaux"), addresses.NETWORKS, ("net", "scale"), _make_networks),
    "breakdown": PictureKind(
        N_("Recensement et répertoire"), addresses.REGION, (), lambda context, _asked: bars.picture_breakdown(context)
    ),
}
"""The names of pictures in addresses."""
