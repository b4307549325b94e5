"""What names a row of the register from elsewhere."""

from __future__ import annotations

from pathlib import Path

from biocarto.desk import references
from biocarto.desk.description import read_package
from biocarto.store.database import Store
from tests.support.desk import copy_store


def list_of(store: Store, resource: str, row_id: str) -> set[tuple[str, str]]:
    """Table and column of each cell that names a row."""
    with store.read() as transaction:
        found = references.list_references(transaction, read_package(transaction), resource, row_id)
    return {(reference.resource, reference.column) for reference in found}


def test_references_are_found_in_cells_and_in_lists(tmp_path: Path) -> None:
    """A campus by actors, a cluster by stages, events and members, an actor by its redirect; nothing names a stage."""
    store = copy_store(tmp_path)
    assert list_of(store, "sites", "genopole") == {("actors", "site_id")}
    assert {("tour_stages", "organisers"), ("network_members", "member_id")} <= list_of(store, "clusters", "polepharma")
    assert list_of(store, "actors", "meary-centre-de-therapie-cellulaire-et-genique-ap-hp") >= {("redirects", "actor_id")}
    assert list_of(store, "tour_stages", "stage-1") == set()
    assert list_of(store, "actors", "nobody") == set()


def test_claims_and_spellings_are_counted(tmp_path: Path) -> None:
    """Before a merge and before a new name of an organisation."""
    store = copy_store(tmp_path)
    with store.read() as transaction:
        assert references.count_claims(transaction, "acticor-biotech") >= 2
        assert references.count_spellings(transaction, "SANOFI SA") == references.count_spellings(transaction, "Sanofi")
        assert references.count_spellings(transaction, "Sanofi")["national_sites"] > 1
        package = read_package(transaction)
    assert references.compare_rows(package["actors"], {"id": "a", "name": "A", "site": "s"}, {"id": "b", "name": "A", "owner": "o"}) == [
        ("site", "s", ""),
        ("owner", "", "o"),
    ]
