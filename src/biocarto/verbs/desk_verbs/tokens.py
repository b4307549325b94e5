"""`desk token`: which forms of other sites may propose. A token is shown once, when it is made."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from biocarto.desk import tokens
from biocarto.desk.members import OPERATOR
from biocarto.verbs.desk_verbs.shared import Verbs, add_json, add_verb, choose_words, open_given_store, print_json


def add_verbs(verbs: Verbs) -> None:
    """`token add`, `list` and `revoke`."""
    told = "les jetons des formulaires d'autres sites | the tokens of forms of other sites"
    parser = verbs.add_parser("token", help=told, description=told, allow_abbrev=False)
    acts = parser.add_subparsers(dest="token_verb", required=True, metavar="VERB")
    add_verb(acts, "add", "un jeton, montré une fois | a token, shown once", add).add_argument("name", help="formulaire | form")
    add_json(add_verb(acts, "list", "tous les jetons | all tokens", show))
    add_verb(acts, "revoke", "révoquer un jeton | revoke a token", revoke).add_argument("name", help="formulaire | form")


def add(given: Namespace) -> int:
    """The token alone on its line, so that a program may read it."""
    print(tokens.add_token(open_given_store(given), OPERATOR, given.name))
    return 0


def show(given: Namespace) -> int:
    """In the order of their making, the revoked ones too."""
    found, t = tokens.list_tokens(open_given_store(given), OPERATOR), choose_words(given)
    if given.json:
        print_json([asdict(token) for token in found])
        return 0
    for token in found:
        used = t("dernier emploi : {day}").format(day=t.day(token.used_on)) if token.used_on else t("jamais employé")
        revoked = t("révoqué : {day}").format(day=t.day(token.revoked_at[:10])) if token.revoked_at else ""
        made = t("fait : {day}").format(day=t.day(token.made_at[:10]))
        print("  ".join(filter(None, (token.name, made, used, revoked))))
    return 0


def revoke(given: Namespace) -> int:
    """By the name of its form; the next call is refused."""
    tokens.revoke_token(open_given_store(given), OPERATOR, given.name)
    t = choose_words(given)
    print(t("Le jeton « {name} » est révoqué.").format(name=given.name))
    return 0
