"""Converts Markdown and its embedded fragments to HTML."""

from __future__ import annotations

import html
from collections.abc import Collection, Mapping, Sequence

from markdown import Markdown

from slidegen.render.dialect.blocks import DialectParser
from slidegen.render.dialect.callouts import CalloutTitles, english_titles
from slidegen.render.dialect.code import CodeBlock
from slidegen.render.dialect.conversion_state import Conversion, LinkTarget
from slidegen.render.dialect.footnotes import (
    Footnotes,
    extract_footnotes,
    resolve_footnotes,
    restore_footnotes,
)
from slidegen.render.dialect.fragments import Fragment, Fragments
from slidegen.render.dialect.inline_rules import CodeSpan
from slidegen.render.dialect.literals import shown
from slidegen.render.dialect.rules import DialectExtension
from slidegen.render.dialect.tree import to_html
from slidegen.render.html.repair import repaired, without_empty_paragraphs, without_paragraph


def plain_code_block(text: str, info: str) -> str:
    """Code without colours."""
    language = info.partition(" ")[0]
    attribute = f' class="{html.escape(language)}"' if language else ""
    return f"<pre><code{attribute}>{html.escape(text)}\n</code></pre>"


def plain_code_span(text: str) -> str:
    """Inline code without colours."""
    return f"<code>{html.escape(text)}</code>"


class Dialect:
    """remark's Markdown, for as many texts as there are."""

    def __init__(
        self,
        code_block: CodeBlock = plain_code_block,
        code_span: CodeSpan = plain_code_span,
        callout_titles: CalloutTitles = english_titles,
        extras: Collection[str] = (),
    ) -> None:
        self.callout_titles = callout_titles
        extension = DialectExtension(code_block, code_span, callout_titles, extras)
        self._markdown = Markdown(extensions=[extension])
        # The library sets its own after it has registered extensions.
        self._markdown.serializer = to_html

    def convert(
        self,
        parts: Sequence[str | Fragment],
        links: Mapping[str, LinkTarget],
        *,
        inline: bool = False,
        footnotes: Footnotes | None = None,
    ) -> str:
        """The parts, concatenated, as HTML in which every element is closed.

        `links` are by identifier in lower case. With `inline`, remark's rule for a content class on one
        line, a single paragraph is reduced to its content. `footnotes` says how a whole slide shows its
        footnotes. Without it, they stay as marks in the HTML, to be resolved in the text that has it
        as a fragment; with `inline`, so do characters that a backslash made literal.
        """
        fragments = Fragments()
        text = fragments.joined(parts)
        parser = self._markdown.parser
        assert isinstance(parser, DialectParser)
        read_again = inline and footnotes is None
        parser.conversion = conversion = Conversion(fragments, links, read_again)
        html, notes = extract_footnotes(self._markdown.convert(text))
        finish = without_empty_paragraphs if conversion.balanced else repaired
        html = finish(html).removesuffix("\n")
        # Each by itself: what the text leaves open does not affect the footnote.
        notes = {key: finish(note) for key, note in notes.items()}
        if inline:
            html = without_paragraph(html)
        html = (
            restore_footnotes(html, notes) if footnotes is None else resolve_footnotes(html, notes, footnotes)
        )
        return html if read_again else shown(html)
