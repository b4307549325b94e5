"""Who may do what: four roles, and the one table of their rights. Asked at every write, in the page, in the command line."""

from __future__ import annotations

from enum import StrEnum

from biocarto.model import N_


class Role(StrEnum):
    """What a person is to the register; each role may do what the ones before it may."""

    VISITOR = "visitor"
    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What there is to do."""

    PROPOSE = "propose"
    FOLLOW_PROPOSALS = "follow_proposals"
    EDIT = "edit"
    IMPORT = "import"
    DECIDE = "decide"
    UNDO = "undo"
    PUBLISH = "publish"
    MANAGE_MEMBERS = "manage_members"


_LEAST = {
    Right.PROPOSE: Role.VISITOR,
    Right.FOLLOW_PROPOSALS: Role.CONTRIBUTOR,
    Right.EDIT: Role.EDITOR,
    Right.IMPORT: Role.EDITOR,
    Right.DECIDE: Role.EDITOR,
    Right.UNDO: Role.EDITOR,
    Right.PUBLISH: Role.ADMINISTRATOR,
    Right.MANAGE_MEMBERS: Role.ADMINISTRATOR,
}
"""Right -> the least role that has it."""

ROLE_LABELS = {
    Role.VISITOR: N_("Visiteur"),
    Role.CONTRIBUTOR: N_("Contributeur"),
    Role.EDITOR: N_("Éditeur du registre"),
    Role.ADMINISTRATOR: N_("Administrateur"),
}


def may(role: Role, right: Right) -> bool:
    """Whether a role has a right."""
    order = list(Role)
    return order.index(role) >= order.index(_LEAST[right])
