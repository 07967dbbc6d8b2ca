"""Rewrites the references to files on the growing steps of a slide, each once rather than on every step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from slidegen.compile.source_locator import SourceLocator
from slidegen.render.assets import Assets
from slidegen.render.html.growing_html import MANY, GrowingHtml, GrownSteps, Rewrite


class StepHtml(Struct, frozen=True):
    """What may refer to files on one step."""

    index: int
    """Index among all slides, from 0."""
    html: str
    notes: str
    style: str


class StepReferences(Struct, frozen=True):
    """Resolves the references of a deck's slides, one slide with its steps at a time."""

    assets: Assets
    places: SourceLocator
    deck: Path

    def rewrite(
        self, steps: Sequence[StepHtml], grown: tuple[GrownSteps, GrownSteps] | None = None
    ) -> list[StepHtml]:
        """The steps of a slide with all references resolved, and their HTML balanced.

        `grown` holds their HTML and that of their notes, if it has already been compared step by step.
        """
        if len(steps) >= MANY:
            htmls, notes = grown or (
                GrownSteps([step.html for step in steps]),
                GrownSteps([step.notes for step in steps]),
            )
            rewritten = self._by_parts(steps, htmls, notes)
            if rewritten is not None:
                return rewritten
        return [self._whole(step) for step in steps]

    def _by_parts(
        self, steps: Sequence[StepHtml], htmls: GrownSteps, all_notes: GrownSteps
    ) -> list[StepHtml] | None:
        """The steps, resolved by what is new on each; None if that differs from resolving each in full."""
        content, notes = GrowingHtml(), GrowingHtml()
        rewritten: list[StepHtml] = []
        for step, parts, notes_parts in zip(steps, htmls, all_notes, strict=True):
            shown = Counter[str]()
            html = content.rewrite_parts(*parts, self._rewrite(step), shown)
            notes_html = notes.rewrite_parts(*notes_parts, self._rewrite(step, shown), Counter())
            if html is None or notes_html is None:
                return None
            rewritten.append(StepHtml(index=step.index, html=html, notes=notes_html, style=self._style(step)))
        if any(rewritten[place] != self._whole(steps[place]) for place in (len(steps) // 2, -1)):
            return None
        return rewritten

    def _whole(self, step: StepHtml) -> StepHtml:
        shown = Counter[str]()
        html = self._rewrite(step)(step.html, shown)
        notes = self._rewrite(step, shown)(step.notes, Counter())
        return StepHtml(index=step.index, html=html, notes=notes, style=self._style(step))

    def _rewrite(self, step: StepHtml, *before: Counter[str]) -> Rewrite:
        def rewrite(html: str, asked: Counter[str]) -> str:
            return self.assets.html(html, self.deck, self.places.of_slide(step.index, *before, asked))

        return rewrite

    def _style(self, step: StepHtml) -> str:
        return self.assets.style(step.style, self.deck, self.places.of_slide(step.index))
