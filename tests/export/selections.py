"""Joined rows and selections of them: a test states only what it is about."""

from __future__ import annotations

from datetime import date

import pandas as pd

from biocarto.export import selection as selections
from biocarto.export.columns import Type
from biocarto.export.selection import Selection
from biocarto.register.headers import VALUES_BY, translate_header, translate_values
from tests.builders import an_actor

_JOINED = {
    "modalities": ("gene_therapy", "rna"),
    "postcode": "91000",
    "address": "",
    "site": "Genopole",
    "site_id": "genopole",
    "website": "https://example.org/",
    "founded": 1998,
    "siren": "",
    "siret": "",
    "rnsr": "",
    "ownership": "",
    "owner": "",
    "owner_since": pd.NA,
    "as_of": 2024,
    "status_year": 2024,
    "status_source_url": "https://example.org/",
    "presence": "present",
    "trust": "high",
    "group": "biotherapies",
    "commune_official": "91228",
    "intercommunality_code": "200059228",
    "intercommunality_name": "CA Grand Paris Sud",
    "department_code": "91",
    "department_name": "Essonne",
    "latitude": 48.62362,
    "longitude": 2.43933,
    "precision": "campus",
}

LICENCE = {"title": "Licence Ouverte 2.0", "path": "https://example.org/licence"}
ABOUT = {
    "date_fr": "2026-11-22",
    "date_en": "2026-11-22",
    "licence": LICENCE,
    "sources": [{"title": "Pages publiques", "title_en": "Public pages"}],
}
LINK = "https://biocarto.example/annuaire?category=biotherapies&lang=fr"


def a_row(**changes: object) -> dict[str, object]:
    """One actor as the joins leave it."""
    return {**an_actor(), **_JOINED, **changes}


def actors(*rows: dict[str, object]) -> pd.DataFrame:
    """A joined frame with the types of the catalogue."""
    frame = pd.DataFrame(list(rows), columns=list(a_row()), dtype=object).astype(
        dict.fromkeys(("founded", "as_of", "owner_since", "status_year"), "Int64")
    )
    frame = frame.astype({"latitude": float, "longitude": float})
    return frame.set_axis(frame["id"].to_list())


def many(count: int) -> pd.DataFrame:
    """Generated actors, each with its own name, point and source; every third has no year, every fifth no modality."""
    return actors(
        *(
            a_row(
                id=f"actor-{n}",
                name=f"Société n° {n}",
                latitude=48 + n / 1e5,
                longitude=-1 + n / 1e4,
                founded=None if n % 3 == 0 else 1990 + n % 30,
                modalities=() if n % 5 == 0 else ("rna", "vaccine"),
                source_url=f"https://example.org/{n}",
            )
            for n in range(count)
        )
    )


def a_selection(*rows: dict[str, object], frame: pd.DataFrame | None = None, **changes: object) -> Selection:
    """A selection of some rows, in French."""
    given = {
        "filters": [("Catégorie", "Biothérapies"), ("Département", "Essonne")],
        "link": LINK,
        "made": date(2026, 11, 23),
        "about": ABOUT,
        "described": {"id": "Identifiant"},
        "lang": "fr",
    }
    return selections.build_selection(actors(*rows) if frame is None else frame, **{**given, **changes})


def restored(frame: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """An office file with names and codes again, read by its labels alone; raises where a label leads to two."""
    t, lists = selection.text, {column.name for column in selection.columns if column.type is Type.LIST}
    names = {translate_header(column.name, t): column.name for column in selection.columns}
    assert len(names) == len(selection.columns)
    back = frame.rename(columns=names)
    for name in back.columns:
        codes = reversed_labels(selection.table, name, selection)
        cells = [
            ";".join(codes.get(item, item) for item in cell.split("; ")) if name in lists and cell else codes.get(cell, cell)
            for cell in back[name]
        ]
        back[name] = pd.Series(cells, index=back.index, dtype=back[name].dtype)
    for (table, name), (owner, beside) in VALUES_BY.items():
        if table == selection.table:
            cells = [reversed_labels(owner, field, selection).get(cell, cell) for field, cell in zip(back[beside], back[name], strict=True)]
            back[name] = pd.Series(cells, index=back.index, dtype=back[name].dtype)
    return back


def reversed_labels(table: str, column: str, selection: Selection) -> dict[str, str]:
    """Label -> code; raises where two codes read the same."""
    labels = translate_values(table, column, selection.text)
    codes = {label: code for code, label in labels.items()}
    assert len(codes) == len(labels)
    return codes
