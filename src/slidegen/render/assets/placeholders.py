"""What a slide shows in place of a missing file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MISSING_CLASS = "slidegen-missing"
KEPT = ("id", "title", "align", "hidden", "lang", "dir")


def missing(parser: LexborHTMLParser, node: LexborNode, what: str, name: str) -> LexborNode:
    """An element that names the missing file, to replace the element that uses it at the same size."""
    element = box_of(parser, node, "span", MISSING_CLASS)
    element.attrs["role"] = "img"
    element.attrs["aria-label"] = f"Missing {what}: {name}"
    for attribute in KEPT:
        if attribute in node.attributes:
            element.attrs[attribute] = node.attributes[attribute] or ""
    element.insert_child(name)
    return element


def box_of(parser: LexborHTMLParser, node: LexborNode, tag: str, own_class: str) -> LexborNode:
    """An element with a class, and with the classes and size of another one."""
    given = node.attributes
    element = parser.create_node(tag)
    element.attrs["class"] = " ".join(filter(None, (own_class, given.get("class"))))
    style = "; ".join(filter(None, (_length(given, "width"), _length(given, "height"), given.get("style"))))
    if style:
        element.attrs["style"] = style
    return element


def _length(attributes: dict[str, str | None], name: str) -> str:
    """A `width` or `height` attribute as CSS."""
    text = (attributes.get(name) or "").strip().removesuffix("px")
    number = text.removesuffix("%")
    if not number.replace(".", "", 1).isdecimal() or not number.isascii():
        return ""
    return f"{name}: {number}{'%' if text.endswith('%') else 'px'}"
