"""Looks for what a variant leaves out in the files of an export, as a build does in pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from slidegen.build.leak_check import Others, ReadDeck, report_leaks


def check_files(
    deck: ReadDeck, files: Mapping[str, bytes], output: Path, folder: Path, others: Others | None = None
) -> None:
    """Report what is left out of a deck, or of one of the others, and occurs in a file made from it, named by `output`.

    The words on the pages of a PDF are glyphs: they come from the deck's page, which has been searched. Everything else
    in a PDF is searched: metadata, outline, alternative texts, addresses, pictures.
    """
    for name, data in files.items():
        shown = str(output / name) if name else str(output)
        for part in _parts(data):
            if report_leaks(deck, shown, part, folder, others):
                break


def _parts(data: bytes) -> Iterator[bytes]:
    """The content of a file, unpacked."""
    yield data
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as packed:
            yield from map(packed.read, packed.namelist())
    elif data.startswith(b"%PDF"):
        yield from _parts_of_pdf(data)


def _parts_of_pdf(data: bytes) -> Iterator[bytes]:
    """The strings of a PDF, and its streams; empty without the package with which slidegen adds them."""
    try:
        import pikepdf
        from pikepdf import Pdf
    except ImportError:
        return
    with Pdf.open(BytesIO(data)) as pdf:
        yield json.dumps([text for each in pdf.objects for text in _strings(each, pikepdf)]).encode()
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream):
                yield bytes(each.get_raw_stream_buffer())
                try:
                    yield bytes(each.get_stream_buffer())
                except pikepdf.PdfError:  # a picture
                    continue


def _strings(value: object, pikepdf: Any) -> Iterator[str]:
    """The strings of an object, without those of objects that it refers to."""
    if isinstance(value, pikepdf.String):
        yield str(value)
        return
    parts: Iterable[object] = ()
    if isinstance(value, pikepdf.Array):
        parts = value.as_list()
    elif isinstance(value, pikepdf.Stream):
        parts = value.stream_dict.values()
    elif isinstance(value, pikepdf.Dictionary):
        parts = value.values()
    for part in parts:
        if not getattr(part, "is_indirect", False):
            yield from _strings(part, pikepdf)
