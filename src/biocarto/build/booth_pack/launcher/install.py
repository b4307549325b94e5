"""Installs the packages of the pack beside it, once; a folder that has its final name is complete."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from launcher import settings
from launcher.words import RECOPY_EN, RECOPY_FR, StandError, say

SITE = "site-packages"
"""Where Streamlit must lie, or it takes itself for a checkout of its developers and refuses a port."""
DRAFT = "draft"
"""A short name: pip's own folders come below it, and Windows counts."""
MARKER = "complete.txt"
"""Beside the packages: how many files and bytes they are, because a copy of them may have been cut short."""
_LONGEST = 259
"""Characters of the longest path that Windows takes."""
_PATIENCE = 10.0
"""Seconds between two signs of life."""


def find_home(pack: Path, environ: Mapping[str, str], system: str = sys.platform) -> Path:
    """Where this stand writes: the pack itself, or a folder of the user where the pack cannot be written."""
    if _writable(pack):
        return pack
    user = Path(environ.get("HOME") or Path.home())
    if system == "win32":
        base = Path(environ.get("LOCALAPPDATA") or user / "AppData" / "Local")
    elif system == "darwin":
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


def compute_digest(listed: Path) -> str:
    """Changes when a package of the list does."""
    return hashlib.sha256(listed.read_bytes()).hexdigest()[:12]


def ensure(pack: Path, own: Path, found: Mapping[str, Any]) -> Path:
    """The folder of the installed packages, filled when it is not there yet; raises StandError."""
    tag, listed = found["tag"], pack / "wheels" / f"{found['tag']}.txt"
    try:
        target, brought = (folder / "lib" / f"{tag}-{compute_digest(listed)}" for folder in (own, pack))
        pip = next((pack / "wheels").glob("pip-*.whl"))
    except (OSError, StopIteration):
        raise StandError(
            f"Le paquet est incomplet : il manque des fichiers dans wheels/. Rien n'a été modifié. {RECOPY_FR}, puis relancez.",
            f"The pack is not whole: files are missing from wheels/. Nothing was changed. {RECOPY_EN}, then start again.",
        ) from None
    if complete := next((folder for folder in (brought, target) if _whole(folder)), None):
        return complete / SITE
    _require_glibc(found.get("glibc"))
    _require_short(target, found["longest"], os.name)
    _clear(target.parent, DRAFT)
    if target.is_dir():
        say("Les paquets installés sont incomplets : ils sont refaits.", "The installed packages are not whole: they are made anew.")
        _clear(target.parent, target.name)
    _require_space(target.parent, found["room"])
    _fill(target, pip, pack / "wheels", listed, own / "installation.txt")
    _clear(target.parent, rf"{tag}-[0-9a-f]{{12}}", but=target)
    return target / SITE


def _measure(site: Path) -> tuple[int, int]:
    """Files and bytes, without what Python compiles, now or later."""
    files = size = 0
    folders = [str(site)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if not entry.is_dir(follow_symlinks=False):
                    files, size = files + 1, size + entry.stat(follow_symlinks=False).st_size
                elif entry.name != "__pycache__":
                    folders.append(entry.path)
    return files, size


def _whole(folder: Path) -> bool:
    """Whether all that was installed is still there."""
    try:
        files, size = map(int, (folder / MARKER).read_text(encoding="ascii").split())
        has_files, has_size = _measure(folder / SITE)
    except (OSError, ValueError):
        return False
    return has_files >= files and has_size >= size


def _clear(folder: Path, names: str, but: Path | None = None) -> None:
    """Remove what an earlier pack, or an installation that was cut short, left here."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if re.fullmatch(names, path.name) and path != but:
            shutil.rmtree(path, ignore_errors=True)


def _require_glibc(wanted: str | None) -> None:
    """The C library that Linux wheels are made for; others have another one (musl), or an older one."""
    name, version = platform.libc_ver() if wanted else ("", "")
    if not wanted or (name == "glibc" and _numbers(version) >= _numbers(wanted)):
        return
    fr, en = (f"{name or 'inconnue'} {version}".strip(), f"{name or 'unknown'} {version}".strip())
    raise StandError(
        f"Ce paquet demande un Linux à glibc {wanted} ou plus récente (Debian 10, Ubuntu 20.04) ; bibliothèque trouvée : {fr}. "
        "Rien n'a été installé. Prenez une autre machine, ou ouvrez edition/index.html.",
        f"This pack needs a Linux with glibc {wanted} or newer (Debian 10, Ubuntu 20.04); library found: {en}. "
        "Nothing was installed. Take another machine, or open edition/index.html.",
    )


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


def _require_short(target: Path, longest: int, system: str) -> None:
    over = len(str(target / SITE)) + 1 + longest - _LONGEST
    if system == "nt" and over > 0:
        raise StandError(
            f"Le chemin du paquet est trop long pour Windows ({over} caractères de trop). Rien n'a été installé. "
            "Copiez le dossier près de la racine, C:\\Stand par exemple, puis relancez.",
            f"The path of the pack is too long for Windows (by {over} characters). Nothing was installed. "
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
        code = _run(_command(pip, wheels, listed, draft), settings.strip_environment(os.environ) | temporary, log)
        if code:
            raise _build_failure(code, log)
        shutil.rmtree(draft / "t", ignore_errors=True)
        (draft / MARKER).write_text("{} {}\n".format(*_measure(draft / SITE)), encoding="ascii")
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


def _build_failure(code: int, log: Path) -> StandError:
    last = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:])
    return StandError(
        f"L'installation a échoué (code {code}). Rien n'est à moitié installé, les besoins sont intacts. "
        f"{RECOPY_FR} et relancez, ou ouvrez edition/index.html. Ce que pip a dit suit.",
        f"The installation failed (code {code}). Nothing is half installed, needs are untouched. "
        f"{RECOPY_EN} and start again, or open edition/index.html. What pip said follows.",
        last,
    )
