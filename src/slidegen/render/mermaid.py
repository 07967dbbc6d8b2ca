"""Draws Mermaid diagrams as SVG without a browser, with the package `mermaid-render` and the engine in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct

from slidegen.patterns import lazy_compile

FIRST = lazy_compile(r"\A(?:\s*---\n.*?\n\s*---\s*\n)?(?:\s|%%[^\n]*\n)*(?P<name>[^\s%][\w-]*)", re.DOTALL)
"""The word that determines the kind of a diagram, after its front matter and comments."""
QUOTED = lazy_compile(r'"(?:[^"]*\s)?([^"\s]+)"|:\s?(\S+)|(\d+ - \d+)')
"""What a message quotes from the diagram."""
MOST_DRAWINGS = 2048
"""How many drawings are remembered: each is needed more than once while a deck is built."""
MOST_WORDS = 4
"""How many expected tokens a message lists."""
TOKENS = {
    "$end": "the end of the diagram",
    "EOF": "the end of the diagram",
    "EOF_IN_STRUCT": "the end of the diagram",
    "NEWLINE": "the end of the line",
    "NL": "the end of the line",
    "COLON": "a colon",
    "COLONSEP": "a colon",
    "COMMA": "a comma",
    "PS": "(",
    "PE": ")",
    "SQS": "[",
    "SQE": "]",
    "SQUARE_BRACES_START": "[",
    "SUBROUTINESTART": "[[",
    "SUBROUTINEEND": "]]",
    "STADIUMSTART": "([",
    "STADIUMEND": "])",
    "CYLINDERSTART": "[(",
    "CYLINDEREND": ")]",
    "DOUBLECIRCLESTART": "(((",
    "DOUBLECIRCLEEND": ")))",
    "ELLIPSE_START": "(-",
    "ELLIPSE_END": "-)",
    "PIPE": "|",
    "SEMI": "a semicolon",
    "SPACE": "a space",
    "QUOTE": "a quote",
    "MINUS": "-",
    "LINK": "an arrow",
    "ARROW": "an arrow",
    "DIAMOND_START": "{",
    "DIAMOND_STOP": "}",
    "STRUCT_STOP": "}",
    "TEXT": "a text",
    "TXT": "a text",
    "UNICODE_TEXT": "a text",
    "unqString": "a text",
    "TAGSTART": "<",
    "NODE_STRING": "a name",
    "ID": "a name",
    "EDGE_STATE": "[*]",
}
"""What an author writes for each token of a parser."""


class Drawn(Struct, frozen=True):
    """A diagram, or why there is none."""

    svg: str = ""
    message: str = ""
    """What is wrong with it; empty if nothing is. With an SVG, what the drawing lacks."""
    line: int = 1
    column: int = 1
    """The position of the mistake, from 1, in the diagram's own text."""


@cache
def mermaid_version() -> str:
    """The version of the package; empty if it is missing."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("mermaid-render")
    except PackageNotFoundError:
        return ""


def draw_mermaid(source: str) -> Drawn | None:
    """A diagram with colours and fonts set by style sheets; None if the package is missing."""
    return _drawn(source) if mermaid_version() else None


@lru_cache(maxsize=MOST_DRAWINGS)  # in memory only: a drawing holds words of a deck
def _drawn(source: str) -> Drawn:
    from mermaid_render import renderer

    try:
        # `render` would replace custom properties with fixed colours.
        reply = json.loads(renderer._context().eval(f"renderRequest({json.dumps(source)},{{}})"))
    except Exception as error:  # whatever stops the engine, including its limits of time and memory
        renderer._LOCAL.context = None
        return Drawn(message=f"Mermaid's engine gave up: {error}".splitlines()[0])
    if "error" in reply:
        return _fault(source, reply["error"])
    return Drawn(svg=str(reply["result"]["svg"]))


def _fault(source: str, fault: Mapping[str, Any]) -> Drawn:
    """Why a text is not a diagram, and where: the engine gives no place for errors after parsing."""
    message, line, column = str(fault["message"]), int(fault["line"]), int(fault["column"])
    if line:
        return Drawn(message=_said(message), line=line, column=column)
    first = FIRST.search(source)
    if fault.get("code") == "unsupported-diagram":
        name = first["name"] if first else ""
        problem = f"Mermaid has no kind of diagram called {name}" if name else "it is empty"
        return Drawn(message=problem, line=_line(source, first.start("name") if first else 0))
    for quoted in QUOTED.finditer(message):
        word = next(filter(None, quoted.groups())).replace(" - ", "-")
        if (at := source.find(word, first.end("name") if first else 0)) >= 0:
            line = _line(source, at)
            return Drawn(message=_said(message), line=line, column=at - source.rfind("\n", 0, at))
    return Drawn(message=_said(message), line=_line(source, first.start("name") if first else 0))


def _line(source: str, place: int) -> int:
    return source.count("\n", 0, place) + 1


def _said(message: str) -> str:
    """A parser's message on one line."""
    if message.startswith("Lexical error"):
        return "Mermaid cannot read the text from here on"
    lines = [
        line for line in message.splitlines() if line.strip(" ^-.") and not line.startswith("Parse error")
    ]
    expected = next((line for line in lines if line.startswith("Expecting ")), "")
    wanted, got, found = expected.removeprefix("Expecting ").partition(", got ")
    if got:
        words = [TOKENS.get(name, name) for name in wanted.strip("'").split("', '")]
        found = TOKENS.get(found.strip("'"), found.strip("'"))
        if len(words) > MOST_WORDS or found in words:
            return f"Mermaid does not expect {found} here"
        return f"Mermaid expects {' or '.join(dict.fromkeys(words))}, and finds {found}"
    return lines[0].strip() if lines else "it does not parse"
