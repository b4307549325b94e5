"""The promises that the repository makes about itself: who imports whom, what is committed, what the documents name."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from collections import Counter
from enum import StrEnum
from itertools import chain
from pathlib import Path

import pytest

import biocarto
from biocarto.cli import VERBS, name_module
from biocarto.config import Settings, list_variables
from biocarto.model import SYMBOLS
from tests.support.participles import is_bare_participle

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "biocarto"
SOURCES = sorted([*PACKAGE.rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "dashboard.py"])
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "data/README.md", ROOT / "geo/README.md"])
TEXT = {".py", ".md", ".toml", ".txt", ".json", ".js", ".css", ".svg", ".yml", ".yaml", ".cfg", ".po", ".csv", ""}

# design.md's order, lowest first: a module may import from its own rank and below.
RANKS = (
    {
        "model",
        "errors",
        "config",
        "rows",
        "names",
        "caches",
        "i18n",
        "clock",
        "files",
        "addresses",
        "scripts",
        "rate_limit",
        "serving",
        "upload_limits",
        "pictures",
    },
    {"territory", "register", "store"},
    {"query"},
    {"labels", "analysis"},
    {"maps", "render", "export", "booth", "desk"},
    {"build"},
    {"verbs"},
    {"cli"},
    {"ui", "server"},
    {"api"},
    {"startup"},
)


PAGE_ROOMS = {
    *("accessibility", "booth", "coverage", "desk", "directory", "legal_notice", "networks", "overview", "region", "sources", "tour"),
}
"""The folders of the pages below `ui/`."""


def named(path: Path) -> str:
    """A path as people write it, from the root."""
    return path.relative_to(ROOT).as_posix()


def committed() -> list[Path]:
    """Files that git knows or would add: what a clone holds."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return sorted(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())


def imported(path: Path) -> set[str]:
    """Full names of the modules that a file imports, wherever in the file."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def part_of(path: Path) -> str:
    """`maps` for src/biocarto/maps/base.py, `labels` for src/biocarto/labels.py, `pages` for a page, `door` for what starts them."""
    if path in {PACKAGE / "app.py", PACKAGE / "startup.py"}:
        return "door"
    if path.is_relative_to(PACKAGE):
        return path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "door" if path.parent == ROOT else path.parent.name


def importers(library: str, allowed: set[str]) -> list[str]:
    """Files outside the `allowed` parts that import `library`."""
    found = [path for path in SOURCES if any(name.split(".")[0] == library for name in imported(path))]
    return [named(path) for path in found if part_of(path) not in allowed]


def test_only_the_ui_knows_streamlit() -> None:
    """Domain and rendering code runs without a server."""
    assert importers("streamlit", {"ui", "pages", "door"}) == []
    assert "streamlit" not in {name.split(".")[0] for name in imported(PACKAGE / "startup.py")}


def test_only_the_server_knows_starlette() -> None:
    """Routes and headers stand in two folders; the pages know nothing of them, nor they of the pages."""
    assert importers("starlette", {"server", "api"}) == []
    crossed = [
        f"{named(path)}: {name}"
        for path in SOURCES
        for name in imported(path)
        if (part_of(path), ".".join(name.split(".")[:2]))
        in {("ui", "biocarto.server"), ("ui", "biocarto.api"), ("server", "biocarto.ui"), ("api", "biocarto.ui")}
    ]
    assert crossed == []


def test_html_reaches_a_page_by_one_door() -> None:
    """As `Markup`, by `show_html`; nobody else calls `st.html`, nor lets Markdown have HTML in it."""
    calls = {
        named(path)
        for path in SOURCES
        if part_of(path) in {"ui", "pages", "door"}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr == "html") or (isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html")
    }
    assert calls == {"src/biocarto/ui/shared/markup.py"}


def test_html_is_escaped_by_markupsafe_alone() -> None:
    """The standard library's `escape` gives a text, which the next piece would escape again. Maps and refusals have doors of their own."""
    makers = {"render", "ui", "pages", "build"}
    assert [named(path) for path in SOURCES if part_of(path) in makers and {"html", "html.escape"} & imported(path)] == []


@pytest.mark.parametrize("library", ["sqlite3", "psycopg"])
def test_only_the_store_opens_databases(library: str) -> None:
    """And the stand its file of needs, an export the GeoPackage that it writes: another database would change one folder."""
    assert importers(library, {"store", "booth", "export"}) == []


def test_one_module_asks_other_machines() -> None:
    """A service that an operator has named: who wants to know what leaves reads one file. What makes a stand or its files runs before.

    `server/sockets` asks nobody: it sets how the server's own socket sends.
    """
    doors = {"urllib.request", "http.client", "socket", "httpx", "requests", "urllib3", "smtplib", "ftplib"}
    found = {named(path) for path in SOURCES if part_of(path) != "build" and any(name in doors for name in imported(path))}
    assert found == {"src/biocarto/desk/lookup_client.py", "src/biocarto/server/sockets.py"}


@pytest.mark.parametrize("library", ["folium", "branca"])
def test_only_maps_know_folium(library: str) -> None:
    """Another map library would change one folder."""
    assert importers(library, {"maps"}) == []


@pytest.mark.parametrize("path", [path for path in SOURCES if part_of(path) != "__init__"], ids=named)
def test_imports_run_downwards(path: Path) -> None:
    """From pages to ui, to maps, to analysis, to query, to register and territory, to the words: never back up."""
    rank = {part: number for number, parts in enumerate(RANKS) for part in parts}
    own = rank.get(part_of(path), len(RANKS))
    used = {name.split(".")[1] for name in imported(path) if name.startswith("biocarto.")}
    unknown = used - rank.keys() - {"__version__"}
    assert {part for part in used & rank.keys() if rank[part] > own} | unknown == set()


def test_a_verb_is_loaded_by_the_command_line_alone() -> None:
    """What a page and a verb both do stands below them; no page starts a verb."""
    used = {
        (part_of(path), name.split(".")[1])
        for path in SOURCES
        for name in imported(path)
        if name.startswith(("biocarto.cli", "biocarto.verbs"))
    }
    assert used == {("__main__", "cli"), ("verbs", "verbs")}
    modules = {path.stem for path in (PACKAGE / "verbs").glob("*.py")} - {"__init__", "options"}
    assert modules == set(map(name_module, VERBS))


def test_no_two_packages_import_each_other() -> None:
    """Each can be read, and moved, without the other."""
    pairs = {
        (part_of(path), name.split(".")[1])
        for path in SOURCES
        for name in imported(path)
        if path.is_relative_to(PACKAGE) and name.startswith("biocarto.") and name.count(".") > 1
    }
    assert [pair for pair in sorted(pairs) if pair[0] < pair[1] and pair[::-1] in pairs] == []


def test_every_page_has_a_room_and_keeps_to_it() -> None:
    """What two pages show stands in `ui/shared`; no page's folder looks into another's, and nothing lies beside them."""
    rooms = {path.name for path in (PACKAGE / "ui").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms == PAGE_ROOMS | {"shared"}
    assert [path.name for path in (PACKAGE / "ui").iterdir() if path.is_file()] == ["__init__.py"]
    crossed = [
        f"{named(path)}: {name}"
        for path in SOURCES
        if path.is_relative_to(PACKAGE / "ui")
        for name in imported(path)
        if name.startswith("biocarto.ui.") and name.split(".")[2] not in {path.parent.name, "shared"}
    ]
    assert crossed == []


def test_a_page_uses_its_own_room() -> None:
    """A script of `pages/` shows what its folder and `ui/shared` make."""
    room = {"ile_de_france": "region", "bioproduction_tour": "tour"}
    crossed = [
        f"{named(path)}: {name}"
        for path in (ROOT / "pages").glob("*.py")
        for name in imported(path)
        if name.startswith("biocarto.ui.") and name.split(".")[2] not in {room.get(path.stem, path.stem), "shared"}
    ]
    assert crossed == []


def test_pages_are_named_in_one_place() -> None:
    """The files of the pages and their addresses stand in `ui/shared/pages.py`; every other module asks it."""
    scripts = [f'"{path.name}"' for path in (ROOT / "pages").glob("*.py")]
    holders = {named(path) for path in SOURCES if any(script in path.read_text(encoding="utf-8") for script in scripts)}
    assert holders == {"src/biocarto/ui/shared/pages.py"}


def test_no_test_imports_another() -> None:
    """What tests share, or a program that they write, stands in a module without tests: a test may then be moved, split or run alone."""
    files = sorted((ROOT / "tests").rglob("*.py"))
    assert [f"{named(path)}: {name}" for path in files for name in imported(path) if re.search(r"^tests\..*\btest_\w+$", name)] == []
    written = re.compile(r"^(from|import) tests\.[\w.]*\btest_\w+", re.MULTILINE)
    assert [named(path) for path in files if written.search(path.read_text(encoding="utf-8"))] == []


def test_coordinates_are_changed_in_one_place() -> None:
    """A CRS that changes anywhere else is how metres become degrees."""
    users = [path for path in SOURCES if ".to_crs(" in path.read_text(encoding="utf-8")]
    assert {part_of(path) for path in users} <= {"territory", "build"}


def test_no_file_is_too_long() -> None:
    """A file that nobody can read in one sitting is two files."""
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_no_script_is_too_long() -> None:
    """As for Python, tests too; a module of the maps, which many others surround, is shorter still."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in committed() if path.suffix in {".js", ".mjs"}}
    frontend = PACKAGE / "maps" / "frontend"
    assert {named(path): length for path, length in lengths.items() if length > (250 if path.is_relative_to(frontend) else 400)} == {}


READERS = {"read_text", "read_script"}
"""Of a script's file, as it is or without its comments."""


def test_a_script_stands_in_a_file_of_its_own() -> None:
    """A component's JavaScript is read from a `.js`, which Biome and TypeScript check; in a text of Python nobody would."""
    texts = [
        f"{named(path)}:{node.value.lineno} {ast.unparse(node)}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "js"
        if not (isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute) and node.value.func.attr in READERS)
    ]
    assert texts == []


def test_no_function_is_too_long() -> None:
    """Sixty lines at most, docstring included."""
    long = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert long == []


def test_a_name_of_a_class_means_one_thing() -> None:
    """A reader who meets a class in a message or a diff knows which one it is."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES]
    names = Counter(node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert {name: count for name, count in names.items() if count > 1} == {}


def test_a_function_is_named_by_what_it_does() -> None:
    """`count_rows(…)`, not `counted(…)`, which reads like a value; what is a value (a property) may be called so."""
    functions = [
        (path, node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    acts = [(path, node) for path, node in functions if not any(ast.unparse(mark).endswith("property") for mark in node.decorator_list)]
    assert [f"{named(path)}:{node.lineno} {node.name}" for path, node in acts if is_bare_participle(node.name)] == []


def test_every_exception_to_a_rule_has_a_reason() -> None:
    """Whoever meets a `noqa` reads why it stands there."""
    bare = re.compile(r"#\s*noqa(?!: [A-Z]+[0-9]+(, [A-Z]+[0-9]+)* - \w)|type:\s*ignore(?!\[)")
    sources = [*SOURCES, *(ROOT / "tests").rglob("*.py")]
    lines = [(path, line) for path in sources for line in path.read_text(encoding="utf-8").splitlines()]
    assert [f"{named(path)}: {line.strip()}" for path, line in lines if bare.search(line)] == []


def test_no_front_end_file_of_others_is_committed() -> None:
    """Leaflet and the fonts come from npm, by the lock file; only our own scripts and styles are in git."""
    kinds = {".js", ".mjs", ".css", ".woff", ".woff2", ".ttf", ".otf", ".map"}
    ours = {
        ROOT / "tests" / "js",
        ROOT / "docs" / "examples",
        PACKAGE / "server",
        PACKAGE / "render",
        PACKAGE / "api",
        PACKAGE / "api" / "embed",
        PACKAGE / "api" / "ogc",
        PACKAGE / "ui" / "shared",
        PACKAGE / "ui" / "booth",
        PACKAGE / "ui" / "networks",
        PACKAGE / "build" / "static_edition",
        PACKAGE / "build" / "static_edition" / "page",
        PACKAGE / "build" / "static_edition" / "map_frame",
    }
    folders = {path.parent for path in committed() if path.suffix in kinds}
    frontend = {folder for folder in folders if folder.is_relative_to(PACKAGE / "maps" / "frontend")}
    assert folders - frontend <= ours


def test_no_registry_is_written_down() -> None:
    """A clone asks the registries that its machine is set up for: no lock file, list or document names one."""
    hosts = [
        ".".join(parts)
        for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("deb", "debian", "org"))
    ]
    texts = {path: path.read_text(encoding="utf-8", errors="ignore") for path in committed() if path.suffix in TEXT}
    assert [f"{named(path)}: {host}" for path, text in texts.items() for host in hosts if host in text] == []
    assert '"resolved"' not in texts[ROOT / "package-lock.json"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_documents_name_files_that_exist(document: Path) -> None:
    """Every link to a file, and every path in `code`, is there."""
    text = document.read_text(encoding="utf-8")
    links = [target for target in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in target and not target.startswith("mailto:")]
    roots = "src|tests|data|geo|docs|pages|.streamlit|.ci"
    paths = re.findall(rf"`((?:{roots})/[\w./-]+|[\w-]+\.(?:md|py|txt|toml|json|csv))`", text)
    near = [document.parent, ROOT, PACKAGE, PACKAGE / "build" / "booth_pack"]
    assert [name for name in chain(links, paths) if not any((folder / name).exists() for folder in near)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_documents_name_commands_that_exist(document: Path) -> None:
    """Every `make <target>` is in the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", document.read_text(encoding="utf-8"))) <= targets


def test_every_decision_is_listed_with_its_day() -> None:
    """The numbers have no gap, each file has its day and its three parts, and the list and the map of the code link to it."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs/adr").glob("[0-9]*.md"))}
    listed, architecture = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("adr/README.md", "architecture.md"))
    assert [int(name[:4]) for name in texts] == list(range(1, len(texts) + 1))
    for name, text in texts.items():
        [(title, day)] = re.findall(r"\A# \d{4}\. (.+)\n\n(\d{4}-\d\d-\d\d)\. ", text)
        assert [part in text for part in ("**Context.**", "**Decision.**", "**Consequences.**")] == [True] * 3, name
        assert f"| {name[:4]} | [{title}]({name}) | {day} |" in listed
        assert f"](adr/{name})" in architecture


def test_the_changelog_is_about_this_version() -> None:
    """A release without a line for its users is not one; what is not released yet stands above it."""
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    released = [heading.split()[0] for heading in headings if heading != "À paraître"]
    assert "À paraître" not in headings[1:]
    assert released[0] == biocarto.__version__


def shown(default: object) -> str:
    """A default as the README writes it: folders end with a slash, an empty text is none, one of several words is that word."""
    if isinstance(default, StrEnum):
        return f"`{default}`"
    if isinstance(default, str) and default.startswith(str(ROOT)):
        default = Path(default)
    if isinstance(default, Path):
        return f"`{default.relative_to(ROOT)}{'' if default.suffix else '/'}`"
    return f"`{int(default)}`" if isinstance(default, int) else "none"


def test_the_readme_lists_every_setting() -> None:
    """Name and default of each, and none that is gone."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"BIOCARTO_[A-Z_]+", readme)) == set(list_variables())
    for variable, name in list_variables().items():
        assert f"| `{variable}` | {shown(getattr(Settings, name))} |" in readme


def test_direct_requirements_are_pinned() -> None:
    """What pyproject.toml names, requirements.txt pins; and this project is its last line."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.split("==")[0].lower() for line in lines if "==" in line}
    assert {re.split(r"[\[<>=~ ]", name)[0] for name in project["dependencies"]} <= pinned
    assert lines[-1] == "-e ."
    assert [line for line in lines[:-1] if line and not line.startswith("#") and "==" not in line] == []


def test_charts_use_the_colours_of_the_symbols() -> None:
    """A category has one colour on maps and in charts."""
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
    assert theme["light"]["chartCategoricalColors"] == [symbol.colour for symbol in SYMBOLS]


def test_node_packages_are_pinned_and_locked() -> None:
    """`npm ci` installs what was tested: exact versions, the same in the lock file."""
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    versions = wanted["dependencies"] | wanted["devDependencies"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in versions} == versions
    assert all("integrity" in package for name, package in locked.items() if name)
