"""`slidegen rehearsal`: prints the plan and the times of a rehearsal, and writes them into the deck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from slidegen.build.rehearsals import load_rehearsals, rehearsal_path
from slidegen.compile.compile import CompiledDeck, compile_deck
from slidegen.compile.context import CompileOptions, DeckContext
from slidegen.deck.model import Slide
from slidegen.deck.pacing import TIME, planned_seconds
from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter, Severity
from slidegen.files.paths import resolve_links
from slidegen.files.regular import read_regular
from slidegen.files.writing import write_file
from slidegen.project.project import Projects
from slidegen.render.slide_keys import slide_key

STEP = 5
"""Times written into a deck are rounded to this many seconds."""


class Rehearsed(Struct, frozen=True):
    """A slide and its times, in seconds."""

    number: int
    title: str
    planned: float | None
    """None if nothing is planned."""
    took: float | None
    """None if the rehearsal did not reach it."""
    slide: Slide
    """At its first step."""


class Comparison(Struct, frozen=True):
    """A deck's plan beside its last rehearsal."""

    date: str
    rows: tuple[Rehearsed, ...]
    compiled: CompiledDeck


def compare(path: Path, folder: Path) -> Comparison:
    """Compare the plan of a deck with its last rehearsal. Raises DeckError if it has none or cannot be built."""
    rehearsals = load_rehearsals(resolve_links(path)).rehearsals
    if not rehearsals:
        message = "there is no rehearsal of this deck"
        hint = f"press Rehearse in the presenter's view of `slidegen serve {path}`, which writes {rehearsal_path(path)}"
        raise DeckError(Diagnostic(Code.NO_REHEARSAL, message, path=str(path), hint=hint))
    project = Projects(folder).of(path)
    compiled = compile_deck(DeckContext(path, project, folder), CompileOptions())
    slides = list(compiled.slides())
    if compiled.reporter.failed:
        raise DeckError(next(item for item in compiled.reporter if item.severity is Severity.ERROR))
    plan = planned_seconds(compiled.deck, Reporter())
    seen: dict[str, int] = {}
    rows = []
    for place, (_, found) in enumerate(groupby(slides, key=lambda slide: slide.group)):
        steps = list(found)
        key = slide_key(steps, seen)
        rows.append(
            Rehearsed(
                number=steps[0].number,
                title=steps[-1].title or steps[0].name or "",
                planned=plan[place] if plan else None,
                took=rehearsals[-1].slides.get(key),
                slide=compiled.deck.slides[steps[0].index],
            )
        )
    return Comparison(rehearsals[-1].date, tuple(rows), compiled)


def lines(comparison: Comparison) -> Iterator[str]:
    """The times as a table."""
    yield f"{'slide':>5}  {'plan':>7}  {'took':>7}  title"
    for row in comparison.rows:
        yield f"{row.number:>5}  {_shown(row.planned):>7}  {_shown(row.took):>7}  {row.title}".rstrip()
    planned = [row.planned for row in comparison.rows if row.planned is not None]
    took = [row.took for row in comparison.rows if row.took is not None]
    total = _shown(sum(planned) if planned else None)
    yield f"{'all':>5}  {total:>7}  {_shown(sum(took)):>7}  rehearsed {comparison.date[:16].replace('T', ' ')}"


def write_times(comparison: Comparison) -> tuple[int, list[Rehearsed]]:
    """Write each slide's time into the deck as `time:`; returns how many, and the slides that are in other files.

    Raises DeckError for a deck that is not a Markdown file, or cannot be written.
    """
    path = resolve_links(comparison.compiled.path)
    data = read_regular(path)
    text = data.decode("utf-8")
    breaks = "\r\n" if "\r\n" in text else "\n"
    plain = text.replace("\r\n", "\n")
    mark = "\ufeff" if plain.startswith("\ufeff") else ""
    plain = plain.removeprefix(mark)
    edits: list[tuple[int, int, str]] = []
    others: list[Rehearsed] = []
    for row in comparison.rows:
        if row.took is None:
            continue
        edit = _edit(row, plain)
        if edit is None:
            others.append(row)
        else:
            edits.append(edit)
    for start, end, new in sorted(edits, reverse=True):
        plain = plain[:start] + new + plain[end:]
    if edits:
        write_file(path, (mark + plain).replace("\n", breaks).encode(), path.parent)
    return len(edits), others


def _edit(row: Rehearsed, text: str) -> tuple[int, int, str] | None:
    """Where a slide's time goes in its deck's text; None if the slide is in another file."""
    value = _rounded(row.took or 0)
    span = row.slide.span.written
    if span.source.text != text:
        return None
    own = row.slide.properties.get(TIME)
    if own is not None:
        place = own.span.written
        inside = place.source is span.source and span.start <= place.start < span.end
        if inside and own.value in place.text:
            start = place.start + place.text.rindex(own.value)
            return start, start + len(own.value), value
    return span.start, span.start, f"{TIME}: {value}\n"


def _rounded(seconds: float) -> str:
    whole = max(STEP, STEP * round(seconds / STEP))
    return f"{whole // 60}:{whole % 60:02}"


def _shown(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def names(rows: Sequence[Rehearsed]) -> str:
    """Slides by number and title, for a message."""
    return ", ".join(f"{row.number} {row.title}".strip() for row in rows)
