"""Files as people send them, made here with faults whose place is known, and good ones in shapes that must raise no alarm.

Everything in them is made up: no organisation is called so, and the numbers begin with 999.
"""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

import xlsxwriter

NBSP = "\u00a0"
HEADERS = ("Raison sociale", "N° SIRET", "Ville", "Code postal", "Type", "Catégorie", "Activité", "Site internet", "Année de création")
"""The header of most files: columns A to I."""
Rows = Sequence[Sequence[object]]


class Told(StrEnum):
    """Who tells a fault: an error of the whole file, a notice when it is staged, a refused cell, or the rows held against the register."""

    FILE = "file"
    NOTICE = "notice"
    CELL = "cell"
    ROW = "row"


@dataclass(frozen=True)
class PlantedFault:
    """One fault: `line` as a spreadsheet shows it (0 the whole file), `letter` of the column, `found`, and part of what is said in French.

    `reads` is what the register understands of it all the same: then the cell is not refused.
    """

    line: int
    letter: str
    found: str
    expected: str = ""
    told: Told = Told.CELL
    reads: str = ""


@dataclass(frozen=True)
class PlantedFile:
    """A file as it is uploaded, and every fault that it has."""

    name: str
    data: bytes
    faults: tuple[PlantedFault, ...]


# --- made-up contents -------------------------------------------------------------------------------------------------


def make_key(digits: str) -> str:
    """The last digit that gives a number a right key."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits))]
    return str(-sum(number if number < 10 else number - 9 for number in doubled) % 10)


def make_siret(number: int) -> str:
    """A SIRET with right keys that nobody has: 999 and a number below 100,000."""
    siren = f"999{number:05d}"
    siren += make_key(siren)
    return f"{siren}0001" + make_key(f"{siren}0001")


def make_row(number: int, **changes: object) -> list[object]:
    """A good row under `HEADERS`; a change is named by the letter of its column."""
    row: list[object] = [
        f"Exemple imaginaire {number}",
        make_siret(number),
        "Évry-Courcouronnes",
        "91000",
        "Entreprise",
        "Biothérapies",
        f"Activité imaginaire numéro {number}",
        f"https://exemple-{number}.invalid",
        "2012",
    ]
    for letter, cell in changes.items():
        row[ord(letter) - ord("A")] = cell
    return row


def make_rows(count: int, changes: Mapping[int, Mapping[str, object]] | None = None) -> list[list[object]]:
    """Good rows; `changes` by the line that the spreadsheet shows below a header in line 1."""
    return [make_row(line - 1, **(changes or {}).get(line, {})) for line in range(2, count + 2)]


# --- made-up files ----------------------------------------------------------------------------------------------------


def write_csv(rows: Rows, separator: str = ";", line_end: str = "\r\n", encoding: str = "utf-8") -> bytes:
    """Rows as a delimited file."""
    target = io.StringIO()
    csv.writer(target, delimiter=separator, lineterminator=line_end).writerows(rows)
    return target.getvalue().encode(encoding)


def write_xlsx(sheets: Mapping[str, Rows], prepare: Callable[[xlsxwriter.Workbook], object] = bool) -> bytes:
    """Sheets as a workbook; days are cells of days, text is text; `prepare` adds what else it shall have."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(line, place, cell, day)
                    elif cell != "":
                        sheet.write(line, place, cell)
        prepare(book)
    return target.getvalue()


def repack(data: bytes, changes: Mapping[str, bytes]) -> bytes:
    """A workbook with parts of it replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            new.writestr(name, changes[name] if name in changes else old.read(name))
    return target.getvalue()


def write_sheet(xml: bytes) -> bytes:
    """A workbook whose only sheet has these rows, as they are."""
    head = b'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return repack(write_xlsx({"Feuille 1": [["Nom"]]}), {"xl/worksheets/sheet1.xml": head + xml + b"</sheetData></worksheet>"})


def write_ods(content: bytes) -> bytes:
    """An ODS whose first sheet has these rows, as they are."""
    head = (
        b'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        b'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        b'<office:body><office:spreadsheet><table:table table:name="Feuille 1">'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        packed.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')
        packed.writestr("content.xml", head + content + b"</table:table></office:spreadsheet></office:body></office:document-content>")
    return target.getvalue()


def write_ods_rows(rows: Rows) -> bytes:
    """Rows of text as an ODS."""
    cells = ["".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row) for row in rows]
    return write_ods("".join(f"<table:table-row>{row}</table:table-row>" for row in cells).encode())


def lie_about_size(data: bytes, part: str) -> bytes:
    """A zip in which a part says that it is ten bytes long."""
    told = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        member = packed.getinfo(part)
    size = struct.pack("<I", member.file_size)
    start = 0
    while (start := told.find(size, start)) >= 0:
        told[start : start + 4] = struct.pack("<I", 10)
        start += 4
    return bytes(told)


def write_bomb(member: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook of 0.2 MB, one part of which is 210 MB of blanks."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    blank, crc, size = b" " * (1 << 20), 0, 210 << 20
    body = b"".join(packer.compress(blank) for _ in range(210)) + packer.flush()
    for _ in range(210):
        crc = zlib.crc32(blank, crc)
    whole = repack(write_xlsx({"Feuille 1": [["Nom"]]}), {member: b"0123456789"})
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        names = [name for name in packed.namelist() if name != member]
        parts = {name: packed.read(name) for name in names}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
        start, directory = target.tell(), packed.filelist
        info = zipfile.ZipInfo(member)
        info.compress_type, info.header_offset, info.CRC, info.compress_size, info.file_size = 8, start, crc, len(body), size
        target.write(info.FileHeader(zip64=False) + body)
        directory.append(info)
        packed.NameToInfo[member] = info
        packed.start_dir = target.tell()
    return target.getvalue()


def _write_records(*records: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)


def write_xls(
    cells: Sequence[tuple[int, int, object]], texts: Sequence[str] = (), more: Sequence[tuple[int, bytes]] = (), told: bytes = b""
) -> bytes:
    """An old XLS of one sheet: (row, column, cell) from 0; a text is a text, a number a number, bytes the error of that code.

    A cell that is a list holds the number of one of `texts`, which the file has once; `more` are records as they are.
    `told` is what the sheet says of its size.
    """
    begin, name = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0), b"Feuille 1"
    sheet = [(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)), *([(0x200, told)] if told else [])]
    for row, column, cell in cells:
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(cell, str):
            sheet.append((0x204, place + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")))
        elif isinstance(cell, bytes):
            sheet.append((0x205, place + cell + b"\1"))
        elif isinstance(cell, list):
            sheet.append((0xFD, place + struct.pack("<I", cell[0])))
        else:
            sheet.append((0x203, place + struct.pack("<d", float(str(cell)))))
    shared = b"".join(struct.pack("<HB", len(text), 0) + text.encode("latin-1") for text in texts)
    table = struct.pack("<II", len(texts), len(texts)) + shared
    pieces = [(0xFC if not start else 0x3C, table[start : start + 8000]) for start in range(0, len(table), 8000)]
    if len(pieces) > 1:  # what goes on in another record says again how wide its letters are
        pieces = [pieces[0], *((kind, b"\0" + body) for kind, body in pieces[1:])]
    start = len(_write_records((0x809, begin), (0x85, bytes(8) + name), *pieces, *more, (0x0A, b"")))
    bound = struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name
    stream = _write_records((0x809, begin), (0x85, bound), *pieces, *more, (0x0A, b""), *sheet, (0x0A, b""))
    return _write_ole(stream.ljust(4096, b"\0"))


def _write_ole(stream: bytes) -> bytes:
    """A container with one stream, `Workbook`: its header, its directory, the stream, and the table of its sectors."""
    count = -(-len(stream) // 512)
    tables = -(-(count + 1) // 127)
    chain = [0xFFFFFFFE, *range(2, count + 1), 0xFFFFFFFE, *[0xFFFFFFFD] * tables]
    chain += [0xFFFFFFFF] * (128 * tables - len(chain))

    def enter(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        text = name.encode("utf-16-le")
        links = struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", first, size)

    directory = enter("Root Entry", 5, 1, 0xFFFFFFFE, 0) + enter("Workbook", 2, 0xFFFFFFFF, 1, len(stream))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, 0, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *range(count + 1, count + 1 + tables), *[0xFFFFFFFF] * (109 - tables))
    return header + directory.ljust(512, b"\0") + stream.ljust(512 * count, b"\0") + struct.pack(f"<{len(chain)}I", *chain)


def write_container(*names: str) -> bytes:
    """The beginning of an OLE container (old XLS, or what a password makes of an XLSX) with streams of these names."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return header + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names) + bytes(512)


def write_geojson(rows: Rows, points: Sequence[tuple[float, float] | None]) -> bytes:
    """Rows under their header as features; points are longitude, latitude."""
    head, *body = rows
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": point} if point else None,
            "properties": dict(zip(map(str, head), row, strict=True)),
        }
        for row, point in zip(body, points, strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


# --- files that cannot be read ----------------------------------------------------------------------------------------


def _refuse(name: str, data: bytes, said: str, line: int = 0, found: str = "") -> PlantedFile:
    return PlantedFile(name, data, (PlantedFault(line, "", found, said, Told.FILE),))


def _make_unreadable() -> list[PlantedFile]:
    good = write_xlsx({"Feuille 1": [HEADERS, *make_rows(3)]})
    wide = [[f"Colonne {place}" for place in range(501)], ["x"] * 501]
    quoted = write_csv([HEADERS, *make_rows(8)]) + b'"Exemple imaginaire coup\xc3\xa9;999'
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst>&b;</sst>'
    repeated = b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="400" '
    ods_bomb = write_ods(repeated + b'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>')
    corner = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048575"><c r="XFD1048575"><v>1</v></c></row>'
    unnumbered = b"<row>" + b"<c><v>1</v></c>" * 600 + b"</row>"
    spread = b'<row r="1"><c r="SA1"><v>1</v></c></row><row r="99999"><c r="A99999"><v>1</v></c></row>'
    xls_texts = write_xls([(row, 0, [0]) for row in range(8_000)], ["x" * 30_000])
    return [
        _refuse("vide.csv", b"", "vide"),
        _refuse(
            "bombe-annoncee.xlsx", repack(good, {"xl/sharedStrings.xml": b'<?xml version="1.0"?><sst uniqueCount="4294967295"/>'}), "200 Mo"
        ),
        _refuse("taille-annoncee.xls", write_xls([(0, 0, "Nom")], told=struct.pack("<IIHHH", 0, 65_536, 0, 256, 0)), "cellules"),
        _refuse("taille-a-rebours.xls", write_xls([(0, 0, "Nom")], told=struct.pack("<IIHHH", 9, 2, 0, 9, 0)), "abîmé ou incomplet"),
        _refuse("coin.xls", write_xls([(0, 0, "Nom"), (65_535, 255, "x")]), "cellules"),
        _refuse("bombe-de-textes.xls", xls_texts, "200 Mo"),
        _refuse("protege.xls", write_xls([(0, 0, "Nom")], more=[(0x2F, bytes(6))]), "mot de passe"),
        _refuse("blancs.csv", b" \r\n;;\r\n", "aucune cellule"),
        _refuse("sans-cellule.xlsx", write_xlsx({"Feuille 1": []}), "sans aucune cellule"),
        _refuse("bombe.xlsx", write_bomb(), "200 Mo"),
        _refuse("bombe-qui-ment.xlsx", lie_about_size(write_bomb(), "xl/worksheets/sheet1.xml"), "200 Mo"),
        _refuse("bombe-de-textes.xlsx", write_text_bomb(), "200 Mo"),
        _refuse("coin.xlsx", write_sheet(corner), "1\u202f048\u202f575 lignes"),
        _refuse("sans-adresses.xlsx", write_sheet(unnumbered), "600 colonnes"),
        _refuse("etendue.xlsx", write_sheet(spread), "cellules"),
        _refuse("repetee.ods", ods_bomb, "cellules"),
        _refuse("large.csv", write_csv(wide), "501 colonnes"),
        _refuse("trop-lourd.csv", b"Nom;Ville\r\n" + b"x;y\r\n" * (20 * 1024 * 1024 // 5), "20 Mo"),
        _refuse("document.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
        _refuse("lettre.xlsx", repack(write_zip({"word/document.xml": b"<w/>"}), {}), "traitement de texte"),
        _refuse("export-web.xls", b"<html><head><meta charset='utf-8'></head><table><tr><td>Nom</td></tr></table></html>", "HTML"),
        _refuse("protege.xlsx", write_container("EncryptionInfo", "EncryptedPackage"), "mot de passe"),
        _refuse("courrier.xls", write_container("WordDocument"), "ancien document"),
        _refuse("coupe.xlsx", good[: len(good) // 2], "abîmé ou incomplet"),
        _refuse("coupe.csv", quoted, "guillemets", 10, '"'),
        _refuse("octet-nul.csv", write_csv([HEADERS, *make_rows(2)]) + b"Exemple\0;x\r\n", "octet nul", 4, "\\x00"),
        _refuse("entites.xlsx", repack(good, {"xl/sharedStrings.xml": entity}), "entités"),
        _refuse("carte.geojson", b'{"type": "FeatureCollection", "features": [{"type": "Feat', "GeoJSON"),
        _refuse("carte.gpkg", b"SQLite format 3\0" + bytes(200), "GeoPackage"),
        _refuse(
            "autre-registre.csv",
            write_csv([["N° de lot", "Nom du réactif", "Péremption", "Nom"], ["1", "x", "2027", "y"]]),
            "autre registre",
            1,
            "N° de lot",
        ),
        _refuse("sans-en-tete.csv", write_csv([["Nmo", "Vlile", "Trucs"], ["a", "b", "c"]]), "peut-être « Nom »", 1, "Nmo"),
        _refuse("sans-lignes.csv", write_csv([HEADERS]), "aucune ligne au-dessous", 1),
    ]


def write_zip(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return target.getvalue()


def write_text_bomb() -> bytes:
    """A workbook in which ten thousand cells hold the same text of 32,000 letters, which the file has once."""
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (line, line) for line in range(1, 10_001))
    text = b'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>' + b"x" * 32_000
    return repack(write_sheet(rows), {"xl/sharedStrings.xml": text + b"</t></si></sst>"})


# --- files that are read and told about -------------------------------------------------------------------------------


def _make_titled() -> PlantedFile:
    """A sheet as a pole keeps it: a merged title, two columns that are alike, one without a name, persons, a total."""
    head = ["Raison sociale", "Ville", "Ville", "", "Nom du contact", "E-mail", "Site internet"]
    rows = [
        [f"Exemple imaginaire {n}", "Paris", "Lyon", "?", "une personne", "a@exemple.invalid", f"https://e{n}.invalid"] for n in range(4)
    ]
    body = [["Membres imaginaires"], ["au 28/11/2026"], [], head, *rows, head, *rows, [], ["Total : 8 exemples"], ["Source : personne"]]
    data = write_xlsx({"Membres": body}, lambda book: book.worksheets()[0].merge_range(0, 0, 0, 6, "Membres imaginaires"))
    notice = Told.NOTICE
    return PlantedFile(
        "titres.xlsx",
        data,
        (
            PlantedFault(1, "", "Membres imaginaires", "au-dessus de l'en-tête", notice),
            PlantedFault(4, "C", "Ville", "déjà l'en-tête de la colonne B", notice),
            PlantedFault(4, "D", "", "aucun en-tête", notice),
            PlantedFault(4, "E", "Nom du contact", "aucune donnée sur des personnes", notice),
            PlantedFault(4, "F", "E-mail", "aucune donnée sur des personnes", notice),
            PlantedFault(9, "", "Raison sociale", "l'en-tête revient", notice),
            PlantedFault(15, "", "Total : 8 exemples", "sous le tableau", notice),
            PlantedFault(16, "", "Source : personne", "sous le tableau", notice),
        ),
    )


def _make_noticed() -> list[PlantedFile]:
    rows = [HEADERS, *make_rows(3)]

    def hide(book: xlsxwriter.Workbook) -> None:
        book.worksheets()[1].hide()

    macro = repack(write_xlsx({"Membres": rows}), {"xl/vbaProject.bin": b"\0"})
    doubled = [["Raison sociale", "Adresse", "", "", "N° SIRET"], ["", "Rue", "Code postal", "Ville", ""]]
    doubled += [[f"Exemple imaginaire {n}", f"{n} rue Imaginaire", "91000", "Évry", make_siret(n)] for n in range(1, 4)]
    told = Told.NOTICE
    return [
        _make_titled(),
        PlantedFile("macros.xlsm", macro, (PlantedFault(0, "", "", "macros", told),)),
        PlantedFile(
            "deux-feuilles.xlsx",
            write_xlsx({"Notes": [["Note", "Auteur"], ["à voir", "x"]], "Membres": rows}),
            (PlantedFault(0, "", "Notes", "c'est cette feuille qui est lue", told),),
        ),
        PlantedFile(
            "feuille-masquee.xlsx",
            write_xlsx({"Membres": rows, "Brouillon": rows}, hide),
            (PlantedFault(0, "", "Brouillon", "feuille masquée", told),),
        ),
        PlantedFile("double-en-tete.csv", write_csv(doubled), (PlantedFault(2, "", "Rue", "deuxième ligne d'en-tête", told),)),
        PlantedFile("windows.csv", write_csv(rows, encoding="cp1252"), (PlantedFault(1, "", "", "Windows-1252", told),)),
        PlantedFile(
            "cellule-longue.csv",
            write_csv([HEADERS, *make_rows(2, {3: {"G": "x" * 40_000}})]),
            (PlantedFault(3, "G", "x" * 79 + "…", "40\u202f000 caractères", told), PlantedFault(3, "G", "x" * 79 + "…", "300")),
        ),
        PlantedFile(
            "sans-noms.csv",
            write_csv(make_rows(4)),
            (PlantedFault(1, "", "", "reconnues à leur contenu", told),),
        ),
    ]


# --- files with cells that the register does not take -----------------------------------------------------------------


def _plant(name: str, planted: Mapping[tuple[int, str], tuple[object, str, str]], count: int = 8) -> PlantedFile:
    """A CSV of good rows but for what is planted: (line, letter) -> the cell, a part of what is said, or else what is understood."""
    changes: dict[int, dict[str, object]] = {}
    for (line, letter), (cell, _, _) in planted.items():
        changes.setdefault(line, {})[letter] = cell
    faults = [PlantedFault(line, letter, str(cell), said, reads=reads) for (line, letter), (cell, said, reads) in planted.items()]
    return PlantedFile(name, write_csv([HEADERS, *make_rows(count, changes)]), tuple(faults))


def _make_formulas() -> PlantedFile:
    formulas = {"#REF!": "=#REF!", "#N/A": "=NA()", "#DIV/0!": "=1/0", "#NAME?": "=UNKNOWN(1)", "#VALUE!": '="a"+1'}
    places = {(3, "C"): "#REF!", (4, "B"): "#N/A", (5, "I"): "#DIV/0!", (6, "A"): "#NAME?", (7, "G"): "#VALUE!"}

    def add(book: xlsxwriter.Workbook) -> None:
        for (line, letter), said in places.items():
            book.worksheets()[0].write_formula(f"{letter}{line}", formulas[said], None, said)

    changes = {line: {letter: ""} for line, letter in places}
    data = write_xlsx({"Membres": [HEADERS, *make_rows(8, changes)]}, add)
    return PlantedFile("formules.xlsx", data, tuple(PlantedFault(line, letter, said, "formule") for (line, letter), said in places.items()))


def _make_dates() -> PlantedFile:
    head = ["Type", "Titre", "Date de début", "Date de fin", "Lieu", "Source", "Titre de la source"]
    days: list[tuple[object, object]] = [
        (date(2021, 6, 8), "2021-06-09"),
        ("08/06/2021", "9 juin 2021"),
        (44355, ""),
        ("31/02/2021", ""),
        ("2021-06-08", "08/06/21"),
        ("bientôt", ""),
    ]
    rows = [["Congrès", f"Rencontre imaginaire {n}", *pair, "Paris", "https://e.invalid", "Une page"] for n, pair in enumerate(days)]
    faults = (
        PlantedFault(2, "C", "2021-06-08", reads="2021-06-08"),
        PlantedFault(3, "C", "08/06/2021", reads="2021-06-08"),
        PlantedFault(3, "D", "9 juin 2021", reads="2021-06-09"),
        PlantedFault(4, "C", "44355", reads="2021-06-08"),
        PlantedFault(5, "C", "31/02/2021", "date"),
        PlantedFault(7, "C", "bientôt", "date"),
    )
    return PlantedFile("dates.xlsx", write_xlsx({"Rencontres": [head, *rows]}), faults)


def _make_decimals() -> PlantedFile:
    head = ["Nom du campus", "Code INSEE", "Latitude", "Longitude", "Source", "Titre de la source"]
    points = [("48,6239", "2,4291"), ("48.6239", "2.4291"), ("48.62.39", "2,4291"), ("148,62", "2,4291"), ("48,6239", "est")]
    rows = [[f"Campus imaginaire {n}", "91228", *point, "https://e.invalid", "Une page"] for n, point in enumerate(points)]
    faults = (
        PlantedFault(2, "C", "48,6239", reads="48.6239"),
        PlantedFault(4, "C", "48.62.39", "nombre"),
        PlantedFault(5, "C", "148,62", ""),
        PlantedFault(6, "D", "est", "nombre"),
    )
    return PlantedFile("virgules.csv", write_csv([head, *rows]), faults)


def _make_refused() -> list[PlantedFile]:
    siret = make_siret(3)
    spaced = f"{siret[:3]}{NBSP}{siret[3:6]}{NBSP}{siret[6:9]}{NBSP}{siret[9:]}"
    return [
        _make_formulas(),
        _make_dates(),
        _make_decimals(),
        _plant("scientifique.csv", {(3, "B"): ("9,99E+13", "14 chiffres", ""), (5, "B"): ("9.99000E+13", "14 chiffres", "")}),
        _plant("zeros.csv", {(3, "D"): ("1000", "5 chiffres", ""), (5, "B"): ("9990000300011", "14 chiffres", "")}),
        _plant("insecables.csv", {(4, "B"): (spaced, "", siret), (5, "D"): (f"91{NBSP}000", "", "91000")}),
        _plant("cles.csv", {(3, "B"): (f"{siret[:-1]}{(int(siret[-1]) + 1) % 10}", "clé", ""), (6, "B"): ("ABC", "14 chiffres", "")}),
        _plant(
            "mots.csv",
            {
                (3, "E"): ("entreprise", "", "company"),
                (4, "E"): ("Entrprise", "Entreprise", ""),
                (5, "F"): ("Biothérapie", "", "biotherapies"),
                (6, "F"): ("Horlogerie", "Biothérapies", ""),
                (7, "E"): ("Centre de recherche académique", "", "research_centre"),
            },
        ),
        _plant(
            "communes.csv",
            {
                (3, "C"): ("Evry", "", "91228"),
                (4, "C"): ("Nulle-Part-sur-Seine", "commune", ""),
                (5, "C"): ("Paris 13e", "", "75113"),
                (6, "C"): ("Évri-Courcouronnes", "commune", ""),
            },
        ),
        _plant("annees.csv", {(3, "I"): ("12", "année", ""), (4, "I"): ("3021", "", ""), (5, "I"): ("douze", "année", "")}),
        _plant("adresses.csv", {(3, "H"): ("javascript:alert(1)", "http", ""), (5, "H"): ("pas une adresse", "http", "")}),
        _plant("noms.csv", {(3, "A"): ("x" * 151, "150", ""), (5, "A"): ("Exemple\u202eimaginaire", "", "")}),
        PlantedFile(
            "deux-fois.csv",
            write_csv([HEADERS, *make_rows(3), make_row(1)]),
            (PlantedFault(5, "B", make_siret(1), "ligne 2", Told.ROW),),
        ),
    ]


@cache
def list_planted() -> tuple[PlantedFile, ...]:
    """Every file with a fault; made once."""
    return (*_make_unreadable(), *_make_noticed(), *_make_refused())


@cache
def list_good() -> tuple[PlantedFile, ...]:
    """Files of three actors in shapes that raise no alarm: no cell is refused, nothing but the encoding is told."""
    rows = [list(HEADERS), *make_rows(3)]
    english = ["Company name", "SIRET", "Town", "Postcode", "Type", "Category", "Activity (French)", "Website", "Year founded"]
    in_english = [english, *([*row[:4], "Company", "Biotherapies", *row[6:]] for row in make_rows(3))]
    lists = [[*HEADERS, "Modalités"], *([*row, listed] for row, listed in zip(make_rows(3), LISTS, strict=True))]
    dated = [[*HEADERS[:8], "Date de création"], *([*row[:8], date(2012, 5, 3)] for row in make_rows(3))]
    numbers = [HEADERS, *([row[0], int(str(row[1])), row[2], int(str(row[3])), *row[4:8], 2012] for row in make_rows(3))]
    titled = [["Annuaire imaginaire"], [], *rows]
    made = {
        "simple.csv": write_csv(rows, ",", "\n"),
        "windows-1252.csv": write_csv(rows, encoding="cp1252"),
        "marque.csv": b"\xef\xbb\xbf" + write_csv(rows),
        "tabulations.tsv": write_csv(rows, "\t"),
        "utf-16.txt": write_csv(rows, "\t", encoding="utf-16"),
        "separateur.csv": b"sep=;\r\n" + write_csv(rows),
        "titre.csv": write_csv(titled),
        "excel.xlsx": write_xlsx({"Membres": numbers}),
        "dates.xlsx": write_xlsx({"Membres": dated}),
        "libre.ods": write_ods_rows(rows),
        "ancien.xls": write_xls([(row, column, cell) for row, cells in enumerate(rows) for column, cell in enumerate(cells)]),
        "anglais.csv": write_csv(in_english, ","),
        "listes.csv": write_csv(lists),
        "carte.geojson": write_geojson(rows, [(2.43, 48.62), None, (2.44, 48.63)]),
    }
    return tuple(PlantedFile(name, data, ()) for name, data in made.items())


LISTS = ("Thérapie génique, ARN", "Thérapie génique / ARN", "Thérapie génique ; ARN")
"""A list as three people write it: gene therapy and RNA."""
