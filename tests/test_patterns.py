"""Regular expressions mean the same in all versions of Python that slidegen runs on."""

from __future__ import annotations

import importlib
import re

import pytest

from slidegen.patterns import LazyPattern, lazy_compile
from tests.modules import MODULES

GROUP = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\})\+")
PARTS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]", re.DOTALL)


@pytest.mark.parametrize("name", MODULES)
def test_no_group_is_repeated_possessively(name: str) -> None:
    """Python 3.11.2, which Debian 12 has, matches `(?:(?!a)b)*+` wrongly; `(?>(?:(?!a)b)*)` is the same, and right."""
    module = importlib.import_module(name)
    for value in vars(module).values():
        if isinstance(value, re.Pattern | LazyPattern) and isinstance(value.pattern, str):
            assert value.flags is not None  # compiled: no mistake waits for the first deck that needs it
            assert GROUP.search(PARTS.sub("x", value.pattern)) is None, value.pattern


def test_a_pattern_is_compiled_when_it_is_used_and_then_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    compile_now = re.compile

    def count(pattern: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(pattern)
        return compile_now(pattern, flags)

    monkeypatch.setattr(re, "compile", count)
    word = lazy_compile(r"(?P<word>a+)b", re.IGNORECASE)
    assert (word.pattern, compiled) == (r"(?P<word>a+)b", [])
    assert [match["word"] for match in word.finditer("AAb ab")] == ["AA", "a"]
    assert (word.sub("-", "ab"), word.fullmatch("a"), word.groups, dict(word.groupindex)) == (
        "-",
        None,
        1,
        {"word": 1},
    )
    assert compiled == [r"(?P<word>a+)b"]
    with pytest.raises(AttributeError):
        word.no_such_method  # type: ignore[attr-defined]  # noqa: B018
