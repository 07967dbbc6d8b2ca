"""The Liquid filters that Jekyll adds, and limits for the standard ones."""

from __future__ import annotations

import datetime as dt
import functools
import json
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from liquid.exceptions import FilterArgumentError, ResourceLimitError
from liquid.undefined import is_undefined

from slidegen.option_types import Value
from slidegen.patterns import lazy_compile
from slidegen.reading.formats.liquid import FILTERS
from slidegen.reading.formats.standing_in import AS_JSON, ESCAPED, MARK

MAX_LENGTH = 10_000_000
"""Limit for the characters of a text, and the members of a list."""
CONDITION = lazy_compile(r"([\w.-]++)\s*+(==|!=|<>|>=|<=|>|<|contains)\s*+(.++)")
ORDER: Mapping[str, Callable[[Any, Any], object]] = {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
OUR_OWN = frozenset(
    "absolute_url cgi_escape date_to_long_string date_to_string relative_url uri_escape".split()
)
"""Filters that work the same in decks."""


def layout_filters(
    site: Mapping[str, Value], known: Mapping[str, Callable[..., object]]
) -> dict[str, Callable[..., object]]:
    """The filters of layouts by name; `known` are Liquid's own."""
    ours: dict[str, Callable[..., object]] = {name: _of_deck(name, site) for name in OUR_OWN}
    ours |= JEKYLLS
    return {name: _bounded(function) for name, function in {**known, **ours}.items()}


def _of_deck(name: str, site: Mapping[str, Value]) -> Callable[..., object]:
    def function(value: object, *given: object) -> object:
        return FILTERS[name](None if is_undefined(value) else value, [str(item) for item in given], site)

    return function


def _bounded(function: Callable[..., object]) -> Callable[..., object]:
    """A filter that neither accepts a huge list nor returns a huge text."""

    @functools.wraps(function)
    def bounded(value: object, *given: object, **named: object) -> object:
        if isinstance(value, range) and len(value) > MAX_LENGTH // 100:
            raise ResourceLimitError("a list is far too long", token=None)
        if isinstance(value, str) and given:
            longest = max((len(item) for item in given if isinstance(item, str)), default=0)
            if len(value) * (longest + 1) > MAX_LENGTH * 10:
                raise ResourceLimitError("a text becomes far too long", token=None)
        found = function(value, *given, **named)
        if isinstance(found, str | list) and len(found) > MAX_LENGTH:
            raise ResourceLimitError("a text becomes far too long", token=None)
        return found

    return bounded


def _escape(value: object) -> str:
    import html

    return html.escape(_text(value)).replace(MARK, ESCAPED)


def _json(value: object) -> str:
    def other(item: object) -> object:
        return None if is_undefined(item) else str(item)

    return json.dumps(value, ensure_ascii=False, default=other).replace(MARK, AS_JSON)


def _markdown(value: object) -> str:
    text = _text(value)
    if MARK in text:  # the deck is Markdown for remark
        return text
    from markdown import markdown

    return markdown(text, extensions=["extra"])


def _where(items: object, key: object, value: object = None) -> list[object]:
    def matches(item: object) -> bool:
        found = item.get(key) if isinstance(item, Mapping) else None
        if value is None or is_undefined(value):
            return found is None
        if isinstance(found, list):
            return value in found or str(value) in map(_text, found)
        return found is not None and _text(found) == _text(value)

    return [item for item in _items(items) if matches(item)]


def _where_exp(items: object, name: str, condition: str) -> list[object]:
    """The items that satisfy a single comparison; raises FilterArgumentError for other conditions."""
    match = CONDITION.fullmatch(str(condition).strip())
    if match is None:
        plain = str(condition).strip()
        if re.fullmatch(r"[\w.-]++", plain) is None:
            raise FilterArgumentError(f"where_exp with the condition {condition}", token=None)
        return [item for item in _items(items) if _look_up(item, name, plain) not in (None, False)]
    left, sign, right = match.groups()
    wanted = _literal(right.strip())

    def matches(item: object) -> bool:
        found = _look_up(item, name, left)
        if sign == "contains":
            return isinstance(found, str | list) and wanted in found
        if sign in ("==", "!=", "<>"):
            return (found == wanted) is (sign == "==")
        try:
            return bool(ORDER[sign](found, wanted))
        except TypeError:
            return False

    return [item for item in _items(items) if matches(item)]


def _look_up(item: object, name: str, path: str) -> object:
    first, *rest = path.split(".")
    if first != name:
        raise FilterArgumentError(f"{path} in a condition about {name}", token=None)
    for part in rest:
        item = item.get(part) if isinstance(item, Mapping) else None
    return item


def _literal(text: str) -> object:
    if text[:1] in ("'", '"') and text[-1:] == text[:1]:
        return text[1:-1]
    if text in ("true", "false", "nil", "null"):
        return {"true": True, "false": False}.get(text)
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        raise FilterArgumentError(f"a comparison with {text}", token=None) from None


def _group_by(items: object, key: object) -> list[dict[str, object]]:
    groups: dict[str, list[object]] = {}
    for item in _items(items):
        groups.setdefault(_text(item.get(key) if isinstance(item, Mapping) else None), []).append(item)
    return [{"name": name, "items": members, "size": len(members)} for name, members in groups.items()]


def _sort(items: object, key: object = None, nils: object = "first") -> list[object]:
    def value(item: object) -> Any:
        return item.get(key) if key is not None and isinstance(item, Mapping) else item

    with_value = [item for item in _items(items) if value(item) is not None]
    without = [item for item in _items(items) if value(item) is None]
    try:
        with_value.sort(key=value)
    except TypeError:
        with_value.sort(key=lambda item: _text(value(item)))
    return with_value + without if nils == "last" else without + with_value


def _sentence(items: object, last: object = "and") -> str:
    *first, end = [_text(item) for item in _items(items)] or [""]
    if not first:
        return end
    return f"{', '.join(first)}{',' if len(first) > 1 else ''} {last} {end}"


def _date_as(form: Callable[[dt.datetime], str]) -> Callable[[object], str]:
    def function(value: object) -> str:
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            value = dt.datetime.combine(value, dt.time.min)
        if not isinstance(value, dt.datetime):
            try:
                value = dt.datetime.fromisoformat(_text(value).strip().replace("/", "-"))
            except ValueError:
                return _text(value)
        return form(value if value.tzinfo else value.replace(tzinfo=dt.UTC))

    return function


def _items(value: object) -> Sequence[object]:
    if isinstance(value, Mapping) and not is_undefined(value):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple | range) else []


def _text(value: object) -> str:
    if value is None or is_undefined(value):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return "".join(map(_text, value)) if isinstance(value, list) else str(value)


JEKYLLS: Mapping[str, Callable[..., object]] = {
    "array_to_sentence_string": _sentence,
    "date_to_rfc822": _date_as(lambda date: date.strftime("%a, %d %b %Y %H:%M:%S %z")),
    "date_to_xmlschema": _date_as(lambda date: date.isoformat()),
    "escape": _escape,
    "group_by": _group_by,
    "inspect": _json,
    "jsonify": _json,
    "markdownify": _markdown,
    "normalize_whitespace": lambda value: " ".join(_text(value).split()),
    "number_of_words": lambda value, *_: len(_text(value).split()),
    "push": lambda value, item: [*_items(value), item],
    "slugify": lambda value, *_: re.sub(r"[^\w]+", "-", _text(value).lower()).strip("-"),
    "smartify": _text,
    "sort": _sort,
    "strip_index": lambda value: re.sub(r"/index\.html?\Z", "/", _text(value)),
    "to_integer": lambda value: int(float(_text(value) or 0)),
    "unshift": lambda value, item: [item, *_items(value)],
    "where": _where,
    "where_exp": _where_exp,
    "xml_escape": _escape,
}
