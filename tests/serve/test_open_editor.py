from __future__ import annotations

import os
from pathlib import Path

import pytest

from slidegen.serve.open_editor import command, start


@pytest.mark.parametrize(
    ("editor", "platform", "words"),
    [
        ("code", "linux", ["code", "-g", "talk.md:7"]),
        ("emacsclient -n +{line} {path}", "linux", ["emacsclient", "-n", "+7", "talk.md"]),
        ("vim", "win32", ["vim", "talk.md"]),
        (r"C:\Tools\np.exe -n{line} {path}", "win32", [r"C:\Tools\np.exe", "-n7", "talk.md"]),
        (r'"C:\Program Files\np.exe" "{path}"', "win32", [r"C:\Program Files\np.exe", "talk.md"]),
    ],
)
def test_the_command_of_an_editor(editor: str, platform: str, words: list[str]) -> None:
    assert command(editor, Path("talk.md"), 7, platform) == words


def test_a_name_that_cmd_would_run_starts_no_batch_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "edit.cmd"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(ValueError, match=r"cmd\.exe"):
        start("edit.cmd", Path("a&calc.md"), 1)
