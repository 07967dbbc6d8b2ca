from __future__ import annotations

import pytest

from slidegen.diagnostics import Code, Diagnostic, Reporter, Severity, all_codes, in_reading_order
from slidegen.diagnostics.formatting import format_diagnostic
from slidegen.source import Origin, Source, Span, visible


def at(text: str, part: str, path: str = "talk.md") -> Span:
    """The first place of a part of a text."""
    start = text.index(part)
    return Span(Source(path, text), start, start + len(part))


def shown(text: str, part: str, hint: str = "") -> list[str]:
    return format_diagnostic(Diagnostic(Code.MISSING_ASSET, "it is gone", at(text, part), hint)).splitlines()


def test_place_message_line_caret_and_hint() -> None:
    assert shown("# One\n\nsee ![](a.png) there\n", "a.png", "put it there") == [
        "talk.md:3:9: warning[SG104]: it is gone",
        "  3 | see ![](a.png) there",
        "    |         ^^^^^",
        "  hint: put it there",
    ]


def test_the_caret_stays_under_its_place_whatever_the_lines_number() -> None:
    head, line, caret = shown("\n" * 1233 + "ab cd", "cd")
    assert head.startswith("talk.md:1234:4: ")
    assert (line, caret) == ("  1234 | ab cd", "       |    ^^")


def test_a_tab_is_as_wide_as_the_caret_takes_it() -> None:
    _, line, caret = shown("\tsee a.png", "a.png")
    assert line.index("a.png") == caret.index("^")


def test_of_a_place_over_several_lines_the_first_is_underlined() -> None:
    _, line, caret = shown("so .a[one\ntwo]\n", ".a[one\ntwo]")
    assert (line, caret) == ("  1 | so .a[one", "    |    ^^^^^^")


@pytest.mark.parametrize("before", [0, 40, 99, 100, 5000, 1_000_000])
def test_of_a_long_line_what_is_around_the_mistake_is_shown(before: int) -> None:
    _, line, caret = shown("x" * before + " a.png " + "y" * 5000, "a.png")
    assert len(line) < 120
    assert line[caret.index("^") :].startswith("a.png")
    assert caret.count("^") == len("a.png")


def test_a_caret_does_not_go_past_what_is_shown() -> None:
    _, line, caret = shown("z" * 500, "z" * 500)
    assert len(caret) <= len(line)


def test_a_place_at_the_end_of_a_text_has_a_caret() -> None:
    source = Source("talk.md", "ab")
    lines = format_diagnostic(Diagnostic(Code.BAD_YAML, "ends", Span(source, 2, 2))).splitlines()
    assert lines == ["talk.md:1:3: error[SG003]: ends", "  1 | ab", "    |   ^"]


def test_further_lines_of_a_hint_stand_below_the_first() -> None:
    assert shown("a", "a", "write this:\nx: 1\ny: 2")[-3:] == [
        "  hint: write this:",
        "        x: 1",
        "        y: 2",
    ]


def test_a_diagnostic_without_a_place_names_its_file() -> None:
    assert format_diagnostic(Diagnostic(Code.NO_SUCH_FILE, "it is not there", path="a.md")) == (
        "a.md: error[SG001]: it is not there"
    )
    assert format_diagnostic(Diagnostic(Code.NO_SUCH_FILE, "nothing")) == "error[SG001]: nothing"


def test_each_part_has_a_colour_of_its_own() -> None:
    diagnostic = Diagnostic(Code.BAD_YAML, "bad", at("abc", "b"), "do this")
    text = format_diagnostic(diagnostic, lambda part, role: f"<{role} {part}>")
    for part in ("<place talk.md:1:2>", "<error error[SG003]>", "<hint hint>"):
        assert part in text
    assert "^>" in text


def test_columns_count_characters_and_lines_count_from_one() -> None:
    diagnostic = Diagnostic(Code.BAD_FORMULA, "bad", at("é世😀x", "x"))
    assert format_diagnostic(diagnostic).startswith("talk.md:1:4: ")


def test_what_is_wrong_in_a_taken_text_is_shown_in_the_file_it_was_taken_from() -> None:
    file = Source("talk.md", "footer: see $x$\n")
    taken = Source("talk.md", "see $x$", Origin(file, ((0, 8),)))
    lines = format_diagnostic(Diagnostic(Code.BAD_FORMULA, "bad", Span(taken, 4, 7).written)).splitlines()
    assert lines[:3] == [
        "talk.md:1:13: warning[SG108]: bad",
        "  1 | footer: see $x$",
        "    |             ^^^",
    ]


def test_a_mistake_is_reported_once_a_place() -> None:
    reporter = Reporter()
    text = "a.png a.png"
    source = Source("talk.md", text)
    for start in (0, 0, 6, 0):
        reporter.report(Code.MISSING_ASSET, "gone", Span(source, start, start + 5))
    reporter.report(Code.MISSING_ASSET, "gone too", Span(source, 0, 5))
    assert [(item.message, item.span.start) for item in reporter if item.span] == [
        ("gone", 0),
        ("gone", 6),
        ("gone too", 0),
    ]


def test_warnings_do_not_fail_a_deck_and_an_error_does() -> None:
    reporter = Reporter()
    reporter.report(Code.MISSING_ASSET, "gone")
    assert not reporter.failed
    reporter.report(Code.UNKNOWN_MACRO, "unknown")
    assert reporter.failed


def test_diagnostics_are_sorted_by_place_file_by_file() -> None:
    one, two = Source("a.md", "abc"), Source("b.md", "abc")
    spans = [Span(two, 0, 1), Span(one, 2, 3), None, Span(one, 0, 1)]
    diagnostics = [Diagnostic(Code.BAD_YAML, str(number), span) for number, span in enumerate(spans)]
    assert [item.message for item in sorted(diagnostics, key=in_reading_order)] == ["2", "3", "1", "0"]


def test_codes_are_unique_and_say_their_severity() -> None:
    numbers = [code.number for code in all_codes()]
    assert len(set(numbers)) == len(numbers)
    for code in all_codes():
        expected = Severity.ERROR if code.number.startswith("SG0") else Severity.WARNING
        assert code.severity is expected, code


HOSTILE = [
    "\x1b[31mred", "\x1b]0;title\x07", "\x9b31m", "\x1b]52;c;eA==\x1b\\", "a\x08b", "\x7f", "\r", "\u202eleft",
    "\u2066x\u2069",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_a_deck_holds_makes_a_terminal_do_something(text: str) -> None:
    span = at(f"{text} here\n", "here", f"{text}\n.md")
    called = Span(Source("b.md", "x", included_at=at(f"{text}!", "!", text)), 0, 1)
    named = Diagnostic(Code.MISSING_ASSET, text, None, text, f"{text}\n.md")
    for diagnostic in (Diagnostic(Code.MISSING_ASSET, text, span, text), named):
        shown = format_diagnostic(diagnostic)
        assert all(letter.isprintable() or letter == "\n" for letter in shown)
        assert shown.splitlines()[0].count(".md: ") + shown.splitlines()[0].count(".md:1:") == 1
    assert all(
        letter.isprintable() or letter == "\n"
        for letter in format_diagnostic(Diagnostic(Code.MISSING_ASSET, "x", called))
    )


def test_the_caret_stays_under_its_place_after_what_is_made_visible() -> None:
    _, line, caret = shown("\x1b[31m a.png\x07", "a.png")
    assert line.index("a.png") == caret.index("^")


def test_letters_of_all_scripts_stay() -> None:
    text = "Übung, 日本語, עברית, \u200fمرحبا, 👩\u200d🏫, e\u0301"
    assert visible(text) == text
