"""What CI installs to get the slidegen that wrote its files."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from slidegen import __version__
from slidegen.files.regular import read_regular

NAME = "slidegen"


def requirement() -> str:
    """The requirement for pip that pins this version: `slidegen==0.2.0`, or the commit it was installed from.

    pip, pipx and uv record where they installed a distribution from, as PEP 610 says.
    """
    try:
        files = distribution(NAME).files or ()
        note = next((file for file in files if file.name == "direct_url.json"), None)
        noted = {} if note is None else json.loads(read_regular(Path(str(note.locate()))))
    except (PackageNotFoundError, OSError, ValueError):
        noted = {}
    found = requirement_of(noted) if isinstance(noted, dict) else ""
    return found or f"{NAME}=={__version__}"


def requirement_of(noted: dict[str, object]) -> str:
    """The requirement for a recorded origin; empty if it is not a repository that others can reach."""
    url, info = noted.get("url"), noted.get("vcs_info")
    if not isinstance(url, str) or not isinstance(info, dict):
        return ""
    commit = info.get("commit_id")
    reachable = re.fullmatch(r"(?:https?|ssh)://(?:git@)?[^\s\"'$`\\@]+", url)  # no passwords
    if info.get("vcs") != "git" or not isinstance(commit, str) or not reachable:
        return ""
    return f"{NAME} @ git+{url}@{commit}" if re.fullmatch(r"[0-9a-f]{7,64}", commit) else ""
