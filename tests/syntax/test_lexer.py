from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidegen.diagnostics import Reporter
from slidegen.source import Source
from slidegen.syntax.lexer import lex
from slidegen.syntax.parser import parse_deck
from slidegen.syntax.properties import PropertyRules
from slidegen.syntax.tokens import TokenKind

PIECES = st.sampled_from(
    [
        "a",
        " ",
        "\n",
        "\n\n",
        "---\n",
        "--\n",
        "???\n",
        "`",
        "```\n",
        "```py\n",
        ".a[",
        ".a.b[",
        "]",
        "[",
        "\\",
        "$",
    ]
    + [
        "$$",
        "\\(",
        "\\)",
        "\\\\[",
        "![:m",
        "](",
        ")",
        "    ",
        "key: value\n",
        "name: x\n",
        "<!-- ",
        "-->",
        "{{x}}",
    ]
    + ["<script>", "</script>", "[i]: u\n", "~~~\n", "é", "\t"]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_character_is_lost(text: str) -> None:
    tokens = lex(text, 0, len(text), PropertyRules.of(text))
    assert "".join(text[token.start : token.end] for token in tokens) == text
    assert all(token.start < token.end for token in tokens)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_content_classes_are_balanced(text: str) -> None:
    depth = 0
    for token in lex(text, 0, len(text), PropertyRules.of(text)):
        depth += (token.kind is TokenKind.CLASS_OPEN) - (token.kind is TokenKind.CLASS_CLOSE)
        assert depth >= 0
        assert depth == 0 or token.kind not in (TokenKind.SEPARATOR, TokenKind.NOTES)
    assert depth == 0


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_a_deck(text: str) -> None:
    assert parse_deck(Source("deck.md", text), Reporter()).slides


@pytest.mark.parametrize(
    "piece",
    [
        "`",
        "`a\n",
        ".a[`",
        "````a\n",
        "$a ",
        "{$ ",
        "{$}",
        "}$a{",
        "$$ a^{ ",
        "- $$\n",
        "> $$ x\n",
        "\\( ",
        "\\\\[ x\n\n",
        "\\begin{align} ",
        "\\begin{align}\n\n\\end{align}",
        "\\(^",
        "    $a `\n",
        "    `` $$ {\n",
        "    \\begin{align}\n",
        "$1 a",
        "<b>\\(",
        "<p>\\(^\n",
        "<div>\n",
        "![:a](",
        "<a ",
        "<!-- a:",
        "[a]: b ( ",
        ".a",
        ".a[",
        "[",
    ],
)
def test_time_is_linear(piece: str) -> None:
    """A quadratic lexer would take minutes for this; there is no clock here, only the test runner's patience."""
    text = piece * (300_000 // len(piece))
    tokens = lex(text, 0, len(text), PropertyRules.of(text))
    assert tokens[-1].end == len(text)
