"""A project in a temporary folder, its files written down by a test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from slidegen.diagnostics import Diagnostic, Reporter
from slidegen.files.deck_files import DeckFiles
from slidegen.render.assets import Assets
from slidegen.source import Source, Span
from tests.pictures import png_of


def png(width: int, height: int, colour: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    """An image of one colour."""
    rows = (b"\0" + bytes(colour) * width) * height
    return png_of(width, height, rows)


def svg(attributes: str = 'viewBox="0 0 40 10"', inside: str = '<rect width="40" height="10"/>') -> bytes:
    """A drawing."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


WOFF2 = b"wOF2 not a font that a browser would take"
WOFF = b"wOFF nor this"
TTF = b"\0\1\0\0 nor this"
MP4 = b"\0\0\0\x18ftypmp42 nor a film"


class Project:
    """One deck, `slides/deck.md`, and the files around it."""

    def __init__(self, root: Path, files: dict[str, bytes | str], **options: Any) -> None:
        self.root = root
        self.deck = root / "slides" / "deck.md"
        self.deck.parent.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.deck.touch()
        self.reporter = Reporter()
        self.files = DeckFiles.of_project(root, root, options.pop("allow", ()))
        self.text = ""
        self.assets = Assets(
            self.files,
            self.reporter,
            deck=self.deck,
            **{"page": root / "public" / "deck.html", **options},
        )

    def locate(self, written: str) -> Span | None:
        at = self.text.find(written)
        return Span(Source("slides/deck.md", self.text), at, at + len(written)) if at >= 0 else None

    def html(self, html: str) -> str:
        self.text = html
        return self.assets.html(html, self.deck, self.locate)

    def css(self, css: str) -> str:
        self.text = css
        return self.assets.css(css, self.deck, self.locate)

    def style(self, css: str) -> str:
        self.text = css
        return self.assets.style(css, self.deck, self.locate)

    @property
    def diagnostics(self) -> list[Diagnostic]:
        return self.reporter.diagnostics

    @property
    def said(self) -> list[str]:
        """The diagnostics as `code message`."""
        return [f"{item.code.name} {item.message}" for item in self.diagnostics]

    @property
    def places(self) -> list[str]:
        """What the diagnostics point at, as it is written."""
        return [item.span.text if item.span else "" for item in self.diagnostics]
