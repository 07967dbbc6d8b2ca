"""The source lines of elements: a step's are what they are if it is marked alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from slidegen.render.html.source_lines import with_lines

PIECES = (
    "<p>alpha</p>\n", "<p>beta ", "gamma</p>\n", "<ul>\n<li>delta</li>\n</ul>", "<li>", "alpha beta",
    '<pre><div class="remark-code-line">x</div>', '<div class="remark-code-line">y</div>', "</pre>", "<b>", "</p>",
    "<p>", "<em>", "<em>delta</em>", " ", "beta <em>gamma</em>",
)  # fmt: skip
SOURCE = "alpha\n\nbeta gamma\n- delta\n\n    x\n    y\nalpha beta\n" * 3


@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=4), min_size=1, max_size=6),
    st.sampled_from(("", "</div>", "</p>", " </p>")),
)
def test_the_lines_of_a_step_are_what_they_are_alone(added: list[list[str]], end: str) -> None:
    steps = ["".join(map("".join, added[: count + 1])) + end for count in range(len(added))]
    assert list(with_lines(steps, SOURCE)) == [next(with_lines([step], SOURCE)) for step in steps]


def test_tags_before_the_first_word_of_an_element_may_come_later() -> None:
    steps = ["<p></p>", "<p><em>alpha</em></p>"]
    assert list(with_lines(steps, SOURCE)) == ["<p></p>", '<p data-line="+0"><em>alpha</em></p>']


def test_lines_count_from_the_first_one_of_the_slide() -> None:
    (marked,) = with_lines(["<h1>Title</h1><p>Some words</p><p>?</p>"], "# Title\n\nSome words\n")
    assert marked == '<h1 data-line="+0">Title</h1><p data-line="+2">Some words</p><p>?</p>'
