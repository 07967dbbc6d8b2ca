"""Runs Liquid in Jekyll layouts, with limits, source positions and diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

from liquid import Environment
from liquid.builtin.expressions import Path
from liquid.builtin.output import OutputNode
from liquid.exceptions import LiquidError, OutputStreamLimitError, ResourceLimitError
from liquid.token import Token
from liquid.undefined import is_undefined
from msgspec import Struct, field

from slidegen.diagnostics import Code, Reporter
from slidegen.option_types import Value
from slidegen.reading.formats.layout_filters import layout_filters
from slidegen.source import Composed, Source, Span

if TYPE_CHECKING:
    from liquid import RenderContext

MAX_CHARACTERS = 20_000_000
"""Limit for a page."""
MAX_WORK = 300_000
"""How many pieces of text and values the layouts of one deck may output, and files they may include."""
HINT = "write the text that it should produce into the layout itself, or into the deck"


class Layout(Struct, frozen=True):
    """A layout or an included file: its text, and where that begins after front matter."""

    source: Source
    start: int = 0
    values: Mapping[str, Value] = field(default_factory=dict)
    """Its front matter."""


class LayoutSite(Struct, frozen=True):
    """What layouts know about the site and the page."""

    site: Mapping[str, Value]
    page: Mapping[str, Value]
    include: Callable[[str], Layout | None]
    """Returns the file of this name in `_includes/`."""
    unknown: Sequence[str] = ()
    """Names that layouts asked of `site` and slidegen has no values for; filled while it is read."""


class PlacedText(StringIO):
    """A text being written, with the origin of each piece."""

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
    """Jekyll's Liquid with limits, whose mistakes are diagnostics."""

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
        for name, function in layout_filters(site.site, self.filters).items():
            self.add_filter(name, function)

    def text_of(self, layout: Layout) -> str:
        text = layout.source.text[layout.start :]
        self.layouts[text] = layout
        return text

    def place_of(self, token: Token, text: str) -> Span | None:
        """The place of a template's text that begins at a token, or soon after it."""
        layout = self.layouts.get(token.source)
        if layout is None or token.start_index < 0:
            return None
        at = max(token.source.find(text, token.start_index), token.start_index) + layout.start
        return Span(layout.source, at, at + max(len(text), 1))

    def knows(self, node: OutputNode, context: RenderContext) -> bool:
        """Whether a value in a deck is Liquid's; one without a value is reported."""
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
        """Count a piece of work; raises an error if there is far too much."""
        self.work += 1
        if self.work > MAX_WORK:
            raise ResourceLimitError("the layout is far too long about it", token=token)

    def error(self, exc: Any, msg: str | None = None, token: Token | None = None) -> None:
        """Report a mistake in a template, and continue without it."""
        error = exc if isinstance(exc, LiquidError) else exc(msg, token=token)
        error.token = error.token or token
        if isinstance(error, ResourceLimitError):
            raise error
        self.say(error)

    def say(self, error: LiquidError) -> None:
        """Report a mistake; one without a place only if there is no other, since it would be the same one again."""
        token = error.token
        place = self.place_of(token, token.value) if token is not None else None
        message = f"Liquid that does not work: {error.message}"
        if place is None:
            self.unplaced = self.unplaced or message
        else:
            self.placed = True
            self.reporter.report(Code.LIQUID, message, place, hint=HINT)

    def say_rest(self) -> None:
        """Report what is only known once all is rendered."""
        if self.unplaced and not self.placed:
            layout = next(iter(self.layouts.values()))
            place = Span(layout.source, layout.start, layout.start + 1)
            self.reporter.report(Code.LIQUID, self.unplaced, place, hint=HINT)
        self.say_unknown()

    def say_unknown(self) -> None:
        """Report what the layouts ask of the site that slidegen does not know, each name once."""
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
