"""The launcher of the booth's pack: settings, Python, packages, port, browser, and a server that is brought back."""

from __future__ import annotations

import ast
import importlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from biocarto import config
from biocarto.build.booth import PACK


def _load(name: str) -> ModuleType:
    """A module of the pack, found where `stand.py` finds it."""
    sys.path.insert(0, str(PACK))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(PACK))


stand, words, settings, install = _load("stand"), _load("launcher.words"), _load("launcher.settings"), _load("launcher.install")
server, browser, journal, run = _load("launcher.server"), _load("launcher.browser"), _load("launcher.journal"), _load("launcher.run")

SET = {"tag": stand.tag(), "python": "3.0", "system": "here", "machine": "this", "bytes": 1000}

FAKE_PIP = """
import os, pathlib, signal, sys
target = pathlib.Path(sys.argv[sys.argv.index("--target") + 1])
(target / "streamlit").mkdir(parents=True)
(target / "streamlit" / "__init__.py").write_text("")
if os.environ.get("CUT"):
    os.kill(os.getppid(), signal.SIGKILL)
    sys.exit(1)
if os.environ.get("BREAK"):
    print("this wheel is damaged")
    sys.exit(2)
(target / "streamlit" / "__main__.py").write_text(pathlib.Path(__file__).parent.parent.parent.joinpath("fake.txt").read_text())
"""

FAKE_STREAMLIT = """
import http.server, os, sys
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"{os.getpid()} {os.environ.get('BIOCARTO_BOOTH_IDLE')} {os.getcwd()}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
print("server up", flush=True)
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[-1])), Health).serve_forever()
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack with a small installer and a small server, in a folder whose name has a space and accents."""
    folder = tmp_path / "Clé USB" / "Le stand"
    (folder / "wheels").mkdir(parents=True)
    with zipfile.ZipFile(folder / "wheels/pip-1-py3-none-any.whl", "w") as archive:
        archive.writestr("pip/__main__.py", FAKE_PIP)
    (folder / "wheels/fake.txt").write_text(FAKE_STREAMLIT)
    (folder / "wheels" / f"{SET['tag']}.txt").write_text("streamlit==1\n")
    (folder / "pack.json").write_text(json.dumps({"sets": [SET]}))
    for path in [PACK / "stand.py", *(PACK / "launcher").glob("*.py")]:
        copied = folder / path.relative_to(PACK)
        copied.parent.mkdir(exist_ok=True)
        copied.write_bytes(path.read_bytes())
    package = folder / "app/src/biocarto"
    package.mkdir(parents=True)
    for name in ("__init__.py", "config.py", "errors.py"):
        (package / name).write_bytes((config.ROOT / "src/biocarto" / name).read_bytes())
    return folder


SETTINGS = {
    "nothing": (b"", {}),
    "comments": (b"# BIOCARTO_BOOTH_PIN=1\n\n   # x\n", {}),
    "plain": (b"BIOCARTO_BOOTH_PIN=2468\n", {"BIOCARTO_BOOTH_PIN": "2468"}),
    "no end of line": (b"BIOCARTO_BOOTH_PIN=2468", {"BIOCARTO_BOOTH_PIN": "2468"}),
    "Notepad": (
        b"\xef\xbb\xbfBIOCARTO_BOOTH_PIN=2468\r\nBIOCARTO_BOOTH_IDLE=30\r\n",
        {"BIOCARTO_BOOTH_PIN": "2468", "BIOCARTO_BOOTH_IDLE": "30"},
    ),
    "spaces": (b"  BIOCARTO_BOOTH_PIN =  2468  \n", {"BIOCARTO_BOOTH_PIN": "2468"}),
    "quotes": (b"BIOCARTO_BOOTH_PIN=\"2468\"\nBIOCARTO_BOOTH_IDLE='30'\n", {"BIOCARTO_BOOTH_PIN": "2468", "BIOCARTO_BOOTH_IDLE": "30"}),
    "a comment after it": (b"BIOCARTO_BOOTH_PIN=2468 # mardi\n", {"BIOCARTO_BOOTH_PIN": "2468"}),
    "empty": (b"BIOCARTO_BOOTH_PIN=\nBIOCARTO_BOOTH_URL=  # plus tard\n", {}),
    "an address": (b"BIOCARTO_BOOTH_URL=https://a.example/b?c=d\n", {"BIOCARTO_BOOTH_URL": "https://a.example/b?c=d"}),
    "accents": ("BIOCARTO_NEEDS=/tmp/Clé USB/é.sqlite\n".encode(), {"BIOCARTO_NEEDS": "/tmp/Clé USB/é.sqlite"}),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_settings_are_read_as_people_write_them(case: str) -> None:
    """With the marks of Windows, spaces, quotation marks and comments; without a value, a setting is not given."""
    content, found = SETTINGS[case]
    assert settings.parse(content) == found


MALFORMED = {
    "no equals sign": (b"#\nBIOCARTO_BOOTH_PIN 2468\n", 2),
    "another name": (b"PATH=/tmp\n", 1),
    "Python's own": (b"\nPYTHONPATH=/tmp\n", 2),
    "small letters": (b"biocarto_booth_pin=2468\n", 1),
    "a shell's word": (b"export BIOCARTO_BOOTH_PIN=2468\n", 1),
    "no name": (b"=2468\n", 1),
    "twice": (b"BIOCARTO_BOOTH_PIN=1\r\n\r\nBIOCARTO_BOOTH_PIN=2468\r\n", 3),
    "Latin-1": ("BIOCARTO_NEEDS=/tmp/2468/é\n".encode("latin-1"), 1),
    "UTF-16": ("BIOCARTO_BOOTH_PIN=2468\n".encode("utf-16"), 1),
    "a null": (b"BIOCARTO_BOOTH_PIN=24\x0068\n", 1),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_line_that_is_no_setting_is_named(case: str) -> None:
    """By its number, in both languages, and without its text: it may hold the PIN."""
    content, line = MALFORMED[case]
    with pytest.raises(words.StandError) as caught:
        settings.parse(content)
    assert f"ligne {line} :" in caught.value.fr
    assert f"line {line}:" in caught.value.en
    assert "2468" not in caught.value.fr + caught.value.en


def test_the_file_of_the_pack_is_read() -> None:
    """As it is delivered it sets nothing, and every setting in it may be switched on."""
    content = (PACK / "reglages.txt").read_bytes()
    assert settings.parse(content) == {}
    assert settings.parse(re.sub(rb"(?m)^#(?=BIOCARTO_)", b"", content)).keys() == {"BIOCARTO_BOOTH_URL", "BIOCARTO_BOOTH_IDLE"}
    assert set(re.findall(rb"BIOCARTO_\w+(?==)", content)) <= {name.encode() for name in config.variables()}


def test_no_file_means_no_settings(tmp_path: Path) -> None:
    """An operator may delete it; a folder in its place is said."""
    assert settings.read(tmp_path) == {}
    (tmp_path / "reglages.txt").mkdir()
    with pytest.raises(words.StandError, match="cannot be read"):
        settings.read(tmp_path)


def test_what_is_set_already_wins(tmp_path: Path) -> None:
    """Over the file, which wins over the pack; nothing leads Python elsewhere."""
    given = {"BIOCARTO_BOOTH_PIN": "1111", "BIOCARTO_BOOTH_IDLE": "30"}
    environ = {"BIOCARTO_BOOTH_PIN": "2222", "PYTHONHOME": "/x", "PYTHONPATH": "/y", "pythonstartup": "z", "PATH": "/bin"}
    found = settings.environment(environ, tmp_path, tmp_path / "lib", given, tmp_path / "needs")
    assert (found["BIOCARTO_BOOTH_PIN"], found["BIOCARTO_BOOTH_IDLE"], found["PATH"]) == ("2222", "30", "/bin")
    assert found["BIOCARTO_NEEDS"] == str(tmp_path / "needs")
    assert found["PYTHONPATH"].split(os.pathsep) == [str(tmp_path / "app/src"), str(tmp_path / "lib")]
    assert {"PYTHONHOME", "pythonstartup"} & found.keys() == set()


@pytest.mark.parametrize(("name", "value"), [("BIOCARTO_BOOTH_PIN", "12"), ("BIOCARTO_BOOTH_IDLE", "1"), ("BIOCARTO_BOTH_PIN", "1234")])
def test_a_value_that_the_app_refuses_is_said_before_the_start(pack: Path, name: str, value: str) -> None:
    """In both languages, as the app says it."""
    env = settings.environment({}, pack, pack, {name: value}, pack / "needs")
    with pytest.raises(words.StandError) as caught:
        settings.check(env)
    assert name in caught.value.fr
    assert name in caught.value.en
    assert "accept" in caught.value.fr or "existe pas" in caught.value.fr


def test_the_first_file_is_read_by_an_old_python() -> None:
    """Python 3.8 reads stand.py whole, or it could not say that it is too old."""
    ast.parse((PACK / "stand.py").read_text(encoding="utf-8"), feature_version=(3, 8))
    code = (PACK / "stand.py").read_text(encoding="utf-8")
    assert "removeprefix" not in code
    assert not re.search(r"^\w+ = .*\b(list|dict|tuple)\[", code, re.MULTILINE)


def test_a_python_that_does_not_fit_is_told_what_would(capsys: pytest.CaptureFixture[str]) -> None:
    """What was found, what the pack has, what else there is; in both languages."""
    sets = [{"tag": "cp312-linux-x86_64", "python": "3.12", "system": "linux", "machine": "x86_64"}]
    text = stand.refusal(sets, "cp38-windows-32bit")
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
    assert stand.tag() == f"cp{sys.version_info.major}{sys.version_info.minor}{end}"


def test_another_python_of_the_machine_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest that the pack fits and that starts; a stand-in that only points to a shop is passed over."""
    for version, says in (("3.13", "exit 9"), ("3.12", "echo Python 3.12.1"), ("3.11", "echo Python 3.11.2")):
        script = tmp_path / f"python{version}"
        script.write_text(f"#!/bin/sh\n{says}\n")
        script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    sets = [{"tag": f"cp3{minor}-linux-x86_64", "python": f"3.{minor}"} for minor in (11, 12, 13)]
    assert stand.another(sets, "cp39-linux-x86_64") == [str(tmp_path / "python3.12")]
    assert stand.another(sets, "cp39-windows-amd64") is None


def test_the_other_python_takes_the_place_of_this_one(pack: Path) -> None:
    """A signal to the launcher reaches it, because it is the same process."""
    wanted = f"{sys.version_info.major}.{sys.version_info.minor}"
    other = {"tag": stand.tag().replace("cp", "cp9"), "python": wanted, "system": "here", "machine": "this"}
    (pack / "pack.json").write_text(json.dumps({"sets": [other]}))
    (pack / "bin").mkdir()
    script = pack / f"bin/python{wanted}"
    script.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo Python {wanted}.0 || echo $$ "$2"\n')
    script.chmod(0o755)
    env = {"PATH": f"{pack / 'bin'}{os.pathsep}/bin"}
    process = subprocess.Popen([sys.executable, str(pack / "stand.py"), "--window"], env=env, stdout=subprocess.PIPE, text=True)
    assert process.communicate(timeout=30)[0].split() == [str(process.pid), "--window"]


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


@pytest.mark.parametrize("content", [None, "", "[]", '{"sets": 1}'])
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
        install._require_short(deep, "nt")
    assert "trop long pour Windows" in caught.value.fr
    install._require_short(deep, "posix")
    install._require_short(Path("C:/Users/prenom.nom/Desktop/Stand/lib/cp313-windows-amd64-0123456789ab"), "nt")


@pytest.mark.parametrize("lost", ["list", "pip"])
def test_wheels_that_were_not_copied_are_said(pack: Path, lost: str) -> None:
    """Before anything is installed."""
    (pack / "wheels" / (f"{SET['tag']}.txt" if lost == "list" else "pip-1-py3-none-any.whl")).unlink()
    with pytest.raises(words.StandError, match="not whole"):
        install.ensure(pack, pack, SET)


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
    assert install.home(tmp_path / "pack", environ, platform) == tmp_path / tail
    assert install.home(tmp_path, environ, platform) == tmp_path
    (tmp_path / "none").write_text("")
    nowhere = {"HOME": str(tmp_path / "none"), "LOCALAPPDATA": str(tmp_path / "none")}
    with pytest.raises(words.StandError, match="Neither"):
        install.home(tmp_path / "pack", nowhere, platform)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program has."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_that_is_taken(taken: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Said where it was asked for; else the next free one of ten, and said where there is none."""
    with pytest.raises(words.StandError, match=f"Port {taken} is taken"):
        server.choose(taken)
    monkeypatch.setattr(server, "free", lambda port: port > 8503)
    assert server.choose(None) == 8504
    assert "8501 est pris" in capsys.readouterr().out
    monkeypatch.setattr(server, "free", lambda port: port > 8510)
    with pytest.raises(words.StandError, match="8501 to 8510"):
        server.choose(None)
    monkeypatch.setattr(server, "free", lambda _: True)
    assert (server.choose(None), server.choose(9000)) == (8501, 9000)


def _only(*names: str) -> Callable[[str], str | None]:
    return lambda name: f"/bin/{name}" if name in names else None


def test_a_chromium_is_preferred(tmp_path: Path) -> None:
    """On PATH, else at the usual places, else Firefox, else none."""
    assert browser.choose({}, "linux", _only("firefox", "google-chrome")) == ("chromium", "/bin/google-chrome")
    assert browser.choose({}, "linux", _only("firefox")) == ("firefox", "/bin/firefox")
    assert browser.choose({}, "linux", _only()) is None
    edge = tmp_path / "Microsoft/Edge/Application/msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.write_text("")
    environ = {"PROGRAMFILES": str(tmp_path / "none"), "PROGRAMFILES(X86)": str(tmp_path)}
    assert browser.choose(environ, "win32", _only()) == ("chromium", str(edge))
    assert browser.choose({}, "darwin", _only("firefox")) in {("firefox", "/bin/firefox")}


def test_the_flags_are_those_of_the_document() -> None:
    """docs/stand.md and the launcher open the same kiosk."""
    text = (config.ROOT / "docs/stand.md").read_text(encoding="utf-8")
    documented = re.search(r"```sh\nchromium (.*?) http", text.replace("\\\n", ""), re.DOTALL)
    assert documented is not None
    line = browser.command(("chromium", "/bin/chromium"), "http://localhost:8501/stand", False, Path("/tmp/p"))
    assert set(documented[1].split()) <= set(line)
    assert (line[0], line[-1]) == ("/bin/chromium", "http://localhost:8501/stand")
    assert "--user-data-dir=/tmp/p" in line


def test_a_window_is_no_kiosk() -> None:
    """An ordinary window for trying out; Firefox has words of its own."""
    assert "--kiosk" not in browser.command(("chromium", "c"), "a", True, Path("p"))
    assert browser.command(("firefox", "f"), "a", False, Path("p")) == ["f", "--kiosk", "--private-window", "a"]
    assert browser.command(("firefox", "f"), "a", True, Path("p")) == ["f", "--new-window", "a"]


def _window(monkeypatch: pytest.MonkeyPatch, chosen: tuple[str, str] | None) -> Any:
    monkeypatch.setattr(browser, "choose", lambda _: chosen)
    return browser.Window("http://localhost:1/stand", False, os.environ, clock=lambda: 0.0)


def test_a_browser_that_crashes_is_opened_again(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Not for ever; one that was closed stays closed, and the operator is told how to end the rest."""
    window = _window(monkeypatch, ("chromium", "/bin/false"))
    window.open()
    opened = 0
    while window.process is not None:
        opened += 1
        window.process.wait()
        window.tend()
    window.close()
    assert opened == 3
    assert "Ctrl+C" in capsys.readouterr().out
    closed = _window(monkeypatch, ("chromium", "/bin/true"))
    closed.open()
    closed.process.wait()
    closed.tend()
    assert closed.process is None
    closed.close()


def test_without_a_known_browser_the_system_is_asked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Also where the one that was found does not start."""
    asked: list[str] = []
    monkeypatch.setattr(browser.webbrowser, "open", asked.append)
    for chosen in (None, ("chromium", "/nowhere/chromium")):
        window = _window(monkeypatch, chosen)
        window.open()
        window.tend()
        window.close()
    assert asked == ["http://localhost:1/stand"] * 2
    assert "F11" in capsys.readouterr().out


def test_the_log_is_bounded(tmp_path: Path) -> None:
    """Two files at most, the newest lines in the first; a start keeps the log before it."""
    log = journal.Journal(tmp_path, limit=100)
    for number in range(50):
        log.write(b"line %d\n" % number)
    assert log.tail(1) == "line 49"
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 200
    journal.Journal(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"journal-1.txt"}
    assert "line 49" in (tmp_path / "journal-1.txt").read_text()


def test_a_server_that_keeps_dying_is_given_up(tmp_path: Path) -> None:
    """Five times within a minute, each pause longer than the one before; then its last words are shown."""
    pauses: list[float] = []
    command = [sys.executable, "-c", "print('out of memory'); raise SystemExit(3)"]
    kept = server.Server(command, tmp_path, os.environ, journal.Journal(tmp_path), clock=lambda: 0.0, sleep=pauses.append)
    kept.start()
    for _ in range(4):
        kept.revive(kept.ended(20))
    code = kept.ended(20)
    with pytest.raises(words.StandError, match="5 times within a minute") as caught:
        kept.revive(code)
    assert pauses == [0.5, 1.0, 2.0, 4.0]
    assert "(code 3)" in caught.value.fr
    assert "(code 3)" in caught.value.detail


def test_a_server_that_dies_now_and_then_is_brought_back(tmp_path: Path) -> None:
    """Once in twenty seconds for a whole day of fair: never given up."""
    times = iter(range(0, 20_000, 10))
    command = [sys.executable, "-c", ""]
    kept = server.Server(command, tmp_path, os.environ, journal.Journal(tmp_path), clock=lambda: float(next(times)), sleep=lambda _: None)
    kept.start = lambda: None
    for _ in range(100):
        kept.revive(1)


class Started:
    """A launcher that runs in a process of its own."""

    def __init__(self, pack: Path, *options: str, **env: str) -> None:
        command = [sys.executable, str(pack / "stand.py"), "--server-only", *options]
        self.process = subprocess.Popen(
            command,
            env=os.environ | {"PYTHONUTF8": "1"} | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.said = ""

    def until(self, words: str) -> str:
        """Read on until a line has these words; returns that line."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return line
        raise AssertionError(self.said)

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end, and return its code."""
        self.process.send_signal(how)
        self.said += self.process.communicate(timeout=30)[0]
        return self.process.returncode


@pytest.fixture
def start(pack: Path) -> Iterator[Callable[..., Started]]:
    """`start("--port", "8600", BIOCARTO_BOOTH_IDLE="30")` -> a launcher of the pack; ended at the end."""
    started: list[Started] = []

    def _start(*options: str, **env: str) -> Started:
        started.append(Started(pack, *options, **env))
        return started[-1]

    yield _start
    for one in started:
        if one.process.poll() is None:
            one.end()


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
