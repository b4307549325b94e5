"""Reads `reglages.txt`, and makes the environment that the server starts in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from launcher.words import StandError

NAME = "reglages.txt"
_LINE = re.compile(r"(BIOCARTO_[A-Z0-9_]+)\s*=(.*)", re.DOTALL)
_CHECK = """
import sys
from biocarto import config
from biocarto.errors import AppError
try:
    config.read()
except AppError as error:
    sys.stdout.reconfigure(encoding="utf-8")
    print(error.fr + "\\0" + error.en)
"""


def _malformed(number: int, fr: str, en: str) -> StandError:
    return StandError(
        f"{NAME}, ligne {number} : {fr}. Le stand n'a pas démarré, rien n'a été modifié. Corrigez cette ligne, puis relancez.",
        f"{NAME}, line {number}: {en}. The stand has not started, nothing was changed. Correct that line, then start again.",
    )


def _value(text: str) -> str:
    """Without a comment after it, and without the quotation marks around it."""
    bare = re.split(r"(?:^|\s)#", text, maxsplit=1)[0].strip()
    return bare[1:-1].strip() if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'" else bare


def parse(content: bytes) -> dict[str, str]:
    """Name -> value of the settings that have one; raises StandError with the number of a line that is no setting.

    The message does not repeat the line: it may hold the PIN, and the screen faces the public.
    """
    found: dict[str, str] = {}
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        try:
            line = raw.decode("utf-8").strip()
        except UnicodeDecodeError:
            raise _malformed(number, "ce n'est pas de l'UTF-8 (enregistrez en UTF-8)", "this is not UTF-8 (save as UTF-8)") from None
        if not line or line.startswith("#"):
            continue
        parts = _LINE.fullmatch(line)
        if parts is None or "\0" in line:
            raise _malformed(number, "attendu BIOCARTO_NOM=valeur", "expected BIOCARTO_NAME=value")
        if parts[1] in found:
            raise _malformed(number, f"{parts[1]} est déjà donné plus haut", f"{parts[1]} is already given above")
        if value := _value(parts[2]):
            found[parts[1]] = value
    return found


def read(pack: Path) -> dict[str, str]:
    """The operator's settings; none where the file is gone."""
    try:
        return parse((pack / NAME).read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StandError(
            f"{NAME} ne se lit pas ({error.strerror}). Rien n'a été modifié. Vérifiez le fichier et ses droits, puis relancez.",
            f"{NAME} cannot be read ({error.strerror}). Nothing was changed. Check the file and its permissions, then start again.",
        ) from None


def bare(environ: Mapping[str, str]) -> dict[str, str]:
    """An environment in which nothing leads Python elsewhere."""
    kept = {name: value for name, value in environ.items() if not name.upper().startswith("PYTHON")}
    return kept | {"PYTHONNOUSERSITE": "1", "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}


def environment(environ: Mapping[str, str], pack: Path, lib: Path, given: Mapping[str, str], needs: Path) -> dict[str, str]:
    """What the server starts in: a variable that is set wins over `reglages.txt`, which wins over what the pack brings."""
    own = {name: value for name, value in environ.items() if name.startswith("BIOCARTO_")}
    settings = {"BIOCARTO_NEEDS": str(needs)} | dict(given) | own
    return bare(environ) | settings | {"PYTHONPATH": os.pathsep.join([str(pack / "app" / "src"), str(lib)])}


def check(environ: Mapping[str, str]) -> None:
    """Let the app read its settings, before a visitor reads what is wrong with them; raises StandError."""
    done = subprocess.run([sys.executable, "-c", _CHECK], env=dict(environ), capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise StandError(
            "L'application ne se charge pas. Les besoins et les réglages sont intacts. Recopiez le paquet, puis relancez.",
            "The app cannot be loaded. Needs and settings are untouched. Copy the pack again, then start again.",
            done.stderr,
        )
    if done.stdout:
        fr, en = done.stdout.strip().split("\0")
        raise StandError(
            f"{fr}\nLe stand n'a pas démarré, rien n'a été modifié. Corrigez {NAME}, puis relancez.",
            f"{en}\nThe stand has not started, nothing was changed. Correct {NAME}, then start again.",
        )
