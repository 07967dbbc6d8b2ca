"""Reads slidegen's own YAML files, and those that take their place: nearly always the ones of the command before."""

from __future__ import annotations

from typing import Any

from slidegen.kept import kept


@kept(Any)
def load_own_yaml(text: str) -> object:
    """The value of a text, which nobody changes; raises YamlError. PyYAML is loaded only for a new one."""
    from slidegen.reading.bounded_yaml import load_yaml

    return load_yaml(text)
