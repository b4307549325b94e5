"""Starts the stand. Python 3.8 can read this file, so that an old one says what is missing; the rest needs one that the pack fits."""

from __future__ import annotations

import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any, Dict  # noqa: UP035 - Python 3.8 reads this file

HERE = Path(__file__).resolve().parent
SYSTEMS = {"Linux": "linux", "Windows": "windows", "Darwin": "macos"}
_KEYS = {"tag", "python", "system", "machine", "room", "longest"}
_SECOND = "STAND_SECOND_PYTHON"
"""Set for the Python that another one found: it looks no further."""

Set = Dict[str, Any]  # noqa: UP006 - evaluated when the file is read


def find_tag() -> str:
    """What this Python can install, as the pack names it: `cp312-linux-x86_64`."""
    system = SYSTEMS.get(platform.system(), platform.system().lower())
    machine = platform.machine().lower()
    if system == "windows":  # an emulated Python says what it is, the machine what it could be
        machine = {"win-amd64": "amd64", "win-arm64": "arm64"}.get(sysconfig.get_platform(), "32bit")
    kind = "cp" if sys.implementation.name == "cpython" else sys.implementation.name
    free = "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
    major, minor = sys.version_info[:2]
    return f"{kind}{major}{minor}{free}-{system}-{machine if sys.maxsize > 2**32 else '32bit'}"


def read(pack: Path) -> Set:
    """The list that the pack was built with; raises OSError or ValueError where it is missing or damaged."""
    manifest: Any = json.loads((pack / "pack.json").read_text(encoding="utf-8"))
    sets = manifest.get("sets") if isinstance(manifest, dict) else None
    if not isinstance(sets, list) or not all(isinstance(found, dict) and set(found) >= _KEYS for found in sets):
        raise ValueError("pack.json")
    return {**manifest}


def find_fitting(sets: list[Set], wanted: str) -> Set | None:
    """The set of packages for this Python, if the pack has one."""
    return next((found for found in sets if found["tag"] == wanted), None)


def write_refusal(sets: list[Set], wanted: str) -> str:
    """What this Python is, what the pack has, and what can be done, in both languages."""
    held = ", ".join("Python {python} ({system} {machine})".format(**found) for found in sets)
    index, own = HERE / "edition" / "index.html", f"Python {platform.python_version()} ({wanted})"
    return (
        f"Ce Python ne convient pas à ce paquet : trouvé {own}, le paquet contient {held}. Rien n'a été installé ni modifié.\n"
        f"Installez un Python de cette liste et relancez, ou ouvrez {index} dans un navigateur : l'édition sans serveur.\n\n"
        f"This Python does not fit this pack: found {own}, the pack holds {held}. Nothing was installed or changed.\n"
        f"Install a Python of that list and start again, or open {index} in a browser: the edition without a server."
    )


def describe_damage(error: Exception) -> str:
    """The pack was not copied whole."""
    return (
        f"Le paquet est incomplet : pack.json manque ou est abîmé ({error}). Les besoins et les réglages sont intacts.\n"
        "Recopiez tout le paquet sauf reglages.txt et besoins/, puis relancez.\n\n"
        f"The pack is not whole: pack.json is missing or damaged ({error}). Needs and settings are untouched.\n"
        "Copy the whole pack again but reglages.txt and besoins/, then start again."
    )


def find_other_python(sets: list[Set], wanted: str) -> list[str] | None:
    """The command of another Python of this machine that the pack fits, newest first."""
    place = wanted.split("-", 1)[1]
    versions = [found["python"] for found in sets if found["tag"].split("-", 1)[1] == place]
    for version in sorted(versions, key=lambda text: [int(part) for part in text.split(".")], reverse=True):
        for command in (["py", "-" + version], ["python" + version]):
            path = shutil.which(command[0])
            if path and _says([path, *command[1:]], version):
                return [path, *command[1:]]
    return None


def _says(command: list[str], version: str) -> bool:
    """A command that is there and starts: some only stand in for a Python that is not installed."""
    try:
        done = subprocess.run([*command, "--version"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=20, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0 and ("Python " + version + ".").encode() in done.stdout


def hand_over(command: list[str]) -> int:
    """Go on under another Python: in the place of this one where the system can, else in front of it."""
    env = {**os.environ, _SECOND: "1"}
    if os.name == "posix":
        sys.stdout.flush()
        os.execve(command[0], command, env)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the other one, which is on the same console
    return subprocess.call(command, env=env)


def _show_accents() -> None:
    """A console that lacks a letter shows a question mark; it does not stop the stand."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", line_buffering=True)


def main(argv: list[str]) -> int:
    """Check the Python, then hand over to the launcher."""
    _show_accents()
    sys.dont_write_bytecode = True  # the pack may lie on a stick that is shared
    try:
        manifest = read(HERE)
    except (OSError, ValueError) as error:
        print(describe_damage(error), file=sys.stderr)
        return 1
    wanted = find_tag()
    found = find_fitting(manifest["sets"], wanted)
    if found is None:
        other = None if os.environ.get(_SECOND) else find_other_python(manifest["sets"], wanted)
        if other is None:
            print(write_refusal(manifest["sets"], wanted), file=sys.stderr)
            return 1
        return hand_over([*other, str(HERE / "stand.py"), *argv])
    sys.path.insert(0, str(HERE))
    from launcher import run  # noqa: PLC0415 - needs the Python that was just checked

    return run.main(argv, HERE, found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
