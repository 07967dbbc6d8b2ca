"""The forms of text that resemble a mark of a variant."""

from __future__ import annotations

import re

from slidegen.deck.html_marks import OTHER, end_of_text_only, find_tags
from slidegen.deck.near_words import CLASS, likely, plain
from slidegen.html_tags import TEXT_ONLY, end_tag
from slidegen.patterns import lazy_compile
from slidegen.source import Source, Span
from slidegen.syntax.nodes import Text
from slidegen.syntax.slide_builder import SPOKEN

OPENERS = (
    r"\u00ab\u2039\u2045\u2329\u2768\u276a\u276c\u276e\u2770\u2772\u2774\u27e6-\u27ef\u2983-\u2998"
    r"\u3008-\u3011\u3014-\u301b\uff08\uff1c\uff3b\uff5b\uff5f\uff62"
)
"""Brackets and quotation marks of other scripts and of mathematics."""
WORD = rf"[^\s.,;+&|/\[\](){{}}<>`\x01\uff0e{OPENERS}]"
DOTTED = lazy_compile(
    rf"(?<!\\)(?:[.\uff0e]|&(?:#0*46|#[xX]0*2[eE]|period);)[ ]?(?P<name>{WORD}{{3,40}}+)"
    rf"(?=(?:\.{WORD}{{1,40}}+){{0,4}}(?:\.(?=\[)|[ \t\xa0\u2009\u202f]{{0,2}}\n?)"
    rf"(?P<open>[\[({{{OPENERS}]|&(?:#0*91|#[xX]0*5[bB]|lsqb|lbrack);))"
)
"""`.name[`, perhaps with several names, and common misspellings of it."""
IN_NAME = lazy_compile(r"[#:=!@*~^$%]")
"""Characters that no class name contains."""
LISTED = lazy_compile(r"[ \t]*\n(?:[ \t]*-[ \t]+|[ \t]+)(?P<name>[^\n]{3,40})")
"""A value on the line after its key, as YAML allows."""
JOINED = lazy_compile(rf"(?<!\\)\.(?P<names>{WORD}{{1,40}}+(?:[,;+&|/] ?{WORD}{{1,40}}+){{1,4}})\[")
"""Classes joined by a character other than a dot."""
BARE = lazy_compile(rf"^[ \t>*+-]{{0,12}}(?P<name>{WORD}{{3,40}}+)\[(?!\^|\w{{0,3}}\])", re.MULTILINE)
"""`name[` at the beginning of a line, where a dot is missing. `name[1]` and `name[i]` are not marks."""
ALONE = lazy_compile(
    rf"^[ \t>*+-]{{0,12}}(?P<mark>\.(?P<name>{WORD}{{3,40}}+))(?:(?<=:)[ \t]|[ \t]*$)", re.MULTILINE
)
"""`.name` at the beginning of a line, without brackets: alone, or before a colon."""
LATE_CLASS = lazy_compile(
    r"""</[a-zA-Z][\w-]*\s+class\s*=(?P<end>[^<>]{1,80})>|>[ \t]*class ?= ?["'](?P<after>[^"'<>\n]{1,80})["'][ \t]*>"""
)
"""A class in an end tag, or after the end of a start tag."""
BRACED = lazy_compile(r"\{(?!\{)(?P<words>[^{}\n]{1,80})(?:\}|$)", re.MULTILINE)
LINKED = lazy_compile(rf"\]\(\.(?P<name>{WORD}{{3,40}}+)\)")
"""A class where the address of a link belongs."""
FENCED = lazy_compile(
    r"^(?:[ \t]|>(?! ?\[!))*(?P<sign>:{2,}|!!!|\?\?\?\+?|> ?\[!)[ \t]*(?P<names>[^\n]{1,80})", re.MULTILINE
)
"""Boxes of other dialects, and divisions where there can be none."""
MISSPELLED = lazy_compile(r"<(?:!-(?!-)|! +-+)(?P<inside>[^\n<>]{1,120})>")
"""What is meant for a comment."""
INFO = lazy_compile(r" {0,3}(?:`{3,}|~{3,})(?P<info>[^\n`]*)")
"""The first line of a block of code."""
WORDING = lazy_compile(r"""\b(?:title|filename|caption|label|alt|fig\.\w+)\s*=\s*("[^"]*"|'[^']*')""")
"""A text about code, in the line that begins it; its words are not classes."""
LIQUID = lazy_compile(r"\{[%{][<%]?-?[ ]?(?P<words>[^{}\n%]{3,60}?)[ ]?-?[%>]\}")
"""Tags of Liquid, and shortcodes of Hugo."""
RULED = lazy_compile(
    r"^[ \t]{0,40}(?:,?\"[ \t]{0,8})?(?:#{1,6}|//|%{1,2}|--|/\*)[ \t]*"
    r"(?P<words>(?:BEGIN|END|START|STOP|#?(?:pragma[ ])?(?:end)?region|(?<=#)if(?:n?def)?)\b[^\n\"]{1,60}?)"
    r"(?:\\n\",?|\"|[ \t]*\*/)?$",
    re.MULTILINE,
)
"""Marks around solutions in text, in the comments of code and in a notebook's JSON: nbgrader's, those of regions that
editors fold, and those of C's preprocessor."""
NEAR_CLASS = frozenset((CLASS, "classname", "clas", "classes", "class:", "[class]", "ngclass"))
BOXES = frozenset("div section article aside details p blockquote g svg".split())
"""Elements that exist for their content; others have an `id` to be linked to."""
BEGINS = frozenset("begin beginning start open end stop close region endregion if ifdef ifndef".split())
FORMULA_CLASS = lazy_compile(r"\\(?:html|css)?[cC]lass\s*\{([^{}]{1,80})\}")
UNSEEN = r"\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff"
"""Characters that show nothing."""
LINE = lazy_compile(
    rf"^(?P<indent>[ \t\v\f>*+{UNSEEN}-]{{0,8}})(?P<key>[^\W\d_][\w{UNSEEN}-]{{2,12}})[ \t\u00a0]{{0,3}}"
    r"[:=\uff1a\u2236\ufe55\ua789][ \t]*(?P<value>[^\n]{1,120})$",
    re.MULTILINE,
)
CHUNK_OPTION = lazy_compile(r"^#\| *class[\w.-]*[:=] *(?P<value>[^\n]{1,120})$", re.MULTILINE)
"""A class among the options of a chunk of R Markdown or Quarto that are written in its code."""
NOTES = lazy_compile(
    rf"^(?:[^\S\r\n]|[{UNSEEN}>])*(?P<mark>(?:-{{2,3}}[ \t]?)?(?:\?{{3,}}|[\uff1f\ufe56\u061f]{{2,}})[^\n]*"
    rf"|\?[ {UNSEEN}]?\?[ {UNSEEN}]?\?|\?\?)[ \t]*$",
    re.MULTILINE,
)
SEPARATOR = lazy_compile(r"^(?:---?|\?\?\?)[ \t]*$", re.MULTILINE)
LIST_ITEM = lazy_compile(r" {0,3}(?:[*+-]|\d{1,9}[.)])[ \t]| {1,3}\S")
ENDS_TEXT = lazy_compile(r" {0,3}(?:#|---?$|\?\?\?$|```|~~~)|.*-->$|    ")
"""A line after which indented lines are code."""
CONDITIONAL = frozenset(("content-visible", "content-hidden"))
"""Quarto's divisions for some versions only."""
SAID = frozenset(
    ("speaker-notes", "speakernotes", "presenter-notes", "presenternotes", "speaker", "presenter")
)
"""Other names that people use for a division of notes."""
TOO_EARLY = lazy_compile(r"(?>(?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]|\n(?![ \t]*\n))*)\](?![(\[:])")
"""A bracket in the same paragraph that nothing opens."""
BRACKET = lazy_compile(r"\\.|[\[\]]|\n[ \t]*(?=\n)")
CLOSES_LINE = lazy_compile(r"[ \t.,;!?]*(?:\n|\Z)")
STRAY_FENCE = lazy_compile(r"^ {0,3}:{3,}[ \t]*$", re.MULTILINE)
"""The end of a division that nothing begins."""
OF_ELEMENT = lazy_compile(r"\s*\.(?:element|slide):[^\n]{0,200}?\bclass\s*=\s*[\"']([^\"'\n]{1,80})")
"""A comment that gives a class to the element before it, in reveal.js."""
END_COMMENT = lazy_compile(r"<!--[\s#.]*(?:/|end)", re.IGNORECASE)
"""A comment that ends what another one has begun."""
USE = lazy_compile(r"\[([^\[\]\n]{1,200})\](?!\()(?:\[([^\[\]\n]{0,200})\])?")


def bracket_behind(text: str) -> bool:
    """Whether a bracket that nothing opens follows: in the same paragraph, or at the end of a later line.

    Elsewhere it is probably that of an interval, as in `]0, 1[`.
    """
    if TOO_EARLY.match(text):
        return True
    depth = 0
    for match in BRACKET.finditer(text):
        if match[0] == "[":
            depth += 1
        elif match[0] == "]" and depth:
            depth -= 1
        elif match[0] == "]":
            return CLOSES_LINE.match(text, match.end()) is not None
        elif match[0].startswith("\n"):
            depth = 0
    return False


def unclosed(node: Text, text: str) -> set[int]:
    """Where `.name[` occurs outside code that the parser has reported because nothing closes it."""
    found = set()
    for match in DOTTED.finditer(text):
        is_opened = match[0].startswith(f".{match['name']}") and text[match.end("name")] == "["
        if is_opened and not any(start <= match.start() < end for start, end in node.code):
            found.add(match.start())
    return found


def without_text_only(text: str, opened: str = "") -> tuple[str, str]:
    """A text without the content of scripts and style sheets, and the name of one that it leaves open.

    `opened` is the name of one that is open where the text begins.
    """
    first = end_tag(opened).search(text) if opened else None
    if opened and first is None:
        return _blank(text), opened
    at = first.start() if first is not None else 0
    pieces, opened = [_blank(text[:at])], ""
    for tag in find_tags(text):
        if tag.name in TEXT_ONLY and tag.start >= at:
            end = end_of_text_only(text, tag)
            pieces += [text[at : tag.end], _blank(text[tag.end : end])]
            at, opened = end, tag.name if end == len(text) else ""
    return "".join((*pieces, text[at:])), opened


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", OTHER, text)


def is_in_text(node: Text, start: int) -> bool:
    """Whether indented lines belong to the paragraph or the list before them."""
    source: Source = node.span.source
    at = node.span.start + start
    before = source.text[max(0, at - 2000) : at].split("\n")[:-1]
    if not before or before[-1].strip():
        return bool(before) and not ENDS_TEXT.match(before[-1])
    for line in reversed(before):
        if line.strip() and not line.startswith("    "):
            return LIST_ITEM.match(line) is not None
    return False


def has_end(place: Span) -> bool:
    """Whether the next comment after one at this place is the end of what it begins."""
    following = place.source.text.find("<!--", place.start)
    return following >= 0 and END_COMMENT.match(place.source.text, following) is not None


def names_notes(word: str) -> bool:
    """Whether a division's name is that of notes, or probably meant to be."""
    return plain(word) == SPOKEN or means_notes(word)


def means_notes(word: str) -> bool:
    """Whether a division's name is a misspelling of that of notes; `note` is a callout's."""
    return plain(word) in SAID or (bool(likely(word, (SPOKEN,))) and plain(word) != "note")
