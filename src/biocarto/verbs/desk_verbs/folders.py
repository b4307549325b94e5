"""`desk init` and `import-data`: from a folder of tables into the register; `backup` and `restore`: the register as one file."""

from __future__ import annotations

from argparse import Namespace

from biocarto.desk.handmade import find_handmade, import_handmade
from biocarto.desk.seed import seed
from biocarto.desk.widening import widen_register
from biocarto.errors import CallError, quote_value
from biocarto.register.tables import PACKAGE
from biocarto.store.backup import restore, write_backup
from biocarto.store.database import open_store
from biocarto.verbs.desk_verbs.looks import print_differences
from biocarto.verbs.desk_verbs.shared import (
    Verbs,
    add_verb,
    build_intent,
    choose_words,
    open_desk,
    open_given_store,
    read_path,
    read_settings,
    tell_done,
)


def add_verbs(verbs: Verbs) -> None:
    """The four of them."""
    parser = add_verb(
        verbs, "init", "créer le registre depuis un dossier de tables | make the register of a folder of tables", make_register
    )
    parser.add_argument("folder", type=read_path, nargs="?", help="dossier | folder (BIOCARTO_DATA, data/)")
    parser = add_verb(verbs, "import-data", "importer un dossier modifié à la main | import a folder edited by hand", import_data)
    parser.add_argument("folder", type=read_path, nargs="?", help="dossier | folder (BIOCARTO_DATA, data/)")
    parser.add_argument("--preview", action="store_true", help="seulement montrer | only show")
    parser.add_argument("--why", metavar="TEXT", help="raison | reason")
    parser = add_verb(verbs, "backup", "garder tout le registre dans un fichier | keep the whole register in a file", keep_backup)
    parser.add_argument("file", type=read_path, metavar="FILE")
    parser = add_verb(verbs, "restore", "rendre une sauvegarde | bring a backup back", bring_back)
    parser.add_argument("file", type=read_path, metavar="FILE")
    parser.add_argument(
        "--replace", action="store_true", help="même sur un registre, gardé à côté | even over a register, which is kept beside"
    )


def make_register(given: Namespace) -> int:
    """The first edition; where there is a register, it is brought to today's version: columns and codes more, and no row changed."""
    settings, t = read_settings(given), choose_words(given)
    store, folder = open_store(settings.store), given.folder or settings.data
    made = seed(store, folder)
    if made is None and (widened := widen_register(store, folder)):
        words = t("{name} a déjà un registre : sa description connaît maintenant {columns}. Aucune ligne n'a été modifiée.")
        print(words.format(name=store.name, columns=", ".join(widened[1])))
    elif made is None:
        print(t("{name} a déjà un registre : rien n'a été modifié.").format(name=store.name))
    else:
        print(t("Registre créé : {name}, édition {edition}.").format(name=store.name, edition=made.name))
    return 0


def import_data(given: Namespace) -> int:
    """What the folder says more, then one act; 1 where a cell was changed in both."""
    desk, t = open_desk(given), choose_words(given)
    folder = given.folder or read_settings(given).data
    if not (folder / PACKAGE).is_file():
        named = quote_value(folder)
        raise CallError(
            f"{named} n'est pas un dossier de tables : {PACKAGE} y manque.", f"{named} is no folder of tables: {PACKAGE} is missing."
        )
    found = find_handmade(desk.store, folder)
    if found is None:
        print(t("Le dossier {folder} ne dit rien que le registre ne sache.").format(folder=folder))
        return 0
    for cell in found.collisions:
        words = t("{cell} : était « {base} », le dossier dit « {yours} », le registre dit « {theirs} »")
        named = f"{cell.resource} {quote_value(cell.row_id)} {cell.field}"
        values = {name: quote_value(getattr(cell, name)) for name in ("base", "yours", "theirs")}
        print(words.format(cell=named, **values))
    if not found.collisions:
        print_differences(list(found.differences), t)
        if found.changes_description:
            print(t("La description des tables change aussi (datapackage.json)."))
    if given.preview:
        return int(bool(found.collisions))
    why = t("Dossier {name} modifié à la main").format(name=folder.name) if given.why is None else given.why
    return tell_done(given, desk.store, import_handmade(desk, build_intent(why), folder))


def keep_backup(given: Namespace) -> int:
    """For its owner alone: contacts of people are in it."""
    store = open_given_store(given)
    write_backup(store, given.file)
    print(choose_words(given)("{name} gardé dans {file}.").format(name=store.name, file=given.file))
    return 0


def bring_back(given: Namespace) -> int:
    """Into an empty store, or with `--replace` over one, whose content is kept in a file of its own."""
    store, t = open_given_store(given), choose_words(given)
    aside = restore(store, given.file, replace=given.replace)
    print(t("{file} rendu dans {name}.").format(file=given.file, name=store.name))
    if aside:
        print(t("Ce qui y était est gardé dans {file}.").format(file=aside))
    return 0
