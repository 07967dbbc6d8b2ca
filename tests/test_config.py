from __future__ import annotations

from typing import Any

import pytest

from slidegen.config import OPTIONS, Config, configure
from slidegen.diagnostics import Diagnostic, Reporter
from slidegen.option_records import Author
from slidegen.reading.settings import read_settings
from slidegen.source import Source


def configured(yaml: str, where: str = "deck") -> tuple[Config, dict[str, str], list[Diagnostic]]:
    """The options, variables and diagnostics of settings as they are written."""
    source = Source("talk.md", yaml)
    reporter = Reporter()
    settings = read_settings(source, 0, len(yaml))
    config, variables = configure(Config(), settings, where, reporter)
    return config, {key: item.written for key, item in variables.items()}, reporter.diagnostics


@pytest.mark.parametrize(
    ("yaml", "name", "value"),
    [
        ("title: 2024", "title", "2024"),
        ("title: No", "title", "No"),
        ("lang: no", "lang", "no"),
        ("ratio: 16:9", "ratio", (16, 9)),
        ("ratio: '4:3'", "ratio", (4, 3)),
        ("ratio: 16/10", "ratio", (16, 10)),
        ("css: a.css", "css", ("a.css",)),
        ("css: [a.css, b.css]", "css", ("a.css", "b.css")),
        ("author: [Ada, Bob]", "author", (Author("Ada"), Author("Bob"))),
        ("footer: false", "footer", ""),
        ("slideNumberFormat: false", "slideNumberFormat", ""),
        ("slideNumberFormat: '%current%'", "slideNumberFormat", "%current%"),
        ("highlightLines: true", "highlightLines", True),
        ("highlightLines: 'true'", "highlightLines", True),
        ("highlightSpans: true", "highlightSpans", True),
        ("highlightSpans: '`([^`]+)`'", "highlightSpans", "`([^`]+)`"),
        ("countIncrementalSlides: no", "countIncrementalSlides", False),
        ("navigation: {click: true}", "navigation", {"click": True}),
        ("navigation: false", "navigation", {"scroll": False, "touch": False, "click": False}),
        ("embedLimit: 5 MB", "embedLimit", 5_000_000),
        ("embedLimit: 1.5MiB", "embedLimit", 1_572_864),
        ("embedLimit: 300", "embedLimit", 300),
        ("excludedClasses: [a, b]", "excludedClasses", ("a", "b")),
        ("nature: {ratio: '16:9'}", "ratio", (16, 9)),
        ("nature: {highlightLines: true}", "highlightLines", True),
        ("theme:", "theme", ""),
        ("highlightLines: yes", "highlightLines", True),
        ("highlightLines: 'TRUE'", "highlightLines", True),
        ("highlightLines: T", "highlightLines", True),
        ("highlightSpans: 1", "highlightSpans", True),
        ("highlightSpans: 'no'", "highlightSpans", False),
        ("countIncrementalSlides: 0", "countIncrementalSlides", False),
        ("countIncrementalSlides: FALSE", "countIncrementalSlides", False),
        ("highlightLanguage: [r, python]", "highlightLanguage", "r"),
        ("highlightLanguage: ['', python]", "highlightLanguage", "python"),
        ("highlightLanguage: []", "highlightLanguage", ""),
        ("highlightLanguage: false", "highlightLanguage", ""),
        ("highlightLanguage: no-highlight", "highlightLanguage", "no-highlight"),
        ("nature: {highlightLanguage: [r, css, yaml]}", "highlightLanguage", "r"),
        ("excludedClasses: 'a, b'", "excludedClasses", ("a", "b")),
        ("excludedClasses: a b", "excludedClasses", ("a", "b")),
        ("excludedClasses: false", "excludedClasses", ()),
        ("timer: {enabled: 'yes', startOnChange: 0}", "timer", {"enabled": True, "startOnChange": False}),
    ],
)
def test_values(yaml: str, name: str, value: Any) -> None:
    config, _, diagnostics = configured(yaml)
    assert getattr(config, name) == value
    assert diagnostics == []


@pytest.mark.parametrize(
    ("yaml", "name", "value", "column", "hint"),
    [
        ("timer: {resettable: true, enabled: true}", "timer", {"enabled": True}, 9, "resetable"),
        ("navigation: {scrol: false, click: true}", "navigation", {"click": True}, 14, "scroll"),
        ("navigation: {swipe: false}", "navigation", {}, 14, "scroll, touch, click"),
    ],
)
def test_what_an_option_does_not_have_is_named_and_skipped_as_in_remark(
    yaml: str, name: str, value: Any, column: int, hint: str
) -> None:
    config, _, diagnostics = configured(yaml)
    assert getattr(config, name) == value
    assert [item.code.number for item in diagnostics] == ["SG110"]
    assert diagnostics[0].span is not None
    assert diagnostics[0].span.position.column == column
    assert hint in diagnostics[0].hint


def test_math_options() -> None:
    config, _, diagnostics = configured("math: {number: true, macros: {RR: '\\mathbb{R}', '\\E': ['#1', 1]}}")
    assert diagnostics == []
    assert config.math.number
    assert config.math.macros == {"RR": "\\mathbb{R}", "E": ["#1", 1]}
    assert not configured("math: false")[0].math.enabled


@pytest.mark.parametrize(
    ("yaml", "column", "says"),
    [
        ("ratio: wide", 8, "ratio expects two numbers such as 4:3 or 16:9, not wide"),
        ("ratio: 0:3", 8, "ratio expects two numbers"),
        ("highlightLines: maybe", 17, "highlightLines expects true or false, not maybe"),
        ("countIncrementalSlides: 3", 25, "countIncrementalSlides expects true or false, not 3"),
        ("title: [a, b]", 8, "title expects a text, not list"),
        ("css: {a: b}", 6, "css expects a text or a list of texts"),
        ("css: [[a]]", 6, "css expects a text or a list of texts"),
        ("embedLimit: big", 13, "embedLimit expects a size such as 20 MB, not big"),
        ("embedLimit: 5 parsecs", 13, "embedLimit expects a size"),
        ("navigation: quick", 13, "navigation expects names with true or false"),
        ("navigation: {click: often}", 13, "navigation expects names with true or false"),
        ("math: {macro: {}}", 8, "math does not have macro"),
        ("math: {macros: [a]}", 7, "math expects "),
        ("footer: true", 9, "footer expects a text or false"),
        ("theme: [a]", 8, "theme expects a text"),
    ],
)
def test_a_value_of_the_wrong_type_is_an_error_at_the_value(yaml: str, column: int, says: str) -> None:
    config, _, diagnostics = configured(f"# settings\n{yaml}\n")
    (found,) = diagnostics
    assert found.code.number == "SG004"
    assert found.message.startswith(says)
    assert found.hint
    assert found.span is not None
    assert (found.span.position.line, found.span.position.column) == (2, column)
    name = yaml.partition(":")[0]
    assert getattr(config, name) == getattr(Config(), name)


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("hightlightStyle", "highlightStyle"),
        ("highlightstyle", "highlightStyle"),
        ("highlight-style", "highlightStyle"),
        ("highlight_lines", "highlightLines"),
        ("slideNumberFormt", "slideNumberFormat"),
        ("excludeClasses", "excludedClasses"),
        ("Theme", "theme"),
        ("foter", "footer"),
    ],
)
def test_a_key_close_to_an_option_is_a_variable_with_a_warning(key: str, meant: str) -> None:
    _, variables, diagnostics = configured(f"a: 1\n{key}: value\n")
    assert variables == {"a": "1", key: "value"}
    (found,) = diagnostics
    assert found.code.number == "SG110"
    assert found.hint == f"did you mean {meant}?"
    assert found.span is not None
    assert found.span.text == key
    assert found.span.position.line == 2


@pytest.mark.parametrize(
    "key", ["course", "week", "name", "date", "output", "subtitle", "institute", "class"]
)
def test_other_keys_are_variables_without_a_word(key: str) -> None:
    config, variables, diagnostics = configured(f"{key}: value\n")
    assert (config, variables, diagnostics) == (Config(), {key: "value"}, [])


def test_a_variable_is_what_is_written() -> None:
    assert configured("a: 012\nb: 2024-01-02\nc: yes\nd: 16:9\n")[1] == {
        "a": "012",
        "b": "2024-01-02",
        "c": "yes",
        "d": "16:9",
    }


@pytest.mark.parametrize("key", ["exclude", "assets", "variables"])
def test_options_of_the_project_are_none_of_a_deck(key: str) -> None:
    value = {"exclude": "['*.md']", "assets": "{allow: [/]}", "variables": "{a: 1}"}[key]
    assert getattr(configured(f"{key}: {value}", "deck")[0], key) == getattr(Config(), key)
    assert getattr(configured(f"{key}: {value}", "project")[0], key) != getattr(Config(), key)


def test_the_configuration_before_stays_where_nothing_is_said() -> None:
    reporter = Reporter()
    source = Source("talk.md", "title: T\n")
    base = Config(ratio=(16, 9), title="old")
    config, _ = configure(base, read_settings(source, 0, len(source.text)), "deck", reporter)
    assert (config.ratio, config.title) == ((16, 9), "T")


def test_remarks_own_names_are_options() -> None:
    assert {
        "ratio",
        "highlightStyle",
        "highlightLines",
        "highlightSpans",
        "highlightLanguage",
        "highlightInlineCode",
        "slideNumberFormat",
        "countIncrementalSlides",
        "disableIncrementalSlides",
        "excludedClasses",
        "includePresenterNotes",
        "inheritPresenterNotes",
        "navigation",
        "timer",
    } <= OPTIONS.keys()
