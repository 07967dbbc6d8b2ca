"""What a variant's page has of the HTML of slides: no comments, and nothing marked that is left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct, field

from slidegen.deck.model import Slide
from slidegen.deck.variants import Variant
from slidegen.diagnostics import Code, Reporter
from slidegen.render.html.growing_html import MANY, GrowingHtml
from slidegen.render.html.visible import (
    with_clean_pages,
    without_comments,
    without_dead_rules,
    without_elements,
)

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = "srcdoc"


class VariantHtml(Struct):
    """Cleans the HTML of one step after another; of many steps, it reads only what each adds."""

    reporter: Reporter
    _growing: dict[bool, tuple[int, GrowingHtml]] = field(default_factory=dict)
    """For content and for notes: the group of a slide, and its steps."""

    def shown(self, html: str, slide: Slide, variant: Variant | None, *, of_notes: bool = False) -> str:
        """A slide's HTML for a variant."""
        if variant is None or "<" not in html:
            return html
        if slide.step >= MANY and PAGES not in html.lower():
            group, growing = self._growing.get(of_notes, (-1, GrowingHtml()))
            if group != slide.group:
                growing = GrowingHtml()
                self._growing[of_notes] = (slide.group, growing)
            left = growing.rewrite(html, self._cleaner(slide, variant), Counter())
            if left is not None:
                return left
        return self._cleaned(html, slide, variant)

    def _cleaner(self, slide: Slide, variant: Variant) -> Callable[[str, Counter[str]], str]:
        return lambda html, _: self._cleaned(html, slide, variant)

    def _cleaned(self, html: str, slide: Slide, variant: Variant) -> str:
        left = without_elements(html, variant.without)
        if left is not html:
            message = f"the variant {variant.name} leaves out a part of this slide, but it is not clear which"
            hint = "write the mark itself where the part begins, with its class and not through a variable"
            self.reporter.report(Code.NO_MARK, message, slide.span, hint=hint)
        left = without_dead_rules(without_comments(left), variant.without)
        return with_clean_pages(left, variant.without)
