"""Detects a file's media type, from its bytes first because names are often wrong."""

from __future__ import annotations

import re

from slidegen.patterns import lazy_compile

SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"\0\0\1\0", "image/x-icon"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"%!PS", "application/postscript"),
    (b"wOF2", "font/woff2"),
    (b"wOFF", "font/woff"),
    (b"\0\1\0\0", "font/ttf"),
    (b"true", "font/ttf"),
    (b"OTTO", "font/otf"),
    (b"ttcf", "font/collection"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
)
RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
BRANDS = {
    b"avif": "image/avif", b"avis": "image/avif", b"heic": "image/heic", b"heix": "image/heic",
    b"mif1": "image/heic", b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"qt  ": "video/quicktime",
}  # fmt: skip
"""Brands of ISO base media files; any other one is a video."""

SUFFIXES = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
    ".webp": "image/webp", ".avif": "image/avif", ".svg": "image/svg+xml", ".bmp": "image/bmp",
    ".ico": "image/x-icon", ".apng": "image/apng", ".mp4": "video/mp4", ".m4v": "video/mp4",
    ".webm": "video/webm", ".ogv": "video/ogg", ".mov": "video/quicktime", ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg", ".wav": "audio/wav",
    ".m4a": "audio/mp4", ".aac": "audio/aac", ".flac": "audio/flac", ".weba": "audio/webm",
    ".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf",
    ".eot": "application/vnd.ms-fontobject", ".css": "text/css", ".js": "text/javascript",
    ".mjs": "text/javascript", ".json": "application/json", ".vtt": "text/vtt", ".txt": "text/plain",
    ".csv": "text/csv", ".md": "text/markdown", ".html": "text/html", ".htm": "text/html",
    ".xhtml": "application/xhtml+xml", ".xml": "application/xml", ".pdf": "application/pdf",
    ".wasm": "application/wasm",
}  # fmt: skip

OWN_SUFFIX = (("image/png", ".apng"), ("video/webm", ".weba"))
"""Types that the suffix determines more precisely than the bytes."""
UNKNOWN = "application/octet-stream"
SHOWN_IMAGES = frozenset(f"image/{name}" for name in "png jpeg gif webp avif svg+xml bmp x-icon apng".split())
"""Images that every current browser shows."""
LFS_POINTER = b"version https://git-lfs.github.com/spec/"

_COMMENTS = rb"\s*+(?>(?:<\?xml[^>]*+>\s*+|<!--(?>(?:[^-]|-(?!->))*)-->\s*+)*)"
_SVG = lazy_compile(_COMMENTS + rb"<(?:!DOCTYPE\s+svg\b|svg[\s>])", re.IGNORECASE)
_HTML = lazy_compile(_COMMENTS + rb"<(?:!DOCTYPE\s+html|html)\b", re.IGNORECASE)


def media_type(data: bytes, suffix: str) -> str:
    """The media type of a file's bytes, or of its suffix, such as `.png`, if the bytes do not tell."""
    suffix = suffix.lower()
    head = data[:4096]
    for signature, found in SIGNATURES:
        if head.startswith(signature):
            return SUFFIXES[suffix] if (found, suffix) in OWN_SUFFIX else found
    if head[:4] == b"RIFF":
        return RIFF.get(head[8:12], SUFFIXES.get(suffix, UNKNOWN))
    if head[4:8] == b"ftyp":
        return BRANDS.get(head[8:12], SUFFIXES.get(suffix, "") if suffix in (".m4a", ".mov") else "video/mp4")
    if head[:4] == b"OggS":
        return SUFFIXES[suffix] if suffix in (".ogv", ".oga", ".opus") else _ogg(head)
    if head[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return "audio/mpeg"
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _SVG.match(text):
        return "image/svg+xml"
    if _HTML.match(text):
        return "application/xhtml+xml" if suffix == ".xhtml" else "text/html"
    return SUFFIXES.get(suffix, UNKNOWN)


def _ogg(head: bytes) -> str:
    return "video/ogg" if b"theora" in head[:128] else "audio/ogg"
