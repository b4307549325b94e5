"""The answer to who has proposed, in both languages, to copy into a message: no mail is sent by itself."""

from __future__ import annotations

from biocarto.desk.proposal import Proposal, ProposalState


def write_thanks(proposal: Proposal, name: str) -> str:
    """French, then English: what was proposed, what was decided, why, what follows."""
    accepted = proposal.state is ProposalState.ACCEPTED
    fr = [
        "Bonjour,",
        f"Merci pour votre proposition n° {proposal.number} à propos de « {name} ».",
        "Elle est acceptée : la prochaine édition de BioCarto en tient compte." if accepted else "Elle n'a pas été retenue.",
        *([f"Raison : {proposal.reason}"] if proposal.reason else []),
        "Votre adresse a été effacée de notre registre avec cette décision.",
    ]
    en = [
        "Hello,",
        f"Thank you for your proposal no. {proposal.number} about “{name}”.",
        "It is accepted: the next edition of BioCarto will take account of it." if accepted else "It was not accepted.",
        *([f"Reason: {proposal.reason}"] if proposal.reason else []),
        "Your address was erased from our register with this decision.",
    ]
    return "\n".join([*fr, "", *en])
