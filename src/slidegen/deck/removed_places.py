"""The places of what a variant leaves out of a deck, file by file."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

from msgspec import Struct, field

from slidegen.source import Source, Span


class Gone(Struct):
    """The places of what was removed from a deck's files."""

    spans: dict[Source, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, span: Span) -> None:
        """Add a place."""
        self.spans[span.source].append((span.start, span.end))

    def close(self) -> None:
        """Merge overlapping places; `covers` may be called from then on."""
        for source, spans in self.spans.items():
            merged: list[tuple[int, int]] = []
            for start, end in sorted(spans):
                if merged and start <= merged[-1][1]:
                    merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
                else:
                    merged.append((start, end))
            self.spans[source] = merged

    def covers(self, span: Span) -> bool:
        """Whether a place was removed, or the call that included its file."""
        place: Span | None = span
        while place is not None:
            spans = self.spans.get(place.source, ())
            index = bisect_right(spans, (place.start, 1 << 60)) - 1
            if index >= 0 and place.start < spans[index][1]:
                return True
            place = place.written.source.included_at
        return False
