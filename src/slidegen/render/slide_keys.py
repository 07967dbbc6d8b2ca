"""Identifies slides in files beside their deck, so that they are found again after the deck has changed."""

from __future__ import annotations

from collections.abc import Sequence

from slidegen.render.page_model import RenderedSlide


def slide_key(steps: Sequence[RenderedSlide], seen: dict[str, int]) -> str:
    """A slide's name, else its title, with a number if several share it; `seen` counts those of its deck."""
    return unique_key(steps[0].name, steps[-1].title, seen)


def unique_key(name: str | None, title: str, seen: dict[str, int]) -> str:
    """The key of a slide with this name and title. `templates/runtime/ink.mjs` uses the same keys."""
    own = f"#{name}" if name else title
    count = seen[own] = seen.get(own, 0) + 1
    return f"{own} ({count})".strip() if count > 1 or not own else own
