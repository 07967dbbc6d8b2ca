"""Reads slidegen's own YAML files, and those that replace them, which rarely change between commands."""

from __future__ import annotations

from typing import Any

from slidegen.kept import kept


@kept(Any)
def load_own_yaml(text: str) -> object:
    """The value of a text, not to be modified; raises YamlError. PyYAML is loaded only for a new text."""
    from slidegen.reading.bounded_yaml import load_yaml

    return load_yaml(text)
