"""The types of options whose values have parts: math, assets, colours, authors, sessions, links and checks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct, field

from slidegen.option_types import OptionType, PartError, Value, read_bool, read_mapping, read_text, read_texts
from slidegen.patterns import lazy_compile
from slidegen.spelling import nearest, suggest
from slidegen.theme_colours import COLOURS, is_colour


class MathOptions(Struct, frozen=True):
    """The deck's LaTeX."""

    enabled: bool = True
    macros: Mapping[str, Value] = field(default_factory=dict)
    """Name without backslash to body, or to [body, number of arguments]."""
    number: bool = False
    dollars: bool = True
    """Whether `$x$` is a formula."""
    code: bool = True
    """Whether a formula in backticks is one."""


MATH_KEYS = ("enabled", "macros", "number", "dollars", "code")
ASSET_KEYS = ("allow", "hosts", "timeout")


def _refuse_unknown(items: Iterable[str], known: Sequence[str]) -> None:
    for name in items:
        if name not in known:
            hint = suggest(*nearest(name, known), otherwise=f"choose from {', '.join(known)}")
            raise PartError(f"does not have {name}", name, hint, at_key=True)


def _math(value: Value) -> MathOptions:
    if isinstance(value, bool):
        return MathOptions(enabled=value)
    items = read_mapping(value)
    _refuse_unknown(items, MATH_KEYS)
    macros = {name.lstrip("\\"): body for name, body in read_mapping(items.get("macros") or {}).items()}
    for body in macros.values():
        if isinstance(body, list) and not (len(body) >= 2 and isinstance(body[1], int)):
            raise ValueError
    enabled, number, dollars, in_code = (
        read_bool(items.get(key, default))
        for key, default in (("enabled", True), ("number", False), ("dollars", True), ("code", True))
    )
    return MathOptions(enabled, macros, number, dollars, in_code)


class AssetOptions(Struct, frozen=True):
    """Which files a deck may read."""

    allow: tuple[str, ...] = ()
    """Folders outside the project root, absolute or relative to it."""
    hosts: tuple[str, ...] = ()
    """Hosts of the local network that may be downloaded from: names, addresses or networks."""
    timeout: float = 15
    """Seconds that a download may take."""


def _assets(value: Value) -> AssetOptions:
    items = read_mapping(value)
    _refuse_unknown(items, ASSET_KEYS)
    timeout = items.get("timeout", AssetOptions().timeout)
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 < timeout <= 3600:
        raise ValueError("expects seconds as timeout")
    return AssetOptions(
        read_texts(items.get("allow") or []), read_texts(items.get("hosts") or []), float(timeout)
    )


def _colours(value: Value) -> Mapping[str, str]:
    colours = {}
    for name, colour in read_mapping(value).items():
        if name not in COLOURS:
            hint = suggest(*nearest(name, COLOURS), otherwise="`slidegen docs colours` lists them")
            raise PartError(f"does not have {name}", name, hint, at_key=True)
        if colour is None:
            hint = f'in YAML, # starts a comment: write {name}: "#1b5e9b", with quotes'
            raise PartError(f"gives {name} no value", name, hint)
        if not (isinstance(colour, str) and is_colour(colour)):
            hint = 'write "#1b5e9b", rgb(27 94 155) or the name of a colour in CSS'
            raise PartError(f"expects a colour for {name}, not {colour}", name, hint)
        colours[name] = colour.strip()
    return colours


class Author(Struct, frozen=True):
    """An author of a deck."""

    name: str
    url: str = ""

    def __str__(self) -> str:
        return self.name


def _authors(value: Value) -> tuple[Author, ...]:
    return tuple(_author(item) for item in (value if isinstance(value, list) else [value]))


def _author(value: Value) -> Author:
    if not isinstance(value, dict):
        return Author(read_text(value))
    if "name" not in value:
        raise ValueError
    return Author(read_text(value["name"]), read_text(value.get("url") or ""))


class PlannedSession(Struct, frozen=True):
    """A session in the course's plan."""

    date: date
    title: str = ""


def _sessions(value: Value) -> tuple[PlannedSession, ...]:
    if not isinstance(value, list):
        raise ValueError
    return tuple(_session(item) for item in value)


def _session(value: Value) -> PlannedSession:
    if not isinstance(value, dict):
        return PlannedSession(_date(value))
    if unknown := set(map(str, value)) - {"date", "title"}:
        raise PartError(
            f"does not have {', '.join(sorted(unknown))}", min(unknown), "a session has date and title"
        )
    return PlannedSession(_date(value.get("date")), read_text(value.get("title") or ""))


def _date(value: Value) -> date:
    if isinstance(value, date):
        return value
    found = read_date(str(value))
    if found is None:
        text = "nothing" if value is None else str(value)
        raise PartError(f"expects a date, not {text}", text, "write dates as 2026-09-15")
    return found


DAY = lazy_compile(r"\d{4}-?\d\d-?\d\d")
"""The form of a date, which may not exist in any calendar."""


def read_date(text: str) -> date | None:
    """The date in a text such as 2026-09-15 or 20260915; None if it is not one."""
    match = re.fullmatch(r"\s*(\d{4})(-?)(\d\d)\2(\d\d)\s*", text)
    try:
        return None if match is None else date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None


def _links(value: Value) -> Mapping[str, str]:
    return {name: read_text(item) for name, item in read_mapping(value).items()}


def _checks(value: Value) -> Mapping[str, Value]:
    from slidegen.diagnostics.rules import BOUNDS, rule_names

    rules = {}
    for name, item in read_mapping(value).items():
        if name not in rule_names():
            near = nearest(name, rule_names())
            hint = suggest(*near, otherwise="`slidegen check --rules` lists them")
            raise PartError(f"has no rule {name}", name, hint, at_key=True)
        if isinstance(item, int | float) and not isinstance(item, bool):
            if name not in BOUNDS:
                raise PartError(f"expects true or false for {name}, not {item}", name)
            rules[name] = item
        else:
            rules[name] = read_bool(item)
    return rules


MATH = OptionType("true, false, or macros, number, dollars and code", _math, {"type": ["boolean", "object"]})
ASSETS = OptionType("folders under allow, hosts under hosts, seconds as timeout", _assets, {"type": "object"})


COLORS = OptionType("names of colours with colours", _colours, {"type": "object"})
AUTHORS = OptionType(
    "a name or a list of names, or of name and url",
    _authors,
    {
        "type": ["string", "array", "object"],
        "items": {
            "type": ["string", "object"],
            "properties": {"name": {"type": "string"}, "url": {"type": "string"}},
            "required": ["name"],
        },
    },
)
LINKS = OptionType(
    "names with addresses", _links, {"type": "object", "additionalProperties": {"type": "string"}}
)
SESSIONS = OptionType(
    "a list of dates, or of date and title",
    _sessions,
    {
        "type": "array",
        "items": {
            "type": ["string", "object"],
            "properties": {"date": {"type": "string"}, "title": {"type": "string"}},
            "required": ["date"],
        },
    },
)
CHECKS = OptionType("names of rules with true, false or a number", _checks, {"type": "object"})
