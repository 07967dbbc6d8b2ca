"""Finished HTML in Markdown text: content classes, macros, formulas."""

from __future__ import annotations

import re

import pytest

from slidegen.render.dialect import Dialect, Footnotes, Fragment, LinkTarget

SPAN = Fragment('<span class="a">*b*</span>', block=False, source=".a[*b*]")
DIV = Fragment('<div class="c"><p>*d*</p></div>', block=True, source=".c[\n*d*\n]")
HEADING = Fragment('<span class="e"><h1>f</h1></span>', block=False)


def html(*parts: str | Fragment, inline: bool = False) -> str:
    return Dialect().convert(parts, {}, inline=inline, footnotes=Footnotes(""))


def test_inline_fragment_stands_in_a_paragraph() -> None:
    assert html("x ", SPAN, " *y*") == f"<p>x {SPAN.html} <em>y</em></p>"


def test_block_fragment_stands_by_itself() -> None:
    assert html(DIV) == DIV.html
    assert html("x\n\n", DIV, "\n\ny") == f"<p>x</p>\n{DIV.html}\n\n<p>y</p>"


def test_block_fragment_interrupts_a_paragraph() -> None:
    assert html("x\n", DIV) == f"<p>x</p>\n{DIV.html}"


def test_text_right_behind_a_block_is_part_of_no_paragraph() -> None:
    assert html(DIV, "\n*x*") == f"{DIV.html}\n<em>x</em>"


def test_text_between_two_blocks_without_blank_lines_is_raw() -> None:
    assert html(DIV, "\n*x*\n", DIV, "\n\n*y*") == f"{DIV.html}\n*x*\n{DIV.html}\n\n<p><em>y</em></p>"


def test_block_written_in_html_ends_where_a_fragment_does() -> None:
    assert html("<div>\n\n", DIV, "\n\n*x*") == f"<div>\n\n{DIV.html}\n\n<p><em>x</em></p></div>"


def test_block_within_a_line_ends_the_paragraph() -> None:
    assert html("x ", DIV, " y") == f"<p>x </p>{DIV.html} y"


def test_heading_in_an_inline_fragment_leaves_it_as_in_a_browser() -> None:
    assert html(HEADING) == '<p><span class="e"></span></p><h1>f</h1>'


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("**", "**", "<p><strong>{}</strong></p>"),
        ("*x ", " y*", "<p><em>x {} y</em></p>"),
        ("_", "_", "<p><em>{}</em></p>"),
        ("[", "](u)", '<p><a href="u">{}</a></p>'),
        ("- ", "\n- x", "<ul>\n<li>{}</li>\n<li>x</li>\n</ul>"),
        ("> ", "", "<blockquote>\n<p>{}</p>\n</blockquote>"),
        ("# ", "", '<h1 id="-a-b-">{}</h1>'),
        ("<div>", "</div>", "<div>{}</div>"),
        ("<b>", "</b>", "<p><b>{}</b></p>"),
        ("- x\n  - ", "", "<ul>\n<li>x<ul>\n<li>{}</li>\n</ul>\n</li>\n</ul>"),
    ],
)
def test_fragment_within_markdown(before: str, after: str, expected: str) -> None:
    assert html(before, SPAN, after) == expected.format(SPAN.html)


def test_fragment_in_a_table_cell() -> None:
    bar = Fragment("<span>|</span>", block=False)
    assert "<td><span>|</span></td>\n<td>x</td>" in html("| a | b |\n|---|---|\n| ", bar, " | x |")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("`", "`", "<p><code>.a[*b*]</code></p>"),
        ("x\n\n    ", "", "<p>x</p>\n<pre><code>.a[*b*]\n</code></pre>"),
        ("```\n", "\n```", "<pre><code>.a[*b*]\n</code></pre>"),
        ("![", "](u)", '<p><img src="u" alt=".a[*b*]"></p>'),
        ("[x](", ")", '<p><a href=".a[*b*]">x</a></p>'),
        ('[x](u "', '")', '<p><a href="u" title=".a[*b*]">x</a></p>'),
        ('<i title="', '">x</i>', '<p><i title=".a[*b*]">x</i></p>'),
        ("<!-- ", " -->", "<!-- .a[*b*] -->"),
        ("<script>\n", "\n</script>", "<script>\n.a[*b*]\n</script>"),
    ],
)
def test_what_the_author_wrote_stands_where_no_html_can(before: str, after: str, expected: str) -> None:
    assert html(before, SPAN, after) == expected


def test_without_the_source_the_text_stands_there() -> None:
    assert html("`", Fragment("<b>x &lt; y</b>", block=False), "`") == "<p><code>x &lt; y</code></p>"


def test_inline_takes_the_paragraph_away_where_there_is_just_one() -> None:
    assert html("*x*", inline=True) == "<em>x</em>"
    assert html("x\n\ny", inline=True) == "<p>x</p>\n<p>y</p>"
    assert html("- x", inline=True) == "<ul>\n<li>x</li>\n</ul>"
    assert html("x <div>y</div>", inline=True) == "<p>x </p><div>y</div>"
    assert html("", inline=True) == ""


def test_paragraph_of_an_empty_fragment_is_none() -> None:
    assert html("x\n\n", Fragment("", block=False), "\n\ny") == "<p>x</p>\n\n<p>y</p>"


@pytest.mark.parametrize("text", ["\x02", "\x030\x04", "\x020\x04", "a\x05r1\x06b", "\ue000\uf8ff\U000f0001"])
def test_characters_of_the_author_are_no_markers(text: str) -> None:
    shown = html(text, SPAN)
    assert shown.count(SPAN.html) == 1
    assert re.sub("[\x02-\x06]", "\ufffd", text) in shown


def test_links_are_looked_up_by_lower_case_names() -> None:
    links = {"the docs": LinkTarget("https://a.b", "T"), "x": LinkTarget("y")}
    assert (
        Dialect().convert(["[a][The  Docs], [X][], [x] [z], ![a] [x]"], links)
        == '<p><a href="https://a.b" title="T">a</a>, <a href="y">X</a>, <a href="y">x</a> [z], '
        '<img src="y" alt="a"></p>'
    )


def test_a_link_defined_in_a_quote_is_good_for_the_text() -> None:
    assert html("> [a]: b\n\n[a]") == '<blockquote>\n</blockquote>\n<p><a href="b">a</a></p>'


def test_code_goes_through_the_renderers() -> None:
    dialect = Dialect(
        lambda text, language: f"<pre>{language}|{text}</pre>", lambda text: f"<code>{text}!</code>"
    )
    assert (
        dialect.convert(["`a`\n```{r}\n b\n\nc\n```"], {}) == "<p><code>a!</code></p>\n<pre>{r}| b\n\nc</pre>"
    )
    assert dialect.convert(["x\n\n    b\n"], {}) == "<p>x</p>\n<pre>|b\n</pre>"


def test_one_dialect_converts_many_texts_without_mixing_them() -> None:
    dialect = Dialect()
    assert dialect.convert(["> [a]: b\n\n", SPAN], {}).endswith(f"<p>{SPAN.html}</p>")
    assert dialect.convert(["[a] `b`"], {}) == "<p>[a] <code>b</code></p>"
