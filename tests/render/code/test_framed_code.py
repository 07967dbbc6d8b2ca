"""Code blocks that say more than their language, and terminal sessions."""

from __future__ import annotations

import re
from html import unescape

import pytest

from slidegen.render.code import CodeOptions, CodeRenderer

LINE = re.compile(
    r'<(div|span) class="remark-code-line ?([^"]*)"[^>]*>(.*?)</\1>(?=<(?:div|/code|span class="remark))'
)
THREE = "a\nb\nc"


def lines(html: str) -> list[tuple[str, str]]:
    """The classes of each line beside the usual, and its text."""
    found = re.findall(
        r'<(div|span) class="remark-code-line ?([^"]*)"[^>]*>(.*?)</\1>(?=<(?:div|/code|span class="remark))',
        html,
    )
    return [(classes, unescape(re.sub(r"<[^>]*>", "", text))) for _, classes, text in found]


@pytest.mark.parametrize(
    "info", ["js {2-3}", "js{2,3}", 'js hl_lines="2 3"', "js {2-}", '{.js code-line-numbers="2-3"}']
)
def test_lines_are_highlighted(info: str) -> None:
    lit = "remark-code-line-highlighted"
    assert lines(CodeRenderer().block(THREE, info)) == [("", "a"), (lit, "b"), (lit, "c")]


def test_stars_count_too() -> None:
    html = CodeRenderer(CodeOptions(highlight_lines=True)).block("*a\nb\nc", "text {3}")
    assert [bool(classes) for classes, _ in lines(html)] == [True, False, True]


def test_steps_are_marks_at_the_lines_of_one_copy() -> None:
    blocks = [CodeRenderer().block(THREE, f"text {{1|2-3|all}}{mark}") for mark in ("", "\x112", "\x113")]
    shown = [re.search(r'data-step="([^"]*)"', html) for html in blocks]
    assert [match and match[1] for match in shown] == ["1", "2", "all"]
    assert len({re.sub(r'data-step="[^"]*"', "", html) for html in blocks}) == 1
    assert re.findall(r'data-steps="([^"]*)"', blocks[0]) == ["1", "2", "2"]


def test_a_title_numbers_and_long_lines() -> None:
    html = CodeRenderer().block(THREE, 'js title="a <b>.js" linenums=12 wrap')
    assert html.startswith(
        '<div class="slidegen-framed slidegen-numbered slidegen-wrap" style="--slidegen-first-line: 12" '
        'role="figure" aria-label="a &lt;b&gt;.js"><div class="slidegen-code-title">a &lt;b&gt;.js</div><pre>'
    )


@pytest.mark.parametrize(
    ("said", "numbered"), [("TRUE", True), ("true", True), ("false", False), ("FALSE", False)]
)
def test_r_writes_true_in_capitals(said: str, numbered: bool) -> None:
    html = CodeRenderer().block(THREE, f"{{.r linenums={said}}}")
    assert ("slidegen-numbered" in html) == numbered


def test_a_title_alone_leaves_the_language_to_the_deck() -> None:
    html = CodeRenderer(CodeOptions(highlight_language="python")).block("x = 1", 'title="a"')
    assert '<code class="python hljs remark-code">' in html


def test_additions_lose_their_signs_and_keep_their_colours() -> None:
    html = CodeRenderer().block(" a = 1\n-b = 2\n+c = 3", "python diff")
    assert lines(html) == [("", "a = 1"), ("slidegen-removed", "b = 2"), ("slidegen-added", "c = 3")]
    assert "hljs-number" in html
    bare = CodeRenderer().block("a = 1\n+c = 3", "python diff")
    assert lines(bare) == [("", "a = 1"), ("slidegen-added", "c = 3")]


def test_a_session_has_what_is_typed_and_what_comes_of_it() -> None:
    html = CodeRenderer().block("$ ls\na.txt\nme@host:~/x$ cat <a>", "console")
    assert lines(html) == [
        ("slidegen-input", "$ ls"),
        ("slidegen-output", "a.txt"),
        ("slidegen-input", "me@host:~/x$ cat <a>"),
    ]


@pytest.mark.parametrize("escape", ["\x1b", "\\e", "\\x1b", "\\033"])
def test_escape_sequences_give_colours(escape: str) -> None:
    html = CodeRenderer().block(f"$ x\n{escape}[1;31mr <\ns{escape}[0m t{escape}[2K", "console")
    assert '<span class="slidegen-ansi-1 slidegen-ansi-31">r &lt;</span></div>' in html
    assert '<span class="slidegen-ansi-1 slidegen-ansi-31">s</span> t</div>' in html


def test_a_session_without_a_prompt_is_as_before() -> None:
    assert "slidegen" not in CodeRenderer().block("pip install x", "console")


def test_chunks_of_knitr_are_as_before() -> None:
    assert CodeRenderer().block("x", "{r, echo=FALSE, fig.cap='a|b'}") == CodeRenderer().block("x", "{r}")


def test_numbers_without_end_do_no_harm() -> None:
    html = CodeRenderer().block(THREE, "text {1-999999999999,99999999999999|2}")
    assert re.findall(r'data-steps="([^"]*)"', html) == ["1", "1 2", "1"]
