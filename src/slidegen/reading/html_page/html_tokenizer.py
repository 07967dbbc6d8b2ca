"""Finds the elements of an HTML page and their positions, as a browser's tokenizer does.

HTML parsers build a tree without positions, which diagnostics need. A deck's page has what matters in a few
elements, most of which contain only text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import unescape

from msgspec import Struct

from slidegen.html_tags import ATTRIBUTE, MARKUP, closing_tag, end_tag
from slidegen.patterns import lazy_compile
from slidegen.source import Source, SourceMapBuilder, Span

RAW = frozenset("script style xmp iframe noembed noframes".split())
"""Elements whose content is literal text."""
ESCAPABLE = frozenset(("textarea", "title"))
"""Elements whose content is text with character references."""
DROPS_NEWLINE = frozenset(("textarea", "pre", "listing"))
"""Elements whose content does not include a line break right after their start tag."""
REFERENCE = lazy_compile(r"&amp;quot;|&(?:#[xX]?[0-9a-fA-F]++;?|[a-zA-Z][a-zA-Z0-9]*+;?)|\xa0")
NBSP = "\xa0"


class Attribute(Struct, frozen=True):
    """An attribute's value, with character references decoded, and its place as written."""

    value: str
    span: Span


class Element(Struct, frozen=True):
    """A start tag, and its text if the element contains only text."""

    name: str
    """In lower case."""
    attributes: Mapping[str, Attribute]
    tag: Span
    content: Span | None = None
    """The text between start and end tag of an element that contains only text."""

    def get(self, name: str) -> str:
        """An attribute's value; empty if it is missing."""
        attribute = self.attributes.get(name)
        return attribute.value if attribute is not None else ""

    def place(self, name: str) -> Span:
        """The place of an attribute's value; the tag's if it is missing."""
        attribute = self.attributes.get(name)
        return attribute.span if attribute is not None else self.tag


def read_elements(source: Source) -> Iterator[Element]:
    """The elements of a page in the order of their start tags, without those in comments and text."""
    text, at = source.text, 0
    while match := MARKUP.search(text, at):
        at = match.end()
        if match["name"] is None:
            continue
        name = match["name"].lower()
        attributes, at = _attributes(source, at)
        tag = Span(source, match.start(), at)
        content = None
        if name in RAW or name in ESCAPABLE:
            start = at + (name in DROPS_NEWLINE and text.startswith("\n", at))
            at = _end_tag(text, name, at)
            content = Span(source, start, max(start, at))
        yield Element(name, attributes, tag, content)


def inner_html(element: Element) -> Span:
    """Everything between an element's start tag and its end tag."""
    source, start = element.tag.source, element.tag.end
    start += element.name in DROPS_NEWLINE and source.text.startswith("\n", start)
    closing, _ = closing_tag(source.text, element.name, start)
    return Span(source, start, closing.start() if closing else len(source.text))


def deck_text(element: Element) -> Source:
    """The text that remark reads from its source element, with places in the page.

    It is the element's `innerHTML` with `&lt; &gt; &amp; &quot;` decoded. In a `<textarea>`, other character
    references are already characters, except no-break spaces, which serialising turns into `&nbsp;` again.
    """
    span = element.content or inner_html(element)
    page, decodes = span.source, element.name in ESCAPABLE
    joined, at = SourceMapBuilder(), span.start
    for match in REFERENCE.finditer(page.text, span.start, span.end):
        decoded = _decoded(match[0], decodes)
        if decoded == match[0]:
            continue
        joined.add(page.text[at : match.start()], at)
        joined.add(decoded, match.start())
        at = match.end()
    joined.add(page.text[at : span.end], at)
    return joined.of(page)


def _decoded(reference: str, decodes: bool) -> str:
    if reference == "&amp;quot;":
        return '"'
    if decodes or reference in ("&lt;", "&gt;", "&amp;", "&quot;"):
        return unescape(reference).replace(NBSP, "&nbsp;")
    return "&nbsp;" if reference == NBSP else reference


def _attributes(source: Source, at: int) -> tuple[dict[str, Attribute], int]:
    """The attributes of the tag whose name ends at an offset, and where the tag ends."""
    attributes: dict[str, Attribute] = {}
    while at < len(source.text):
        match = ATTRIBUTE.match(source.text, at)
        if match is None or match.end() == at:
            break
        at = match.end()
        if match["end"]:
            break
        kind = next((kind for kind in ("double", "single", "bare") if match[kind] is not None), "name")
        value = "" if kind == "name" else unescape(match[kind])
        if match["name"].startswith("="):
            continue  # a browser's own name for it, which occurs nowhere else
        attributes.setdefault(match["name"].lower(), Attribute(value, Span(source, *match.span(kind))))
    return attributes, at


def _end_tag(text: str, name: str, at: int) -> int:
    """Where the end tag of an element of text begins; the end of the page if there is none."""
    match = end_tag(name).search(text, at)
    return match.start() if match else len(text)
