"""What embeds and oEmbed refuse, in words."""

from __future__ import annotations

import logging

from biocarto.desk.archive import UnknownEditionError
from biocarto.errors import AppError
from biocarto.server.refusals import Refusal

_LOG = logging.getLogger(__name__)
FORMAT = Refusal(
    501,
    "Seul le format JSON est servi. Rien n'a été modifié. Demandez format=json, ou rien.",
    "Only JSON is served. Nothing was changed. Ask for format=json, or for nothing.",
)
ADDRESS = Refusal(
    404,
    "Rien n'est à intégrer à cette adresse (url). Donnez celle d'une page de ce site : ile-de-france, couverture ou annuaire.",
    "There is nothing to embed at this address (url). Give that of a page of this site: ile-de-france, couverture or annuaire.",
)
ACTOR = Refusal(
    404,
    "Cet acteur ou ce lieu n'est pas dans cette édition du registre. Rien n'a été modifié. Recopiez l'adresse ou le code depuis sa fiche.",
    "This actor or place is not in this edition of the register. Nothing was changed. Copy the address or the code again from its sheet.",
)


def refuse_size(name: str) -> Refusal:
    """A size that is none; `name` is its parameter."""
    return Refusal(
        400,
        f"{name} doit être un nombre entier de pixels, 1 ou plus. Rien n'a été modifié.",
        f"{name} must be a whole number of pixels, 1 or more. Nothing was changed.",
    )


def refuse_error(error: AppError) -> Refusal:
    """An edition that is not there, which a parameter asks for, or one that cannot be shown now."""
    if isinstance(error, UnknownEditionError):
        return Refusal(400, error.fr, error.en)
    _LOG.warning("%s", error.message("en"))
    return Refusal(503, error.fr, error.en, {"Retry-After": "30"})
