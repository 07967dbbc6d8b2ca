"""What is in a content class of one line is read once more as part of the line around it."""

from __future__ import annotations

import pytest

from slidegen.render.dialect import Dialect, Footnotes, Fragment, plain_code_span, read_again


def line_class(*parts: str | Fragment, name: str = "a") -> Fragment:
    """A content class of one line, as slides have it."""
    html = f'<span class="{name}">{Dialect().convert(parts, {}, inline=True)}</span>'
    return Fragment(html, block=False, source="", again=read_again(html, plain_code_span))


def shown(*parts: str | Fragment) -> str:
    html = Dialect().convert(parts, {}, footnotes=Footnotes(""))
    return (
        html.replace('<span class="a">', "[").replace("</span>", "]").removeprefix("<p>").removesuffix("</p>")
    )


@pytest.mark.parametrize(
    ("within", "after", "expected"),
    [
        ("_one two", ", three._", "[<em>one two</em>]<em>, three.</em>"),
        ("*b", " c*", "[<em>b</em>]<em> c</em>"),
        ("**b", " c**", "[<strong>b</strong>]<strong> c</strong>"),
        ("__b", " c__", "[<strong>b</strong>]<strong> c</strong>"),
        ("~~b", " c~~", "[<del>b</del>] c"),
        ("b _c", "_ d", "[b <em>c</em>] d"),
        ("_b_ and _c", " d_", "[<em>b</em> and <em>c</em>]<em> d</em>"),
        ("a_b", " _c_", "[a_b] <em>c</em>"),
        ("`*b`", " c*", "[<code>*b</code>] c*"),
        ("2 * 3", " * 4", "[2 * 3] * 4"),
    ],
)
def test_emphasis_may_end_outside_of_the_class(within: str, after: str, expected: str) -> None:
    assert shown(line_class(within), after) == expected


def test_emphasis_may_begin_before_the_class() -> None:
    assert shown("_b ", line_class("c_"), " d") == "<em>b [c</em>] d".replace("[c</em>]", "[c]</em>")
    assert shown("**b ", line_class("c"), "**") == "<strong>b [c]</strong>"


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        (r"`is\_it`", "[<code>is_it</code>]"),
        (r"`a\*b\*`", "[<code>a*b*</code>]"),
        (r"`\d \" C:\x`", r"[<code>\d \" C:\x</code>]".replace('"', "&quot;")),
        (r"`\\n`", r"[<code>\n</code>]"),
        (r"`<\_>`", "[<code>&lt;_&gt;</code>]"),
        (r"\*b\* _c_", "[*b* <em>c</em>]"),
        (r"\\*", "[*]"),
    ],
)
def test_a_backslash_counts_in_the_code_of_a_class(within: str, expected: str) -> None:
    assert shown(line_class(within)) == expected


def test_it_does_not_in_other_code_nor_where_html_is_left_alone() -> None:
    code = line_class(r"`is\_it`")
    assert shown(r"`is\_it`") == r"<code>is\_it</code>"
    assert shown("<div>", code, "</div>") == r"<div>[<code>is\_it</code>]</div>"


def test_classes_in_classes_are_read_once_for_each() -> None:
    assert shown(line_class("b ", line_class("_c"), " d"), " e_") == "[b [<em>c</em>]<em> d</em>]<em> e</em>"
    assert shown(line_class(line_class(r"`\\\_`"))) == "[[<code>_</code>]]"


@pytest.mark.parametrize("mark", ["*", "**", r"\*", "_", "~~"])
def test_marks_alone_are_meant_to_be_seen(mark: str) -> None:
    seen = mark.removeprefix("\\")
    assert shown(line_class(mark), " b ", line_class(mark)) == f"[{seen}] b [{seen}]"


def test_links_and_pictures_around_a_class_are_as_before() -> None:
    assert shown("[", line_class("_b"), " c_](u_v)") == '<a href="u_v">[<em>b</em>]<em> c</em></a>'
    picture = shown("![", line_class("_b_"), "](u)")
    assert picture.startswith('<img src="u" alt=')
