"""What a slide shows where a file is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

CLASS = "slidegen-missing"
KEPT = ("id", "title", "align", "hidden", "lang", "dir")


def missing(parser: LexborHTMLParser, node: LexborNode, what: str, name: str) -> LexborNode:
    """An element that names the missing file and takes its room, in place of the element that uses it."""
    given = node.attributes
    element = parser.create_node("span")
    element.attrs["class"] = " ".join(filter(None, (CLASS, given.get("class"))))
    element.attrs["role"] = "img"
    element.attrs["aria-label"] = f"Missing {what}: {name}"
    for attribute in KEPT:
        if attribute in given:
            element.attrs[attribute] = given[attribute] or ""
    style = "; ".join(filter(None, (_length(given, "width"), _length(given, "height"), given.get("style"))))
    if style:
        element.attrs["style"] = style
    element.insert_child(name)
    return element


def _length(attributes: dict[str, str | None], name: str) -> str:
    """A `width` or `height` attribute as CSS."""
    text = (attributes.get(name) or "").strip().removesuffix("px")
    number = text.removesuffix("%")
    if not number.replace(".", "", 1).isdecimal() or not number.isascii():
        return ""
    return f"{name}: {number}{'%' if text.endswith('%') else 'px'}"
