"""Formulas as HTML: what they are wrapped in, what does not parse, and what any text does."""

import re
import subprocess
import sys
import time
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from slidegen.render.math import MathRenderer, characters_of
from slidegen.render.math.commands import COMMANDS


def test_a_formula_in_a_line() -> None:
    assert MathRenderer().render("x", display=False).html == (
        '<span class="slidegen-math"><math><semantics><mi>x</mi>'
        '<annotation encoding="application/x-tex">x</annotation></semantics></math></span>'
    )


def test_a_formula_of_its_own_may_stand_in_a_paragraph() -> None:
    html = MathRenderer().render("x", display=True).html
    assert html.startswith('<span class="slidegen-math slidegen-math-display"><math display="block">')
    assert "<div" not in html


@pytest.mark.parametrize(
    ("tex", "in_code", "source"),
    [
        (r"a\_1 &lt; b", False, "a_1 < b"),
        (r" a \mbox{<b>} \& c ", True, r"a \mbox{<b>} \& c"),
        (r"\RR", True, r"\RR"),
    ],
)
def test_the_source_is_kept_as_its_author_means_it(tex: str, in_code: bool, source: str) -> None:
    html = MathRenderer({"RR": r"\mathbb{R}"}).render(tex, display=False, in_code=in_code).html
    found = re.search(r'<annotation encoding="application/x-tex">([^<]*)</annotation>', html)
    assert found is not None
    assert unescape(found[1]) == source


def test_what_markdown_would_leave_is_read_as_it_stands_where_only_that_is_tex() -> None:
    rendered = MathRenderer().render(r"x_{\mathrm{a\_b\_c}\_d\_e}", display=False)
    assert rendered.error is None
    assert "a_b_c" in rendered.html


@pytest.mark.parametrize(
    ("tex", "place", "message"),
    [
        (r"\frac{1}{", "{", "{ is never closed"),
        (r"\frac{1}", "}", "expected argument but reached end of input"),
        (r"a } b", "}", "} closes nothing"),
        (r"a_b_c", "_c", "duplicate subscript or superscript"),
        (r"\begin{matrix} a", r"\begin", r"\begin{matrix} is never closed"),
        (r"\begin{matrix} a \end{pmatrix}", r"\end", r"\end{pmatrix} ends \begin{matrix}"),
        (r"\begin{matrix} { \end{matrix}", r"\end", r"{ is not closed before \end{matrix}"),
        (r"a \end{matrix}", r"\end", r"\end{matrix} ends nothing"),
        (r"\left( a", r"\left", r"\left is never closed"),
        (r"a \right)", r"\right", r"\right has no \left"),
        (r"\left(a}", "}", r"\left is not closed before }"),
        (r"\text{a", r"\text", r"\text is never closed"),
        (r"\text{a $x}", "}", "$ is not closed before }"),
        (r"a $ b", "$", "$ does not belong in a formula"),
        (r"\textcolor{red}", r"\textcolor", r"\textcolor needs an argument"),
        (r"\sqrt{\text{\bb}}", r"\bb", r"the command \bb is not known"),
        (r"\begin{nope} x \end{nope}", r"\begin", r'unknown environment "nope"'),
        (r"\bbox[x", "[", r"the bracket after \bbox is never closed"),
        (r"\newcommand{x}{y}", r"\newcommand", r"\newcommand needs the name of a command"),
        (r"\newcommand{\x}[a]{y}", r"\newcommand", r"\newcommand takes up to 9 arguments"),
        (r"\def\a(#1){y}", r"\def", r"\def with text between its arguments is not known here"),
        (r"\unicode{hello}", r"\unicode", "hello is not a character"),
        (r"\unicode{x0}", r"\unicode", "x0 is not a visible character"),
        (r"\newcommand{\a}{\b} \newcommand{\b}{\a} \a", r"\a", "macros call each other without end"),
        (r"\left", r"\left", r"\left needs a delimiter"),
    ],
)
def test_a_formula_that_does_not_parse_names_the_place(tex: str, place: str, message: str) -> None:
    rendered = MathRenderer().render(tex, display=False)
    assert rendered.error is not None
    assert rendered.error.message == message
    assert tex[rendered.error.start :].startswith(place)
    assert not rendered.error.shown


def test_a_mistake_in_a_macro_is_placed_where_it_is_called_and_one_in_its_argument_where_it_stands() -> None:
    renderer = MathRenderer({"bad": r"x + \nonsense", "pair": r"(#1, #1)"})
    for tex, place in ((r"y + \bad", r"\bad"), (r"y + \pair{\wrong}", r"\wrong")):
        error = renderer.render(tex, display=False).error
        assert error is not None
        assert tex[error.start : error.end] == place


def test_a_formula_that_does_not_parse_shows_its_source() -> None:
    assert MathRenderer().render(r"a < }" + '"', display=False).html == (
        r'<code class="slidegen-math-error" title="} closes nothing">$a &lt; }"$</code>'
    )
    html = MathRenderer().render(r"\frac{", display=True).html
    assert 'class="slidegen-math-error slidegen-math-display"' in html
    assert r"$$\frac{$$" in html


@pytest.mark.parametrize(
    ("tex", "commands"),
    [
        (r"a\_1 + \nonsense{x}", [r"\nonsense"]),
        (r"x^\one + \frac{\two}{\one}", [r"\one", r"\two", r"\one"]),
        (r"\begin{pmatrix} \what & y \\ \sqrt\what & \alpha \end{pmatrix}", [r"\what", r"\what"]),
    ],
)
def test_commands_that_nobody_knows_are_shown_by_name_as_mathjax_does(tex: str, commands: list[str]) -> None:
    rendered = MathRenderer().render(tex, display=False)
    shown = re.findall(r'<mrow class="slidegen-math-unknown">.*?<mtext>(.*?)</mtext>', rendered.html)
    assert shown == commands
    assert rendered.error is not None
    assert rendered.error.shown
    assert rendered.error.command == commands[0]
    assert tex[rendered.error.start : rendered.error.end] == commands[0]


def test_the_same_formula_is_rendered_once() -> None:
    renderer = MathRenderer()
    first = renderer.render(r"\frac{1}{2}", display=True)
    assert renderer.render(r"\frac{1}{2}", display=True) is first
    assert renderer.render(r"\frac{1}{2}", display=False) is not first


def test_nothing_heavy_is_imported_before_the_first_formula() -> None:
    script = (
        "import sys; from slidegen.render.math import MathRenderer; renderer = MathRenderer({'a': 'b'});"
        "assert not {'math_core', 'uharfbuzz'} & set(sys.modules);"
        "renderer.render('x', display=False); assert 'math_core' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "[x",
        r"\{",
        r"\langle ",
        r"\log(",
        "{[}",
        r"\bigl(",
        r"\lvert ",
        r"\left(",
        "{",
        r"\hat ",
        r"\sqrt{",
        "x^{",
    ]
    + [
        r"\frac a",
        r"\begin{matrix}",
        r"\begin{matrix}&",
        r"\text{",
        r"\text{$",
        r"\large ",
        r"\color{red}",
        r"\bf ",
    ]
    + [
        r"\displaystyle ",
        r"\sqrt[",
        r"\\",
        r"\_",
        "_",
        "'",
        "%",
        "#",
        r"\newcommand{\a}{b}",
        r"\tag{1}",
        r"\ket{(",
    ],
)
def test_no_formula_takes_the_process_down_or_for_ever(piece: str) -> None:
    tex = piece * 5000
    start = time.process_time()
    for in_code in (True, False):
        assert MathRenderer(number=True).render(tex, display=True, in_code=in_code).html
    assert time.process_time() - start < 60


@pytest.mark.parametrize("depth", [40, 240])
def test_what_is_nested_deeply_renders_or_says_that_it_is_too_deep(depth: int) -> None:
    rendered = MathRenderer().render(r"\sqrt{" * depth + "x" + "}" * depth, display=False)
    assert (rendered.error is None) == (depth == 40)
    assert rendered.error is None or "too deep" in rendered.error.message


PIECES = st.sampled_from(
    [
        *COMMANDS,
        *r"{ } { } $ [ ] ( ) ^ _ & \\ \\\\ x 1 = ~ # % ' é 𝐀 \_ \{ \\{ \\\_ \alpha \frac \sqrt \hat \sum \over".split(),
        *r"\begin{aligned} \end{aligned} \begin{align} \end{align} \begin{cases} \end{cases} \hline \limits".split(),
        *r"\begin{array}{cc} \end{array} \begin{equation} \end{equation} \text{ \label{q} \ref{q} \a \|".split(),
        r"\newcommand{\a}[1]{x#1}",
        " ",
        "\n",
    ]
)


@given(
    st.one_of(st.text(), st.lists(PIECES, max_size=25).map("".join)),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
@example(r"\begin{align}\end{align}", True, True, True)
@example("\\", True, False, False)
@settings(max_examples=400)
def test_any_text_gives_balanced_html(tex: str, display: bool, in_code: bool, number: bool) -> None:
    rendered = MathRenderer(number=number).render(tex, display=display, in_code=in_code, key=0)
    opened: list[str] = []
    for tag in re.finditer(r"<(/?)([a-z]+)[^<>]*?(/?)>", rendered.html):
        if tag[1]:
            assert opened.pop() == tag[2]
        elif not tag[3]:
            opened.append(tag[2])
    assert opened == []
    assert "textcolor" not in rendered.html or "textcolor" in tex
    characters_of(rendered.html)
    if rendered.error is not None:
        assert 0 <= rendered.error.start < rendered.error.end <= len(tex) + 1
        assert rendered.error.shown or rendered.html.startswith("<code ")
