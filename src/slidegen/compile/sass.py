"""Compiles Sass style sheets with libsass, in a separate process."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from slidegen.diagnostics import Code, Reporter
from slidegen.files.dependencies import Reads
from slidegen.patterns import lazy_compile
from slidegen.reading.markdown import FRONT_MATTER
from slidegen.source import Source, Span

PROGRAM = "slidegen.compile.sass_process"
TIMEOUT = 20
"""Seconds that a style sheet may take."""
SASS = lazy_compile(
    r"\$[\w-]|@(?:mixin|include|extend|function|for|each|if|while|use|forward)\b|^\s*+//", re.MULTILINE
)
"""What only Sass has."""
LINE = lazy_compile(r"on line (\d+):(\d+) of stdin")


def compile_sass(
    sheet: Source, path: Path, root: Path, folders: Sequence[Path], reads: Reads, reporter: Reporter
) -> str:
    """The CSS of a Sass style sheet; empty, with a report, if it does not compile.

    `path` is absolute; imports are searched beside it and in `folders`, below `root`.
    """
    match = FRONT_MATTER.match(sheet.text)
    start = match.end() if match is not None else 0
    text = sheet.text[start:]
    request = {
        "text": text,
        "indented": path.suffix == ".sass",
        "root": str(root.resolve()),
        "folders": [str(path.parent), *map(str, folders)],
    }
    if not text.strip():
        return ""
    try:
        done = subprocess.run(
            [sys.executable, "-m", PROGRAM],
            input=json.dumps(request),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=TIMEOUT,
            check=False,
        )
        made = json.loads(done.stdout) if done.returncode == 0 else {"error": "it cannot be compiled"}
    except subprocess.TimeoutExpired:
        made = {"error": f"it takes longer than {TIMEOUT} seconds"}
    for name in made.get("read", ()):
        reads.file(Path(name))
    if "css" in made:
        return str(made["css"])
    error = str(made.get("error", ""))
    error = "it takes too much memory" if "bad_alloc" in error else error
    if SASS.search(text) is None:
        return text  # plain CSS, perhaps too new for libsass
    _report(error, sheet, start, reporter)
    return ""


def _report(error: str, sheet: Source, start: int, reporter: Reporter) -> None:
    first = error.removeprefix("Error: ").splitlines()[0] if error else "it cannot be compiled"
    offset = start
    found = list(LINE.finditer(error))
    if found:
        above = sheet.text.count("\n", 0, start)
        line, column = int(found[-1][1]) + above, int(found[-1][2])
        offset = min(sheet.line_starts[min(line, len(sheet.line_starts)) - 1] + column - 1, len(sheet.text))
    hint = "without it, the deck has the look of its other style sheets"
    reporter.report(
        Code.SASS, f"this style sheet does not compile: {first}", Span(sheet, offset, offset + 1), hint=hint
    )
