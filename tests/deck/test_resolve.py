from __future__ import annotations

from slidegen.deck.model import Deck, Slide
from tests.deck.resolved import codes, numbers, read, text_of, texts


def test_a_step_repeats_the_slide_and_inherits_its_properties() -> None:
    deck, _ = read("class: a\nname: n\nx: 1\n\none\n\n--\n\ntwo\n\n--\nclass: b\n\nthree")
    assert texts(deck) == ["one", "one\n\ntwo", "one\n\ntwo\n\n\nthree"]
    assert [slide.classes for slide in deck.slides] == [("a",), ("a",), ("a", "b")]
    assert [slide.name for slide in deck.slides] == ["n", "", ""]
    assert [slide.value("x") for slide in deck.slides] == ["1", "1", "1"]
    assert [(slide.group, slide.step, slide.last_step) for slide in deck.slides] == [
        (0, 0, False),
        (0, 1, False),
        (0, 2, True),
    ]


def test_an_empty_name_makes_no_template() -> None:
    deck, reporter = read("name:\n\none\n\n---\nname:\n\ntwo\n\n---\ntemplate:\n\nthree\n\n---\n\nfour")
    assert texts(deck) == ["one", "two", "three", "four"]
    assert codes(reporter) == []


def test_steps_count_unless_told_otherwise() -> None:
    text = "a\n--\nb\n---\nc\n--\ncount: true\nd"
    assert numbers(read(text)[0]) == [1, 2, 3, 4]
    assert numbers(read(text, countIncrementalSlides=False)[0]) == [1, 1, 2, 3]


def test_slides_that_do_not_count_share_a_number_and_the_first_is_one() -> None:
    deck, _ = read("count: false\na\n---\nb\n---\ncount: false\nc\n---\nd")
    assert numbers(deck) == [1, 1, 1, 2]
    assert deck.total == 2


def test_templates_are_inherited_by_name() -> None:
    deck, _ = read("name: t\nclass: a\nhead\n---\ntemplate: t\nclass: b\nbody")
    assert texts(deck) == ["head", "head\nbody"]
    assert deck.slides[1].classes == ("a", "b")
    assert deck.slides[1].name == ""


def test_content_goes_where_the_template_says() -> None:
    deck, _ = read("name: t\nlayout: true\nA .x[{{content}}] B\n---\ntemplate: t\none .y[two]")
    assert texts(deck) == ["A .x[\none .y[two]] B"]


def test_a_template_whose_content_is_nowhere_is_empty_there() -> None:
    assert texts(read("name: t\nA {{content}} B\n---\ntemplate: t\nx")[0]) == ["A  B", "A \nx B"]


def test_a_layout_lasts_until_it_is_switched_off() -> None:
    deck, _ = read("layout: true\nL\n---\na\n---\nlayout: false\nb\n---\nc")
    assert texts(deck) == ["L\na", "b", "c"]
    assert numbers(deck) == [1, 2, 3]


def test_a_layout_can_have_a_template_of_its_own() -> None:
    deck, _ = read("name: base\nlayout: true\nB\n---\nlayout: true\ntemplate: base\nL\n---\na")
    assert texts(deck) == ["B\nL\na"]


def test_a_step_continues_the_slide_shown_last_though_a_layout_stands_between() -> None:
    assert texts(read("a\n---\nlayout: true\nL\n--\nb")[0]) == ["a", "a\nb"]


def test_excluded_slides_take_their_steps_along() -> None:
    assert texts(read("a\n---\nexclude: true\nb\n--\nc\n---\nd")[0]) == ["a", "d"]
    assert texts(read("a\n---\nclass: x, y\nb\n--\nc\n---\nd", excludedClasses=("y",))[0]) == ["a", "d"]


def test_only_the_last_step_where_steps_are_switched_off() -> None:
    deck, _ = read("a\n???\nm\n--\nb\n???\nn\n---\nc", disableIncrementalSlides=True)
    assert texts(deck) == ["a\nb", "c"]
    assert text_of(deck.slides[0].notes).split() == ["m", "n"]
    assert numbers(deck) == [1, 2]


def test_notes_come_along_from_templates_unless_told_otherwise() -> None:
    text = "a\n???\nfirst .x[y]\n--\nb\n???\nsecond"
    assert [text_of(slide.notes) for slide in read(text)[0].slides] == [
        "first .x[y]\n",
        "first .x[y]\n\n\nsecond",
    ]
    assert text_of(read(text, inheritPresenterNotes=False)[0].slides[1].notes) == "second"
    assert [slide.notes for slide in read(text, includePresenterNotes=False)[0].slides] == [(), ()]


def test_variables_are_properties_first_and_the_decks_own_then() -> None:
    deck, _ = read(
        "a: 1\n\n{{a}} {{ b }} {{c}} \\{{a}} `{{b}}` .x[{{a}}] ![:m {{a}}]({{b}})", {"a": "deck", "b": "two"}
    )
    assert texts(deck) == ["1 two {{c}} {{a}} `two` .x[1] !m(1)(two)"]


def test_a_variable_holds_any_markup() -> None:
    deck, _ = read("{{who}}", {"who": "by .name[me]"})
    assert texts(deck) == ["by .name[me]"]


def test_a_name_and_a_class_can_hold_variables() -> None:
    deck, _ = read("name: s-{{n}}\nclass: c{{n}}\nn: 7\n")
    assert (deck.slides[0].name, deck.slides[0].classes) == ("s-7", ("c7",))


def footers(deck: Deck) -> list[str]:
    return [text_of(slide.footer) for slide in deck.slides]


def test_a_footer_holds_for_the_deck_a_layout_or_a_slide() -> None:
    deck, _ = read("a\n---\nlayout: true\nfooter: F .x[y]\n---\nb\n---\nfooter: false\nc", {"footer": "D"})
    assert footers(deck) == ["D", "F .x[y]", ""]


def test_a_deck_that_places_its_footer_itself_gets_no_second_one() -> None:
    deck, _ = read("footer: F\na {{footer}}")
    assert (texts(deck), footers(deck)) == (["a F"], [""])


def test_an_unknown_template_is_named() -> None:
    deck, reporter = read("a\n---\ntemplate: nowhere\nb")
    assert texts(deck) == ["a", "b"]
    assert codes(reporter) == ["SG102"]
    assert next(iter(reporter)).span is not None


def test_a_repeated_name_is_named_where_something_refers_to_it() -> None:
    assert codes(read("name: x\n---\nname: x\n")[1]) == []
    assert codes(read("name: x\n---\nname: x\n---\n[there](#x)")[1]) == ["SG103"]
    assert codes(read("name: x\n---\nname: x\n---\ntemplate: x\n")[1]) == ["SG103"]


def test_nodes_keep_their_places_through_templates_and_variables() -> None:
    deck, _ = read("name: t\nT .x[y] {{v}}\n---\ntemplate: t\nv: 1\nB")
    slide: Slide = deck.slides[1]
    assert [(node.span.position.line, node.span.position.column) for node in slide.content] == [
        (1, 8),
        (2, 3),
        (2, 8),
        (5, 4),
        (5, 5),
    ]


def test_lines_stay_lines_where_a_step_begins() -> None:
    """remark takes the line breaks around `--`, and shows "ab" for the first of these."""
    assert texts(read("a\n--\nb")[0])[1] == "a\nb"
    assert texts(read("- a\n\n--\n- b")[0])[1] == "- a\n- b"
    assert texts(read("a\n\n--\n\nb")[0])[1] == "a\n\nb"
