"""The wheels of a pack: for which machine, which ones, and what is said where one is missing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from biocarto import config
from biocarto.build import booth_wheels
from biocarto.build.booth_wheels import Target
from biocarto.errors import AppError

LINUX = Target("3.12", "linux", "x86_64")
WINDOWS = Target("3.13", "windows", "amd64")
PINS = booth_wheels.list_requirements((config.ROOT / "requirements.txt").read_text(encoding="utf-8"))


def test_requirements_are_the_pinned_lines() -> None:
    """All of the real ones, without comments and without the project itself."""
    assert len(PINS) > 50
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][\w.]*", pin) for pin in PINS)
    assert booth_wheels.list_requirements("# a\nb==1  # c\n\n-e .\nd==2\n") == ["b==1", "d==2"]


@pytest.mark.parametrize(
    ("python", "system", "tag", "platform"),
    [
        ("3.11", "linux", "cp311-linux-x86_64", "manylinux_2_28_x86_64"),
        ("3.12", "linux", "cp312-linux-x86_64", "manylinux1_x86_64"),
        ("3.13", "windows", "cp313-windows-amd64", "win_amd64"),
        ("3.14", "macos", "cp314-macos-arm64", "macosx_14_0_arm64"),
    ],
)
def test_a_target_has_a_tag_and_platforms(monkeypatch: pytest.MonkeyPatch, python: str, system: str, tag: str, platform: str) -> None:
    """On whatever machine it is built."""
    monkeypatch.setattr(booth_wheels.platform, "system", lambda: "Linux")
    monkeypatch.setattr(booth_wheels.platform, "machine", lambda: "x86_64")
    found = booth_wheels.find_target(python, system)
    assert found.tag == tag
    assert platform in found.platforms


def test_this_machine_is_what_is_asked_for_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its Python, its system, its processor; a Python or a system that is asked for twice counts once."""
    monkeypatch.setattr(booth_wheels.platform, "system", lambda: "Linux")
    monkeypatch.setattr(booth_wheels.platform, "machine", lambda: "aarch64")
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert booth_wheels.list_targets([], []) == [Target(here, "linux", "aarch64")]
    assert "manylinux_2_17_aarch64" in booth_wheels.list_targets([], [])[0].platforms
    both = booth_wheels.list_targets(["3.12", "3.12"], ["linux", "windows"])
    assert both == [Target("3.12", "linux", "aarch64"), Target("3.12", "windows", "amd64")]


@pytest.mark.parametrize("python", ["3.10", "2.7", "3", "3.12.1", "4.0", "python3", ""])
def test_a_python_that_cannot_be_is_refused(python: str) -> None:
    """Before anything is fetched, in both languages."""
    with pytest.raises(AppError, match=r"3\.11 or newer") as caught:
        booth_wheels.list_targets([python], ["linux"])
    assert "3.11 ou plus récent" in caught.value.fr


def _pip_that_says(monkeypatch: pytest.MonkeyPatch, said: str) -> list[list[str]]:
    """In the place of pip: fails with these words, and records what it was asked."""
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 1, "", said)

    monkeypatch.setattr(booth_wheels.subprocess, "run", run)
    return asked


def test_a_package_without_a_wheel_is_named_with_its_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which combination, which package, what is unharmed, what to do; in both languages."""
    asked = _pip_that_says(monkeypatch, "WARNING: x\nERROR: No matching distribution found for typst==0.15.2\n")
    with pytest.raises(AppError) as caught:
        booth_wheels.download(WINDOWS, ["typst==0.15.2"], tmp_path)
    for text, unharmed in ((caught.value.fr, "paquet précédent est intact"), (caught.value.en, "earlier pack is untouched")):
        assert "Python 3.13 (windows amd64)" in text
        assert "typst==0.15.2" in text
        assert unharmed in text
        assert "WARNING" not in text
    assert {"--no-deps", "--only-binary=:all:", "win_amd64", "3.13"} <= set(asked[0])


def test_a_network_that_is_down_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With pip's last words, whatever they are."""
    _pip_that_says(monkeypatch, "one\ntwo\nthree\nConnection refused")
    with pytest.raises(AppError, match=r"(?s)check the network.*Connection refused"):
        booth_wheels.download(LINUX, ["a==1"], tmp_path)


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("a/b.so", "a/b.so"),
        ("a/b.py", "a/__pycache__/b.cpython-312.pyc"),
        ("b.py", "__pycache__/b.cpython-312.pyc"),
        ("a-1.data/purelib/a/b.json", "a/b.json"),
        ("a-1.data/data/share/c.js", "share/c.js"),
    ],
)
def test_the_longest_path_is_the_one_that_is_installed(name: str, where: str) -> None:
    """Windows counts its characters; a compiled copy has a longer name than its module."""
    assert booth_wheels._find_installed_path(name, LINUX.tag) == where
