"""A folder of decks as an author has one, and the command line as it is typed there."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import zlib
from base64 import b64decode
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from selectolax.lexbor import LexborHTMLParser

from slidegen.cli import main

COURSE = re.compile(r"index\.html|assets/(?:cover|search)\.\w+\.\w+|sitemap\.xml|feed\.xml")
"""The course page and what belongs to it."""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
"""The smallest PNG."""
PATIENCE = 600
"""Seconds after which what a test waits for is taken never to come, on a machine however busy."""


class _Stream(io.TextIOWrapper):
    """An output stream that says whether it is a terminal."""

    def __init__(self, terminal: bool) -> None:
        super().__init__(io.BytesIO(), "utf-8", newline="", write_through=True)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def bytes(self) -> bytes:
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did."""

    code: int
    """Exit code."""
    stdout: bytes
    err: str

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.stdout.decode("utf-8")

    @property
    def codes(self) -> list[str]:
        """The codes of the diagnostics on standard error, in their order."""
        heads = [line.partition("[SG") for line in self.err.splitlines()]
        return [
            "SG" + rest[:3] for before, found, rest in heads if found and before.endswith(("error", "ing"))
        ]


@dataclass(frozen=True, slots=True)
class Page:
    """A built page."""

    html: str

    @property
    def tree(self) -> LexborHTMLParser:
        """The page as a browser has it."""
        return LexborHTMLParser(self.html)

    @property
    def slides(self) -> list[str]:
        """The HTML of each slide at its last step, number left out."""
        slides = []
        for node in self.tree.css(".remark-slide-content"):
            for number in node.css(".remark-slide-number"):
                number.decompose()
            slides.append(node.inner_html or "")
        return slides

    @property
    def theme(self) -> str:
        """The theme's name."""
        node = self.tree.css_first("html")
        assert node is not None
        return node.attributes["data-theme"] or ""

    def attribute(self, selector: str, name: str) -> str:
        """An attribute of the first element that a selector finds."""
        node = self.tree.css_first(selector)
        assert node is not None, f"there is no {selector}"
        return node.attributes.get(name) or ""

    @property
    def options(self) -> dict[str, Any]:
        """The options that the browser side gets."""
        node = self.tree.css_first("#slidegen-options")
        assert node is not None
        options = json.loads(node.text())
        assert isinstance(options, dict)
        return options

    @property
    def words(self) -> dict[str, str]:
        """The words that the browser side gets, with those of its packed tools."""
        packed = re.search(r'slidegen\.tools="([^"]+)"', self.html)
        assert packed
        tools = zlib.decompress(b64decode(packed[1]), -zlib.MAX_WBITS).decode("utf-8")
        return {**self.options["words"], **json.loads(tools.split("\0")[2])}


@dataclass(frozen=True, slots=True)
class Project:
    """A folder in which commands are typed."""

    folder: Path

    def write(self, name: str, content: str | bytes) -> Path:
        """Put a file into the folder, or change it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def run(self, *args: str, terminal: bool = False, together: bool = False) -> Ran:
        """Type `slidegen` with arguments, in the folder; `together` gives both outputs as one, as on a screen."""
        out = _Stream(terminal)
        err = out if together else _Stream(terminal)
        code: object = 0
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "argv", ["slidegen", *args]):
                main()
        except SystemExit as error:
            code = error.code
        finally:
            os.chdir(before)
        assert isinstance(code, int | None)
        return Ran(code or 0, out.bytes(), err.bytes().decode("utf-8"))

    def build(self, *args: str) -> Ran:
        """`slidegen build`, which is to end well and to have nothing to say but what it wrote."""
        ran = self.run("build", *args)
        assert (ran.code, ran.err) == (0, "")
        return ran

    def page(self, name: str) -> Page:
        """A page that was built."""
        return Page((self.folder / name).read_text("utf-8"))

    def deck(self, text: str, *args: str) -> Page:
        """The page of a deck, built into standard output without any complaint."""
        self.write("talk.md", text)
        return Page(self.build("talk.md", "-o", "-", *args).out)

    def inspect(self, *args: str) -> list[dict[str, Any]]:
        """What `slidegen inspect` says, a deck an item; it is to end well."""
        ran = self.run("inspect", *args)
        assert (ran.code, ran.err) == (0, "")
        return [json.loads(line) for line in ran.out.splitlines()]

    def pages(self, folder: str = ".") -> list[str]:
        """All files below a folder but those of the course page."""
        return [name for name in self.files(folder) if not COURSE.fullmatch(name)]

    def files(self, folder: str = ".") -> list[str]:
        """All files below a folder, by name."""
        top = self.folder / folder
        return sorted(path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file())
