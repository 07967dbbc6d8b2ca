"""The element tree between Markdown and HTML, and its serializer."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from slidegen.patterns import lazy_compile

RAW = "#raw"
"""The tag of an element whose text is finished HTML."""
RUN = "#run"
"""The tag of an element that only groups text and elements, and shows no tag of its own."""
VOID = frozenset({"br", "hr", "img", "input"})
BREAK_BEFORE_CONTENT = frozenset({"blockquote", "dl", "ol", "table", "tbody", "thead", "tr", "ul"})
BREAK_AFTER = BREAK_BEFORE_CONTENT | {
    "dd",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "p",
    "td",
    "th",
}
"""Where `marked` writes line breaks, which are white space to style sheets that put boxes on one line."""

LONE_AMPERSAND = lazy_compile(r"&(?!#?\w+;)", re.ASCII)


def escape(text: str) -> str:
    """Text as HTML; character references in it stay unchanged."""
    if "&" in text:
        text = LONE_AMPERSAND.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def escape_attribute(text: str) -> str:
    """Text as the value of an attribute in double quotes."""
    return escape(text).replace('"', "&quot;")


def raw(html: str) -> Element:
    """An element for finished HTML."""
    element = Element(RAW)
    element.text = html
    return element


def to_html(element: Element) -> str:
    """The element and its content as HTML."""
    pieces: list[str] = []
    _write(element, pieces.append)
    return "".join(pieces)


def inner_html(element: Element) -> str:
    """The element's content as HTML."""
    pieces: list[str] = []
    _write_content(element, pieces.append)
    return "".join(pieces)


def _write(element: Element, write: Callable[[str], None]) -> None:
    tag = element.tag
    if tag == RAW:
        write(element.text or "")
        return
    if tag == RUN:
        _write_content(element, write)
        return
    attributes = element.items()
    if attributes:
        write(f"<{tag}" + "".join(f' {key}="{escape_attribute(value)}"' for key, value in attributes) + ">")
    else:
        write(f"<{tag}>")
    if tag not in VOID:
        if tag in BREAK_BEFORE_CONTENT:
            write("\n")
        _write_content(element, write)
        write(f"</{tag}>")
    if tag in BREAK_AFTER:
        write("\n")


def _write_content(element: Element, write: Callable[[str], None]) -> None:
    text = element.text
    if text:
        write(escape(text))
    for child in element:
        _write(child, write)
        if child.tail:
            write(escape(child.tail))
