"""A change of a widget that arrives when its screen has gone (a fast hand, a visit that has just ended): nothing is written or fails."""

from collections.abc import Callable

import pytest

from biocarto.ui.booth import keyboard
from biocarto.ui.coverage import choices
from biocarto.ui.directory import results
from biocarto.ui.networks import state
from biocarto.ui.shared import address, language, selectable

CHANGES: dict[str, Callable[[], None]] = {
    "any widget": lambda: address.write_widget("q", "gone"),
    "language": language._choose_language,
    "scale": state._to_scale,
    "organisation": state._to_organisation,
    "territory": choices._go,
    "group": choices._regroup,
    "page": lambda: results._to_page("gone"),
    "row": lambda: selectable._pick("gone", [], "actor", ()),
    "letters": keyboard._take_key,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_without_its_widget_means_nothing(change: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """The address stays as it is."""
    written: list[object] = []
    for name in ("write", "clear", "replace_params"):
        monkeypatch.setattr(address, name, lambda *given, **_: written.append(given))
    change()
    assert written == []
