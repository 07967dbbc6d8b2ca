"""The pacing of a session: planned minutes per slide, and transitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from slidegen.deck.model import Deck, Slide
from slidegen.diagnostics import Code, Reporter
from slidegen.option_types import TRANSITIONS, duration

TIME, TRANSITION = "time", "transition"


def planned_seconds(deck: Deck, reporter: Reporter) -> tuple[float, ...]:
    """The planned seconds of each slide, not counting steps; empty if nothing is planned.

    A slide takes what its `time:` says. The others share what that leaves of the deck's `duration`; without
    a duration, they take no time.
    """
    times = list(_times(deck))
    if not deck.config.duration and not any(times):
        return ()
    given = sum(time for time in times if time is not None)
    rest = deck.config.duration - given
    if deck.config.duration and rest < 0:
        reporter.report(
            Code.PLAN_TOO_LONG,
            f"the slides take {_minutes(given)} in total, but the session lasts only {_minutes(deck.config.duration)}",
            _first_beyond(deck, times).properties[TIME].span,
            hint="make duration longer, or the time of some slides shorter",
        )
    share = max(0.0, rest) / max(1, times.count(None))
    return tuple(share if time is None else time for time in times)


def _first_beyond(deck: Deck, times: Iterable[float | None]) -> Slide:
    """The slide at which the times are more than the session has."""
    slides = (slide for slide in deck.slides if not slide.step)
    pairs = [(slide, time) for slide, time in zip(slides, times, strict=True) if time]
    totals = accumulate(time for _, time in pairs)
    return next(
        slide for (slide, _), total in zip(pairs, totals, strict=True) if total > deck.config.duration
    )


def _times(deck: Deck) -> Iterator[float | None]:
    for slide in deck.slides:
        if slide.step:
            continue
        if not slide.value(TIME):
            yield None
            continue
        try:
            yield duration(slide.value(TIME))
        except ValueError:  # check_properties reports it
            yield None


def transition_of(deck: Deck, slide: Slide) -> str:
    """How the slide appears: by its own `transition:`, else by the deck's; empty for none."""
    own = slide.value(TRANSITION)
    name = own if own in TRANSITIONS or own == "false" else deck.config.transition
    return "" if name in ("none", "false") else name


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:g} min"
