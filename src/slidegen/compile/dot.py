"""Draws diagrams in Graphviz's language DOT as SVG, with the program in the package `graphviz-pure`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
from functools import cache, lru_cache
from pathlib import Path

from slidegen.patterns import lazy_compile
from slidegen.render.mermaid import MOST_DRAWINGS, Drawn

SECONDS = 10
"""Seconds a diagram may take."""
FAULT = lazy_compile(r"Error: [^:]*: (?P<what>.*?) in line (?P<line>\d+)(?P<near> near .*)?")
REFUSED = lazy_compile(r'Filename "(?P<name>[^"\n]*)" is unsafe')
TEXT = r'"(?>(?:[^"\\]|\\.)*)(?:"|\Z)'
TOKEN = lazy_compile(
    r"/\*(?>.*?(?:\*/|\Z))|//[^\n]*|^#[^\n]*|<(?>(?:[^<>]|<[^<>]*+>)*)>"
    rf"|(?P<key>{TEXT}|[\w.]++)(?:\s*+=\s*+(?P<value>{TEXT}|[^\s\"<>;,\[\]]++))?",
    re.DOTALL | re.MULTILINE,
)
"""Comments, labels in HTML, and words, with what is set where a word is an attribute."""
FILES = frozenset(("fontpath", "imagepath", "shapefile", "stylesheet"))
"""Attributes that name a file or folder, which Graphviz ignores, as it is set here, without naming them."""
LOADS = "file loading is disabled"
WARNING = lazy_compile(
    r"^Warning: (?:Arrow type \"(?P<arrow>[^\"\n]*)\" unknown"
    r"|gvrender_set_style: unsupported style (?P<style>\S+)|(?P<colour>\S+) is not a known color"
    r"|using box for unknown shape (?P<shape>\S+)"
    r"|node (?P<node>.*), port (?P<port>.*) unrecognized|Illegal attribute (?P<attribute>\S+) in)",
    re.MULTILINE,
)
"""What Graphviz does not know and draws without; its other warnings are about fonts, which the page brings."""
UNKNOWN = {
    "arrow": "arrow called",
    "style": "style called",
    "colour": "colour called",
    "shape": "shape called",
    "port": "port called",
    "attribute": "HTML attribute called",
}
SETTINGS = (
    "-Gbgcolor=transparent",
    *(f"-{what}fontname=Helvetica" for what in "GNE"),
    "-Nmargin=0.2,0.08",
)
"""A transparent background, and labels with room for other fonts."""


def draw_dot(source: str) -> Drawn | None:
    """Draw a diagram; None if the package is missing."""
    program = _program()
    return None if program is None else _drawn(source, program)


@cache
def _program() -> str | None:
    for folder in (sysconfig.get_path("scripts"), None):
        found = shutil.which("graphviz-pure", path=folder)
        if found is not None:
            return str(Path(found))
    return None


@lru_cache(maxsize=MOST_DRAWINGS)  # in memory only: a drawing holds words of a deck
def _drawn(source: str, program: str) -> Drawn:
    named = _names_file(source)
    if named is not None:
        return named
    try:
        ran = subprocess.run(  # the source comes by standard input, and can name no file
            [program, "-Tsvg", *SETTINGS],
            input=source.encode("utf-8"),
            capture_output=True,
            env=_environment(),
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Drawn(message=f"drawing it takes more than {SECONDS} seconds")
    errors = ran.stderr.decode("utf-8", "replace")
    svg = ran.stdout.decode("utf-8", "replace")
    refused = REFUSED.search(errors)
    if refused is not None:
        return _refused(source, refused["name"], max(source.find(refused["name"]), 0))
    if LOADS in errors:
        return Drawn(message="a diagram reads no files")
    if ran.returncode or "<svg" not in svg:
        fault = FAULT.search(errors)
        if fault is None:
            return Drawn(message=errors.strip().splitlines()[0] if errors.strip() else "it does not parse")
        return Drawn(message=f"{fault['what']}{fault['near'] or ''}", line=int(fault["line"]))
    message, line = _unknown(source, errors)
    return Drawn(svg=_in_colours_of_slide(svg[svg.index("<svg") :]), message=message, line=line)


def _names_file(source: str) -> Drawn | None:
    """Why a diagram with an attribute that names a file is not drawn; None if it has none."""
    for match in TOKEN.finditer(source):
        value = (match["value"] or "").strip('"')
        if value and match["key"].strip('"') in FILES:
            return _refused(source, value, match.start())
    return None


def _refused(source: str, name: str, place: int) -> Drawn:
    message = f"a diagram reads no files, and this is one: {name}"
    return Drawn(message=message, line=1 + source.count("\n", 0, place))


def _unknown(source: str, errors: str) -> tuple[str, int]:
    """What Graphviz draws without because it does not know it, and its line; empty if it knows everything."""
    match = WARNING.search(errors)
    if match is None:
        return "", 1
    kind, name = next((kind, match[kind]) for kind in UNKNOWN if match[kind])
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", source)
    line = 1 + source.count("\n", 0, found.start()) if found is not None else 1
    if kind == "port":
        return f"{match['node']} has no port {name}", line
    return f"Graphviz has no {UNKNOWN[kind]} {name}", line


def _environment() -> dict[str, str]:
    """This process's environment, with Graphviz set to read no files that a diagram names, as on a server."""
    own = {name: value for name, value in os.environ.items() if name != "GV_FILE_PATH"}
    return {**own, "SERVER_NAME": "slidegen"}


def _in_colours_of_slide(svg: str) -> str:
    """The drawing with the text's colour where its author named none, and in the font of the slide."""
    svg = re.sub(r"<!--.*?-->\n?", "", svg, flags=re.DOTALL)
    svg = re.sub(r"(<g [^>]*>\n)<title>.*?</title>\n", r"\1", svg)  # tooltips that repeat the labels
    svg = re.sub(r'\b(fill|stroke)="black"', r'\1="currentcolor"', svg)
    svg = svg.replace(' font-family="Helvetica,sans-Serif"', "").replace(' xml:space="preserve"', "")
    return re.sub(r"<svg width=\"([\d.]+)pt\" height=\"([\d.]+)pt\"", _in_pixels, svg, count=1)


def _in_pixels(match: re.Match[str]) -> str:
    width, height = (float(match[number]) * 4 / 3 for number in (1, 2))
    return f'<svg class="slidegen-dot" fill="currentcolor" width="{width:.0f}" height="{height:.0f}"'
