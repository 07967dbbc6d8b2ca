"""Puts the drawings on a deck's slides into the built page, if the deck says `ink: true`."""

from __future__ import annotations

from collections.abc import Sequence

from slidegen.compile.compile import CompiledDeck
from slidegen.diagnostics import Code
from slidegen.files.paths import resolve_links
from slidegen.render.ink import BOARD, MAX_BYTES, ink_path, read_ink, with_ink
from slidegen.render.page_model import RenderedSlide, slide_size


def with_drawings(compiled: CompiledDeck, slides: Sequence[RenderedSlide]) -> list[RenderedSlide]:
    """The slides with their drawings, and the board pages between them.

    A variant's pages have no drawings, which may show what the variant leaves out.
    """
    if compiled.deck.variant is not None:
        return list(slides)
    path = ink_path(resolve_links(compiled.path))
    try:
        ink = read_ink(compiled.reads.read(path, MAX_BYTES))
    except FileNotFoundError:
        return list(slides)
    except (OSError, ValueError) as error:
        hint = "`slidegen serve` writes this file; the page has no drawings"
        message = f"these drawings cannot be read: {error}"
        compiled.reporter.report(Code.INK_UNREADABLE, message, hint=hint, path=str(path))
        return list(slides)
    return list(with_ink(slides, ink, slide_size(compiled.deck.config.ratio)))


def plan_with_boards(plan: Sequence[int], slides: Sequence[RenderedSlide]) -> list[int]:
    """The planned seconds of each slide; board pages have none."""
    seconds = iter(plan)
    return [0 if BOARD in slide.classes else next(seconds, 0) for slide in slides if slide.step == 0]
