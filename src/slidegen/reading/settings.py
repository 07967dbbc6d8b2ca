"""YAML with the place of each key and value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from slidegen.config import Setting
from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.source import Source, Span

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's loader is six times as fast; wheels of PyYAML have it, other builds may not."""
R_TAGS = ("!expr", "!r")
"""Tags of values that R would compute."""


def read_settings(source: Source, start: int, end: int) -> list[Setting]:
    """The top-level keys of the YAML mapping in `source.text[start:end]`, in their order.

    Raises DeckError where it is not valid YAML, or no mapping.
    """
    text = source.text[start:end]
    try:
        loader = Loader(text)
        node = loader.get_single_node()
        if node is None:
            return []
        if not isinstance(node, yaml.MappingNode):
            raise DeckError(
                Diagnostic(
                    Code.BAD_YAML,
                    "the settings are not a list of keys with values",
                    Span(source, start, start + 1),
                    hint="write one `key: value` a line",
                )
            )
        return [_setting(source, start, loader, key, value) for key, value in _entries(node)]
    except RecursionError as error:
        place = Span(source, start, start + 1)
        raise DeckError(Diagnostic(Code.BAD_YAML, "the settings are nested too deeply", place)) from error
    except yaml.YAMLError as error:
        raise DeckError(_diagnostic(source, start, end, error)) from error


def _entries(node: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """The keys and values of a mapping, those of xaringan's `nature:` as if they stood alone.

    It holds remark's options, by itself or below `output: xaringan::moon_reader:`.
    """
    for key, value in node.value:
        if isinstance(value, yaml.MappingNode) and key.value == "nature":
            yield from _entries(value)
        elif isinstance(value, yaml.MappingNode) and key.value == "output":
            yield from _output(key, value)
        else:
            yield key, value


def _output(key: yaml.Node, formats: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """The output format of an R Markdown file by its name, xaringan's where it is among them, and its keys."""
    own = [item for item in formats.value if is_moon_reader(str(item[0].value))]
    for name, keys in (own or formats.value)[:1]:
        yield key, name
        if own and isinstance(keys, yaml.MappingNode):
            yield from _entries(keys)


def is_moon_reader(name: str) -> bool:
    """Whether an output format of R Markdown is xaringan's, or one made from it."""
    own = name.rpartition("::")[2]
    return own.endswith("moon_reader") or own == "tsukuyomi" or "xaringan" in name or "remark" in own


def _setting(source: Source, start: int, loader: Any, key: yaml.Node, value: yaml.Node) -> Setting:
    written = value.value if isinstance(value, yaml.ScalarNode) else ""
    if written and value.tag in R_TAGS:
        value = yaml.ScalarNode("tag:yaml.org,2002:str", written, value.start_mark, value.end_mark)
    parts: tuple[Setting, ...] = ()
    if isinstance(value, yaml.MappingNode):
        parts = tuple(_setting(source, start, loader, *entry) for entry in value.value)
    try:
        constructed = loader.construct_document(value)
    except ValueError:  # a date that no calendar has
        loader.recursive_objects, loader.constructed_objects = {}, {}  # what it had under way
        constructed = loader.construct_document(_dates_as_text(value))
    str(constructed)  # what is nested too deeply to be written is so to be used
    return Setting(
        str(key.value),
        constructed,
        written,
        Span(source, start + key.start_mark.index, start + key.end_mark.index),
        Span(source, start + value.start_mark.index, start + value.end_mark.index),
        parts,
    )


def _dates_as_text(node: yaml.Node) -> yaml.Node:
    """The same node, in which dates are texts."""
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:timestamp":
        node.tag = "tag:yaml.org,2002:str"
    children = node.value if isinstance(node, yaml.SequenceNode | yaml.MappingNode) else []
    for child in children:
        for part in child if isinstance(child, tuple) else (child,):
            _dates_as_text(part)
    return node


def _diagnostic(source: Source, start: int, end: int, error: yaml.YAMLError) -> Diagnostic:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    offset = min(start + mark.index, end) if mark is not None else start
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    hint = "quote a value that holds a colon, a # or starts with one of [ { * & ! % @ `"
    return Diagnostic(Code.BAD_YAML, f"not valid YAML: {problem}", Span(source, offset, offset + 1), hint)
