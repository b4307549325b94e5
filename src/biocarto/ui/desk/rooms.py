"""The rooms of the desk: one line for each, in the order of the page, and the way from the address to the one that is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from biocarto.desk.acts import Desk
from biocarto.desk.members import Member
from biocarto.desk.rights import Right, may
from biocarto.errors import AppError
from biocarto.model import N_
from biocarto.ui.desk import acts, history_room, import_room, official_room, people, proposals, publish_room, register_room, todo_room
from biocarto.ui.shared import address, cache, filter_bar
from biocarto.ui.shared.identity import open_desk_store
from biocarto.ui.shared.language import get_locale

NAME = "vue"
"""The room, in the address."""
FORGOTTEN = ("table", "ligne", "acte", "q", "proposition", "par", "page", "state", "de", "a", "avec", "liste", "source", "candidat")
"""What another room makes meaningless in the address."""


@dataclass(frozen=True)
class DeskRoom:
    """A room: its value in the address, its label, the right without which it is not there, what shows it."""

    key: str
    label: str
    right: Right
    show: Callable[[Desk, Member], None]


def _show_register(_desk: Desk, member: Member) -> None:
    register_room.show(member)


def _show_people(_desk: Desk, member: Member) -> None:
    people.show(member)


def _show_proposals(desk: Desk, member: Member) -> None:
    proposals.show(get_locale(), desk.store, member)


ROOMS = (
    DeskRoom("a-faire", N_("À faire"), Right.EDIT, todo_room.show),
    DeskRoom("registre", N_("Registre"), Right.EDIT, _show_register),
    DeskRoom("importer", N_("Importer"), Right.IMPORT, import_room.show),
    DeskRoom("officiels", N_("Fichiers officiels"), Right.EDIT, official_room.show),
    DeskRoom("propositions", N_("Propositions"), Right.FOLLOW_PROPOSALS, _show_proposals),
    DeskRoom("historique", N_("Historique"), Right.FOLLOW_PROPOSALS, history_room.show),
    DeskRoom("publier", N_("Publier"), Right.PUBLISH, publish_room.show),
    DeskRoom("equipe", N_("L'équipe"), Right.MANAGE_MEMBERS, _show_people),
)


def list_rooms(member: Member) -> dict[str, DeskRoom]:
    """Value of the address -> the rooms that a member may enter."""
    return {room.key: room for room in ROOMS if may(member.role, room.right)}


def show(member: Member) -> None:
    """The doors of all rooms, and the room that the address names."""
    t, rooms = get_locale(), list_rooms(member)
    first = next(iter(rooms))
    filter_bar.choose_one(NAME, {key: t(room.label) for key, room in rooms.items()}, first, t("Partie de l'atelier"), FORGOTTEN)
    room = rooms[address.read_value(NAME, rooms, first)]
    try:
        room.show(Desk(open_desk_store(), cache.load_catalogue().territory), member)
    except AppError as error:
        acts.show_refusal(error)
