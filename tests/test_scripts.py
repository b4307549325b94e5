"""JavaScript modules as one classic script: what is set together, in which order, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from biocarto.scripts import ScriptError, join_modules, list_modules, read_script, read_style


def write_modules(folder: Path, modules: dict[str, str]) -> Path:
    """Write modules by path; the first one is the entry."""
    for name, text in modules.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / next(iter(modules))


def test_modules_stand_in_the_order_of_their_imports(tmp_path: Path) -> None:
    """Each once, after those that it needs; what it exports is what others may take."""
    entry = write_modules(
        tmp_path,
        {
            "map.js": 'import { draw } from "./shapes/draw.js";\nimport { make } from "./dom.js";\nwindow.Map = { draw, make };\n',
            "shapes/draw.js": 'import {\n  make,\n} from "../dom.js";\nconst own = 1;\nexport const draw = () => make(own);\n',
            "dom.js": "export function make(x) {\n  return x;\n}\nexport class Box {}\nexport async function wait() {}\n",
        },
    )
    assert [path.name for path in list_modules(entry)] == ["dom.js", "draw.js", "map.js"]
    assert join_modules(entry) == (
        "(() => {\n"
        '"use strict";\n'
        "const module0 = (() => { // dom.js\n"
        "function make(x) {\n  return x;\n}\nclass Box {}\nasync function wait() {}\n"
        "return { make, Box, wait };\n})();\n"
        "const module1 = (() => { // draw.js\n"
        "const { make } = module0;\n"
        "\n\n\nconst own = 1;\nconst draw = () => make(own);\n"
        "return { draw };\n})();\n"
        "const module2 = (() => { // map.js\n"
        "const { draw } = module1;\nconst { make } = module0;\n"
        "\n\nwindow.Map = { draw, make };\n"
        "return {  };\n})();\n"
        "})();\n"
    )


def test_a_comment_may_name_types(tmp_path: Path) -> None:
    """Types stand in comments, which no browser reads."""
    text = '/** @import { Place } from "./types.js" */\n/**\n * @param {Place} place\n */\nexport const show = (place) => place;\n'
    joined = join_modules(write_modules(tmp_path, {"map.js": text}))
    assert "const show = (place) => place;\nreturn { show };" in joined
    assert "Place" not in joined


def test_only_whole_comments_stay_behind(tmp_path: Path) -> None:
    """What stands in a line of code, or looks like a comment in a text, is left alone."""
    code = '/** @type {number} */ (a).b = "/* no comment */";\nconst c = 1; /* beside */\n/* one */ const d = 2;\n'
    assert code in join_modules(write_modules(tmp_path, {"map.js": f"/**\n * Above.\n */\n{code}  /* within */\n"}))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("export default 1;", "export default 1;"),
        ("export { a };", "export { a };"),
        ("export let a = 1;", "export let a = 1;"),
        ('export * from "./b.js";', "export *"),
        ('import b from "./b.js";', "import b"),
        ('import * as b from "./b.js";', "import *"),
        ('import { b as c } from "./b.js";', "b as c"),
        ('import { b } from "b";', 'from "b"'),
        ('import { b } from "./b";', 'from "./b"'),
        ('import "./b.js";', 'import "./b.js"'),
        ('  import { b } from "./b.js";', "import { b }"),
        ('const b = await import("./b.js");', "import("),
        ("const here = import.meta.url;", "import.meta"),
        ("export const { a, b } = c;", "export const {"),
    ],
)
def test_what_needs_more_than_setting_together_is_refused(tmp_path: Path, line: str, said: str) -> None:
    """With the file and the line, whatever comes before."""
    entry = write_modules(tmp_path, {"map.js": f'import {{ b }} from "./b.js";\n\n{line}\n', "b.js": "export const b = 1;\n"})
    with pytest.raises(ScriptError) as raised:
        join_modules(entry)
    assert str(raised.value).startswith(f"{entry}:3: ")
    assert said in str(raised.value)


def test_modules_that_import_each_other_are_refused(tmp_path: Path) -> None:
    """None of them could come first."""
    circle = {"a.js": 'import { b } from "./b.js";\nexport const a = 1;\n', "b.js": 'import { a } from "./a.js";\nexport const b = 1;\n'}
    with pytest.raises(ScriptError, match=r"a\.js -> b\.js -> a\.js"):
        join_modules(write_modules(tmp_path, circle))


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        ({"a.js": 'import { b } from "./b.js";\n'}, r"a\.js: there is no .*b\.js"),
        ({"a.js": 'import { c } from "./b.js";\n', "b.js": "export const b = 1;\n"}, r"a\.js: b\.js has no `c`"),
        ({"a.js": "export const b = 1;\nexport const b = 2;\n"}, r"a\.js: `b` is exported twice"),
    ],
    ids=["no file", "no name", "twice"],
)
def test_what_is_not_there_is_named(tmp_path: Path, modules: dict[str, str], said: str) -> None:
    """A typing error is told when the script is built, not by a blank map."""
    with pytest.raises(ScriptError, match=said):
        join_modules(write_modules(tmp_path, modules))


def test_what_each_visit_gets_anew_has_no_comments_and_says_the_same(tmp_path: Path) -> None:
    """A script whose text spans lines keeps its indentation, which may be a part of that text."""
    script, style = tmp_path / "a.js", tmp_path / "a.css"
    script.write_text("/** What it is. */\nconst a = () => {\n  // so\n  return `${1}`;\n};\n", encoding="utf-8")
    assert read_script(script) == "const a = () => {\n// so\nreturn `${1}`;\n};\n"
    script.write_text("const a = `one\n  two`;\n", encoding="utf-8")
    assert read_script(script) == "const a = `one\n  two`;\n"
    style.write_text("/* Look. */\n.a {\n  color: red; /* as\n  it is */\n}\n\n.b .c { top: 0 }\n", encoding="utf-8")
    assert read_style(style) == ".a{color:red;}\n.b .c{top:0}"
