"""What holds for every text: nothing crashes, nothing is lost, the HTML is balanced."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from slidegen.render.dialect import Dialect, Footnotes, Fragment

PIECES = st.sampled_from(
    [
        *"#>|*_`~[]()!\\&<:=- \n\t\xa0\x02\x03\x040aé",
        "# ",
        "## ",
        "- ",
        "* ",
        "1. ",
        "> ",
        "    ",
        "  \n",
        "\n\n",
    ]
    + [
        "```",
        "~~~",
        "---",
        "===",
        "b c",
        "**",
        "``",
        "~~",
        "![",
        "](u)",
        "[^1]",
        "[^1]: ",
        ": ",
        "[ ] ",
        "| a | b |\n",
    ]
    + [
        "| --- | ---\n",
        "<b>",
        "</b>",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<a href='",
        "&amp;",
        "https://a.b",
        "\x05r1\x06",
    ]
)
FRAGMENTS = st.sampled_from([Fragment("<i>F</i>", block=False), Fragment("<div>D</div>", block=True)])
TEXTS = st.lists(PIECES, max_size=40).map("".join)
PARTS = st.lists(TEXTS | FRAGMENTS, max_size=6)
VOID = {"br", "hr", "img", "input", "wbr"}
DIALECT = Dialect()


class Balance(HTMLParser):
    """Fails at the first closing tag that does not belong to the element that is open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def assert_balanced(html: str) -> None:
    parser = Balance()
    parser.feed(html)
    parser.close()
    assert parser.open == []


@given(PARTS, st.booleans())
@settings(max_examples=300)
def test_any_text_becomes_balanced_html(parts: list[str | Fragment], inline: bool) -> None:
    html = DIALECT.convert(parts, {}, inline=inline, footnotes=Footnotes("s-"))
    assert_balanced(html)
    assert not re.search("[\x00-\x08]", html)


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_any_characters_become_html(text: str) -> None:
    DIALECT.convert([text], {})


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=200)
def test_how_a_text_is_cut_into_parts_does_not_matter(texts: list[str]) -> None:
    assume("[^" not in "".join(texts))
    assert DIALECT.convert(texts, {}) == DIALECT.convert(["".join(texts)], {})


@given(
    st.lists(
        st.sampled_from(["- ", "> ", "*", "**", "_", "[", "](", "`", "\n", " ", "~~", "|", "#"]), max_size=60
    )
)
@settings(max_examples=200)
def test_no_word_is_lost(marks: list[str]) -> None:
    text = "".join(f"{mark}w{number}x" for number, mark in enumerate(marks))
    html = DIALECT.convert([text], {})
    for number in range(len(marks)):
        assert f"w{number}x" in html


HUGE = 20_000
REPEATED = [
    *[
        "[",
        "![",
        "]",
        "[a](",
        "[a](b",
        '[a](b "',
        "[^1]",
        "[^1]: a\n",
        "[a]: b\n",
        "[a]:",
        "[a] [b]",
        "(x 'y' ",
    ],
    *["*a ", "**a ", "*a **b ", "_a ", "__a _b ", "~~a ", "a_", "`", "`` ", "`a``b```", "\\", "&"],
    *["<", "<a ", '<a "', "<a '", "<!--", "<div>", "<div>\n", "<div></div>x\n", "<ul><li>", "<b>", "</p>"],
    *[
        "http://",
        "https://a,,,",
        "> ",
        "> a\n",
        ">\n",
        "- ",
        "- a\n",
        "* a\n- b\n",
        "- a\n  ",
        "1. ",
        "- [ ] a\n",
    ],
    *[
        "#",
        "|",
        "a|b\n-|-\n",
        "* * * x",
        "=",
        "a\n=\n",
        "```\n",
        "````\n```\n",
        "```a\n",
        "a\n: b\n",
        "    a\n",
    ],
    *["\n", " ", "  \n", "\xa0", "\t", "\x02", "a", "a\n"],
]
"""Constructs that are quadratic or too deep if they are read carelessly: then this takes minutes."""


@pytest.mark.parametrize("unit", REPEATED, ids=repr)
@pytest.mark.parametrize("around", ["{}", "x {} y", "- {}"])
def test_hostile_repetition_is_read_in_one_go(unit: str, around: str) -> None:
    text = around.format(unit * (HUGE // len(unit)))
    assert_balanced(DIALECT.convert([text], {}))


@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ("*", "*"), ("> ", ""), ("- ", ""), ("**a ", " b**")]
)
def test_what_is_nested_too_deep_is_text(opening: str, closing: str) -> None:
    html = DIALECT.convert([opening * 10_000 + "core" + closing * 10_000], {})
    assert "core" in html
    assert_balanced(html)


def test_many_fragments() -> None:
    inline, block = Fragment("<i>F</i>", block=False), Fragment("<div>D</div>", block=True)
    html = DIALECT.convert([inline, " x\n", block, "\n"] * 20_000, {})
    assert html.count("<i>F</i>") == html.count("<div>D</div>") == 20_000
