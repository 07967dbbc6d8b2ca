"""Holds what a variant leaves out as runs of words to look for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from slidegen.build.readable import EDGE, INLINE, TAG, decode, spellings, split_apart, words_of
from slidegen.patterns import lazy_compile

LONG = 12
"""Fewest letters and digits of a run to look for: shorter ones occur too easily by chance."""
HEAD = 3
"""Number of leading words that longer runs are indexed by."""
ATTRIBUTE = lazy_compile(
    r"""\b(?:alt|title|aria-[a-z]+|data-[a-z-]+|content|placeholder|value|label|srcdoc)\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)


class Runs(Struct):
    """Runs of words with their places; in keys, words are separated by a space."""

    short: dict[tuple[str, ...], str] = field(default_factory=dict)
    """Runs of up to three words."""
    long: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)
    """Longer runs, by their first words."""

    def __bool__(self) -> bool:
        return bool(self.short or self.long)

    def add(self, words: list[str], place: str) -> None:
        """Add a run."""
        if len(words) <= HEAD:
            self.short.setdefault(tuple(words), place)
        else:
            self.long.setdefault(tuple(words[:HEAD]), {}).setdefault(" ".join(words), place)

    def add_all(self, other: Runs) -> None:
        """Add all runs of another one."""
        for words, place in other.short.items():
            self.short.setdefault(words, place)
        for head, runs in other.long.items():
            own = self.long.setdefault(head, {})
            for run, place in runs.items():
                own.setdefault(run, place)

    def drop(self, run: str) -> None:
        """Remove a run."""
        words = tuple(run.split(" "))
        self.short.pop(words, None)
        runs = self.long.get(words[:HEAD], {})
        runs.pop(run, None)
        if not runs:
            self.long.pop(words[:HEAD], None)

    def place_of(self, run: str) -> str:
        """The place of a run; empty if it is not among them."""
        words = tuple(run.split(" "))
        return self.short.get(words) or self.long.get(words[:HEAD], {}).get(run, "")

    def found_in(self, words: list[str]) -> Iterator[str]:
        """The runs that occur in a text with these words."""
        if self.short:
            for size in range(1, HEAD + 1):
                yield from map(" ".join, self.short.keys() & _runs_of(words, size))
        heads = self.long.keys() & _runs_of(words, HEAD) if self.long else ()
        for at, head in enumerate(_runs_of(words, HEAD)) if heads else ():
            if head in heads:
                for known in self.long[head]:
                    rest = known.split(" ")
                    if words[at : at + len(rest)] == rest:
                        yield known

    def value(self) -> dict[str, str]:
        """The runs, each with its place."""
        runs = {" ".join(words): place for words, place in self.short.items()}
        for each in self.long.values():
            runs |= each
        return runs

    @classmethod
    def of(cls, value: dict[str, str]) -> Runs:
        """The runs that `value` returned."""
        runs = cls()
        for run, place in value.items():
            runs.add(run.split(" "), place)
        return runs


def _runs_of(words: list[str], size: int) -> Iterator[tuple[str, ...]]:
    """The runs of `size` words, one from each word."""
    return zip(*(words[start:] for start in range(size)), strict=False)


class Secrets(Struct):
    """Everything to look for."""

    runs: Runs = field(default_factory=Runs)
    whole: Runs = field(default_factory=Runs)
    """Passages all of whose lines are short; on a page, their lines may be cells or items."""
    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By digest: the name and the place of files that only left-out parts use."""
    short: int = 0
    """How many passages are too short to look for."""

    def __bool__(self) -> bool:
        return bool(self.runs or self.whole or self.files)

    def add(self, text: str, place: str) -> None:
        """Add a left-out passage: its text, and the text of its attributes."""
        for match in ATTRIBUTE.finditer(text):
            self._add(match[1] or match[2] or "", place)
        self.short += self._add(TAG.sub(" ", INLINE.sub("", text)), place)

    def add_all(self, other: Secrets) -> None:
        """Add everything from another one."""
        self.runs.add_all(other.runs)
        self.whole.add_all(other.whole)
        self.files |= other.files

    def _add(self, text: str, place: str) -> bool:
        """Add a text's lines, and all runs of their words; returns whether the text is too short."""
        text = decode(text)
        is_long = False
        for spelling in spellings(text):
            for line in spelling.splitlines():
                words = words_of(line)
                if _is_long(words):
                    is_long = True
                    self._add_line(words, place)
        if is_long:
            return False
        words = words_of(split_apart(text))
        if not _is_long(words):
            return bool(words)
        self.whole.add(words, place)
        return False

    def _add_line(self, words: list[str], place: str) -> None:
        """Add each run of words that is just long enough, and the line itself."""
        first, size = 0, 0
        for last, word in enumerate(words):
            size += len(word)
            while size >= LONG:
                run = words[first : last + 1]
                if not "".join(run).isdecimal():
                    self.runs.add(run, place)
                size -= len(words[first])
                first += 1
        self.runs.add(words, place)

    def forget(self, text: str | list[str]) -> None:
        """Remove what occurs in a text that is kept, given as written or as words: it is not secret."""
        for run in self.said_in(text):
            self._drop(run)

    def said_in(self, text: str | list[str]) -> set[str]:
        """Which of these occur in a text, given as written or as words."""
        if not (self.runs or self.whole):
            return set()
        if isinstance(text, list):
            return set(self.found_in(text))
        plain = decode(text)
        views = {plain, *spellings(plain)}
        if "<" in text:
            views.add(TAG.sub(" ", INLINE.sub("", text)))
        return {run for view in views for run in self.found_in(words_of(view))}

    def without(self, runs: Iterable[str]) -> Secrets:
        """A copy without some runs."""
        left = Secrets(files=dict(self.files), short=self.short)
        left.add_all(self)
        for run in runs:
            left._drop(run)
        return left

    def _drop(self, run: str) -> None:
        self.runs.drop(run)
        self.whole.drop(run)

    def found_in(self, words: list[str]) -> Iterator[str]:
        """The runs that occur in a text with these words."""
        yield from self.runs.found_in(words)
        if self.whole:
            yield from self.whole.found_in([word for word in words if word != EDGE])

    def place_of(self, run: str) -> str:
        """The place of a run that was found; empty if it is not among them."""
        return self.runs.place_of(run) or self.whole.place_of(run)

    @classmethod
    def of_runs(cls, runs: Iterable[str]) -> Secrets:
        """Exactly these runs, to look for in other texts, even across their borders."""
        known = {run: run for run in runs}
        return cls(runs=Runs.of(known), whole=Runs.of(known))


def _is_long(words: list[str]) -> bool:
    return sum(map(len, words)) >= LONG and not "".join(words).isdecimal()
