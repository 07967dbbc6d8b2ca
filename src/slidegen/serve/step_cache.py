"""Caches the folded steps of a served deck's slides."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import groupby, pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.remembered import Remembered
from slidegen.render.html.step_diff import StepDiff
from slidegen.render.page.slide_view import SlideView, fold, slide_views
from slidegen.render.page_model import RenderedSlide
from slidegen.serve.page_state import ShownSlide

LINE = "data-line"


class FoldedSlide(Struct, frozen=True):
    """A slide with its steps: as data for `slide.html`, and as it is compared and sent."""

    page: tuple[SlideView, ...]
    shown: ShownSlide


class _Kept(Struct, frozen=True):
    """A folded slide, and its key."""

    slide: FoldedSlide
    folded: StepDiff
    key: Hashable
    place: Hashable


class FoldCache(Struct):
    """Caches the slides of the last state, by the objects that they are made from, and by content."""

    _whole: Hashable = None
    _folds: dict[Hashable, StepDiff] = field(default_factory=dict)
    _slides: dict[Hashable, FoldedSlide] = field(default_factory=dict)
    _kept: Remembered[_Kept] = field(default_factory=Remembered)

    def slides(
        self,
        slides: Sequence[RenderedSlide],
        write: Callable[[SlideView], str],
        words: Mapping[str, str],
        *,
        gather: bool,
        lines: bool,
        whole: Hashable,
    ) -> Iterator[FoldedSlide]:
        """The slides, folded, with or without their `lines`; `write` makes the HTML of a step.

        When `whole` changes, nothing is reused.
        """
        same = whole == self._whole
        folds, known = (self._folds, self._slides) if same else ({}, {})
        self._whole, self._folds, self._slides = whole, {}, {}
        self._kept.begin(whole)
        for _, group in groupby(slides, key=lambda slide: slide.group):
            steps = list(group)
            made_from = tuple(item for step in steps for item in _parts(step))
            kept = self._kept.get(*made_from)
            if kept is not None:
                slide = kept.slide
                if slide.shown.line != steps[0].line:
                    slide = _moved(slide, steps[0].line)
                    self._kept.put(replace(kept, slide=slide), *made_from)
                self._folds[kept.key], self._slides[kept.place] = kept.folded, slide
                yield slide
                continue
            key = tuple(_content(step) for step in steps)
            place = (key, tuple((step.number, step.number_text, step.group) for step in steps))
            found = known.get(place) or self._slides.get(place)
            if found is None:
                folded = folds.get(key) or self._folds.get(key) or fold(steps, gather=gather)
                self._folds[key] = folded
                page = tuple(slide_views(folded, steps, words, live=lines))
                found = FoldedSlide(page, _shown(folded, page, steps, write))
            else:
                self._folds[key] = folds.get(key) or self._folds[key]
            if found.shown.line != steps[0].line:
                found = _moved(found, steps[0].line)
            self._slides[place] = found
            self._kept.put(_Kept(found, self._folds[key], key, place), *made_from)
            yield found


def _shown(
    folded: StepDiff,
    page: Sequence[SlideView],
    steps: Sequence[RenderedSlide],
    write: Callable[[SlideView], str],
) -> ShownSlide:
    return ShownSlide(
        key=blake2b(
            repr(_what_is_shown(folded, steps)).encode("utf-8", "replace"), digest_size=8
        ).hexdigest(),
        steps=tuple(hash(_content(step)) for step in steps),
        html="".join(write(step) for step in page),
        attributes=tuple(
            {name: value for name, value in step.attributes.items() if name != LINE} for step in page
        ),
        number=steps[-1].number_text,
        line=steps[0].line,
    )


def _what_is_shown(folded: StepDiff, steps: Sequence[RenderedSlide]) -> Hashable:
    """What a slide shows, whatever its number; what a step repeats of the one before it, said once."""
    notes = [
        (later.startswith(own), own, later) for own, later in pairwise(["", *(step.notes for step in steps)])
    ]
    return (
        folded.html,
        folded.before,
        tuple(later[len(own) :] if grows else (later,) for grows, own, later in notes),
        tuple(_look(step) for step in steps),
    )


def _moved(slide: FoldedSlide, line: int) -> FoldedSlide:
    """The same slide at another line of the source."""
    *earlier, last = slide.page
    page = (*earlier, replace(last, attributes={**last.attributes, LINE: str(line)}))
    return FoldedSlide(page, replace(slide.shown, line=line))


def _parts(step: RenderedSlide) -> tuple[object, ...]:
    """The objects that a step is made from, except its line."""
    return (
        step.html, step.notes, step.style, step.classes, step.name, step.id, step.title, step.lang,
        step.properties, step.number, step.number_text, step.group, step.dir, step.transition,
    )  # fmt: skip


def _content(step: RenderedSlide) -> Hashable:
    """A step without its index and number."""
    return (step.html, step.notes, *_look(step))


def _look(step: RenderedSlide) -> tuple[Hashable, ...]:
    """A step without its content."""
    return (
        step.style, step.classes, step.name, step.id, step.title, step.lang, tuple(step.properties.items()),
    )  # fmt: skip
