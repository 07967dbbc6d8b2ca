"""Renders code blocks and inline code as HTML in remark.js's structure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from msgspec import Struct, field

from slidegen.patterns import lazy_compile
from slidegen.render.code.languages import coloured_language, known_language
from slidegen.render.code.marks import MarkedCode, SlowPatternError, SpanMarker, read_marks, span_marker
from slidegen.render.code.scan import NESTED, Piece
from slidegen.render.code.tokens import tokenize
from slidegen.syntax.fence_info import FenceInfo, language_name, read_fence_info

CODE_RULES = """\
.remark-code{font-size:calc(var(--slidegen-code-size,18px)*var(--slidegen-code-scale,1))}
.remark-code-line{display:block;min-height:1em}
.remark-code>span.remark-code-line:not(:has(~div)){display:none}
.remark-code-line-highlighted,.remark-code-span-highlighted{background-color:rgba(255,255,0,.5);\
-webkit-print-color-adjust:exact;print-color-adjust:exact}
.remark-code-span-highlighted{padding:1px 2px 2px 2px}
"""
"""remark's own style rules for the structure made here, whatever the highlight style.

Blank lines after code, which indented code has before following text, show in remark's look only."""

MORE = lazy_compile(r"[\s{=]")
"""What follows the language after a fence that says more."""
SESSION = "console"
"""Pygments' name for terminal sessions."""

LISTING = "slidegen-listing"
"""The class of a block whose lines keep their indentation even in a list, as their text comes from a file."""


class CodeOptions(Struct, frozen=True):
    """A deck's options about code; the names are remark's."""

    highlight_language: str = ""
    """The language of blocks that name none, and of inline code."""
    highlight_lines: bool = False
    highlight_spans: bool | str = False
    """Whether backticks in a block mark a part of it; a text gives other marks, see `span_marker`."""
    highlight_inline_code: bool = False
    as_remark: bool = False
    """Whether tokens of several lines have a colour on their first line only, as in remark."""


class CodeRenderer(Struct):
    """Renders the code of one deck; what several steps show is highlighted once.

    Raises ValueError if `highlight_spans` is invalid.
    """

    options: CodeOptions = field(default_factory=CodeOptions)
    report_slow: Callable[[str], None] = lambda _: None
    """Called if the pattern of `highlight_spans` takes too long, after which it is no longer used."""
    unknown: set[str] = field(default_factory=set)
    """Unknown languages, as written; their code is plain."""
    draw: Callable[[str, str], str | None] = lambda _, __: None
    """Returns the HTML of a diagram, given its text and what follows its fence; None if it is not a diagram."""
    _spans: SpanMarker | None = None
    _blocks: dict[tuple[str, str], str] = field(default_factory=dict)
    _inline: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._spans = span_marker(self.options.highlight_spans)

    def block(self, text: str, info: str = "") -> str:
        """A code block as `<pre>`; `info` is what follows the fence, empty for the deck's own language."""
        info = info.strip() or self.options.highlight_language
        html = self._blocks.get((info, text))
        if html is None:
            html = self._blocks[info, text] = self._block(text, info)
        return html

    def listing(self, text: str, language: str, highlighted: frozenset[int]) -> str:
        """Code without marks, from a file, with lines to highlight, counted from 0."""
        html = _code_element(MarkedCode(text, highlighted, ()), language, once=self.options.as_remark)
        return html.replace("<pre>", f'<pre class="{LISTING}">', 1)

    def span(self, text: str) -> str:
        """Inline code as `<code>`, coloured only with the option `highlightInlineCode`."""
        html = self._inline.get(text)
        if html is None:
            html = self._inline[text] = self._span(text)
        return html

    def _block(self, text: str, info: str) -> str:
        diagram = self.draw(text, info)
        if diagram is not None:
            return diagram
        language = info
        fence = read_fence_info(info) if MORE.search(info) is not None else None
        if fence is not None and not fence.language:
            language = self.options.highlight_language
        if not known_language(language):
            self.unknown.add(language_name(language))
        knitr = coloured_language(language) == "r" or language.startswith("{")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        lines = self.options.highlight_lines
        try:
            marked = read_marks(text, lines=lines, knitr=knitr, spans=self._spans)
        except SlowPatternError as error:
            self.report_slow(str(error))
            self._spans = None
            marked = read_marks(text, lines=lines, knitr=knitr, spans=None)
        once = self.options.as_remark
        if (fence is None or fence.is_plain) and coloured_language(language) != SESSION:
            return _code_element(marked, language, once=once)
        return _framed(marked, language, fence or FenceInfo(), once=once)

    def _span(self, text: str) -> str:
        language = self.options.highlight_language
        coloured = coloured_language(language) if self.options.highlight_inline_code else None
        if coloured is None:
            inner = _escaped(text)
        else:
            inner = "\n".join(_lines(tokenize(text, coloured), MarkedCode(text, frozenset(), ()), once=False))
        return f'<code class="{_classes(language, coloured is not None)}remark-inline-code">{inner}</code>'


def _escaped(text: str) -> str:
    """Text as HTML; a browser would drop the null character."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def _code_element(marked: MarkedCode, language: str, *, once: bool) -> str:
    found = enumerate(_html_lines(marked, language, once=once))
    return _pre((_line(line, number in marked.lines) for number, line in found), language)


def _html_lines(marked: MarkedCode, language: str, *, once: bool) -> Iterator[str]:
    coloured = coloured_language(language)
    pieces = tokenize(marked.text, coloured) if coloured else (("", marked.text),)
    return _lines(pieces, marked, once=once)


def _framed(marked: MarkedCode, language: str, info: FenceInfo, *, once: bool) -> str:
    """A block that says more than its language, or a terminal session."""
    from slidegen.render.code import framed  # few blocks do

    own: Callable[[int], str | None] = lambda _: None  # noqa: E731
    kinds: list[str] = []
    if info.diff:
        marked, kinds = framed.without_signs(marked)
    elif coloured_language(language) == SESSION:
        rows, kinds, own = framed.session(marked.text.split("\n"))
        marked = marked if info.steps else MarkedCode("\n".join(rows), marked.lines, ())
    html = list(_html_lines(marked, language, once=once))
    lit = marked.lines | framed.highlighted(info, len(html))
    steps = framed.steps_of_lines(info.steps, len(html))
    lines = (
        _line(own(number) or line, number in lit, kinds[number] if kinds else "", steps[number])
        for number, line in enumerate(html)
    )
    pre = _pre(lines, language)
    return pre if info.is_plain else framed.frame(pre, info)


def _pre(lines: Iterable[str], language: str) -> str:
    # As in remark, only code in a language gets the background of the highlight style.
    styled = coloured_language(language) is not None or not known_language(language)
    return f'<pre><code class="{_classes(language, styled)}remark-code">{"".join(lines)}</code></pre>'


def _classes(language: str, styled: bool) -> str:
    name = _escaped(language_name(language)).replace('"', "&quot;")
    return f"{name} hljs " if name and styled else f"{name} " if name else ""


def _line(html: str, highlighted: bool, kind: str = "", steps: tuple[int, ...] = ()) -> str:
    classes = "remark-code-line remark-code-line-highlighted" if highlighted else "remark-code-line"
    attributes = f' class="{classes} {kind}"' if kind else f' class="{classes}"'
    if steps:
        attributes += f' data-steps="{" ".join(map(str, steps))}"'
    if html:
        return f"<div{attributes}>{html}</div>"
    # Browsers omit empty elements when code is copied. A line break inside keeps the line, and a span,
    # unlike a div, does not add a second one where the structure is read as text.
    return f"<span{attributes}>\n</span>"


class _Line:
    """A line of code as HTML, built piece by piece; scopes may stay open across lines."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._open: tuple[str, ...] = ()
        self.within = False
        """Whether a marked part of the line is open."""

    def add(self, scopes: tuple[str, ...], text: str) -> None:
        """Add code in these scopes."""
        if scopes != self._open:
            kept = _common(scopes, self._open) if scopes and self._open else 0
            self._parts.append("</span>" * (len(self._open) - kept))
            self._parts += [f'<span class="hljs-{scope}">' for scope in scopes[kept:]]
            self._open = scopes
        self._parts.append(_escaped(text))

    def mark(self, *, begins: bool, inside: bool) -> None:
        """Begin or end a marked part."""
        if self.within and (begins or not inside):
            self.add((), "")
            self._parts.append("</span>")
            self.within = False
        if begins:
            self.add((), "")
            self._parts.append('<span class="remark-code-span-highlighted">')
            self.within = True

    def end(self) -> str:
        """Return the line with everything closed, and start the next one."""
        self.add((), "")
        html = "".join(self._parts)
        self._parts.clear()
        return html


def _lines(pieces: Iterable[Piece], marked: MarkedCode, *, once: bool) -> Iterator[str]:
    """The HTML of each line: a token that spans several is opened again on each.

    With `once` it is not: remark cuts the lines out of highlight.js's HTML, so only the first has the colour.
    """
    line = _Line()
    before: tuple[str, ...] = ()
    begun = 0
    """How many of the scopes began on an earlier line."""
    for joined, text, begins, inside in _cut(pieces, marked.spans):
        scopes = _scopes(joined)
        begun = min(begun, _common(scopes, before)) if begun else 0
        before = scopes
        if begins or line.within:
            line.mark(begins=begins, inside=inside)
        first, *rest = text.split("\n")
        if first:
            line.add(scopes[begun:], first)
        for part in rest:
            yield line.end()
            begun = len(scopes) if once else 0
            if part:
                line.add(scopes[begun:], part)
    line.mark(begins=False, inside=False)
    yield line.end()


@lru_cache(maxsize=256)
def _scopes(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(NESTED)) if joined else ()


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many scopes, starting with the outer one, are the same."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


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
