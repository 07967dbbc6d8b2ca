"""Code blocks and inline code as finished HTML, in the structure that remark.js gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from slidegen.render.code.languages import coloured_language, known_language, language_name
from slidegen.render.code.marks import MarkedCode, SpanMarker, read_marks, span_marker
from slidegen.render.code.tokens import Piece, tokenize

CODE_RULES = """\
.remark-code{font-size:18px}
.remark-code-line{display:block;min-height:1em}
.remark-code-line-highlighted,.remark-code-span-highlighted{background-color:rgba(255,255,0,.5);\
-webkit-print-color-adjust:exact;print-color-adjust:exact}
.remark-code-span-highlighted{padding:1px 2px 2px 2px}
"""
"""remark's own style rules for the structure made here, whatever the highlight style."""

ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\0": "\N{REPLACEMENT CHARACTER}"})
"""What a text may not hold; a browser would drop the null character."""


@dataclass(frozen=True, slots=True)
class CodeOptions:
    """A deck's options about code; the names are remark's."""

    highlight_language: str = ""
    """The language of blocks that name none, and of inline code."""
    highlight_lines: bool = False
    highlight_spans: bool | str = False
    """Whether backticks in a block mark a part of it; a text names other marks, see `span_marker`."""
    highlight_inline_code: bool = False


@dataclass(slots=True)
class CodeRenderer:
    """Renders the code of one deck; what several steps show is coloured once.

    ValueError where `highlight_spans` means nothing.
    """

    options: CodeOptions = field(default_factory=CodeOptions)
    unknown: set[str] = field(default_factory=set)
    """The languages asked for that nobody knows, as written; their code is plain."""
    _spans: SpanMarker | None = field(init=False, repr=False)
    _blocks: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    _inline: dict[str, str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._spans = span_marker(self.options.highlight_spans)

    def block(self, text: str, language: str = "") -> str:
        """A code block as `<pre>`; `language` is what stands after the fence, empty for the deck's own."""
        language = language.strip() or self.options.highlight_language
        html = self._blocks.get((language, text))
        if html is None:
            html = self._blocks[language, text] = self._block(text, language)
        return html

    def listing(self, text: str, language: str, highlighted: frozenset[int]) -> str:
        """Code in which nothing is a mark: a file's, with lines to highlight, counted from 0."""
        return _code_element(MarkedCode(text, highlighted, ()), language)

    def span(self, text: str) -> str:
        """Inline code as `<code>`, coloured only with the option `highlightInlineCode`."""
        html = self._inline.get(text)
        if html is None:
            html = self._inline[text] = self._span(text)
        return html

    def _block(self, text: str, language: str) -> str:
        if not known_language(language):
            self.unknown.add(language_name(language))
        coloured = coloured_language(language)
        marked = read_marks(
            text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n"),
            lines=self.options.highlight_lines,
            knitr=coloured == "r" or language.startswith("{"),
            spans=self._spans,
        )
        return _code_element(marked, language)

    def _span(self, text: str) -> str:
        language = self.options.highlight_language
        coloured = coloured_language(language) if self.options.highlight_inline_code else None
        if coloured is None:
            inner = text.translate(ESCAPES)
        else:
            inner = "".join(_element(scope, piece) for scope, piece in tokenize(text, coloured) if piece)
        return f'<code class="{_classes(language, coloured is not None)}remark-inline-code">{inner}</code>'


def _code_element(marked: MarkedCode, language: str) -> str:
    coloured = coloured_language(language)
    pieces = tokenize(marked.text, coloured) if coloured else (("", marked.text),)
    lines = "".join(_line(line, number in marked.lines) for number, line in enumerate(_lines(pieces, marked)))
    # As in remark, only code in a language gets the background of the highlight style.
    styled = coloured is not None or not known_language(language)
    return f'<pre><code class="{_classes(language, styled)}remark-code">{lines}</code></pre>'


def _classes(language: str, styled: bool) -> str:
    name = language_name(language).translate(ESCAPES).replace('"', "&quot;")
    return f"{name} hljs " if name and styled else f"{name} " if name else ""


def _line(html: str, highlighted: bool) -> str:
    classes = "remark-code-line remark-code-line-highlighted" if highlighted else "remark-code-line"
    if html:
        return f'<div class="{classes}">{html}</div>'
    # Browsers leave empty elements out when code is copied. A line break inside keeps the line, and a span,
    # unlike a div, does not stand for a second one where the structure is read as text.
    return f'<span class="{classes}">\n</span>'


def _lines(pieces: Iterable[Piece], marked: MarkedCode) -> Iterator[str]:
    """The HTML of each line: a token that goes over several is opened again on each."""
    line: list[str] = []
    within = False
    for scope, text, begins, inside in _cut(pieces, marked.spans):
        if within and (begins or not inside):
            line.append("</span>")
            within = False
        if begins:
            line.append('<span class="remark-code-span-highlighted">')
            within = True
        first, *rest = text.split("\n")
        if first:
            line.append(_element(scope, first))
        for part in rest:
            yield "".join(line)
            line = [_element(scope, part)] if part else []
    if within:
        line.append("</span>")
    yield "".join(line)


def _cut(
    pieces: Iterable[Piece], spans: tuple[tuple[int, int], ...]
) -> Iterator[tuple[str, str, bool, bool]]:
    """The pieces, cut at the borders of marked parts: scope, text, whether a part begins, whether inside."""
    if not spans:
        for scope, text in pieces:
            yield scope, text, False, False
        return
    coming = iter((*spans, (-1, -1)))
    start, end = next(coming)
    at = 0
    for scope, text in pieces:
        used = 0
        while used < len(text):
            if at == end:
                start, end = next(coming)
            inside = start >= 0 and at >= start
            border = end if inside else start if start >= 0 else at + len(text)
            part = text[used : used + border - at]
            yield scope, part, inside and at == start, inside
            used += len(part)
            at += len(part)


def _element(scope: str, text: str) -> str:
    text = text.translate(ESCAPES)
    return f'<span class="hljs-{scope}">{text}</span>' if scope else text
