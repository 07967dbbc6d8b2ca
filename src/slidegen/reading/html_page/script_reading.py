"""What the scripts of a page contain, as far as slidegen understands them."""

from __future__ import annotations

from msgspec import Struct, field

from slidegen.diagnostics import Code as Mistake
from slidegen.diagnostics import Diagnostic
from slidegen.reading.html_page.page_macro import WrittenMacro
from slidegen.reading.javascript.static_values import ObjectEntry, ScriptValues
from slidegen.reading.javascript.tokens import Expression
from slidegen.source import Span


class Script(Struct):
    """A script of the page, or a file of its own, with the author's part of it."""

    span: Span
    kept: str = ""
    """What is kept; empty if slidegen replaces all of it."""


class ScriptReading(Struct):
    """What the scripts of a page contain."""

    options: list[ObjectEntry] = field(default_factory=list)
    macros: dict[str, WrittenMacro] = field(default_factory=dict)
    unknown_macros: dict[str, Span] = field(default_factory=dict)
    math: list[tuple[str, Expression]] = field(default_factory=list)
    """Objects that configure formulas, each with its owner: `MathJax` or `katex`."""
    names: ScriptValues = field(default_factory=ScriptValues)
    ours: set[str] = field(default_factory=set)
    """Names of objects that remark was given."""
    widgets: bool = False
    """Whether the page has htmlwidgets, which need to know when a slide is shown."""
    deck_files: dict[str, Span] = field(default_factory=dict)
    """Names of Markdown files in scripts that call remark, and where they are first written."""
    source_names: set[str] = field(default_factory=set)
    """Names of the deck's element."""
    left: set[str] = field(default_factory=set)
    """Names defined by statements that are dropped."""
    absent: tuple[str, ...] = ()
    """Names from dropped statements that kept scripts use, and scripts in the deck."""
    countdown: float = 0
    """Milliseconds that xaringan's script gives each slide."""
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def report_unsupported(self, what: str, code: Expression) -> None:
        """Report that a part of the page is unknown, or known only when it is opened."""
        message, hint = explain_unsupported(what, code)
        self.diagnostics.append(Diagnostic(Mistake.COMPUTED, message, code.span, hint))


def explain_unsupported(what: str, code: Expression) -> tuple[str, str]:
    """The message and hint for code whose value cannot be known."""
    if code.is_whole:
        why, hint = "is computed when the page is opened", "write the value itself, or set it in slidegen.yml"
    else:
        why, hint = "does not parse", "look for a bracket or a quotation mark without its other end"
    return f"{what} {why}, and was left out", hint
