"""Tells whether words, keys and values look like those of marks."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from slidegen.deck.near_words import CLASS, OTHER_KEYS, compound, likely, meant_key, plain, words_in
from slidegen.deck.variants import MARKS


class MarkNames(Struct, frozen=True):
    """The names that mark parts of a deck, to compare others with."""

    classes: frozenset[str]
    """The classes that are left out."""
    variants: frozenset[str]
    """The names of all variants."""

    def of_class(self, word: str) -> str:
        """The class that a word probably stands for; empty if none."""
        return likely(word, self.classes) or compound(word, self.classes.intersection(MARKS))

    def first_class(self, words: Iterable[str]) -> str:
        """The first class that one of some words probably stands for; empty if none."""
        return next(filter(None, map(self.of_class, words)), "")

    def are_marked(self, key: str, value: str) -> bool:
        """Whether a key and its value look like a mark."""
        words = words_in(value.strip().removesuffix("-->"))
        if plain(key) in OTHER_KEYS:
            return bool(words) and all(word in self.variants for word in words)
        meant = meant_key(key)
        if not meant:
            return False
        if meant == CLASS:
            named = [bool(self.of_class(word)) for word in words]
            return (
                any(named)
                and len(words) < 5
                and all(known or word[:1].islower() for known, word in zip(named, words, strict=True))
            )
        return bool(words) and all(likely(word, self.variants) for word in words)
