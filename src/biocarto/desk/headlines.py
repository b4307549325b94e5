"""The figures that readers quote, before and after an edition."""

from __future__ import annotations

from dataclasses import dataclass

from biocarto.analysis.breakdown import Register, count_register
from biocarto.model import KIND_LABELS, N_, Kind
from biocarto.register.catalogue import Catalogue


@dataclass(frozen=True)
class Headline:
    """One figure: its label (a message id), before and after; `is_share` for percent points."""

    label: str
    before: float
    after: float
    is_share: bool = False


def compare(before: Catalogue, after: Catalogue) -> list[Headline]:
    """Companies that are counted, their sites, the other kinds, all rows, what rests on old pages; those that stay too."""
    old, new = (count_register(found.actors, found.edition) for found in (before, after))
    kinds = [kind for kind in Kind if kind is not Kind.COMPANY]
    return [
        Headline(N_("Entreprises comptées"), old.companies, new.companies),
        Headline(N_("Sites d'entreprises présents"), old.company_sites, new.company_sites),
        *(Headline(KIND_LABELS[kind], old.by_kind[kind], new.by_kind[kind]) for kind in kinds),
        Headline(N_("Entreprises comptées à part"), _count_apart(old), _count_apart(new)),
        Headline(N_("Acteurs dans le registre"), len(before.actors), len(after.actors)),
        Headline(N_("Part reposant sur de vieilles pages"), old.old_share, new.old_share, is_share=True),
    ]


def _count_apart(found: Register) -> int:
    return sum(found.apart.values())
