"""The examples of diagnostics in docs/examples/."""

from __future__ import annotations

import base64
import shlex
from collections.abc import Mapping

from tests.projects import PIXEL, Project, Ran


def run(project: Project, files: Mapping[str, str], command: str) -> Ran:
    """Type a command in a folder with the files; a name with a slash at its end is a folder's."""
    for name, text in files.items():
        if name.endswith("/"):
            (project.folder / name).mkdir(parents=True)
        elif text == "PIXEL":
            project.write(name, PIXEL)
        elif text.startswith("base64:"):
            project.write(name, base64.b64decode(text.removeprefix("base64:")))
        else:
            project.write(name, text)
    return project.run(*shlex.split(command))
