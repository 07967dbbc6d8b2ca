"""The types of options: how values are parsed, named in diagnostics, and described in the JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from slidegen.output_formats import EXPORTS
from slidegen.patterns import lazy_compile

Value = Any
"""A value as YAML gives it: str, int, float, bool, None, list or dict of these."""


class PartError(ValueError):
    """What is wrong with one part of an option's value, in words that follow the option's name."""

    def __init__(self, message: str, key: str, hint: str = "", *, at_key: bool = False) -> None:
        super().__init__(message)
        self.key = key
        """The key of the part within the value."""
        self.hint = hint
        self.at_key = at_key
        """Whether the key is wrong, rather than its value."""


class OptionType(Struct, frozen=True):
    """What values an option takes."""

    says: str
    """How a diagnostic describes it: "expects true or false"."""
    read: Callable[[Value], Value]
    """Converts a value from YAML into the configuration's form; raises ValueError for the wrong type."""
    schema: Mapping[str, Value]
    """The type as JSON Schema."""
    as_written: bool = False
    """Whether to read a scalar as written, since YAML 1.1 turns `no` into false and `16:9` into 969."""
    parts: tuple[str, ...] = ()
    """The keys of its mapping, if an unknown key is only a warning, as remark ignores it."""


SWITCHES = {
    **dict.fromkeys(("true", "yes", "on", "t", "y", "1"), True),
    **dict.fromkeys(("false", "no", "off", "f", "n", "0"), False),
}
"""Words for true and false in YAML, R and JavaScript."""


def read_bool(value: Value) -> bool:
    """True or false, in any notation; raises ValueError for anything else."""
    if isinstance(value, bool | int | str) and str(value).lower() in SWITCHES:
        return SWITCHES[str(value).lower()]
    raise ValueError


def read_text(value: Value) -> str:
    """A text, or a number as written; raises ValueError for anything else."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    raise ValueError


def _text_or_false(value: Value) -> str:
    return "" if value is False else read_text(value)


def read_texts(value: Value) -> tuple[str, ...]:
    """A list of texts, or a single one."""
    items = value if isinstance(value, list) else [value]
    return tuple(read_text(item) for item in items)


def _classes(value: Value) -> tuple[str, ...]:
    items = [] if value is False else value if isinstance(value, list) else [value]
    return tuple(name for item in items for name in read_text(item).replace(",", " ").split())


def _language(value: Value) -> str:
    """The first language of a list, which xaringan's users write for all languages of the deck."""
    if isinstance(value, list):
        return next((read_text(item) for item in value if item), "")
    return _text_or_false(value)


def _ratio(value: Value) -> tuple[float, float]:
    match = re.fullmatch(r"\s*([\d.]+)\s*[:/]\s*([\d.]+)\s*", read_text(value))
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
    """The seconds of a time such as `50` (minutes), `50 min`, `1 h 15 min`, `90 s`, `2:30` or `1:15:00`.

    Raises ValueError for anything else.
    """
    match = DURATION.fullmatch(" ".join(text.lower().split()))
    if match is None or not any(match.groups()):
        raise ValueError
    return sum(float(match[name]) * factor for name, factor in SECONDS.items() if match[name])


def _duration(value: Value) -> float:
    return duration(read_text(value))


UNITS = {"": 1, "kb": 1000, "mb": 1000**2, "gb": 1000**3, "kib": 1024, "mib": 1024**2, "gib": 1024**3}


def _size(value: Value) -> int:
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*", read_text(value).lower())
    if match is None or match[2].removesuffix("b") + "b" * (match[2] != "") not in UNITS:
        raise ValueError
    return int(float(match[1]) * UNITS[match[2].removesuffix("b") + "b" * (match[2] != "")])


def _progress(value: Value) -> str:
    name = {False: "off", True: "bar"}.get(value) if isinstance(value, bool) else read_text(value)
    if name not in ("off", "bar", "sections"):
        raise ValueError
    return name


def _incremental(value: Value) -> str:
    return "deep" if value == "deep" else str(read_bool(value)).lower()


EXTRA_NAMES = ("superscript", "subscript", "emoji")


def _extras(value: Value) -> tuple[str, ...]:
    names = read_texts(value)
    unknown = [name for name in names if name not in EXTRA_NAMES]
    if unknown:
        raise ValueError(f"has no {unknown[0]}; choose from {', '.join(EXTRA_NAMES)}")
    return names


def _exports(value: Value) -> tuple[str, ...]:
    names = () if value is False else read_texts(value)
    unknown = [name for name in names if name not in EXPORTS]
    if unknown:
        raise ValueError(f"has no {unknown[0]}; choose from {', '.join(EXPORTS)}")
    return names


def read_mapping(value: Value) -> Mapping[str, Value]:
    """Names with values; raises ValueError for anything else."""
    if isinstance(value, dict):
        return {str(key): item for key, item in value.items()}
    raise ValueError


def _switches(*names: str) -> Callable[[Value], Mapping[str, bool]]:
    def read(value: Value) -> Mapping[str, bool]:
        if isinstance(value, bool):
            return dict.fromkeys(names, value)
        return {name: read_bool(item) for name, item in read_mapping(value).items()}

    return read


def _timer(value: Value) -> Mapping[str, Value]:
    if isinstance(value, bool):
        return {"enabled": value}
    return {
        name: read_text(item) if name == "formatter" else read_bool(item)
        for name, item in read_mapping(value).items()
    }


TRANSITIONS = ("none", "fade", "slide")


def _transition(value: Value) -> str:
    name = "none" if value is False else read_text(value)
    if name not in TRANSITIONS:
        raise ValueError
    return name


DENSITIES = ("roomy", "normal", "compact")


def _density(value: Value) -> str:
    name = read_text(value)
    if name not in DENSITIES:
        raise ValueError
    return name


def _spans(value: Value) -> bool | str:
    return value if isinstance(value, str) and value.lower() not in SWITCHES else read_bool(value)


BOOL = OptionType("true or false", read_bool, {"type": "boolean"})
TEXT = OptionType("a text", read_text, {"type": ["string", "number"]}, as_written=True)
TEXT_OR_FALSE = OptionType("a text or false", _text_or_false, {"type": ["string", "number", "boolean"]})
TEXTS = OptionType(
    "a text or a list of texts", read_texts, {"type": ["string", "array"], "items": {"type": "string"}}
)
RATIO = OptionType(
    "two numbers such as 4:3 or 16:9",
    _ratio,
    {"type": "string", "pattern": r"^[\d.]+:[\d.]+$"},
    as_written=True,
)
SIZE = OptionType("a size such as 20 MB", _size, {"type": ["string", "integer"]})
MAPPING = OptionType("names with values", read_mapping, {"type": "object"})
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
