"""Opens the author's editor at a line."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

EDITORS = {
    "code": "code -g {path}:{line}",
    "cursor": "cursor -g {path}:{line}",
    "idea": "idea --line {line} {path}",
}
"""Known editors, and how to start them."""


def command(editor: str, path: Path, line: int) -> list[str]:
    """The command that opens a file at a line; `editor` is a known name, or a command with `{path}` and `{line}`.

    Raises ValueError if it cannot be parsed as a command.
    """
    words = shlex.split(EDITORS.get(editor.strip(), editor))
    if not words:
        raise ValueError("no editor is named")
    if not any("{path}" in word for word in words):
        words.append("{path}")
    return [word.replace("{path}", str(path)).replace("{line}", str(line)) for word in words]


def start(editor: str, path: Path, line: int) -> None:
    """Start the editor without waiting for it; raises OSError or ValueError if it cannot be started."""
    subprocess.Popen(
        command(editor, path, line),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
