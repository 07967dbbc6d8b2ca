"""Finds where a page's scripts refer to the deck's element, or to slides by index."""

from __future__ import annotations

from collections.abc import Iterator

from slidegen.patterns import lazy_compile
from slidegen.reading.javascript.static_values import quoted
from slidegen.reading.javascript.tokens import Expression, ScriptTokenKind
from slidegen.source import Span

ASKS_SOURCE = lazy_compile(
    r"getElementById\(\s*[\"'`]source[\"'`]|[\"'`](?:textarea|pre|div|script|xmp)?#source\b"
)
"""How scripts find the deck's element."""
BY_CLASS = lazy_compile(
    r"(?:getElementsByClassName|querySelectorAll)\(\s*[\"'`]\.?(remark-slide(?:-[a-z]+)?)[\"'`]\s*\)"
)
"""How scripts find something on every slide."""
BY_INDEX = lazy_compile(r"get(?:Current)?SlideIndex|getSlides\b")
FINDING = frozenset(("getElementById", "querySelector", "$", "jQuery"))
NAMES = frozenset(("source", "#source", "textarea#source"))
TEXTS = frozenset(("value", "innerHTML", "textContent", "innerText", "outerHTML", "text", "defaultValue"))
ASSIGNING = frozenset(("=", "+="))
CHANGING = frozenset(
    "append prepend replaceWith insertAdjacentHTML insertAdjacentText appendChild insertBefore setRangeText".split()
)
"""Methods that change an element's text."""
OF_JQUERY = frozenset(("html", "text", "val", "load"))
"""Methods of jQuery that change it if they have an argument."""


def asks_for_source(text: str) -> bool:
    """Whether a script looks for the deck's element."""
    return ASKS_SOURCE.search(text) is not None


def paired_classes(text: str) -> frozenset[str]:
    """The classes of elements that a script pairs with slides by index."""
    return frozenset(BY_CLASS.findall(text)) if BY_INDEX.search(text) else frozenset()


def changes_of_source(code: Expression, names: set[str]) -> Iterator[Span]:
    """Where a statement changes the text of the deck's element; `names` are its names, and are extended."""
    texts = code.texts
    for at, after in _elements(code):
        before = at - 2 if texts[at - 1 : at] == ["."] else at
        if texts[before - 1 : before] == ["="] and code.tokens[before - 2].kind is ScriptTokenKind.NAME:
            names.add(texts[before - 2])
        if _changes(texts, after):
            yield code[at:after].span
    for at, token in enumerate(code.tokens):
        is_element = (
            token.kind is ScriptTokenKind.NAME and token.text in names and texts[at - 1 : at] != ["."]
        )
        if is_element and _changes(texts, at + 1):
            yield code[at : at + 3].span


def _elements(code: Expression) -> Iterator[tuple[int, int]]:
    """Each call that returns the deck's element: where it begins, and what follows it."""
    texts = code.texts
    for at, token in enumerate(code.tokens):
        if token.text in FINDING and texts[at + 1 : at + 2] == ["("] and texts[at + 3 : at + 4] == [")"]:
            given = code.tokens[at + 2]
            text = given.text.strip("`") if given.kind is ScriptTokenKind.TEMPLATE else quoted(given.text)
            if given.kind in (ScriptTokenKind.STRING, ScriptTokenKind.TEMPLATE) and text in NAMES:
                yield at, at + 4


def _changes(texts: list[str], after: int) -> bool:
    if texts[after : after + 1] != ["."] or len(texts) < after + 3:
        return False
    name, following = texts[after + 1 : after + 3]
    if name in TEXTS and following in ASSIGNING:
        return True
    if following != "(":
        return False
    return name in CHANGING or (name in OF_JQUERY and texts[after + 3 : after + 4] != [")"])
