"""Holds what a variant leaves out as the words that are looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from slidegen.build.readable import EDGE, INLINE, TAG, decode, spellings, split_apart, words_of
from slidegen.patterns import lazy_compile

LONG = 12
"""Letters and digits from which on words are looked for: fewer are too easily there by chance."""
HEAD = 3
"""Words by whose beginning longer runs are found."""
ATTRIBUTE = lazy_compile(
    r"""\b(?:alt|title|aria-[a-z]+|data-[a-z-]+|content|placeholder|value|label|srcdoc)\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)


class Runs(Struct):
    """Runs of words, each with the place where it stands; written with a space between the words."""

    short: dict[tuple[str, ...], str] = field(default_factory=dict)
    """Runs of up to three words."""
    long: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)
    """Longer ones, by their first words."""

    def __bool__(self) -> bool:
        return bool(self.short or self.long)

    def add(self, words: list[str], place: str) -> None:
        """Look for these words."""
        if len(words) <= HEAD:
            self.short.setdefault(tuple(words), place)
        else:
            self.long.setdefault(tuple(words[:HEAD]), {}).setdefault(" ".join(words), place)

    def add_all(self, other: Runs) -> None:
        """Look for all that another one holds, too."""
        for words, place in other.short.items():
            self.short.setdefault(words, place)
        for head, runs in other.long.items():
            own = self.long.setdefault(head, {})
            for run, place in runs.items():
                own.setdefault(run, place)

    def drop(self, run: str) -> None:
        """Look for these words no more."""
        words = tuple(run.split(" "))
        self.short.pop(words, None)
        runs = self.long.get(words[:HEAD], {})
        runs.pop(run, None)
        if not runs:
            self.long.pop(words[:HEAD], None)

    def place_of(self, run: str) -> str:
        """Where a run stands; empty for one that is not looked for."""
        words = tuple(run.split(" "))
        return self.short.get(words) or self.long.get(words[:HEAD], {}).get(run, "")

    def found_in(self, words: list[str]) -> Iterator[str]:
        """The runs that stand in a text with these words."""
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
        """The runs again."""
        runs = cls()
        for run, place in value.items():
            runs.add(run.split(" "), place)
        return runs


def _runs_of(words: list[str], size: int) -> Iterator[tuple[str, ...]]:
    """Each word with those after it."""
    return zip(*(words[start:] for start in range(size)), strict=False)


class Secrets(Struct):
    """What is looked for."""

    runs: Runs = field(default_factory=Runs)
    whole: Runs = field(default_factory=Runs)
    """Passages all of whose lines are short; on a page their lines may be cells or items."""
    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By digest: the name and the place of files that only left-out parts use."""
    short: int = 0
    """Passages that are too short to be looked for."""

    def __bool__(self) -> bool:
        return bool(self.runs or self.whole or self.files)

    def add(self, text: str, place: str) -> None:
        """A passage that is left out: its text, and what its attributes say."""
        for match in ATTRIBUTE.finditer(text):
            self._add(match[1] or match[2] or "", place)
        self.short += self._add(TAG.sub(" ", INLINE.sub("", text)), place)

    def add_all(self, other: Secrets) -> None:
        """All that others look for."""
        self.runs.add_all(other.runs)
        self.whole.add_all(other.whole)
        self.files |= other.files

    def _add(self, text: str, place: str) -> bool:
        """Whether a text is too short; what is looked for are its lines, and all runs of their words."""
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
        """Each run of words that has letters enough and no word more, and the line."""
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
        """A text that is kept, or its words: what stands in it is no secret."""
        for run in self.said_in(text):
            self._drop(run)

    def said_in(self, text: str | list[str]) -> set[str]:
        """What of all this stands in a text as somebody writes it, or in its words."""
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
        """The same but for some words."""
        left = Secrets(files=dict(self.files), short=self.short)
        left.add_all(self)
        for run in runs:
            left._drop(run)
        return left

    def _drop(self, run: str) -> None:
        self.runs.drop(run)
        self.whole.drop(run)

    def found_in(self, words: list[str]) -> Iterator[str]:
        """The texts that stand in a text with these words."""
        yield from self.runs.found_in(words)
        if self.whole:
            yield from self.whole.found_in([word for word in words if word != EDGE])

    def place_of(self, run: str) -> str:
        """Where a text stands that was found; empty for one that is not looked for."""
        return self.runs.place_of(run) or self.whole.place_of(run)

    @classmethod
    def of_runs(cls, runs: Iterable[str]) -> Secrets:
        """Just these words, to be looked for in other texts, also across their edges."""
        known = {run: run for run in runs}
        return cls(runs=Runs.of(known), whole=Runs.of(known))


def _is_long(words: list[str]) -> bool:
    return sum(map(len, words)) >= LONG and not "".join(words).isdecimal()
