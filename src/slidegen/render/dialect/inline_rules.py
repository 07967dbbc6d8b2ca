"""The simpler inline rules: escapes, raw tags, fragments, bare URLs, code, line breaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from slidegen.render.dialect.fragments import FRAGMENT_MARK, MARKS
from slidegen.render.dialect.inlines import Inline, InlineRule, Scan
from slidegen.render.dialect.literals import ESCAPED, HIDDEN
from slidegen.render.dialect.patterns import SPACE, compiled
from slidegen.render.dialect.tree import raw

CodeSpan = Callable[[str], str]
"""Turns code into `<code>...</code>`."""

ADDRESS = compiled(r"[^ >]+(?:@|:/)[^ >]+")
END_OF_WORD = compiled(f"[ >{MARKS}]")
SCHEME = compiled(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
URL = compiled(rf"https?://[^{SPACE[1:-1]}<{MARKS}]+")
NOT_LAST_IN_URL = ".,:;\"')]"
TAG_START = compiled(r"</?(\w+)")
COMMENT_END = compiled("-->")
HARMLESS = frozenset({"br", "img", "wbr", "input"})
"""Tags that cannot be left open."""
RAW_TEXT = {name: compiled(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style", "textarea")}
"""By element that contains no Markdown, what closes it."""
TICKS = compiled("`+")


class Escape(InlineRule):
    """A backslash before a character that means something in Markdown."""

    opening = "\\"

    def read(self, scan: Scan, at: int) -> Inline | None:
        """The character itself."""
        character = scan.text[at + 1 : at + 2]
        if not character or character not in ESCAPED:
            return None
        return HIDDEN.get(character, character) if scan.conversion.read_again else character, at + 2


class Autolink(InlineRule):
    """`<https://example.org>` or `<who@example.org>`."""

    opening = "<"

    def read(self, scan: Scan, at: int) -> Inline | None:
        """The link; only its text if it is within a link."""
        end = scan.next(END_OF_WORD, at + 1)
        if end < 0 or scan.text[end] != ">":
            return None
        address = scan.text[at + 1 : end]
        if ADDRESS.fullmatch(address) is None:
            return None
        if "@" in address and not SCHEME.match(address):
            return _link(scan, "mailto:" + address, address), end + 1
        return _link(scan, address, address.removeprefix("mailto:")), end + 1


class BareUrl(InlineRule):
    """`https://example.org` in the middle of text, without the punctuation after it."""

    opening = "h"

    def read(self, scan: Scan, at: int) -> Inline | None:
        """The link; only its text if it is within a link."""
        match = URL.match(scan.text, at)
        if match is None:
            return None
        url = match[0].rstrip(NOT_LAST_IN_URL)
        if len(url) < len(match[0].partition("://")[0]) + 5:
            return None
        return _link(scan, url, url), at + len(url)


class RawTag(InlineRule):
    """A tag or a comment, unchanged."""

    opening = "<"

    def read(self, scan: Scan, at: int) -> Inline | None:
        """The tag."""
        text, conversion = scan.text, scan.conversion
        if text.startswith("<!--", at):
            end = scan.next(COMMENT_END, at + 4)
            return (raw(conversion.fragments.in_html(text[at : end + 3])), end + 3) if end >= 0 else None
        start = TAG_START.match(text, at)
        end = scan.tag_end(start.end()) if start else -1
        if start is None or end < 0:
            return None
        name = start[1].lower()
        if name in RAW_TEXT and text[at + 1] != "/":
            closing = scan.next(RAW_TEXT[name], end)
            close = scan.tag_end(closing) if closing >= 0 else -1
            if close >= 0:
                return raw(conversion.fragments.in_html(text[at:close])), close
        if name == "a":
            scan.in_link = text[at + 1] != "/"
        if name not in HARMLESS or text[at + 1] == "/":
            conversion.balanced = False
        return raw(conversion.fragments.in_html(text[at:end])), end


class FragmentInText(InlineRule):
    """A marker for finished HTML."""

    opening = MARKS

    def read(self, scan: Scan, at: int) -> Inline | None:
        """The HTML."""
        mark = FRAGMENT_MARK.match(scan.text, at)
        if mark is None:
            return None
        fragment = scan.conversion.fragments.of(mark)
        if fragment.closes_paragraph:
            scan.conversion.balanced = False
        return raw(fragment.html), mark.end()


class CodeSpanRule(InlineRule):
    """Code between backticks."""

    opening = "`"

    def __init__(self, code_span: CodeSpan) -> None:
        super().__init__()
        self.code_span = code_span

    def read(self, scan: Scan, at: int) -> Inline | None:
        """The code, without spaces at its ends."""
        ticks = TICKS.match(scan.text, at)
        if ticks is None:
            return None
        close = scan.closing_backticks(at, ticks.end())
        if close < 0:
            return ticks[0], ticks.end()
        code = scan.text[ticks.end() : close].strip() or " "
        return raw(self.code_span(scan.conversion.fragments.as_text(code))), close + ticks.end() - at


class Break(InlineRule):
    """Two or more spaces at the end of a line that is not the last."""

    opening = " "

    def __init__(self) -> None:
        super().__init__(r" {2,}\n(?!\s*\Z)")

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        """The line break."""
        del data
        return Element("br"), m.start(), m.end()


def _link(scan: Scan, url: str, text: str) -> Element | str:
    if scan.in_link:
        return text
    element = Element("a", {"href": url})
    element.text = AtomicString(text)
    return element
