"""Renders slides with many steps without converting the unchanged beginning again at each step.

remark repeats a slide's whole content for each `--`, so a slide of n steps would be converted n times. If a
step's text starts a new block, the blocks before it cannot change; if each step adds items to one list, only
the last few can still change. Footnotes are numbered when each step is assembled. Anything less simple is
converted whole, and the results are compared with a whole conversion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct, field

from slidegen.html_tags import tags_named
from slidegen.patterns import lazy_compile
from slidegen.render.dialect import Footnotes, Fragment, GrowingFootnotes, with_footnotes
from slidegen.render.dialect.callouts import BEGINNING
from slidegen.render.dialect.patterns import BLOCK_TAG, compiled
from slidegen.render.html.fragment import read_fragment, shared_length

Part = str | Fragment
Convert = Callable[[Sequence[Part]], str]
"""Converts parts to HTML."""

MANY = 12
"""The number of steps from which it is worth it."""
FootnotesOf = Callable[[int], Footnotes]
"""Returns how a step shows its footnotes, by its index."""
BLOCK = "\x02"
"""Stands for a fragment that is a block."""
HANGING = lazy_compile(r"^(?: |:|\[\^|>|(?:[-*+]|[0-9]+\.) )", re.MULTILINE)
"""How lines begin that may belong to a block with others after a blank line."""
OPEN = lazy_compile(r"^ *>.*\]:|^ *: ", re.MULTILINE)
"""What may change its meaning through later text, wherever it is: links in quotes, definitions."""
CHUNK = lazy_compile(r"(?:[^\n]+\n?)+")
"""Consecutive lines that are not blank."""
CALLOUT = compiled(BEGINNING)
"""The beginning of a callout, which joins no quote before it."""
FOLLOWING = "\uf8ff"
"""Stands for text that follows."""
FENCE = lazy_compile(r"^(?:```|~~~)", re.MULTILINE)
CODE = lazy_compile(
    r"^(?P<fence>```|~~~)(?:(?!```|~~~).)*\n(?:(?!```|~~~)[^\n]+\n|\n)+(?P=fence) *$", re.MULTILINE
)
"""A fenced code block at the margin with at least one line."""
ITEM = lazy_compile(r"(?:([-*+])|[0-9]+\.) (?=.*[A-Za-z0-9])(?:(?!\[\^|\]:|``|\||~~~|\x02).)+")
"""A line that can only be a list item."""
FIRST_BLOCK = compiled(rf"<({BLOCK_TAG})")
"""A tag that begins a block."""
INNER_ITEM = lazy_compile(rf" {{2,}}{ITEM.pattern}")
"""A line that can only be an item of a nested list."""
ADDED_LINE = lazy_compile(
    rf" *{ITEM.pattern}|\|(?:(?!\[\^|\]:|``|~~~|\x02).)+\|? *| ?: +(?=.*[A-Za-z0-9])(?:(?!\[\^|\]:|``|\||~~~|\x02).)+"
    r"|[A-Za-z0-9][^*_`\[\]<>|~\\\x02]*"
)
"""A row of a table, an item, a definition, or plain words."""
LIST = lazy_compile(r"(<[uo]l(?: class=\"task-list\")?>\n)((?:<li\b.*?</li>\n)+)(</[uo]l>)", re.DOTALL)


def grown_steps(
    added: Sequence[Sequence[Part]], convert: Convert, footnotes_of: FootnotesOf
) -> list[str] | None:
    """The HTML of each step, by what each adds; None if they must be converted whole.

    If steps have footnotes, `convert` leaves marks for them.
    """
    steps = _steps(added, convert)
    if steps is None:
        return None
    growing = GrowingFootnotes()
    settled = [growing.settle(html, footnotes_of(place)) for place, html in enumerate(steps)]
    for place in (len(added) // 2, len(added) - 1):
        whole = convert([part for parts in added[: place + 1] for part in parts])
        if settled[place] != with_footnotes(whole, footnotes_of(place)):
            return None
    return settled


def _steps(added: Sequence[Sequence[Part]], convert: Convert) -> list[str] | None:
    steps: list[str] = []
    settled, open_parts, open_text, shown = "", list[Part](), "", ""
    items: _Items | None = None
    lines = _Lines(convert)
    for parts in added:
        text = "".join(map(_text, parts))
        if steps and not text.strip("\n") and _shows_no_blank_lines(open_text):
            open_parts, open_text = [*open_parts, *parts], open_text + text
            items = None if text else items
            lines.add(parts, text)
            steps.append(steps[-1])  # line breaks at the end show nothing
            continue
        if open_parts and _begins_anew(open_text, text):
            ended = _before(open_parts, text, convert)
            if ended is None:
                return None
            settled += ended
            open_parts, open_text, items = [], "", None
        if not open_parts:
            items, lines = _Items(convert), _Lines(convert)
        open_parts += parts
        open_text += text
        if items is not None and not items.add(parts, text):
            items = None
        lines.add(parts, text)
        before = shown
        shown = (items.html if items is not None else lines.grown(before)) or convert(open_parts)
        if settled and not shown:
            return None
        steps.append(settled + shown)
    return steps


def _before(parts: Sequence[Part], text: str, convert: Convert) -> str | None:
    """The HTML of parts, as before a text that begins a new block; None if that cannot be told."""
    gap = text[: len(text) - len(text.lstrip("\n"))]
    html, found, notes = convert([*parts, f"{gap}{FOLLOWING}"]).partition(f"<p>{FOLLOWING}</p>")
    return html + notes if found else None


def _text(part: Part) -> str:
    if isinstance(part, Fragment):
        return BLOCK if part.block else "x"
    return part.replace("\t", "    ").replace("\u00a0", " ")


def _begins_anew(before: str, text: str) -> bool:
    """Whether a text begins a block that does not include the text before it."""
    own = text.lstrip("\n")
    blank = len(before) - len(before.rstrip("\n")) + len(text) - len(own)
    last = before.rstrip("\n").rpartition("\n\n")[2]
    hangs = HANGING.search(last) is not None
    heading = not hangs and last.rpartition("\n")[2].startswith("#")
    if blank < (1 if heading else 2) or not own or own[0] in " :":
        return False
    if hangs and HANGING.match(own) and not (last.startswith(">") and CALLOUT.match(own)):
        return False
    if OPEN.search(before):
        return False
    rest = CODE.sub("x", before)
    for code in CODE.finditer(before):
        if HANGING.search(before, before.rfind("\n\n", 0, code.start()) + 1, code.start()) is not None:
            return False
    return "```" not in rest and "~~~" not in rest and all(map(_is_closed, CHUNK.findall(rest)))


def _shows_no_blank_lines(text: str) -> bool:
    """Whether blank lines after a text have no effect, as they might in code and in HTML."""
    last = text.rstrip("\n").rpartition("\n\n")[2]
    if "<" in last or BLOCK in last or last.rpartition("\n")[2].startswith(" "):
        return False
    return len(FENCE.findall(text)) % 2 == 0


def _is_closed(chunk: str) -> bool:
    """Whether the HTML in lines without a blank one also ends in them."""
    chunk = chunk.rstrip("\n ")
    if BLOCK in chunk and not chunk.endswith(BLOCK):
        return False
    if "<" not in chunk:
        return True
    if BLOCK in chunk or read_fragment(chunk) is None:
        return False
    if "<!--" in chunk:
        return chunk.count("<!--") == 1 and chunk.startswith("<!--") and chunk.endswith("-->")
    block = FIRST_BLOCK.search(chunk)
    return block is None or chunk.endswith(f"</{block[1]}>")


def _is_of_one_line(line: str) -> bool:
    """Whether code and HTML on a line begin and end on it."""
    if line.count("`") % 2:
        return False
    return "<" not in line or (FIRST_BLOCK.search(line) is None and read_fragment(line) is not None)


def _items(html: str) -> list[str]:
    """The items of a list, each including nested lists."""
    items: list[str] = []
    start = depth = 0
    for tag in tags_named("li").finditer(html):
        depth += -1 if tag["close"] else 1
        if depth == 0:
            end = tag.end() + html.startswith("\n", tag.end())
            items.append(html[start:end])
            start = end
    return items


class _Lines(Struct):
    """Lines of which each step adds some to one block: a table, a nested list, definitions.

    What a step adds is checked with the first lines and the last ones, which represent all.
    """

    convert: Convert
    _first: list[Sequence[Part]] = field(default_factory=list)
    """The first two steps, since a line break may be missing between them that is there between others."""
    _recent: list[Sequence[Part]] = field(default_factory=list)
    _plain: bool = True

    def add(self, parts: Sequence[Part], text: str) -> None:
        """Add the lines of a step."""
        if not self._first:
            self._first.append(parts)
            self._plain = (
                "```" not in text and "~~~" not in text and all(map(_is_closed, CHUNK.findall(text)))
            )
            return
        lines = [line for line in text.split("\n") if line]
        self._plain = self._plain and bool(lines) and all(map(_is_added_line, lines))
        if len(self._first) < 2:
            self._first.append(parts)
        else:
            self._recent = [*self._recent[-2:], parts]

    def grown(self, before: str) -> str:
        """The HTML of all lines, given that of those before the last step; empty if it cannot be told."""
        if not self._plain or len(self._recent) < 3:
            return ""
        known = [part for parts in (*self._first, *self._recent[:-1]) for part in parts]
        old, new = self.convert(known), self.convert([*known, *self._recent[-1]])
        at = shared_length(old, new)
        rest = old[at:]
        if not rest or not new.endswith(rest) or len(new) < len(old):
            return ""
        if not before.endswith(old[min(at, shared_length(old, before)) :]):
            return ""
        return before[: len(before) - len(rest)] + new[at : len(new) - len(rest)] + rest


def _is_added_line(line: str) -> bool:
    return ADDED_LINE.fullmatch(line) is not None and _is_of_one_line(line)


class _Items:
    """A list to which each step adds items."""

    def __init__(self, convert: Convert) -> None:
        self.html = ""
        """The list so far; empty if it has to be converted whole."""
        self._convert = convert
        self._parts: list[Sequence[Part]] = []
        self._counts: list[int] = []
        self._items: list[str] = []
        self._kind: str | None = ""
        self._opening = ""
        """The list's start tag, which differs for task lists."""

    def add(self, parts: Sequence[Part], text: str) -> bool:
        """Add the items of a step; returns whether it is still a list of plain items."""
        count = 0
        for line in text.split("\n"):
            if not line:
                continue
            if count and line.startswith("  "):
                if INNER_ITEM.fullmatch(line) is None or not _is_of_one_line(line):
                    return False
                continue
            item = ITEM.fullmatch(line)
            if item is None or (self._kind != "" and item[1] != self._kind) or not _is_of_one_line(line):
                return False
            self._kind = item[1]
            count += 1
        if "\n\n\n" in text or (self._parts and not count):
            return False
        self._parts.append(parts)
        self._counts.append(count)
        # An item may change once more when another follows, and through a blank line before that.
        recent = self._parts[-3:]
        known = sum(self._counts[:-3]) if len(self._parts) > 3 else 0
        match = LIST.fullmatch(self._convert([part for each in recent for part in each]))
        made = _items(match[2]) if match is not None else []
        if match is None or len(made) != sum(self._counts[-3:]):
            return False
        self._opening = self._opening or match[1]
        if match[1] != self._opening:
            return False
        keep = self._counts[-3] if len(self._parts) > 3 else 0
        self._items[known + keep :] = made[keep:]
        self.html = f"{match[1]}{''.join(self._items)}{match[3]}"
        return True
