"""The command line: what a page does, a program can do; what is refused is said in words, and nothing is half-written."""

from __future__ import annotations

import csv
import io
import json
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from pypdf import PdfReader

from biocarto import cli, labels
from biocarto.booth.needs import add, build_need
from biocarto.booth.needs_desk import set_deleted
from biocarto.cli import VERBS, main
from biocarto.config import ROOT
from biocarto.export.formats import FORMATS
from biocarto.export.report import files
from biocarto.export.selection import Selection
from biocarto.i18n import Locale
from biocarto.query.address import LONGEST, MOST, parse_query
from biocarto.query.filters import Filters
from biocarto.query.select import select as select_rows
from biocarto.register.catalogue import Catalogue
from biocarto.ui.coverage import report as coverage_report
from biocarto.ui.shared import downloads
from biocarto.verbs import options, select
from tests.support.pages import opened

HOSTILE = {
    "a value that no list has": ("commune=99999&department=Essonne", "department = Essonne, commune = 99999"),
    "a name that nothing reads": ("colour=red&actor=genethon", "colour = red, actor = genethon"),
    "a sort, a check and a language of nobody": ("sort=random&verifier=2&lang=de", "verifier = 2, sort = random, lang = de"),
    "what a terminal would obey": ("region=%1b%5b2J&%1b]0;x=1", r"region = \x1b[2J"),
    "a radius, a place and an area that are none": ("near=Atlantis&km=-3&area=1,2", "near = Atlantis"),
    "no names at all": ("&&==&;&%&=%ff", ""),
    "more than anybody chooses": (urlencode({"category": [f"c{n}" for n in range(500)]}, doseq=True), "category = c0"),
}


@pytest.fixture(autouse=True)
def _one_register(monkeypatch: pytest.MonkeyPatch, register: Catalogue) -> None:
    """The register that all tests share, read once."""
    monkeypatch.setattr(options, "read_catalogue", lambda _: register)


def write(tmp_path: Path, *words: str, name: str = "out.csv") -> Path:
    """The file that a verb writes."""
    path = tmp_path / name
    assert main([*words, "--out", str(path)]) == 0
    return path


def names_of(path: Path) -> list[str]:
    """The ids of a CSV, in its order."""
    return [row["id"] for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))]


@pytest.mark.parametrize(
    "words", [[], ["delete"], ["--lang", "en"], ["select", "--format", "doc"], ["check", "a", "b"], ["select", "--lan", "en"]], ids=" ".join
)
def test_a_call_that_cannot_be_meant_ends_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With how it is meant."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: python -m biocarto" in capsys.readouterr().err


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_tells_what_it_takes(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In both languages, without a setting read or a file touched."""
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0
    assert " ".join(VERBS[verb].split()) in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--url", "annuaire?department=91"], "is no address"),
        (["--url", "http://[::1"], "is no address"),
        (["--url", "file:///etc/passwd"], "is no address"),
        (["--out", "actors.docx"], "no format is called “.docx”"),
    ],
)
def test_a_value_that_cannot_be_meant_is_told_in_words(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In both languages, or in the one that is asked for; nothing on the standard output."""
    assert main(["select", *words]) == 2
    both = capsys.readouterr()
    assert main(["select", *words, "--lang", "en"]) == 2
    english = capsys.readouterr()
    assert (both.out, english.out) == ("", "")
    assert told in english.err
    assert len(both.err.splitlines()) == 2
    assert both.err.splitlines()[1] == english.err.strip()


@pytest.mark.parametrize("verb", ["select", "report", "needs", "static", "booth"])
def test_an_empty_name_is_a_wrong_call(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What a variable gives that is not set: neither the folder of now nor a name of its own."""
    assert main([verb, "--out", ""]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == ["--out : le nom est vide.", "--out: the name is empty."]


@pytest.mark.parametrize("case", HOSTILE)
def test_nonsense_in_an_address_is_named_and_ignored(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], register: Catalogue
) -> None:
    """As on the page: every row that is shown before anything is chosen, and a line that names what was not read."""
    query, named = HOSTILE[case]
    path = write(tmp_path, "select", "--query", query)
    assert set(names_of(path)) == set(select_rows(Filters(), register).actors.index)
    said = capsys.readouterr().err
    assert named in said
    assert "\x1b" not in said
    assert len(said) < 4_000


def test_much_of_an_address_is_cut() -> None:
    """A program is no way around what a page reads."""
    found = parse_query(urlencode([("q", "x" * 9_000), *(("commune", str(n)) for n in range(900)), ("near", "")]))
    assert len(found["q"][0]) == LONGEST
    assert found["commune"] == [str(n) for n in range(MOST)]
    assert "near" not in found


ADDRESSES: dict[str, dict[str, str | list[str]]] = {
    "facets": {"category": "bioproduction", "department": ["91", "75"]},
    "words": {"q": "qui fabrique des vecteurs viraux près d'Évry"},
    "words as they are": {"q": "vecteurs viraux", "literal": "1", "sort": "name"},
    "a place in English": {"near": "91228", "km": "5", "lang": "en", "sort": "date"},
    "a list kept at a stand": {"keep": ["genethon", "nobody", "aavlife"]},
    "the list to check": {"verifier": "1", "department": "91", "sort": "territory", "q": "arn"},
}


@pytest.mark.parametrize("case", ADDRESSES)
def test_a_file_has_the_rows_of_the_page(case: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same actors in the same order, the same words for what narrows them, for a whole address of the page."""
    shown: list[tuple[list[str], list[tuple[str, str]]]] = []
    written: list[Selection] = []
    monkeypatch.setattr(downloads, "show_formats", lambda rows, said, _: shown.append((list(rows.index), said)))
    monkeypatch.setitem(FORMATS, "csv", replace(FORMATS["csv"], write=lambda found, _: written.append(found) or b""))
    assert not opened("directory", **ADDRESSES[case]).exception
    url = f"https://biocarto.example/annuaire?{urlencode(ADDRESSES[case], doseq=True)}"
    write(tmp_path, "select", "--url", url)
    (found,) = written
    assert [(list(found.actors.index), list(found.filters))] == shown[-1:]
    assert found.lang == ADDRESSES[case].get("lang", "fr")


def test_a_file_names_the_view_that_shows_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Under the public address, without what was ignored; on a laptop it says that it is a local copy."""
    query = "department=91&colour=red&sort=date&lang=en"
    for public, link in (("https://pole.example", "https://pole.example/annuaire?"), ("", "local copy: /annuaire?")):
        monkeypatch.setenv("BIOCARTO_PUBLIC_URL", public)
        found = json.loads(write(tmp_path, "select", "--query", query, name="a.geojson").read_text(encoding="utf-8"))
        assert found["metadata"]["link"] == f"{link}department=91&sort=date&lang=en"


@pytest.mark.parametrize("key", FORMATS)
def test_every_format_of_the_page_is_written(key: str, tmp_path: Path) -> None:
    """Into a folder under the name that the page gives it, and nothing else is left there."""
    assert main(["select", "--query", "department=91", "--format", key, "--out", str(tmp_path)]) == 0
    (path,) = tmp_path.iterdir()
    assert path.name.startswith("biocarto-essonne-")
    assert path.suffix == f".{FORMATS[key].extension}"
    assert path.stat().st_size > 500


def test_rows_go_to_the_standard_output(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Bytes alone; what is said stands beside them."""
    assert main(["select", "--query", "department=91", "--format", "xlsx", "--lang", "fr"]) == 0
    done = capsysbinary.readouterr()
    assert openpyxl.load_workbook(io.BytesIO(done.out)).active is not None
    assert "sites d'acteurs" in done.err.decode()


@pytest.mark.parametrize(("kind", "lang", "past"), [("pdf", "fr", {}), ("xlsx", "en", {"etat": "2015"})])
def test_a_report_is_that_of_the_page(kind: str, lang: str, past: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same value, but for the link of the address; in a year of the past too."""
    made: list[Any] = []
    write_report, *rest = coverage_report.WRITERS[kind]

    def spy(report: Any, progress: Any) -> bytes:
        made.append(report)
        return write_report(report, progress)

    monkeypatch.setitem(coverage_report.WRITERS, kind, (spy, *rest))
    monkeypatch.setitem(files.WRITERS, kind, spy)
    app = opened("coverage", territory="91", category="bioproduction", scheme="equal", lang=lang, **past)
    app.button(key=f"report-{kind}").click().run()
    query = urlencode({"territory": "75", "category": "bioproduction", "scheme": "equal", "lang": lang, **past})
    path = write(tmp_path, "report", "91", "--query", query, name=f"essonne.{kind}")
    page, program = made
    assert replace(program, link=page.link) == page
    assert f"/couverture?territory=91&category=bioproduction{'&' if past else ''}{urlencode(past)}&scheme=equal" in program.link
    assert (Locale(lang)(labels.PAST_NOTE) in " ".join(program.sections[0].paragraphs)) == bool(past)
    assert len(PdfReader(path).pages) if kind == "pdf" else openpyxl.load_workbook(path).sheetnames


@pytest.mark.parametrize("code", ["99999", "Essonne", "75101", "", "../91"])
def test_a_territory_that_is_none_is_refused(code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the command line; in an address it is named and ignored, as on the page."""
    assert main(["report", code, "--out", str(tmp_path / "a.pdf")]) == 1
    assert "is the code of no territory of Île-de-France" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_report_of_an_address_with_nonsense_is_that_of_the_region(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was ignored is named."""
    path = write(tmp_path, "report", "--query", "territory=99999&scheme=jenks&kind=robot&department=91&lang=en", name="a.xlsx")
    assert "territory = 99999, scheme = jenks, kind = robot, department = 91" in capsys.readouterr().err
    assert "Île-de-France" in str(openpyxl.load_workbook(path).active["A1"].value)


def test_a_territory_of_the_address_that_is_not_used_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command line goes before the address, and says so where they differ."""
    for query, named in (("territory=78", True), ("territory=91", False)):
        write(tmp_path, "report", "91", "--query", query, "--lang", "en", name="a.xlsx")
        assert ("territory = 78" in capsys.readouterr().err) == named


UNUSED = {
    "the list to check": ({"verifier": "1", "q": "cdmo", "near": "91228", "km": "3", "department": "91"}, "q = cdmo, near = 91228, km = 3"),
    "a list kept at a stand": ({"keep": "genethon", "category": "techproviders", "q": "zzz"}, "category = techproviders, q = zzz"),
}


@pytest.mark.parametrize("case", UNUSED)
def test_a_filter_that_a_list_does_not_use_is_named(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the command line and on the page; what is used is not."""
    asked, named = UNUSED[case]
    write(tmp_path, "select", "--query", urlencode(asked), "--lang", "en")
    told = [line for line in capsys.readouterr().err.splitlines() if "=" in line]
    assert [sorted(line.partition("ignored: ")[2].split(", ")) for line in told] == [sorted(named.split(", "))]
    notices = [str(warning.value).replace("\\", "") for warning in opened("directory", lang="en", **asked).warning]
    (listed,) = [notice.partition("ignored: ")[2] for notice in notices if "ignored: " in notice]
    assert sorted(listed.split(", ")) == sorted(named.split(", "))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A stand that has heard two needs, one of them deleted since."""
    path = tmp_path / "stand" / "needs.sqlite"
    monkeypatch.setenv("BIOCARTO_NEEDS", str(path))
    add(path, build_need("=Salles blanches", "bioproduction", "department", "91", event="Congrès"))
    set_deleted(path, add(path, build_need("Formation")).id, datetime.now(UTC))
    return path


def test_needs_are_taken_away(heard: Path, tmp_path: Path) -> None:
    """What the staff's part offers: without the deleted ones, in words, no cell that runs; the file of the stand stays as it is."""
    before = heard.read_bytes()
    header, row = csv.reader(write(tmp_path, "needs", "--lang", "en").read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    assert header[8] == "Need"
    assert [row[3], *row[6:9]] == ["Congrès", "91", "Essonne", "'=Salles blanches"]
    sheet = openpyxl.load_workbook(write(tmp_path, "needs", name="needs.xlsx")).active
    assert [(cell.value, cell.data_type) for cell in sheet["I"]] == [("Besoin", "s"), ("'=Salles blanches", "s")]
    assert heard.read_bytes() == before


def test_needs_are_for_their_owner_alone(heard: Path, tmp_path: Path) -> None:
    """In a new file and in one that others could read; `heard` is the stand's."""
    assert heard.exists()
    (tmp_path / "old.csv").touch(0o644)
    for name in ("new.csv", "old.csv"):
        assert stat.S_IMODE(write(tmp_path, "needs", name=name).stat().st_mode) == 0o600


def test_needs_that_cannot_be_read_are_refused(heard: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A damaged file is said to be one; where nothing was heard yet, the file has its header only."""
    heard.write_bytes(b"no database" * 100)
    assert main(["needs", "--out", str(tmp_path / "a.csv")]) == 1
    assert len(capsys.readouterr().err.splitlines()) >= 2
    assert not (tmp_path / "a.csv").exists()
    heard.unlink()
    assert len(write(tmp_path, "needs").read_text(encoding="utf-8-sig").splitlines()) == 1


@pytest.mark.parametrize("verb", ["select", "report", "check"])
def test_a_folder_that_cannot_be_read_is_told_without_a_trace(
    verb: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In both languages, with the setting that names it."""
    monkeypatch.undo()
    monkeypatch.setenv("BIOCARTO_DATA", str(tmp_path / "nowhere"))
    assert main([verb, *(["--out", str(tmp_path / "a.pdf"), "--format", "xlsx"] if verb != "check" else [])]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "BIOCARTO_DATA : vérifiez" in said.err
    assert "BIOCARTO_DATA names this folder" in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_pack_without_the_builders_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The pack of a booth leaves them out; any other module that is missing is a bug."""

    def lack(name: str) -> Callable[[str], object]:
        def load(_: str) -> object:
            raise ModuleNotFoundError(name=name)

        return load

    monkeypatch.setattr(cli, "import_module", lack("biocarto.build"))
    assert main(["layers"]) == 1
    assert "the pack of a booth does not hold" in capsys.readouterr().err
    monkeypatch.setattr(cli, "import_module", lack("pandas"))
    with pytest.raises(ModuleNotFoundError):
        main(["select"])


def test_a_program_loads_no_page_and_may_be_cut_off() -> None:
    """Neither Streamlit nor Folium: a nightly job needs no server. Where whoever reads it has gone, no trace is written."""
    loaded = "print(sorted({'streamlit', 'folium'} & set(sys.modules)), file=sys.stderr)"
    program = f"import sys; from biocarto import cli; code = cli.main(sys.argv[1:]); {loaded}; sys.exit(code)"
    pipe = '"$0" -c "$1" select | true; exit ${PIPESTATUS[0]}'
    done = subprocess.run(["bash", "-c", pipe, sys.executable, program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "[]\n")


def test_rows_without_a_filter_are_those_of_the_page(register: Catalogue) -> None:
    """Every site that is counted, by name."""
    found = select.select_rows({}, register, Locale("fr"))
    assert set(found.rows.index) == set(select_rows(Filters(), register).actors.index)
    assert (found.filters, found.params, found.dropped) == ([], {}, [])
