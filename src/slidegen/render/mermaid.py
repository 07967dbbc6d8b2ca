"""Draws Mermaid diagrams as SVG, without a browser: with the package `mermaid-render` and the engine that it brings."""

from __future__ import annotations

import json
from functools import cache

from msgspec import Struct

from slidegen.kept import kept


class Drawn(Struct, frozen=True):
    """A diagram, or why there is none."""

    svg: str = ""
    message: str = ""
    """What is wrong with it; empty for nothing."""
    line: int = 1
    column: int = 1
    """Where, counted from 1 in its own text."""


@cache
def mermaid_version() -> str:
    """The version of the package; empty where it is missing."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("mermaid-render")
    except PackageNotFoundError:
        return ""


def draw_mermaid(source: str) -> Drawn | None:
    """A diagram in colours and fonts that style sheets say; None where the package is missing."""
    return _drawn(source, mermaid_version()) if mermaid_version() else None


@kept(Drawn)
def _drawn(source: str, version: str) -> Drawn:
    del version
    from mermaid_render import renderer

    try:
        # `render` would put fixed colours in the place of custom properties.
        reply = json.loads(renderer._context().eval(f"renderRequest({json.dumps(source)},{{}})"))
    except Exception as error:  # whatever stops the engine: its limits of time and memory, too
        renderer._LOCAL.context = None
        return Drawn(message=f"Mermaid's engine gave up: {error}".splitlines()[0])
    if "error" in reply:
        fault = reply["error"]
        return Drawn(
            message=_said(str(fault["message"])), line=int(fault["line"]), column=int(fault["column"])
        )
    return Drawn(svg=str(reply["result"]["svg"]))


def _said(message: str) -> str:
    """A parser's message in one line."""
    lines = [
        line for line in message.splitlines() if line.strip(" ^-.") and not line.startswith("Parse error")
    ]
    expected = next((line for line in lines if line.startswith("Expecting ")), "")
    if expected:
        wanted, _, found = expected.removeprefix("Expecting ").replace("'", "").partition(", got ")
        return f"Mermaid expects {wanted}, and finds {'the end' if found == '$end' else found}"
    return lines[0].strip() if lines else "it does not parse"
