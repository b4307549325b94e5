"""What is asked of `/picture/`: which picture, in which size, form and language; everything else is refused in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from biocarto.api.source import LATEST
from biocarto.errors import QuestionError, quote_value
from biocarto.export.picture.asking import KINDS, SEVERAL, PictureKind, PictureQuestion
from biocarto.export.picture.model import SIZES, PictureSize
from biocarto.export.picture.writing import WRITERS
from biocarto.i18n import DEFAULT, LANGUAGES
from biocarto.query.address import LONGEST, MOST
from biocarto.register.catalogue import Catalogue

COMMON = ("size", "lang", "transparent", "qr", "edition", "download")
"""Names that every picture takes."""
_YES = ("0", "1")


@dataclass(frozen=True)
class PictureRequest:
    """A question about one kind of picture, and what file it becomes."""

    name: str
    kind: PictureKind
    question: PictureQuestion
    extension: str
    size_name: str
    lang: str
    edition: str
    transparent: bool
    with_code: bool
    download: bool

    @property
    def size(self) -> PictureSize:
        """The size that its name means."""
        return SIZES[self.size_name]

    @property
    def key(self) -> tuple[object, ...]:
        """All that decides the bytes, but the edition and the day."""
        asked = tuple(sorted((name, tuple(values)) for name, values in self.question.values.items()))
        return self.name, self.extension, self.size_name, self.lang, self.transparent, self.with_code, asked

    def understand(self, catalogue: Catalogue) -> PictureRequest:
        """The same request, its filters as they mean something in an edition; QuestionError for what means nothing."""
        return replace(self, question=self.question.understand(self.kind.names, catalogue))

    def write_view(self) -> str:
        """Path and query of the page that shows the same."""
        language = {} if self.lang == DEFAULT else {"lang": [self.lang]}
        query = urlencode({**self.question.values, **language}, doseq=True)
        return f"/{self.kind.page}{'?' if query else ''}{query}"


def read_request(file: str, params: Mapping[str, list[str]]) -> PictureRequest | None:
    """The request for a file such as `region.png`; None where there is no such picture, QuestionError for what means nothing."""
    name, _, extension = file.rpartition(".")
    if name not in KINDS or extension not in WRITERS:
        return None
    kind = KINDS[name]
    _require_known_names(params, kind)
    params = {key: given for key, values in params.items() if (given := [*dict.fromkeys(filter(str.strip, values))])}
    common = PictureQuestion({key: values for key, values in params.items() if key in COMMON and key != "edition"})
    return PictureRequest(
        name=name,
        kind=kind,
        question=PictureQuestion({key: values for key, values in params.items() if key in kind.names}),
        extension=extension,
        size_name=common.read_value("size", tuple(SIZES), next(iter(SIZES))),
        lang=common.read_value("lang", LANGUAGES, DEFAULT),
        edition=params.get("edition", [LATEST])[-1],
        transparent=common.read_value("transparent", _YES) == "1",
        with_code=common.read_value("qr", _YES) == "1",
        download=common.read_value("download", _YES) == "1",
    )


def _require_known_names(params: Mapping[str, list[str]], kind: PictureKind) -> None:
    """Refuse names that the picture does not have, more or longer values than are read, and a second value where one is."""
    for name, values in params.items():
        if name not in kind.names and name not in COMMON:
            known = ", ".join((*COMMON, *kind.names))
            raise QuestionError(
                f"Cette image n'a pas de paramètre « {quote_value(name)} ». Ses paramètres : {known}. Rien n'a été modifié.",
                f"This picture has no parameter “{quote_value(name)}”. Its parameters: {known}. Nothing was changed.",
            )
        if len(values) > MOST or any(len(value) > LONGEST for value in values):
            raise QuestionError(
                f"« {name} » a trop de valeurs ou une valeur trop longue : {MOST} valeurs de {LONGEST} caractères au plus.",
                f"“{name}” has too many values, or one that is too long: {MOST} values of {LONGEST} characters at most.",
            )
        if len(values) > 1 and name not in SEVERAL:
            raise QuestionError(
                f"« {name} » n'a qu'une valeur, et l'adresse en donne {len(values)}. Gardez-en une. Rien n'a été modifié.",
                f"“{name}” has one value, and the address gives {len(values)}. Keep one. Nothing was changed.",
            )
