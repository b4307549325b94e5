"""What is wrong with a proposal, in words; whoever wrote it keeps the text."""

from __future__ import annotations

from biocarto.desk.desk_error import DeskError


class ProposalError(DeskError):
    """A proposal that is not taken, or a decision that is not made; nothing was stored."""


KEPT = ("Rien n'est enregistré, vos textes restent à l'écran.", "Nothing is stored, your texts stay on screen.")
"""What every refusal of a form says, in both languages."""


def tell_program(error: ProposalError) -> tuple[str, str]:
    """The same for whoever has no screen, in French and in English."""
    return error.fr.replace(KEPT[0], "Rien n'est enregistré."), error.en.replace(KEPT[1], "Nothing is stored.")


CLOSED_LIST = (
    f"La liste des propositions est fermée : trop d'entre elles attendent une décision. {KEPT[0]} Revenez dans quelques jours.",
    f"The list of proposals is closed: too many of them wait for a decision. {KEPT[1]} Come back in a few days.",
)
ROW_GONE = (
    f"Cette fiche n'est plus dans le registre que l'équipe tient à jour. {KEPT[0]} Rechargez la page : elle a peut-être changé de nom.",
    f"This sheet is no longer in the register that the team keeps. {KEPT[1]} Load the page again: it may have another name now.",
)
NOTHING_SAID = (
    f"La proposition est vide, ou dit ce que le registre dit déjà. {KEPT[0]} Écrivez ce qui est faux, ou ce qu'il faudrait lire.",
    f"The proposal is empty, or says what the register says already. {KEPT[1]} Write what is wrong, or what it should say.",
)
NO_NAME = (
    f"Il manque le nom de l'acteur. {KEPT[0]} Donnez son nom, et ce qu'il fait ou sa page web.",
    f"The name of the actor is missing. {KEPT[1]} Give its name, and what it does or its web page.",
)
NO_ACTIVITY = (
    f"On ne sait pas encore ce que fait cet acteur. {KEPT[0]} Dites-le en une phrase, ou donnez sa page web.",
    f"What this actor does is not known yet. {KEPT[1]} Say it in a sentence, or give its web page.",
)
NO_REASON = (
    "Il manque la raison de la décision. Rien n'est décidé. Écrivez-la en une phrase : elle va à la personne qui a proposé.",
    "The reason of the decision is missing. Nothing is decided. Write it in a sentence: it goes to who proposed.",
)
UNKNOWN = (
    "Cette proposition n'existe pas. Rien n'est décidé. Revenez à la liste des propositions.",
    "This proposal does not exist. Nothing is decided. Go back to the list of proposals.",
)
DECIDED = (
    "Cette proposition a déjà été décidée par quelqu'un d'autre ou dans un autre onglet. Rien n'a changé. Rechargez la liste.",
    "This proposal has been decided already, by somebody else or in another tab. Nothing has changed. Load the list again.",
)
