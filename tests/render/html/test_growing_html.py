"""HTML that grows step by step: rewritten by parts, it is what the whole would be, and is read once or twice."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from slidegen.render.html.growing_html import MANY, GrowingHtml, new_parts
from slidegen.render.html.growing_nodes import read_growing

PIECES = (
    "<p>a</p>\n", "<p>b <img src=x> c", " more", "</p>", "<ul>\n", "<li>i", "</li>\n", "</ul>", "<b>", "</b>", "text",
    "&am", "p; ", "<table>", "<tr><td>c</td></tr>", "</table>", "<div>", "</div>", "<pre>", "\nx", "</pre>", "<p>",
    "<a href=x>l</a>", "<svg><path/></svg>", "<math><mi>x</mi></math>", "<!-- c -->", "<br>", "<P>big</P>",
    '<section class="slidegen-footnotes"><ol>', "<li>note</li>", "</ol></section>", '<div title="a>b">t</div>',
)  # fmt: skip


def parsed(html: str, asked: Counter[str]) -> str:
    """The HTML as a browser has it, with the images in it numbered."""
    tree = LexborHTMLParser(html, is_fragment=True)
    for image in tree.css("img"):
        asked["img"] += 1
        image.attrs["id"] = f"i{asked['img']}"
    return tree.html or ""


@given(
    st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), min_size=1, max_size=8),
    st.text("<p>/ab", max_size=3),
)
def test_a_step_is_what_it_is_alone_if_the_last_one_is(added: list[list[str]], end: str) -> None:
    growing, steps = GrowingHtml(), ["".join(map("".join, added[: n + 1])) for n in range(len(added))]
    steps = [step + end for step in steps]
    made = [growing.rewrite(step, parsed, Counter()) for step in steps]
    alone = [parsed(step, Counter()) for step in steps]
    if None not in made and made[-1] == alone[-1]:
        assert made[0] == alone[0]


def test_what_a_reference_is_asked_for_counts_on() -> None:
    growing = GrowingHtml()
    steps = ["<ul>\n" + "<li><img></li>\n" * n + "</ul>" for n in range(1, 30)]
    counters = [Counter[str]() for _ in steps]
    made = [growing.rewrite(step, parsed, asked) for step, asked in zip(steps, counters, strict=True)]
    assert made == [parsed(step, Counter()) for step in steps]
    assert [asked["img"] for asked in counters] == list(range(1, 30))


GROWING = {
    "paragraphs": ("", "<p>Step {n} <a href=x>l</a></p>\n", ""),
    "items": ("<ul>\n", "<li>item {n}</li>\n", "</ul>"),
    "nested": ("<ul>\n<li>a<ul>\n", "<li>item {n}</li>\n", "</ul></li>\n</ul>"),
    "rows": ("<table>\n<tbody>\n", "<tr><td>{n}</td></tr>\n", "</tbody>\n</table>"),
    "words": ("<p>a", " word {n}", "</p>"),
    "open": ("<div>\n", "<p>{n}</p>\n", ""),
    "before a footer": (
        "<p>a</p>",
        "<p>{n}</p>\n",
        '\n<div class="slidegen-foot"><div class="footer">f</div></div>',
    ),
    "footnotes": ("", '<p>{n}</p>\n<section class="slidegen-footnotes"><ol>', "</ol></section>"),
}


@pytest.mark.parametrize(("start", "step", "end"), GROWING.values(), ids=GROWING.keys())
def test_what_grows_is_read_once_or_twice(start: str, step: str, end: str) -> None:
    read = 0

    def counting(html: str, asked: Counter[str]) -> str:
        nonlocal read
        read += len(html)
        return parsed(html, asked)

    growing = GrowingHtml()
    added = [step.format(n=n) for n in range(100)]
    for count in range(1, 101):
        if "<section" in step:  # both what is above the footnotes and these grow
            content, _, foot = step.partition("\n")
            html = content * count + foot + "<li>n</li>\n" * count + end
        else:
            html = start + "".join(added[:count]) + end
        assert growing.rewrite(html, counting, Counter()) == parsed(html, Counter())
    assert read < 4 * len(html) + 100 * 3 * (len(start) + len(end))


def test_new_parts_hold_whole_tags_and_formulas() -> None:
    steps = [
        '<p id="a">x</p><math><mi>a</mi></math>',
        '<p id="a">x</p><math><mi>ab</mi></math>',
        '<p id="a">x</p><math><mi>ab</mi></math><a href="#b">',
    ]
    repeated = [steps[-1]] * MANY  # which add nothing
    assert list(new_parts([*steps, *repeated])) == [
        steps[0],
        "<math><mi>ab</mi></math>",
        '</math><a href="#b">',
    ]
    assert list(new_parts(steps)) == steps


def foot(first: int, changed: int) -> str:
    """Footnotes of which those up to one have a link back."""
    notes = (f"<li>note {n}{' <a href=x>back</a>' * (n <= changed)}</li>\n" for n in range(first, 100))
    return f'<section class="slidegen-footnotes"><ol>\n{"".join(notes)}</ol></section>'


def test_of_footnotes_that_change_in_their_middle_only_these_are_read() -> None:
    read = 0

    def counting(html: str, asked: Counter[str]) -> str:
        nonlocal read
        read += len(html)
        return parsed(html, asked)

    growing, contents = GrowingHtml(), [f"{'<p>text</p>' * n}{foot(0, n)}" for n in (*range(100), 50, 20, 80)]
    for html in contents:
        assert growing.rewrite(html, counting, Counter()) == parsed(html, Counter())
    assert read < 8 * len(contents[99])
    noted = list(new_parts(contents[:100]))
    assert sum(map(len, noted)) < 4 * len(contents[99])
    assert all("</a></li>" in part for part in noted if "note" in part and part is not noted[1])


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=12), min_size=1, max_size=8), st.booleans())
def test_nodes_that_are_kept_at_both_ends_are_those_of_the_whole(
    steps: list[list[str]], by_word: bool
) -> None:
    texts = list(map("".join, steps))
    nodes: list[str] = []
    for text, read in zip(texts, read_growing(texts, by_word=by_word), strict=True):
        ((alone),) = read_growing([text], by_word=by_word)
        assert (read.between is None) == (alone.between is None)
        if read.between is None or alone.between is None:
            nodes = []
            continue
        nodes[read.start : len(nodes) - read.end] = [node.text for node in read.between]
        assert nodes == [node.text for node in alone.between]
