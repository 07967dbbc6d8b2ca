"""Recognises probable mistakes in a deck's text that are shown as something else.

Each rule is a function that looks through the Markdown of a deck. Code, formulas and HTML without
Markdown are hidden from it. Where remark.js shows something sensible, no rule warns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from slidegen.diagnostics import Reporter
from slidegen.source import Source
from slidegen.syntax.fence_mistakes import FENCE_MARKS, FenceFault, unclosed_fence
from slidegen.syntax.line_mistakes import (
    empty_headings,
    nameless_divisions,
    open_links,
    quoted_divisions,
    spaced_images,
    spaced_links,
    spaced_macros,
    stray_brackets,
    swapped_links,
    undefined_footnotes,
    undefined_references,
    unknown_callouts,
)
from slidegen.syntax.mistake_view import View, markdown_of
from slidegen.syntax.separator_mistakes import (
    LATE_KEYS,
    boxed_separators,
    indented_steps,
    late_properties,
    long_separators,
    notes_marks,
    short_notes_marks,
)
from slidegen.syntax.table_mistakes import bare_tables, tables_without_head
from slidegen.syntax.tokens import Token

RULES: tuple[tuple[Callable[[View], None], tuple[str, ...]], ...] = (
    (notes_marks, ("???",)),
    (short_notes_marks, ("??\n", "?? \n", "??\t\n")),
    (long_separators, ("----", "–", "—", " ---")),
    (indented_steps, (" --\n", " -- \n", ">--\n")),
    (boxed_separators, ("---",)),
    (late_properties, LATE_KEYS),
    (tables_without_head, ("|\n", "| \n")),
    (bare_tables, (" | ",)),
    (empty_headings, ("#\n", "#######")),
    (nameless_divisions, (":::",)),
    (quoted_divisions, (":::",)),
    (unknown_callouts, ("[!",)),
    (undefined_references, ("][",)),
    (undefined_footnotes, ("[^",)),
    (spaced_links, ("] ", "]\t")),
    (spaced_images, ("! ", "!\t")),
    (spaced_macros, ("![: ", "![:\t")),
    (stray_brackets, ("]\n", "] \n")),
    (open_links, ("](",)),
    (swapped_links, (")[",)),
)
"""Each rule, and what a text must contain for it to find something."""


def warn_of_mistakes(source: Source, tokens: Sequence[Token], reporter: Reporter) -> FenceFault | None:
    """Report what the rules find in a text that consists of these tokens; returns its unclosed fence,

    of which only one is reported in a deck.
    """
    text = source.text + "\n"
    wanted = [rule for rule, marks in RULES if any(mark in text for mark in marks)]
    fenced = any(mark in text for mark in FENCE_MARKS)
    if not wanted and not fenced:
        return None
    view = View(source, tokens, markdown_of(source.text, tokens), reporter)
    for rule in wanted:
        rule(view)
    return unclosed_fence(view) if fenced else None
