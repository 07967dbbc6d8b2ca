"""Parses the duration of a countdown."""

from __future__ import annotations

import re

from msgspec import Struct

from slidegen.patterns import lazy_compile


class CountdownTime(Struct, frozen=True):
    """The duration of a countdown."""

    seconds: int

    @property
    def shown(self) -> str:
        """As its clock shows it: `10:00`, `1:30:00`."""
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


_CLOCK = lazy_compile(r"(?:(\d+):)?(\d+):([0-5]\d)")
_UNITS = {"": 60, "m": 60, "min": 60, "s": 1, "h": 3600}


def countdown(text: str) -> CountdownTime:
    """The duration `10:00`, `1:30:00`, `90s`, `5 min`, or a number of minutes.

    Raises jinja2.TemplateRuntimeError for anything else.
    """
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        total = hours * 3600 + minutes * 60 + seconds
    elif amount := re.fullmatch(r"(\d+) ?([a-z]*)", text):
        total = int(amount[1]) * _UNITS.get(amount[2], 0)
    else:
        total = 0
    if not 0 < total < 86_400:
        from jinja2 import TemplateRuntimeError

        raise TemplateRuntimeError(f"{text or 'nothing'} is not a valid time; write 10:00, 90s or 5 min")
    return CountdownTime(total)
