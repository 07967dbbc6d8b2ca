from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from slidegen.project.templates import TemplateFolders
from slidegen.reading.html_page.macro_values import (
    Argument,
    Both,
    Change,
    ChangedText,
    Choice,
    Concatenation,
    Either,
    Equal,
    FixedText,
    IsPicture,
    Not,
    Numeral,
    Product,
    Target,
    Value,
)
from slidegen.reading.html_page.macros import image_macro, read_macro, read_number_format
from slidegen.reading.html_page.page_macro import WrittenMacro
from slidegen.reading.javascript.tokens import read_code
from slidegen.render.macros.macros import Arguments
from slidegen.source import Source, Span


def read(function: str) -> WrittenMacro | None:
    """The macro that a function defines."""
    return read_macro("name", read_code(Span(Source("talk.html", function), 0, len(function))))


def given(function: str, *args: str, target: str = "a.png") -> str | None:
    """What a macro gives; None where it is not understood."""
    macro = read(function)
    if macro is None:
        return None
    text = macro.expand(target, args)
    assert by_template(macro, target, args) == text
    return text


def by_template(macro: WrittenMacro, target: str, args: Sequence[str]) -> str:
    """What a macro gives once it is written as a template of a course."""
    environment = TemplateFolders(None).environment()
    environment.autoescape = macro.suffix == ".html"
    template = environment.from_string(macro.template())
    return template.render(args=Arguments(tuple(args)), target=target).strip()


@pytest.mark.parametrize(
    "function",
    [
        """function (percentage) {
  var url = this;
  return '<img src="' + url + '" style="width: ' + percentage + '" />';
}""",
        """function(w) { return `<img src="${this}" style="width: ${w}" />` }""",
        """function scale(w) { let s = 'width: ' + w; return '<img src="' + this + '" style="' + s + '" />'; }""",
        """function () { return '<img src="' + this + '" style="width: ' + arguments[0] + '" />'; }""",
        """(w) => '<img src="' + this + '" style="width: ' + w + '" />'""",
        """function (w = '60%') {
  // as wide as is said
  const url = this.toString()
  return "<img src=\\"" + url + "\\" style=\\"width: " + (w || '50%') + "\\" />"
}""",
        """function (w) { var h = '<img src="'; h += this; h += '" style="width: '; h += w + '" />'; return h }""",
    ],
)
def test_a_function_that_puts_texts_together_is_a_template(function: str) -> None:
    assert given(function, "60%") == '<img src="a.png" style="width: 60%" />'


def test_choices_and_defaults() -> None:
    function = "function (w, alt) { return '<img src=\"' + this + '\" width=' + (w ? w : '9') + (alt || '!') + '>'; }"
    assert given(function, "5", "?") == '<img src="a.png" width=5?>'
    assert given(function) == '<img src="a.png" width=9!>'


def test_undefined_arguments() -> None:
    function = "function (w) { return '<img' + (typeof w === 'undefined' ? '' : ' width=' + w) + '>' }"
    assert given(function) == "<img>"
    assert given(function, "5") == "<img width=5>"


def test_text_is_html_as_in_remark_and_attributes_are_escaped() -> None:
    function = "function (text) { return '<p title=\"' + text + '\">' + text + '</p>'; }"
    assert given(function, 'a <b>"b"</b>') == '<p title="a &lt;b&gt;&#34;b&#34;&lt;/b&gt;">a <b>"b"</b></p>'


CODE = "{{ cycler.__init__.__globals__.os.getcwd() }}"


@pytest.mark.parametrize(
    ("function", "text"),
    [
        ("() => '<p>{{ x }}{% y'", "<p>{{ x }}{% y"),
        ("() => '<p>{' + '{ 7 * 7 }}{#'", "<p>{{ 7 * 7 }}{#"),
        ("() => `<p>{${'{'} 7 * 7 }}`", "<p>{{ 7 * 7 }}"),
        (r"() => '<p>\x7b\u007b 7 * 7 \u{7d}}'", "<p>{{ 7 * 7 }}"),
        ("(a = '{') => '<p>' + a + '{ 7 * 7 }}'", "<p>{{ 7 * 7 }}"),
        ("(a) => '<p>' + (a ? a : '{' + '%') + ' raw %}'", "<p>{% raw %}"),
        ("(a) => '<p>{' + (a || '{') + ' 7 }}'", "<p>{{ 7 }}"),
        ("function () { var a = '<p>{'; a += '{ 7'; a += ' }}'; return a }", "<p>{{ 7 }}"),
        ("() => '{' + '{ 7 * 7 }}'", "{{ 7 * 7 }}"),
        ("() => '<p>}} {{ \"\\\\\" }}'", '<p>}} {{ "\\" }}'),
        ("() => '<p>{% raw %}{{ 7 }}{% endraw %}'", "<p>{% raw %}{{ 7 }}{% endraw %}"),
    ],
)
def test_braces_are_text_alone_and_together(function: str, text: str) -> None:
    assert given(function) == text


@pytest.mark.parametrize("where", ["target", "argument", "both"])
@pytest.mark.parametrize(
    "function",
    [
        "(w) => '<b>{' + this + '}' + w + '</b>'",
        "(w) => '<b x=\"{' + this + '}' + w + '\">'",
        "(w) => this + w",
    ],
)
def test_what_a_call_gives_is_text(function: str, where: str) -> None:
    target = CODE if where in ("target", "both") else "z"
    argument = CODE if where in ("argument", "both") else "z"
    assert CODE in str(given(function, argument, target=target))


def test_a_text_in_braces() -> None:
    assert given("function () { return '<b>{' + this + '}</b>' }", target="z") == "<b>{z}</b>"


def test_texts_of_the_author_stay_html_within_a_choice_in_a_tag() -> None:
    function = "(w) => '<img src=\"' + this + '\"' + (w ? ' width=\"' + w + '\"' : '') + '>'"
    assert given(function, '5"') == '<img src="a.png" width="5&#34;">'
    assert given(function) == '<img src="a.png">'


def test_choices_within_choices() -> None:
    function = "(w) => '<p>' + (w == 'a' ? 'one' : w == 'b' ? 'two' : w ? 'three' : 'none')"
    assert [given(function, *args) for args in (("a",), ("b",), ("c",), ())] == [
        "<p>one",
        "<p>two",
        "<p>three",
        "<p>none",
    ]


def test_numbers_are_written_as_in_javascript() -> None:
    function = "(w) => '<p>' + w * 2 + '/' + 0x10 + '/' + w / 4"
    assert given(function, "50") == "<p>100/16/12.5"
    assert given(function, "a") == "<p>NaN/16/NaN"
    assert given("(w) => '<p>' + 1 / w", "0") == "<p>Infinity"


@pytest.mark.parametrize(
    ("function", "format_"),
    [
        ("function (n, t) { return n + ' of ' + t }", "%current% of %total%"),
        ("(n, t) => '' + n", "%current%"),
        ("(n, t) => `${100 * n / t} %`", "%percent% %"),
        ("(n, t) => '{' + '{ n }}' + n", "{{ n }}%current%"),
        ("(n, t) => n == 1 ? '' : n", ""),
    ],
)
def test_number_formats(function: str, format_: str) -> None:
    code = read_code(Span(Source("talk.html", function), 0, len(function)))
    assert read_number_format(code) == format_


@pytest.mark.parametrize("target", ["a.PNG", "a.html", '"><script>', CODE])
def test_a_macro_that_is_not_understood_shows_its_target(target: str) -> None:
    macro = image_macro("x", Span(Source("t.html", "x"), 0, 1))
    text = macro.expand(target, ())
    assert text == by_template(macro, target, ())
    assert text.startswith("<img src=" if target == "a.PNG" else "<a href=")
    assert "<script>" not in text


@pytest.mark.parametrize(
    "function",
    [
        "() => { var h = 'x'; " + "h = h + h; " * 60 + "return h }",
        "(h) => { " + "h = h || h; " * 60 + "return h }",
        "(h) => " + "(" * 200 + "h" + ")" * 200,
        "(h) => " + "h ? " * 200 + "h" + " : h" * 200,
        "() => arguments[" + "9" * 6000 + "]",
        "() => 'a' + " + "9" * 6000,
        "() => " + "`${" * 100 + "'a'" + "}`" * 100,
    ],
)
def test_functions_without_measure_are_no_macros(function: str) -> None:
    assert read(function) is None


TEXTS = st.text(st.sampled_from("{}%#<>\"'\\ab&;\n\r\té\U0001f600\0"), max_size=6)
LEAVES = st.one_of(
    st.builds(FixedText, TEXTS),
    st.builds(Target),
    st.builds(Argument, st.integers(0, 2)),
)


def values(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    """Values made from others."""
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    condition = st.one_of(
        inner, st.builds(Equal, inner, inner), st.builds(Not, inner), st.builds(IsPicture, inner)
    )
    number = st.one_of(inner, st.builds(Numeral, st.integers(0, 9).map(float)))
    return st.one_of(
        st.builds(Either, several),
        st.builds(Both, several),
        st.builds(Concatenation, several),
        st.builds(Choice, condition, inner, inner),
        st.builds(ChangedText, inner, st.sampled_from(Change)),
        st.builds(
            Product,
            st.lists(st.lists(number, min_size=1, max_size=2).map(tuple), min_size=1, max_size=2).map(tuple),
        ),
    )


@settings(max_examples=150)
@for_all(
    parts=st.lists(st.recursive(LEAVES, values, max_leaves=8), max_size=4).map(tuple),
    suffix=st.sampled_from([".html", ".md"]),
    target=TEXTS,
    args=st.lists(st.one_of(TEXTS, st.sampled_from(["1", "0", "2.5"])), max_size=2),
)
def test_the_template_of_a_macro_gives_what_the_macro_gives(
    parts: tuple[Value, ...], suffix: str, target: str, args: list[str]
) -> None:
    macro = WrittenMacro("x", parts, suffix, Span(Source("t.html", "x"), 0, 1))
    assert by_template(macro, target, args) == macro.expand(target, args)


@pytest.mark.parametrize(
    "function",
    [
        "function (w) { for (;;) {} return w; }",
        "function (w) { return w.split(',')[0]; }",
        "function (w) { return fetch(w); }",
        "function (w) { document.title = w; return ''; }",
        "function (w) { if (w) return 'a'; return 'b'; }",
        "function ({a}) { return a; }",
        "function (w) {}",
        "scale",
        "function (w) { return 'a' +",
        "",
    ],
)
def test_what_does_more_is_no_template(function: str) -> None:
    assert given(function, "1") is None


@pytest.mark.parametrize(
    "default",
    [
        "if (!w) w = '9';",
        "if (w === undefined) { w = '9' }",
        "if (w == null) w = '9'\n",
        "if (typeof w === 'undefined') { w = '9'; }",
        "if (typeof(w) == 'undefined') w = '9';",
        "if (w == '') { w = '9'; }",
    ],
)
def test_an_argument_that_is_not_given_may_be_set(default: str) -> None:
    function = f"function (w) {{ {default} return '<img width=' + w + '>'; }}"
    assert given(function) == "<img width=9>"
    assert given(function, "5") == "<img width=5>"


@pytest.mark.parametrize(
    "statement", ["if (w) w = '9';", "if (!w) w = '9'; else w = '8';", "if (!w) v = '9';", "if (!w) go();"]
)
def test_other_conditions_are_no_template(statement: str) -> None:
    assert given(f"function (w) {{ {statement} return '<b>' + w; }}", "5") is None
