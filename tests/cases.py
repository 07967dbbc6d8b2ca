"""Spec cases in text files: a title, an input and what is expected, in the manner of CommonMark's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """One case of a file."""

    title: str
    given: str
    expected: str

    def __str__(self) -> str:
        return self.title


def read_cases(path: Path) -> list[Case]:
    """The cases of a file: `=== title`, the input, `...`, what is expected. A final line break is dropped."""
    cases = []
    for part in path.read_text("utf-8").split("\n=== ")[1:]:
        title, _, body = part.partition("\n")
        given, separator, expected = body.partition("\n...\n")
        assert separator, f"{path.name}: the case {title!r} has no line with three dots"
        cases.append(Case(title.strip(), given, expected.rstrip("\n")))
    assert cases, f"{path} has no cases"
    return cases
