"""Recognises words that are probably misspelled names of marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from slidegen.patterns import lazy_compile
from slidegen.spelling import one_slip_apart

CLASS, ONLY, EXCLUDE = "class", "only", "exclude"
KEYS = (CLASS, ONLY, EXCLUDE)
PLURAL = "classes"
OTHER_KEYS = frozenset(
    "for audience variant variants version versions visible show hide hidden without".split()
)
"""What else people call `only` and `exclude`; it counts with the exact name of a variant only."""
AROUND = "\"'\u201c\u201d\u2018\u2019\u00ab\u00bb.,:;!?()[]{}<>#*_`"
BETWEEN = lazy_compile(r"[,;|/+&]")
INVISIBLE = {0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF}
NUMBERED = lazy_compile(r"[-_]?\d{1,3}")


def likely(word: str, names: Iterable[str]) -> str:
    """The name that a word is likely meant for; empty for none. One with a number after it is, too."""
    word = plain(word)
    for name in names:
        known = name.casefold()
        if word == known or (len(known) > 3 and one_slip_apart(word, known)):
            return name
        if word.startswith(known) and NUMBERED.fullmatch(word, len(known)):
            return name
    return ""


def meant_key(key: str) -> str:
    """The key that is likely meant; empty for none."""
    return CLASS if plain(key) == PLURAL else likely(key, KEYS)


def plain(word: str) -> str:
    """A word in small letters, without the signs around it and those that nobody sees."""
    if not word.isascii():
        word = "".join(each for each in unicodedata.normalize("NFKC", word) if ord(each) not in INVISIBLE)
    return word.strip(AROUND).casefold()


def words_in(value: str) -> list[str]:
    """The words of a property's value, whatever is between them."""
    return BETWEEN.sub(" ", value).split()
