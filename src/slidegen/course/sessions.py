"""The sessions of a course: which decks count as sessions, when they take place, and which is next."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

from slidegen.diagnostics import DeckError
from slidegen.files.regular import read_regular
from slidegen.option_records import PlannedSession, read_date
from slidegen.patterns import lazy_compile
from slidegen.reading.markdown import decode, read_markdown
from slidegen.reading.source_deck import SourceDeck

RHYTHM = timedelta(days=21)
"""How far back weekdays of sessions count for predicting the next one."""
IN_NAME = lazy_compile(r"^(\d{4}-?\d\d-?\d\d)(?!\d)")


class ExistingSession(Struct, frozen=True):
    """A session that has been written."""

    path: Path
    number: int | None
    day: date | None


def read_session(path: Path) -> ExistingSession:
    """What a deck says about its session: its front matter, or else its file name."""
    try:
        written = read_markdown(decode(str(path), read_regular(path)))
    except (OSError, DeckError):  # mistakes in a deck are reported when it is built
        return ExistingSession(path, None, day_in_name(path.name))
    given = written_values(written)
    number = given.get("session", "")
    day = read_date(given.get("date", "")) or day_in_name(path.name)
    return ExistingSession(path, int(number) if number.isdecimal() else None, day)


def written_values(written: SourceDeck) -> dict[str, str]:
    """The scalar keys of a deck's front matter, as written."""
    return {item.key: item.written.strip() for item in written.settings if item.written}


def day_in_name(name: str) -> date | None:
    """The date at the beginning of a file's name."""
    match = IN_NAME.match(name)
    return None if match is None else read_date(match[1])


def next_number(sessions: Sequence[ExistingSession]) -> int:
    """The number after the last one; decks without a number count as one each."""
    numbers = [item.number for item in sessions if item.number is not None]
    return max(numbers) + 1 if numbers else len(sessions) + 1


def next_day(
    sessions: Sequence[ExistingSession], plan: Sequence[PlannedSession], number: int, today: date
) -> date:
    """The date of a session: as planned, else the next weekday in the recent pattern, else today."""
    if 0 < number <= len(plan):
        return plan[number - 1].date
    days = sorted(item.day for item in sessions if item.day is not None)
    if not days:
        return today
    weekdays = {day.weekday() for day in days if days[-1] - day <= RHYTHM}
    return next(
        day for ahead in range(1, 8) if (day := days[-1] + timedelta(days=ahead)).weekday() in weekdays
    )


def slug(title: str) -> str:
    """A title as part of a file name: Latin letters without their accents, letters of other scripts unchanged."""
    letters = []
    for character in unicodedata.normalize("NFC", title).casefold():
        base = unicodedata.normalize("NFD", character)[0]
        letters.append(base if base.isascii() else character)
    return re.sub(r"[\W_]+", "-", "".join(letters)).strip("-")[:80].strip("-")
