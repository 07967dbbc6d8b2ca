"""Spec cases in text files: a title, an input and the expected output, in the manner of CommonMark's own.

`pytest --update-cases` rewrites what is expected with what comes out; review it with `git diff`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

TITLE, BETWEEN = "\n=== ", "\n...\n"
UPDATE = "--update-cases"


@dataclass(frozen=True)
class Case:
    """One case of a file."""

    path: Path
    number: int
    """Its place in the file, from 0."""
    title: str
    given: str
    expected: str

    def __str__(self) -> str:
        return self.title


def read_cases(path: Path) -> list[Case]:
    """The cases of a file: `=== title`, the input, `...`, the expected output.

    The line breaks at a case's end are dropped. A `·` at the end of a line is a space, which editors would strip.
    """
    cases = []
    for number, part in enumerate(path.read_text("utf-8").split(TITLE)[1:]):
        title, _, body = part.partition("\n")
        given, separator, expected = body.partition(BETWEEN)
        assert separator, f"{path.name}: the case {title!r} has no line with three dots"
        cases.append(Case(path, number, title.strip(), _spaces(given), _spaces(expected.rstrip("\n"))))
    assert cases, f"{path} has no cases"
    return cases


def rewrite_case(case: Case, output: str) -> None:
    """Put an output into the case's file as what is expected; everything else in the file stays as it is."""
    head, *parts = case.path.read_text("utf-8").split(TITLE)
    part = parts[case.number]
    given, _, expected = part.partition(BETWEEN)
    end = expected[len(expected.rstrip("\n")) :] or "\n"
    parts[case.number] = f"{given}{BETWEEN}{_dots(output)}{end}"
    case.path.write_text(TITLE.join([head, *parts]), "utf-8", newline="\n")
    assert read_cases(case.path)[case.number].expected == output, "a case file cannot hold this output"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(UPDATE, action="store_true", help="rewrite the case files with what comes out")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """One process rewrites the files: two would overwrite each other's cases."""
    if config.getoption(UPDATE) and hasattr(config.option, "numprocesses"):
        config.option.numprocesses = None
        config.option.dist = "no"


@pytest.fixture
def expect(request: pytest.FixtureRequest) -> Callable[[Case, str], None]:
    """Compares an output with what its case expects, or with `--update-cases` makes it what is expected."""

    def expect(case: Case, output: str) -> None:
        if output != case.expected and request.config.getoption(UPDATE):
            rewrite_case(case, output)
        else:
            assert output == case.expected

    return expect


def _spaces(text: str) -> str:
    return re.sub(r"·+$", lambda dots: " " * len(dots[0]), text, flags=re.MULTILINE)


def _dots(text: str) -> str:
    return re.sub(r" +$", lambda spaces: "·" * len(spaces[0]), text, flags=re.MULTILINE)
