"""Parses YAML with limits, so that hostile input is an error rather than minutes of work or a traceback."""

from __future__ import annotations

import yaml

from slidegen.reading.yaml_error import YamlError

MAX_DEPTH = 100
"""How deeply lists and mappings may nest."""
MAX_DIGITS = 100
"""Limit for the characters of a number."""
MAX_REPEATED = 10_000
"""How many values the aliases of a file may repeat, including nested ones."""
INT, FLOAT, DATE, TEXT = (f"tag:yaml.org,2002:{name}" for name in ("int", "float", "timestamp", "str"))


class BoundedLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """PyYAML's safe loader, with limits.

    It uses libyaml's, which is six times as fast, if PyYAML was built with it. A date that no calendar
    has is read as a text. Raises YamlError.
    """

    def compose_within_bounds(self) -> yaml.Node | None:
        """The only value of the text as a node that is safe to construct; None if there is none."""
        try:
            node = self.get_single_node()
            if node is not None:
                _measure(node)
        except RecursionError as error:
            raise YamlError("the values are nested too deeply") from error
        except yaml.YAMLError as error:
            raise _as_bounded(error) from error
        return node if isinstance(node, yaml.Node) else None

    def construct(self, node: yaml.Node) -> object:
        """The value of a composed node."""
        try:
            return self.construct_document(node)
        except yaml.YAMLError as error:
            raise _as_bounded(error) from error

    def construct_scalar_value(self, node: yaml.Node) -> object:
        """A number, a date, true or false; an error if the value does not match its tag."""
        try:
            return getattr(self, _CONSTRUCTORS[node.tag])(node)
        except (ValueError, LookupError, AttributeError, TypeError, OverflowError) as error:
            if node.tag == DATE:
                return self.construct_scalar(node)
            kind = node.tag.rpartition(":")[2]
            raise yaml.constructor.ConstructorError(
                None, None, f"!!{kind} does not fit this value", node.start_mark
            ) from error


_CONSTRUCTORS = {
    INT: "construct_yaml_int",
    FLOAT: "construct_yaml_float",
    DATE: "construct_yaml_timestamp",
    "tag:yaml.org,2002:bool": "construct_yaml_bool",
}
for _tag in _CONSTRUCTORS:
    BoundedLoader.add_constructor(_tag, BoundedLoader.construct_scalar_value)


def load_yaml(text: str) -> object:
    """The value of a text; raises YamlError."""
    loader = BoundedLoader(text) if text else None
    node = loader.compose_within_bounds() if loader is not None else None
    return loader.construct(node) if loader is not None and node is not None else None


def load_texts(text: str) -> object:
    """The value of a text, with numbers, dates and booleans left as texts; raises YamlError."""
    loader = BoundedLoader(text)
    node = loader.compose_within_bounds()
    if node is None:
        return None
    for each in _scalars(node):
        each.tag = TEXT
    return loader.construct(node)


def _measure(top: yaml.Node) -> None:
    """Refuse a value that aliases make large, that nests too deeply, or that has endless numbers."""
    sizes: dict[int, int] = {}
    repeated = 0

    def size(node: yaml.Node, depth: int) -> int:
        """How many nodes a node contains, counting those behind aliases each time."""
        nonlocal repeated
        known = sizes.get(id(node))
        if known == 0:
            raise YamlError("an alias contains itself", node.start_mark.index)
        if known is not None:
            repeated += known
            if repeated > MAX_REPEATED:
                problem = f"aliases repeat more than {MAX_REPEATED:,} values"
                raise YamlError(problem, node.start_mark.index)
            return known
        if depth > MAX_DEPTH:
            raise YamlError("the values are nested too deeply", node.start_mark.index)
        if isinstance(node, yaml.ScalarNode):
            if node.tag in (INT, FLOAT) and len(node.value) > MAX_DIGITS:
                problem = f"a number of {len(node.value):,} characters is too long"
                raise YamlError(problem, node.start_mark.index)
            sizes[id(node)] = 1
            return 1
        sizes[id(node)] = 0
        sizes[id(node)] = 1 + sum(size(child, depth + 1) for child in _children(node))
        return sizes[id(node)]

    size(top, 0)


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _scalars(node: yaml.Node) -> list[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        return [node]
    return [scalar for child in _children(node) for scalar in _scalars(child)]


def _as_bounded(error: yaml.YAMLError) -> YamlError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    offset = mark.index if mark is not None else getattr(error, "position", None)
    return YamlError(f"not valid YAML: {problem}", offset or 0)
