"""Recognises what is probably a mistake in a deck's text, and is shown as something else.

Each rule is a function that looks through the Markdown of a deck. What is code, a formula or HTML that holds no
Markdown is hidden from it. Where remark.js shows something sensible, no rule warns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from slidegen.diagnostics import Code, Reporter
from slidegen.patterns import lazy_compile
from slidegen.source import Source, Span
from slidegen.syntax.properties import KNOWN
from slidegen.syntax.tokens import Token, TokenKind

HIDDEN = "\0"
"""Stands for each character that is no Markdown."""
BREAK = "\1"
"""Stands for the marks of a separator."""
COMMENT_OR_VERBATIM = lazy_compile(
    r"<!--(?>(?:(?!-->)[\s\S])*)-->|<(?P<tag>pre|code|svg|style|script|table)\b(?>(?:(?!</(?P=tag)\b)[\s\S])*)</(?P=tag)>"
)
FENCE = lazy_compile(r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`~\n]*)$", re.MULTILINE)
ITEM = lazy_compile(r"[ \t]*(?:[*+-]|\d+\.)[ \t]")
NOTES_LINE = lazy_compile(r"^[ \t]*(?P<mark>\?{4,}|\?\?\?)(?P<rest>[ \t]*[^\s?][^\n]*|[ \t]*)$", re.MULTILINE)
PROPERTY = rf"(?:{'|'.join(sorted(KNOWN))}):"
RULE_LINE = lazy_compile(
    rf"^(?P<rule>-{{4,}}|[ ]{{1,3}}---|[-–—]*[–—][-–—]*)[ \t]*$(?=\n+(?:(?P<heading>#)|{PROPERTY}))",
    re.MULTILINE,
)
DASH_LINE = lazy_compile(r"^(?P<rule>[-–—]*[–—][-–—]*)[ \t]*$", re.MULTILINE)
BOXED_SEPARATOR = lazy_compile(rf"^---$(?=\n+(?:#{{1,6}}[ \t]*[^\s#]|{PROPERTY}))", re.MULTILINE)
ROW = lazy_compile(r"^ {0,3}(?P<row>\|[^\n]*\|)[ \t]*$", re.MULTILINE)
BARE_ROW = lazy_compile(r"^ {0,3}(?![-+*>#]|\d+\.)\|?[^|\n]+(?: \| [^|\n]+)+$", re.MULTILINE)
PARAGRAPH = lazy_compile(r"(?:^[^\n]*[^\s][^\n]*(?:\n|\Z))+", re.MULTILINE)
DELIMITER = lazy_compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")
EMPTY_HEADING = lazy_compile(r"^ {0,3}(?P<marks>#{1,6})$", re.MULTILINE)
DEEP_HEADING = lazy_compile(r"^ {0,3}(?P<marks>#{7,})[ \t]*[^\s#]", re.MULTILINE)
TARGET = (
    r"(?:https?://|www\.|mailto:|\.{0,2}/|#)[^\s()\[\]]+|[\w%.-]+(?:/[\w%.-]+)*"
    r"\.(?:html?|md|pdf|png|jpe?g|gif|svg|webp|org|com|net|edu)(?:#[\w-]+)?"
)
SPACED_LINK = lazy_compile(rf"(?<![\\\]])\[(?P<text>[^\[\]\n]+)\](?P<space>[ \t]+)\((?P<target>{TARGET})\)")
SPACED_IMAGE = lazy_compile(
    r"(?<!\S)!(?P<space>[ \t]+)\[[^\[\]\n]*\]\([^()\s]+\.(?:png|jpe?g|gif|svg|webp)\)"
)
OPEN_LINK = lazy_compile(
    rf"(?<![\\\]])\[[^\[\]\n]+\]\((?:{TARGET})[ \t]*$(?=\n[ \t]*(?:\n|\Z)|\Z)", re.MULTILINE
)
SWAPPED_LINK = lazy_compile(rf"(?<![\w\]])\((?P<text>[^()\n]+)\)\[(?P<target>{TARGET})\]")


def warn_of_mistakes(source: Source, tokens: Sequence[Token], reporter: Reporter) -> None:
    """Report what the rules find in a text that consists of these tokens."""
    text = source.text + "\n"
    wanted = [rule for rule, marks in RULES if any(mark in text for mark in marks)]
    if not wanted:
        return
    view = View(source, tokens, _markdown(source.text, tokens), reporter)
    for rule in wanted:
        rule(view)


class View(Struct, frozen=True):
    """A deck's text as the rules see it."""

    source: Source
    tokens: Sequence[Token]
    markdown: str
    """The text with other characters in place of what is no Markdown; offsets are the text's."""
    reporter: Reporter

    def report(self, code: Code, message: str, start: int, end: int, hint: str) -> None:
        """Report what stands at these offsets."""
        self.reporter.report(code, message, Span(self.source, start, end), hint=hint)


def _markdown(text: str, tokens: Iterable[Token]) -> str:
    """The text with all characters hidden that are not Markdown."""
    start = tokens[0].start if isinstance(tokens, Sequence) and tokens else 0
    pieces = [HIDDEN * max(start - 1, 0) + "\n" * (start > 0)]
    for token in tokens:
        size = token.end - token.start
        if token.kind in (TokenKind.TEXT, TokenKind.UNCLOSED_CLASS):
            pieces.append(text[token.start : token.end])
        elif size:
            ends = text[token.end - 1] == "\n"
            sign = BREAK if token.kind in (TokenKind.SEPARATOR, TokenKind.NOTES) else HIDDEN
            pieces.append(sign * (size - ends) + "\n" * ends)
    shown = "".join(pieces)
    if "<" not in shown:
        return shown
    return COMMENT_OR_VERBATIM.sub(lambda match: HIDDEN * len(match[0]), shown)


def unclosed_fences(view: View) -> None:
    """A fence that nothing closes, or that only the fence of later code closes, over a slide's end."""
    text = view.source.text
    for token in view.tokens:
        if token.kind is TokenKind.CODE and text.startswith(("`", "~", " "), token.start):
            opening = FENCE.match(text, token.start)
            if opening is not None and (found := _swallowed(text, opening, token.end)):
                _report_fence(view, opening, found)
                return  # what opens and what closes is mixed up from here on
    first = FENCE.search(view.markdown)
    indented = next(_open_in_lists(view), None)
    found_first = min(filter(None, (first, indented)), key=lambda match: match.start(), default=None)
    if found_first is not None:
        _report_fence(view, found_first, "")


def _open_in_lists(view: View) -> Iterator[re.Match[str]]:
    """The fences that open code in lines indented by four spaces below an item of a list, and are not closed there."""
    text = view.source.text
    for token in view.tokens:
        if token.kind is TokenKind.CODE and text.startswith("    ", token.start):
            opening: re.Match[str] | None = None
            for fence in FENCE.finditer(text, token.start, token.end):
                if opening is None:
                    opening = fence
                elif (
                    fence["fence"].startswith(opening["fence"][:4]) and not fence["info"].strip()
                ):  # four close five, as in remark
                    opening = None
            above = text[: token.start].rstrip().rpartition("\n")[2]
            if opening is not None and ITEM.match(above):
                yield opening


def _swallowed(text: str, opening: re.Match[str], end: int) -> str:
    """What shows that code holds the end of its slide and another fence; empty where it does not."""
    fence, at = opening["fence"], opening.end()
    separator = re.compile(r"^--?-?\n", re.MULTILINE)
    inner = next(
        (
            match
            for match in FENCE.finditer(text, at, end)
            if match["fence"] == fence and match["info"].strip()
        ),
        None,
    )
    if inner is None:
        return ""
    if separator.search(text, at, inner.start()) is None:
        return ""
    line = text.count("\n", 0, inner.start()) + 1
    return f", so that it goes on into the code of line {line}"


def _report_fence(view: View, opening: re.Match[str], more: str) -> None:
    fence = opening["fence"]
    view.report(
        Code.UNCLOSED_FENCE,
        f"no {fence} closes this code block" + (more or ", so it is shown as text"),
        opening.start("fence"),
        opening.end(),
        f"write {fence} alone on a line below the code",
    )


def notes_marks(view: View) -> None:
    """Three question marks that begin no notes: text stands beside them, or a content class around them."""
    for match in NOTES_LINE.finditer(view.markdown):
        mark, rest = match["mark"], match["rest"].strip()
        start, end = match.span("mark")
        if mark != "???" and rest:
            continue  # ???? what
        if mark == "???" and not rest and start == match.start():
            if match["rest"]:
                continue  # TRAILING_BLANK says so
            view.report(
                Code.NOTES_IN_CLASS,
                "??? is inside a content class, so the notes do not start here and the audience sees them",
                start,
                end,
                "close the content class with ] above ???",
            )
            continue
        what = (
            f"text follows {mark} on its line"
            if rest
            else "more than three question marks"
            if mark != "???"
            else "a space comes before ???"
        )
        view.report(
            Code.NOTES_MARK,
            f"{what}, so no notes begin here and the audience sees them",
            start,
            end,
            "write ??? alone on its line, and the notes below it",
        )


def long_separators(view: View) -> None:
    """A line of dashes that is no separator, where a slide seems to begin."""
    text = view.markdown
    for match in RULE_LINE.finditer(text):
        rule = match["rule"].strip()
        if match["heading"] and _follows_text(text, match.start()) and not _has_dash(rule):
            continue  # it underlines a heading
        view.report(
            Code.LONG_SEPARATOR,
            f"{rule} does not separate slides, though a slide seems to begin below it"
            if len(match["rule"]) == len(rule)
            else "a space comes before ---, so it does not separate slides",
            match.start(),
            match.start() + len(match["rule"]),
            "write --- alone on its line; for a rule, write ***",
        )
    seen = {match.start() for match in RULE_LINE.finditer(text)}
    for match in DASH_LINE.finditer(text):
        if match.start() not in seen:
            view.report(
                Code.LONG_SEPARATOR,
                f"{match['rule']} is not made of hyphens, so it does not separate slides",
                *match.span("rule"),
                "write --- for the next slide, or -- for the next step, with hyphens",
            )


def boxed_separators(view: View) -> None:
    """A separator within the brackets of a content class, where a slide seems to begin."""
    for match in BOXED_SEPARATOR.finditer(view.markdown):
        view.report(
            Code.BOXED_SEPARATOR,
            "--- is inside a content class, so it does not separate slides",
            *match.span(),
            "close the content class with ] above ---",
        )


def _has_dash(rule: str) -> bool:
    return not rule.isascii()


def _follows_text(text: str, at: int) -> bool:
    """Whether the line before this one is a paragraph's."""
    before = _line_before(text, at)
    return bool(before.strip(f" \t{HIDDEN}{BREAK}")) and not before.lstrip().startswith(("#", ">"))


def _line_before(text: str, at: int) -> str:
    end = max(at - 1, 0)
    return text[text.rfind("\n", 0, end) + 1 : end]


def tables_without_head(view: View) -> None:
    """Rows of a table without the line that makes one of them."""
    for rows in _blocks(view.markdown):
        texts = [row["row"] for row in rows]
        if len(rows) < 2 or any(text.count("|") < 3 or "{{" in text for text in texts[:2]):
            continue
        if _line_before(view.markdown, rows[0].start()).lstrip().startswith(">"):
            continue  # the quote goes on
        delimiter = next((at for at, text in enumerate(texts) if DELIMITER.match(text)), -1)
        first = rows[0]
        if delimiter < 0 and len({text.count("|") for text in texts}) == 1:
            columns = texts[0].count("|") - 1
            view.report(
                Code.NO_TABLE,
                "these rows are not a table: the second line is missing",
                *first.span("row"),
                f"write |{'---|' * columns} below the first row",
            )
        elif delimiter == 0:
            view.report(
                Code.NO_TABLE,
                "these rows are not a table: it has no head",
                *first.span("row"),
                "write the names of the columns in a row above this line, such as | A | B |",
            )
        elif delimiter == 1 and _follows_text(view.markdown, first.start()):
            view.report(
                Code.NO_TABLE,
                "these rows are not a table, because there is text directly above them",
                *first.span("row"),
                "put an empty line before the table",
            )


def bare_tables(view: View) -> None:
    """Rows of a table that have lines between their cells only, without the line that makes one of them."""
    for rows in _bare_blocks(view.markdown):
        cells = {row[0].count(" | ") for row in rows}
        if len(rows) > 1 and len(cells) == 1 and not any("](" in row[0] or "{{" in row[0] for row in rows):
            view.report(
                Code.NO_TABLE,
                "these rows are not a table: the second line is missing",
                rows[0].start(),
                rows[0].end(),
                f"write {' | '.join(['---'] * (cells.pop() + 1))} below the first row",
            )


def _bare_blocks(text: str) -> Iterator[list[re.Match[str]]]:
    """The paragraphs of which each line has a line between two words."""
    for paragraph in PARAGRAPH.finditer(text):
        rows = list(BARE_ROW.finditer(text, *paragraph.span()))
        if len(rows) == paragraph[0].count("\n") + (not paragraph[0].endswith("\n")):
            yield rows


def _blocks(text: str) -> Iterator[list[re.Match[str]]]:
    """The rows that stand directly below each other."""
    block: list[re.Match[str]] = []
    for row in ROW.finditer(text):
        if block and row.start() != block[-1].end() + 1:
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def empty_headings(view: View) -> None:
    """Number signs without the text of a heading, or too many of them.

    With a space behind them, remark leaves a gap, as some want.
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
    """A link with a space between its brackets, without the last one, or with the brackets the wrong way round."""
    for match in SPACED_LINK.finditer(view.markdown):
        view.report(
            Code.SPACE_IN_LINK,
            "a space comes between ] and (, so this is not a link",
            match.start(),
            match.end(),
            f"write [{match['text']}]({match['target']})",
        )
    for match in SPACED_IMAGE.finditer(view.markdown):
        view.report(
            Code.SPACE_IN_LINK,
            "a space comes between ! and [, so this is a link and not an image",
            match.start(),
            match.end(),
            "write ![ without a space",
        )
    for match in OPEN_LINK.finditer(view.markdown):
        view.report(
            Code.SPACE_IN_LINK,
            "nothing closes the round bracket, so this is not a link",
            match.start(),
            match.end(),
            f"write {match[0].rstrip()})",
        )
    for match in SWAPPED_LINK.finditer(view.markdown):
        view.report(
            Code.SPACE_IN_LINK,
            "the brackets are the wrong way round, so this is not a link",
            match.start(),
            match.end(),
            f"write [{match['text']}]({match['target']})",
        )


RULES: tuple[tuple[Callable[[View], None], tuple[str, ...]], ...] = (
    (unclosed_fences, ("```", "~~~")),
    (notes_marks, ("???",)),
    (long_separators, ("----", "–", "—", " ---")),
    (boxed_separators, ("---",)),
    (tables_without_head, ("|\n", "| \n")),
    (bare_tables, (" | ",)),
    (empty_headings, ("#\n", "#######")),
    (spaced_links, ("] ", "! [", ")[", "](")),
)
"""Each rule, and what a text must hold for it to find something."""
