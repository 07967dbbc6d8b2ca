"""Splits an HTML page into its parts: the deck, scripts and style sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape
from typing import Protocol

from msgspec import Struct

from slidegen.patterns import lazy_compile
from slidegen.reading.html_page import superseded_scripts
from slidegen.reading.html_page.html_tokenizer import Element, read_elements
from slidegen.reading.html_page.script_reading import Script
from slidegen.reading.source_deck import WrittenScript, WrittenSheet
from slidegen.source import Source, Span

SOURCE_ID = "source"
READ_FROM = lazy_compile(
    r"\bsource[\"']?\s*+:\s*+(?:(?:window\.)?document\s*+\.\s*+(?:getElementById|querySelector)|\$|jQuery)"
    r"\(\s*+[\"'`]#?([\w-]++)[\"'`]\s*+\)\s*+\.\s*+(?:value|innerHTML|textContent|innerText|(?:html|text|val)\(\))"
)
"""How a page gives remark the text of an element with another id."""
NO_SCRIPT = frozenset(("text/template", "text/x-mathjax-config", "text/markdown", "text/x-markdown"))
SCRIPT_TYPES = frozenset(("", "text/javascript", "application/javascript", "module", "text/ecmascript"))


class PageResources(Protocol):
    """The files beside a page."""

    def script(self, reference: str) -> Source | None:
        """The script that a reference names; None if it cannot be read."""

    def deck(self, reference: str, place: Span) -> Source:
        """The text of the deck that `sourceUrl` names; raises DeckError if it cannot be read."""


class PageParts(Struct, frozen=True):
    """The parts of a page."""

    elements: Sequence[Element]
    sources: Sequence[Element]
    """Those in which remark looks for the deck."""
    scripts: Sequence[Element]

    @property
    def handler(self) -> Span | None:
        """The script in `<body onload="...">`."""
        body = next((item for item in self.elements if item.name == "body"), None)
        return body.place("onload") if body is not None and body.get("onload").strip() else None

    @property
    def outside(self) -> Iterator[Span]:
        """The tags of the page and the content of its text elements, except the deck's."""
        sources = {id(item) for item in self.sources}
        for element in self.elements:
            if id(element) not in sources:
                yield element.tag
                if element.content is not None:
                    yield element.content


def page_parts(page: Source) -> PageParts:
    elements = list(read_elements(page))
    read_from = READ_FROM.search(page.text)
    name = read_from[1] if read_from is not None else SOURCE_ID
    return PageParts(
        elements,
        [item for item in elements if item.get("id") == name and item.name not in ("body", "html")],
        [item for item in elements if item.name == "script" and item.get("id") != name],
    )


def read_into(parts: PageParts, beside: PageResources) -> tuple[list[Script], list[int | None]]:
    """The scripts to analyse, including those in local files, and each element's own.

    The script of `<body onload>` runs last.
    """
    scripts: list[Script] = []
    places: list[int | None] = []
    for element in parts.scripts:
        kind = element.get("type").lower().strip()
        reference = element.get("src")
        span: Span | None = element.content if element.content and element.content.text.strip() else None
        if reference:
            file = None if superseded_scripts.is_file(reference) else beside.script(reference)
            tells = file is not None and ("remark" in file.text or "MathJax" in file.text)
            span = Span(file, 0, len(file.text)) if file is not None and tells else None
        if span is None or (kind not in SCRIPT_TYPES and kind != superseded_scripts.MATHJAX_TYPE):
            places.append(None)
            continue
        places.append(len(scripts))
        scripts.append(Script(span))
    if parts.handler is not None:
        scripts.append(Script(parts.handler))
    return scripts, places


def author_scripts(
    parts: PageParts, scripts: Sequence[Script], places: Sequence[int | None]
) -> Iterator[WrittenScript]:
    """The scripts to keep, reduced to the author's own part."""
    for element, place in zip(parts.scripts, places, strict=True):
        attributes = {name: item.value for name, item in element.attributes.items()}
        reference = element.get("src")
        if reference and superseded_scripts.is_file(reference):
            continue
        if place is None:
            text = element.content.text if element.content is not None else ""
            kind = element.get("type").lower()
            if reference or (text.strip() and kind not in NO_SCRIPT):
                yield WrittenScript(attributes, "" if reference else text, element.place("src"))
            continue
        script = scripts[place]
        if reference and script.kept == script.span.text:
            yield WrittenScript(attributes, "", element.place("src"))
        elif script.kept.strip():
            attributes.pop("src", None)
            yield WrittenScript(attributes, script.kept, script.span)
    if parts.handler is not None and scripts[-1].kept.strip():
        yield WrittenScript({}, unescape(scripts[-1].kept), parts.handler)


def style_sheets(parts: PageParts) -> Iterator[WrittenSheet]:
    """The author's style sheets in order."""
    for element in parts.elements:
        media = element.get("media")
        if element.name == "style" and element.content is not None:
            if element.content.text.strip() and not superseded_scripts.STYLE.search(element.tag.text):
                yield WrittenSheet("", element.content, media)
        elif element.name == "link" and "stylesheet" in element.get("rel").lower().split():
            reference = element.get("href")
            alternate = "alternate" in element.get("rel").lower().split()
            if reference and not alternate and not superseded_scripts.is_file(reference):
                yield WrittenSheet(reference, element.place("href"), media)
