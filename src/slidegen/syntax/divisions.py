"""Finds `:::` divisions: an opening line with a name, and the closing line that belongs to it on the same slide."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, auto

from msgspec import Struct

from slidegen.patterns import lazy_compile

OPENING = lazy_compile(
    r" {0,3}:{3,}[ \t]*(?:\{(?P<attributes>[^{}\n]*)\}|(?P<name>[a-zA-Z_][\w-]*(?:\.[\w-]+)*))[ \t]*:*[ \t]*"
)
"""As in Pandoc: a name, or attributes in braces; colons may follow."""
CLOSING = lazy_compile(r" {0,3}:{3,}[ \t]*")
ATTRIBUTE = lazy_compile(
    r"""\.(?P<class>[\w-]+)|\#(?P<id>[\w:.-]+)|(?P<key>[a-zA-Z_][\w:.-]*)="""
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'{}=<>`]+))"""
)
ATTRIBUTES = lazy_compile(
    rf"\{{\s*(?:(?:{re.sub(r'[?]P<[a-z]+>', '?:', ATTRIBUTE.pattern)})(?:\s+|(?=\}})))+\}}"
)
"""Attributes in braces, complete."""
PLAIN = frozenset("id class style title lang dir role width height alt loading target rel".split())
"""HTML's own attributes; others become `data-`, as in Pandoc."""
LENGTHS = frozenset(("width", "height"))


class Attributes(Struct, frozen=True):
    """What stands in braces: `{#id .class key=value}`."""

    classes: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    """Others by name, each once; of repeated ones, the last."""

    def value(self, name: str) -> str:
        """An attribute's value; empty if it has none."""
        return dict(self.values).get(name, "")


def read_attributes(text: str) -> Attributes:
    """The attributes in a text between braces; lengths that HTML has no attribute for become a style."""
    classes: list[str] = []
    values: dict[str, str] = {}
    styles: list[str] = []
    for match in ATTRIBUTE.finditer(text):
        if match["class"] is not None:
            classes.append(match["class"])
            continue
        if match["id"] is not None:
            values["id"] = match["id"]
            continue
        key = match["key"].lower()
        value = next(match[kind] for kind in ("double", "single", "bare") if match[kind] is not None)
        if key == "class":
            classes += value.split()
        elif key in LENGTHS and not value.isdecimal():
            styles.append(f"{key}: {value.partition(';')[0]}")
        elif key == "style":
            styles.append(value)
        else:
            values[key if key in PLAIN or key.startswith(("data-", "aria-")) else f"data-{key}"] = value
    if styles:
        values["style"] = "; ".join(styles)
    return Attributes(tuple(dict.fromkeys(classes)), tuple(values.items()))


def division(line: str) -> Attributes | None:
    """The attributes of a line that opens a division; None for another line."""
    match = OPENING.fullmatch(line)
    if match is None:
        return None
    if match["name"] is not None:
        return Attributes(tuple(match["name"].split(".")))
    found = read_attributes(match["attributes"])
    return found if found.classes or found.values else None


class ColonEvent(Enum):
    """Events that determine which lines of colons belong together."""

    OPENING = auto()
    CLOSING = auto()
    CLASS = auto()
    """A content class begins."""
    CLASS_END = auto()
    SLIDE = auto()
    """Another slide, or the notes of this one, begin."""


def division_pairs(events: Iterable[tuple[int, ColonEvent]]) -> dict[int, int]:
    """Maps opening lines to their closing lines, by the numbers of the events.

    A content class that begins in a division ends in it, and the other way round.
    """
    closing: dict[int, int] = {}
    opened: list[tuple[int, ColonEvent]] = []
    for number, event in events:
        if event in (ColonEvent.OPENING, ColonEvent.CLASS):
            opened.append((number, event))
        elif event is ColonEvent.CLOSING:
            if opened and opened[-1][1] is ColonEvent.OPENING:
                closing[opened.pop()[0]] = number
        elif event is ColonEvent.CLASS_END:
            while opened and opened.pop()[1] is not ColonEvent.CLASS:
                pass
        elif not any(each is ColonEvent.CLASS for _, each in opened):
            opened.clear()
    return closing
