"""Finds what a page shows beside the deck: logos, footers, elements that scripts fill, body classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from slidegen.diagnostics import Code, Reporter
from slidegen.html_tags import NOT_SHOWN, START_TAG, TAG, without_tags
from slidegen.patterns import lazy_compile
from slidegen.reading.html_page.html_tokenizer import ESCAPABLE, RAW, Element, inner_html
from slidegen.reading.html_page.parts import PageParts
from slidegen.source import Source, Span

HANDLED_ELSEWHERE = frozenset("script style link meta title base noscript".split())
"""Elements that are handled elsewhere, or that slidegen's pages do not need."""
WRAPPING = ("html", "head", "body")
DROPPED = lazy_compile(rf"{NOT_SHOWN.pattern}|</(?i:{'|'.join(WRAPPING)})\s*+>")
TELLS = lazy_compile(
    r"<(?:(?i:img|canvas|svg|hr|audio|video|object|embed|iframe)\b|[^>]*?\s(?i:id|class)\s*=)"
)
"""The tag of an element that is more than an empty box."""
ROOT_ATTRIBUTES = lazy_compile(r"class|style|dir|id|data-(?!theme\Z)[\w.-]+")
"""Attributes of the page's root and body that style sheets and scripts may use."""


def body_parts(page: Source, parts: PageParts) -> tuple[Span, ...]:
    """The HTML of the page's body without the deck, scripts and style sheets; empty if it shows nothing."""
    kept = [span for span in _between(page, parts) if span.text.strip()]
    return tuple(kept) if _shows("".join(span.text for span in kept)) else ()


def root_attributes(parts: PageParts, name: str) -> Mapping[str, str]:
    """The attributes of the page's `html` or `body` that are kept."""
    element = next((item for item in parts.elements if item.name == name), None)
    if element is None:
        return {}
    return {
        key: item.value
        for key, item in element.attributes.items()
        if item.value and ROOT_ATTRIBUTES.fullmatch(key)
    }


def warn_of_body(body: Sequence[Span], reporter: Reporter) -> None:
    """Report that what surrounds a deck is dropped, since its slides are in a box of the page."""
    message = "what the page shows around the box with its slides is left out"
    hint = "the slides fill the page; put what belongs to them on the slides, or into a file that bodyStart names"
    reporter.report(Code.AROUND_DECK, message, body[0].find(body[0].text.strip()), hint=hint)


def _between(page: Source, parts: PageParts) -> Iterator[Span]:
    """The HTML between elements that are not kept, without comments."""
    body = next((item for item in parts.elements if item.name == "body"), None)
    head = next((item for item in parts.elements if item.name == "head"), None)
    at = body.tag.end if body is not None else inner_html(head).end if head is not None else 0
    sources = {id(item) for item in parts.sources}
    for element in parts.elements:
        if element.tag.start < at:
            continue
        if id(element) in sources or element.name in HANDLED_ELSEWHERE:
            end = _end(page, element)
        elif element.name in WRAPPING:
            end = element.tag.end
        else:
            continue
        yield from _without_comments(Span(page, at, element.tag.start))
        at = end
    yield from _without_comments(Span(page, at, len(page.text)))


def _without_comments(span: Span) -> Iterator[Span]:
    at = 0
    for match in DROPPED.finditer(span.text):
        yield span.within(at, match.start())
        at = match.end()
    yield span.within(at, len(span.text))


def _end(page: Source, element: Element) -> int:
    """Where an element ends, including its end tag."""
    if element.name in ("link", "meta", "base"):
        return element.tag.end
    text = element.name in RAW or element.name in ESCAPABLE
    inner = element.content if text and element.content is not None else inner_html(element)
    closing = TAG.match(page.text, inner.end)
    return closing.end() if closing is not None else inner.end


def _shows(html: str) -> bool:
    """Whether HTML has text, or an element with attributes."""
    return bool(without_tags(html).strip()) or any(TELLS.match(tag[0]) for tag in START_TAG.finditer(html))
