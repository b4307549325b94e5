"""The checks themselves: what each command runs, that no test falls between them, and what they say where a program is missing."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import settings

from tests import chromium
from tests.services import __main__ as services
from tests.support.order import LONGEST

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("make check", "make test", "make test-services")
KINDS = [(), ("serial",), ("browser",), ("browser", "serial"), ("services",), ("services", "serial")]


def test_continuous_integration_runs_what_a_laptop_runs() -> None:
    """`make test`, then `make test-services`, and nothing that is written there alone."""
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    lines = [line for line in script.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "make test </dev/null", "make test-services </dev/null"]


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/tests.md"])
def test_the_checks_are_documented(document: str) -> None:
    """Whoever takes part finds all three."""
    text = (ROOT / document).read_text(encoding="utf-8")
    assert [command for command in COMMANDS if not re.search(rf"{command}(?![\w-])", text)] == []


@pytest.mark.parametrize("marks", KINDS, ids=lambda marks: "+".join(marks) or "ordinary")
def test_every_kind_of_test_is_run_by_one_command(marks: tuple[str, ...]) -> None:
    """None is left out and none runs twice, whatever marks it has."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    expressions = [found for found in re.findall(r'-m "([^"]+)"', makefile) if not found.startswith("hypothesis")]
    names = {mark: mark in marks for mark in ("browser", "services", "serial")}
    assert sum(eval(expression, {}, names) for expression in expressions) == 1, expressions  # noqa: S307 - the Makefile's own words


@pytest.mark.parametrize("kind", ["browser", "services"])
def test_what_needs_more_than_python_has_a_folder(kind: str) -> None:
    """The commands look for it there only."""
    marked = [path for path in (ROOT / "tests").rglob("*.py") if f"mark.{kind}" in path.read_text(encoding="utf-8")]
    assert [path for path in marked if kind not in path.parts and path != Path(__file__)] == []


def test_files_that_are_begun_first_exist() -> None:
    """A file that was renamed would quietly be begun last."""
    assert [name for name in LONGEST if not (ROOT / "tests" / name).is_file()] == []


def test_random_draws_are_few_and_the_same_or_many_and_new() -> None:
    """A red check is red again on the next run; `make soak` looks where no check has looked, and tells how to come back."""
    check, soak = settings.get_profile("biocarto"), settings.get_profile("soak")
    assert (check.derandomize, soak.derandomize, soak.print_blob) == (True, False, True)
    assert soak.max_examples >= 50 * check.max_examples
    assert check.deadline is soak.deadline is None


@pytest.mark.parametrize("installable", [True, False])
def test_a_program_that_is_missing_is_installed_or_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, installable: bool) -> None:
    """With the line that installs it, by the name of its package; a test that could not run is never one that passed."""
    installed = {*services.PROGRAMS.values()} - {"firefox-esr"}
    library = tmp_path / "qgis"

    def install(*names: str) -> None:
        installed.update(names)
        if "python3-qgis" in names:
            library.mkdir()

    monkeypatch.setattr(services, "LIBRARIES", {library: "python3-qgis"})
    monkeypatch.setattr(services.shutil, "which", lambda name, **_: name if services.PROGRAMS[name] in installed else None)
    monkeypatch.setattr(services, "install_packages", install if installable else lambda *_: None)
    if installable:
        services.main()
        assert installed == {*services.PROGRAMS.values(), "python3-qgis"}
    else:
        with pytest.raises(SystemExit, match=r"sudo apt install firefox-esr python3-qgis$"):
            services.main()


def test_where_debian_has_no_chromium_playwright_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where this user may not install."""
    asked: list[list[str]] = []
    monkeypatch.setattr(chromium, "install_packages", lambda _: False)
    monkeypatch.setattr(chromium, "run_quietly", asked.append)
    chromium.install()
    assert [command[1:] for command in asked] == [["-m", "playwright", "install", "chromium"]]


@pytest.mark.parametrize(("names", "found"), [(chromium.SHELLS, chromium.SHELL), (chromium.NAMES, "chromium")])
def test_browser_tests_take_the_browser_without_windows(monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...], found: str) -> None:
    """Where both are installed; the services' tests and the benchmark see the whole one."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(chromium, "_starts", lambda _: True)
    assert chromium.find(names) == f"/usr/bin/{found}"


def test_a_commit_is_checked_by_the_tools_of_make() -> None:
    """The hooks of pre-commit run what `make lint` runs, from `.venv` and `node_modules`; none is downloaded."""
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    hooks = [re.sub(" --.*", "", entry) for entry in re.findall(r"entry: \.venv/bin/(.+)", text)]
    lint = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nlint:")[2].partition("\n\n")[0]
    assert hooks == [command.partition(" --check")[0].removesuffix(" .") for command in re.findall(r"\$\(BIN\)/(.+)", lint)]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    scripts = re.findall(r"^(?:lint|type)_scripts = \$\(NODE\) (.+)$", makefile, re.MULTILINE)
    assert re.findall(r"entry: (node_modules/.+)", text) == scripts
    assert re.findall(r"repo: (.+)", text) == ["local"]
