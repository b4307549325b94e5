"""What lies in the operator's folder: known by its columns, dated, and a sentence for what is no use."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from biocarto.desk.official.files import Dating, OfficialKind, list_official
from biocarto.desk.official.official_error import OfficialFileError
from biocarto.desk.official.scanning import scan
from tests.support.official_files import EDITION, ESTABLISHMENTS, UNITS, Layout, Planted, write_sirene

ONE = [Planted("900000019")]
HEADERS = {
    OfficialKind.STRUCTURES: "numero_national_de_structure;libelle;commune\n199712345A;Laboratoire fictif;Évry\n",
    OfficialKind.I_NOV: "vague;projet;siren;entreprise\nVague 1;Projet fictif;900000019;Exemple\n",
    OfficialKind.I_LAB: "libelle_entreprise;ndeg_siren;annee_de_concours\nExemple;900000019;2024\n",
}


@pytest.mark.parametrize("form", ["parquet", "csv", "zip"])
def test_a_file_is_known_by_its_columns(tmp_path: Path, form: str) -> None:
    """Whatever it is called, and however its header is written."""
    write_sirene(tmp_path, 0, ONE, layout=Layout(form=form, blank_header=form != "parquet", delimiter=";" if form == "zip" else ","))
    for number, path in enumerate(sorted(tmp_path.iterdir())):
        path.rename(tmp_path / f"file-{number}{path.suffix}")
    folder = list_official(tmp_path)
    assert {file.kind for file in folder.files} == {OfficialKind.ESTABLISHMENTS, OfficialKind.LEGAL_UNITS, OfficialKind.POSITIONS}
    assert folder.missing == (OfficialKind.STRUCTURES, OfficialKind.I_NOV, OfficialKind.I_LAB)
    assert folder.troubles == ()


@pytest.mark.parametrize("kind", HEADERS)
def test_the_small_files_are_known_too(tmp_path: Path, kind: OfficialKind) -> None:
    """Research structures and laureates, as the ministry exports them, with a mark at the beginning of the file."""
    (tmp_path / "export_2026-03.csv").write_text("\ufeff" + HEADERS[kind], encoding="utf-8")
    (file,) = list_official(tmp_path).files
    assert (file.kind, file.dated, file.dating) == (kind, "2026-03-01", Dating.NAME)


def test_the_date_of_a_file_is_said_with_where_it_comes_from(tmp_path: Path) -> None:
    """The newest day inside of a Parquet, else the name, else when it was written; never a day to come."""
    write_sirene(tmp_path, 0, ONE)
    (tmp_path / "x").mkdir()
    write_sirene(tmp_path / "x", 0, ONE, layout=Layout("csv"))
    (tmp_path / "x" / f"{UNITS}.csv").rename(tmp_path / "x" / "StockUniteLegale_20260915.csv")
    old = tmp_path / "x" / f"{ESTABLISHMENTS}.csv"
    old.rename(old.with_name("stock-2999-01-01.csv"))
    os.utime(old.with_name("stock-2999-01-01.csv"), (1_700_000_000, 1_700_000_000))
    assert {(f.dated, f.dating) for f in list_official(tmp_path).files if f.kind is not OfficialKind.POSITIONS} == {
        (EDITION, Dating.CONTENT)
    }
    told = {file.kind: (file.dated, file.dating) for file in list_official(tmp_path / "x").files}
    assert told[OfficialKind.LEGAL_UNITS] == ("2026-09-15", Dating.NAME)
    assert told[OfficialKind.ESTABLISHMENTS] == ("2023-11-14", Dating.MODIFIED)


def test_what_is_no_use_is_a_sentence_and_the_others_still_serve(tmp_path: Path) -> None:
    """Empty, cut, foreign, half a ZIP, no text, a link to nowhere, a file left aside: each is named, none stands in the way."""
    write_sirene(tmp_path, 0, ONE)
    whole = (tmp_path / f"{UNITS}.parquet").read_bytes()
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "cut.parquet").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "foreign.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    (tmp_path / "header.csv").write_text("siret;qualite_xy;x_longitude;y_latitude\n", encoding="utf-8")
    (tmp_path / "half.zip").write_bytes(b"PK\x03\x04" + bytes(50))
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
    (tmp_path / "link.parquet").symlink_to(tmp_path / "nowhere.parquet")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    (tmp_path / "copy.parquet").write_bytes(whole)
    pq.write_table(pa.table({"x": [1]}), tmp_path / "foreign.parquet")
    with zipfile.ZipFile(tmp_path / "pictures.zip", "w") as archive:
        archive.writestr("picture.png", b"nothing")
    folder = list_official(tmp_path)
    assert len(folder.files) == 3
    named = {notice.table for notice in folder.troubles}
    assert {"empty.csv", "cut.parquet", "foreign.csv", "header.csv", "half.zip", "photo.jpg", "link.parquet", "loop.csv"} < named
    assert {"foreign.parquet", "pictures.zip"} < named
    assert len(named & {"copy.parquet", f"{UNITS}.parquet"}) == 1, "of two alike one is left aside"
    assert all(notice.text(lang).count("\n") == 0 for notice in folder.troubles for lang in ("fr", "en"))


def test_a_folder_that_is_not_there_has_no_file(tmp_path: Path) -> None:
    """Nor has one that is a file, which is said."""
    assert list_official(tmp_path / "nothing").files == ()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    folder = list_official(tmp_path / "file")
    assert (folder.files, len(folder.troubles)) == ((), 1)


def test_a_file_that_ends_in_the_middle_is_named(tmp_path: Path) -> None:
    """Its head was right: the fault shows while it is read."""
    write_sirene(tmp_path, 3_000, ONE)
    path = tmp_path / f"{ESTABLISHMENTS}.parquet"
    whole = bytearray(path.read_bytes())
    whole[100 : len(whole) // 2] = bytes(len(whole) // 2 - 100)
    path.write_bytes(bytes(whole))
    file = list_official(tmp_path).find(OfficialKind.ESTABLISHMENTS)
    assert file
    with pytest.raises(OfficialFileError) as caught:
        list(scan(file, ["siret"], ["libelleVoieEtablissement", "enseigne1Etablissement"]))
    assert path.name in caught.value.fr


def test_lines_that_were_cut_are_left_out(tmp_path: Path) -> None:
    """Of a CSV that a download has broken off, every whole line is read."""
    write_sirene(tmp_path, 0, [Planted("900000019"), Planted("900000027")], layout=Layout("csv"))
    path = tmp_path / f"{ESTABLISHMENTS}.csv"
    path.write_bytes(path.read_bytes()[:-60])
    file = list_official(tmp_path).find(OfficialKind.ESTABLISHMENTS)
    assert file
    assert [part["siren"].to_pylist() for part in scan(file, ["siren"])] == [["900000019"]]


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (pa.array([90000001900019, None], pa.int64()), ["90000001900019", ""]),
        (pa.array([1234500019.0, None], pa.float64()), ["00001234500019", ""]),
        (pa.array([" 90000001900019 ", "[ND]"]), ["90000001900019", ""]),
        (pa.array(["1234500019", ""]).dictionary_encode(), ["00001234500019", ""]),
    ],
)
def test_a_code_is_text_with_its_zeros_whatever_the_file_has(tmp_path: Path, cells: pa.Array, text: list[str]) -> None:
    """Numbers, numbers with a point, text with blanks, masked, coded."""
    table = {"siret": cells, "qualite_xy": ["11", None], "x_longitude": ["2,44", ""], "y_latitude": pa.array([48.6, None], pa.float32())}
    pq.write_table(pa.table(table), tmp_path / "positions.parquet")
    (file,) = list_official(tmp_path).files
    (part,) = scan(file, ["siret"], ["qualite_xy", "x_longitude", "y_latitude", "absent"], numbers={"x_longitude", "y_latitude"})
    assert part["siret"].to_pylist() == text
    assert part["qualite_xy"].to_pylist() == ["11", ""]
    assert part["x_longitude"].to_pylist() == [2.44, None]
    assert part["y_latitude"].to_pylist()[0] == pytest.approx(48.6, abs=1e-5)
    assert part["absent"].to_pylist() == ["", ""]
