"""What rules examine: the finished slides of a deck, with places in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from slidegen.compile.compile import CompiledDeck
from slidegen.compile.source_locator import CODE_IN_LINES, SourceLocator
from slidegen.deck.model import Slide
from slidegen.diagnostics import DiagnosticCode
from slidegen.diagnostics.rules import BOUNDS
from slidegen.page.overflow import first_line
from slidegen.render.page_model import RenderedSlide
from slidegen.source import Span
from slidegen.syntax.mistake_view import HIDDEN


class CheckedSlide(Struct, frozen=True):
    """A slide at its last step."""

    shown: RenderedSlide
    steps: Sequence[Slide]
    """Its steps."""
    tree: LexborHTMLParser

    @property
    def place(self) -> Span:
        """The first line of the slide that has content."""
        return first_line(self.steps[0].span)

    def written(self, pattern: re.Pattern[str], count: int) -> Sequence[Span]:
        """Where the slide's own text has a pattern outside code; nothing unless it is there `count` times."""
        source = self.place.source
        start, end = self.steps[0].span.start, max(each.span.end for each in self.steps)
        text = CODE_IN_LINES.sub(lambda match: HIDDEN * len(match[0]), source.text[start:end])
        found = [Span(source, start + match.start(), start + match.end()) for match in pattern.finditer(text)]
        return found if len(found) == count else ()

    def nodes(self, selector: str) -> list[LexborNode]:
        """The elements that match a selector."""
        return self.tree.css(selector)


class CheckedDeck(Struct, frozen=True):
    """A deck to apply rules to."""

    compiled: CompiledDeck
    slides: Sequence[CheckedSlide]
    places: SourceLocator

    def bound(self, rule: str) -> float:
        """The limit that a rule uses."""
        value = {**self.compiled.project.config.check, **self.compiled.deck.config.check}.get(rule)
        return BOUNDS[rule] if value is None or isinstance(value, bool) else float(value)

    def report(self, code: DiagnosticCode, message: str, span: Span | None, hint: str) -> None:
        """Report a rule's finding."""
        self.compiled.reporter.report(code, message, span, hint=hint, path=str(self.compiled.path))

    def locate(self, slide: CheckedSlide, text: str) -> Span:
        """The place of a text on the slide; the slide's first line if it cannot be found."""
        found = self.places.of_slide(slide.shown.index)(text) if text.strip() else None
        if found is None or found.start == slide.steps[-1].span.start:
            return slide.place
        return found


def examine(compiled: CompiledDeck, shown: Sequence[RenderedSlide]) -> CheckedDeck:
    """Parse the deck's slides for the rules."""
    return CheckedDeck(
        compiled,
        list(_slides(compiled, shown)),
        SourceLocator(compiled.deck, compiled.content.macros.outputs),
    )


def _slides(compiled: CompiledDeck, shown: Sequence[RenderedSlide]) -> Iterator[CheckedSlide]:
    steps: dict[int, list[Slide]] = {}
    for slide in compiled.deck.slides:
        steps.setdefault(slide.group, []).append(slide)
    for each in shown:
        if each.last_step:
            yield CheckedSlide(each, steps[each.group], LexborHTMLParser(each.html))
