"""The types of option values: how each is parsed, named in diagnostics, and described in the JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field

from slidegen.output_formats import EXPORTS
from slidegen.patterns import lazy_compile
from slidegen.spelling import nearest, suggest
from slidegen.theme_colours import COLOURS, is_colour

Value = Any
"""A value as YAML gives it: str, int, float, bool, None, list or dict of these."""


class PartError(ValueError):
    """What is wrong with one part of an option's value, in words that follow the option's name."""

    def __init__(self, message: str, key: str, hint: str = "") -> None:
        super().__init__(message)
        self.key = key
        """The key of the part within the value."""
        self.hint = hint


class OptionType(Struct, frozen=True):
    """What values an option takes."""

    says: str
    """How a diagnostic names it: "expects true or false"."""
    read: Callable[[Value], Value]
    """The value as the configuration holds it; raises ValueError for a value of another kind."""
    schema: Mapping[str, Value]
    """The kind as JSON Schema."""
    as_written: bool = False
    """Whether a scalar is read as it stands in the file: YAML 1.1 makes false of `no`, 969 of `16:9`."""
    parts: tuple[str, ...] = ()
    """The keys of its mapping, where one that is unknown does no more than warn, as remark skips it."""


SWITCHES = {
    **dict.fromkeys(("true", "yes", "on", "t", "y", "1"), True),
    **dict.fromkeys(("false", "no", "off", "f", "n", "0"), False),
}
"""Words that YAML, R and JavaScript have for true and false."""


def _bool(value: Value) -> bool:
    if isinstance(value, bool | int | str) and str(value).lower() in SWITCHES:
        return SWITCHES[str(value).lower()]
    raise ValueError


def _text(value: Value) -> str:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    raise ValueError


def _text_or_false(value: Value) -> str:
    return "" if value is False else _text(value)


def _texts(value: Value) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(_text(item) for item in items)


def _classes(value: Value) -> tuple[str, ...]:
    items = [] if value is False else value if isinstance(value, list) else [value]
    return tuple(name for item in items for name in _text(item).replace(",", " ").split())


def _language(value: Value) -> str:
    """The first language of a list, which xaringan's users write for all that the deck has."""
    if isinstance(value, list):
        return next((_text(item) for item in value if item), "")
    return _text_or_false(value)


def _ratio(value: Value) -> tuple[float, float]:
    match = re.fullmatch(r"\s*([\d.]+)\s*[:/]\s*([\d.]+)\s*", _text(value))
    if match is None or not (float(match[1]) > 0 and float(match[2]) > 0):
        raise ValueError
    return float(match[1]), float(match[2])


DURATION = lazy_compile(
    r"(?:(?P<h>\d+):(?P<mm>\d\d):(?P<ss>\d\d)|(?P<m>\d+):(?P<s>\d\d)|(?P<bare>\d+(?:\.\d+)?)"
    r"|(?P<whole>\d+) ?h ?(?P<past>\d\d)"
    r"|(?:(?P<hours>\d+(?:\.\d+)?) ?h(?:ours?)?)? ?"
    r"(?:(?P<minutes>\d+(?:\.\d+)?) ?m(?:in(?:utes?)?)?)? ?"
    r"(?:(?P<seconds>\d+) ?s(?:ec(?:onds?)?)?)?)"
)
SECONDS = {
    "h": 3600, "mm": 60, "ss": 1, "m": 60, "s": 1, "bare": 60, "whole": 3600, "past": 60,
    "hours": 3600, "minutes": 60, "seconds": 1,
}  # fmt: skip
"""What a group of `DURATION` counts in."""


def duration(text: str) -> float:
    """Seconds of a time such as `50` (minutes), `50 min`, `1 h 15 min`, `90 s`, `2:30` or `1:15:00`.

    Raises ValueError for anything else.
    """
    match = DURATION.fullmatch(" ".join(text.lower().split()))
    if match is None or not any(match.groups()):
        raise ValueError
    return sum(float(match[name]) * factor for name, factor in SECONDS.items() if match[name])


def _duration(value: Value) -> float:
    return duration(_text(value))


UNITS = {"": 1, "kb": 1000, "mb": 1000**2, "gb": 1000**3, "kib": 1024, "mib": 1024**2, "gib": 1024**3}


def _size(value: Value) -> int:
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*", _text(value).lower())
    if match is None or match[2].removesuffix("b") + "b" * (match[2] != "") not in UNITS:
        raise ValueError
    return int(float(match[1]) * UNITS[match[2].removesuffix("b") + "b" * (match[2] != "")])


def _progress(value: Value) -> str:
    name = {False: "off", True: "bar"}.get(value) if isinstance(value, bool) else _text(value)
    if name not in ("off", "bar", "sections"):
        raise ValueError
    return name


def _incremental(value: Value) -> str:
    return "deep" if value == "deep" else str(_bool(value)).lower()


EXTRA_NAMES = ("superscript", "subscript", "emoji")


def _extras(value: Value) -> tuple[str, ...]:
    names = _texts(value)
    unknown = [name for name in names if name not in EXTRA_NAMES]
    if unknown:
        raise ValueError(f"has no {unknown[0]}; choose from {', '.join(EXTRA_NAMES)}")
    return names


def _exports(value: Value) -> tuple[str, ...]:
    names = () if value is False else _texts(value)
    unknown = [name for name in names if name not in EXPORTS]
    if unknown:
        raise ValueError(f"has no {unknown[0]}; choose from {', '.join(EXPORTS)}")
    return names


def _mapping(value: Value) -> Mapping[str, Value]:
    if isinstance(value, dict):
        return {str(key): item for key, item in value.items()}
    raise ValueError


def _switches(*names: str) -> Callable[[Value], Mapping[str, bool]]:
    def read(value: Value) -> Mapping[str, bool]:
        if isinstance(value, bool):
            return dict.fromkeys(names, value)
        return {name: _bool(item) for name, item in _mapping(value).items()}

    return read


def _timer(value: Value) -> Mapping[str, Value]:
    if isinstance(value, bool):
        return {"enabled": value}
    return {
        name: _text(item) if name == "formatter" else _bool(item) for name, item in _mapping(value).items()
    }


TRANSITIONS = ("none", "fade", "slide")


def _transition(value: Value) -> str:
    name = "none" if value is False else _text(value)
    if name not in TRANSITIONS:
        raise ValueError
    return name


DENSITIES = ("roomy", "normal", "compact")


def _density(value: Value) -> str:
    name = _text(value)
    if name not in DENSITIES:
        raise ValueError
    return name


def _spans(value: Value) -> bool | str:
    return value if isinstance(value, str) and value.lower() not in SWITCHES else _bool(value)


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


def _math(value: Value) -> MathOptions:
    if isinstance(value, bool):
        return MathOptions(enabled=value)
    items = _mapping(value)
    if unknown := set(items) - {"enabled", "macros", "number", "dollars", "code"}:
        raise ValueError(f"does not have {', '.join(sorted(unknown))}")
    macros = {name.lstrip("\\"): body for name, body in _mapping(items.get("macros") or {}).items()}
    for body in macros.values():
        if isinstance(body, list) and not (len(body) >= 2 and isinstance(body[1], int)):
            raise ValueError
    enabled, number, dollars, in_code = (
        _bool(items.get(key, default))
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
    items = _mapping(value)
    if unknown := set(items) - {"allow", "hosts", "timeout"}:
        raise ValueError(f"does not have {', '.join(sorted(unknown))}")
    timeout = items.get("timeout", AssetOptions().timeout)
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 < timeout <= 3600:
        raise ValueError("expects seconds as timeout")
    return AssetOptions(_texts(items.get("allow") or []), _texts(items.get("hosts") or []), float(timeout))


def _colours(value: Value) -> Mapping[str, str]:
    colours = {}
    for name, colour in _mapping(value).items():
        if name not in COLOURS:
            hint = suggest(*nearest(name, COLOURS), otherwise="`slidegen docs colours` lists them")
            raise PartError(f"does not have {name}", name, hint)
        if colour is None:
            hint = f'in YAML a # opens a comment: write {name}: "#1b5e9b", with quotes'
            raise PartError(f"gives {name} no value", name, hint)
        if not (isinstance(colour, str) and is_colour(colour)):
            hint = 'write "#1b5e9b", rgb(27 94 155) or the name of a colour in CSS'
            raise PartError(f"expects a colour for {name}, not {colour}", name, hint)
        colours[name] = colour.strip()
    return colours


class Author(Struct, frozen=True):
    """Somebody who wrote a deck."""

    name: str
    url: str = ""

    def __str__(self) -> str:
        return self.name


def _authors(value: Value) -> tuple[Author, ...]:
    return tuple(_author(item) for item in (value if isinstance(value, list) else [value]))


def _author(value: Value) -> Author:
    if not isinstance(value, dict):
        return Author(_text(value))
    if "name" not in value:
        raise ValueError
    return Author(_text(value["name"]), _text(value.get("url") or ""))


class PlannedSession(Struct, frozen=True):
    """A session that is to be held."""

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
    return PlannedSession(_date(value.get("date")), _text(value.get("title") or ""))


def _date(value: Value) -> date:
    if isinstance(value, date):
        return value
    found = read_date(str(value))
    if found is None:
        text = "nothing" if value is None else str(value)
        raise PartError(f"expects a date, not {text}", text, "write dates as 2026-09-15")
    return found


DAY = lazy_compile(r"\d{4}-?\d\d-?\d\d")
"""What is written as a day, though no calendar may have it."""


def read_date(text: str) -> date | None:
    """The day that a text such as 2026-09-15 or 20260915 names; None where it names none."""
    match = re.fullmatch(r"\s*(\d{4})(-?)(\d\d)\2(\d\d)\s*", text)
    try:
        return None if match is None else date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None


def _links(value: Value) -> Mapping[str, str]:
    return {name: _text(item) for name, item in _mapping(value).items()}


def _checks(value: Value) -> Mapping[str, Value]:
    from slidegen.diagnostics.rules import BOUNDS, rule_names

    rules = {}
    for name, item in _mapping(value).items():
        if name not in rule_names():
            near = nearest(name, rule_names())
            hint = suggest(*near, otherwise="`slidegen check --rules` lists them")
            raise PartError(f"has no rule {name}", name, hint)
        if isinstance(item, int | float) and not isinstance(item, bool):
            if name not in BOUNDS:
                raise PartError(f"expects true or false for {name}, not {item}", name)
            rules[name] = item
        else:
            rules[name] = _bool(item)
    return rules


BOOL = OptionType("true or false", _bool, {"type": "boolean"})
TEXT = OptionType("a text", _text, {"type": ["string", "number"]}, as_written=True)
TEXT_OR_FALSE = OptionType("a text or false", _text_or_false, {"type": ["string", "number", "boolean"]})
TEXTS = OptionType(
    "a text or a list of texts", _texts, {"type": ["string", "array"], "items": {"type": "string"}}
)
RATIO = OptionType(
    "two numbers such as 4:3 or 16:9",
    _ratio,
    {"type": "string", "pattern": r"^[\d.]+:[\d.]+$"},
    as_written=True,
)
SIZE = OptionType("a size such as 20 MB", _size, {"type": ["string", "integer"]})
MAPPING = OptionType("names with values", _mapping, {"type": "object"})
PROGRESS = OptionType("off, bar or sections", _progress, {"enum": ["off", "bar", "sections", True, False]})
INCREMENTAL = OptionType("true, false or deep", _incremental, {"enum": [True, False, "deep"]})
EXTRAS = OptionType(
    "names among superscript, subscript and emoji",
    _extras,
    {"type": ["string", "array"], "items": {"enum": list(EXTRA_NAMES)}},
)
EXPORT_FORMATS = OptionType(
    "formats among " + ", ".join(EXPORTS),
    _exports,
    {"type": ["string", "array", "boolean"], "items": {"enum": list(EXPORTS)}},
)
SPANS = OptionType("true, false or a regular expression", _spans, {"type": ["boolean", "string"]})
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
MOVES = ("scroll", "touch", "click")
NAVIGATION = OptionType(
    "names with true or false", _switches(*MOVES), {"type": ["boolean", "object"]}, parts=MOVES
)
TIMER = OptionType(
    "true, false, or enabled, startOnChange, resetable and formatter",
    _timer,
    {"type": ["boolean", "object"]},
    parts=("enabled", "startOnChange", "resetable", "formatter"),
)
CLASSES = OptionType("class names", _classes, {"type": ["string", "array"], "items": {"type": "string"}})
LANGUAGE = OptionType(
    "a language, or a list that begins with it",
    _language,
    {"type": ["string", "array", "boolean"], "items": {"type": "string"}},
)
DURATION_KIND = OptionType(
    "a time such as 50 min or 1:15:00", _duration, {"type": ["string", "number"]}, as_written=True
)
DENSITY = OptionType("roomy, normal or compact", _density, {"enum": [*DENSITIES]})
TRANSITION = OptionType("none, fade or slide", _transition, {"enum": [*TRANSITIONS, False]})
