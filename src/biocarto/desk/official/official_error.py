"""What goes wrong with an official file, in words: the file, what is unharmed, what to do."""

from __future__ import annotations

from biocarto.desk.desk_error import DeskError
from biocarto.errors import quote_value


class OfficialFileError(DeskError):
    """A file of the folder that cannot be read, or not to its end; the others still can."""

    def __init__(self, name: str, fr: str, en: str) -> None:
        self.name = name
        named = quote_value(name)
        super().__init__(
            f"{named} : {fr}. Rien n'est enregistré, les autres fichiers servent toujours ; téléchargez ce fichier de nouveau.",
            f"{named}: {en}. Nothing is saved, the other files still serve; download this file again.",
        )
