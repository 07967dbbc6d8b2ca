"""Slides that grow by many steps: each step is what it would be if it were converted alone."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidegen.render.dialect import Dialect, Footnotes, Fragment, LinkTarget, footnote_ids, with_footnotes
from slidegen.render.growing_steps import grown_steps
from tests.projects import Project

DIALECT = Dialect()


BOX = Fragment('<div class="box"><p>x</p></div>', block=True, source=".box[\nx\n]")
SPAN = Fragment('<span class="red">x</span>', block=False, source=".red[x]")


def convert(parts: Sequence[str | Fragment]) -> str:
    return DIALECT.convert(parts, {"a": LinkTarget("b")})


def grown(added: Sequence[Sequence[str | Fragment]]) -> list[str] | None:
    return grown_steps(added, convert, lambda place: footnotes_of(added, place))


def alone(added: Sequence[Sequence[str | Fragment]]) -> list[str]:
    """Each step as it is if it is converted alone."""
    wholes = [[part for parts in added[: place + 1] for part in parts] for place in range(len(added))]
    return [with_footnotes(convert(whole), footnotes_of(added, place)) for place, whole in enumerate(wholes)]


def footnotes_of(added: Sequence[Sequence[str | Fragment]], place: int) -> Footnotes:
    later = [part for parts in added[place + 1 :] for part in parts if isinstance(part, str)]
    return Footnotes("", set().union(*map(footnote_ids, later)))


PIECES = (
    "\n", "\n\n", "text\n", "\ntext *em*\n", "# Head\n", "\n# Head\n\n", "- item\n", "- item", "\n- item\n",
    "- item `c`\n", "* other\n", "1. one\n", "2. two\n", "\n2. two\n", "  - inner\n", "    code\n",
    "\n    code\n", "```\nx\n```\n", "\n```\n", "> quote\n", "\n> quote\n", ": term\n", "a | b\n--|--\n1 | 2\n",
    "===\n", "***\n", "- - -\n", "[a]: b\n", "<div>\n", "</div>\n", "<b>x</b>\n", "\n<p>x</p>\n",
    "- [ ] task\n", "- a | b\n", "-\n", "- \n", "\\- no\n", "word", "  \n", "- ```\n", "- x\n\n\n- y\n",
    "\nx[^1] y[^2]\n", "\n[^1]: note\n", "\n[^2]: other\n\n  more\n", "[^1]: see [^2]\n", "\n<!-- c -->\n", "<!-- c\n",
    "<div>a</div> t\n", "\n<div>\n\n*a*\n\n</div>\n", "a < b\n", "<hr>\n", "- <b>x\n", "\nTerm\n: text\n",
    "- a\n# Head\n", "| 3 | 4 |\n", "| 5 *x* | 6\n", "  - other `c`\n", ": more\n", "Other\n", "\nMore\n: text\n",
    "| a | b |\n|---|---|\n",
    "text\n- item\n", "\n  goes on\n", "\n\tdef f():\n", "~~~\n", BOX, SPAN,
)  # fmt: skip


@given(
    st.lists(
        st.lists(st.sampled_from(PIECES), max_size=3).flatmap(
            lambda parts: st.sampled_from(([*parts, "\n"], [*parts, "\n\n"]))
        ),
        min_size=1,
        max_size=9,
    )
)
def test_a_step_is_what_it_is_alone(added: list[list[str | Fragment]]) -> None:
    steps = grown(added)
    if steps is not None:
        assert steps == alone(added)


GROWING = {
    "paragraphs": ["# Title\n", *(f"\nStep *{n}* here.\n" for n in range(40))],
    "items": ["# Title\n", *(f"- item *{n}*\n" for n in range(40))],
    "items and blank lines": ["# Title\n", *(f"\n- item {n}\n" for n in range(40))],
    "tasks": ["# Title\n", *(f"- [{'x' if n % 3 else ' '}] task {n}\n" for n in range(40))],
    "links": [*(f"- [link {n}](a{n}.html)\n" for n in range(40))],
    "rows": ["# Title\n\n| a | b |\n|---|:-:|\n", *(f"| *{n}* | x |\n" for n in range(100))],
    "rows and another table": [
        "| a | b |\n|---|---|\n",
        *(f"| {n} | x |\n" for n in range(60)),
        "\n| c |\n|---|\n",
        *(f"| {n} |\n" for n in range(60)),
    ],
    "items in one item": ["# Title\n- item\n", *(f"  - inner *{n}*\n" for n in range(100))],
    "items in numbers": [
        "1. item\n",
        *(f"   - inner {n}\n" for n in range(90)),
        "2. item\n",
        *["   - x\n"] * 9,
    ],
    "definitions": ["# Title\n", *(f"\nTerm {n}\n: text *{n}*\n" for n in range(100))],
    "lines": ["# Title\n\nText\n", *(f"goes on {n}\n" for n in range(100))],
    "nothing": ["# Title\n", *(["\n"] * 40)],
    "numbers": [*(f"{n}. item\n" for n in range(1, 40))],
    "items in items": [
        "# Title\n",
        *(f"- item {n}\n  - inner {n}\n    - deep\n  - inner\n" for n in range(40)),
    ],
    "several items each": ["Text\n\n", *(f"- a {n}\n- b {n}\n" for n in range(40))],
    "code": ["# Title\n", *(f"\n```python\nx = {n}\n```\n" for n in range(40))],
    "code with blank lines": [*(f"\n```python\ndef f{n}():\n\n    return {n}\n```\n" for n in range(40))],
    "items with code": ["# Title\n", *(f"- item `{n}` <b>x</b>\n" for n in range(40))],
    "footnotes": ["# Title\n", *(f"\nText {n}[^{n}]\n\n[^{n}]: Note {n}\n" for n in range(40))],
    "html": ["# Title\n", *(f"\n<div><p>{n}</p></div>\n" for n in range(40))],
    "comments": ["# Title\n", *(f"\n<!-- {n} -->\n\nText <b>{n}</b>\n" for n in range(40))],
    "definitions of links": ["# Title\n", *(f"\n[Text][a] {n}\n\n[a]: b\n" for n in range(40))],
    "lists and text": ["# Title\n", *(f"\n- item {n}\n- item\n\nText {n}\n" for n in range(40))],
    "indented code": ["# Title\n", *(f"\nText {n}\n\n    code {n}\n" for n in range(40))],
    "tables": ["# Title\n", *(f"\n| a | b |\n|---|---|\n| {n} | 2 |\n" for n in range(40))],
}


@pytest.mark.parametrize("texts", GROWING.values(), ids=GROWING.keys())
def test_slides_that_grow_evenly_are_converted_by_what_each_step_adds(texts: list[str]) -> None:
    characters = 0

    def counting(parts: Sequence[str | Fragment]) -> str:
        nonlocal characters
        characters += sum(len(part) for part in parts if isinstance(part, str))
        return convert(parts)

    added = [[text] for text in texts]
    steps = grown_steps(added, counting, lambda place: footnotes_of(added, place))
    assert steps == alone(added)
    assert characters < 14 * len("".join(texts))


def test_boxes_on_each_step_are_converted_once() -> None:
    converted = 0

    def counting(parts: Sequence[str | Fragment]) -> str:
        nonlocal converted
        converted += sum(isinstance(part, Fragment) for part in parts)
        return convert(parts)

    added = [["\n", BOX, "\n"] for _ in range(40)]
    assert grown_steps(added, counting, lambda place: footnotes_of(added, place)) == alone(added)
    assert converted < 4 * 40


def test_a_slide_may_go_on_otherwise() -> None:
    texts = [f"- item {n}\n" for n in range(15)]
    texts += [f"\n\n\nText {n}\n" for n in range(15)]
    texts += [f"\n- item {n}\n" for n in range(15)]
    steps = grown([[text] for text in texts])
    assert steps == [convert(texts[: place + 1]) for place in range(len(texts))]


def test_formulas_and_classes_in_a_line_grow_too() -> None:
    fragment = Fragment('<span class="red">x</span>', block=False, source=".red[x]")
    added: list[list[str | Fragment]] = [[f"- item {n} ", fragment, " end\n"] for n in range(20)]
    steps = grown(added)
    assert steps == [convert([part for parts in added[: n + 1] for part in parts]) for n in range(20)]


def test_what_a_later_step_may_change_is_left_to_the_whole_conversion() -> None:
    assert grown([["<div>\n\n"], ["*a*\n\n"], ["</div>\n\n"], ["b\n"]]) in (
        None,
        alone([["<div>\n\n"], ["*a*\n\n"], ["</div>\n\n"], ["b\n"]]),
    )


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
