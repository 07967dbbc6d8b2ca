"""Finds the rules of a style sheet that only style elements of classes that a variant leaves out.

They would change nothing, but what they say, as in `content:`, would be in the page.
"""

from __future__ import annotations

from collections.abc import Collection

from slidegen.deck.html_marks import Cut
from slidegen.render.assets.css_syntax import TOKEN
from slidegen.render.page.selectors import Complex, Needed, parsed_selectors


def dead_rules(css: str, start: int, end: int, classes: Collection[str]) -> list[Cut]:
    """The rules to remove from a part of a text that is a style sheet, in order."""
    part = css[start:end]
    if not any(name in part for name in classes):
        return []
    cuts: list[Cut] = []
    open_: list[bool] = []
    """For each open bracket, whether it is a brace."""
    begin, dead = start, -1
    for match in TOKEN.finditer(css, start, end):
        if match["open"]:
            brace = match[0] == "{"
            open_.append(brace)
            if brace and dead < 0:
                if _is_dead(_selectors(css, begin, match.start()), classes):
                    dead = len(open_)
                else:
                    begin = match.end()
        elif match["close"] and open_:
            brace = open_.pop()
            if dead == len(open_) + 1:
                cuts.append(Cut(begin, match.end()))
                dead = -1
            if brace and dead < 0:
                begin = match.end()
        elif match["end"] == ";" and dead < 0 and not (open_ and not open_[-1]):
            begin = match.end()
    if dead >= 0:
        cuts.append(Cut(begin, end))
    return cuts


def _selectors(css: str, start: int, end: int) -> str:
    """What comes before a brace, without its comments."""
    found = TOKEN.finditer(css, start, end)
    at, pieces = start, []
    for match in found:
        if match["comment"]:
            pieces.append(css[at : match.start()])
            at = match.end()
    return " ".join((*pieces, css[at:end])).strip()


def _is_dead(selectors: str, classes: Collection[str]) -> bool:
    if selectors.startswith("@") or not any(name in selectors for name in classes):
        return False
    return not _can_match(parsed_selectors(selectors), classes)


def _can_match(selectors: tuple[Complex, ...], classes: Collection[str]) -> bool:
    """Whether one of some selectors can match where no element has any of the classes."""
    return any(
        all(
            not (need.kind == "class" and need.name in classes)
            if isinstance(need, Needed)
            else _can_match(need.selectors, classes)
            for need in each
        )
        for each in selectors
    )
