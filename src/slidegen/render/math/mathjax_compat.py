"""Rewrites LaTeX written for MathJax into the LaTeX that math-core supports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from slidegen.patterns import lazy_compile
from slidegen.render.math.commands import COMMANDS, TEXT, TEXT_COMMANDS
from slidegen.render.math.css_styles import MathStyles
from slidegen.render.math.macros import Macro
from slidegen.render.math.markdown_escapes import SourceMappedTex
from slidegen.render.math.rewriter import Rewriter
from slidegen.render.math.token_stream import TokenStream
from slidegen.render.math.tokens import FormulaSyntaxError, TexToken, tokenize


class Rewritten(Struct, frozen=True):
    """A formula rewritten for math-core."""

    tokens: list[TexToken]
    styles: MathStyles
    tags: Mapping[str, str]
    """For each tag passed to math-core, the LaTeX to show instead."""
    labels: Mapping[str, str]
    """Names that the formula gives to its numbers, with what `\\ref` shows."""
    macros: Mapping[str, Macro] | None
    """All macros known after it, if it defines any."""
    problem: FormulaSyntaxError | None = None
    """A mistake that does not prevent the formula from being shown."""


_COMMAND = lazy_compile(r"\\(?:begin\s*\{array\}|[A-Za-z]+|[\s\S])|[%$]")
_BIG = (f"\\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m"))
_SAME = frozenset(("\\left", "\\right", "\\middle", "\\not", "\\underbrace", "\\overbrace", "\\operatorname"))
_REWRITTEN = frozenset((*COMMANDS, "%")) - _SAME.union(TEXT, _BIG)


def is_plain(tex: str, macros: Mapping[str, Macro]) -> bool:
    """Whether math-core handles a formula correctly as it is, or rejects it."""
    found = set(_COMMAND.findall(tex))
    return _REWRITTEN.isdisjoint(found) and macros.keys().isdisjoint(found)


def rewrite(
    written: SourceMappedTex,
    *,
    display: bool,
    macros: Mapping[str, Macro],
    numbers: Iterator[str] | None = None,
    labels: Mapping[str, str] | None = None,
) -> Rewritten:
    """Rewrite a formula. With `numbers`, its equations take theirs from there.

    Raises FormulaSyntaxError if braces or environments do not match, or a command lacks arguments.
    """
    tokens = tokenize(written)
    rewriter = Rewriter(
        TokenStream(tokens),
        tokens[0] if tokens else TexToken("", 0, 0),
        commands=COMMANDS,
        text_commands=TEXT_COMMANDS,
        display=display,
        macros=macros,
        numbers=numbers,
        labels=labels or {},
    )
    rewriter.run()
    return Rewritten(
        tokens=rewriter.out,
        styles=rewriter.styles,
        tags=rewriter.tags,
        labels=rewriter.new_labels,
        macros=rewriter.macros if rewriter.defines else None,
        problem=rewriter.problem,
    )
