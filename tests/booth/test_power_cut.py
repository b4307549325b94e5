"""A killed writer loses nothing that it acknowledged; more rounds: `python -m tests.booth.power_cut`."""

from pathlib import Path

import pytest

from tests.booth import power_cut


@pytest.mark.serial
def test_no_acknowledged_need_is_lost(tmp_path: Path) -> None:
    """Thirty-five rounds of two writers killed at random moments, seven of them while the file was made."""
    found = power_cut.run(tmp_path, rounds=35, seed=1)
    print(found)
    assert found.acknowledged > 100, "the writers were killed before they wrote"
    assert found.unclean, "no kill left a log to recover"  # how many do is chance: 10 to 20 of 35
    assert (found.lost, found.broken) == (0, [])
    # a writer killed between commit and acknowledgement leaves one whole need behind, never more
    assert found.unasked <= power_cut.WRITERS * found.rounds
