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
INVISIBLE = frozenset(("Cf", "Mn"))
"""Categories of characters that show nothing, or nothing of their own: direction marks, joiners, selectors."""
LATIN = str.maketrans(
    "\u0430\u0441\u0501\u0435\u04bb\u0456\u0458\u04cf\u043e\u0440\u051b\u0455\u0443\u0445\u051d"  # Cyrillic
    "\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u0131",  # Greek, and the i without a dot
    "acdehijlopqsyxwaeikvoptuxi",
)
"""Letters that look like Latin ones."""
CONTAINERS = frozenset(
    "box boxed block slide text content part only note notes section area panel code hidden answer answers".split()
)
"""What authors append to the name of a mark, as in `solution-box`."""
BEFORE = frozenset(
    "my our the full model sample complete worked detailed left right center hidden hide for only".split()
)
"""What authors put before it, as in `full-solution`."""
PARTS = lazy_compile(r"[-_]")
DIGITS = lazy_compile(r"\d+")
PLACES = frozenset("left center right top middle bottom inverse".split())
"""remark's own classes, which are no misspellings."""
NUMBERED = lazy_compile(r"[-_]?\d{1,3}")


def likely(word: str, names: Iterable[str]) -> str:
    """The name that a word, perhaps with a number after it, probably stands for; empty if none.

    Names that differ in numbers alone, as `hint1` and `hint2`, are different names.
    """
    word = plain(word)
    for name in names:
        known = plain(name)
        if word == known:
            return name
        if word in PLACES or DIGITS.sub("", word) == DIGITS.sub("", known) != known:
            continue
        if len(known) > 3 and one_slip_apart(word, known):
            return name
        if word.startswith(known) and NUMBERED.fullmatch(word, len(known)):
            return name
    return ""


def compound(word: str, names: Iterable[str]) -> str:
    """The name that a word consists of, apart from what makes it the name of a box; empty if none.

    It is only asked for the standard marks: of others, as of `answer`, the box may be another thing.
    """
    parts = PARTS.split(plain(word))
    for name in names if len(parts) > 1 else ():
        known = plain(name)
        if (parts[0] == known and CONTAINERS.issuperset(parts[1:])) or (
            parts[-1] == known and BEFORE.issuperset(parts[:-1])
        ):
            return name
    return ""


def meant_key(key: str) -> str:
    """The key that is probably meant; empty if none."""
    return CLASS if plain(key) == PLURAL else likely(key, KEYS)


def plain(word: str) -> str:
    """A word in lower case and in Latin letters as far as it looks so, without punctuation and what is not seen."""
    if word.isascii():
        return word.strip(AROUND).casefold()
    seen = (
        each for each in unicodedata.normalize("NFKC", word) if unicodedata.category(each) not in INVISIBLE
    )
    return "".join(seen).strip(AROUND).casefold().translate(LATIN)


def words_in(value: str) -> list[str]:
    """The words of a property's value, whatever separates them."""
    return BETWEEN.sub(" ", value).split()
