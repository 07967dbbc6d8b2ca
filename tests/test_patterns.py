"""Regular expressions mean the same in all versions of Python that slidegen runs on."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import slidegen

GROUP = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\})\+")
PARTS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]", re.DOTALL)
MODULES = [
    module.name
    for module in pkgutil.walk_packages(slidegen.__path__, "slidegen.")
    if not module.name.endswith("__main__")
]


@pytest.mark.parametrize("name", MODULES)
def test_no_group_is_repeated_possessively(name: str) -> None:
    """Python 3.11.2, which Debian 12 has, matches `(?:(?!a)b)*+` wrongly; `(?>(?:(?!a)b)*)` is the same, and right."""
    module = importlib.import_module(name)
    for value in vars(module).values():
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
            assert GROUP.search(PARTS.sub("x", value.pattern)) is None, value.pattern
