"""The log that travels with an edition: what readers are told of what has changed, since when, and by which page."""

from __future__ import annotations

from pathlib import Path

import pytest

from biocarto.desk import acts, editions, publishing, reshaping, seed
from biocarto.desk.acts import Desk
from biocarto.desk.facts import Evidence
from biocarto.desk.ledger import read_rows
from biocarto.desk.members import Member
from biocarto.desk.rights import Role
from biocarto.register import changes, tables
from biocarto.register.changes import Change
from biocarto.store.database import open_store
from tests import builders
from tests.support.small_desk import ECHOS, intend, make_desk

HOSTILE = '=1+1<b>&"|;'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A register of one row in each table."""
    return make_desk(tmp_path)


def read_log(desk: Desk, name: str, folder: Path) -> tuple[Change, ...]:
    """The log of an edition, read as pages read it."""
    with desk.store.read() as transaction:
        files = editions.read_files(transaction, name)
    folder.mkdir()
    for path, text in files.items():
        (folder / path).write_text(text, encoding="utf-8", newline="")
    return tables.read(folder).changes


def find_altered(desk: Desk) -> list[str]:
    """Editions that are not what the facts say."""
    with desk.store.read() as transaction:
        return editions.find_altered(transaction)


def test_the_first_edition_has_no_log(desk: Desk) -> None:
    """Nothing has changed yet: the folder that the register began with is the edition, byte by byte."""
    with desk.store.read() as transaction:
        newest = editions.read_newest(transaction)
        assert newest is not None
        assert changes.FILE not in editions.read_files(transaction, newest.name)


def test_a_closed_actor_is_one_line_with_its_page(desk: Desk, tmp_path: Path) -> None:
    """Not two for the row of evidence that says the same: what, since when, when it was learned, by which page, and no person."""
    acts.close_actor(desk, intend("secret reason"), "alpha", "present", ECHOS)
    made = publishing.publish(desk, intend("notes"))
    [line] = read_log(desk, made.name, tmp_path / "edition")
    told = (line.edition, line.table, line.row_id, line.name, line.change, line.field, line.before, line.after)
    assert told == (made.name, "actors", "alpha", "Alpha", "closed", "status", "present", "former")
    assert (line.valid_from, line.as_of, line.source_url, line.source_title) == ("2025-03", "2025", ECHOS.source_url, ECHOS.source_title)
    with desk.store.read() as transaction:
        text = editions.read_files(transaction, made.name)[changes.FILE]
    assert "secret" not in text
    assert "operator" not in text


def test_what_was_undone_before_publishing_leaves_no_line(desk: Desk, tmp_path: Path) -> None:
    """Readers never saw it."""
    made = acts.close_actor(desk, intend("closed"), "alpha", "present", ECHOS)
    assert made is not None
    reshaping.undo(desk, intend("wrong"), made.number)
    acts.save_row(desk, intend("a name"), ("sites", "genopole"), {"name": ("Genopole Évry", "Genopole")})
    edition = publishing.publish(desk, intend("notes"))
    assert [(line.table, line.field) for line in read_log(desk, edition.name, tmp_path / "edition")] == [("sites", "name")]


def test_what_is_undone_after_publishing_rests_on_its_first_page(desk: Desk, tmp_path: Path) -> None:
    """The page that said the contrary proves nothing of what is put back; editions add their lines to those before."""
    made = acts.close_actor(desk, intend("closed"), "alpha", "present", ECHOS)
    assert made is not None
    first = publishing.publish(desk, intend("one"))
    reshaping.undo(desk, intend("wrong"), made.number)
    second = publishing.publish(desk, intend("two"))
    lines = read_log(desk, second.name, tmp_path / "edition")
    assert [(line.edition, line.after, line.source_url) for line in lines] == [
        (first.name, "former", ECHOS.source_url),
        (second.name, "present", "https://example.org/page"),
    ]
    assert (first.name, second.name) == ("2026-11-30", "2026-11-30.2")
    assert find_altered(desk) == []


def test_a_cell_that_nobody_has_sourced_has_no_page(desk: Desk, tmp_path: Path) -> None:
    """The page of its row may say the contrary: it is the cell's where the same act has read it again."""
    with desk.store.read() as transaction:
        [row] = read_rows(transaction, "clusters")
    seen = row.cells.get
    acts.save_row(desk, intend("typo"), ("clusters", row.id), {"address": (seen("address", ""), "1 rue de Paris")})
    page = "https://example.org/again"
    again = {
        "members": (seen("members", ""), "12"),
        "members_as_of": (seen("members_as_of", ""), "2024"),
        "source_url": (seen("source_url", ""), page),
    }
    acts.save_row(desk, intend("read again"), ("clusters", row.id), again)
    edition = publishing.publish(desk, intend("notes"))
    told = {line.field: line.source_url for line in read_log(desk, edition.name, tmp_path / "edition")}
    assert told == {"address": "", "members": page, "members_as_of": page, "source_url": page}


def test_rows_that_come_and_go_are_a_line_each(desk: Desk, tmp_path: Path) -> None:
    """Their cells are in the tables of the editions; a merge tells which row has gone."""
    cells = {key: value for key, value in builders.an_actor(id="beta", name="Beta", organisation="Beta").items() if value}
    acts.add_row(desk, intend("new"), "actors", cells, Evidence("https://example.org/beta", "Beta (2025)", "2025"))
    publishing.publish(desk, intend("one"))
    reshaping.merge_actors(desk, intend("twice"), "alpha", "beta")
    edition = publishing.publish(desk, intend("two"))
    told = [(line.table, line.row_id, line.change, line.field) for line in read_log(desk, edition.name, tmp_path / "edition")]
    assert told == [("actors", "beta", "added", ""), ("actors", "beta", "removed", ""), ("redirects", "beta", "added", "")]
    assert find_altered(desk) == []


def test_a_key_of_several_columns_is_told_as_it_is_now(desk: Desk, tmp_path: Path) -> None:
    """A row keeps its history when its key changes."""
    with desk.store.read() as transaction:
        [(row_id,)] = transaction.execute("SELECT id FROM register_row WHERE resource = 'regional_figures'")
    changed = {"indicator_fr": ("Sites", "Usines"), "indicator_en": ("Sites", "Plants")}
    acts.save_row(desk, intend("words"), ("regional_figures", row_id), changed)
    edition = publishing.publish(desk, intend("notes"))
    lines = read_log(desk, edition.name, tmp_path / "edition")
    assert [(line.row_id, line.field, line.after) for line in lines] == [
        ("Occitanie|Usines", "indicator_fr", "Usines"),
        ("Occitanie|Usines", "indicator_en", "Plants"),
    ]


def test_a_register_made_of_an_edition_carries_its_lines_on(desk: Desk, tmp_path: Path) -> None:
    """And its first edition is that folder, byte by byte."""
    acts.close_actor(desk, intend("closed"), "alpha", "present", ECHOS)
    edition = publishing.publish(desk, intend("one"))
    folder = tmp_path / "edition"
    before = read_log(desk, edition.name, folder)
    other = make_desk_of(tmp_path / "other", folder)
    with other.store.read() as transaction:
        newest = editions.read_newest(transaction)
        assert newest is not None
        assert editions.read_files(transaction, newest.name) == {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    acts.save_row(other, intend("a name"), ("sites", "genopole"), {"name": ("Genopole Évry", "Genopole")})
    after = publishing.publish(other, intend("two"))
    lines = read_log(other, after.name, tmp_path / "next")
    assert lines[:-1] == before
    assert lines[-1].edition == after.name
    assert find_altered(other) == []


def make_desk_of(folder: Path, data: Path) -> Desk:
    """A desk of another server, a day later."""
    store = open_store(str(folder / "register.sqlite"))
    seed.seed(store, data)
    return Desk(store, make_desk(folder / "unused").territory, lambda: "2026-12-01")


def test_hostile_cells_come_back_as_they_were(desk: Desk, tmp_path: Path) -> None:
    """Formulas, markup and separators are text."""
    acts.save_row(desk, intend("hostile"), ("sites", "genopole"), {"name": ("Genopole Évry", HOSTILE)})
    edition = publishing.publish(desk, intend("notes"))
    [line] = read_log(desk, edition.name, tmp_path / "edition")
    assert (line.name, line.after) == (HOSTILE, HOSTILE)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("hello\n", ""),
        (",".join(changes.COLUMNS) + "\n2026,2026-11-28,actors,a,A,closed,status,,,,,,\n", "edition"),
        (",".join(changes.COLUMNS) + "\n2026-11-28,2026-11-28,actors,a,A,vanished,status,,,,,,\n", "change"),
    ],
)
def test_a_damaged_log_is_refused_in_words(tmp_path: Path, text: str, column: str) -> None:
    """With its line and its column, as any other table."""
    folder = builders.write_tables(tmp_path)
    (folder / changes.FILE).write_text(text, encoding="utf-8")
    issues = builders.issues_of(folder)
    assert {issue.table for issue in issues} == {changes.FILE}
    assert column in {issue.column for issue in issues}


def test_a_member_who_may_not_publish_writes_no_edition(desk: Desk) -> None:
    """The log comes with an edition, and with nothing else."""
    acts.close_actor(desk, intend("closed"), "alpha", "present", ECHOS)
    with pytest.raises(publishing.DeskError):
        publishing.publish(desk, intend("notes", Member("laptop", "Somebody", Role.EDITOR)))
    assert find_altered(desk) == []
