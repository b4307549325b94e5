"""The booth's pack as files: complete, nothing too much, and what is the operator's left alone."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from biocarto import cli, config
from biocarto.build import booth, booth_wheels
from biocarto.build.booth_wheels import Target
from biocarto.errors import AppError
from tests.support.shelves import a_store, an_edition, publish

LINUX = Target("3.12", "linux", "x86_64")
WINDOWS = Target("3.13", "windows", "amd64")
PINS = booth_wheels.list_requirements((config.ROOT / "requirements.txt").read_text(encoding="utf-8"))


def wheel(folder: Path, pin: str, kind: str = "py3-none-any") -> None:
    """A wheel of a few bytes, the same ones every time."""
    name, version = pin.split("==")
    with zipfile.ZipFile(folder / f"{name.replace('-', '_')}-{version}-{kind}.whl", "w") as archive:
        archive.writestr(zipfile.ZipInfo(f"{name}.py"), pin)


def fetch(wanted: Target, pins: Sequence[str], folder: Path) -> None:
    """In the place of pip: numpy is made for one machine, all else for any."""
    for pin in pins:
        wheel(folder, pin, wanted.tag if pin.startswith("numpy==") else "py3-none-any")


@pytest.fixture(autouse=True)
def small_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    """The static edition has tests of its own."""

    def write(data: Path, geo: Path, static: Path, out: Path) -> None:
        out.mkdir(parents=True)
        (out / "index.html").write_text("édition", encoding="utf-8")

    monkeypatch.setattr(booth.static, "build", write)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder whose name has a space and accents."""
    return tmp_path / "Clé USB" / "Le stand"


def files(folder: Path) -> dict[str, bytes]:
    """Path -> content of everything in a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_pack_has_all_that_the_stand_needs(out: Path) -> None:
    """Launcher, app, wheels, edition, an example of settings; one pip, and pure wheels once for both machines."""
    booth.build(out, [LINUX, WINDOWS], fetch)
    found = files(out)
    top = {name.partition("/")[0] for name in found}
    starters = {"stand.py", "stand.sh", "stand.bat", "stand.command", "launcher"}
    assert top == starters | {"reglages.exemple.txt", "LISEZMOI.txt", "pack.json", "app", "wheels", "edition"}
    assert {path.name for path in out.iterdir()} == top == booth.list_names()
    assert {"app/dashboard.py", "app/pages/booth.py", "app/.streamlit/config.toml", "app/LICENSE", "app/requirements.txt"} <= found.keys()
    assert {"app/data/actors.csv", "app/data/datapackage.json", "app/geo/communes.parquet"} <= found.keys()
    assert {"app/src/biocarto/locales/en/LC_MESSAGES/biocarto.po", "app/src/biocarto/export/report/report.typ"} <= found.keys()
    assert {"launcher/run.py", "edition/index.html"} <= found.keys()
    wheels = [name for name in found if name.endswith(".whl")]
    assert len(wheels) == len(PINS) + 2  # pip, and another numpy
    assert len([name for name in wheels if name.startswith("wheels/pip-")]) == 1


def test_nothing_else_goes_along(out: Path) -> None:
    """Neither compiled files nor tests nor environments, and no hidden file but Streamlit's settings."""
    names = booth.build(out, [LINUX], fetch)
    assert [
        name for name in names if re.search(r"__pycache__|\.pyc$|(^|/)(tests|\.venv|node_modules|\.git|var)(/|$)|biocarto/build", name)
    ] == []
    assert [name for name in names if "/." in f"/{name}"] == ["app/.streamlit/config.toml"]
    assert not list(out.glob(".draft*"))


def test_no_page_imports_what_stays_at_home() -> None:
    """What builds is left out of the app; the four verbs that start it say so there (`tests/test_cli.py`)."""
    verbs = {config.ROOT / "src/biocarto/verbs" / f"{name}.py" for name in ("assets", "layers", "static", "booth")}
    sources = [*(config.ROOT / "src/biocarto").rglob("*.py"), *(config.ROOT / "pages").glob("*.py"), config.ROOT / "dashboard.py"]
    kept = [path for path in sources if "build" not in path.relative_to(config.ROOT).parts and path not in verbs]
    assert [
        path
        for path in kept
        if re.search(r"(from|import) biocarto\.build|from biocarto import .*\bbuild\b", path.read_text(encoding="utf-8"))
    ] == []


def test_the_copied_app_finds_its_own_files(out: Path) -> None:
    """`config.ROOT` of the copy is the pack's app/."""
    booth.build(out, [LINUX], fetch)
    code = "from biocarto import config; print(config.ROOT, config.read().data.is_dir())"
    env = {"PYTHONPATH": str(out / "app/src"), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == f"{out / 'app'} True"


def test_a_list_names_every_package_with_a_checksum(out: Path) -> None:
    """The launcher finds the list by the tag of its Python."""
    booth.build(out, [LINUX, WINDOWS], fetch)
    sets = json.loads((out / "pack.json").read_text())["sets"]
    assert [found["tag"] for found in sets] == ["cp312-linux-x86_64", "cp313-windows-amd64"]
    for found in sets:
        lines = (out / "wheels" / f"{found['tag']}.txt").read_text().splitlines()
        assert [line.split(" --hash=sha256:")[0] for line in lines] == PINS
        assert all(re.search(r"--hash=sha256:[0-9a-f]{64}$", line) for line in lines)
        assert found["room"] == round(sum(map(len, PINS)) * 1.35) + 100_000_000
        assert found["longest"] == len(f"__pycache__/{max((pin.split('==')[0] for pin in PINS), key=len)}.cpython-312.pyc")
    assert [found.get("glibc") for found in sets] == ["2.28", None]


def test_starters_and_texts_suit_their_systems(out: Path) -> None:
    """Executable where a double click asks for it, Windows line ends where Windows reads, and the Pythons by name."""
    booth.build(out, [LINUX, WINDOWS], fetch)
    assert all(os.access(out / name, os.X_OK) for name in ("stand.sh", "stand.command"))
    for name in ("stand.bat", "reglages.exemple.txt", "LISEZMOI.txt"):
        text = (out / name).read_bytes()
        assert text.count(b"\n") == text.count(b"\r\n") > 5
    read_me = (out / "LISEZMOI.txt").read_text(encoding="utf-8")
    assert read_me.count("Python 3.12 (linux x86_64), Python 3.13 (windows amd64)") == 2
    assert "{" not in read_me
    assert b"\r" not in (out / "stand.sh").read_bytes()


def test_a_second_build_keeps_what_is_the_operators(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, needs, log, installed packages and a photo stay; a file that the earlier pack wrote and this one does not goes."""
    monkeypatch.setattr(booth, "_APP", (*booth._APP, "docs/stand.md"))
    booth.build(out, [WINDOWS], fetch)
    own = {"reglages.txt", "besoins/besoins.sqlite", "journal.txt", "lib/cp313/site-packages/a.py", "photo.jpg", "app/docs/note.txt"}
    for name in own:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(b"mine")
    compiled = out / "app/src/biocarto/__pycache__/config.cpython-313.pyc"
    compiled.parent.mkdir()
    compiled.write_bytes(b"old")
    monkeypatch.undo()
    monkeypatch.setattr(booth.static, "build", lambda *_: None)
    booth.build(out, [LINUX], fetch)
    found = files(out)
    assert {name for name in own if found.get(name) == b"mine"} == own
    gone = {"app/docs/stand.md", "wheels/cp313-windows-amd64.txt", "edition/index.html"} | {compiled.relative_to(out).as_posix()}
    assert gone & found.keys() == set()
    assert not (out / "edition").exists()
    assert {name for name in found if "numpy" in name} == {f"wheels/numpy-{_version('numpy')}-cp312-linux-x86_64.whl"}


def _version(name: str) -> str:
    return next(pin.split("==")[1] for pin in PINS if pin.startswith(f"{name}=="))


def _refuse(wanted: Target, pins: Sequence[str], folder: Path) -> None:
    wheel(folder, pins[0])
    raise AppError("non", "no")


def _never(wanted: Target, pins: Sequence[str], folder: Path) -> None:
    pytest.fail("fetched")


def _forget(wanted: Target, pins: Sequence[str], folder: Path) -> None:
    fetch(wanted, pins[1:], folder)


def _fill_the_disk(wanted: Target, pins: Sequence[str], folder: Path) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(("broken", "said"), [(_refuse, "no"), (_forget, "streamlit"), (_fill_the_disk, "No space left")])
def test_a_build_that_fails_harms_nothing(out: Path, broken: booth_wheels.Download, said: str) -> None:
    """The earlier pack is there byte for byte, and no draft beside it."""
    booth.build(out, [LINUX], fetch)
    before = files(out)
    with pytest.raises(AppError, match=said):
        booth.build(out, [LINUX, WINDOWS], broken)
    assert files(out) == before


def test_a_build_that_was_cut_short_is_put_right(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Power lost while files were moved: the next build knows whose they are."""
    calls = iter(range(200))

    def cut(self: Path, target: Path) -> Path:
        if any(part.startswith(".draft-") for part in self.parts) and next(calls) == 150:
            raise KeyboardInterrupt
        return real(self, target)

    real = Path.replace
    monkeypatch.setattr(Path, "replace", cut)
    with pytest.raises(KeyboardInterrupt):
        booth.build(out, [WINDOWS], fetch)
    monkeypatch.setattr(Path, "replace", real)
    (out / ".draft-lost").mkdir()
    (out / ".draft-lost/a").write_text("a power cut leaves it")
    names = booth.build(out, [LINUX], fetch)
    assert files(out).keys() == names | {"pack.json"}
    assert not (out / ".draft-lost").exists()


def test_a_folder_of_somebody_else_is_not_written_over(out: Path) -> None:
    """A photo on the stick does not matter, a file under a name of the pack does."""
    (out / "app").mkdir(parents=True)
    (out / "app/index.html").write_text("mine")
    (out / ".draft").mkdir()
    (out / ".draft/novel.txt").write_text("mine")
    before = files(out)
    with pytest.raises(AppError, match="already holds app,") as caught:
        booth.build(out, [LINUX], _never)
    assert "Rien n'a été modifié" in caught.value.fr
    assert files(out) == before
    (out / "app").rename(out / "photos")
    booth.build(out, [LINUX], fetch)
    assert {".draft/novel.txt", "photos/index.html"} <= files(out).keys()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"files": 1}', '{"files": [1]}'])
def test_a_list_that_cannot_be_read_stops_the_build(out: Path, content: str) -> None:
    """Nobody can tell any more what is the pack's own: before anything is fetched, with what to do."""
    booth.build(out, [LINUX], fetch)
    (out / "pack.json").write_text(content)
    before = files(out)
    with pytest.raises(AppError, match=r"pack\.json.*--out") as caught:
        booth.build(out, [LINUX], _never)
    assert "Rien n'a été modifié" in caught.value.fr
    assert files(out) == before


def test_a_stand_that_runs_is_not_written_over(out: Path) -> None:
    """Its own lock says so; one that has ended left only the file."""
    booth.build(out, [LINUX], fetch)
    (out / "stand.lock").write_bytes(b"")
    before = files(out)
    with (out / "stand.lock").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with pytest.raises(AppError, match="is running") as caught:
            booth.build(out, [LINUX], _never)
    assert "est en train de tourner" in caught.value.fr
    assert files(out) == before
    booth.build(out, [LINUX], fetch)


def test_a_folder_that_leads_elsewhere_is_not_followed(out: Path) -> None:
    """A link in the place of a folder of the pack: what it leads to is somebody else's."""
    booth.build(out, [LINUX], fetch)
    elsewhere = out.parent / "elsewhere"
    (out / "app/data").rename(elsewhere)
    (out / "app/data").symlink_to(elsewhere)
    before = files(elsewhere)
    with pytest.raises(AppError, match="app/data is a link"):
        booth.build(out, [LINUX], fetch)
    assert files(elsewhere) == before
    assert not list(out.glob(".draft*"))


def test_a_link_in_the_place_of_a_file_is_replaced_itself(out: Path) -> None:
    """And one in the place of compiled files goes, without what it leads to."""
    booth.build(out, [LINUX], fetch)
    mine = out.parent / "mine"
    mine.mkdir()
    (mine / "a.txt").write_text("mine")
    (out / "LISEZMOI.txt").unlink()
    (out / "LISEZMOI.txt").symlink_to(mine / "a.txt")
    (out / "app/src/biocarto/__pycache__").symlink_to(mine)
    booth.build(out, [LINUX], fetch)
    assert (mine / "a.txt").read_text() == "mine"
    assert not (out / "LISEZMOI.txt").is_symlink()
    assert not (out / "app/src/biocarto/__pycache__").is_symlink()


def test_a_damaged_list_of_files_removes_nothing_outside(out: Path) -> None:
    """What an earlier pack says it wrote is not believed beyond its own folder."""
    booth.build(out, [LINUX], fetch)
    (out.parent / "thesis.txt").write_text("mine")
    (out / "besoins").mkdir()
    (out / "besoins/besoins.sqlite").write_text("mine")
    (out / "reglages.txt").write_text("mine")
    manifest = json.loads((out / "pack.json").read_text())
    manifest["files"] += ["../thesis.txt", "besoins/besoins.sqlite", "reglages.txt", "gone.txt"]
    (out / "pack.json").write_text(json.dumps(manifest))
    booth.build(out, [LINUX], fetch)
    assert (out.parent / "thesis.txt").exists()
    assert (out / "besoins/besoins.sqlite").exists()
    assert (out / "reglages.txt").exists()


def test_the_command_takes_its_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m biocarto booth --out … --python … --platform …` says what it made."""
    asked: list[object] = []

    def build(out: Path, wanted: Sequence[Target]) -> set[str]:
        asked.append((out, list(wanted)))
        (tmp_path / "a").write_bytes(b"x" * 3_000_000)
        return {"a"}

    monkeypatch.setattr(booth, "build", build)
    assert cli.main(["booth", "--out", str(tmp_path), "--python", "3.13", "--platform", "windows"]) == 0
    assert asked == [(tmp_path, [WINDOWS])]
    assert "Python 3.13 (windows amd64)" in (said := capsys.readouterr().out)
    assert f"{tmp_path}: 1 files, 3 MB." in said
    assert "besoins" not in said
    (tmp_path / "besoins").mkdir()
    cli.main(["booth", "--out", str(tmp_path), "--python", "3.13", "--platform", "windows"])
    assert "no part of the pack; look at it before you copy: besoins/." in capsys.readouterr().out


def test_a_build_that_cannot_be_ends_with_a_message(capsys: pytest.CaptureFixture[str]) -> None:
    """And a code that make notices."""
    assert cli.main(["booth", "--python", "3.9"]) == 1
    assert "3.11 or newer" in capsys.readouterr().err


def test_clean_spares_what_is_not_ours(tmp_path: Path) -> None:
    """Needs, settings and a photo stay, and are named; all that a pack and its launcher wrote goes."""
    shutil.copyfile(config.ROOT / "Makefile", tmp_path / "Makefile")
    out = tmp_path / "dist/stand"
    booth.build(out, [LINUX], fetch)
    for name in (
        "journal.txt",
        "journal-1.txt",
        "installation.txt",
        "stand.lock",
        "lib/cp312/a.py",
        ".draft-x/a",
        "../biocarto/index.html",
    ):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("ours")
    for name in ("reglages.txt", "besoins/besoins.sqlite", "photo.jpg"):
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text("mine")
    done = subprocess.run(["make", "clean"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert files(tmp_path / "dist").keys() == {"stand/reglages.txt", "stand/besoins/besoins.sqlite", "stand/photo.jpg"}
    assert "Kept: dist/stand/besoins dist/stand/photo.jpg dist/stand/reglages.txt" in done.stdout
    shutil.rmtree(out)
    (out / "besoins").mkdir(parents=True)
    done = subprocess.run(["make", "clean"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert not (tmp_path / "dist").exists()
    assert "Kept" not in done.stdout


def test_a_pack_is_the_same_with_the_desk_on_or_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The edition of the store is packed as the same files in data/ would be, to the byte, and nothing else that lies there."""
    published = an_edition("2026-12-01.2", abivax="Abivax publiée")
    (tmp_path / "data").mkdir()
    for name, text in {**published, "README.md": "notes"}.items():
        (tmp_path / "data" / name).write_text(text, encoding="utf-8", newline="")
    publish(a_store(tmp_path), published)
    packs = []
    for store, data in (("none.sqlite", "data"), ("register.sqlite", "nowhere")):
        monkeypatch.setenv("BIOCARTO_STORE", str(tmp_path / store))
        monkeypatch.setenv("BIOCARTO_DATA", str(tmp_path / data))
        booth.build(tmp_path / f"pack of {store}", [LINUX], fetch)
        packs.append(files(tmp_path / f"pack of {store}"))
    assert packs[0] == packs[1]
    assert {name.removeprefix("app/data/") for name in packs[1] if name.startswith("app/data/")} == set(published)
