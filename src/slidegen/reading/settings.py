"""YAML with the position of each key and value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import yaml

from slidegen.config import RepeatedKey, Setting
from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.reading.bounded_yaml import TEXT, BoundedLoader
from slidegen.reading.yaml_error import YamlError
from slidegen.reading.yaml_mistakes import explain
from slidegen.source import Source, Span

R_TAGS = ("!expr", "!r")
"""Tags of values that R would compute."""


def read_settings(source: Source, start: int, end: int) -> list[Setting]:
    """The top-level keys of the YAML mapping in `source.text[start:end]`, in order.

    Raises DeckError if it is not valid YAML, or not a mapping.
    """
    try:
        loader = BoundedLoader(source.text[start:end])
        node = loader.compose_within_bounds()
        if node is None:
            return []
        if not isinstance(node, yaml.MappingNode):
            raise DeckError(
                Diagnostic(
                    Code.BAD_YAML,
                    "the settings are not a list of keys with values",
                    Span(source, start, start + 1),
                    hint="write one `key: value` per line",
                )
            )
        repeated = _repeated_keys(source, start, node)
        return [_setting(source, start, loader, key, value, repeated) for key, value in _entries(node)]
    except YamlError as error:
        found = explain(source.text[start:end], str(error), min(error.offset, end - start))
        place = Span(source, start + found.start, start + found.end)
        raise DeckError(Diagnostic(Code.BAD_YAML, found.message, place, found.hint)) from error


def _entries(node: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """The keys and values of a mapping, including those of xaringan's `nature:` as if they were top-level.

    `nature:` has remark's options, on its own or below `output: xaringan::moon_reader:`.
    """
    for key, value in node.value:
        if isinstance(value, yaml.MappingNode) and key.value == "nature":
            yield from _entries(value)
        elif isinstance(value, yaml.MappingNode) and key.value == "output":
            yield from _output(key, value)
        else:
            yield key, value


def _output(key: yaml.Node, formats: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """The name of an R Markdown file's output format, preferably xaringan's, and its keys."""
    own = [item for item in formats.value if is_moon_reader(str(item[0].value))]
    for name, keys in (own or formats.value)[:1]:
        yield key, name
        if own and isinstance(keys, yaml.MappingNode):
            yield from _entries(keys)


def is_moon_reader(name: str) -> bool:
    """Whether an output format of R Markdown is xaringan's, or derived from it."""
    own = name.rpartition("::")[2]
    return own.endswith("moon_reader") or own == "tsukuyomi" or "xaringan" in name or "remark" in own


def _repeated_keys(source: Source, start: int, node: yaml.Node) -> tuple[RepeatedKey, ...]:
    """The keys that a mapping of a node has twice, however deep; keys that `<<` merges in are not counted."""
    found: list[RepeatedKey] = []
    nodes = [node]
    seen: set[int] = set()
    while nodes:
        each = nodes.pop()
        if isinstance(each, yaml.ScalarNode) or id(each) in seen:
            continue
        seen.add(id(each))  # an alias is the node that it stands for
        if isinstance(each, yaml.SequenceNode):
            nodes += each.value
            continue
        first: dict[str, Span] = {}
        for key, value in each.value:
            nodes.append(value)
            if isinstance(key, yaml.ScalarNode):
                place = _place(source, start, key)
                if key.value in first and key.value != "<<":
                    found.append(RepeatedKey(key.value, first[key.value], place))
                first[key.value] = place
    return tuple(sorted(found, key=lambda each: each.again.start))


def _place(source: Source, start: int, node: yaml.Node) -> Span:
    return Span(source, start + node.start_mark.index, start + node.end_mark.index)


def _setting(
    source: Source,
    start: int,
    loader: BoundedLoader,
    key: yaml.Node,
    value: yaml.Node,
    repeated: Sequence[RepeatedKey] = (),
) -> Setting:
    written = value.value if isinstance(value, yaml.ScalarNode) else ""
    if written and value.tag in R_TAGS:
        value = yaml.ScalarNode(TEXT, written, value.start_mark, value.end_mark)
    parts: tuple[Setting, ...] = ()
    if isinstance(value, yaml.MappingNode):
        parts = tuple(_setting(source, start, loader, *entry) for entry in value.value)
    key_span, value_span = _place(source, start, key), _place(source, start, value)
    return Setting(
        key=str(key.value),
        value=loader.construct(value),
        written=written,
        key_span=key_span,
        value_span=value_span,
        parts=parts,
        repeated=tuple(
            each
            for each in repeated
            if key_span.start <= each.again.start < max(value_span.end, key_span.end)
        ),
    )
