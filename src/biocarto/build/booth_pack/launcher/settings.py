"""Finds and reads `reglages.txt`, and makes the environment that the server starts in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from launcher.words import RECOPY_EN, RECOPY_FR, StandError, say

NAME, EXAMPLE = "reglages.txt", "reglages.exemple.txt"
NEEDS, LOGO = "BIOCARTO_NEEDS", "BIOCARTO_BOOTH_LOGO"
_LINE = re.compile(r"(BIOCARTO_[A-Z0-9_]+)\s*=(.*)", re.DOTALL)
_QUOTED = re.compile(r"""(["'])(.*?)\1(?:\s+#.*)?""", re.DOTALL)
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


def _build_line_error(number: int, fr: str, en: str) -> StandError:
    return StandError(
        f"{NAME}, ligne {number} : {fr}. Le stand n'a pas démarré, rien n'a été modifié. Corrigez cette ligne, puis relancez.",
        f"{NAME}, line {number}: {en}. The stand has not started, nothing was changed. Correct that line, then start again.",
    )


def _value(text: str) -> str:
    """Without a comment after it, and without the quotation marks around it, between which a number sign is one."""
    if quoted := _QUOTED.fullmatch(text.strip()):
        return quoted[2].strip()
    return re.split(r"(?:^|\s)#", text, maxsplit=1)[0].strip()


def parse(content: bytes) -> dict[str, str]:
    """Name -> value of the settings that have one; raises StandError with the number of a line that is no setting.

    The message does not repeat the line: it may hold the PIN, and the screen faces the public.
    """
    found: dict[str, str] = {}
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        try:
            line = raw.decode("utf-8").strip()
        except UnicodeDecodeError:
            raise _build_line_error(number, "ce n'est pas de l'UTF-8 (enregistrez en UTF-8)", "this is not UTF-8 (save as UTF-8)") from None
        if not line or line.startswith("#"):
            continue
        parts = _LINE.fullmatch(line)
        if parts is None or "\0" in line:
            raise _build_line_error(number, "attendu BIOCARTO_NOM=valeur", "expected BIOCARTO_NAME=value")
        if parts[1] in found:
            raise _build_line_error(number, f"{parts[1]} est déjà donné plus haut", f"{parts[1]} is already given above")
        if value := _value(parts[2]):
            found[parts[1]] = value
    return found


def find_file(pack: Path, own: Path) -> Path:
    """The operator's settings: those in the pack, else those in the folder where the stand writes, made there from the example."""
    found = next((folder / NAME for folder in (pack, own) if (folder / NAME).exists()), None)
    if found is not None:
        return found
    with suppress(OSError):  # without settings the stand runs all the same
        content = (pack / EXAMPLE).read_bytes()
        with (own / NAME).open("xb") as made:
            made.write(content)
        say(f"Les réglages du stand se changent dans {own / NAME}.", f"The settings of the stand are changed in {own / NAME}.")
    return own / NAME


def read(path: Path) -> dict[str, str]:
    """The operator's settings; none where there is no file."""
    try:
        return parse(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StandError(
            f"{NAME} ne se lit pas ({error.strerror}). Rien n'a été modifié. Vérifiez le fichier et ses droits, puis relancez.",
            f"{NAME} cannot be read ({error.strerror}). Nothing was changed. Check the file and its permissions, then start again.",
        ) from None


def strip_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """An environment in which nothing leads Python elsewhere."""
    kept = {name: value for name, value in environ.items() if not name.upper().startswith("PYTHON")}
    return kept | {"PYTHONNOUSERSITE": "1", "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}


def build_environment(
    environ: Mapping[str, str], pack: Path, own: Path, given: Mapping[str, str], lib: Path | None = None
) -> dict[str, str]:
    """What the app starts in: a variable that is set wins over `reglages.txt`, which wins over what the pack brings.

    Streamlit's own variables are left out: they could open the server to other machines. A relative file of needs starts at `own`,
    the folder that the stand writes in; a relative logo lies beside `reglages.txt`, in the pack or in that folder.
    """
    kept = {name: value for name, value in strip_environment(environ).items() if not name.upper().startswith("STREAMLIT_")}
    preset = {name: value for name, value in environ.items() if name.startswith("BIOCARTO_")}
    settings = {NEEDS: str(own / "besoins" / "besoins.sqlite")} | dict(given) | preset
    settings[NEEDS] = _from(own, settings[NEEDS])
    if settings.get(LOGO):
        settings[LOGO] = _from(
            next((folder for folder in (pack, own) if (folder / settings[LOGO].strip()).is_file()), pack), settings[LOGO]
        )
    path = [str(folder) for folder in (pack / "app" / "src", lib) if folder is not None]
    return kept | settings | {"PYTHONPATH": os.pathsep.join(path)}


def _from(own: Path, text: str) -> str:
    """The path of a file below a folder; what the app refuses, or looks for at home, stays as it is."""
    bare_text = text.strip()
    return text if not bare_text or bare_text.startswith("~") or bare_text.endswith(("/", "\\")) else str(own / bare_text)


def check(environ: Mapping[str, str]) -> None:
    """Let the app read its settings, before a visitor reads what is wrong with them; raises StandError."""
    env = {**environ, "PYTHONSAFEPATH": "1"}  # else any file where one stands could be taken for a module
    done = subprocess.run(
        [sys.executable, "-c", _CHECK], env=env, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode:
        raise StandError(
            f"L'application ne se charge pas. Les besoins et les réglages sont intacts. {RECOPY_FR}, puis relancez.",
            f"The app cannot be loaded. Needs and settings are untouched. {RECOPY_EN}, then start again.",
            done.stderr,
        )
    if done.stdout:
        fr, en = done.stdout.strip().split("\0")
        raise StandError(
            f"{fr}\nLe stand n'a pas démarré, rien n'a été modifié. Corrigez {NAME}, puis relancez.",
            f"{en}\nThe stand has not started, nothing was changed. Correct {NAME}, then start again.",
        )
