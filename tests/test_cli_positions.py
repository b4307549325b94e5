"""Points of an official file from the command line: shown, written as one act, and refused in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from biocarto.cli import main
from biocarto.desk import acts
from biocarto.territory import territory
from tests.support.desk import PAGE, an_intent, copy_store, look_up, open_desk
from tests.support.official_desk import SIREN
from tests.support.official_files import Planted, write_sirene
from tests.support.register import layers

ACTOR = "genethon"


def test_points_are_shown_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What the file proposes and why it proposes nothing else; one act, and then there is nothing left to write."""
    known = layers()
    monkeypatch.setattr(territory, "read", lambda _: known)
    monkeypatch.setenv("BIOCARTO_OFFICIAL", str(tmp_path / "official"))
    desk = open_desk(copy_store(tmp_path))
    here = Planted(SIREN[0])
    seen = look_up(desk, ACTOR).cells
    changes = {column: (seen.get(column, ""), cell) for column, cell in (("siren", here.siren), ("siret", here.siret))}
    acts.save_row(desk, an_intent(), ("actors", ACTOR), changes, PAGE)

    def call(*words: str) -> int:
        return main(["official", *words, "--store", desk.store.name, "--lang", "en"])

    assert call("positions") == 2
    assert "has no file INSEE, Sirene, géolocalisation" in capsys.readouterr().err
    write_sirene(tmp_path / "official", planted=[here])
    assert call("positions") == 0
    told = capsys.readouterr().out
    assert f"{ACTOR} – Address, at its number: 48.6236, 2.4393" in told
    assert call("positions", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["proposed"]["position"] for one in found["proposals"]] == ["street"]
    assert call("place", "nobody", "--why", "d'après l'INSEE") != 0
    assert "no point is proposed" in capsys.readouterr().err
    assert call("place", ACTOR, "--why", "d'après l'INSEE") == 0
    assert look_up(desk, ACTOR).cells["position"] == "street"
    assert call("place", "--why", "d'après l'INSEE") == 0
    assert call("positions") == 0
    assert "There already: 1" in capsys.readouterr().out
