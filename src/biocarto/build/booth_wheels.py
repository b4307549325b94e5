"""The Python packages of the booth's pack: which machine gets which wheels, fetched once and listed with checksums."""

from __future__ import annotations

import platform
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from biocarto.errors import AppError

PIP = "pip==26.3"  # the pack brings its installer, because Debian's Python has none
SYSTEMS = {"linux": "x86_64", "windows": "amd64", "macos": "arm64"}
"""System -> the machine that the pack is made for where it is not this one."""
_HERE = {"Linux": "linux", "Windows": "windows", "Darwin": "macos"}
_COMPILED = 1.35
"""Installed size over unpacked size: Python keeps a compiled copy of every module."""
_SPARE = 100_000_000
"""Bytes that are left to the machine: logs, needs, the browser's own files."""
_GLIBC = ("manylinux_2_28", "manylinux_2_27", "manylinux_2_26", "manylinux_2_24", "manylinux_2_17", "manylinux2014")
_GLIBC_OLD = ("manylinux_2_12", "manylinux2010", "manylinux_2_5", "manylinux1")


@dataclass(frozen=True)
class Target:
    """One Python on one kind of machine."""

    python: str
    system: str
    machine: str

    @property
    def tag(self) -> str:
        """As `stand.py` computes it on that machine."""
        return f"cp{self.python.replace('.', '')}-{self.system}-{self.machine}"

    def __str__(self) -> str:
        return f"Python {self.python} ({self.system} {self.machine})"

    @property
    def platforms(self) -> list[str]:
        """The platforms that pip may take wheels of, newest first."""
        if self.system == "windows":
            return [f"win_{self.machine}"]
        if self.system == "macos":
            return [f"macosx_14_0_{self.machine}"]  # pip counts down from there by itself
        old = _GLIBC_OLD if self.machine == "x86_64" else ()
        return [f"{name}_{self.machine}" for name in (*_GLIBC, *old)]


Download = Callable[[Target, Sequence[str], Path], None]


def find_target(python: str, system: str) -> Target:
    """The target of a Python and a system; this machine's own kind where the system is its own. Raises AppError."""
    own = _HERE.get(platform.system()) == system
    if not re.fullmatch(r"3\.\d{1,2}", python) or tuple(map(int, python.split("."))) < (3, 11):
        raise AppError(
            f"Python {python} : BioCarto demande Python 3.11 ou plus récent, écrit comme 3.12. Rien n'a été modifié.",
            f"Python {python}: BioCarto needs Python 3.11 or newer, written like 3.12. Nothing was changed.",
        )
    return Target(python, system, platform.machine().lower() if own else SYSTEMS[system])


def list_targets(pythons: Sequence[str], systems: Sequence[str]) -> list[Target]:
    """Every asked Python on every asked system; this one's where nothing is asked. Raises AppError."""
    here = _HERE.get(platform.system(), "linux")
    wanted = pythons or [f"{sys.version_info.major}.{sys.version_info.minor}"]
    return [find_target(python, system) for system in dict.fromkeys(systems or [here]) for python in dict.fromkeys(wanted)]


def list_requirements(text: str) -> list[str]:
    """The pinned lines of requirements.txt, without comments and without the project itself."""
    lines = (re.split(r"\s#|^#", line, maxsplit=1)[0].strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("-")]


def fold_name(name: str) -> str:
    """A name of a package as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def download(wanted: Target, pins: Sequence[str], folder: Path) -> None:
    """Fetch one wheel for each pin with pip; raises AppError that names the target."""
    listed = folder / "list.txt"
    listed.write_text("\n".join(pins), encoding="utf-8")
    allowed = [part for name in wanted.platforms for part in ("--platform", name)]
    options = ["--only-binary=:all:", "--no-deps", "--implementation", "cp", "--python-version", wanted.python, *allowed]
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        *options,
        "-d",
        str(folder),
        "-r",
        str(listed),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    listed.unlink()
    if done.returncode:
        raise _build_refusal(wanted, done.stderr)


def _build_refusal(wanted: Target, said: str) -> AppError:
    """What pip could not find, else its last words."""
    found = re.search(r"No matching distribution found for (\S+)", said)
    errors = [line for line in said.splitlines() if line.startswith("ERROR")]
    last = "\n".join(errors[-3:] or said.splitlines()[-3:])
    fr = f"{found[1]} n'a pas de paquet prêt à installer" if found else "le téléchargement a échoué"
    en = f"{found[1]} has no wheel" if found else "the download failed"
    return AppError(
        f"{wanted} : {fr}. Le paquet précédent est intact. Retirez cette combinaison, ou vérifiez le réseau et relancez.\n{last}",
        f"{wanted}: {en}. The earlier pack is untouched. Leave this combination out, or check the network and run again.\n{last}",
    )


def _pair_wheels(wanted: Target, pins: Sequence[str], folder: Path) -> dict[str, Path]:
    """Pin -> its wheel; raises AppError where one is missing."""
    by_name = {fold_name(path.name.split("-")[0]): path for path in folder.glob("*.whl")}
    pairs = {pin: by_name.get(fold_name(pin.split("==")[0])) for pin in pins}
    missing = [pin for pin, path in pairs.items() if path is None]
    if missing:
        names = ", ".join(missing)
        raise AppError(
            f"{wanted} : il manque {names}. Le paquet précédent est intact. Relancez, ou retirez cette combinaison.",
            f"{wanted}: {names} missing. The earlier pack is untouched. Run again, or leave this combination out.",
        )
    return {pin: path for pin, path in pairs.items() if path is not None}


def _measure_unpacked(wheel: Path, tag: str) -> tuple[int, int]:
    """Bytes of the files of a wheel, and characters of the longest path that it installs below the folder of the packages."""
    with zipfile.ZipFile(wheel) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    return sum(entry.file_size for entry in entries), max(len(_find_installed_path(entry.filename, tag)) for entry in entries)


def _find_installed_path(name: str, tag: str) -> str:
    """Where a file of a wheel comes to lie, or the compiled copy of a module, whose name is longer."""
    path = PurePosixPath(name)
    if path.parts[0].endswith(".data"):
        path = PurePosixPath(*path.parts[2:])
    if path.suffix == ".py":
        path = path.parent / "__pycache__" / f"{path.stem}.{tag.partition('-')[0].replace('cp', 'cpython-')}.pyc"
    return str(path)


def gather(wanted: Target, pins: Sequence[str], wheels: Path, fetch: Download = download) -> dict[str, Any]:
    """Bring the wheels of one target into the shared folder, write its list there, and describe it; raises AppError."""
    folder = wheels / f"{wanted.tag}.download"
    folder.mkdir(parents=True)
    fetch(wanted, [*pins, PIP], folder)
    pairs = _pair_wheels(wanted, [*pins, PIP], folder)
    lines = [f"{pin} --hash=sha256:{sha256(path.read_bytes()).hexdigest()}" for pin, path in pairs.items() if pin != PIP]
    measured = [_measure_unpacked(path, wanted.tag) for pin, path in pairs.items() if pin != PIP]
    for path in pairs.values():
        path.replace(wheels / path.name)
    folder.rmdir()
    (wheels / f"{wanted.tag}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = {"tag": wanted.tag, "python": wanted.python, "system": wanted.system, "machine": wanted.machine}
    needs = {
        "room": round(sum(size for size, _ in measured) * _COMPILED) + _SPARE,
        "longest": max(length for _, length in measured),
    }
    return found | needs | ({"glibc": _newest_glibc()} if wanted.system == "linux" else {})


def _newest_glibc() -> str:
    """The C library that the newest of the accepted wheels asks for, like `2.28`."""
    return _GLIBC[0].removeprefix("manylinux_").replace("_", ".")
