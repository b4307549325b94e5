"""`desk member`: who may sign in and do what. The first administrator is made here."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from biocarto.desk import team
from biocarto.desk.desk_error import DeskError
from biocarto.desk.mail import fold_mail
from biocarto.desk.members import OPERATOR
from biocarto.desk.rights import ROLE_LABELS
from biocarto.verbs.desk_verbs.shared import Verbs, add_json, add_verb, choose_words, open_given_store, print_json


def add_verbs(verbs: Verbs) -> None:
    """`add`, `list`, `remove`."""
    told = "les membres de l'atelier | the members of the desk"
    members = verbs.add_parser("member", help=told, description=told, allow_abbrev=False)
    acts = members.add_subparsers(dest="member_verb", required=True, metavar="VERB")
    parser = add_verb(acts, "add", "inviter, ou changer un rôle | invite, or change a role", add)
    parser.add_argument("mail")
    parser.add_argument("role", help=", ".join(team.MEMBER_ROLES))
    parser.add_argument("--name", default="", help="nom | name")
    parser = add_verb(acts, "list", "tous les membres | all members", show)
    add_json(parser)
    parser = add_verb(acts, "remove", "retirer un membre | remove a member", remove)
    parser.add_argument("mail")


def add(given: Namespace) -> int:
    """No mail is sent: the person signs in with this address."""
    address = team.add_from_command_line(open_given_store(given), given.mail, given.role, given.name)
    t = choose_words(given)
    print(t("{mail} : {role}.").format(mail=address, role=t(ROLE_LABELS[team.read_role_name(given.role)])))
    return 0


def show(given: Namespace) -> int:
    """The most trusted first."""
    members, t = team.list_members(open_given_store(given), OPERATOR), choose_words(given)
    if given.json:
        print_json([asdict(member) for member in members])
        return 0
    for member in members:
        seen = t.day(member.seen_at[:10]) if member.seen_at else t("jamais connecté")
        print("  ".join(filter(None, (member.mail, t(ROLE_LABELS[member.role]), member.name, seen))))
    return 0


def remove(given: Namespace) -> int:
    """By the address that was invited."""
    store, address = open_given_store(given), fold_mail(given.mail)
    found = next((member for member in team.list_members(store, OPERATOR) if member.mail == address), None)
    if found is None:
        raise DeskError(
            f"{address} n'est pas membre de l'atelier. Rien n'a été modifié.", f"{address} is no member of the desk. Nothing was changed."
        )
    team.remove(store, OPERATOR, found.id)
    print(choose_words(given)("{mail} n'est plus membre de l'atelier.").format(mail=address))
    return 0
