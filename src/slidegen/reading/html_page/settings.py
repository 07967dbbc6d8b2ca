"""Reads a deck's settings from its HTML page: title, language, and the options of `remark.create`."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from slidegen.config import Setting
from slidegen.diagnostics import Code, Reporter
from slidegen.reading.html_page.macros import read_number_format
from slidegen.reading.html_page.parts import PageParts
from slidegen.reading.html_page.script_reading import ScriptReading, explain_unsupported
from slidegen.reading.javascript.static_values import ComputedError, value_of
from slidegen.source import Span

WITHOUT_MEANING = frozenset(
    "source sourceUrl sourceUrls sourceUris container cloneTarget externalHighlighter customHighlighter "
    "allowControl".split()
)
"""remark's options that do not concern the slides, or that locate the deck."""
META = {"author": "author", "description": "description"}


def head_settings(parts: PageParts) -> Iterator[Setting]:
    """The page's title, language, author, description and icon."""
    for element in parts.elements:
        if element.name == "html" and (lang := element.get("lang") or element.get("xml:lang")):
            yield _setting("lang", lang, element.place("lang"))
        elif element.name == "title" and element.content is not None:
            if title := " ".join(unescape(element.content.text).split()):
                yield _setting("title", title, element.content)
        elif element.name == "meta" and (key := META.get(element.get("name").lower())):
            if content := element.get("content").strip():
                yield _setting(key, content, element.place("content"))
        elif "icon" in element.get("rel").lower().split() and (href := element.get("href")):
            yield _setting("favicon", href, element.place("href"))


def option_settings(reading: ScriptReading, reporter: Reporter) -> Iterator[Setting]:
    """remark's options as settings; what is computed is named and left out."""
    for entry in reading.options:
        if entry.key in WITHOUT_MEANING:
            continue
        try:
            value = value_of(entry.value, reading.names)
        except ComputedError as error:
            number = number_format(reading) if entry.key == "slideNumberFormat" else ""
            if number:
                yield Setting(
                    key=entry.key,
                    value=number,
                    written="",
                    key_span=entry.key_span,
                    value_span=entry.value.span,
                )
            else:
                place = error.code.span if error.code.tokens else entry.key_span
                message, hint = explain_unsupported(entry.key, entry.value)
                reporter.report(Code.COMPUTED, message, place, hint=hint)
            continue
        written = "" if isinstance(value, dict | list) or value is None else str(value)
        if isinstance(value, bool):
            written = written.lower()
        yield Setting(
            key=entry.key, value=value, written=written, key_span=entry.key_span, value_span=entry.value.span
        )


def number_format(reading: ScriptReading) -> str:
    """The `slideNumberFormat` that a function defines; empty if there is none, or it is not understood."""
    for entry in reading.options:
        if entry.key == "slideNumberFormat":
            code = entry.value
            if len(code) == 1:
                code = reading.names.expressions.get(code.texts[0], code)
            return read_number_format(code)
    return ""


def _setting(key: str, value: str, place: Span) -> Setting:
    return Setting(key=key, value=value, written=value, key_span=place, value_span=place)
