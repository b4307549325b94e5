"""A register made by an older version: it works as it is, and takes today's columns by one act that changes no row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from biocarto.desk import publishing, seed
from biocarto.desk.acts import Desk
from biocarto.desk.description import read_text
from biocarto.desk.desk_error import DeskError
from biocarto.desk.handmade import find_handmade
from biocarto.desk.official.positions import make_point, place_actor
from biocarto.desk.reshaping import undo
from biocarto.desk.widening import widen_register, widen_text
from biocarto.model import Precision
from biocarto.store.database import open_store
from tests import builders
from tests.support import register
from tests.support.desk import PAGE, an_intent, look_up

POINT = make_point(48.62317, 2.4391, Precision.STREET)


def narrow(package: dict[str, Any]) -> None:
    """A description as it was before points: two columns and three codes less, one column that had to be filled."""
    tables = {resource["name"]: resource["schema"] for resource in package["resources"]}
    actors = tables["actors"]
    actors["fields"] = [field for field in actors["fields"] if field["name"] not in {"latitude", "longitude"}]
    fields = {field["name"]: field for field in actors["fields"]}
    fields["position"]["constraints"]["enum"] = ["campus", "commune"]
    fields["activity_en"]["constraints"]["required"] = True
    claimed = next(field for field in tables["evidence"]["fields"] if field["name"] == "field")
    claimed["constraints"]["enum"].remove("latitude")


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A folder of an older version, with one row in each table."""
    folder = builders.write_tables(tmp_path / "older")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    narrow(package)
    (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    lines = [line.split(",") for line in (folder / "actors.csv").read_text(encoding="utf-8").splitlines()]
    kept = [place for place, name in enumerate(lines[0]) if name not in {"latitude", "longitude"}]
    text = "\n".join(",".join(cells[place] for place in kept) for cells in lines) + "\n"
    (folder / "actors.csv").write_text(text, encoding="utf-8", newline="")
    return folder


@pytest.fixture
def desk(tmp_path: Path, older: Path) -> Desk:
    """A desk whose register was made by that version."""
    store = open_store(str(tmp_path / "register.sqlite"))
    seed.seed(store, older)
    return Desk(store, register.layers(), lambda: "2026-12-01")


def test_an_older_register_works_and_says_what_it_lacks(desk: Desk) -> None:
    """It is published as before; a point is refused with what to run."""
    assert publishing.check(desk, publishing.preview(desk).files).actors["precision"].to_list() == ["commune"]
    with pytest.raises(DeskError, match="desk init"):
        place_actor(desk, an_intent(), "alpha", POINT, PAGE)


def test_todays_columns_enter_as_one_act(desk: Desk, tmp_path: Path) -> None:
    """No row changes, a second time nothing is done, today's folder says nothing else, and a point is taken."""
    today = builders.write_tables(tmp_path / "today")
    before = look_up(desk, "alpha")
    widened = widen_register(desk.store, today)
    assert widened is not None
    assert set(widened[1]) >= {"actors.position", "actors.latitude", "actors.longitude", "evidence.field"}
    assert look_up(desk, "alpha") == before
    assert widen_register(desk.store, today) is None
    assert find_handmade(desk.store, today) is None
    place_actor(desk, an_intent(), "alpha", POINT, PAGE)
    assert publishing.check(desk, publishing.preview(desk).files).actors["precision"].to_list() == ["street"]


def test_what_was_undone_is_widened_again(desk: Desk, tmp_path: Path) -> None:
    """Columns that somebody has taken back are added once more, as an act of its own."""
    today = builders.write_tables(tmp_path / "today")
    first = widen_register(desk.store, today)
    assert first is not None
    undo(desk, an_intent(), first[0].number)
    again = widen_register(desk.store, today)
    assert again is not None
    assert again[0].number > first[0].number
    place_actor(desk, an_intent(), "alpha", POINT, PAGE)


def test_what_a_register_has_of_its_own_stays(tmp_path: Path) -> None:
    """A column and a code that an operator has added, and a column that must be filled and is not there: left alone."""
    newer = (builders.write_tables(tmp_path / "today") / "datapackage.json").read_text(encoding="utf-8")
    own = json.loads(newer)
    narrow(own)
    actors = next(resource for resource in own["resources"] if resource["name"] == "actors")["schema"]["fields"]
    actors.append({"name": "ours", "type": "string", "description": "À nous", "description_en": "Ours"})
    next(field for field in actors if field["name"] == "position")["constraints"]["enum"].append("mine")
    actors[:] = [field for field in actors if field["name"] != "confidence"]
    wider, _ = widen_text(json.dumps(own), newer)
    fields = next(resource for resource in json.loads(wider)["resources"] if resource["name"] == "actors")["schema"]["fields"]
    names = [field["name"] for field in fields]
    assert names[names.index("position") :][:3] == ["position", "latitude", "longitude"]
    assert "ours" in names
    assert "confidence" not in names
    position = next(field for field in fields if field["name"] == "position")
    assert position["constraints"]["enum"] == ["mine", "street", "in_street", "campus", "commune"]


def test_the_description_of_the_register_is_kept_as_text(desk: Desk, tmp_path: Path) -> None:
    """The name of its edition is its own."""
    with desk.store.read() as transaction:
        before = json.loads(read_text(transaction))
    today = builders.write_tables(tmp_path / "today")
    widen_register(desk.store, today)
    with desk.store.read() as transaction:
        after = json.loads(read_text(transaction))
    assert {name: after.get(name) for name in ("created", "edition")} == {name: before.get(name) for name in ("created", "edition")}
