"""Slides and boxes that show their blocks one by one."""

from __future__ import annotations

import pytest

from tests.deck.resolved import numbers, read, texts

BLOCKS = {
    "items, nested ones with their parent": ["- a\n", "- b\n  - c\n", "- d\n"],
    "numbers, and items with blank lines": ["1. a\n\n", "2. b\n\n   more\n\n", "3. c\n"],
    "paragraphs": ["a\nb\n\n", "c\n"],
    "rows of a table": ["| a |\n|---|\n", "| b |\n", "| c |\n"],
    "pictures": ["![](a.png) ", "![b](b.png)\n", "<img src=c.png>\n"],
    "code and quotations": ["```\na\n\n- b\n```\n\n", "> c\n> d\n\n", "e\n"],
    "a heading with what follows it": ["a\n\n", "## b\n\nc\n\n", "d\n===\n\ne\n"],
    "boxes with the first block in them": [".a[\n- b\n", "- c\n] ", ".d[\ne\n]\n"],
    "what shows nothing with what is before": ["a\n\n<!-- note -->\n\n[^1]: note\n\n", "b\n"],
    "a break that is there already": ["a\n\n", "--\nb\n\n", "c\n"],
}


@pytest.mark.parametrize("pieces", BLOCKS.values(), ids=BLOCKS.keys())
def test_blocks_come_one_by_one(pieces: list[str]) -> None:
    deck, _ = read(f"class: incremental\n# T\n\n{''.join(pieces)}")
    seen = texts(deck)
    plain = [piece.replace("--\n", "") for piece in pieces]
    assert [_words(text) for text in seen] == [
        ["#", "T", *_words("".join(plain[:count]))] for count in range(len(pieces) + 1)
    ]


def _words(text: str) -> list[str]:
    """What is written, without what closes boxes."""
    return [word for word in text.replace("[\n", "[ ").replace("]", " ").split() if word != "]"]


def test_nested_items_come_alone_where_it_says_deep() -> None:
    for text in ("class: incremental, deep\n# T\n- a\n  - b\n", "# T\n.incremental.deep[\n- a\n  - b\n]\n"):
        assert len(read(text)[0].slides) == 3
    assert len(read("# T\n- a\n  - b\n", incremental="deep")[0].slides) == 3


def test_a_box_comes_one_by_one_and_the_rest_with_its_slide() -> None:
    deck, _ = read("# T\n\na\n\nb\n\n.incremental[\n- c\n- d\n]\ne .incremental[f] g\n")
    assert texts(deck) == [
        "# T\n\na\n\nb",
        "# T\n\na\n\nb\n\n.incremental[\n- c\n]",
        "# T\n\na\n\nb\n\n.incremental[\n- c\n- d\n]\ne",
        "# T\n\na\n\nb\n\n.incremental[\n- c\n- d\n]\ne .incremental[f] g",
    ]


def test_the_option_makes_all_slides_incremental_but_those_that_say_otherwise() -> None:
    text = "# T\n\na\n\nb\n---\nclass: nonincremental\n# U\n\na\n\nb\n---\n# V\n.nonincremental[\n- a\n- b\n]"
    deck, _ = read(text, incremental="true")
    assert [slide.group for slide in deck.slides] == [0, 0, 0, 1, 2, 2]


def test_a_layout_makes_slides_incremental_and_is_there_from_the_beginning() -> None:
    deck, _ = read("layout: true\nclass: incremental\nx\n\ny\n---\n\n# T\n\n- a\n- b")
    assert [len(text.split()) for text in texts(deck)] == [4, 6, 8]


def test_its_steps_count_and_are_switched_off_as_steps() -> None:
    text = "class: incremental\n# T\n- a\n- b\n---\nc"
    assert numbers(read(text)[0]) == [1, 2, 3, 4]
    assert numbers(read(text, countIncrementalSlides=False)[0]) == [1, 1, 1, 2]
    assert texts(read(text, disableIncrementalSlides=True)[0]) == ["# T\n- a\n- b", "c"]


def test_many_items_are_steps() -> None:
    items = "".join(f"- {number}\n" for number in range(60))
    assert len(read(f"class: incremental\n# T\n{items}")[0].slides) == 61
