"""Finds the servers that run on this machine, and sends them to a line of a deck."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.files.paths import resolve_links
from slidegen.files.regular import read_regular
from slidegen.files.writing import write_file
from slidegen.json_data import read_json

LARGEST_NOTE = 100_000
"""Size limit of a server's note about itself."""


def running_servers() -> Iterator[tuple[int, Path]]:
    """The ports of servers that run on this machine, with each folder or deck that they serve."""
    for path in sorted(_registry().glob("*.json")):
        try:
            server: Any = read_json(read_regular(path, LARGEST_NOTE))
            yield from [(int(server["port"]), Path(source)) for source in server["sources"]]
        except (OSError, ValueError, KeyError, TypeError):
            continue


def _registry() -> Path:
    """The folder in which servers register; other users' files are not read."""
    home = os.environ.get("XDG_RUNTIME_DIR")
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    try:
        folder = Path(home, "slidegen") if home else Path(tempfile.gettempdir(), f"slidegen-{user}")
    except FileNotFoundError:  # no temporary folder is writable: the disk is full
        return Path(os.devnull)
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "getuid") and folder.exists() and folder.stat().st_uid != os.getuid():
        return Path(os.devnull)
    return folder


@contextlib.contextmanager
def known(port: int, folder: Path, sources: Sequence[Path]) -> Iterator[None]:
    """Register this server while it runs, so that `slidegen goto` finds it."""
    path = _registry() / f"{port}.json"
    with contextlib.suppress(OSError, DeckError):
        note = json.dumps(
            {"port": port, "sources": [str(resolve_links(folder / source)) for source in sources]}
        )
        write_file(path, note.encode(), path.parent)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def go_to(path: Path, line: int, ports: Sequence[int]) -> str:
    """Move the windows of the servers at these ports to a line; returns what was shown, empty if none could.

    Raises DeckError with a server's reason if all refuse.
    """
    from http.client import HTTPConnection

    reason = ""
    for port in ports:
        connection = HTTPConnection("localhost", port, timeout=5)
        try:
            body = json.dumps({"path": str(resolve_links(path)), "line": line})
            connection.request("POST", "/api/goto", body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            answer = json.loads(response.read())
            if response.status == 200:
                return f"{answer['deck']}#{answer['slide']}"
            reason = str(answer.get("error", response.reason))
        except (OSError, ValueError, KeyError):
            continue
        finally:
            connection.close()
    if reason:
        raise DeckError(Diagnostic(Code.CANNOT_SERVE, reason, path=str(path)))
    return ""
