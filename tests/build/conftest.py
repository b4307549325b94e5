"""A small pack, and its launcher in a process of its own."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from biocarto import config
from biocarto.build.booth import PACK
from tests.build.booth_launcher import FAKE_PIP, FAKE_STREAMLIT, SET, Started


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
    for path in [PACK / "stand.py", PACK / "reglages.exemple.txt", *(PACK / "launcher").glob("*.py")]:
        copied = folder / path.relative_to(PACK)
        copied.parent.mkdir(exist_ok=True)
        copied.write_bytes(path.read_bytes())
    package = folder / "app/src/biocarto"
    package.mkdir(parents=True)
    for name in ("__init__.py", "config.py", "errors.py", "pictures.py"):
        (package / name).write_bytes((config.ROOT / "src/biocarto" / name).read_bytes())
    return folder


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
