"""Blocks of code that highlight lines step by step."""

from __future__ import annotations

from slidegen.deck.model import Deck
from slidegen.syntax.fence_info import STEP_MARK
from tests.deck.resolved import numbers, read, text_of

CODE = "```js {1|2|all}\na\nb\n```\n"


def steps(deck: Deck) -> list[list[int]]:
    """At which step the code of each slide is."""
    return [
        [
            int(line.partition(STEP_MARK)[2] or "1")
            for line in text_of(slide.content).split("\n")
            if line.startswith("```js")
        ]
        for slide in deck.slides
    ]


def test_each_run_of_lines_is_a_step_and_what_follows_is_there_from_the_beginning() -> None:
    deck, _ = read(f"# A\n\n{CODE}\nend")
    assert steps(deck) == [[1], [2], [3]]
    assert all("end" in text_of(slide.content) for slide in deck.slides)
    assert [slide.step for slide in deck.slides] == [0, 1, 2]


def test_blocks_come_in_their_order_among_other_steps() -> None:
    deck, _ = read(f".a[\n{CODE}\n--\n{CODE}]\n--\n{CODE}")
    assert steps(deck) == [[1], [2], [3], [3, 1], [3, 2], [3, 3], [3, 3, 1], [3, 3, 2], [3, 3, 3]]


def test_they_count_and_are_switched_off_as_steps() -> None:
    text = f"{CODE}\n---\nb"
    assert numbers(read(text)[0]) == [1, 2, 3, 4]
    assert numbers(read(text, countIncrementalSlides=False)[0]) == [1, 1, 1, 2]
    assert steps(read(text, disableIncrementalSlides=True)[0]) == [[3], []]


def test_the_notes_are_there_at_each() -> None:
    deck, _ = read(f"{CODE}\n???\nsaid")
    assert [bool(slide.notes) for slide in deck.slides] == [True, True, True]


def test_one_run_of_lines_is_no_step() -> None:
    assert len(read("```js {2,3}\na\nb\nc\n```\n| a |\n")[0].slides) == 1


def test_a_layout_has_none() -> None:
    assert len(read(f"layout: true\n{CODE}\n---\na")[0].slides) == 1
