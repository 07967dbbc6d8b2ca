"""Finds the ends of tags in raw HTML."""

from __future__ import annotations

from msgspec import Struct, field

from slidegen.patterns import lazy_compile

TAG_PART = lazy_compile("[\"'>]")


class TagEnds(Struct):
    """Finds the `>` that ends a tag, quoted ones passed over, without going over a text again and again."""

    text: str
    _part: tuple[int, int] | None = None
    """From where a quote or `>` was looked for last, and where it is; -1 if nowhere."""
    _ends: dict[int, int] = field(default_factory=dict)
    """By offset of a quote or `>` outside of quotes, the end of the tag it stands in."""

    def __call__(self, at: int) -> int:
        """The offset after the tag whose inside begins at `at`, -1 if it is not closed."""
        passed = []
        end = -1
        part = self._next(at)
        while part >= 0:
            if part in self._ends:
                end = self._ends[part]
                break
            passed.append(part)
            if self.text[part] == ">":
                end = part + 1
                break
            quote = self.text.find(self.text[part], part + 1)
            part = self._next(quote + 1) if quote >= 0 else -1
        self._ends.update(dict.fromkeys(passed, end))
        return end

    def _next(self, at: int) -> int:
        if self._part is not None:
            since, part = self._part
            if since <= at and (at <= part or part < 0):
                return part
        match = TAG_PART.search(self.text, at)
        part = match.start() if match else -1
        self._part = (at, part)
        return part
