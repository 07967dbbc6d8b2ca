"""Link and footnote definitions, which show nothing where they are written."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from slidegen.render.dialect.block_state import Passage
from slidegen.render.dialect.blocks import MAX_DEPTH, Block, BlockRule
from slidegen.render.dialect.conversion_state import LinkTarget
from slidegen.render.dialect.footnotes import NAME, definition_end, definition_start
from slidegen.render.dialect.patterns import compiled
from slidegen.render.dialect.tree import RUN, raw

LINK_DEFINITION = r" *+\[(?:[^\]^\n][^\]\n]*)\]: *+<?(?:[^\s>]+)>?(?: +[\"(](?:[^\n]+)[\")])? *+(?:\n|\Z)"
LINK = compiled(r" *+\[([^\]^\n][^\]\n]*)\]: *+<?([^\s>]+)>?(?: +[\"(]([^\n]+)[\")])? *+(?:\n++|\Z)")
FOOTNOTE = rf" {{0,3}}\[\^{NAME}\]:(?=[ \n])"
FOOTNOTE_START = compiled(rf" {{0,3}}\[\^({NAME})\]: *+\n?+ *+")
CONTINUATION = compiled(r"\n(?!\n|" + FOOTNOTE + r")|\n++(?= {2})")
INDENT = compiled(r"\n {1,4}")


class LinkDefinitionRule(BlockRule):
    """`[id]: url "title"`; those outside quotes have already been found by slidegen's lexer."""

    opening = "["
    anywhere = False

    def read(self, passage: Passage, at: int) -> Block | None:
        """Record the link, and show nothing."""
        match = LINK.match(passage.text, at)
        if match is None:
            return None
        passage.conversion.own_links[match[1].lower()] = LinkTarget(match[2], match[3])
        return None, match.end()


class FootnoteDefinition(BlockRule):
    """`[^id]: text`, with the following lines, and indented lines after a blank one."""

    opening = "["

    def read(self, passage: Passage, at: int) -> Block | None:
        """The footnote's content between marks, from where it will move to the slide's end."""
        text = passage.text
        start = FOOTNOTE_START.match(text, at)
        if start is None or passage.depth >= MAX_DEPTH:
            return None
        end = passage.hanging_end(start.end(), CONTINUATION)
        element = Element(RUN)
        element.append(raw(definition_start(start[1])))
        self.parser.parse(element, passage.note(INDENT.sub("\n", text[start.end() : end])))
        element.append(raw(definition_end()))
        return element, end
