"""The tags of Liquid in Jekyll layouts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, TextIO

from liquid import Environment
from liquid.ast import BlockNode, Node
from liquid.builtin.content import ContentNode, Literal
from liquid.builtin.expressions import FilteredExpression, tokenize
from liquid.builtin.output import Output, OutputNode
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_ILLEGAL, TOKEN_TAG, Token

from slidegen.diagnostics import Code
from slidegen.patterns import lazy_compile
from slidegen.reading.formats.liquid import arguments

if TYPE_CHECKING:
    from liquid import RenderContext
from slidegen.reading.formats.layout_liquid import HINT, JekyllLiquid, PlacedText

WITHOUT_MEANING = frozenset("seo feed_meta csrf_meta_tags github_edit_link".split())
"""Tags of plugins that add nothing a deck could show."""
VARIABLE_NAME = lazy_compile(r"\{\{-?\s*+([\w.-]++)\s*+-?\}\}")


def _placed(context: RenderContext, buffer: TextIO, token: Token, text: str) -> None:
    """Note the origin of the text that is written next."""
    environment = context.env
    assert isinstance(environment, JekyllLiquid)
    environment.count(token)
    if isinstance(buffer, PlacedText):
        buffer.place = environment.place_of(token, text) or buffer.place


class _ContentNode(ContentNode):
    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        _placed(context, buffer, self.token, self.text)
        return super().render_to_output(context, buffer)


class _ValueNode(OutputNode):
    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        _placed(context, buffer, self.token, self.token.value)
        environment = context.env
        assert isinstance(environment, JekyllLiquid)
        if environment.is_deck and not environment.knows(self, context):
            return buffer.write(self.token.value)
        return super().render_to_output(context, buffer)


class _Content(Literal):
    node_class = _ContentNode


class _Value(Output):
    node_class = _ValueNode


class _WordsNode(Node):
    """A tag with the text after its name."""

    def __init__(self, token: Token, words: str, environment: Environment) -> None:
        super().__init__(token)
        self.words = words
        self.environment = environment
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        raise NotImplementedError

    def value(self, path: str, context: RenderContext) -> object:
        """The value of a path such as `page.title`."""
        return context.get(
            [int(part) if part.isdigit() else part for part in path.split(".")], token=self.token
        )


class _WordsTag(Tag):
    block = False
    node: type[_WordsNode]

    def parse(self, stream: TokenStream) -> Node:
        token = stream.expect(TOKEN_TAG)
        words = ""
        if stream.peek.kind == TOKEN_EXPRESSION:
            next(stream)
            words = stream.current.value
        return self.node(token, words, self.env)


class _IncludeNode(_WordsNode):
    """Jekyll's `{% include file.html key=value %}`."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        environment = context.env
        assert isinstance(environment, JekyllLiquid)
        environment.count(self.token)
        written = VARIABLE_NAME.sub(lambda match: str(self.value(match[1], context) or ""), self.words)
        name, given = arguments(written)
        found = environment.layout_site.include(name)
        place = environment.place_of(self.token, self.token.value)
        if found is None:
            hint = "put included files into _includes/ at the top of the site"
            environment.reporter.report(Code.LIQUID, f"there is no {name} to include", place, hint=hint)
            return 0
        values = {
            key: literal if literal is not None else self._given(path, context)
            for key, (literal, path) in given.items()
        }
        template = environment.from_string(environment.text_of(found))
        with context.extend({"include": values}, template=template):
            template.render_with_context(context, buffer, partial=True)
        return 1

    def _given(self, written: str, context: RenderContext) -> object:
        expression = FilteredExpression.parse(context.env, TokenStream(tokenize(written, self.token)))
        return expression.evaluate(context)


class _Include(_WordsTag):
    name = "include"
    node = _IncludeNode


class _IncludeCached(_Include):
    name = "include_cached"


class _HighlightNode(BlockNode):
    """A listing: a fence in a deck, an element in a page."""

    language = ""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        environment = context.env
        assert isinstance(environment, JekyllLiquid)
        before, after = (
            (f"```{self.language}\n", "\n```")
            if environment.is_deck
            else (f'<pre><code class="{escape(self.language)}">', "</code></pre>")
        )
        _placed(context, buffer, self.token, self.token.value)
        inner = context.get_buffer()
        written = sum(node.render(context, inner) for node in self.nodes)
        listing = inner.getvalue().strip("\n")
        buffer.write(before + (listing if environment.is_deck else escape(listing)) + after)
        return written


class _Highlight(Tag):
    name = "highlight"
    end = "endhighlight"

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        words = (
            stream.eat(TOKEN_EXPRESSION).value.split() if stream.current.kind == TOKEN_EXPRESSION else [""]
        )
        node = _HighlightNode(token, get_parser(self.env).parse_block(stream, (self.end,)).nodes)
        stream.expect(TOKEN_TAG, value=self.end)
        node.blank = False
        node.language = words[0]
        return node


class _LinkNode(_WordsNode):
    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        _placed(context, buffer, self.token, self.token.value)
        return buffer.write("/" + self.words.strip().strip("\"'").lstrip("/"))


class _Link(_WordsTag):
    name = "link"
    node = _LinkNode


class _PostUrl(_Link):
    name = "post_url"


class _UnknownNode(_WordsNode):
    """A plugin's tag: its content stays, and it adds nothing itself."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        del buffer
        name, environment = self.token.value, context.env
        assert isinstance(environment, JekyllLiquid)
        environment.count(self.token)
        if name not in WITHOUT_MEANING and not name.startswith("end"):
            message = f"{{% {name} %}} is a tag that Jekyll itself does not have, and gives nothing here"
            place = environment.place_of(self.token, name)
            environment.reporter.report(Code.LIQUID, message, place, hint=HINT)
        return 0


class _UnknownTag(_WordsTag):
    name = TOKEN_ILLEGAL
    node = _UnknownNode


def add_layout_tags(environment: JekyllLiquid) -> JekyllLiquid:
    """Add Jekyll's tags to an environment, and one for unknown tags."""
    environment.tags[TOKEN_ILLEGAL] = _UnknownTag(environment)
    for tag in (_Content, _Value, _Include, _IncludeCached, _Link, _PostUrl, _Highlight):
        environment.add_tag(tag)
    return environment
