"""Parses a deck again after an edit, but only the parts of its text that have changed."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Hashable

from msgspec import Struct, field

from slidegen.diagnostics import Reporter
from slidegen.patterns import lazy_compile
from slidegen.source import Placement, Source, Span
from slidegen.syntax.include_splice import INCLUDE, Include
from slidegen.syntax.lexer import lex, lex_alone
from slidegen.syntax.nodes import RawDeck
from slidegen.syntax.parser import ParsedPart, dedent, join_parts, parse_tokens
from slidegen.syntax.properties import PropertyRules
from slidegen.syntax.text_warnings import FRONT_MATTER_FAULTS
from slidegen.syntax.tokens import FormulaMarks

SLIDE_END = lazy_compile(r"^---(?:\n|\Z)", re.MULTILINE)


class IncrementalParser(Struct):
    """Parses the versions of one deck, and returns the same values for slides with the same text.

    The text is cut at its lines of `---`. A piece that extends beyond the next of them, such as one with an unclosed
    fence, is parsed together with as many of those after it as necessary. Positions in a piece are relative to
    its start, so that its slides stay the same when lines above them change; their `Placement` moves. So
    positions in slides of an older version are those that they have in the newest one.
    """

    _whole: Hashable = None
    _known: _Version = field(default_factory=lambda: _Version())

    def parse(
        self,
        source: Source,
        reporter: Reporter,
        *,
        start: int = 0,
        math: FormulaMarks = FormulaMarks.ALL,
        include: Include | None = None,
    ) -> RawDeck:
        """The deck as from `parse_deck`, except for the sources of its positions."""
        source, start = dedent(source, start)
        rules = PropertyRules.of(source.text)
        whole = (rules, math, any(each.code in FRONT_MATTER_FAULTS for each in reporter))
        before = self._known if whole == self._whole else _Version()
        self._whole, self._known = whole, _Version()
        work = _Work(
            source=source,
            reporter=reporter,
            math=math,
            include=include,
            rules=rules,
            before=before,
            now=self._known,
        )
        separators = [match.span() for match in SLIDE_END.finditer(source.text, start)]
        starts = [start, *(end for _, end in separators)]
        ends = [*(at for at, _ in separators), len(source.text)]
        parts: list[ParsedPart] = []
        first = 0
        while first < len(starts):
            count = 1
            part = None
            while part is None:
                last = min(first + count, len(starts)) - 1
                part = work.part(starts[first], ends[last], is_end=last == len(starts) - 1)
                count *= 2  # otherwise, an unclosed fence would be searched again and again
            parts.append(part)
            first = last + 1
        return join_parts(source, parts, reporter)


class _Kept(Struct, frozen=True):
    """Parsed slides, with the place that their positions are relative to."""

    place: Placement
    part: ParsedPart


class _Version(Struct):
    """The texts of one version of a deck."""

    parts: dict[tuple[str, bool], deque[_Kept]] = field(default_factory=dict)
    """By text, and whether the deck ends with it, in the deck's order."""
    reaching: set[str] = field(default_factory=set)
    """Texts whose meaning depends on what follows."""


class _Work(Struct):
    """The parsing of one version."""

    source: Source
    reporter: Reporter
    math: FormulaMarks
    include: Include | None
    rules: PropertyRules
    before: _Version
    now: _Version

    def part(self, start: int, end: int, *, is_end: bool) -> ParsedPart | None:
        """The slides of a part of the text; None if they depend on what follows."""
        text = self.source.text[start:end]
        known = self.before.parts.get((text, is_end))
        if known:
            kept = known.popleft()
            kept.place.source, kept.place.start = self.source, start
            self._keep(text, kept, is_end=is_end)
            return kept.part
        is_alone = is_end or text not in self.before.reaching
        tokens = None
        if is_end:
            tokens = lex(text, 0, len(text), self.rules, math=self.math)
        elif is_alone:
            tokens = lex_alone(text, self.rules, self.math)
        if tokens is None:
            self.now.reaching.add(text)
            return None
        place = Placement(self.source, start)
        own = Source(self.source.path, text, place)
        reports = self.reporter.reports
        part = parse_tokens(own, tokens, Span(own, 0, len(text)), self.rules, self.reporter, self.include)
        # a mistake is reported each time, in its new place; an included file may have changed
        if reports == self.reporter.reports and part.unclosed_fence is None and f"![:{INCLUDE}" not in text:
            self._keep(text, _Kept(place, part), is_end=is_end)
        return part

    def _keep(self, text: str, kept: _Kept, *, is_end: bool) -> None:
        self.now.parts.setdefault((text, is_end), deque()).append(kept)
