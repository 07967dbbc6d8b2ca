"""Links the ES modules of the browser side into inline scripts.

The modules use only a small part of the language, so they can be linked line by line: an `import` names what
it takes (`import { a, b as c } from "./module.mjs";`), an `export` comes before the declaration of a function,
class or constant, and neither is ever indented. Each module becomes a function that runs once and returns its
exports. A page has two such scripts: a classic one that shows the slide, and one with everything else, which
finds the first one's modules in a shared variable. Modules of slidegen's own get short names; a user's module in
their place stays as it is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from slidegen.kept import kept
from slidegen.patterns import lazy_compile
from slidegen.render.page.short_names import with_short_names
from slidegen.render.template_reader import TemplateReader

_IMPORT = lazy_compile(r'^import \{([^}]*)\} from "\./([^"]+)";\n', re.MULTILINE)
_EXPORT = lazy_compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
_COMMENT = lazy_compile(r"^[ \t]*(?://.*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)\n", re.MULTILINE)
_CAST = lazy_compile(r"/\*\* @type [^*\n]*\*/ ?(?:\(([\w$.?]+)\))?")
"""A type, with the parentheses that it needs around a name."""
_INDENT = lazy_compile(r"^[ \t]+|\n+(?=\n)", re.MULTILINE)
_APART = lazy_compile(
    r"""("(?>(?:[^"\\\n]|\\.)*)"|'(?>(?:[^'\\\n]|\\.)*)'"""
    r"""|`(?>(?:[^`\\$\n]|\\.|\$(?!\{)|\$\{(?>(?:[^`}\n]|`[^`\\$\n]*+`)*)\})*)`"""
    r"""|[ \t]*+//.*|/\*(?>(?:[^*]|\*(?!/))*)\*/"""
    r"""|(?:(?<=[(=,\[!&|?:] )|(?<=[(\[!,=]))/(?>(?:[^/\\\n\[]|\\.|\[(?>(?:[^\]\\\n]|\\.)*)\])+)/)"""
)
"""Where spaces must stay: strings, templates, regular expressions; and comments after code."""
_SPACE = lazy_compile(r"(?<=[^\w$#/+-]) (?!/)|(?<!/) (?=[^\w$#\s/+-])|(?<=[;{,])\n")
"""A space that separates neither words nor characters that would combine; the end of a line that ends
no statement."""
_LONE = lazy_compile(r"(?<![\w$])\((\w+)\)(?==>)")
"""The only parameter of an arrow function, in parentheses that it does not need."""


class LinkError(Exception):
    """The modules cannot be linked: one is missing, or two need each other."""


def link(
    entries: Sequence[str], read: TemplateReader, linked: Iterable[str] = ()
) -> tuple[str, tuple[str, ...]]:
    """The script that runs the modules `entries` and those they import, and the names of all of them.

    Names are those of files in `runtime/`. Modules in `linked` run in an earlier script of the page.
    Raises LinkError.
    """
    order = tuple(_in_order(entries, read, frozenset(linked)))
    scripts = [
        own_scope(name, text) if read(f"slidegen/runtime/{name}") == text else module_scope(name, text)
        for name, text in order
    ]
    return "".join(scripts), tuple(name for name, _ in order)


@kept(str)
def compact(script: str) -> str:
    """The script without comments, JSDoc types, indentation, and unnecessary spaces and line ends.

    No string or template literal of the runtime spans several lines, or has a comment in it.
    """
    parts = _APART.split(_INDENT.sub("", _CAST.sub(r"\1", _COMMENT.sub("", script))))
    parts[::2] = _LONE.sub(r"\1", _SPACE.sub("", "\0".join(parts[::2]))).split("\0")
    parts[1::2] = [_uncommented(part) for part in parts[1::2]]
    return "".join(parts)


def _uncommented(part: str) -> str:
    if part.startswith("/*"):
        return " "
    return "" if part.lstrip().startswith("//") else part


def _in_order(
    entries: Sequence[str], read: TemplateReader, linked: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """The modules with their texts, each after those it imports."""
    done = set(linked)
    open_: list[str] = []

    def visit(name: str) -> Iterator[tuple[str, str]]:
        if name in done:
            return
        if name in open_:
            raise LinkError(f"modules import each other: {' -> '.join((*open_, name))}")
        text = read(f"runtime/{name}")
        if text is None:
            raise LinkError(f"no such module: runtime/{name}" + (f", needed by {open_[-1]}" if open_ else ""))
        open_.append(name)
        for needed in _imports(text):
            yield from visit(needed)
        open_.pop()
        done.add(name)
        yield name, text

    for entry in entries:
        yield from visit(entry)


@kept(tuple[str, ...])
def _imports(text: str) -> tuple[str, ...]:
    return tuple(match[2] for match in _IMPORT.finditer(text))


@kept(str)
def module_scope(name: str, text: str) -> str:
    """The function that a module becomes in a page, and the call of it."""
    exported = [match[1] for match in _EXPORT.finditer(text)]
    body = compact(_EXPORT.sub("", _IMPORT.sub(_take, text)))
    return f'slidegen["{name}"]=(()=>{{\n{body.strip()}\nreturn{{{",".join(exported)}}};\n}})();\n'


@kept(str)
def own_scope(name: str, text: str) -> str:
    """The same for a module of slidegen's own, which keeps to what short names take."""
    return with_short_names(module_scope(name, text)) + "\n"


def _take(match: re.Match[str]) -> str:
    names = match[1].strip().rstrip(",").replace(" as ", ": ")
    return f'const {{ {names} }} = slidegen["{match[2]}"];\n'


def to_json(value: object) -> str:
    """The value as JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def to_script_json(value: object) -> str:
    return to_json(value).replace("<", "\\u003c")
