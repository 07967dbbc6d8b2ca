"""Serves the files that pages refer to, with media type, byte ranges and revalidation."""

from __future__ import annotations

import os
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from slidegen.files.paths import resolve_links
from slidegen.files.regular import open_regular
from slidegen.media_types import media_type
from slidegen.render.assets import Copy, hash_bytes

HEAD = 4096
"""How many bytes of a file determine its type."""


def file_answer(request: Request, path: str, copy: Copy) -> Response | None:
    """The file at the path of a URL; None if it has been deleted, or replaced by a link."""
    suffix = Path(path).suffix
    if copy.path is None:
        return data_answer(request, hash_bytes(copy.data), copy.data, suffix)
    try:
        if resolve_links(copy.path) != copy.path:
            return None
        with open_regular(copy.path) as file:
            status = os.fstat(file.fileno())
            head = file.read(HEAD)
    except OSError:
        return None
    etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}-{status.st_ino:x}"'
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={"etag": etag})
    return FileResponse(copy.path, media_type=_with_charset(media_type(head, suffix)), headers={"etag": etag})


def data_answer(request: Request, name: str, data: bytes, suffix: str) -> Response:
    """Bytes that are not a file; `name` distinguishes them from others."""
    etag = f'"{name}"'
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={"etag": etag})
    return Response(data, media_type=_with_charset(media_type(data, suffix)), headers={"etag": etag})


def _with_charset(kind: str) -> str:
    is_text = kind.startswith("text/") or kind.endswith(("json", "javascript", "+xml"))
    return f"{kind}; charset=utf-8" if is_text else kind
