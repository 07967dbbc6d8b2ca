"""Strips what a variant's page must not contain from HTML: elements by class, and comments."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Collection
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from msgspec import Struct
from msgspec.structs import replace

from slidegen.deck.html_marks import (
    Cut,
    Cutter,
    comments_in,
    css_comments,
    end_of_text_only,
    find_tags,
    read_tag,
    script_comments,
    without_cuts,
)
from slidegen.html_tags import COMMENT, OPENING, PAGE_OPENING, TEXT_ONLY
from slidegen.patterns import lazy_compile
from slidegen.render.assets.ancestors import is_within
from slidegen.render.html.dead_rules import dead_rules
from slidegen.source import Source, Span

if TYPE_CHECKING:
    from slidegen.deck.near_marks import NearMarks

DATA_URL = lazy_compile(r"\s*data:(?P<type>[^,;]*)(?:;(?!base64)[^,;]*)*(?P<base64>;base64)?,", re.IGNORECASE)
STEP_MARK = lazy_compile(r"<!--/?step \d{1,6}(?:\.\d{1,6})?-->")
"""The comments that `step_diff` puts around what a step adds."""


def without_comments(html: str, markup: re.Pattern[str] = PAGE_OPENING, *, scripts: bool = True) -> str:
    """HTML without its comments, and without those in its style sheets and, with `scripts`, in its scripts.

    The marks of steps stay: the browser needs them to show a slide step by step, and they contain only numbers.
    """
    if not any(sign in html for sign in ("<!", "<?", "/*", "//")):
        return html
    cuts, at = [], 0
    while match := markup.search(html, at):
        if match["name"] is None:
            comment = COMMENT.match(html, match.start()) if match[0] == "<!--" else match
            at = comment.end() if comment else len(html)
            if not STEP_MARK.fullmatch(html, match.start(), at):
                cuts.append(Cut(match.start(), at))
            continue
        tag = read_tag(html, match)
        at = tag.end
        if tag.name in TEXT_ONLY:
            at = end_of_text_only(html, tag)
            if scripts or tag.name == "style":
                cuts += comments_in(html, tag, at)
    return without_cuts(html, cuts)


def without_dead_rules(html: str, classes: Collection[str]) -> str:
    """HTML whose style sheets are free of rules for elements of these classes."""
    if "<style" not in html.lower():
        return html
    cuts: list[Cut] = []
    for tag in find_tags(html):
        if tag.name == "style":
            cuts += dead_rules(html, tag.end, end_of_text_only(html, tag), classes)
    return without_cuts(html, cuts)


MAX_LOOKED_AT = 16_000_000
"""Size in bytes of a linked file beyond which it is data."""
DECKS = frozenset({".md", ".markdown", ".mdown", ".rmd", ".qmd", ".txt"})
"""Suffixes of files that may be written in the language of decks."""
KINDS = ("svg", "html", "css", "javascript", "vtt")
"""Parts of the media types of files that may contain comments."""
CAPTION_COMMENT = lazy_compile(r"^NOTE(?:[ \t][^\n]*)?(?:\n[^\n]+)*\n*", re.MULTILINE)
SRCDOC = lazy_compile(r"""(?i:(?<=\ssrcdoc))\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class Cleaner(Struct, frozen=True):
    """Removes from files that are embedded, or copied beside a page, what a variant leaves out."""

    classes: frozenset[str]
    near: NearMarks | None = None
    """Looks for near misses of marks in files."""

    def __call__(self, media_type: str, data: bytes, shown: str = "") -> bytes:
        """A file's bytes; unchanged if it is not text that may contain comments. `shown` is its path."""
        kind = next((name for name in KINDS if name in media_type), "")
        if not kind:
            return data
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data
        if self.near is not None and kind in ("svg", "html"):
            near = replace(self.near, notes=False)  # elements named after notes are not the deck's
            span = Span(Source(shown, text), 0, len(text))
            if kind == "svg":
                near.drawing(span)
            else:
                near.markup(span)
        left = self.text(kind, text)
        return data if left == text else left.encode()

    def look(self, data: bytes, suffix: str, shown: str) -> None:
        """Report marks in a linked file that is copied as it is."""
        if self.near is None or len(data) > MAX_LOOKED_AT:
            return
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return
        span = Span(Source(shown, text.replace("\r\n", "\n")), 0, len(text))
        self.near.copied(span, is_deck=suffix.lower() in DECKS)

    def text(self, kind: str, text: str) -> str:
        """The text of a drawing, page, style sheet or script."""
        if kind == "css":
            text = without_cuts(text, css_comments(text, 0, len(text)))
            return without_cuts(text, dead_rules(text, 0, len(text), self.classes))
        if kind == "javascript":
            return without_cuts(text, script_comments(text, 0, len(text)))
        if kind == "vtt":
            return CAPTION_COMMENT.sub("", text)
        left = without_comments(
            without_marked(text, self.classes), OPENING if kind == "svg" else PAGE_OPENING
        )
        left = without_dead_rules(left, self.classes)
        return left if kind == "svg" else SRCDOC.sub(self._page_within, left)

    def _page_within(self, match: re.Match[str]) -> str:
        """A `srcdoc` attribute's value, cleaned if necessary."""
        text = unescape(match[1] or match[2] or "")
        left = self.text("html", text)
        return match[0] if left == text else f'="{escape(left)}"'

    def data_url(self, url: str) -> str:
        """A `data:` URL; unchanged if nothing is removed from its content."""
        match = DATA_URL.match(url)
        if match is None:
            return url
        data = unquote_to_bytes(url[match.end() :])
        try:
            data = b64decode(data) if match["base64"] else data
        except ValueError:
            return url
        left = self(match["type"].lower(), data)
        return url if left == data else f"data:{match['type']};base64,{b64encode(left).decode('ascii')}"


def without_marked(text: str, classes: frozenset[str]) -> str:
    """A file's markup without the elements of these classes, otherwise as written."""
    if "class" not in text.lower():
        return text
    cutter = Cutter(lambda tag: not classes.isdisjoint(tag.classes), lambda *_: None, lambda *_: None)
    return without_cuts(text, [cut for cut in cutter.cuts(text) if not text.startswith("<!--", cut.start)])


def with_clean_pages(html: str, classes: frozenset[str]) -> str:
    """HTML whose pages in `srcdoc` attributes are also free of such elements and comments."""
    if "srcdoc" not in html.lower():
        return html
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html, is_fragment=True)
    for node in tree.css("[srcdoc]"):
        node.attrs["srcdoc"] = Cleaner(classes).text("html", node.attributes["srcdoc"] or "")
    return tree.html or ""


def without_elements(html: str, classes: Collection[str]) -> str:
    """HTML without the elements of these classes; the same object if there are none."""
    lower = html.lower()
    if "class" not in lower or not any(name.lower() in lower or "&" in html for name in classes):
        return html
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html, is_fragment=True)
    marked = [
        node
        for node in tree.css("[class]")
        if not set(classes).isdisjoint((node.attributes["class"] or "").split())
    ]
    within = {node.mem_id for node in marked}
    for node in [node for node in marked if not is_within(node, within)]:
        node.decompose()
    return (tree.html or "") if marked else html
