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
    "for audience variant variants version versions visible show hide hidden without except unless".split()
)
"""Other words for `only` and `exclude`; they count only with the exact name of a variant."""
AROUND = "\"'\u201c\u201d\u2018\u2019\u00ab\u00bb.,:;!?()[]{}<>#*_`"
BETWEEN = lazy_compile(r"[,;|/+&]")
INVISIBLE = {0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF}
NUMBERED = lazy_compile(r"[-_]?\d{1,3}")


def likely(word: str, names: Iterable[str]) -> str:
    """The name that a word, perhaps with a number after it, probably stands for; empty if none."""
    word = plain(word)
    for name in names:
        known = name.casefold()
        if word == known or (len(known) > 3 and one_slip_apart(word, known)):
            return name
        if word.startswith(known) and NUMBERED.fullmatch(word, len(known)):
            return name
    return ""


def meant_key(key: str) -> str:
    """The key that is probably meant; empty if none."""
    return CLASS if plain(key) == PLURAL else likely(key, KEYS)


def plain(word: str) -> str:
    """A word in lower case, without surrounding punctuation and invisible characters."""
    if not word.isascii():
        word = "".join(each for each in unicodedata.normalize("NFKC", word) if ord(each) not in INVISIBLE)
    return word.strip(AROUND).casefold()


def words_in(value: str) -> list[str]:
    """The words of a property's value, whatever separates them."""
    return BETWEEN.sub(" ", value).split()
