"""`desk member`, `person`, `tidy`: who may sign in and do what, and what is kept about people. The first administrator is made here."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from biocarto.desk import daily, duties, team
from biocarto.desk.desk_error import DeskError
from biocarto.desk.mail import fold_mail
from biocarto.desk.members import OPERATOR
from biocarto.desk.rights import ROLE_LABELS
from biocarto.verbs.desk_verbs.shared import Verbs, add_json, add_verb, choose_words, open_given_store, print_json, read_settings


def add_verbs(verbs: Verbs) -> None:
    """`member add`, `list` and `remove`, `person show` and `erase`, `tidy`."""
    _add_member_verbs(verbs)
    told = "ce qui est gardé d'une personne | what is kept about a person"
    people = verbs.add_parser("person", help=told, description=told, allow_abbrev=False)
    acts = people.add_subparsers(dest="person_verb", required=True, metavar="VERB")
    for name, words, perform in (
        ("show", "le montrer, en JSON | show it, as JSON", show_person),
        ("erase", "l'effacer | erase it", erase_person),
    ):
        parser = add_verb(acts, name, words, perform)
        parser.add_argument("mail", metavar="MAIL", help="ou un identifiant, ou un contact laissé | or an id, or a contact that was left")
    add_verb(verbs, "tidy", "effacer ce dont le délai est passé | erase what is kept no longer", tidy)


def _add_member_verbs(verbs: Verbs) -> None:
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


def show_person(given: Namespace) -> int:
    """Everything, as the law wants it: a file that programs read."""
    print_json(duties.show_person(open_given_store(given), given.mail))
    return 0


def erase_person(given: Namespace) -> int:
    """What free text of the history still says is named: it is never erased by itself."""
    done, t = duties.erase_person(open_given_store(given), OPERATOR, given.mail), choose_words(given)
    print(t("Effacé. Propositions touchées : {count}.").format(count=done.proposals))
    for table, rows in done.mentions.items():
        print(t("Reste dans l'historique, parce que quelqu'un l'y a écrit : {rows}").format(rows=f"{table} {', '.join(rows)}"))
    if not done.is_overwritten:
        print(t("Le registre est en cours de lecture : les octets effacés seront recouverts au prochain ménage (`desk tidy`)."))
    return 0


def tidy(given: Namespace) -> int:
    """What the server does every day."""
    done, t = daily.tidy(read_settings(given)), choose_words(given)
    told = t("Effacés : {contacts} contacts, {members} membres, {needs} besoins du stand.")
    print(told.format(contacts=done.contacts, members=done.members, needs=done.needs))
    return 0
