"""Prepares a slide's steps for the page: each step stores only how it differs from the next one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from slidegen import __version__
from slidegen.render.html.slide_footer import divided
from slidegen.render.html.step_diff import MANY, StepDiff, fold_steps
from slidegen.render.page.scripts import to_json
from slidegen.render.page_model import RenderedDeck, RenderedSlide
from slidegen.render.sections import begins_section

if TYPE_CHECKING:
    from jinja2 import Environment

_DERIVED = frozenset(("layout", "template", "exclude", "only", "continued", "highlight-style"))
"""Properties that have no further effect once a slide is rendered."""
GROWN = "data-grown"
"""On a slide of many steps, whose notes, properties and classes are folded."""


class SlideView(Struct, frozen=True):
    """The data for `slide.html`."""

    html: object
    attributes: Mapping[str, str]
    content_attributes: Mapping[str, str]
    number_text: object
    notes: object
    """None for an earlier step that shares the next one's."""
    last: bool
    notes_runs: int = 0
    """In how many places an earlier step's folded notes differ from the next one's; otherwise 0."""


def fold(steps: Sequence[RenderedSlide], *, gather: bool) -> StepDiff:
    """The steps of one slide in one; `gather` says whether its foot is stacked."""
    if not gather:
        return fold_steps([slide.html for slide in steps])
    parts = list(divided(slide.html for slide in steps))
    return fold_steps([above for above, _ in parts], [foot for _, foot in parts])


def slide_views(
    folded: StepDiff, steps: Sequence[RenderedSlide], words: Mapping[str, str], *, live: bool = False
) -> Iterator[SlideView]:
    """The folded steps of one slide with their numbers, names and classes; with `live`, with its line, too.

    If there are many, notes, properties and classes are folded, too: `grown.mjs` unfolds them.
    """
    from markupsafe import Markup

    last = steps[-1]
    looks = _look(last, words)
    notes = fold_steps([slide.notes for slide in steps]) if len(steps) >= MANY else None
    for (slide, later), before in zip(pairwise(steps), folded.before, strict=True):
        attributes = _data(slide, later if notes else None)
        look = _look(slide, words)
        differs = {key: value for key, value in look.items() if value != looks[key]}
        if notes is not None and slide.classes != later.classes:
            attributes["data-classes"] = to_json(_changed_classes(slide.classes, later.classes))
        if notes is not None:
            differs.pop("class", None)
        if differs:
            attributes["data-differs"] = to_json(differs)
        if len(before) > 1:
            attributes["data-runs"] = str(len(before))
        html = _apart(before) if len(before) > 1 else "".join(before)
        own, runs = slide.notes, 0
        if notes is not None:
            runs, own = len(notes.before[slide.step]), _apart(notes.before[slide.step])
        notes_html = Markup(own) if slide.notes != (later if notes else last).notes else None
        yield SlideView(
            html=Markup(html),
            attributes=attributes,
            content_attributes={},
            number_text=Markup(),
            notes=notes_html,
            last=False,
            notes_runs=runs,
        )
    attributes = _data(last)
    if live:
        attributes["data-line"] = str(steps[0].line)
    if notes is not None:
        attributes[GROWN] = ""
    if last.transition:
        attributes["data-transition"] = last.transition
    if last.title:
        attributes["data-title"] = last.title
        if any(begins_section(slide) for slide in steps):
            attributes["data-section"] = last.title
    if looks["label"]:
        attributes["aria-label"] = looks["label"]
    content = {
        key: value for key in ("id", "class", "style", "lang", "dir") if (value := looks[key]) is not None
    }
    notes_html = Markup(notes.html if notes else last.notes)
    yield SlideView(
        html=Markup(folded.html),
        attributes=attributes,
        content_attributes=content,
        number_text=Markup(last.number_text),
        notes=notes_html,
        last=True,
    )


def _apart(before: Sequence[str]) -> str:
    """What an earlier step has instead, each run in its own element: a row of a table parses nowhere else."""
    return "".join(f"<template>{run}</template>" for run in before)


def _changed_classes(own: Sequence[str], later: Sequence[str]) -> tuple[list[str], list[str]]:
    """The classes of the next step that a step lacks, and those that it has instead."""
    known, known_later = set(own), set(later)
    return [name for name in later if name not in known], [name for name in own if name not in known_later]


def _look(slide: RenderedSlide, words: Mapping[str, str]) -> dict[str, str | None]:
    """Everything in which the steps of a slide can differ besides their HTML; None for what is absent."""
    number = str(slide.number or slide.group + 1)
    place = words["place"].replace("%number%", number).replace("%total%", str(slide.total))
    return {
        "number": slide.number_text,
        "label": f"{place}: {slide.title}" if slide.title else place,
        "id": slide.id or None,
        "class": " ".join(("remark-slide-content", *slide.classes)),
        "style": slide.style or None,
        "lang": slide.lang,
        "dir": slide.dir,
    }


def _data(slide: RenderedSlide, later: RenderedSlide | None = None) -> dict[str, str]:
    """A slide's data for scripts; before a `later` step, only the properties that differ from it."""
    data = {"data-number": str(slide.number)}
    if slide.name is not None:
        data["data-name"] = slide.name
    own = _properties(slide)
    others = _properties(later) if later is not None else {}
    properties: dict[str, str | int | None] = {
        key: _beginning(value, others.get(key, ""))
        for key, value in own.items()
        if later is None or others.get(key) != value
    }
    properties.update(dict.fromkeys(key for key in others if key not in own))
    if properties or others:
        data["data-properties"] = to_json(properties)
    return data


def _beginning(value: str, later: str) -> str | int:
    """The length of the common beginning with the later value, in JavaScript's characters, or the value itself."""
    return (
        len(value.encode("utf-16-le", "surrogatepass")) // 2 if value and later.startswith(value) else value
    )


def _properties(slide: RenderedSlide) -> dict[str, str]:
    return {key: value for key, value in slide.properties.items() if key not in _DERIVED}


def page_slides_of(deck: RenderedDeck) -> Iterator[SlideView]:
    for _, group in groupby(deck.slides, key=lambda slide: slide.group):
        steps = list(group)
        yield from slide_views(fold(steps, gather=deck.gather_foot), steps, deck.words)


def slide_html(slide: SlideView, deck: RenderedDeck, templates: Environment) -> str:
    """One step as it is in the page, rendered by the template `slide.html`."""
    return templates.get_template("slide.html").render(slide=slide, deck=deck, version=__version__)
