"""The launcher of the booth's pack, from the Python that reads it to Ctrl+C."""

from __future__ import annotations

import ast
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from biocarto.build.booth import PACK
from tests.build.booth_launcher import SET, Started, run, server, stand, words


def test_the_first_file_is_read_by_an_old_python() -> None:
    """Python 3.8 reads stand.py whole, or it could not say that it is too old."""
    ast.parse((PACK / "stand.py").read_text(encoding="utf-8"), feature_version=(3, 8))
    code = (PACK / "stand.py").read_text(encoding="utf-8")
    assert "removeprefix" not in code
    assert not re.search(r"^\w+ = .*\b(list|dict|tuple)\[", code, re.MULTILINE)


def test_a_python_that_does_not_fit_is_told_what_would(capsys: pytest.CaptureFixture[str]) -> None:
    """What was found, what the pack has, what else there is; in both languages."""
    sets = [{"tag": "cp312-linux-x86_64", "python": "3.12", "system": "linux", "machine": "x86_64"}]
    text = stand.write_refusal(sets, "cp38-windows-32bit")
    for part in ("cp38-windows-32bit", "Python 3.12 (linux x86_64)", "index.html"):
        assert text.count(part) == 2
    assert "Rien n'a été installé" in text
    assert "Nothing was installed" in text


@pytest.mark.parametrize(
    ("system", "machine", "place", "end"),
    [
        ("Linux", "x86_64", "linux-x86_64", "-linux-x86_64"),
        ("Windows", "AMD64", "win-amd64", "-windows-amd64"),
        ("Windows", "ARM64", "win-amd64", "-windows-amd64"),
        ("Windows", "AMD64", "win32", "-windows-32bit"),
        ("Darwin", "arm64", "macosx-11.0-universal2", "-macos-arm64"),
    ],
)
def test_a_python_knows_what_it_can_install(monkeypatch: pytest.MonkeyPatch, system: str, machine: str, place: str, end: str) -> None:
    """In the words of the pack's builder."""
    monkeypatch.setattr(stand.platform, "system", lambda: system)
    monkeypatch.setattr(stand.platform, "machine", lambda: machine)
    monkeypatch.setattr(stand.sysconfig, "get_platform", lambda: place)
    assert stand.find_tag() == f"cp{sys.version_info.major}{sys.version_info.minor}{end}"


def test_another_python_of_the_machine_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest that the pack fits and that starts; a stand-in that only points to a shop is passed over."""
    for version, says in (("3.13", "exit 9"), ("3.12", "echo Python 3.12.1"), ("3.11", "echo Python 3.11.2")):
        script = tmp_path / f"python{version}"
        script.write_text(f"#!/bin/sh\n{says}\n")
        script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    sets = [{"tag": f"cp3{minor}-linux-x86_64", "python": f"3.{minor}"} for minor in (11, 12, 13)]
    assert stand.find_other_python(sets, "cp39-linux-x86_64") == [str(tmp_path / "python3.12")]
    assert stand.find_other_python(sets, "cp39-windows-amd64") is None


def test_the_other_python_takes_the_place_of_this_one(pack: Path) -> None:
    """A signal to the launcher reaches it, because it is the same process."""
    wanted = f"{sys.version_info.major}.{sys.version_info.minor}"
    other = SET | {"tag": stand.find_tag().replace("cp", "cp9"), "python": wanted}
    (pack / "pack.json").write_text(json.dumps({"sets": [other]}))
    (pack / "bin").mkdir()
    script = pack / f"bin/python{wanted}"
    script.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo Python {wanted}.0 || echo $$ "$2"\n')
    script.chmod(0o755)
    env = {"PATH": f"{pack / 'bin'}{os.pathsep}/bin"}
    process = subprocess.Popen([sys.executable, str(pack / "stand.py"), "--window"], env=env, stdout=subprocess.PIPE, text=True)
    assert process.communicate(timeout=30)[0].split() == [str(process.pid), "--window"]


@pytest.mark.parametrize("content", [None, "", "[]", '{"sets": 1}', '{"sets": [1]}', '{"sets": [{"tag": "cp312"}]}'])
def test_a_pack_that_was_not_copied_whole_is_said(pack: Path, content: str | None) -> None:
    """In both languages, without a stack trace."""
    (pack / "pack.json").unlink()
    if content is not None:
        (pack / "pack.json").write_text(content)
    done = subprocess.run([sys.executable, str(pack / "stand.py")], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "Le paquet est incomplet" in done.stderr
    assert "The pack is not whole" in done.stderr
    assert "Traceback" not in done.stderr


def answer(ready: str) -> list[str]:
    """Process, setting and folder of the server whose address a line has."""
    found = re.search(r"http://localhost:(\d+)/stand", ready)
    assert found is not None
    with server._DIRECT.open(f"http://127.0.0.1:{found[1]}/_stcore/health", timeout=10) as got:
        return got.read().decode().split(" ", 2)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda how: how.name)
def test_a_stand_from_start_to_end(pack: Path, start: Callable[..., Started], how: signal.Signals) -> None:
    """Installed, served from app/ with the operator's settings, alone in its folder; Ctrl+C ends the server too."""
    (pack / "reglages.txt").write_bytes(b"\xef\xbb\xbfBIOCARTO_BOOTH_IDLE=45\r\n")
    stand_ = start(http_proxy="http://127.0.0.1:9")
    process, idle, folder = answer(stand_.until("prêt"))
    assert (idle, folder) == ("45", str(pack / "app"))
    other = start()
    assert other.process.wait(30) == 1
    assert "déjà lancé" in other.process.communicate()[0]
    assert (pack / "besoins").is_dir()
    assert stand_.end(how) == 0
    assert "Les besoins sont gardés" in stand_.said
    with pytest.raises(ProcessLookupError):
        os.kill(int(process), 0)
    assert "server up" in (pack / "journal.txt").read_text()
    assert not list((pack / "launcher").rglob("__pycache__"))


def test_a_server_that_is_killed_is_brought_back(start: Callable[..., Started]) -> None:
    """Another process at the same address."""
    stand_ = start()
    ready = stand_.until("prêt")
    first = answer(ready)[0]
    os.kill(int(first), signal.SIGKILL)
    stand_.until("answers again")
    assert answer(ready)[0] != first


def test_no_server_outlives_its_launcher(start: Callable[..., Started]) -> None:
    """Also where the launcher is killed: the next start finds its port free."""
    stand_ = start()
    process = int(answer(stand_.until("prêt"))[0])
    stand_.end(signal.SIGKILL)
    limit = time.monotonic() + 20
    while _runs(process):
        assert time.monotonic() < limit
        time.sleep(0.05)


def _runs(process: int) -> bool:
    """Neither gone nor a zombie that nobody has buried yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("spoilt", ["besoins", "stand.lock"])
def test_a_system_that_refuses_is_said(pack: Path, start: Callable[..., Started], spoilt: str) -> None:
    """A file where a folder should be, a folder where a file should be: both languages, the path, no stack trace."""
    if spoilt == "besoins":
        (pack / spoilt).write_text("")
    else:
        (pack / spoilt).mkdir()
    stand_ = start()
    assert stand_.process.wait(30) == 1
    said = stand_.process.communicate()[0]
    assert "Le système a refusé" in said
    assert "The system refused" in said
    assert spoilt in said
    assert "Traceback" not in said


def test_the_port_is_chosen_after_the_installation(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Minutes pass in between, and a port that was free may be taken."""
    order: list[str] = []

    def ensure(*_: object) -> Path:
        order.append("install")
        return pack

    def choose(_: object) -> int:
        order.append("port")
        raise words.StandError("assez", "enough")

    monkeypatch.setattr(run.install, "ensure", ensure)
    monkeypatch.setattr(run.server, "choose", choose)
    with pytest.raises(words.StandError, match="enough"):
        run._stand(run._parser().parse_args(["--server-only"]), pack, SET)
    assert order == ["install", "port"]


def test_settings_that_are_wrong_stop_the_start(pack: Path, start: Callable[..., Started]) -> None:
    """Before anything is installed, with the number of the line."""
    (pack / "reglages.txt").write_text("BIOCARTO_BOOTH_IDLE=45\nPIN 2468\n")
    stand_ = start()
    assert stand_.process.wait(30) == 1
    said = stand_.process.communicate()[0]
    assert "ligne 2" in said
    assert "line 2" in said
    assert not (pack / "lib").exists()


@pytest.mark.parametrize("port", ["80", "x", "70000", "-1"])
def test_a_port_that_cannot_be_is_refused(port: str) -> None:
    """By the parser, with the ones that can."""
    with pytest.raises(SystemExit):
        run._parser().parse_args(["--port", port])
