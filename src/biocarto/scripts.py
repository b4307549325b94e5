"""Sets the JavaScript modules of one entry end to end, as one classic script that any browser runs, also from a USB stick.

A page opened from a file may load no module, and streamlit-folium runs the scripts of a map one after the other as classic ones.
Every module becomes a function that returns what it exports; an import takes it from there. Comments on lines of their own, where
the types stand, stay behind; nothing else of a module is changed, so what `tsc` and `node --test` read is what browsers run. What
would need more than that is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_IMPORT = re.compile(r'^import \{(\s*\w+(?:\s*,\s*\w+)*\s*,?\s*)\} from "(\.{1,2}/[\w./-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:const|class|function|async function)\s+)(\w+)", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/\n", re.MULTILINE | re.DOTALL)
_REFUSED = re.compile(r"^[ \t]*(?:import|export)\b.*|\bimport(?:\(|\.meta\b).*", re.MULTILINE)
_NOTE = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"\s*\n\s*")
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
_PACKED = re.compile(r"(?<=[{;,:])\s+|\s+(?=[{}])")


def read_script(path: Path) -> str:
    """One script as a page sends it to each visitor anew, without comments on lines of their own and, where that is safe, indentation."""
    text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
    spans_lines = any(line.count("`") % 2 for line in text.splitlines())
    return text if spans_lines else _INDENT.sub("\n", text)


def read_style(path: Path) -> str:
    """One style sheet as a page sends it to each visitor anew: without comments, and without the spaces that only people need.

    Each rule keeps its own line: Streamlit takes a text of one line for a path.
    """
    parts = _QUOTED.split(_NOTE.sub("", path.read_text(encoding="utf-8")))
    return "".join(part if i % 2 else _PACKED.sub("", _INDENT.sub("\n", part)) for i, part in enumerate(parts)).strip()


class ScriptError(ValueError):
    """A module that cannot be set into a classic script, with its file and line."""


@dataclass(frozen=True)
class Module:
    """One file: what it takes from which others, what it gives, and its text without the words of the module."""

    path: Path
    imports: tuple[tuple[Path, tuple[str, ...]], ...]
    exports: tuple[str, ...]
    text: str

    @classmethod
    def read(cls, path: Path) -> Module:
        """A file in the few forms that we use; raises ScriptError where it has another one."""
        source = path.read_text(encoding="utf-8")
        imports = tuple(((path.parent / found[2]).resolve(), _split_names(found[1])) for found in _IMPORT.finditer(source))
        exports = tuple(found[2] for found in _EXPORT.finditer(source))
        text = _EXPORT.sub(r"\1\2", _IMPORT.sub(lambda found: "\n" * found[0].count("\n"), source))
        if refused := _REFUSED.search(text):
            line = text.count("\n", 0, refused.start()) + 1
            raise ScriptError(f'{path}:{line}: only `import {{ a }} from "./b.js"` and `export const|class|function`: {refused[0].strip()}')
        if twice := [name for name, times in Counter(exports).items() if times > 1]:
            raise ScriptError(f"{path}: `{twice[0]}` is exported twice")
        return cls(path, imports, exports, _COMMENT.sub("", text))


def list_modules(entry: Path) -> list[Path]:
    """The files of an entry, each after those that it imports; raises ScriptError."""
    return [module.path for module in _order(entry.resolve(), (), {})]


def join_modules(entry: Path) -> str:
    """One classic script of all modules of an entry; raises ScriptError where a module, a name or an order is not possible."""
    modules = list(_order(entry.resolve(), (), {}))
    known = {module.path: module for module in modules}
    for module in modules:
        for target, taken in module.imports:
            if absent := sorted(set(taken) - set(known[target].exports)):
                raise ScriptError(f"{module.path}: {target.name} has no `{absent[0]}`")
    names = {module.path: f"module{number}" for number, module in enumerate(modules)}
    return '(() => {\n"use strict";\n' + "".join(_write(module, names) for module in modules) + "})();\n"


def _split_names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))


def _order(path: Path, above: tuple[Path, ...], read: dict[Path, Module]) -> Iterator[Module]:
    """Modules not yet `read`, those that are imported first; `above` are those on whose behalf."""
    if path in above:
        raise ScriptError("modules import each other: " + " -> ".join(one.name for one in (*above[above.index(path) :], path)))
    if path in read:
        return
    if not path.is_file():
        raise ScriptError(f"{above[-1] if above else path}: there is no {path}")
    module = Module.read(path)
    for target, _ in module.imports:
        yield from _order(target, (*above, path), read)
    read[path] = module
    yield module


def _write(module: Module, names: dict[Path, str]) -> str:
    taken = "".join(f"const {{ {', '.join(wanted)} }} = {names[target]};\n" for target, wanted in module.imports)
    given = f"return {{ {', '.join(module.exports)} }};\n"
    return f"const {names[module.path]} = (() => {{ // {module.path.name}\n{taken}{module.text}{given}}})();\n"
