"""Code as HTML: remark's structure, highlight.js's classes, and no character lost."""

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slidegen.render.code import CodeOptions, CodeRenderer

LINE = re.compile(
    r'<(div|span) class="remark-code-line( remark-code-line-highlighted)?">(.*?)</\1>(?=<|$)', re.S
)
LANGUAGES = [
    "python",
    "js",
    "html",
    "bash",
    "r",
    "{r}",
    "yaml",
    "php",
    "console",
    "latex",
    "c",
    "diff",
    "",
    "klingon",
]
ALL_MARKS = CodeOptions(highlight_lines=True, highlight_spans=True)


def lines(html: str) -> list[str]:
    """The text of each line, as a reader sees it."""
    inside = re.fullmatch(r'<pre><code class="[^"]*">(.*)</code></pre>', html, re.S)
    assert inside is not None, html
    found: list[str] = []
    rest = inside[1]
    while rest:
        # A line ends where as many elements are closed as were opened.
        head = re.match(r'<(?:div|span) class="remark-code-line[^"]*">', rest)
        assert head is not None, rest
        depth, at = 1, head.end()
        while depth:
            tag = re.compile(r"<(/?)(?:div|span)[^>]*>").search(rest, at)
            assert tag is not None, rest
            depth += -1 if tag[1] else 1
            at = tag.end()
        found.append(unescape(re.sub(r"<[^>]*>", "", rest[:at])).removesuffix("\n"))
        rest = rest[at:]
    return found


def test_a_block_has_remarks_structure() -> None:
    assert CodeRenderer().block("x = 1\ny < 'a'", "python") == (
        '<pre><code class="python hljs remark-code">'
        '<div class="remark-code-line">x = <span class="hljs-number">1</span></div>'
        '<div class="remark-code-line">y &lt; <span class="hljs-string">\'a\'</span></div>'
        "</code></pre>"
    )


def test_a_token_over_several_lines_is_opened_again_on_each() -> None:
    html = CodeRenderer().block('x = """a\n\nb"""', "python")
    assert html.endswith(
        '<span class="hljs-string">"""a</span></div>'
        '<span class="remark-code-line">\n</span>'
        '<div class="remark-code-line"><span class="hljs-string">b"""</span></div></code></pre>'
    )


@pytest.mark.parametrize(
    ("language", "code", "second"),
    [
        ("python", 'x = """a\nb"""', 'b"""'),
        ("js", "/* a\n   b */", "   b */"),
        ("js", "`a\n${b}`", '<span class="hljs-subst">${b}</span>`'),
        (
            "html",
            "<a\nhref='b'>",
            '<span class="hljs-attr">href</span>=<span class="hljs-string">\'b\'</span>&gt;',
        ),
    ],
)
def test_as_in_remark_only_its_first_line_has_the_colour(language: str, code: str, second: str) -> None:
    html = CodeRenderer(CodeOptions(as_remark=True)).block(code, language)
    assert html.endswith(f'<div class="remark-code-line">{second}</div></code></pre>')
    assert '<span class="hljs-' in html.partition("</div>")[0]


def test_scopes_stand_in_each_other_and_stay_open() -> None:
    assert '<div class="remark-code-line">' + (
        '<span class="hljs-tag">&lt;<span class="hljs-name">p</span> <span class="hljs-attr">id</span>='
        '<span class="hljs-string">"a"</span>&gt;</span>x</div>'
    ) in CodeRenderer().block('<p id="a">x', "html")
    assert (
        '<span class="hljs-function"><span class="hljs-keyword">def</span> <span class="hljs-title">f</span>'
        '<span class="hljs-params">(a=<span class="hljs-number">1</span>)</span>:</span>'
    ) in CodeRenderer().block("def f(a=1): pass", "python")


def test_without_a_language_a_block_has_no_background_of_the_style() -> None:
    assert CodeRenderer().block("a <b>", "") == (
        '<pre><code class="remark-code"><div class="remark-code-line">a &lt;b&gt;</div></code></pre>'
    )
    assert '<code class="text remark-code">' in CodeRenderer().block("a", "text")


def test_highlight_language_is_for_blocks_that_name_none() -> None:
    code = CodeRenderer(CodeOptions(highlight_language="python"))
    assert '<code class="python hljs remark-code">' in code.block("None", "")
    assert '<span class="hljs-keyword">None</span>' in code.block("None", "")
    assert '<code class="js hljs remark-code">' in code.block("null", "js")
    assert code.block("None", "none") == (
        '<pre><code class="none remark-code"><div class="remark-code-line">None</div></code></pre>'
    )


def test_an_unknown_language_is_plain_and_named() -> None:
    code = CodeRenderer()
    assert code.block("if x", "klingon") == (
        '<pre><code class="klingon hljs remark-code"><div class="remark-code-line">if x</div></code></pre>'
    )
    code.block("if x", "python")
    code.block("if x", "")
    assert code.unknown == {"klingon"}


def test_what_a_language_is_called_cannot_leave_its_attribute() -> None:
    html = CodeRenderer().block("x", 'a"><script>')
    assert re.match(r'<pre><code class="[^"<>]*"><div class="remark-code-line">x</div></code></pre>$', html)


def test_php_needs_no_opening_tag() -> None:
    assert '<span class="hljs-keyword">echo</span>' in CodeRenderer().block("echo 1;", "php")
    page = CodeRenderer().block("<b><?php echo 1 ?></b>", "php")
    assert '<span class="hljs-meta">&lt;?php</span>' in page
    assert '<span class="hljs-keyword">echo</span>' in page


def test_a_marked_line_is_highlighted_without_its_star() -> None:
    html = CodeRenderer(ALL_MARKS).block("*x\n* y\n  z\n*", "python")
    assert [(bool(match[2]), match[3]) for match in LINE.finditer(html)] == [
        (True, "x"),
        (True, "  y"),
        (False, "  z"),
        (True, "\n"),
    ]


def test_lines_are_marked_before_the_language_is_read() -> None:
    html = CodeRenderer(ALL_MARKS).block('x = """\n* y\n"""', "python")
    assert 'remark-code-line-highlighted"><span class="hljs-string">  y</span></div>' in html


def test_without_the_options_marks_are_code() -> None:
    assert lines(CodeRenderer().block("* a `b`", "")) == ["* a `b`"]


def test_a_marked_span_may_end_within_a_token() -> None:
    html = CodeRenderer(ALL_MARKS).block('f(`1, "a`b")', "python")
    assert html == (
        '<pre><code class="python hljs remark-code"><div class="remark-code-line">f('
        '<span class="remark-code-span-highlighted"><span class="hljs-number">1</span>, '
        '<span class="hljs-string">"a</span></span><span class="hljs-string">b"</span>)</div></code></pre>'
    )


def test_marked_spans_beside_each_other_stay_two() -> None:
    html = CodeRenderer(CodeOptions(highlight_spans="« »")).block("«a»«b»\n«c»", "")
    assert html.count('<span class="remark-code-span-highlighted">') == 3
    assert lines(html) == ["ab", "c"]


def test_inline_code_is_coloured_only_where_asked() -> None:
    assert CodeRenderer().span("a < b") == '<code class="remark-inline-code">a &lt; b</code>'
    with_language = CodeRenderer(CodeOptions(highlight_language="python"))
    assert with_language.span("None") == '<code class="python remark-inline-code">None</code>'
    coloured = CodeRenderer(CodeOptions(highlight_language="python", highlight_inline_code=True))
    assert coloured.span("None") == (
        '<code class="python hljs remark-inline-code"><span class="hljs-keyword">None</span></code>'
    )
    assert CodeRenderer(CodeOptions(highlight_inline_code=True)).span("None") == CodeRenderer().span("None")


@pytest.mark.parametrize("text", ["x = 1\n" * 600, "x = 1; " * 200, "x = 'aaaaaaaa'\n" * 450 + "#" * 5000])
def test_code_that_no_slide_can_show_stays_plain(text: str) -> None:
    assert "hljs-" not in CodeRenderer().block(text, "python")
    assert "hljs-" in CodeRenderer().block(text[:500], "python")


def test_a_lexer_that_fails_costs_only_the_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    from pygments.lexers.ruby import RubyLexer

    def fails(*_: object) -> object:
        raise RecursionError

    monkeypatch.setattr(RubyLexer, "get_tokens_unprocessed", fails)
    assert lines(CodeRenderer().block("x = 1", "ruby")) == ["x = 1"]
    monkeypatch.setattr(RubyLexer, "get_tokens_unprocessed", lambda *_: iter([(0, (), "half")]))
    assert lines(CodeRenderer().block("x = 1", "ruby")) == ["x = 1"]


def test_windows_line_ends_are_line_ends() -> None:
    assert lines(CodeRenderer().block("a\r\nb\r\nc", "python")) == ["a", "b", "c"]


CODE = st.text(
    alphabet=st.one_of(
        st.sampled_from("\n\n \t\"'`*{}()[]<>&#$%\\/=:;,.-_ab01"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=80,
)


@given(CODE, st.sampled_from(LANGUAGES))
@example("\n\nx", "python")
@example("\0\r", "js")
def test_no_character_is_lost(text: str, language: str) -> None:
    shown = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    assert lines(CodeRenderer().block(text, language)) == shown.split("\n")


@given(CODE, st.sampled_from(LANGUAGES))
def test_marks_take_away_nothing_but_themselves(text: str, language: str) -> None:
    def bare(code: str) -> str:
        return re.sub(r"[*`\\{}<#\s\0\ufffd]", "", code)

    shown = lines(CodeRenderer(ALL_MARKS).block(text, language))
    assert bare("".join(shown)) == bare(text)
    assert len(shown) == len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


@given(CODE)
def test_inline_code_loses_no_character(text: str) -> None:
    code = CodeRenderer(CodeOptions(highlight_language="js", highlight_inline_code=True))
    assert unescape(re.sub(r"<[^>]*>", "", code.span(text))) == text.replace("\0", "\ufffd")
