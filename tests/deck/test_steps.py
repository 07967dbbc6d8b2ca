"""Steps within content classes."""

from __future__ import annotations

from slidegen.syntax.nodes import ContentClass
from tests.deck.resolved import codes, numbers, read, texts


def test_a_box_is_closed_at_each_step_and_what_follows_waits() -> None:
    deck, _ = read("# T\n.a[\nx\n--\ny .b[\nz\n--\nw\n] v\n] u\n--\nlast")
    assert texts(deck) == [
        "# T\n.a[\nx\n]",
        "# T\n.a[\nx\ny .b[\nz\n]]",
        "# T\n.a[\nx\ny .b[\nz\nw\n] v\n] u",
        "# T\n.a[\nx\ny .b[\nz\nw\n] v\n] u\nlast",
    ]
    assert [(slide.group, slide.step, slide.last_step) for slide in deck.slides] == [
        (0, 0, False),
        (0, 1, False),
        (0, 2, False),
        (0, 3, True),
    ]


def test_its_steps_have_the_properties_of_the_slide_but_for_its_name() -> None:
    deck, _ = read("class: c\nname: n\ncount: false\n.a[\nx\n--\ny\n]")
    assert [slide.classes for slide in deck.slides] == [("c",), ("c",)]
    assert [slide.name for slide in deck.slides] == ["n", ""]


def test_its_steps_count_as_steps_do() -> None:
    text = ".a[\nx\n--\ny\n]\n---\nb"
    assert numbers(read(text)[0]) == [1, 2, 3]
    assert numbers(read(text, countIncrementalSlides=False)[0]) == [1, 1, 2]
    assert texts(read(text, disableIncrementalSlides=True)[0]) == [".a[\nx\ny\n]", "b"]


def test_notes_belong_to_the_last_step_and_those_after_it() -> None:
    deck, _ = read(".a[\nx\n--\ny\n]\n???\nsaid\n--\nz")
    assert [bool(slide.notes) for slide in deck.slides] == [False, True, True]


def test_they_stand_where_a_layout_places_the_content() -> None:
    deck, _ = read("layout: true\n.l[\n{{content}}\n]\nend\n---\n.a[\nx\n--\ny\n]")
    assert texts(deck) == [".l[\n.a[\nx\n]\n]\nend", ".l[\n.a[\nx\ny\n]\n]\nend"]


def test_a_template_is_inherited_whole() -> None:
    deck, _ = read("name: t\n.a[\nx\n--\ny\n]\n---\ntemplate: t\nz")
    assert texts(deck)[-1] == ".a[\nx\ny\n]\nz"


def test_a_layout_has_none() -> None:
    deck, reporter = read("layout: true\n.a[\nx\n--\ny\n]\n---\nz")
    assert texts(deck) == [".a[\nx\n--\ny\n]\nz"]
    assert codes(reporter) == ["SG201"]


def test_each_step_is_where_it_is_written() -> None:
    deck, _ = read("# T\n.a[\nx\n--\ny\n]\n--\nz")
    assert [slide.span.position.line for slide in deck.slides] == [1, 5, 8]


def test_columns_that_are_yet_to_come_keep_their_place() -> None:
    deck, _ = read(".columns[\n.column[\nx\n--\ny\n]\n.column-2[\nz\n]\n]\n--\nend")
    kinds = [
        [child.classes for child in box.children if isinstance(child, ContentClass)]
        for slide in deck.slides
        for box in slide.content
        if isinstance(box, ContentClass)
    ]
    assert kinds == [[("column",), ("column-2",)]] * 3
    assert ["z" in text for text in texts(deck)] == [False, True, True]
