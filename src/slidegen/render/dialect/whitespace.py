"""Normalises white space for the parser."""

from __future__ import annotations

import re

from markdown.preprocessors import Preprocessor

from slidegen.patterns import lazy_compile

LINE_START = lazy_compile(r"^[ \u00a0]*+(?>(?:(?:[*+-]|\d+\.|#{1,6}+|>)[ \u00a0]++)*)", re.MULTILINE)
LINE_END = lazy_compile(r"(?<![ \u00a0])[ \u00a0]++$", re.MULTILINE)


class WhiteSpace(Preprocessor):
    """Turns tabs into four spaces, and removes white space at the start of the text.

    No-break spaces count as spaces at the beginning or end of a line. Within a line they stay what
    they are, whereas `marked` turns them into ordinary spaces.
    """

    def run(self, lines: list[str]) -> list[str]:
        """The lines of the text."""
        return normalised("\n".join(lines)).split("\n")


def normalised(text: str) -> str:
    """The text with its white space as the grammar expects it."""
    text = text.lstrip()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\t" in text:
        text = text.replace("\t", "    ")
    if "\u00a0" in text:
        text = LINE_START.sub(lambda match: match[0].replace("\u00a0", " "), text)
        text = LINE_END.sub(lambda match: " " * len(match[0]), text)
    return text
