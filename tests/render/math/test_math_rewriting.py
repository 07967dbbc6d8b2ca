"""LaTeX that math-core alone does not know, or understands in another way."""

import re
from pathlib import Path

import pytest

from slidegen.render.math import MathRenderer
from tests.cases import Case, read_cases
from tests.render.math.mathml import mathml


def text(html: str) -> str:
    """What stands in the elements."""
    return re.sub(r"<[^>]*>", "", html)


def normal(html: str) -> str:
    """MathML without rows around a single thing or nothing, which show nothing."""
    before = ""
    while before != html:
        before = html
        html = re.sub(r"<mrow>(<(\w+)[^>]*>[^<]*</\2>|)</mrow>", r"\1", html)
    return re.sub(r"<mrow>|</mrow>", "", html) if html.startswith("<mrow>") else html


@pytest.mark.parametrize("case", read_cases(Path(__file__).with_name("same.txt")), ids=str)
def test_means_the_same(case: Case) -> None:
    assert normal(mathml(case.given)) == normal(mathml(case.expected))


@pytest.mark.parametrize(
    ("tex", "size", "what"),
    [
        (r"\large x + y", "1.2", "x+y"),
        (r"a {\Large b} c", "1.44", "b"),
        (r"\begin{matrix} \tiny a & b \\ c \end{matrix}", "0.5", "a"),
        (r"\left( \small a \right) b", "0.85", "a"),
        (r"\frac{\huge a}{b}", "2.07", "a"),
    ],
)
def test_a_size_holds_to_the_end_of_what_it_stands_in(tex: str, size: str, what: str) -> None:
    found = re.search(rf'<mrow style="font-size:{size}em">(.*?)</mrow>', mathml(tex))
    assert found is not None
    assert text(found[1]) == what


@pytest.mark.parametrize(
    ("tex", "color", "what"),
    [
        (r"\color{red}{x} y", "red", "x"),
        (r"\color{red} x y", "red", "xy"),
        (r"\textcolor{#0a0}{x} y", "#0a0", "x"),
        (r"\textcolor{BrickRed}{x}", "#C43119", "x"),
        (r"\textcolor{SteelBlue}{x}", "SteelBlue", "x"),
        (r"\color[RGB]{10,20,30}{x}", "rgb(10,20,30)", "x"),
        (r"\color[rgb]{1,0.5,0}{x}", "rgb(100.00%,50.00%,0.00%)", "x"),
        (r"\color[HTML]{00AAFF}{x}", "#00AAFF", "x"),
        (r"\color[gray]{0.5}{x}", "rgb(50.00%,50.00%,50.00%)", "x"),
        (r"\text{a \textcolor{red}{b $x$} c}", "red", "b x"),
        (r"\text{a \color{red}b} c", "red", "b"),
    ],
)
def test_a_color_is_the_one_that_is_named(tex: str, color: str, what: str) -> None:
    found = re.search(rf'<mrow style="color:{re.escape(color)}">(.*?)</mrow>', mathml(tex))
    assert found is not None
    assert text(found[1]).replace("\xa0", " ") == what


def test_a_color_cannot_leave_its_attribute() -> None:
    html = mathml(r'\color{red;"onclick=x}{y} \class{"><script>}{z}')
    assert "<script" not in html
    assert re.findall(r'(\w+)="', html.replace("&quot;", "")) == ["style", "class"]


def test_more_looks_than_there_are_digits_are_still_told_apart() -> None:
    colors = [f"#{number:06x}" for number in range(100)]
    html = mathml("".join(rf"\textcolor{{{color}}}{{x}}" for color in colors))
    assert re.findall(r"color:(#[0-9a-f]+)", html) == colors


@pytest.mark.parametrize(
    ("tex", "opening"),
    [
        (r"\class{big}{x}", '<mrow class="big">'),
        (r"\cssId{one}{x}", '<mrow id="one">'),
        (r"\style{color:red}{x}", '<mrow style="color:red">'),
        (r"\href{https://example.org/?a&b}{x}", '<mrow href="https://example.org/?a&amp;b">'),
        (
            r"\bbox[yellow, 3px, border: 1px solid]{x}",
            'style="background:yellow;padding:3px;border: 1px solid">',
        ),
        (r"\enclose{circle}{x}", '<menclose notation="circle">'),
        (r"\smash{x}", '<mpadded height="0" depth="0">'),
        (r"\smash[b]{x}", '<mpadded depth="0">'),
        (r"\mathrlap{x}", '<mpadded width="0">'),
        (r"\raisebox{1ex}{x}", '<mpadded voffset="1ex">'),
        (r"\rule{2em}{1ex}", '<mspace width="2em" height="1ex"'),
        (r"a \\[1em] b", '<mspace width="0" height="0" depth="1.35em"'),
        (r"\begin{smallmatrix} a & b \end{smallmatrix}", '<mrow class="slidegen-math-small"><mtable'),
    ],
)
def test_looks_become_attributes(tex: str, opening: str) -> None:
    assert opening in mathml(tex)


def test_a_colored_box_holds_text() -> None:
    assert text(mathml(r"\colorbox{yellow}{a $x$} \fcolorbox{red}{white}{b}")).replace("\xa0", " ") == "a xb"


def test_the_decks_macros_hold_in_all_formulas() -> None:
    renderer = MathRenderer(
        {
            "RR": r"\mathbb{R}",
            "\\norm": r"\lVert #1 \rVert",
            "pair": [r"(#1, #2)", 2],
            "given": [r"p(#1 \mid #2)", 2, "x"],
        }
    )
    given = r"\norm{a} \pair{b}{\RR} \given{y} \given[z]{y} \text{\RR}"
    wanted = r"\lVert a \rVert (b, \mathbb{R}) p(x \mid y) p(z \mid y) \text{\mathbb{R}}"
    given, wanted = given.replace(r"\text{\RR}", ""), wanted.replace(r"\text{\mathbb{R}}", "")
    assert mathml(given, renderer=renderer) == mathml(wanted)


def test_a_macro_may_take_the_name_of_a_command() -> None:
    renderer = MathRenderer({"R": r"\mathcal{R}", "vec": r"\mathbf{#1}", "text": "T"})
    assert mathml(r"\R \vec{x} \text", renderer=renderer) == mathml(r"\mathcal{R} \mathbf{x} T")


def test_what_a_formula_defines_holds_from_there_on() -> None:
    renderer = MathRenderer()
    before = renderer.render(r"\ket", display=False)
    defining = renderer.render(r"\newcommand{\ket}[1]{|#1\rangle}", display=True)
    assert before.error is not None
    assert "slidegen-math-empty" in defining.html
    assert mathml(r"\ket{x}", renderer=renderer) == mathml(r"|x\rangle")


def test_a_formula_that_fails_defines_nothing() -> None:
    renderer = MathRenderer()
    assert renderer.render(r"\newcommand{\a}{b} \frac", display=False).error is not None
    assert renderer.render(r"\a", display=False).error is not None


@pytest.mark.parametrize(
    ("tex", "display", "element"),
    [
        (r"\mathop{a}_b", True, "<munder>"),
        (r"\mathop{a}_b", False, "<msub>"),
        (r"\mathop{a}\limits_b", False, "<munder>"),
        (r"\mathop{a}\nolimits_b", True, "<msub>"),
        (r"\operatorname*{\mathbb{E}}_b", True, "<munder>"),
        (r"\operatorname{\mathbb{E}}_b", True, "<msub>"),
    ],
)
def test_an_operators_scripts_stand_below_it_where_tex_puts_them(
    tex: str, display: bool, element: str
) -> None:
    assert mathml(tex, display=display).startswith(element)


def test_a_formula_in_a_line_has_no_lines() -> None:
    assert "<mtable" not in mathml(r"a \\ b", display=False)


def test_the_mark_of_a_long_bar_stretches() -> None:
    assert mathml(r"\overline{xy}").endswith('<mo stretchy="true">‾</mo></mover>')


@pytest.mark.parametrize(
    ("tex", "borders"),
    [
        (r"\begin{array}{|c|} a \\ \hline \end{array}", [["bottom", "left", "right"]]),
        (r"\begin{array}{c:c} a & b \end{array}", [["right dashed"], []]),
        (
            r"\begin{array}{||c} \hline a \\ \hline\hline b \end{array}",
            [["left double", "top"], ["left double", "top double"]],
        ),
        (r"\begin{matrix} a \\ \hdashline b \end{matrix}", [[], ["top dashed"]]),
        (r"\begin{array}{c|c} a & b \\ c \end{array}", [["right"], [], ["right"], []]),
        (r"\begin{array}{cc} a & b \\ \cline{2-2} c & d \\ \end{array}", [[], [], [], ["top"]]),
        (
            r"\begin{array}{c} \begin{array}{c} x \\ \hline \end{array} \\ \hline \end{array}",
            [["bottom"], ["bottom"]],
        ),
    ],
)
def test_lines_of_arrays_are_borders_of_cells(tex: str, borders: list[list[str]]) -> None:
    html = mathml(tex)
    found = [
        sorted(
            f"{side} {look}".removesuffix(" solid")
            for side, look in re.findall(r"border-(\w+):\S+ (\w+)", cell)
        )
        for cell in re.findall(r"<mtd\b([^>]*)>", html)
    ]
    assert found == borders
    assert "data-lines" not in html


@pytest.mark.parametrize("tex", [r"\hline x", r"\begin{array}{c} a \\ \cline{a} \end{array}"])
def test_a_line_where_none_can_be_is_a_mistake(tex: str) -> None:
    assert MathRenderer().render(tex, display=True, in_code=True).error is not None
