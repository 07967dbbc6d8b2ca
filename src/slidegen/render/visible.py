"""HTML without what a page of a variant must not hold: elements of some classes, and comments."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from slidegen.deck.html_marks import (
    COMMENT,
    TEXT_ONLY,
    Cut,
    Cutter,
    comments_in,
    css_comments,
    end_of_text_only,
    read_tag,
    script_comments,
    without_cuts,
)
from slidegen.render.assets.nesting import is_within

MARKUP = re.compile(r"<!--|<[!?](?![dD][oO][cC][tT])[^>]*>?|<(?P<name>[a-zA-Z][^\s/>]*+)")
XML = re.compile(r"<!--|<(?P<name>[a-zA-Z][^\s/>]*+)")


def without_comments(html: str, markup: re.Pattern[str] = MARKUP, *, scripts: bool = True) -> str:
    """HTML without its comments, and without those in its style sheets and, with `scripts`, in its scripts."""
    if not any(sign in html for sign in ("<!", "<?", "/*", "//")):
        return html
    cuts, at = [], 0
    while match := markup.search(html, at):
        if match["name"] is None:
            comment = COMMENT.match(html, match.start()) if match[0] == "<!--" else match
            at = comment.end() if comment else len(html)
            cuts.append(Cut(match.start(), at))
            continue
        tag = read_tag(html, match)
        at = tag.end
        if tag.name in TEXT_ONLY:
            at = end_of_text_only(html, tag)
            if scripts or tag.name == "style":
                cuts += comments_in(html, tag, at)
    return without_cuts(html, cuts)


@dataclass(frozen=True, slots=True)
class Cleaner:
    """Takes out of files that come into a page, or beside it, what a variant is without."""

    classes: frozenset[str]

    def __call__(self, media_type: str, data: bytes) -> bytes:
        """A file's bytes; the same where it is no text that may hold comments."""
        kind = next((name for name in ("svg", "html", "css", "javascript") if name in media_type), "")
        if not kind:
            return data
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data
        left = self.text(kind, text)
        return data if left == text else left.encode()

    def text(self, kind: str, text: str) -> str:
        """The text of a drawing, page, style sheet or script."""
        if kind == "css":
            return without_cuts(text, css_comments(text, 0, len(text)))
        if kind == "javascript":
            return without_cuts(text, script_comments(text, 0, len(text)))
        return without_comments(_without_marked(text, self.classes), XML if kind == "svg" else MARKUP)


def _without_marked(text: str, classes: frozenset[str]) -> str:
    """A file's markup without the elements of these classes, all else as it is written."""
    if "class" not in text.lower():
        return text
    cutter = Cutter(lambda tag: not classes.isdisjoint(tag.classes), lambda *_: None, lambda *_: None)
    return without_cuts(text, [cut for cut in cutter.cuts(text) if not text.startswith("<!--", cut.start)])


def with_clean_pages(html: str, classes: frozenset[str]) -> str:
    """HTML in which the pages that stand in `srcdoc` attributes are without such elements and comments, too."""
    if "srcdoc" not in html.lower():
        return html
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html, is_fragment=True)
    for node in tree.css("[srcdoc]"):
        node.attrs["srcdoc"] = Cleaner(classes).text("html", node.attributes["srcdoc"] or "")
    return tree.html or ""


def without_elements(html: str, classes: Collection[str]) -> str:
    """HTML without the elements of these classes; the same object where there are none."""
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
