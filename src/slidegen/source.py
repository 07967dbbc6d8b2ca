"""Source texts, and positions and spans in them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from msgspec import Struct, field


class Origin(Struct, frozen=True):
    """The place of a text that was taken out of another one.

    `anchors` are pairs (offset in the taken text, offset in `source`), ascending; between two anchors,
    both offsets advance together.
    """

    source: Source
    anchors: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> Span:
        """The place in `source` of the characters `start` to `end` of the taken text."""
        first = self._offset(start)
        return Span(self.source, first, max(first, self._offset(max(end - 1, start)) + 1))

    def _offset(self, offset: int) -> int:
        index = bisect_right(self.anchors, offset, key=lambda anchor: anchor[0]) - 1
        own, theirs = self.anchors[max(index, 0)]
        return theirs + offset - own


class GeneratedOrigin(Struct, frozen=True):
    """The place of a generated text: the output of a macro belongs to its call, whichever part of it is meant."""

    call: Span

    def span(self, start: int, end: int) -> Span:
        """The place of the call."""
        del start, end
        return self.call


class Placement(Struct):
    """The current place of a part of a text. It moves when lines above it are added or removed."""

    source: Source
    start: int

    def span(self, start: int, end: int) -> Span:
        """The place of the characters `start` to `end` of the part."""
        return Span(self.source, self.start + start, self.start + end)


class Piece(Struct, frozen=True):
    """A part of a composed text."""

    start: int
    """Its offset in the composed text."""
    span: Span
    """Its origin; if the part is longer, its end maps to the end."""


class SourceMap(Struct, frozen=True):
    """The places of a text composed of pieces of several, in ascending order."""

    pieces: tuple[Piece, ...]

    def span(self, start: int, end: int) -> Span:
        """Where the characters `start` to `end` come from, as far as they come from the same piece as the first."""
        index = max(bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1, 0)
        piece = self.pieces[index]
        size = piece.span.end - piece.span.start
        first = min(start - piece.start, max(size - 1, 0))
        last = min(max(end - piece.start, first), size)
        if index + 1 < len(self.pieces) and end > self.pieces[index + 1].start:
            last = size
        return piece.span.within(first, last)


class Position(Struct, frozen=True):
    """A place as people name it: both numbers start at 1; the column counts characters."""

    line: int
    column: int


class Source(Struct, frozen=True, eq=False):
    """A text and the path by which diagnostics name it. Line ends are `\\n`.

    Two sources are equal only if they are the same object, so that a source can be a cheap dictionary key.
    """

    path: str
    text: str
    origin: Origin | GeneratedOrigin | SourceMap | Placement | None = None
    included_at: Span | None = None
    """The call that includes this file in another one."""
    _line_starts: list[int] = field(default_factory=list)

    @property
    def is_as_written(self) -> bool:
        """Whether it is a file's text, or a part of it, rather than taken out, composed or generated."""
        return self.origin is None or isinstance(self.origin, Placement)

    @property
    def line_starts(self) -> list[int]:
        """Offset of each line's first character; computed on first use."""
        if not self._line_starts:
            sizes = map(len, self.text.split("\n"))
            self._line_starts.extend(accumulate((size + 1 for size in sizes), initial=0))
            self._line_starts.pop()
        return self._line_starts

    def position(self, offset: int) -> Position:
        """Line and column of a character of this text."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line break."""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]


class Span(Struct, frozen=True):
    """The characters `start` to `end` (exclusive) of a source."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters themselves."""
        return self.source.text[self.start : self.end]

    @property
    def written(self) -> Span:
        """This place in the file that its author wrote, through every origin."""
        span = self
        while span.source.origin is not None:
            span = span.source.origin.span(span.start, span.end)
        return span

    @property
    def calls(self) -> tuple[Span, ...]:
        """The calls through which the file of this place is included in the deck, innermost first."""
        calls: list[Span] = []
        call = self.written.source.included_at
        while call is not None:
            calls.append(call.written)
            call = calls[-1].source.included_at
        return tuple(calls)

    @property
    def in_deck(self) -> Span:
        """This place in the deck's own file; for an included file, that of the call."""
        written = self.written
        return written if written.source.included_at is None else self.calls[-1]

    @property
    def position(self) -> Position:
        """Line and column where the span starts, in the file that its author wrote."""
        written = self.written
        return written.source.position(written.start)

    def find(self, text: str) -> Span:
        """The place of a text within this span; the span itself if it does not occur."""
        offset = self.text.find(text)
        return self if offset < 0 else self.within(offset, offset + len(text))

    def within(self, start: int, end: int) -> Span:
        """A part of this span; offsets are relative to its start."""
        return Span(self.source, self.start + start, self.start + end)


class SourceMapBuilder(Struct):
    """Builds a text from pieces of another, each with its place there."""

    pieces: list[str] = field(default_factory=list)
    anchors: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, at: int) -> None:
        """Add a piece that comes from, or belongs to, an offset of the other text."""
        if text:
            self.anchors.append((self.length, at))
            self.pieces.append(text)
            self.length += len(text)

    def of(self, source: Source) -> Source:
        """The text, with places in the one that its pieces come from."""
        return Source(source.path, "".join(self.pieces), Origin(source, tuple(self.anchors) or ((0, 0),)))


class Composed(Struct):
    """Builds a text from pieces of several, each with its place."""

    texts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, span: Span) -> None:
        """Add a text that comes from, or belongs to, a place."""
        if text:
            self.texts.append(text)
            self.pieces.append(Piece(self.length, span))
            self.length += len(text)

    def add_part(self, source: Source, start: int, end: int) -> None:
        """Add a part of a text, whose characters keep their places there."""
        if isinstance(source.origin, SourceMap):
            first = max(bisect_right(source.origin.pieces, start, key=lambda piece: piece.start) - 1, 0)
            for index in range(first, len(source.origin.pieces)):
                piece = source.origin.pieces[index]
                if piece.start >= end:
                    break
                following = source.origin.pieces[index + 1 : index + 2]
                own_end = min(end, following[0].start if following else len(source.text))
                own_start = max(start, piece.start)
                if own_start < own_end:
                    shift = min(own_start - piece.start, piece.span.end - piece.span.start)
                    self.add(
                        source.text[own_start:own_end],
                        piece.span.within(shift, piece.span.end - piece.span.start),
                    )
        elif start < end:
            self.add(source.text[start:end], Span(source, start, end))

    def of(self, path: str) -> Source:
        """The text, under the path that diagnostics use."""
        return Source(path, "".join(self.texts), SourceMap(tuple(self.pieces)) if self.pieces else None)


_VISIBLE = {
    **{code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)},
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD),
}


_ESCAPED = {code: f"\\u{code:04x}" for code in _VISIBLE}


def on_one_line(text: object) -> str:
    """A message, or a file's name, with visible signs for line breaks too, so that no part looks like a message."""
    return visible(str(text)).replace("\n", "␊")


def visible(text: str) -> str:
    """A text from a file or a network with visible signs for characters that would control a terminal.

    Escape sequences can set a terminal's title, fill its clipboard or hide text; direction marks can make text
    read as another. No sign is wider than what it replaces. Tabs and line breaks stay.
    """
    return text.translate(_VISIBLE)


def visible_json(text: str) -> str:
    """A text in JSON with escapes for the characters that `visible` replaces, so that it still means the same."""
    return text.translate(_ESCAPED)
