"""Code without a letter beyond ASCII is read by shorter rules, with the same outcome."""

from __future__ import annotations

import pytest

from slidegen.render.code.languages import ascii_lexer, lexer
from slidegen.render.code.tokens import tokenize

CODE = """# x = 1
@cached(size=3)
def area_2(r, *args) -> float:
    '''Doc.'''
    return f"{r!r:>10}" + 'it\\'s' if r is not None else 0x1F  # more
const name = `a ${b} c`; let $el = /re[gx]+/g; class A extends B { #p = 1; }
for (int i = 0; i < n; ++i) { puts("x"); }
"""


@pytest.mark.parametrize(
    "name", ["python", "javascript", "typescript", "c", "java", "r", "haskell", "csharp"]
)
def test_pieces_are_the_same(name: str) -> None:
    short = list(ascii_lexer(name).get_tokens_unprocessed(CODE))
    assert short == list(lexer(name).get_tokens_unprocessed(CODE))


def test_names_in_other_letters_are_names() -> None:
    pieces = tokenize("@größe(1)\ndef größe(x): pass", "python")
    assert ("meta", "@größe(1)") in pieces
    assert ("function>title", "größe") in pieces
