"""Every diagnostic has an example, which is what happens: as it is wrong, and as it is right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.diagnostic_examples import Example, read_examples, write_output
from slidegen.diagnostics import all_codes
from slidegen.diagnostics.topics import Topic, topic_of
from tests.cases import UPDATE
from tests.examples import run
from tests.projects import Project

ROOT = Path(__file__).parent.parent
EXAMPLES = read_examples()
RUN = [example for example in EXAMPLES.values() if not example.shown_by]


def test_every_code_has_an_example_in_the_file_of_its_topic() -> None:
    sources = (path.read_text("utf-8") for path in (ROOT / "src" / "slidegen").rglob("*.py"))
    reported = {name for text in sources for name in re.findall(r"\bCode\.([A-Z]\w+)", text)}
    assert EXAMPLES.keys() <= {code.number for code in all_codes()}
    assert EXAMPLES.keys() >= {code.number for code in all_codes() if code.name in reported}
    for number, example in EXAMPLES.items():
        assert example.topic is topic_of(number), number


def test_topics_share_no_numbers() -> None:
    numbers = [number for topic in Topic for number in (*topic.numbers, *topic.older)]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("example", RUN, ids=lambda example: example.number)
def test_an_example_is_what_happens(example: Example, project: Project, pytestconfig: pytest.Config) -> None:
    ran = run(project, example.files, example.command)
    assert example.number in ran.codes, ran.err
    err = ran.err.replace(f"{project.folder}/", "")
    says = "".join(f"{line.rstrip()}\n" for line in err.splitlines())
    if says != example.says and pytestconfig.getoption(UPDATE):
        write_output(example, says)
    else:
        assert says == example.says


@pytest.mark.parametrize("example", RUN, ids=lambda example: example.number)
def test_a_repaired_example_has_nothing_wrong(example: Example, project: Project) -> None:
    ran = run(project, example.fixed_files, example.fixed_command)
    assert (ran.code, ran.codes) == (0, []), ran.err


@pytest.mark.parametrize("number", [number for number, example in EXAMPLES.items() if example.shown_by])
def test_what_no_deck_alone_brings_about_is_shown_by_another_test(number: str) -> None:
    text = (ROOT / EXAMPLES[number].shown_by).read_text("utf-8")
    name = next(code.name for code in all_codes() if code.number == number)
    assert number in text or name in text
