"""Whether everybody gets in: axe-core's serious findings in a page and its maps, and the keyboard's way."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Frame, Locator, Page, expect

from tests.browser.servers import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# What fades inside of a closed box stands still, and would be waited for for ever.
_RUN = """async known => {
    const ends = ({ effect }) => effect.getComputedTiming().endTime !== Infinity && effect.target.checkVisibility();
    const moving = document.getAnimations().filter(ends);
    await Promise.allSettled(moving.map(({ finished }) => finished));
    const { violations } = await axe.run(document, { iframes: false, resultTypes: ["violations"] });
    const ours = (id, target) => !known.some(([rule, holder]) => rule === id && document.querySelector(target).closest(holder));
    return violations.filter(({ impact }) => impact === "serious" || impact === "critical").flatMap(({ id, nodes }) =>
        nodes.filter(({ target }) => ours(id, target.at(-1))).map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}"""


@dataclass(frozen=True)
class Known:
    """A violation that Streamlit brings and that we cannot mend: its rule, a selector of what holds it, and why it is let pass."""

    rule: str
    holder: str
    reason: str


KNOWN: tuple[Known, ...] = (
    Known(
        "button-name",
        '[data-testid="stFileUploaderDropzone"]',
        "its English words are replaced by ours as content of the style sheet, which browsers read out and axe does not see",
    ),
)


def violations(frame: Frame) -> list[str]:
    """Serious and critical violations of one document at rest, without those that are known: what fades in has no contrast of its own."""
    frame.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = frame.evaluate(_RUN, [[known.rule, known.holder] for known in KNOWN])
    return found


def expect_no_violations(page: Page) -> None:
    """No violation in the page, nor in any map of it."""
    for frame in page.frames:
        assert violations(frame) == []


def press_until(page: Page, key: str, reached: Locator, most: int = 60) -> None:
    """Press a key until the focus is on what was looked for."""
    for _ in range(most):
        page.keyboard.press(key)
        if reached.count():
            return
    expect(reached).to_have_count(1)


def expect_focus_visible(focused: Locator) -> None:
    """The focused thing has an outline that can be seen."""
    expect(focused).to_have_css("outline-style", "solid")
    expect(focused).to_have_css("outline-width", re.compile(r"^([2-9]|\d\d)"))
