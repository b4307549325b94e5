"""Installs the packages of the pack beside it, once; a folder that has its final name is complete."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from launcher import settings
from launcher.words import StandError, say

SITE = "site-packages"
"""Where Streamlit must lie, or it takes itself for a checkout of its developers and refuses a port."""
DRAFT = "draft"
"""A short name: pip's own folders come below it, and Windows counts."""
_LONGEST = 260 - 145
"""Windows refuses a path of 260 characters, and the packages have files of 142 within their folder."""
_SPARE = 100_000_000
"""Bytes that are left to the machine: logs, needs, the browser's own files."""
_COMPILED = 1.35
"""Installed size over unpacked size: Python keeps a compiled copy of every module."""
_PATIENCE = 10.0
"""Seconds between two signs of life."""


def home(pack: Path, environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Where this stand writes: the pack itself, or a folder of the user where the pack cannot be written."""
    if _writable(pack):
        return pack
    user = Path(environ.get("HOME") or Path.home())
    if platform == "win32":
        base = Path(environ.get("LOCALAPPDATA") or user / "AppData" / "Local")
    elif platform == "darwin":
        base = user / "Library" / "Application Support"
    else:
        base = Path(environ.get("XDG_DATA_HOME") or user / ".local" / "share")
    own = base / "biocarto-stand"
    if not _writable(own):
        raise StandError(
            f"Ni {pack} ni {own} ne peuvent être écrits. Rien n'a été modifié. Copiez le paquet dans un dossier à vous, puis relancez.",
            f"Neither {pack} nor {own} can be written. Nothing was changed. Copy the pack into a folder of yours, then start again.",
        )
    return own


def _writable(folder: Path) -> bool:
    probe = folder / f".essai-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError:
        return False
    return True


def digest(listed: Path) -> str:
    """Changes when a package of the list does."""
    return hashlib.sha256(listed.read_bytes()).hexdigest()[:12]


def ensure(pack: Path, own: Path, found: Mapping[str, Any]) -> Path:
    """The folder of the installed packages, filled when it is not there yet; raises StandError."""
    tag, listed = found["tag"], pack / "wheels" / f"{found['tag']}.txt"
    try:
        target, brought = (folder / "lib" / f"{tag}-{digest(listed)}" for folder in (own, pack))
        pip = next((pack / "wheels").glob("pip-*.whl"))
    except (OSError, StopIteration):
        raise StandError(
            "Le paquet est incomplet : il manque des fichiers dans wheels/. Rien n'a été modifié. Recopiez tout le dossier, puis relancez.",
            "The pack is not whole: files are missing from wheels/. Nothing was changed. Copy the whole folder again, then start again.",
        ) from None
    if complete := next((folder for folder in (brought, target) if folder.is_dir()), None):
        return complete / SITE
    _require_short(target, os.name)
    _clear(target.parent, DRAFT)
    _require_space(target.parent, int(found["bytes"] * _COMPILED) + _SPARE)
    _fill(target, pip, pack / "wheels", listed, own / "journal.txt")
    _clear(target.parent, rf"{tag}-[0-9a-f]{{12}}", but=target)
    return target / SITE


def _clear(folder: Path, names: str, but: Path | None = None) -> None:
    """Remove what an earlier pack, or an installation that was cut short, left here."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if re.fullmatch(names, path.name) and path != but:
            shutil.rmtree(path, ignore_errors=True)


def _require_short(target: Path, system: str) -> None:
    length = len(str(target / SITE))
    if system == "nt" and length > _LONGEST:
        raise StandError(
            f"Le chemin du paquet est trop long pour Windows ({length - _LONGEST} caractères de trop). Rien n'a été installé. "
            "Copiez le dossier près de la racine, C:\\Stand par exemple, puis relancez.",
            f"The path of the pack is too long for Windows (by {length - _LONGEST} characters). Nothing was installed. "
            "Copy the folder near the root, C:\\Stand for example, then start again.",
        )


def _require_space(folder: Path, wanted: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < wanted:
        has, needs = free // 1_000_000, wanted // 1_000_000
        raise StandError(
            f"Pas assez de place dans {folder} : {has} Mo libres, il en faut {needs}. Rien n'a été installé. "
            "Libérez de la place, puis relancez.",
            f"Too little room in {folder}: {has} MB free, {needs} needed. Nothing was installed. Make room, then start again.",
        )


def _command(pip: Path, wheels: Path, listed: Path, draft: Path) -> list[str]:
    """Pip straight out of its wheel: Debian's Python comes without one. The list has a checksum for each file."""
    quiet = ["--no-cache-dir", "--disable-pip-version-check", "--no-warn-script-location", "--no-input", "--progress-bar", "off"]
    source = ["--isolated", "--no-index", "--no-deps", "--require-hashes", "--only-binary=:all:", "--find-links", str(wheels)]
    return [sys.executable, str(pip / "pip"), "install", *quiet, *source, "--target", str(draft / SITE), "-r", str(listed)]


def _fill(target: Path, pip: Path, wheels: Path, listed: Path, log: Path) -> None:
    """Into a draft, which gets its name when it is complete and on the disk: a power cut leaves a draft."""
    draft = target.with_name(DRAFT)
    say(
        "Premier démarrage : installation des paquets, sans réseau. Une à cinq minutes, une seule fois. Ne retirez pas la clé.",
        "First start: installing the packages, without a network. One to five minutes, once only. Do not pull the stick.",
    )
    try:
        (draft / "t").mkdir(parents=True)
        temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(draft / "t"))
        code = _run(_command(pip, wheels, listed, draft), settings.bare(os.environ) | temporary, log)
        if code:
            raise _failed(code, log)
        shutil.rmtree(draft / "t", ignore_errors=True)
        getattr(os, "sync", lambda: None)()
        _name(draft, target)
    except OSError as error:
        raise StandError(
            f"L'installation a échoué : {error}. Rien n'est à moitié installé, les besoins sont intacts. Relancez ; si l'erreur revient, "
            "copiez le paquet ailleurs.",
            f"The installation failed: {error}. Nothing is half installed, needs are untouched. Start again; if it comes back, "
            "copy the pack elsewhere.",
        ) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    say("Installation terminée.", "Installation complete.")


def _name(draft: Path, target: Path) -> None:
    """Give a draft its name; a virus scanner that still reads in it is waited for."""
    for pause in (0.5, 1.0, 2.0, 4.0):
        try:
            draft.replace(target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    draft.replace(target)


def _run(command: list[str], env: Mapping[str, str], log: Path) -> int:
    """Run pip, and show now and then that it is at work."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=dict(env), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        try:
            seconds = 0.0
            while True:
                try:
                    return process.wait(_PATIENCE)
                except subprocess.TimeoutExpired:
                    seconds += _PATIENCE
                    print(f"  … {seconds:.0f} s", flush=True)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def _failed(code: int, log: Path) -> StandError:
    last = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:])
    return StandError(
        f"L'installation a échoué (code {code}). Rien n'est à moitié installé, les besoins sont intacts. "
        "Recopiez tout le dossier du paquet et relancez, ou ouvrez edition/index.html. Ce que pip a dit suit.",
        f"The installation failed (code {code}). Nothing is half installed, needs are untouched. "
        "Copy the whole folder of the pack again and start again, or open edition/index.html. What pip said follows.",
        last,
    )
