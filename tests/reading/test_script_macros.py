from __future__ import annotations

import pytest
from jinja2 import Environment

from slidegen.reading.javascript import read_code
from slidegen.reading.script_macros import read_macro
from slidegen.source import Source, Span


def given(function: str, *args: str, target: str = "a.png") -> str | None:
    """What a macro gives; None where it is not understood."""
    source = Source("talk.html", function)
    macro = read_macro("name", read_code(Span(source, 0, len(function))))
    if macro is None:
        return None
    environment = Environment(autoescape=macro.suffix == ".html")
    return environment.from_string(macro.template).render(args=[*args, "", "", ""], target=target)


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


def test_braces_of_jinja_are_text() -> None:
    assert given("() => '<p>{{ x }}{% y'") == "<p>{{ x }}{% y"


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
