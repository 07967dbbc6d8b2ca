"""Patches: whatever the two states are, the old one with the patch is the new one."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from slidegen.serve.page_diff import patch
from slidegen.serve.page_state import PageState, PageStyles, Problem, ShownSlide


def slide(key: str, number: int = 1, line: int = 1, steps: tuple[int, ...] = (1,)) -> ShownSlide:
    return ShownSlide(key, steps, f"<{key}>", ({"data-number": str(number)},), str(number), line)


def state(
    *slides: ShownSlide, epoch: int = 1, frame: str = "f", title: str = "t", own: str = ""
) -> PageState:
    return PageState(epoch, title, slides, PageStyles(own, ()), frame)


def deck(keys: str, epoch: int = 1) -> PageState:
    slides = (slide(key, number, 10 * number) for number, key in enumerate(keys, 1))
    return state(*slides, epoch=epoch)


def applied(old: PageState, message: dict[str, Any]) -> list[tuple[str, str, int]]:
    """What a page shows after a message: HTML, number and line of each slide."""
    slides = [(item.html, item.number, item.line) for item in old.slides]
    if "slides" in message:
        result = []
        for operation in message["slides"]:
            if isinstance(operation, list):
                result += slides[operation[0] : operation[0] + operation[1]]
            else:
                made = next(item for item in message["_new"] if item.html == operation["html"])
                result.append((made.html, "", 0))
        slides = result
    new = message["_new"]
    numbers = {place: number for place, _, number in message.get("numbers", [])}
    for place, (html, number, line) in enumerate(slides):
        shown = numbers.get(place, number or new[place].number)
        slides[place] = (html, shown, message["lines"][place] if "lines" in message else line)
    return slides


@given(st.text("abcdef", max_size=12), st.text("abcdef", max_size=12))
def test_the_old_state_with_the_patch_is_the_new_one(before: str, after: str) -> None:
    old, new = deck(before), deck(after, epoch=2)
    message = patch(old, new)
    if message is None:
        assert before == after
        return
    result = applied(old, {**message, "_new": new.slides})
    assert result == [(item.html, item.number, item.line) for item in new.slides]


@given(st.permutations("abcdefgh"))
def test_slides_that_only_moved_are_not_sent(order: list[str]) -> None:
    message = patch(deck("abcdefgh"), deck("".join(order), epoch=2)) or {}
    assert all(isinstance(operation, list) for operation in message.get("slides", []))
    staying = [run for run in message.get("slides", []) if len(run) == 2]
    assert staying == sorted(staying)


def test_an_edit_sends_the_slide_and_the_place_of_the_one_it_replaces() -> None:
    message = patch(deck("abcd"), deck("abXd", epoch=2)) or {}
    assert message["slides"] == [[0, 2], {"html": "<X>", "was": 2}, [3, 1]]
    assert message["first"] == 2
    assert "numbers" not in message


def test_the_view_goes_to_the_first_step_that_changed() -> None:
    old = state(slide("a"), slide("b", steps=(1, 2, 3)))
    new = state(slide("a"), slide("c", steps=(1, 9, 8)), epoch=2)
    message = patch(old, new) or {}
    assert message["first"] == 2


def test_a_new_slide_gives_the_others_their_numbers_and_lines_but_does_not_send_them() -> None:
    message = patch(deck("abc"), deck("aXbc", epoch=2)) or {}
    assert message["slides"] == [[0, 1], {"html": "<X>", "was": None}, [1, 2]]
    assert [number for *_, number in message["numbers"]] == ["3", "4"]
    assert message["lines"] == [10, 20, 30, 40]


def test_slides_that_show_the_same_are_each_used_once() -> None:
    message = patch(deck("aab"), deck("aaab", epoch=2)) or {}
    assert [operation for operation in message["slides"] if isinstance(operation, dict)] == [
        {"html": "<a>", "was": None}
    ]


def test_equal_states_send_nothing() -> None:
    assert patch(deck("abc"), deck("abc", epoch=2)) is None


def test_another_frame_asks_for_the_page_anew_and_a_forgotten_state_is_sent_whole() -> None:
    assert patch(state(frame="f"), state(frame="g", epoch=2)) == {"epoch": 2, "reload": True}
    message = patch(None, deck("ab", epoch=7)) or {}
    assert [operation["html"] for operation in message["slides"]] == ["<a>", "<b>"]
    assert message["epoch"] == 7


def test_styles_title_and_problems_are_sent_when_they_change_and_only_then() -> None:
    problem = Problem("error", "SG001", "wrong", "a:1:1", "a", 1, "", "", 0)
    old = state(slide("a"))
    new = PageState(2, "new", old.slides, PageStyles("h1{}", (("p{}", "print"),)), "f", (60,), (problem,))
    message = patch(old, new) or {}
    assert message["title"] == "new"
    assert message["styles"] == {"own": "h1{}", "authors": (("p{}", "print"),)}
    assert message["plan"] == [60]
    assert message["problems"][0]["message"] == "wrong"
    assert "slides" not in message
