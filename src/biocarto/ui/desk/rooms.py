"""The rooms of the desk: one line for each, in the order of the page, and the way from the address to the one that is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from biocarto.desk.members import Member
from biocarto.desk.rights import Right, may
from biocarto.model import N_
from biocarto.ui.desk import people, register_room
from biocarto.ui.shared import address, filter_bar
from biocarto.ui.shared.language import get_locale

NAME = "vue"
"""The room, in the address."""


@dataclass(frozen=True)
class DeskRoom:
    """A room: its value in the address, its label, the right without which it is not there, what shows it."""

    key: str
    label: str
    right: Right
    show: Callable[[Member], None]


def _show_nothing(_member: Member) -> None:
    """A room that nobody has furnished yet."""


ROOMS = (
    DeskRoom("a-faire", N_("À faire"), Right.EDIT, _show_nothing),
    DeskRoom("registre", N_("Registre"), Right.EDIT, register_room.show),
    DeskRoom("propositions", N_("Propositions"), Right.FOLLOW_PROPOSALS, _show_nothing),
    DeskRoom("historique", N_("Historique"), Right.FOLLOW_PROPOSALS, _show_nothing),
    DeskRoom("publier", N_("Publier"), Right.PUBLISH, _show_nothing),
    DeskRoom("equipe", N_("L'équipe"), Right.MANAGE_MEMBERS, people.show),
)


def list_rooms(member: Member) -> dict[str, DeskRoom]:
    """Value of the address -> the rooms that a member may enter."""
    return {room.key: room for room in ROOMS if may(member.role, room.right)}


def show(member: Member) -> None:
    """The doors of all rooms, and the room that the address names."""
    t, rooms = get_locale(), list_rooms(member)
    first = next(iter(rooms))
    filter_bar.choose_one(NAME, {key: t(room.label) for key, room in rooms.items()}, first, t("Partie de l'atelier"))
    rooms[address.read_value(NAME, rooms, first)].show(member)
