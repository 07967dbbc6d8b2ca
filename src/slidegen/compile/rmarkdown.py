"""Decides which R Markdown files in a folder are decks, and loads the files that their settings name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeGuard

from markupsafe import Markup
from msgspec.structs import replace

from slidegen.compile.html_page import PageFiles
from slidegen.config import Setting
from slidegen.diagnostics import Code, Reporter
from slidegen.files.deck_files import DeckFiles
from slidegen.option_types import Value
from slidegen.project.templates import TemplateFolders
from slidegen.reading.html_page.page import read_page
from slidegen.reading.source_deck import SourceDeck
from slidegen.source import Piece, Source, SourceMap, Span

TIMING = ("autoplay", "countdown")
FILE_SETTINGS = ("beforeInit", "includes", *TIMING)
"""Settings that add scripts and HTML."""
TIMING_SCRIPT = "xaringan/timing.js"
CALL = Markup("<script>({})({});</script>\n")
SCRIPT = Markup('<script src="{}"></script>\n')
DECK = '<textarea id="source">#</textarea>\n'
"""Where the deck is among the files that its settings name."""


def add_included_files(
    written: SourceDeck, deck: Path, files: DeckFiles, templates: TemplateFolders, reporter: Reporter
) -> SourceDeck:
    """The deck with what `beforeInit`, `includes`, `autoplay` and `countdown` add, read as in a page.

    `deck` is its absolute path.
    """
    given = {item.key: item for item in written.settings if item.key in FILE_SETTINGS}
    if not given:
        return written
    beside = PageFiles(deck, files)
    pieces: list[tuple[str, Span]] = []
    includes = {part.key: part for part in given["includes"].parts} if "includes" in given else {}
    pieces += _html(includes.get("in_header"), beside, reporter)
    if "beforeInit" in given:
        for reference, span in _references(given["beforeInit"]):
            pieces.append((str(SCRIPT.format(reference)), span))
    pieces.append((DECK, next(iter(given.values())).key_span))
    pieces += _html(includes.get("after_body"), beside, reporter)
    if (timing := _timing(given)) and (script := templates.text(TIMING_SCRIPT)):
        place = next(given[key].key_span for key in TIMING if key in given)
        pieces.append((str(CALL.format(Markup(script.strip()), Markup(json.dumps(timing)))), place))
    at, placed = 0, []
    for text, span in pieces:
        placed.append(Piece(at, span))
        at += len(text)
    text = "".join(piece for piece, _ in pieces)
    around = read_page(Source(written.source.path, text, SourceMap(tuple(placed))), beside, reporter)
    page = replace(around.page, formulas=True) if around.page is not None else None
    settings = [item for item in written.settings if item.key not in FILE_SETTINGS]
    keys = {item.key for item in settings}
    return replace(
        written, page=page, settings=(*settings, *(item for item in around.settings if item.key not in keys))
    )


def _timing(given: Mapping[str, Setting]) -> dict[str, float]:
    """The slides' durations and displayed times, in milliseconds; `countdown: true` takes that of `autoplay`."""
    play, countdown = (given[key].value if key in given else None for key in TIMING)
    interval, loop = (play.get("interval"), play.get("loop")) if isinstance(play, dict) else (play, False)
    found = {"interval": interval, "countdown": interval if countdown is True else countdown}
    times = {key: value for key, value in found.items() if _is_time(value)}
    return {**times, "loop": True} if times and loop is True else times


def _is_time(value: Value) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def _html(setting: Setting | None, beside: PageFiles, reporter: Reporter) -> Iterator[tuple[str, Span]]:
    """The files that a key of `includes` names."""
    for reference, span in _references(setting) if setting is not None else ():
        source = beside.script(reference)
        if source is None:
            reporter.report(Code.MISSING_ASSET, f"there is no file {reference}", span)
        else:
            yield source.text, Span(source, 0, len(source.text))


def _references(setting: Setting) -> Iterator[tuple[str, Span]]:
    values = setting.value if isinstance(setting.value, list) else [setting.value]
    for value in values:
        if isinstance(value, str) and value:
            yield value, setting.value_span.find(value)
