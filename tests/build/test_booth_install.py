"""The packages of a pack: installed beside it once, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pip
import pytest

from tests.build.booth_launcher import SET, install, words


def test_packages_are_installed_once(pack: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The second start finds them; another list brings another folder, and the old one goes."""
    lib = install.ensure(pack, pack, SET)
    assert (lib / "streamlit/__main__.py").is_file()
    assert "Premier démarrage" in capsys.readouterr().out
    monkeypatch.setattr(install, "_fill", lambda *_: pytest.fail("installed twice"))
    assert install.ensure(pack, pack, SET) == lib
    assert capsys.readouterr().out == ""
    monkeypatch.undo()
    (pack / "wheels" / f"{SET['tag']}.txt").write_text("streamlit==2\n")
    (pack / "lib/cp39-other-000000000000").mkdir()
    newer = install.ensure(pack, pack, SET)
    assert {path.name for path in (pack / "lib").iterdir()} == {newer.parent.name, "cp39-other-000000000000"}


def test_what_a_pack_brings_installed_is_used(pack: Path, tmp_path: Path) -> None:
    """Also where it can no longer be written; else the user's folder is filled."""
    brought = install.ensure(pack, pack, SET)
    assert install.ensure(pack, tmp_path / "user", SET) == brought
    (pack / "lib").rename(pack / "other")
    assert install.ensure(pack, tmp_path / "user", SET).is_relative_to(tmp_path / "user/lib")


@pytest.mark.parametrize("lost", ["streamlit/__main__.py", "streamlit", "the marker", "the end of a file"])
def test_packages_that_were_copied_in_part_are_installed_again(pack: Path, capsys: pytest.CaptureFixture[str], lost: str) -> None:
    """A copy of a pack that was started before may be cut short anywhere in lib/."""
    site = install.ensure(pack, pack, SET)
    compiled = site / "streamlit/__pycache__/a.pyc"
    compiled.parent.mkdir()
    compiled.write_bytes(b"made by Python, not by us")
    assert install.ensure(pack, pack, SET) == site
    capsys.readouterr()
    if lost == "the marker":
        (site.parent / install.MARKER).unlink()
    elif lost == "the end of a file":
        (site / "streamlit/__main__.py").write_text("import")
    elif lost == "streamlit":
        shutil.rmtree(site / lost)
    else:
        (site / lost).unlink()
    assert install.ensure(pack, pack, SET) == site
    assert "incomplets" in capsys.readouterr().out
    assert (site / "streamlit/__main__.py").stat().st_size > 100
    assert not compiled.exists()


def test_the_log_of_the_server_outlives_an_installation(pack: Path) -> None:
    """What pip said has a file of its own."""
    (pack / "journal.txt").write_text("yesterday")
    install.ensure(pack, pack, SET)
    assert (pack / "journal.txt").read_text() == "yesterday"
    assert (pack / "installation.txt").is_file()


def test_an_installation_that_fails_leaves_nothing(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a folder that looks complete nor a draft; pip's words are passed on."""
    monkeypatch.setenv("BREAK", "1")
    with pytest.raises(words.StandError, match="failed") as caught:
        install.ensure(pack, pack, SET)
    assert "this wheel is damaged" in caught.value.detail
    assert list((pack / "lib").iterdir()) == []


def test_an_installation_that_is_cut_short_is_begun_anew(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Power lost in the middle: what is there has the name of a draft, and the next start clears it away."""
    code = f"import sys; sys.path.insert(0, {str(pack)!r}); from pathlib import Path; from launcher import install; " + (
        f"install.ensure(Path({str(pack)!r}), Path({str(pack)!r}), {SET!r})"
    )
    done = subprocess.run([sys.executable, "-c", code], env=os.environ | {"CUT": "1"}, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    left = list((pack / "lib").iterdir())
    assert [path.name for path in left] == ["draft"]
    assert (left[0] / "site-packages/streamlit/__init__.py").is_file()
    assert (install.ensure(pack, pack, SET) / "streamlit/__main__.py").is_file()
    assert not left[0].exists()


def test_too_little_room_is_said_before_anything_is_written(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How much there is and how much it takes."""
    monkeypatch.setattr(install.shutil, "disk_usage", lambda _: SimpleNamespace(free=90_000_000))
    with pytest.raises(words.StandError, match="90 MB free, 100 needed") as caught:
        install.ensure(pack, pack, SET)
    assert "90 Mo libres" in caught.value.fr
    assert list((pack / "lib").iterdir()) == []


def test_a_path_that_windows_would_refuse_is_said(tmp_path: Path) -> None:
    """Before anything is installed; other systems take it."""
    deep = Path("C:/Users/prenom.nom/Documents/Salons/2026/Congrès de Paris/Stand BioCarto/lib") / f"{SET['tag']}-0123456789ab"
    with pytest.raises(words.StandError, match="too long for Windows") as caught:
        install._require_short(deep, SET["longest"], "nt")
    assert "trop long pour Windows" in caught.value.fr
    install._require_short(deep, SET["longest"], "posix")
    install._require_short(Path("C:/Users/prenom.nom/Desktop/Stand/lib/cp313-windows-amd64-0123456789ab"), SET["longest"], "nt")


def test_windows_takes_a_path_of_259_characters() -> None:
    """The 260th is the null at its end."""
    target = Path("C:/Stand/lib/cp313-windows-amd64-0123456789ab")
    longest = 259 - len(str(target / install.SITE)) - 1
    install._require_short(target, longest, "nt")
    with pytest.raises(words.StandError, match="by 1 characters"):
        install._require_short(target, longest + 1, "nt")


@pytest.mark.parametrize(
    ("has", "fits"), [(("glibc", "2.28"), True), (("glibc", "2.100"), True), (("glibc", "2.27"), False), (("", ""), False)]
)
def test_a_system_without_the_c_library_of_the_wheels_is_said(
    pack: Path, monkeypatch: pytest.MonkeyPatch, has: tuple[str, str], fits: bool
) -> None:
    """Before pip is started, which would only say that nothing fits: Alpine has another, an old system an older one."""
    monkeypatch.setattr(install.platform, "libc_ver", lambda: has)
    monkeypatch.setattr(install, "_fill", lambda *_: None)
    wanted = SET | {"glibc": "2.28"}
    if fits:
        install.ensure(pack, pack, wanted)
        return
    with pytest.raises(words.StandError, match=r"glibc 2\.28") as caught:
        install.ensure(pack, pack, wanted)
    assert "glibc 2.28" in caught.value.fr
    assert has[1] in caught.value.fr
    assert not (pack / "lib").exists()


@pytest.mark.parametrize("lost", ["list", "pip"])
def test_wheels_that_were_not_copied_are_said(pack: Path, lost: str) -> None:
    """Before anything is installed."""
    (pack / "wheels" / (f"{SET['tag']}.txt" if lost == "list" else "pip-1-py3-none-any.whl")).unlink()
    with pytest.raises(words.StandError, match="not whole"):
        install.ensure(pack, pack, SET)


def test_a_scanner_that_reads_the_draft_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to rename a folder while somebody reads in it."""
    refusals = iter([True, True, False])
    real, pauses = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        if next(refusals):
            raise PermissionError
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(install.time, "sleep", pauses.append)
    (tmp_path / "draft").mkdir()
    install._name(tmp_path / "draft", tmp_path / "lib")
    assert (tmp_path / "lib").is_dir()
    assert pauses == [0.5, 1.0]


HOMES = {
    "linux": ({"HOME": "{}"}, ".local/share/biocarto-stand"),
    "win32": ({"HOME": "{}", "LOCALAPPDATA": "{}/Local"}, "Local/biocarto-stand"),
    "darwin": ({"HOME": "{}"}, "Library/Application Support/biocarto-stand"),
}


@pytest.mark.parametrize("platform", HOMES)
def test_a_pack_that_cannot_be_written_uses_a_folder_of_the_user(tmp_path: Path, platform: str) -> None:
    """A file in the place of the pack refuses every write, even to root."""
    environ, tail = HOMES[platform]
    (tmp_path / "pack").write_text("")
    environ = {name: value.format(tmp_path) for name, value in environ.items()}
    assert install.find_home(tmp_path / "pack", environ, platform) == tmp_path / tail
    assert install.find_home(tmp_path, environ, platform) == tmp_path
    (tmp_path / "none").write_text("")
    nowhere = {"HOME": str(tmp_path / "none"), "LOCALAPPDATA": str(tmp_path / "none")}
    with pytest.raises(words.StandError, match="Neither"):
        install.find_home(tmp_path / "pack", nowhere, platform)


def _real_pip(wheels: Path) -> Path:
    """The installer of this environment, as the wheel that a pack brings."""
    package = Path(pip.__file__).parent
    made = wheels / "pip-0-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as archive:
        for path in sorted(package.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                archive.write(path, f"pip/{path.relative_to(package).as_posix()}")
    return made


def _wheel(wheels: Path, code: str) -> Path:
    """A package of one line, and nothing but what pip asks for."""
    made = wheels / "tiny-1-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("tiny.py", code)
        archive.writestr("tiny-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1\n")
        archive.writestr("tiny-1.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(
            "tiny-1.dist-info/RECORD", "tiny.py,,\ntiny-1.dist-info/METADATA,,\ntiny-1.dist-info/WHEEL,,\ntiny-1.dist-info/RECORD,,\n"
        )
    return made


def test_pip_takes_what_the_list_names_and_nothing_else(tmp_path: Path) -> None:
    """No index, no wheel without its checksum, nothing to build, no settings of the user."""
    line = install._command(tmp_path / "pip.whl", tmp_path, tmp_path / "list.txt", tmp_path / "draft")
    assert {"--no-index", "--require-hashes", "--only-binary=:all:", "--no-deps", "--isolated"} <= set(line)
    assert line[line.index("--find-links") + 1] == str(tmp_path)


@pytest.mark.parametrize("case", ["whole", "altered", "without a checksum"])
def test_a_wheel_that_was_altered_is_refused(pack: Path, case: str) -> None:
    """By the real pip, in our words, and nothing is half installed."""
    wheels = pack / "wheels"
    (wheels / "pip-1-py3-none-any.whl").unlink()
    _real_pip(wheels)
    good = hashlib.sha256(_wheel(wheels, "GOOD = True").read_bytes()).hexdigest()
    (wheels / f"{SET['tag']}.txt").write_text("tiny==1\n" if case == "without a checksum" else f"tiny==1 --hash=sha256:{good}\n")
    if case == "whole":
        assert (install.ensure(pack, pack, SET) / "tiny.py").read_text() == "GOOD = True"
        return
    if case == "altered":
        _wheel(wheels, "GOOD = False")
    with pytest.raises(words.StandError, match="The installation failed") as caught:
        install.ensure(pack, pack, SET)
    assert "sauf reglages.txt et besoins/" in caught.value.fr
    assert ("DO NOT MATCH" if case == "altered" else "require") in caught.value.detail
    assert list((pack / "lib").iterdir()) == []
