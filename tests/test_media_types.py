"""What a file holds."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidegen.media_types import media_type
from slidegen.render.assets.data_urls import data_url, data_url_length
from tests.render.assets.project import MP4, TTF, WOFF2, png, svg


@pytest.mark.parametrize(
    ("data", "suffix", "kind"),
    [
        (png(1, 1), ".jpg", "image/png"),
        (b"\xff\xd8\xff\xe0", ".png", "image/jpeg"),
        (b"GIF89a", "", "image/gif"),
        (b"RIFF....WEBPVP8 ", ".png", "image/webp"),
        (b"RIFF....WAVEfmt ", ".wav", "audio/wav"),
        (b"\0\0\0\x1cftypavif", ".jpg", "image/avif"),
        (MP4, ".mov.mp4", "video/mp4"),
        (b"\0\0\0\x1cftypM4A ", ".mp4", "audio/mp4"),
        (b"\0\0\0\x1cftypisom", ".m4a", "audio/mp4"),
        (b"\x1aE\xdf\xa3", ".webm", "video/webm"),
        (b"OggS" + b"\0" * 24 + b"\x80theora", ".ogg", "video/ogg"),
        (b"OggS" + b"\0" * 24 + b"\x01vorbis", ".ogg", "audio/ogg"),
        (b"ID3\x04", ".mp3", "audio/mpeg"),
        (b"\xff\xfb\x90", ".bin", "audio/mpeg"),
        (WOFF2, ".woff", "font/woff2"),
        (TTF, ".otf", "font/ttf"),
        (b"\0\0\1\0\1\0", ".ico", "image/x-icon"),
        (svg(), ".png", "image/svg+xml"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a -- b -->\n" + svg(), ".xml", "image/svg+xml"),
        (b"<!DOCTYPE svg PUBLIC>\n", ".txt", "image/svg+xml"),
        (b"\n<!-- x --><!doctype HTML>", ".svg", "text/html"),
        (b"b{}", ".css", "text/css"),
        (b"let a", ".MJS", "text/javascript"),
        (b"WEBVTT", ".vtt", "text/vtt"),
        (b"\1\2\3", ".xyz", "application/octet-stream"),
        (b"", ".svg", "image/svg+xml"),
    ],
)
def test_bytes_tell_more_than_the_name(data: bytes, suffix: str, kind: str) -> None:
    assert media_type(data, suffix) == kind


@given(st.text())
def test_a_drawings_data_url_can_stand_in_quotes_and_means_the_same(text: str) -> None:
    data = f"<svg>{text}</svg>".encode("utf-8", "replace")
    url = data_url(data, "image/svg+xml")
    assert not set('"\\\n\r\t<#') & set(url)
    head, _, body = url.partition(",")
    if not head.endswith(";base64"):
        found = unquote_to_bytes(body).decode()
        assert found in (data.decode(), data.decode().replace('"', "'"))
    assert len(url.encode()) <= data_url_length(data, "image/svg+xml")


def test_a_drawing_in_another_encoding_keeps_its_bytes() -> None:
    data = "<?xml version='1.0' encoding='iso-8859-1'?><svg>é</svg>".encode("latin-1")
    assert data_url(data, "image/svg+xml").startswith("data:image/svg+xml;base64,")
