"""A folder of tables edited by hand: what it says enters the register as one act, or collides with the desk; nothing is lost in silence."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biocarto.desk import publishing
from biocarto.desk.acts import remove_row, save_row
from biocarto.desk.desk_error import CollisionError, DeniedError, DeskError
from biocarto.desk.editions import find_altered, read_files
from biocarto.desk.facts import ActName, ChangeKind, Evidence
from biocarto.desk.handmade import find_handmade, import_handmade
from biocarto.desk.ledger import find_deviations, read_rows, select_change_sets, select_facts
from biocarto.desk.members import Member
from biocarto.desk.reshaping import undo
from biocarto.desk.rights import Role
from biocarto.errors import CatalogueError
from biocarto.store.database import open_store
from biocarto.store.store_error import StoreError
from tests.support.desk import an_intent as intent
from tests.support.handmade import Bench, make_bench

FRESH = Evidence("https://example.org/page", "Une page (2026)", "2026")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A register and the folder that it began as."""
    return make_bench(tmp_path)


def found_in(bench: Bench) -> tuple[str, ...]:
    """The rows that the folder would change."""
    found = find_handmade(bench.desk.store, bench.folder)
    return tuple(difference.key[0] for difference in found.differences) if found else ()


def test_an_untouched_folder_says_nothing_new(bench: Bench, tmp_path: Path) -> None:
    """Nor does a copy, nor a folder that is none; asked again, nothing is compared."""
    assert find_handmade(bench.desk.store, bench.folder) is None
    shutil.copytree(bench.folder, tmp_path / "copy")
    shutil.rmtree(bench.folder)
    assert find_handmade(bench.desk.store, tmp_path / "copy") is None
    assert find_handmade(bench.desk.store, bench.folder) is None
    assert import_handmade(bench.desk, intent(), tmp_path / "copy") is None


def test_an_edited_folder_is_found_and_enters_as_one_act(bench: Bench) -> None:
    """A cell changed, a row added, a row gone: one change set with the names of the files as its reason, and the folder is known."""
    bench.edit("actors", "genethon", website="https://www.genethon.example")
    rows = bench.read("cities")
    bench.write("cities", [*rows, rows[0] | {"id": "99001", "name_fr": "Kyoto", "name_en": "Kyoto"}])
    [gone] = bench.read("redirects")
    bench.write("redirects", [])
    assert found_in(bench) == ("genethon", "99001", gone["old_id"])
    made = import_handmade(bench.desk, intent("Édité dans un tableur"), bench.folder)
    assert made is not None
    assert (made.kind, made.act, made.who) == (ChangeKind.IMPORT, ActName.IMPORT, "operator")
    assert made.why.startswith("Édité dans un tableur (actors.csv ")
    assert "cities.csv " in made.why
    assert (bench.cells("actors", "genethon") or {})["website"] == "https://www.genethon.example"
    assert (bench.cells("cities", "99001") or {})["name_fr"] == "Kyoto"
    assert find_handmade(bench.desk.store, bench.folder) is None
    with bench.desk.store.read() as transaction:
        assert list(find_deviations(transaction)) == []
        assert find_altered(transaction) == []


def test_an_import_is_undone_as_any_act(bench: Bench) -> None:
    """Exactly what was there before."""
    before = bench.dump()
    bench.edit("actors", "genethon", website="https://www.genethon.example")
    made = import_handmade(bench.desk, intent(), bench.folder)
    assert made is not None
    assert bench.dump() != before
    undo(bench.desk, intent(), made.number)
    assert bench.dump() == before


def test_what_the_desk_changed_elsewhere_is_kept(bench: Bench) -> None:
    """Another cell of the same row, and another row; what both say alike is no collision and no fact."""
    save_row(bench.desk, intent(), ("actors", "genethon"), {"website": (_of(bench, "website"), "https://desk.example")}, FRESH)
    bench.edit("actors", "genethon", activity_fr="Thérapie génique", activity_en="Gene therapy")
    made = import_handmade(bench.desk, intent(), bench.folder)
    assert made is not None
    cells = bench.cells("actors", "genethon") or {}
    assert (cells["website"], cells["activity_fr"]) == ("https://desk.example", "Thérapie génique")
    bench.edit("actors", "genethon", website="https://desk.example")
    assert find_handmade(bench.desk.store, bench.folder) is None


def _of(bench: Bench, column: str) -> str:
    return (bench.cells("actors", "genethon") or {}).get(column, "")


def test_a_collision_is_shown_side_by_side_and_nothing_is_imported(bench: Bench) -> None:
    """All three values, and who changed the register; what did not collide waits too."""
    was = _of(bench, "website")
    save_row(bench.desk, intent(), ("actors", "genethon"), {"website": (was, "https://desk.example")}, FRESH)
    bench.edit("actors", "genethon", website="https://file.example")
    bench.edit("actors", "aavlife", website="https://aavlife.example")
    before = bench.dump()
    found = find_handmade(bench.desk.store, bench.folder)
    assert found is not None
    [collision] = found.collisions
    assert (collision.base, collision.yours, collision.theirs) == (was, "https://file.example", "https://desk.example")
    with pytest.raises(CollisionError):
        import_handmade(bench.desk, intent(), bench.folder)
    assert bench.dump() == before


def test_a_row_that_is_gone_collides(bench: Bench) -> None:
    """Removed at the desk, edited in the file; and edited at the desk, removed in the file."""
    rows = bench.read("redirects")
    assert rows
    remove_row(bench.desk, intent(), "redirects", rows[0]["old_id"])
    bench.edit("redirects", rows[0]["old_id"], date="2020-01-01")
    found = find_handmade(bench.desk.store, bench.folder)
    assert found is not None
    assert [(cell.field, cell.theirs) for cell in found.collisions] == [("date", "")]
    bench.write("redirects", rows)
    site = bench.read("cities")[0]
    save_row(bench.desk, intent(), ("cities", site["id"]), {"name_en": (site["name_en"], "Elsewhere")})
    bench.write("cities", bench.read("cities")[1:])
    found = find_handmade(bench.desk.store, bench.folder)
    assert found is not None
    assert [(cell.field, cell.theirs) for cell in found.collisions] == [("name_en", "Elsewhere")]


def test_a_later_edit_is_compared_with_what_was_imported(bench: Bench) -> None:
    """A cell that was imported, then changed at the desk, does not come back as a collision with every later edit of the folder."""
    bench.edit("actors", "genethon", website="https://file.example")
    import_handmade(bench.desk, intent(), bench.folder)
    save_row(bench.desk, intent(), ("actors", "genethon"), {"website": ("https://file.example", "https://desk.example")}, FRESH)
    assert find_handmade(bench.desk.store, bench.folder) is None
    bench.edit("actors", "aavlife", website="https://aavlife.example")
    assert found_in(bench) == ("aavlife",)
    import_handmade(bench.desk, intent(), bench.folder)
    assert _of(bench, "website") == "https://desk.example"


def test_a_column_added_by_hand_enters_with_its_cells(bench: Bench) -> None:
    """The description is a row as any other: the next edition has the column."""
    bench.describe("cities", "nickname")
    rows = bench.read("cities")
    bench.write("cities", [rows[0] | {"nickname": "La belle"}, *rows[1:]])
    found = find_handmade(bench.desk.store, bench.folder)
    assert found is not None
    assert found.changes_description
    import_handmade(bench.desk, intent(), bench.folder)
    assert (bench.cells("cities", rows[0]["id"]) or {})["nickname"] == "La belle"
    made = publishing.publish(bench.desk, intent("Une colonne de plus"))
    with bench.desk.store.read() as transaction:
        files = read_files(transaction, made.name)
        assert find_altered(transaction) == []
    assert "nickname" in files["cities.csv"].splitlines()[0]
    assert "nickname" in files["datapackage.json"]


def test_a_description_that_is_only_written_anew_is_no_edit(bench: Bench) -> None:
    """Indents, another day: nothing that a reader would see."""
    path = bench.folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8")) | {"created": "2030-01-01T00:00:00Z"}
    path.write_text(json.dumps(package, indent=8), encoding="utf-8")
    assert find_handmade(bench.desk.store, bench.folder) is None


def test_a_file_saved_by_a_french_spreadsheet_is_no_edit(bench: Bench) -> None:
    """Semicolons, Windows-1252, another order of the rows."""
    header, *rows = (bench.folder / "cities.csv").read_text(encoding="utf-8").splitlines()
    assert ";" not in "".join([header, *rows])
    assert '"' not in "".join([header, *rows])
    text = "\r\n".join(line.replace(",", ";") for line in [header, *rows])
    (bench.folder / "cities.csv").write_bytes(text.encode("cp1252"))
    assert find_handmade(bench.desk.store, bench.folder) is None


def test_a_folder_that_pages_could_not_show_is_told_cell_by_cell(bench: Bench) -> None:
    """And nothing of it is kept."""
    bench.edit("actors", "genethon", status="closed?")
    before = bench.dump()
    for ask in (lambda: find_handmade(bench.desk.store, bench.folder), lambda: import_handmade(bench.desk, intent(), bench.folder)):
        with pytest.raises(CatalogueError, match=r"closed\?"):
            ask()
    assert bench.dump() == before


def test_what_only_the_layers_refuse_is_refused(bench: Bench) -> None:
    """A commune that exists nowhere passes the tables, not the pages."""
    bench.edit("actors", "aavlife", commune_code="75999")
    assert find_handmade(bench.desk.store, bench.folder) is not None
    with pytest.raises(CatalogueError, match="75999"):
        import_handmade(bench.desk, intent(), bench.folder)


def test_whoever_may_not_edit_imports_nothing(bench: Bench) -> None:
    """Asked before anything is read."""
    bench.edit("actors", "genethon", website="https://file.example")
    nobody = Member("m-nobody", "", Role.ADMINISTRATOR)
    with pytest.raises(DeniedError):
        import_handmade(bench.desk, replace(intent(), who=nobody), bench.folder)


def test_the_same_click_twice_is_one_import(bench: Bench) -> None:
    """By its request."""
    bench.edit("actors", "genethon", website="https://file.example")
    click = intent()
    first = import_handmade(bench.desk, click, bench.folder)
    assert first is not None
    assert import_handmade(bench.desk, click, bench.folder) == first
    with bench.desk.store.read() as transaction:
        assert len(select_change_sets(transaction, "WHERE kind = ?", ("import",))) == 1


def test_an_edition_written_back_and_edited_is_compared_with_that_edition(bench: Bench) -> None:
    """The folder names it: what the desk did before it is no difference."""
    save_row(bench.desk, intent(), ("actors", "genethon"), {"website": (_of(bench, "website"), "https://desk.example")}, FRESH)
    made = publishing.publish(bench.desk, intent("Site web"))
    with bench.desk.store.read() as transaction:
        for name, text in read_files(transaction, made.name).items():
            (bench.folder / name).write_text(text, encoding="utf-8", newline="")
    assert find_handmade(bench.desk.store, bench.folder) is None
    bench.edit("actors", "genethon", website="https://file.example")
    found = find_handmade(bench.desk.store, bench.folder)
    assert found is not None
    assert (found.base, found.collisions, found_in(bench)) == (made.name, (), ("genethon",))


def test_what_a_row_rests_on_is_the_evidence_of_its_facts(bench: Bench) -> None:
    """Its page and its year; a year that is to come is none."""
    bench.edit("figures", bench.read("figures")[0]["id"], context_fr="Essai", context_en="Try", as_of="2050")
    made = import_handmade(bench.desk, intent(), bench.folder)
    assert made is not None
    with bench.desk.store.read() as transaction:
        facts = select_facts(transaction, "WHERE change_set = ?", (made.number,))
    assert {(fact.evidence.source_url != "", fact.evidence.as_of) for fact in facts} == {(True, "")}


def test_without_a_register_there_is_nothing_to_compare_with(tmp_path: Path, bench: Bench) -> None:
    """Said as every verb says it."""
    with pytest.raises(StoreError, match="desk init"):
        find_handmade(open_store(str(tmp_path / "other.sqlite")), bench.folder)


def test_a_folder_that_may_not_be_read_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """In words."""

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DeskError, match="cannot be read"):
        find_handmade(bench.desk.store, bench.folder)


EDITS = st.lists(
    st.tuples(st.sampled_from(("change", "remove", "add")), st.integers(0, 5), st.text("abc é,\"'", min_size=1, max_size=8)), max_size=6
)


@settings(max_examples=settings.get_profile("biocarto").max_examples // 10)
@given(EDITS)
def test_after_an_import_the_register_says_what_the_folder_says(edits: list[tuple[str, int, str]]) -> None:
    """Whatever small edits were made of a table that nobody refers to, in any order; and undoing it puts all back."""
    with TemporaryDirectory() as folder:
        bench = make_bench(Path(folder))
        rows = bench.read("regional_figures")
        assert len(rows) > 6
        before = _read_figures(bench)
        for kind, place, text in edits:
            if kind == "change":
                rows[place] = rows[place] | {"source_title": text.strip() or "x"}
            elif kind == "remove":
                rows = [row for number, row in enumerate(rows) if number != place]
            elif all(row["indicator_fr"] != f"nouveau {text}." for row in rows):
                rows = [*rows, rows[place] | {"indicator_fr": f"nouveau {text}."}]
        bench.write("regional_figures", rows)
        wanted = {(row["region"], row["indicator_fr"]): {name: cell for name, cell in row.items() if cell} for row in rows}
        made = import_handmade(bench.desk, intent(), bench.folder)
        assert _read_figures(bench) == wanted
        assert (made is None) == (wanted == before)
        assert find_handmade(bench.desk.store, bench.folder) is None
        if made:
            undo(bench.desk, intent(), made.number)
            assert _read_figures(bench) == before


def _read_figures(bench: Bench) -> dict[tuple[str, str], dict[str, str]]:
    with bench.desk.store.read() as transaction:
        return {(row.cells["region"], row.cells["indicator_fr"]): row.cells for row in read_rows(transaction, "regional_figures")}
