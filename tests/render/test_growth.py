"""Slides that grow by many steps: each step is what it would be if it were converted alone."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidegen.render.dialect import Dialect, Footnotes, Fragment
from slidegen.render.growth import grown_steps
from tests.projects import Project

DIALECT = Dialect()


def convert(parts: Sequence[str | Fragment]) -> str:
    return DIALECT.convert(parts, {}, footnotes=Footnotes(""))


PIECES = (
    "\n", "\n\n", "text\n", "\ntext *em*\n", "# Head\n", "\n# Head\n\n", "- item\n", "- item", "\n- item\n",
    "- item `c`\n", "* other\n", "1. one\n", "2. two\n", "\n2. two\n", "  - inner\n", "    code\n",
    "\n    code\n", "```\nx\n```\n", "\n```\n", "> quote\n", "\n> quote\n", ": term\n", "a | b\n--|--\n1 | 2\n",
    "===\n", "***\n", "- - -\n", "[a]: b\n", "<div>\n", "</div>\n", "<b>x</b>\n", "\n<p>x</p>\n",
    "- [ ] task\n", "- a | b\n", "-\n", "- \n", "\\- no\n", "word", "  \n", "- ```\n", "- x\n\n\n- y\n",
)  # fmt: skip


@given(
    st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map("".join), min_size=1, max_size=9)
)
def test_a_step_is_what_it_is_alone(texts: list[str]) -> None:
    added = [[text] for text in texts]
    steps = grown_steps(added, convert)
    if steps is not None:
        assert steps == [convert(texts[: place + 1]) for place in range(len(texts))]


GROWING = {
    "paragraphs": ["# Title\n", *(f"\nStep *{n}* here.\n" for n in range(40))],
    "items": ["# Title\n", *(f"- item *{n}*\n" for n in range(40))],
    "items and blank lines": ["# Title\n", *(f"\n- item {n}\n" for n in range(40))],
    "tasks": ["# Title\n", *(f"- [{'x' if n % 3 else ' '}] task {n}\n" for n in range(40))],
    "links": [*(f"- [link {n}](a{n}.html)\n" for n in range(40))],
    "nothing": ["# Title\n", *(["\n"] * 40)],
    "numbers": [*(f"{n}. item\n" for n in range(1, 40))],
    "several items each": ["Text\n\n", *(f"- a {n}\n- b {n}\n" for n in range(40))],
    "code": ["# Title\n", *(f"\n```python\nx = {n}\n```\n" for n in range(40))],
}


@pytest.mark.parametrize("texts", GROWING.values(), ids=GROWING.keys())
def test_slides_that_grow_evenly_are_converted_by_what_each_step_adds(texts: list[str]) -> None:
    characters = 0

    def counting(parts: Sequence[str | Fragment]) -> str:
        nonlocal characters
        characters += sum(len(part) for part in parts if isinstance(part, str))
        return convert(parts)

    steps = grown_steps([[text] for text in texts], counting)
    assert steps == [convert(texts[: place + 1]) for place in range(len(texts))]
    assert characters < 8 * len("".join(texts))


def test_a_slide_may_go_on_otherwise() -> None:
    texts = [f"- item {n}\n" for n in range(15)]
    texts += [f"\n\n\nText {n}\n" for n in range(15)]
    texts += [f"\n- item {n}\n" for n in range(15)]
    steps = grown_steps([[text] for text in texts], convert)
    assert steps == [convert(texts[: place + 1]) for place in range(len(texts))]


def test_formulas_and_classes_in_a_line_grow_too() -> None:
    fragment = Fragment('<span class="red">x</span>', block=False, source=".red[x]")
    added: list[list[str | Fragment]] = [[f"- item {n} ", fragment, " end\n"] for n in range(20)]
    steps = grown_steps(added, convert)
    assert steps == [convert([part for parts in added[: n + 1] for part in parts]) for n in range(20)]


def test_what_is_a_block_of_its_own_is_left_to_the_whole_conversion() -> None:
    assert grown_steps([["a\n\n"], [Fragment("<div></div>", block=True)]], convert) is None


DECKS = {
    "paragraphs": "\nStep {n} with $x_{{{n}}}$ and .red[red].\n",
    "items": "- item {n} with `code`",
    "footnotes": "\nText[^{n}]\n\n[^{n}]: Note {n}\n",
    "boxes": "\n.box[\nText {n}\n]\n",
    "words": "word{n} ",
    "html": "\n<div>{n}</div>\n",
}


@pytest.mark.parametrize("text", DECKS.values(), ids=DECKS.keys())
def test_a_deck_of_many_steps_has_the_steps_of_its_beginnings(project: Project, text: str) -> None:
    """The last step of a deck that is cut off after n steps is step n of the whole deck."""
    steps = [text.format(n=n) for n in range(20)]
    project.write("whole.md", "# A\n" + "\n--\n" + "\n--\n".join(steps))
    whole = project.inspect("whole.md")[0]["slides"]
    for count in random.Random(18).sample(range(1, 20), 4):
        project.write("part.md", "# A\n" + "\n--\n" + "\n--\n".join(steps[:count]))
        part = project.inspect("part.md")[0]["slides"]
        if "[^" not in text:  # footnotes that come later have their numbers already
            assert part[-1]["html"] == whole[count]["html"]
