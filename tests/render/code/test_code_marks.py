"""The marks that authors put into code: `*`, xaringan's `{{ }}` and `#<<`, backticks and other delimiters."""

import pytest

from slidegen.render.code.marks import MarkedCode, read_marks, span_marker


def marked_lines(text: str, *, knitr: bool = False) -> MarkedCode:
    return read_marks(text, lines=True, knitr=knitr, spans=None)


def shown(text: str, spans: bool | str = True) -> str:
    """The line with what is marked in angle brackets."""
    code = read_marks(text, lines=False, knitr=False, spans=span_marker(spans))
    line = code.text
    for start, end in reversed(code.spans):
        line = f"{line[:start]}<{line[start:end]}>{line[end:]}"
    return line


@pytest.mark.parametrize(
    ("line", "text"),
    [("*x", "x"), ("* x", "  x"), ("*  x", "   x"), ("**x", "*x"), ("*", ""), ("* ", "  ")],
)
def test_a_star_makes_way_for_the_blank_after_it(line: str, text: str) -> None:
    assert marked_lines(line) == MarkedCode(text, frozenset({0}), ())


def test_a_star_further_on_marks_nothing() -> None:
    assert marked_lines(" *x\nx *") == MarkedCode(" *x\nx *", frozenset(), ())


def test_braces_may_be_indented_and_follow_each_other() -> None:
    assert marked_lines("  {{num = 10}}\n{{dat()}}\nx", knitr=True) == MarkedCode(
        "   num = 10\ndat()\nx", frozenset({0, 1}), ()
    )


@pytest.mark.parametrize("text", ["{{ df }} %>%", "  {{group}}", "f({{x + 1}})", "{{ x", "{{ x\ny", "a\n{{"])
def test_an_embraced_name_and_braces_without_end_are_code(text: str) -> None:
    assert marked_lines(text, knitr=True) == MarkedCode(text, frozenset(), ())


@pytest.mark.parametrize(
    "text", ["f() %>%\n{{ g(1,\n   2) }}", "{{\nf()\n}}", "  {{ f(1,\n\n 2) }} %>%\n h()", "{{ f() }} %>%"]
)
def test_braces_that_are_not_around_one_whole_line_are_code(text: str) -> None:
    """xaringan turns only braces around a line into a star, so its pages show these."""
    assert marked_lines(text, knitr=True) == MarkedCode(text, frozenset(), ())


@pytest.mark.parametrize("text", ["{{ .Values.service | toYaml }}", "a: {{ b() }}", "x #<<"])
def test_braces_outside_r_are_code(text: str) -> None:
    assert marked_lines(text) == MarkedCode(text, frozenset(), ())


@pytest.mark.parametrize(
    ("line", "text"),
    [("x #<<", "x"), ("  x  # why #<<  ", "  x  # why"), ("x#<<", "x"), ("\tx #<<", "\tx")],
)
def test_a_trailing_comment_marks_a_line_of_r(line: str, text: str) -> None:
    assert marked_lines(line, knitr=True) == MarkedCode(text, frozenset({0}), ())


def test_a_trailing_comment_alone_or_after_a_star_is_code() -> None:
    assert marked_lines("#<<", knitr=True) == MarkedCode("#<<", frozenset(), ())
    assert marked_lines("*x #<<", knitr=True) == MarkedCode("x #<<", frozenset({0}), ())


@pytest.mark.parametrize(
    ("line", "result"),
    [
        ("f(`x`)", "f(<x>)"),
        ("`x` y `z`", "<x> y <z>"),
        ("\\`x`", "`x`"),
        ("a \\`x` `y`", "a `x` <y>"),
        ("`a``b`", "<a>`b`"),
        ("``x``", "``x``"),
        ("a ` b", "a ` b"),
        ("`", "`"),
        ("a `b\\`", "a <b\\>"),
    ],
)
def test_backticks_mark_a_part_of_a_line(line: str, result: str) -> None:
    assert shown(line) == result


def test_a_span_ends_with_its_line() -> None:
    assert shown("a `b\nc` d") == "a `b\nc` d"


@pytest.mark.parametrize(
    ("value", "line", "result"),
    [
        ("{{ }}", "f({{x}}, {{y}})", "f(<x>, <y>)"),
        ("{{ }}", "{{x", "{{x"),
        ("{{ }}", "{{}} x }}", "<}} x >"),
        ("« »", "«return» 123; \\«x»", "<return> 123; «x»"),
        ("/«([^»]+?)»/g", "«return» 123", "<return> 123"),
        ("/@(x)@/gi", "@X@ `y`", "<X> `y`"),
        (r"@(\w+)@", "a @b@ c", "a <b> c"),
    ],
)
def test_other_marks_can_be_chosen(value: str, line: str, result: str) -> None:
    assert shown(line, value) == result


def test_no_marks_are_looked_for_where_none_are_chosen() -> None:
    assert span_marker(False) is None
    assert span_marker("") is None


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("/(/", "does not compile"),
        ("x+", "no group"),
        ("(" * 400 + "x" + ")" * 400, "does not compile|too long"),
        (f"/({'x' * 2_000})/", "too long"),
        ("/((a{300}){300}){300}/", "repeats too much"),
        ("/(a{99999999999999999999})/", "repeats too much"),
        ("/(a{0,500}){500}/", "repeats too much"),
        ("/((?R)a)/", "calls itself"),
        ("/(a(?1)?)/", "calls itself"),
        ("/(?<x>a(?&x)?)/", "calls itself"),
    ],
)
def test_marks_that_mean_nothing_are_refused(value: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        span_marker(value)


def test_places_count_from_the_start_of_the_code_without_marks() -> None:
    code = read_marks("*a `b`\nc `d`", lines=True, knitr=False, spans=span_marker(True))
    assert code == MarkedCode("a b\nc d", frozenset({0}), ((2, 3), (6, 7)))
