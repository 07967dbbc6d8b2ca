"""Folding the steps of a slide into one copy, checked by unfolding it as the browser does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidegen.render.steps import Fold, fold_steps

MARKS = re.compile(r"<!--/?step \d+-->")


def unfold(fold: Fold) -> list[str]:
    """The steps of a fold, first step first."""
    now = fold.html
    steps = [now]
    for step in range(len(fold.before) - 1, -1, -1):
        open_mark, close_mark = f"<!--step {step}-->", f"<!--/step {step}-->"
        if open_mark in now:
            start, end = now.index(open_mark) + len(open_mark), now.index(close_mark)
            now = now[:start] + fold.before[step] + now[end:]
        steps.append(now)
    return [MARKS.sub("", step) for step in reversed(steps)]


def test_an_item_more_is_one_element_more() -> None:
    fold = fold_steps(
        ["<ul><li>a</li></ul>", "<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li><li>b</li><li>c</li></ul>"]
    )
    assert (
        fold.html
        == "<ul><li>a</li><!--step 0--><li>b</li><!--/step 0--><!--step 1--><li>c</li><!--/step 1--></ul>"
    )
    assert fold.before == ("", "")


def test_a_list_that_becomes_loose_keeps_its_list() -> None:
    fold = fold_steps(["<ul><li>a</li></ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"])
    assert fold.html.startswith("<ul><!--step 0-->")
    assert fold.before == ("<li>a</li>",)


def test_one_step_is_itself() -> None:
    assert fold_steps(["<p>a</p>"]) == Fold("<p>a</p>", ())


def test_steps_that_are_equal_need_no_marks() -> None:
    assert fold_steps(["<p>a</p>", "<p>a</p>"]) == Fold("<p>a</p>", ("",))


def test_a_formula_changes_as_a_whole() -> None:
    fold = fold_steps(["<p><math><mi>x</mi></math></p>", "<p><math><mi>x</mi><mi>y</mi></math></p>"])
    assert fold.before == ("<math><mi>x</mi></math>",)


def test_attributes_may_hold_what_looks_like_tags() -> None:
    contents = ['<p title="<b>">a</p>', '<p title="<b>">a</p><p>b</p>']
    fold = fold_steps(contents)
    assert fold.html == '<p title="<b>">a</p><!--step 0--><p>b</p><!--/step 0-->'


@pytest.mark.parametrize(
    "step",
    ["word{n} ", "<b>{n}</b> ", "a &amp; {n}\n", "<p>word {n}</p>", "<li>{n}</li>"],
)
def test_many_steps_take_bytes_in_proportion(step: str) -> None:
    def contents(count: int) -> list[str]:
        parts = [step.format(n=n) for n in range(count)]
        return [f"<div>{''.join(parts[: n + 1]).rstrip()}</div>" for n in range(count)]

    def size(count: int) -> int:
        fold = fold_steps(contents(count))
        assert unfold(fold) == contents(count)
        return len(fold.html) + sum(map(len, fold.before))

    assert size(400) < 4.5 * size(100)


text = st.sampled_from(["a", "b", " c", "&amp;", "<br>", "<img src='>'>", "<!-- x -->", "<svg><g></g></svg>"])
html = st.recursive(
    text,
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>",
        st.sampled_from(["p", "li", "ul", "b"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@given(st.lists(st.lists(html, max_size=4).map("".join), min_size=1, max_size=5))
def test_steps_that_have_nothing_in_common_unfold(contents: list[str]) -> None:
    assert unfold(fold_steps(contents)) == contents


@given(st.lists(html, min_size=1, max_size=6), st.data())
def test_steps_that_grow_anywhere_unfold(parts: list[str], data: st.DataObject) -> None:
    contents = [""]
    for part in parts:
        last = contents[-1]
        ends = [match.end() for match in re.finditer(r"</\w+>|^", last)]
        place = data.draw(st.sampled_from(ends))
        contents.append(last[:place] + part + last[place:])
    assert unfold(fold_steps(contents)) == contents


@given(st.lists(st.text("<>/ab\"'!- ", max_size=20), min_size=1, max_size=4))
def test_what_is_no_html_unfolds_too(contents: list[str]) -> None:
    assert unfold(fold_steps(contents)) == contents
