"""From the door of the address to the room behind it."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from biocarto.analysis import breakdown
from biocarto.booth.shortlist import Shortlist
from biocarto.register.catalogue import Catalogue
from biocarto.render import cards
from biocarto.ui.booth import actors, find, home, nearby, need_form, networks, propose, shortlist, staff, tour
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html

Room = Callable[[Catalogue, Shortlist], None]


def show(door: str, catalogue: Catalogue, kept: Shortlist) -> None:
    """What the door leads to."""
    _ROOMS[door](catalogue, kept)


def _survey(catalogue: Catalogue, kept: Shortlist) -> None:
    """Both truths beside the map of the named actors."""
    found = breakdown.read_survey(catalogue.figures)
    register = cache.make_once("register", lambda: breakdown.count_register(catalogue.actors, catalogue.edition))

    def show_title() -> None:
        show_html(Markup("<p class='bc-huge'>{}</p>").format(get_locale().number(found.total)))
        show_html(cards.render_survey(found, catalogue, get_locale()))
        show_html(cards.render_register(register, found, get_locale()))

    actors.show(actors.list_active_actors(catalogue), catalogue, kept, show_title)


_ROOMS: dict[str, Room] = {
    "home": home.show,
    "survey": _survey,
    "tour": tour.show,
    "near": nearby.show,
    "who": find.show,
    "networks": networks.show,
    "kept": shortlist.show,
    "need": need_form.show,
    "propose": propose.show_new,
    "report": propose.show_report,
    "staff": staff.show,
}
