"""One encoding of one fact: territories in colour or symbols at places, as the reader chooses; both where they say different things."""

from __future__ import annotations

from enum import StrEnum

from biocarto.analysis.coverage.coverage import Indicator
from biocarto.model import N_
from biocarto.ui.shared import address, filter_bar
from biocarto.ui.shared.language import get_locale

PARAM = "map"
"""The name of the choice in addresses, the same on every page."""


class Encoding(StrEnum):
    """What a map draws its measure with."""

    SYMBOLS = "symbols"
    AREAS = "areas"
    BOTH = "both"


ENCODING_LABELS = {Encoding.SYMBOLS: N_("Symboles"), Encoding.AREAS: N_("Surfaces"), Encoding.BOTH: N_("Les deux")}

SAID_BY_SYMBOLS = frozenset({Indicator.COUNT, Indicator.COMPANIES})
"""What symbols say already: how many there are. Coloured beneath them, it would be told twice."""


def list_encodings(measure: Indicator) -> tuple[Encoding, ...]:
    """What a map of the measure may be drawn with."""
    alone = (Encoding.SYMBOLS, Encoding.AREAS)
    return alone if measure in SAID_BY_SYMBOLS else (*alone, Encoding.BOTH)


def read_encoding(measure: Indicator, default: Encoding) -> Encoding:
    """The choice of the address; one that another measure has gives way to the default without a word."""
    asked = Encoding(address.read_value(PARAM, list(Encoding), default))
    return asked if asked in list_encodings(measure) else default


def show_choice(measure: Indicator, default: Encoding) -> None:
    """The choice, in the row above the map."""
    t = get_locale()
    options = {encoding.value: t(ENCODING_LABELS[encoding]) for encoding in list_encodings(measure)}
    filter_bar.choose_one(PARAM, options, default.value, t("La carte dessine"), elsewhere=[encoding.value for encoding in Encoding])
