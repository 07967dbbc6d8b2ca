"""Elements and comments in a slide's raw HTML, matched tag by tag across formulas and content classes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from html import unescape

from msgspec import Struct

from slidegen.html_tags import ATTRIBUTE, COMMENT, OPENING, TEXT_ONLY, VOID, end_tag
from slidegen.patterns import lazy_compile
from slidegen.reading.javascript.tokens import read_code
from slidegen.source import Source, Span
from slidegen.syntax.nodes import Node, Text

OTHER = "\x01"
"""Stands for a node that is no text, which has no letters of its own here."""
CSS_COMMENT = lazy_compile(
    r"""(?P<string>"(?>(?:[^"\\\n]|\\.)*)"|'(?>(?:[^'\\\n]|\\.)*)'|url\([^)"']*\))|/\*(?>(?:[^*]|\*(?!/))*)(?:\*/|\Z)""",
    re.DOTALL,
)
"""A comment in a style sheet, or what is none."""
INLINE = frozenset(
    "a em strong small s cite q dfn abbr data time code var samp kbd sub sup i b u mark ruby rt rp bdi bdo "
    "span br wbr ins del img font button label input select".split()
)
"""Elements that stand in a paragraph; others are blocks, in whose place a block stays."""
OF_SVG = frozenset("path circle ellipse rect line polygon polyline use image g text tspan stop".split())
"""Elements that may end in `/>`."""
EMPTY = "<!-- -->"
"""Keeps apart what a block or a comment kept apart; it is in no page."""


class Tag(Struct, frozen=True):
    """A start tag."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    """In order, character references decoded; one may be there twice."""
    start: int
    end: int
    closed: bool
    """Whether a `>` ends it."""
    empty: bool
    """Whether nothing can stand in the element."""

    @property
    def classes(self) -> list[str]:
        """The words of all its `class` attributes."""
        return [word for name, value in self.attributes if name == "class" for word in value.split()]


class Open(Struct, frozen=True):
    """An element that is left out, and goes on in the next step."""

    name: str
    depth: int
    span: Span


class Cut(Struct, frozen=True):
    """A part that is to go."""

    start: int
    end: int
    left: str = ""
    """What stays in its place."""


def flat(nodes: Collection[Node]) -> str:
    """The text of nodes in which code and other nodes have no letters."""
    return "".join(without_code(node) if isinstance(node, Text) else OTHER for node in nodes)


def without_code(node: Text) -> str:
    """A text with the letters of its code blanked out, as long as before: its lines are as far in."""
    if not node.code:
        return node.value
    pieces, at = [], 0
    for start, end in node.code:
        end = min(end, len(node.value))
        pieces += [node.value[at:start], re.sub(r"\S", OTHER, node.value[start:end])]
        at = end
    return "".join((*pieces, node.value[at:]))


def read_tag(text: str, match: re.Match[str]) -> Tag:
    """The start tag whose name a match of `OPENING` gives."""
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
    """The start tags of a text; none of those in comments, scripts and style sheets."""
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
    """Where the end tag begins of an element that holds no elements."""
    match = end_tag(tag.name).search(text, tag.end)
    return match.start() if match else len(text)


def end_of(text: str, name: str, start: int, depth: int = 1) -> tuple[int, int]:
    """The offset behind the end tag of an element whose content begins at `start`, and 0.

    The length of the text, and how many elements of the name are open, where there is none.
    """
    pattern = re.compile(rf"<!--|<(?P<end>/?)(?i:{re.escape(name)})(?=[\s/>])[^>]*>?")
    at = start
    while match := pattern.search(text, at):
        at = match.end()
        if match["end"] is None:
            comment = COMMENT.match(text, match.start())
            at = comment.end() if comment else at
            continue
        depth += -1 if match["end"] else 1
        if depth == 0:
            return at, 0
    return len(text), depth


def comments_in(text: str, tag: Tag, end: int) -> list[Cut]:
    """The comments in a style sheet or script whose start tag this is, and what stays in their places."""
    if tag.name == "style":
        return css_comments(text, tag.end, end)
    kind = dict(tag.attributes).get("type", "").lower()
    is_javascript = kind in ("", "module") or "javascript" in kind or "ecmascript" in kind
    return script_comments(text, tag.end, end) if tag.name == "script" and is_javascript else []


def css_comments(text: str, start: int, end: int) -> list[Cut]:
    """The comments in a style sheet."""
    found = CSS_COMMENT.finditer(text, start, end) if text.find("/*", start, end) >= 0 else ()
    return [Cut(*match.span(), " ") for match in found if match["string"] is None]


def script_comments(text: str, start: int, end: int) -> list[Cut]:
    """The comments in a script; a line break stays where one was."""
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
    """A text without some parts, and with what stays in their places."""
    pieces, at = [], 0
    for cut in cuts:
        pieces += [text[at : cut.start], cut.left]
        at = cut.end
    return "".join((*pieces, text[at:])) if cuts else text


class Cutter(Struct):
    """Finds what is to go in the text of one level: elements of some classes, and comments."""

    is_marked: Callable[[Tag], bool]
    on_comment: Callable[[str, int], None]
    """Is told the inside of each comment, and where it begins."""
    on_open: Callable[[int, int, str], None]
    """Is told where something begins that does not end here, and how it is called."""
    carried: Open | None = None
    """An element that a step before left open; afterwards, what is open at the end of this text."""

    def cuts(self, text: str, *, continues: Callable[[int, int], Span] | None = None) -> list[Cut]:
        """The parts that are to go, in order; `continues` gives a place where an element may go on in a next step."""
        cuts: list[Cut] = []
        at = 0
        if self.carried is not None:
            at, depth = end_of(text, self.carried.name, 0, self.carried.depth)
            cuts.append(Cut(0, at))
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
        if depth and continues is not None:
            self.carried = Open(tag.name, depth, continues(tag.start, tag.end))
        elif depth:
            self.on_open(tag.start, tag.end, f"<{tag.name}>")
        return end


def apply_cuts(nodes: tuple[Node, ...], cuts: list[Cut]) -> tuple[tuple[Node, ...], list[Span]]:
    """The nodes without what was cut from their `flat` text, and the places of that."""
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
