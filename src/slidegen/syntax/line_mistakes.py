"""Recognises headings, links and callouts with a mistake on their line."""

from __future__ import annotations

import re

from slidegen.diagnostics import Code
from slidegen.patterns import lazy_compile
from slidegen.spelling import nearest, suggest
from slidegen.syntax.mistake_view import BREAK, HIDDEN, View

EMPTY_HEADING = lazy_compile(r"^ {0,3}(?P<marks>#{1,6})$", re.MULTILINE)
DEEP_HEADING = lazy_compile(r"^ {0,3}(?P<marks>#{7,})[ \t]*[^\s#]", re.MULTILINE)
TARGET = (
    r"(?:https?://|www\.|mailto:|\.{0,2}/|#)[^\s()\[\]]+|[\w%.-]+(?:/[\w%.-]+)*"
    r"\.(?:html?|md|pdf|png|jpe?g|gif|svg|webp|org|com|net|edu)(?:#[\w-]+)?"
)
SPACED_LINK = lazy_compile(
    rf"(?<![\\\]])(?P<image>(?<!\S)!)?\[(?P<text>[^\[\]\n]+)\](?P<space>[ \t]+)\((?P<target>{TARGET})\)"
)
SPACED_IMAGE = lazy_compile(
    r"!(?<!\S!)(?P<space>[ \t]+)\[[^\[\]\n]*\]\([^()\s]+\.(?:png|jpe?g|gif|svg|webp)\)"
)
SPACED_MACRO = lazy_compile(r"!\[:[ \t]+(?P<name>[a-z][\w-]*)(?=[ \t\]])[^\[\]\n]*\]\(")
LAST_BRACKET = lazy_compile(rf"\](?=[ \t]*$)(?:(?<=[\n \t]\])|(?<={HIDDEN}\])|(?<=\A\]))", re.MULTILINE)
"""One at the end of a line that is alone there, or follows the end of a content class."""
BRACKET = lazy_compile(
    rf"(?:^[ \t]*|(?P<hidden>{HIDDEN}))(?P<last>\])(?=[ \t]*$)|(?<!\\)[\[\]]|{BREAK}", re.MULTILINE
)
"""Brackets that count, and such ones."""
OPEN_LINK = lazy_compile(
    rf"\[(?<![\\\]]\[)[^\[\]\n]+\]\((?:{TARGET})[ \t]*$(?=\n[ \t]*(?:\n|{BREAK}|\Z)|\Z)", re.MULTILINE
)
SWAPPED_LINK = lazy_compile(rf"\((?<![\w\]]\()(?P<text>[^()\n]+)\)\[(?P<target>{TARGET})\]")

REFERENCE = lazy_compile(
    r"(?<![\\\w\])}\[`!])(?P<image>!)?\[(?P<text>[^\[\]\n]*[^\W\d_]{2}[^\[\]\n]*)\]"
    r"\[(?P<name>[a-zA-Z][\w .:/+-]*[\w/]|)\](?![\[({:\]])"
)
"""A link by name; not an index such as `[a][0]`, nor brackets after a word."""
DEFINITION = lazy_compile(r"^[ \t>]*\[(?P<name>[^\[\]\n]+)\]:", re.MULTILINE)
ELSEWHERE = lazy_compile(r"!\[:include|\{\{|\{%")
"""Text from elsewhere, which may define links."""
FOOTNOTE = lazy_compile(
    r"\[\^(?<![\\\]`!]\[\^)(?!\w-\w\])(?P<name>[\w.-]*(?:\d|[^\W\d_]{2})[\w.-]*)\](?![\w(:\[{*+?])"
)
"""The mark of a footnote; not a set of characters such as `[^a-z]`, or `x[^ab]y`."""
FOOTNOTE_TEXT = lazy_compile(r"^[ \t>]*\[\^(?P<name>[^\]\s]+)\]:", re.MULTILINE)
DIVISION = lazy_compile(
    r"^[ \t]*(?P<it>:{3,}[ \t]*(?:\{[ \t]*(?P<bare>[A-Za-z][\w-]*)[ \t]*\}|\.(?P<dotted>[A-Za-z][\w.-]*)))[ \t]*$",
    re.MULTILINE,
)
QUOTED_DIVISION = lazy_compile(
    r"^[ \t]*>[ \t>]*(?P<it>:{3,}[ \t]*(?:\{[^{}\n]+\}|[A-Za-z][\w-]*))[ \t]*$", re.MULTILINE
)
CALLOUT = lazy_compile(
    r"(?:\A|^(?![ \t]*>)[^\n]*\n|^[ \t>]*\n)[ \t]*(?:[-+*>]|\d+\.)?[ \t>]*>[ \t]*(?P<mark>\[!(?P<kind>[A-Za-z]+)\])",
    re.MULTILINE,
)
CALLOUTS = ("note", "tip", "important", "warning", "caution")
MEANT_CALLOUTS = {
    **dict.fromkeys("abstract example faq help info question quote summary tldr todo".split(), "note"),
    **dict.fromkeys("check done hint success".split(), "tip"),
    "attention": "warning",
    **dict.fromkeys("bug danger error fail failure missing".split(), "caution"),
}
"""What comes closest to a callout of Obsidian's that slidegen does not have."""


def empty_headings(view: View) -> None:
    """Number signs without the text of a heading, or too many of them.

    With a space after them, remark leaves a gap, as some want.
    """
    for match in EMPTY_HEADING.finditer(view.markdown):
        marks = match["marks"]
        view.report(
            Code.EMPTY_HEADING,
            "this heading has no text",
            *match.span("marks"),
            f"write the heading on this line, as in {marks} Title, or take {marks} away",
        )
    for match in DEEP_HEADING.finditer(view.markdown):
        view.report(
            Code.EMPTY_HEADING,
            "a heading has at most six number signs; the others are shown",
            *match.span("marks"),
            "write ###### or fewer",
        )


def spaced_links(view: View) -> None:
    """A link or an image with a space between its brackets."""
    for match in SPACED_LINK.finditer(view.markdown):
        view.report(
            Code.SPACE_IN_LINK,
            f"a space comes between ] and (, so this is not {'an image' if match['image'] else 'a link'}",
            match.start(),
            match.end(),
            f"write {match['image'] or ''}[{match['text']}]({match['target']})",
        )


def spaced_images(view: View) -> None:
    """An image with a space after its exclamation mark."""
    for match in SPACED_IMAGE.finditer(view.markdown):
        view.report(
            Code.SPACE_IN_LINK,
            "a space comes between ! and [, so this is a link and not an image",
            match.start(),
            match.end(),
            "write ![ without a space",
        )


def spaced_macros(view: View) -> None:
    """A macro with a space after its colon, which makes it an image."""
    for match in SPACED_MACRO.finditer(view.markdown):
        view.report(
            Code.SPACE_IN_LINK,
            "a space comes after the colon, so this is an image and not a macro",
            match.start(),
            match.end("name"),
            f"write ![:{match['name']}",
        )


def stray_brackets(view: View) -> None:
    """A `]` at the end of a line, alone or after a content class, on a slide that has no `[` for it."""
    written = view.source.text
    if LAST_BRACKET.search(view.markdown) is None:
        return
    depth = 0
    for match in BRACKET.finditer(view.markdown):
        at = match.start()
        if match[0] == "[":
            depth += 1
        elif match[0] == BREAK:
            depth = 0
        elif depth:
            depth -= 1
        elif match["last"] and (not match["hidden"] or written.startswith("]", at)):
            start = match.start("last")
            view.report(
                Code.STRAY_BRACKET,
                "this ] closes nothing, so it is shown as text",
                start,
                start + 1,
                "remove it, or open a content class above, as in .box[",
            )


def open_links(view: View) -> None:
    """A link without its last bracket."""
    for match in OPEN_LINK.finditer(view.markdown):
        view.report(
            Code.SPACE_IN_LINK,
            "nothing closes the round bracket, so this is not a link",
            match.start(),
            match.end(),
            f"write {match[0].rstrip()})",
        )


def swapped_links(view: View) -> None:
    """A link with its brackets the wrong way round."""
    for match in SWAPPED_LINK.finditer(view.markdown):
        view.report(
            Code.SPACE_IN_LINK,
            "the brackets are the wrong way round, so this is not a link",
            match.start(),
            match.end(),
            f"write [{match['text']}]({match['target']})",
        )


def undefined_references(view: View) -> None:
    """`[text][name]` or `[name][]` where no line `[name]: address` says where it leads."""
    text = view.source.text
    if ELSEWHERE.search(text):
        return
    names = {_identifier(match["name"]) for match in DEFINITION.finditer(text)}
    for match in REFERENCE.finditer(view.markdown):
        name = match["name"] or match["text"]
        if _identifier(name) not in names:
            near = next(iter(nearest(_identifier(name), sorted(names))), "")
            view.report(
                Code.UNDEFINED_LINK,
                f"nothing says where [{name}] leads, so this is not {'an image' if match['image'] else 'a link'}",
                match.start(),
                match.end(),
                suggest(
                    f"[{match['text']}][{near}]" if near else "", otherwise=f"write a line [{name}]: ADDRESS"
                ),
            )


def undefined_footnotes(view: View) -> None:
    """`[^name]` without a text, in a deck in which others have one."""
    text = view.source.text
    names = {match["name"].lower() for match in FOOTNOTE_TEXT.finditer(text)}
    if not names or ELSEWHERE.search(text):
        return
    for match in FOOTNOTE.finditer(view.markdown):
        name = match["name"]
        if name.lower() not in names:
            near = next(iter(nearest(name.lower(), sorted(names))), "")
            view.report(
                Code.UNDEFINED_LINK,
                f"no footnote is called {name}, so this mark is shown as it is",
                match.start(),
                match.end(),
                suggest(f"[^{near}]" if near else "", otherwise=f"write a line [^{name}]: TEXT"),
            )


def _identifier(name: str) -> str:
    return " ".join(name.split()).lower()


def unknown_callouts(view: View) -> None:
    """A callout that is misspelled, or another program's."""
    for match in CALLOUT.finditer(view.markdown):
        kind = match["kind"].lower()
        if kind in CALLOUTS:
            continue
        near = MEANT_CALLOUTS.get(kind, "") or next(iter(nearest(kind, CALLOUTS)), "")
        names = ", ".join(f"[!{each.upper()}]" for each in CALLOUTS)
        view.report(
            Code.UNKNOWN_CALLOUT,
            f"no callout is called {match['kind']}, so this is a quote that shows its mark",
            *match.span("mark"),
            suggest(f"[!{near.upper()}]" if near else "", otherwise=f"choose from {names}"),
        )


def nameless_divisions(view: View) -> None:
    """A line meant to open a division whose name is not written as a class: `::: {columns}`, `::: .columns`."""
    for match in DIVISION.finditer(view.markdown):
        view.report(
            Code.UNPAIRED_DIVISION,
            "this line opens no division, because its name is not a class in braces",
            *match.span("it"),
            f"write ::: {{.{match['bare'] or match['dotted']}}}",
        )


def quoted_divisions(view: View) -> None:
    """A line in a quote or callout that is meant to open a division."""
    for match in QUOTED_DIVISION.finditer(view.markdown):
        view.report(
            Code.UNPAIRED_DIVISION,
            "no division begins within a quote or callout, so this line is shown as text",
            *match.span("it"),
            "write the quote inside the division, or use a content class, as in > .box[text]",
        )
