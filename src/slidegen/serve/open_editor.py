"""Opens the author's editor at a line."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

EDITORS = {
    "code": "code -g {path}:{line}",
    "cursor": "cursor -g {path}:{line}",
    "idea": "idea --line {line} {path}",
}
"""Known editors, and how to start them."""


def command(editor: str, path: Path, line: int, platform: str = sys.platform) -> list[str]:
    """The command that opens a file at a line; `editor` is a known name, or a command with `{path}` and `{line}`.

    On Windows, backslashes in it are part of paths. Raises ValueError if it cannot be parsed as a command.
    """
    on_windows = platform == "win32"
    words = shlex.split(EDITORS.get(editor.strip(), editor), posix=not on_windows)
    if on_windows:
        words = [word.strip("\"'") for word in words]
    if not words:
        raise ValueError("no editor is named")
    if not any("{path}" in word for word in words):
        words.append("{path}")
    return [word.replace("{path}", str(path)).replace("{line}", str(line)) for word in words]


BATCH = (".cmd", ".bat")
"""The suffixes of programs that are run by cmd.exe on Windows, such as `code.cmd`."""
READ_BY_CMD = frozenset('&|<>^%!"')
"""What cmd.exe does not leave as it is in an argument."""


def _found(words: list[str]) -> list[str]:
    """A command with the path of its program; raises ValueError if cmd.exe would misread it.

    Without the path, Windows starts only programs that end in `.exe`, and prefers those in the working folder.
    """
    named = Path(words[0])
    is_path = named.parent != Path()
    places = (
        [named]
        if is_path
        else [Path(folder, named) for folder in os.get_exec_path() if Path(folder).is_absolute()]
    )
    program = str(next(filter(None, map(shutil.which, places)), words[0]))
    if program.lower().endswith(BATCH) and any(READ_BY_CMD & set(word) for word in words[1:]):
        raise ValueError("the file's name has a character that cmd.exe reads as a command")
    return [program, *words[1:]]


def start(editor: str, path: Path, line: int) -> None:
    """Start the editor without waiting for it; raises OSError or ValueError if it cannot be started."""
    subprocess.Popen(
        _found(command(editor, path, line)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
