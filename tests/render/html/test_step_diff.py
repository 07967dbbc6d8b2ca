"""Folding the steps of a slide into one copy, checked by unfolding it as the browser does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidegen.render.html.fragment import read_fragment
from slidegen.render.html.step_diff import StepDiff, fold_steps

MARKS = re.compile(r"<!--/?step [\d.]+-->")


def unfold(fold: StepDiff) -> list[str]:
    """The steps of a fold, first step first."""
    now = fold.html
    steps = [now]
    for step in range(len(fold.before) - 1, -1, -1):
        for place, run in enumerate(fold.before[step]):
            mark = f"step {step}.{place}" if place else f"step {step}"
            start, end = now.index(f"<!--{mark}-->") + len(f"<!--{mark}-->"), now.index(f"<!--/{mark}-->")
            now = now[:start] + run + now[end:]
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
    assert fold.before == (("",), ("",))


def test_a_list_that_becomes_loose_keeps_its_list() -> None:
    fold = fold_steps(["<ul><li>a</li></ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"])
    assert fold.html.startswith("<ul><!--step 0-->")
    assert fold.before == (("<li>a</li>",),)


def test_one_step_is_itself() -> None:
    assert fold_steps(["<p>a</p>"]) == StepDiff("<p>a</p>", ())


def test_steps_that_are_equal_need_no_marks() -> None:
    assert fold_steps(["<p>a</p>", "<p>a</p>"]) == StepDiff("<p>a</p>", ((),))


def test_a_formula_changes_as_a_whole() -> None:
    fold = fold_steps(["<p><math><mi>x</mi></math></p>", "<p><math><mi>x</mi><mi>y</mi></math></p>"])
    assert fold.before == (("<math><mi>x</mi></math>",),)


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
        return len(fold.html) + sum(len(run) for runs in fold.before for run in runs)

    assert size(400) < 4.5 * size(100)


def _with_notes(count: int, *, foot: bool = False) -> str:
    items = "".join(f"<li>item {n} <sup>{n}</sup></li>\n" for n in range(count))
    notes = "".join(f'<li id="n{n}"><p>Note {n}</p></li>' for n in range(count))
    notes = f"<section><ol>{notes}</ol></section>"
    return f"<ul>\n{items}</ul>\n" + (f"<p>end</p><div>{notes}</div>" if foot else notes)


@pytest.mark.parametrize("foot", [False, True])
def test_what_grows_in_two_places_takes_bytes_in_proportion(foot: bool) -> None:
    def size(count: int) -> int:
        contents = [_with_notes(n + 1, foot=foot) for n in range(count)]
        fold = fold_steps(contents)
        assert unfold(fold) == contents
        return len(fold.html) + sum(len(run) for runs in fold.before for run in runs)

    assert size(200) < 4.5 * size(50)


def test_what_grows_in_two_places_is_balanced_in_each() -> None:
    fold = fold_steps([_with_notes(n) for n in (20, 21)])
    assert "<!--step 0--><li>item 20 <sup>20</sup></li>\n<!--/step 0-->" in fold.html
    assert '<!--step 0.1--><li id="n20"><p>Note 20</p></li><!--/step 0.1-->' in fold.html
    assert fold.before == (("", ""),)


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


@given(
    st.lists(html, min_size=1, max_size=40),
    st.lists(st.lists(st.tuples(st.integers(0, 60), st.booleans(), html), max_size=3), max_size=4),
)
def test_steps_that_change_in_several_places_unfold(
    parts: list[str], changes: list[list[tuple[int, bool, str]]]
) -> None:
    steps = [[*parts, *(f"<li>{n}</li>" for n in range(20))]]
    for change in changes:
        now = list(steps[-1])
        for place, grows, part in change:
            now[place % len(now) : place % len(now) + (not grows)] = [part]
        steps.append(now)
    contents = ["".join(step) for step in steps]
    fold = fold_steps(contents)
    assert unfold(fold) == contents
    for run in (run for runs in fold.before for run in runs):
        assert read_fragment(run) is not None
