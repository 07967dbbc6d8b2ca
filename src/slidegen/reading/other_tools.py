"""Recognises decks that were written for another program, by their front matter and their marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from slidegen.config import Setting
from slidegen.diagnostics import Code, Reporter
from slidegen.patterns import lazy_compile
from slidegen.reading.source_deck import SourceDeck
from slidegen.source import Span


class Tool(Struct, frozen=True):
    """A program that makes slides, and what distinguishes its decks from remark's."""

    name: str
    page: str
    """Words in the heading of its section in docs/other-tools.md."""
    keys: tuple[str, ...]
    """Keys of front matter that only this program has: one is enough."""
    more: tuple[str, ...]
    """Keys that have no effect here, but may belong to other programs."""
    marks: tuple[tuple[str, re.Pattern[str]], ...]
    """Its marks in a deck's text, and what a sentence calls them."""
    sure: tuple[str, ...] = ()
    """The marks that identify it without any key."""
    values: tuple[tuple[str, re.Pattern[str]], ...] = ()
    """Keys that other programs have as well, and which of their values identify it."""


def _marks(*pairs: tuple[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, lazy_compile(pattern, re.MULTILINE)) for name, pattern in pairs)


OF_SLIDEV = lazy_compile(
    r"(?:cover|intro|end|fact|quote|section|statement|two-cols(?:-header)?"
    r"|(?:image|iframe)(?:-left|-right)?)\s*"
)
"""The layouts that come with Slidev and have a name that remark and Jekyll give no meaning to."""
ATTRIBUTES = ("## with {.attributes}", r"^#{1,6}[ \t][^\n]*\{[.#][^}\n]*\}[ \t]*$")
PAUSE = (". . .", r"^\. \. \.[ \t]*$")
TOOLS = (
    Tool(
        name="Marp",
        page="marp",
        keys=("marp", "headingDivider"),
        more=tuple("paginate size header style backgroundColor backgroundImage color _class".split()),
        marks=_marks(
            (
                "<!-- _class: … -->",
                r"^[ \t]*<!--[ \t]*_(?:class|paginate|header|footer|color|backgroundColor)[ \t]*:",
            ),
            ("<!-- paginate: … -->", r"^[ \t]*<!--[ \t]*(?:paginate|headingDivider)[ \t]*:"),
            ("![bg](…)", r"!\[bg\]\("),
            (
                "![bg right](…)",
                r"!\[(?:\w+[ \t]+)?bg[ \t]+(?:left|right|cover|contain|fit|auto|vertical|opacity|blur|brightness|[wh]:)"
                r"[^\]\n]*\]\(",
            ),
        ),
        sure=("<!-- _class: … -->", "![bg right](…)"),
    ),
    Tool(
        name="Slidev",
        page="slidev",
        keys=(
            "highlighter",
            "drawings",
            "mdc",
            "themeConfig",
            "routerMode",
            "monaco",
            "colorSchema",
            "canvasWidth",
        ),
        more=("layout", "background", "class", "info", "download", "fonts", "lineNumbers"),
        marks=_marks(
            ("<v-click>", r"<v-(?:clicks?|after|mark|switch)\b"),
            ("::right::", r"^::\w+::[ \t]*$"),
            (
                "layout: two-cols",
                r"^layout:[ \t]*(?:two-cols|cover|center|image-right|image-left|iframe|end|intro|fact)\b",
            ),
        ),
        sure=("<v-click>", "::right::"),
        values=(("layout", OF_SLIDEV),),
    ),
    Tool(
        name="reveal-md",
        page="reveal-md",
        keys=("revealOptions", "verticalSeparator", "notesSeparator", "highlightTheme", "slideOptions"),
        more=("separator", "preprocessor", "template"),
        marks=_marks(
            ("<!-- .slide: … -->", r"<!--[ \t]*\.(?:slide|element)[ \t]*:"),
            ("<!-- .element: … -->", r"<!--[ \t]*\.element[ \t]*:"),
            ("---- for a vertical slide", r"^----$"),
            ("Note:", r"^Notes?:[ \t]*$"),
        ),
        sure=("<!-- .slide: … -->",),
    ),
    Tool(
        name="Quarto",
        page="quarto",
        keys=("format", "execute", "jupyter", "code-fold", "filters", "engine"),
        more=("knitr", "editor", "toc", "embed-resources"),
        marks=_marks(
            ATTRIBUTES,
            PAUSE,
            ("#| options of cells", r"^#\|[ \t]"),
        ),
    ),
    Tool(
        name="Beamer",
        page="beamer",
        keys=(),
        more=(),
        marks=_marks(
            (r"\documentclass", r"^[ \t]*\\documentclass(?:\[[^\]\n]*\])?\{"),
            (r"\begin{frame}", r"^[ \t]*\\begin\{frame\}"),
            (r"\frametitle", r"^[ \t]*\\frametitle\b"),
        ),
        sure=(r"\documentclass", r"\begin{frame}"),
    ),
    Tool(
        name="Pandoc",
        page="pandoc",
        keys=("aspectratio", "header-includes", "slide-level", "beameroption", "colortheme", "revealjs-url"),
        more=("institute", "classoption", "fontsize", "documentclass", "to", "pdf-engine"),
        marks=_marks(
            ("a % title block", r"\A%[ \t]+\S[^\n]*\n(?:%[^\n]*\n){1,2}"),
            PAUSE,
            ATTRIBUTES,
        ),
        sure=("a % title block",),
    ),
    Tool(
        name="R Markdown",
        page="pandoc",
        keys=("output",),
        more=(),
        marks=_marks(PAUSE, ATTRIBUTES),
    ),
    Tool(
        name="Deckset",
        page="deckset",
        keys=("slidenumbers", "build-lists", "autoscale", "slidecount"),
        more=("slide-transition", "header"),
        marks=_marks(
            (
                "slidenumbers:",
                r"\A(?:[a-z-]+:[^\n]*\n)*(?:slidenumbers|autoscale|build-lists|slidecount):[ \t]",
            ),
            ("^ notes", r"^\^ \S"),
            ("[.header: …]", r"^\[\.[\w-]+:[^\]\n]*\][ \t]*$"),
        ),
        sure=("slidenumbers:",),
    ),
)
"""The programs that people come from. `format:` and `output:` identify one by their values."""
OF_QUARTO = lazy_compile(r"revealjs|html|pptx|beamer|pdf|docx|gfm|typst")
OF_R_MARKDOWN = lazy_compile(r"(?:\w+::)?(?:ioslides|slidy|beamer|powerpoint|revealjs)_presentation\b")
VALUES = {"format": OF_QUARTO, "output": OF_R_MARKDOWN}
"""What identifies a program if the key alone does not."""
AMBIGUOUS = frozenset({"format", "filters", "math", "execute"})
MOST_NAMED = 4


def warn_of_other_tool(deck: SourceDeck, reporter: Reporter, *, in_jekyll: bool = False) -> None:
    """Report that a deck was written for another program, and which parts of it have no effect here.

    In a Jekyll site, any `layout:` may be the site's own.
    """
    for tool in TOOLS:
        found = next(_evidence(tool, deck, in_jekyll), None)
        if found is not None:
            names = _meaningless(tool, deck)
            shown = ", ".join(names[:MOST_NAMED])
            if len(names) > MOST_NAMED:
                shown += f" and {len(names) - MOST_NAMED} more"
            verb = "means" if len(names) == 1 else "mean"
            reporter.report(
                Code.OTHER_TOOL,
                f"this deck is written for {tool.name}; {shown} {verb} nothing to slidegen",
                found,
                hint=f"`slidegen docs {tool.page}` says what to write instead",
            )
            return


def _evidence(tool: Tool, deck: SourceDeck, in_jekyll: bool) -> Iterator[Span]:
    """The places that show that a deck is written for a program."""
    values = {} if in_jekyll else dict(tool.values)
    for setting in deck.settings:
        of_tool = setting.key in tool.keys and _is_tools(setting)
        if of_tool or (setting.key in values and values[setting.key].fullmatch(setting.written)):
            yield setting.key_span
    text = deck.source.text
    for name, pattern in tool.marks:
        if name in tool.sure:
            for match in pattern.finditer(text):
                if not _in_fence(text, match.start()):
                    start = match.start() + len(match[0]) - len(match[0].lstrip())
                    yield Span(deck.source, start, start + len(match[0].strip().partition("\n")[0]))


def _is_tools(setting: Setting) -> bool:
    if setting.key == "marp":
        return setting.value is not False
    if setting.key in VALUES:
        values = [setting.written, *(part.key for part in setting.parts)]
        return any(VALUES[setting.key].match(value) for value in values if value)
    return setting.key not in AMBIGUOUS


def _in_fence(text: str, at: int) -> bool:
    """Whether an offset is in code, after an odd number of fences."""
    return len(FENCES.findall(text, 0, at)) % 2 == 1


FENCES = lazy_compile(r"^[ \t]*(?:`{3,}|~{3,})", re.MULTILINE)


def _meaningless(tool: Tool, deck: SourceDeck) -> Sequence[str]:
    """What a deck has that only the program understands: keys, then marks."""
    keys = [f"{item.key}:" for item in deck.settings if item.key in (*tool.keys, *tool.more)]
    marks = [name for name, pattern in tool.marks if pattern.search(deck.source.text, deck.start)]
    return [*keys, *marks]
