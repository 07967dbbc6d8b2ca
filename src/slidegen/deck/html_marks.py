"""Elements and comments in a slide's raw HTML, matched tag by tag across formulas and content classes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from html import unescape

from msgspec import Struct, field

from slidegen.html_tags import (
    ATTRIBUTE,
    COMMENT,
    OPENING,
    STRIPPED,
    TEXT_ONLY,
    VOID,
    closing_tag,
    end_tag,
    tags_of,
)
from slidegen.patterns import lazy_compile
from slidegen.reading.javascript.tokens import read_code
from slidegen.source import Source, Span
from slidegen.syntax.nodes import Node, Text

OTHER = "\x01"
"""Stands for a node that is not text, and so has no characters of its own here."""
CSS_COMMENT = lazy_compile(
    r"""(?P<string>"(?>(?:[^"\\\n]|\\.)*)"|'(?>(?:[^'\\\n]|\\.)*)'|url\([^)"']*\))|/\*(?>(?:[^*]|\*(?!/))*)(?:\*/|\Z)""",
    re.DOTALL,
)
"""A comment in a style sheet, or a string, which may look like one."""
INLINE = frozenset(
    "a em strong small s cite q dfn abbr data time code var samp kbd sub sup i b u mark ruby rt rp bdi bdo "
    "span br wbr ins del img font button label input select".split()
)
"""Elements that belong in a paragraph; others are blocks, and leave a block behind."""
OF_SVG = frozenset("path circle ellipse rect line polygon polyline use image g text tspan stop".split())
"""Elements that may end in `/>`."""
EMPTY = "<!-- -->"
"""Separates what a removed block or comment used to separate; it never reaches a page."""


class Tag(Struct, frozen=True):
    """A start tag."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    """In order, with character references decoded; a name may occur twice."""
    start: int
    end: int
    closed: bool
    """Whether it has a closing `>`."""
    empty: bool
    """Whether the element can have no content."""

    @property
    def classes(self) -> list[str]:
        """The words of all its `class` attributes."""
        return [word for name, value in self.attributes if name == "class" for word in value.split()]


class Open(Struct, frozen=True):
    """A left-out element that continues in the next step."""

    name: str
    depth: int
    span: Span


class Cut(Struct, frozen=True):
    """A part to remove."""

    start: int
    end: int
    left: str = ""
    """What to put in its place."""


def flat(nodes: Collection[Node]) -> str:
    """The text of nodes, with code and other nodes blanked out."""
    return "".join(without_code(node) if isinstance(node, Text) else OTHER for node in nodes)


def without_code(node: Text) -> str:
    """A text with code blanked out, of the same length and indentation."""
    if not node.code:
        return node.value
    pieces, at = [], 0
    for start, end in node.code:
        end = min(end, len(node.value))
        pieces += [node.value[at:start], re.sub(r"\S", OTHER, node.value[start:end])]
        at = end
    return "".join((*pieces, node.value[at:]))


def read_tag(text: str, match: re.Match[str]) -> Tag:
    """The start tag whose name a match of `OPENING` has found."""
    name, at = match["name"].lower(), match.end()
    attributes: list[tuple[str, str]] = []
    closed = False
    while at < len(text):
        found = ATTRIBUTE.match(text, at)
        if found is None or found.end() == at:
            break
        at = found.end()
        if found["end"]:
            closed = True
            break
        value = next((found[kind] for kind in ("double", "single", "bare") if found[kind] is not None), "")
        attributes.append((found["name"].lower(), unescape(value)))
    slash = closed and text[at - 2 : at - 1] == "/"
    return Tag(
        name=name,
        attributes=tuple(attributes),
        start=match.start(),
        end=at,
        closed=closed,
        empty=name in VOID or (slash and name in OF_SVG),
    )


def find_tags(text: str) -> Iterator[Tag]:
    """The start tags of a text, except those in comments, scripts and style sheets."""
    at = 0
    while match := OPENING.search(text, at):
        if match["name"] is None:
            comment = COMMENT.match(text, match.start())
            at = comment.end() if comment else len(text)
            continue
        tag = read_tag(text, match)
        yield tag
        at = tag.end
        if tag.name in TEXT_ONLY:
            at = end_of_text_only(text, tag)


def end_of_text_only(text: str, tag: Tag) -> int:
    """Where the end tag of an element begins that can contain no elements."""
    match = end_tag(tag.name).search(text, tag.end)
    return match.start() if match else len(text)


def end_of(text: str, name: str, start: int, depth: int = 1) -> tuple[int, int]:
    """The offset after the end tag of an element whose content begins at `start`, and 0.

    If there is none: the length of the text, and how many elements of the name are open.
    """
    closing, depth = closing_tag(text, name, start, depth)
    return (closing.end() if closing else len(text)), depth


def comments_in(text: str, tag: Tag, end: int) -> list[Cut]:
    """The comments in a style sheet or script with this start tag, and what replaces them."""
    if tag.name == "style":
        return css_comments(text, tag.end, end)
    kind = dict(tag.attributes).get("type", "").lower()
    is_javascript = (
        kind in ("", "module", "text/x-mathjax-config") or "javascript" in kind or "ecmascript" in kind
    )
    return script_comments(text, tag.end, end) if tag.name == "script" and is_javascript else []


def css_comments(text: str, start: int, end: int) -> list[Cut]:
    """The comments in a style sheet."""
    found = CSS_COMMENT.finditer(text, start, end) if text.find("/*", start, end) >= 0 else ()
    return [Cut(*match.span(), " ") for match in found if match["string"] is None]


def script_comments(text: str, start: int, end: int) -> list[Cut]:
    """The comments in a script; a line break stays if the comment had one."""
    if all(text.find(sign, start, end) < 0 for sign in ("//", "/*", "<!--")):
        return []
    cuts, at = [], start
    for token in (*read_code(Span(Source("", text), start, end)).tokens, None):
        until = end if token is None else start + token.start
        gap = text[at:until]
        if "/" in gap or "<!--" in gap:
            cuts.append(Cut(at, until, "\n" if "\n" in gap else " "))
        at = until if token is None else start + token.end
    return cuts


def without_cuts(text: str, cuts: list[Cut]) -> str:
    """A text with some parts removed or replaced."""
    pieces, at = [], 0
    for cut in cuts:
        pieces += [text[at : cut.start], cut.left]
        at = cut.end
    return "".join((*pieces, text[at:])) if cuts else text


class EndTags(Struct):
    """Follows the tags of a name through the text of a slide, which grows step by step."""

    depth: int = 0
    """How many elements that are kept are open."""
    cut: int = 0
    """The number of removed elements that have ended."""
    at: int = 0
    """Where the tags end that have been read."""

    def behind(self, text: str, name: str, cuts: Sequence[Cut]) -> Iterator[tuple[int, int]]:
        """Where end tags follow removed elements without belonging to an element that is kept.

        Those with nothing between the removed element and themselves are not included.
        """
        depth, cut, read = self.depth, self.cut, self.at
        endless: set[str] = set()
        for match in tags_of(text, name, self.at, endless):
            read = match.end()
            while cut < len(cuts) and cuts[cut].end <= match.start():
                cut += 1
            if cut < len(cuts) and cuts[cut].start <= match.start():
                continue
            depth += -1 if match["close"] else 1
            if depth < 0:
                depth = 0
                if cut and STRIPPED.sub("", text[cuts[cut - 1].end : match.start()]).strip():
                    yield match.span()
        if not endless:  # a later step may end what hides tags that have been read
            self.depth, self.cut, self.at = depth, cut, read


class Cutter(Struct):
    """Finds what to remove from the text of one level: elements of some classes, and comments."""

    is_marked: Callable[[Tag], bool]
    on_comment: Callable[[str, int], None]
    """Called with the content of each comment and its offset."""
    on_open: Callable[[int, int, str], None]
    """Called with the place and name of something that begins here and does not end."""
    carried: Open | None = None
    """An element that an earlier step left open; afterwards, what is open at the end of this text."""
    elements: dict[str, list[Cut]] = field(default_factory=dict)
    """The elements that were found, by the names of their tags."""

    def cuts(self, text: str, *, continues: Callable[[int, int], Span] | None = None) -> list[Cut]:
        """The parts to remove, in order; `continues` returns a place where an element may go on in a later step."""
        cuts: list[Cut] = []
        at = 0
        if self.carried is not None:
            at, depth = end_of(text, self.carried.name, 0, self.carried.depth)
            cuts.append(Cut(0, at))
            self.elements.setdefault(self.carried.name, []).append(cuts[-1])
            self.carried = Open(self.carried.name, depth, self.carried.span) if depth else None
        while match := OPENING.search(text, at):
            if match["name"] is None:
                comment = COMMENT.match(text, match.start())
                if comment is None:
                    self.on_open(match.start(), match.end(), "comment")
                    cuts.append(Cut(match.start(), len(text)))
                    break
                at = comment.end()
                self.on_comment(text[match.end() : at], match.end())
                cuts.append(Cut(match.start(), at, EMPTY))
                continue
            tag = read_tag(text, match)
            at = tag.end
            if tag.closed and self.is_marked(tag):
                at = self._element(text, tag, cuts, continues)
            elif tag.name in TEXT_ONLY:
                at = end_of_text_only(text, tag)
                cuts += comments_in(text, tag, at)
        return cuts

    def _element(
        self, text: str, tag: Tag, cuts: list[Cut], continues: Callable[[int, int], Span] | None
    ) -> int:
        if tag.empty:
            cuts.append(Cut(tag.start, tag.end))
            return tag.end
        end, depth = end_of(text, tag.name, tag.end)
        cuts.append(Cut(tag.start, end, "" if tag.name in INLINE else EMPTY))
        self.elements.setdefault(tag.name, []).append(cuts[-1])
        if depth and continues is not None:
            self.carried = Open(tag.name, depth, continues(tag.start, tag.end))
        elif depth:
            self.on_open(tag.start, tag.end, f"<{tag.name}>")
        return end


def apply_cuts(nodes: tuple[Node, ...], cuts: list[Cut]) -> tuple[tuple[Node, ...], list[Span]]:
    """The nodes without the parts cut from their `flat` text, and the places of these."""
    if not cuts:
        return nodes, []
    kept: list[Node] = []
    gone: list[Span] = []
    at = index = 0
    for node in nodes:
        end = at + (len(node.value) if isinstance(node, Text) else 1)
        while index < len(cuts) and cuts[index].end <= at:
            index += 1
        done = at
        while index < len(cuts) and cuts[index].start < end:
            cut = cuts[index]
            start, stop = max(cut.start, at), min(cut.end, end)
            if isinstance(node, Text):
                if done < start:
                    kept.append(_part(node, done - at, start - at))
                place = node.span.within(start - at, stop - at)
                if cut.left and cut.start >= at:
                    kept.append(Text(cut.left, node.span.within(start - at, start - at)))
            else:
                place = node.span
            if cut.start < at and gone and gone[-1].source is place.source:
                gone[-1] = Span(place.source, gone[-1].start, max(gone[-1].end, place.end))
            else:
                gone.append(place)
            done = stop
            if cut.end > end:
                break
            index += 1
        if isinstance(node, Text) and done > at:
            if done < end:
                kept.append(_part(node, done - at, end - at))
        elif done == at:
            kept.append(node)
        at = end
    return tuple(kept), gone


def _part(node: Text, start: int, end: int) -> Text:
    code = tuple(
        (max(first, start) - start, min(last, end) - start)
        for first, last in node.code
        if first < end and last > start
    )
    return Text(node.value[start:end], node.span.within(start, end), code)
