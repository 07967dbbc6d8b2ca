"""What CI installs to get the slidegen that wrote its files."""

from __future__ import annotations

import json
import re
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from slidegen import __version__
from slidegen.files.regular import read_regular

NAME = "slidegen"
RELEASE = f"{NAME}=={__version__}"
"""The requirement for this version from the index."""
ADDRESS = r"(?:https?|ssh)://(?:git@)?[^\s\"'$`\\@]+"
"""An address without a password, or anything with a meaning for a shell."""
SSH = re.compile(r"(?:ssh://)?git@(?P<host>[\w.-]+)(?::\d+/|[:/])(?P<path>[^\s\"'$`\\@:]+)")
"""A remote that only those with a key can read, as `git clone git@...` writes it."""
COMMIT = r"[0-9a-f]{7,64}"


class Requirement(NamedTuple):
    """What to write after `pip install`."""

    text: str
    is_local: bool = False
    """Whether slidegen comes from this computer only, so that `text` works once this version is released."""

    @property
    def is_release(self) -> bool:
        """Whether it names a version from the index."""
        return self.text == RELEASE


def requirement() -> Requirement:
    """The requirement that pins this version: `slidegen==0.2.0`, or the commit it was installed from.

    pip, pipx and uv record where they installed a distribution from, as PEP 610 says.
    """
    try:
        files = distribution(NAME).files or ()
        note = next((file for file in files if file.name == "direct_url.json"), None)
        noted = {} if note is None else json.loads(read_regular(Path(str(note.locate()))))
    except (PackageNotFoundError, OSError, ValueError):
        noted = {}
    return requirement_of(noted if isinstance(noted, dict) else {})


def requirement_of(noted: dict[str, object]) -> Requirement:
    """The requirement for a recorded origin; nothing is recorded of what comes from the index."""
    url = noted.get("url")
    if not isinstance(url, str):
        return Requirement(RELEASE)
    found = ""
    if isinstance(info := noted.get("vcs_info"), dict):
        found = _of_commit(url, info.get("commit_id")) if info.get("vcs") == "git" else ""
    elif "archive_info" in noted:
        found = f"{NAME} @ {url}" if re.fullmatch(ADDRESS, url) and url.startswith("http") else ""
    elif url.startswith("file:"):
        found = _of_checkout(Path(url2pathname(urlsplit(url).path)))
    return Requirement(found) if found else Requirement(RELEASE, is_local=True)


def _of_commit(url: str, commit: object) -> str:
    is_known = isinstance(commit, str) and re.fullmatch(COMMIT, commit)
    return f"{NAME} @ git+{url}@{commit}" if is_known and re.fullmatch(ADDRESS, url) else ""


def _of_checkout(folder: Path) -> str:
    """The requirement for the commit that is checked out in a folder; empty if others cannot fetch it."""
    top = _git(folder, "rev-parse", "--show-toplevel").strip()
    if not top or not folder.is_dir() or not Path(top).samefile(folder):
        return ""  # no checkout, or somewhere in a checkout of something else
    commit = _git(folder, "rev-parse", "HEAD").strip()
    pushed = _git(
        folder, "for-each-ref", "--contains=HEAD", "--format=%(refname)", "refs/remotes", "refs/tags"
    )
    remotes = sorted(_git(folder, "remote").split(), key=lambda name: name != "origin")
    for remote in remotes:
        if re.search(rf"^refs/(?:remotes/{re.escape(remote)}|tags)/", pushed, re.MULTILINE):
            url = _public(_git(folder, "remote", "get-url", remote).strip())
            if url:
                return _of_commit(url, commit)
    return ""


def _public(url: str) -> str:
    """The address at which others can read a remote; empty for folders and hosts of a local network."""
    if ssh := SSH.fullmatch(url):
        url = f"https://{ssh['host']}/{ssh['path']}"
    if not url.startswith(("http://", "https://")):
        return ""
    host = urlsplit(url).hostname or ""
    return url if re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z][\w-]*", host) else ""


def _git(folder: Path, *words: str) -> str:
    """What git prints about a folder; empty if it fails or is not installed."""
    try:
        command = ["git", "-C", str(folder), *words]
        found = subprocess.run(command, capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return found.stdout.decode("utf-8", "replace") if found.returncode == 0 else ""
