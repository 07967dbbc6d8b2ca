"""The dialect as a Python-Markdown extension, with its own block and inline rules."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, TypeVar

from markdown.extensions import Extension
from markdown.util import Registry

from slidegen.render.dialect.blocks import DialectParser
from slidegen.render.dialect.callouts import CalloutTitles
from slidegen.render.dialect.code import CodeBlock, FencedCode, IndentedCode
from slidegen.render.dialect.definitions import FootnoteDefinition, LinkDefinitionRule
from slidegen.render.dialect.emphasis import Deleted, Emphasis, Lowered, Marked, Raised, Strong
from slidegen.render.dialect.headings import Heading, HorizontalRule, UnderlinedHeading
from slidegen.render.dialect.html_blocks import HtmlBlock
from slidegen.render.dialect.inline_rules import (
    Autolink,
    BareUrl,
    Break,
    CodeSpan,
    CodeSpanRule,
    Escape,
    FragmentInText,
    RawTag,
)
from slidegen.render.dialect.inlines import SPECIAL_WITH_EXTRAS, InlineReader, InlineRule
from slidegen.render.dialect.links import FootnoteReference, LinkOrImage
from slidegen.render.dialect.lists import List
from slidegen.render.dialect.paragraphs import Paragraph
from slidegen.render.dialect.quotes import Quote
from slidegen.render.dialect.tables import Table
from slidegen.render.dialect.whitespace import WhiteSpace

Rule = TypeVar("Rule")

if TYPE_CHECKING:
    from markdown import Markdown


class DialectExtension(Extension):
    """Makes Python-Markdown read what remark.js reads."""

    def __init__(
        self,
        code_block: CodeBlock,
        code_span: CodeSpan,
        callout_titles: CalloutTitles,
        extras: Collection[str],
    ) -> None:
        super().__init__()
        self.code_block = code_block
        self.code_span = code_span
        self.callout_titles = callout_titles
        self.extras = extras

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Replace the library's stages by the dialect's."""
        md.parser = parser = DialectParser(md)
        _register(
            parser.rules,
            indented_code=IndentedCode(parser, self.code_block),
            fenced_code=FencedCode(parser, self.code_block),
            heading=Heading(parser),
            table=Table(parser, barred=False),
            underlined_heading=UnderlinedHeading(parser),
            rule=HorizontalRule(parser),
            quote=Quote(parser, self.callout_titles),
            list=List(parser),
            html=HtmlBlock(parser),
            footnote=FootnoteDefinition(parser),
            link=LinkDefinitionRule(parser),
            barred_table=Table(parser, barred=True),
            paragraph=Paragraph(parser),
        )
        inlines = InlineReader(md)
        _register(
            inlines.rules,
            escape=Escape(),
            fragment=FragmentInText(),
            autolink=Autolink(),
            url=BareUrl(),
            tag=RawTag(),
            footnote=FootnoteReference(),
            link=LinkOrImage(),
            strong=Strong(),
            emphasis=Emphasis(),
            code=CodeSpanRule(self.code_span),
            line_break=Break(),
            deleted=Deleted(),
            marked=Marked(),
            **self._extra_rules(),
        )
        if self.extras:
            inlines.special = SPECIAL_WITH_EXTRAS
        md.preprocessors = Registry()
        md.preprocessors.register(WhiteSpace(md), "white_space", 0)
        md.treeprocessors = Registry()
        md.treeprocessors.register(inlines, "inline", 0)
        md.postprocessors = Registry()
        md.stripTopLevelTags = False

    def _extra_rules(self) -> dict[str, InlineRule]:
        """The rules that the deck's option `extras` enables."""
        rules: dict[str, InlineRule] = {}
        if "superscript" in self.extras:
            rules["raised"] = Raised()
        if "subscript" in self.extras:
            rules["lowered"] = Lowered()
        if "emoji" in self.extras:
            from slidegen.render.dialect.emoji import Emoji  # few decks have it

            rules["emoji"] = Emoji()
        return rules


def _register(registry: Registry[Rule], **rules: Rule) -> None:
    """Register the rules in order of precedence."""
    for place, (name, rule) in enumerate(rules.items()):
        registry.register(rule, name, -place)
