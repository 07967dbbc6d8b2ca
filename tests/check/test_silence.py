"""Every rule can be switched off: in the project, in front matter, and at a slide."""

from __future__ import annotations

import re
import shlex

import pytest

from docs.diagnostic_examples import DECK, Example, read_examples
from slidegen.diagnostics import Severity, all_codes
from slidegen.diagnostics.rules import rule_name
from tests.examples import run
from tests.projects import Project

RULES = {code.number: rule_name(code) for code in all_codes() if code.severity is Severity.WARNING}
EXAMPLES = [
    example
    for example in read_examples().values()
    if example.number in RULES and not example.shown_by and shlex.split(example.command)[0] != "import"
]
OF_DECKS = [example for example in EXAMPLES if DECK in example.files and DECK in example.says]
FRONT_MATTER = re.compile(r"---\n(?:.*\n)*?---\n")
PLACE = re.compile(rf"^{DECK}:(?P<line>\d+):", re.MULTILINE)
OPTION = re.compile(r"^check:.*\n", re.MULTILINE)


def off(example: Example) -> str:
    """The option that switches an example's rule off."""
    return f"check: {{{RULES[example.number]}: false}}\n"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.number)
def test_a_rule_is_switched_off_in_the_project(project: Project, example: Example) -> None:
    config = next((name for name in example.files if name.endswith("slidegen.yml")), "slidegen.yml")
    files = {name: OPTION.sub("", text) for name, text in example.files.items()}
    text = f"{files.get(config, '').rstrip()}\n{off(example)}"
    ran = run(project, {**files, config: text}, example.command)
    assert example.number not in ran.codes


@pytest.mark.parametrize("example", OF_DECKS, ids=lambda example: example.number)
def test_a_rule_is_switched_off_in_front_matter(project: Project, example: Example) -> None:
    text = OPTION.sub("", example.files[DECK])
    rest = text[4:] if FRONT_MATTER.match(text) else f"---\n{text}"
    ran = run(project, {**example.files, DECK: f"---\n{off(example)}{rest}"}, example.command)
    assert example.number not in ran.codes


@pytest.mark.parametrize("example", OF_DECKS, ids=lambda example: example.number)
def test_a_rule_is_switched_off_at_a_slide(project: Project, example: Example) -> None:
    text = example.files[DECK]
    match, place = FRONT_MATTER.match(text), PLACE.search(example.says)
    start = 0 if match is None else match.end()
    assert place is not None
    at = sum(map(len, text.splitlines(keepends=True)[: int(place["line"]) - 1]))
    if at < start:
        pytest.skip("the place is in front matter")
    separator = text.rfind("\n---\n", start, at)
    at = start if separator < 0 else separator + 5
    deck = f"{text[:at]}<!-- check: allow {RULES[example.number]} -->\n{text[at:]}"
    ran = run(project, {**example.files, DECK: deck}, example.command)
    assert example.number not in ran.codes
