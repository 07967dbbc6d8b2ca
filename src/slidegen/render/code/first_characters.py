"""Lets a Pygments lexer skip the rules that cannot begin with the current character.

By itself, it tries every rule of a state at every position, and most fail at the first character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from slidegen.kept import kept

Rule: TypeAlias = tuple[Any, Any, Any]
"""Pygments' form of a rule: the matching method, the token type or callback, the next state."""

FEW = 6
"""States with this few rules are not worth filtering."""
ASCII = "".join(map(chr, range(128)))
ANY = ""
"""For a pattern that can begin with any character."""


class StateRules(Sequence[Rule]):
    """The rules of a state. Iterating yields those that may match at the position of the first call."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._first: Sequence[str] = ()
        """The first characters of each rule; computed when the state is first entered."""
        self._by_character: dict[str, list[Rule]] = {}
        self._here: list[Rule] = []
        self._look_rule: Rule = (self._look, None, None)

    def __len__(self) -> int:
        return len(self._rules)

    def __getitem__(self, index: Any) -> Any:
        return self._rules[index]

    def __iter__(self) -> Iterator[Rule]:
        yield self._look_rule  # Pygments calls it with the position
        yield from self._here

    def _look(self, text: str, at: int, end: int | None = None) -> None:
        character = text[at : at + 1] if end is None or at < end else ""
        found = self._by_character.get(character)
        if found is None:
            if not self._first:
                patterns = (rule[0].__self__ for rule in self._rules)
                self._first = first_of_each(*(f"{pattern.flags} {pattern.pattern}" for pattern in patterns))
            found = [
                rule
                for rule, first in zip(self._rules, self._first, strict=True)
                if first == ANY or character in first or not character.isascii()
            ]
            if character.isascii():
                self._by_character[character] = found
        self._here = found


def choose_rules(lexer: Any) -> None:
    """Make a lexer's class skip rules; one that is not purely a regular expression lexer stays unchanged."""
    tokens = getattr(type(lexer), "_tokens", {})
    rules = [rule for state in tokens.values() for rule in state]
    if all(len(rule) == 3 and isinstance(getattr(rule[0], "__self__", None), re.Pattern) for rule in rules):
        type(lexer)._tokens = {
            state: StateRules(rules) if len(rules) > FEW else rules for state, rules in tokens.items()
        }


@kept(tuple[str, ...])
def first_of_each(*patterns: str) -> tuple[str, ...]:
    """`first_characters` of patterns, each written after its flags and a space."""
    parts = (written.partition(" ") for written in patterns)
    return tuple(first_characters(pattern, int(flags)) for flags, _, pattern in parts)


def first_characters(pattern: str, flags: int) -> str:
    """The ASCII characters with which a match can begin; `ANY` if it can be empty, or that is unknown.

    This uses private parts of `re`. If they are not as in CPython 3.11 to 3.14, every rule is tried.
    """
    try:
        found = _First(flags & ~re.DEBUG).of_pattern(pattern)
    except Exception:  # whatever it is
        return ANY
    return ANY if found is None else "".join(sorted(found)) or "\0"


class _First:
    """Finds what a parsed pattern can begin with; None stands for anything."""

    def __init__(self, flags: int) -> None:
        self.flags = flags
        self.compiler: Any = re._compiler  # type: ignore[attr-defined]

    def of_pattern(self, pattern: str) -> frozenset[str] | None:
        parsed = self.compiler._parser.parse(pattern, self.flags)
        found, empty = self._of(parsed, parsed.state.flags | self.flags)
        return None if empty else found

    def _of(self, parsed: Any, flags: int) -> tuple[frozenset[str], bool]:
        """The first characters of a sequence, and whether it can be empty."""
        characters: frozenset[str] = frozenset()
        for item in parsed.data:
            found, empty = self._of_item(parsed.state, item, flags)
            characters |= found
            if not empty:
                return characters, False
        return characters, True

    def _of_item(self, state: Any, item: tuple[Any, Any], flags: int) -> tuple[frozenset[str], bool]:
        kind, value = str(item[0]), item[1]
        if kind in ("AT", "ASSERT", "ASSERT_NOT"):
            return frozenset(), True
        if kind == "SUBPATTERN":
            _, added, taken, inside = value
            return self._of(inside, (flags | added) & ~taken)
        if kind == "ATOMIC_GROUP":
            return self._of(value, flags)
        if kind == "BRANCH":
            parts = [self._of(part, flags) for part in value[1]]
            return frozenset().union(*(found for found, _ in parts)), any(empty for _, empty in parts)
        if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            found, empty = self._of(value[2], flags)
            return found, empty or value[0] == 0
        if kind in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
            return self._matching(state, item, flags), False
        return frozenset(ASCII), True  # a reference to a group, which may be empty, or something new

    def _matching(self, state: Any, item: tuple[Any, Any], flags: int) -> frozenset[str]:
        """The characters that an item for one character matches, according to the engine itself."""
        single = self.compiler._parser.SubPattern(state, [item])
        one = self.compiler._sre.compile(
            None, flags, self.compiler._code(single, flags), state.groups - 1, {}, (None,) * state.groups
        )
        return frozenset(filter(one.match, ASCII))
