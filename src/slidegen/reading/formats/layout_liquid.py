"""Runs Liquid in Jekyll layouts, with limits, source positions and diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, Any, TextIO

from liquid import Environment
from liquid.ast import BlockNode, Node
from liquid.builtin.content import ContentNode, Literal
from liquid.builtin.expressions import FilteredExpression, Path, tokenize
from liquid.builtin.output import Output, OutputNode
from liquid.exceptions import LiquidError, OutputStreamLimitError, ResourceLimitError
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_ILLEGAL, TOKEN_TAG, Token
from liquid.undefined import is_undefined
from msgspec import Struct, field

from slidegen.diagnostics import Code, Reporter
from slidegen.option_types import Value
from slidegen.patterns import lazy_compile
from slidegen.reading.formats.layout_filters import layout_filters
from slidegen.reading.formats.liquid import arguments
from slidegen.source import Composed, Source, Span

if TYPE_CHECKING:
    from liquid import RenderContext

MAX_CHARACTERS = 20_000_000
"""Of a page."""
MAX_WORK = 300_000
"""Pieces of text and values that the layouts of one deck put out, and files that they include."""
WITHOUT_MEANING = frozenset("seo feed_meta csrf_meta_tags github_edit_link".split())
"""Tags of plugins that put nothing into a page which a deck could show."""
VARIABLE_NAME = lazy_compile(r"\{\{-?\s*+([\w.-]++)\s*+-?\}\}")
HINT = "write what it is to give into the layout itself, or into the deck"


class Layout(Struct, frozen=True):
    """A layout or an included file: its text, and where that begins after front matter."""

    source: Source
    start: int = 0
    values: Mapping[str, Value] = field(default_factory=dict)
    """Its front matter."""


class LayoutSite(Struct, frozen=True):
    """What layouts see of the site and the page."""

    site: Mapping[str, Value]
    page: Mapping[str, Value]
    include: Callable[[str], Layout | None]
    """The file of `_includes/` of this name."""
    unknown: Sequence[str] = ()
    """Names that were asked of `site`, and that slidegen has no values for; they grow while it is read."""


class PlacedText(StringIO):
    """A text being written, with the place that each piece of it comes from."""

    def __init__(self, place: Span) -> None:
        super().__init__()
        self.composed = Composed()
        self.place = place

    def write(self, text: str) -> int:
        self.composed.add(text, self.place)
        if self.composed.length > MAX_CHARACTERS:
            raise OutputStreamLimitError("the page becomes too long", token=None)
        return len(text)


class JekyllLiquid(Environment):
    """Liquid as Jekyll has it, bounded, whose mistakes are diagnostics."""

    block_nesting_limit = 100
    context_depth_limit = 100
    loop_iteration_limit = 100_000
    local_namespace_limit = MAX_CHARACTERS
    output_stream_limit = MAX_CHARACTERS

    def __init__(self, site: LayoutSite, reporter: Reporter, *, is_deck: bool) -> None:
        self.layout_site = site
        self.is_deck = is_deck
        self.reporter = reporter
        self.layouts: dict[str, Layout] = {}
        self.work = 0
        self.unplaced = ""
        self.placed = False
        super().__init__()
        self.tags[TOKEN_ILLEGAL] = _UnknownTag(self)
        for tag in (_Content, _Value, _Include, _IncludeCached, _Link, _PostUrl, _Highlight):
            self.add_tag(tag)
        for name, function in layout_filters(site.site, self.filters).items():
            self.add_filter(name, function)

    def text_of(self, layout: Layout) -> str:
        text = layout.source.text[layout.start :]
        self.layouts[text] = layout
        return text

    def place_of(self, token: Token, text: str) -> Span | None:
        """Where a text of a template stands that begins with a token, or soon after it."""
        layout = self.layouts.get(token.source)
        if layout is None or token.start_index < 0:
            return None
        at = max(token.source.find(text, token.start_index), token.start_index) + layout.start
        return Span(layout.source, at, at + max(len(text), 1))

    def knows(self, node: OutputNode, context: RenderContext) -> bool:
        """Whether a value of a deck is Liquid's; one that has none is reported."""
        left = getattr(node.expression, "left", None)
        if not isinstance(left, Path):
            return True
        first = left.path[0]
        if len(left.path) == 1 and not getattr(node.expression, "filters", None):
            return first in context.scope
        filters = getattr(node.expression, "filters", None) or ()
        has_default = any(item.name == "default" for item in filters)
        if first in ("site", "page", "include") and not has_default and is_undefined(left.evaluate(context)):
            place = self.place_of(node.token, node.token.value)
            message = f"{left} has no value here, so it is empty"
            self.reporter.report(Code.LIQUID, message, place, hint=HINT)
        return True

    def count(self, token: Token) -> None:
        """Count one more piece of work; raises an error where that is far too much."""
        self.work += 1
        if self.work > MAX_WORK:
            raise ResourceLimitError("the layout is far too long about it", token=token)

    def error(self, exc: Any, msg: str | None = None, token: Token | None = None) -> None:
        """What a template does wrong: it is said, and left out."""
        error = exc if isinstance(exc, LiquidError) else exc(msg, token=token)
        error.token = error.token or token
        if isinstance(error, ResourceLimitError):
            raise error
        self.say(error)

    def say(self, error: LiquidError) -> None:
        """Report a mistake; one without a place only if no other has one: it is the same, told twice."""
        token = error.token
        place = self.place_of(token, token.value) if token is not None else None
        message = f"Liquid that does not work: {error.message}"
        if place is None:
            self.unplaced = self.unplaced or message
        else:
            self.placed = True
            self.reporter.report(Code.LIQUID, message, place, hint=HINT)

    def say_rest(self) -> None:
        """Report what is known when all is rendered."""
        if self.unplaced and not self.placed:
            layout = next(iter(self.layouts.values()))
            place = Span(layout.source, layout.start, layout.start + 1)
            self.reporter.report(Code.LIQUID, self.unplaced, place, hint=HINT)
        self.say_unknown()

    def say_unknown(self) -> None:
        """Say what the layouts ask of the site that slidegen does not know, each name once."""
        for name in dict.fromkeys(self.layout_site.unknown):
            written = f"site.{name}"
            for layout in self.layouts.values():
                at = layout.source.text.find(written, layout.start)
                if at >= 0:
                    message = (
                        f"{written} lists pages of the site, which slidegen does not read; it is empty here"
                    )
                    place = Span(layout.source, at, at + len(written))
                    self.reporter.report(Code.LIQUID, message, place, hint=HINT)
                    break


def _placed(context: RenderContext, buffer: TextIO, token: Token, text: str) -> None:
    """Note where what is written next comes from."""
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
    """A tag with what stands behind its name."""

    def __init__(self, token: Token, words: str, environment: Environment) -> None:
        super().__init__(token)
        self.words = words
        self.environment = environment
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        raise NotImplementedError

    def value(self, path: str, context: RenderContext) -> object:
        """What a path such as `page.title` means."""
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
    """A tag of a plugin: what stands in it stays, it gives nothing itself."""

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
