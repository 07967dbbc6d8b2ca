"""Links, images and footnote references."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from msgspec import Struct

from slidegen.render.dialect.conversion_state import LinkTarget
from slidegen.render.dialect.footnotes import NAME as FOOTNOTE_NAME
from slidegen.render.dialect.footnotes import reference
from slidegen.render.dialect.inlines import Inline, InlineRule, Scan
from slidegen.render.dialect.patterns import compiled
from slidegen.render.dialect.tree import RUN, raw
from slidegen.syntax.divisions import ATTRIBUTES, read_attributes

PLACES = frozenset(("left", "right", "center"))
PLACED = "slidegen-placed"
"""The class of a picture that another of its classes moves aside."""
STRAY_BRACKET = compiled(r"[^\[\]]*+\]")
MAX_STRAY_BRACKETS = 4
"""How many unmatched closing brackets a link's text may have."""
CLOSING = compiled(r"\)")
TITLE_START = compiled(r"(?<!\s)\s++['\"]")
TITLE_END = compiled(r"['\"]\s*+\)")
BALANCED = compiled(r"\s*+(?>(?:[^()\s]++|\([^()\s]*+\))*)(?=\s*+\)|\s++['\"])")
"""An address with parentheses in it. remark ends it at the first closing one."""
MAX_NAME_LENGTH = 999
"""Limit for the characters of a link's name, as in CommonMark."""
NAME = compiled(rf"\s*+\[([^\]]{{0,{MAX_NAME_LENGTH}}}+)\]")
FOOTNOTE = compiled(rf"\[\^({FOOTNOTE_NAME})\]")


class FootnoteReference(InlineRule):
    """`[^id]`."""

    opening = "["

    def read(self, scan: Scan, at: int) -> Inline | None:
        """A mark; whether the footnote exists is only known once the slide is complete."""
        match = FOOTNOTE.match(scan.text, at)
        if match is None or scan.in_link or scan.text.startswith("(", match.end()):
            return None
        return raw(reference(match[1])), match.end()


class LinkOrImage(InlineRule):
    """`[text](url "title")`, `[text][id]`, `[id]`, and the same after `!`."""

    opening = "[!"

    def read(self, scan: Scan, at: int) -> Inline | None:
        """The link or image; None if it has no address and nothing defines one."""
        image = scan.text[at] == "!"
        start = at + 2 if image else at + 1
        if image and not scan.text.startswith("[", at + 1):
            return None
        end = scan.closing_bracket(start - 1)
        if end < 0:
            return None
        label = _Label(scan, image, start, end)
        found = label.with_address() or label.with_reference()
        if found is not None:
            return with_attributes(scan, *found) if scan.text.startswith("{", found[1]) else found
        if not image and scan.text.startswith("{", end + 1):
            return _span(scan, start, end)
        return None


def with_attributes(scan: Scan, element: Element | str, at: int) -> Inline:
    """A link or image with the attributes in braces after it, as in `![](a.png){width=50% .right}`."""
    braces = ATTRIBUTES.match(scan.text, at)
    if braces is None or isinstance(element, str) or element.tag == RUN:
        return element, at
    found = read_attributes(scan.conversion.fragments.as_text(braces[0]))
    if found.classes:
        placed = (PLACED,) if element.tag == "img" and not PLACES.isdisjoint(found.classes) else ()
        element.set("class", " ".join((*found.classes, *placed)))
    for name, value in found.values:
        element.set(name, value)
    return element, braces.end()


def _span(scan: Scan, start: int, end: int) -> Inline | None:
    """Text in brackets followed by attributes, as in `[text]{.red}`."""
    element = Element("span")
    element.text = scan.text[start:end]
    made, after = with_attributes(scan, element, end + 1)
    return (made, after) if after > end + 1 else None


class _Label(Struct, frozen=True):
    """The text in the brackets of a link or image."""

    scan: Scan
    image: bool
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.scan.text[self.start : self.end]

    def with_address(self) -> Inline | None:
        """The link, if an address in parentheses follows."""
        text, end = self.scan.text, self.end
        for _ in range(MAX_STRAY_BRACKETS):
            if text.startswith("(", end + 1):
                found = _address(self.scan, end + 2)
                if found is not None:
                    link, after = found
                    return _Label(self.scan, self.image, self.start, end).leading_to(link), after
            stray = STRAY_BRACKET.match(text, end + 1)
            if stray is None:
                return None
            end = stray.end() - 1
        return None

    def with_reference(self) -> Inline | None:
        """The link, if it is defined under the name in the following brackets, or in these."""
        own = self.text if self.end - self.start <= MAX_NAME_LENGTH else ""
        name = NAME.match(self.scan.text, self.end + 1)
        if name is not None:
            link = self.scan.conversion.link(name[1] or own)
            if link is not None:
                return self.leading_to(link), name.end()
        link = self.scan.conversion.link(own)
        return (self.leading_to(link), self.end + 1) if link is not None else None

    def leading_to(self, link: LinkTarget) -> Element:
        """The element. A link within a link is reduced to its text."""
        as_text = self.scan.conversion.fragments.as_text
        if self.image:
            element = Element("img", {"src": as_text(link.url), "alt": as_text(self.text)})
        else:
            element = Element(RUN) if self.scan.in_link else Element("a", {"href": as_text(link.url)})
            element.text = self.text
        if link.title and element.tag != RUN:
            element.set("title", as_text(link.title))
        return element


def _address(scan: Scan, start: int) -> tuple[LinkTarget, int] | None:
    """The address and title after a parenthesis, and the offset after the closing one."""
    text = scan.text
    closing = scan.next(CLOSING, start)
    if closing < 0:
        return None
    balanced = BALANCED.match(text, start)
    if balanced is not None and closing < balanced.end():
        closing = text.find(")", balanced.end())
        if closing < 0:
            return None
    title = TITLE_START.search(text, start, closing)
    title_end = scan.next(TITLE_END, title.end()) if title else -1
    if title is None or title_end < 0:
        return LinkTarget(_bare(text[start:closing])), closing + 1
    after = text.find(")", title_end) + 1
    return LinkTarget(_bare(text[start : title.start()]), text[title.end() : title_end]), after


def _bare(address: str) -> str:
    return address.strip().removeprefix("<").removesuffix(">")
