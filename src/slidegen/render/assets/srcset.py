"""Parses and writes the `srcset` attribute."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from slidegen.patterns import lazy_compile

CANDIDATE = lazy_compile(r"[\s,]*+(?P<url>\S+)(?P<descriptor>(?>(?:[^,(]|\([^)]*+\))*))")
LENGTH = lazy_compile(r"(?P<number>\d+(?:\.\d+)?|\.\d+)(?P<unit>px|vw)\s*\Z", re.IGNORECASE)


class Candidate(Struct, frozen=True):
    """One of the images that a browser may choose."""

    url: str
    density: float = 1
    """Image pixels per CSS pixel; 1 if a width is given instead."""
    width: float | None = None
    """Width in image pixels, the descriptor `w`."""

    @property
    def descriptor(self) -> str:
        """The descriptor as written in `srcset`."""
        return f"{self.width:g}w" if self.width else f"{self.density:g}x"

    def shown_density(self, sizes: str, slide_width: float) -> float:
        """Image pixels per CSS pixel under a `sizes` attribute, in a window as wide as a slide."""
        if not self.width:
            return self.density
        match = LENGTH.search(sizes)
        if match is None:
            return self.width / slide_width
        share = slide_width / 100 if match["unit"].lower() == "vw" else 1
        return self.width / (float(match["number"]) * share or slide_width)


def read_srcset(written: str) -> list[Candidate]:
    """The candidates of a `srcset` attribute; linear in its length."""
    found, at = [], 0
    while match := CANDIDATE.match(written, at):
        url = match["url"]
        at = match.end()
        if url.endswith(","):  # no descriptor: the comma ends the candidate
            at = match.end("url")
            found.append(Candidate(url.rstrip(",")))
            continue
        found.append(_candidate(url, match["descriptor"].split()))
    return [candidate for candidate in found if candidate.url]


def _candidate(url: str, descriptors: Iterable[str]) -> Candidate:
    density, width = 1.0, None
    for text in descriptors:
        try:
            value = float(text[:-1])
        except ValueError:
            continue
        if not 0 < value < 1e6:
            continue
        if text[-1] == "x":
            density = value
        elif text[-1] == "w":
            width = value
    return Candidate(url, density, width)


def write_srcset(candidates: Iterable[Candidate]) -> str:
    """The value of a `srcset` attribute."""
    return ", ".join(f"{candidate.url} {candidate.descriptor}" for candidate in candidates)
