"""The subset of Liquid's filters and arguments that decks use."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from slidegen.option_types import Value
from slidegen.patterns import lazy_compile

ARGUMENT = lazy_compile(
    r"([\w-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([\w.-]++(?>(?:\[[^\]\s]*\][\w.-]*)*)))"
)
QUOTED = lazy_compile(r"\"([^\"]*+)\"|'([^']*+)'|([\w.-]++)")


class UnknownFilterError(ValueError):
    """A filter is unknown here; the message is its name."""


def arguments(rest: str) -> tuple[str, Mapping[str, tuple[str | None, str]]]:
    """The file of an `include` tag, and its parameters: each a text, or the path of a value."""
    name, _, parameters = rest.strip().partition(" ")
    given: dict[str, tuple[str | None, str]] = {}
    for match in ARGUMENT.finditer(parameters):
        literal = match[2] if match[2] is not None else match[3]
        given[match[1]] = (literal, match[4] or "")
    return name.strip("\"'"), given


def filtered(value: Value, filters: Sequence[str], site: Mapping[str, Value]) -> str:
    """A value after its filters, as text; raises UnknownFilterError."""
    for written in filters:
        name, _, given = written.partition(":")
        name = name.strip()
        if name not in FILTERS:
            raise UnknownFilterError(name)
        values = [
            next((item for item in match.groups() if item is not None), "")
            for match in QUOTED.finditer(given)
        ]
        values = [_of_site(item, site) for item in values]
        value = FILTERS[name](value, values, site)
    return _text(value)


def _of_site(text: str, site: Mapping[str, Value]) -> str:
    """An argument that names a value of the site; the site's files have no base here."""
    if text == "site.baseurl":
        return ""
    return _text(site.get(text.removeprefix("site."))) if text.startswith("site.") else text


def _text(value: Value) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, list):
        return "".join(map(_text, value))
    return "true" if value is True else str(value)


def _relative(value: Value, _given: Sequence[str], _site: Mapping[str, Value]) -> str:
    return "/" + _text(value).lstrip("/")


def _absolute(value: Value, _given: Sequence[str], site: Mapping[str, Value]) -> str:
    text = _text(value)
    if "://" in text:
        return text
    base = _text(site.get("baseurl")).strip("/")
    return "/".join(filter(None, (_text(site.get("url")).rstrip("/"), base, text.lstrip("/"))))


def _date(value: Value, form: str) -> str:
    if not isinstance(value, dt.date):
        try:
            value = dt.datetime.fromisoformat(_text(value).strip().replace("/", "-"))
        except ValueError:
            return _text(value)
    return str(value.strftime(form))


def _first(given: Sequence[str]) -> str:
    return given[0] if given else ""


def _second(given: Sequence[str]) -> str:
    return given[1] if len(given) > 1 else ""


def _on_text(change: Callable[[str], str]) -> Callable[[Value, Sequence[str], Mapping[str, Value]], Value]:
    return lambda value, _given, _site: change(_text(value))


FILTERS: Mapping[str, Callable[[Value, Sequence[str], Mapping[str, Value]], Value]] = {
    "absolute_url": _absolute,
    "append": lambda value, given, _: _text(value) + _first(given),
    "capitalize": _on_text(str.capitalize),
    "cgi_escape": _on_text(lambda text: quote(text, safe="").replace("%20", "+")),
    "date": lambda value, given, _: _date(value, _first(given)),
    "date_to_long_string": lambda value, *_: _date(value, "%d %B %Y"),
    "date_to_string": lambda value, *_: _date(value, "%d %b %Y"),
    "default": lambda value, given, _: _first(given) if value in (None, "", False) else value,
    "downcase": _on_text(str.lower),
    "escape": _on_text(html.escape),
    "join": lambda value, given, _: (
        _first(given).join(map(_text, value)) if isinstance(value, list) else value
    ),
    "lstrip": _on_text(str.lstrip),
    "markdownify": lambda value, *_: value,  # it becomes Markdown here
    "prepend": lambda value, given, _: _first(given) + _text(value),
    "relative_url": _relative,
    "remove": lambda value, given, _: _text(value).replace(_first(given), ""),
    "replace": lambda value, given, _: _text(value).replace(_first(given), _second(given)),
    "rstrip": _on_text(str.rstrip),
    "strip": _on_text(str.strip),
    "strip_html": _on_text(lambda text: re.sub(r"<[^>]*+>", "", text)),
    "upcase": _on_text(str.upper),
    "uri_escape": _on_text(lambda text: quote(text, safe="/:?#[]@!$&'()*+,;=")),
    "url_encode": _on_text(lambda text: quote(text, safe="").replace("%20", "+")),
    "xml_escape": _on_text(html.escape),
}
