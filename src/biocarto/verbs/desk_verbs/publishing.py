"""`desk publish`: what readers will see, then the edition, then its files for git."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable

from biocarto.desk import editions, publishing
from biocarto.desk.differences import count_changes
from biocarto.desk.publishing import Preview
from biocarto.desk.write_back import require_writable_folder, write_edition
from biocarto.i18n import Locale
from biocarto.labels import label_count
from biocarto.model import RowChange
from biocarto.verbs.desk_verbs.shared import Verbs, add_verb, build_intent, choose_words, open_desk, read_path


def add_verbs(verbs: Verbs) -> None:
    """One."""
    parser = add_verb(verbs, "publish", "publier une édition | publish an edition", publish)
    parser.add_argument("--notes", metavar="TEXT", help="notes pour les lecteurs | notes for readers")
    parser.add_argument(
        "--into", type=read_path, metavar="FOLDER", help="écrire aussi ses fichiers dans un dossier | write its files into a folder too"
    )


def publish(given: Namespace) -> int:
    """With `--into`, an edition that is there already is written all the same."""
    t, desk, folder = choose_words(given), open_desk(given), given.into
    if folder:
        require_writable_folder(desk.store, folder)
    made = publishing.preview(desk)
    print_counts(made, t)
    if made.differences or folder is None:
        notes = (write_counts(_sum(made), t) or "–") if given.notes is None else given.notes
        published = publishing.publish(desk, build_intent(notes))
        print(t("Édition {name} publiée.").format(name=published.name))
    if folder:
        with desk.store.read() as transaction:
            newest = editions.read_newest(transaction)
            files = editions.read_files(transaction, newest.name) if newest else {}
        write_edition(files, folder)
        print(t("Édition {name} écrite dans {folder}.").format(name=newest.name if newest else "", folder=folder))
    return 0


def print_counts(made: Preview, t: Locale) -> None:
    """A line for each table that changes for readers."""
    for table, counts in count_changes(made.differences).items():
        print(f"{table}{t.colon}{write_counts(counts, t)}")
    if not made.differences:
        print(t("Rien n'a changé depuis l'édition {name}.").format(name=made.newest.name))


def _sum(made: Preview) -> Counter[RowChange]:
    return Counter(difference.change for difference in made.differences)


def write_counts(counts: Counter[RowChange], t: Locale) -> str:
    """`2 lignes ajoutées, 1 site fermé`."""
    return ", ".join(_label(counts, t.language))


def _label(counts: Counter[RowChange], lang: str) -> Iterable[str]:
    if count := counts[RowChange.ADDED]:
        yield label_count(count, "ligne ajoutée", "lignes ajoutées", lang)
    if count := counts[RowChange.CLOSED]:
        yield label_count(count, "site fermé", "sites fermés", lang)
    if count := counts[RowChange.CHANGED]:
        yield label_count(count, "ligne modifiée", "lignes modifiées", lang)
    if count := counts[RowChange.REMOVED]:
        yield label_count(count, "ligne retirée", "lignes retirées", lang)
