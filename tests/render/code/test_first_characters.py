"""A lexer that skips rules finds the same tokens as Pygments itself."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from pygments.lexers import find_lexer_class_by_name

from slidegen.render.code import first_characters as quick
from slidegen.render.code.languages import OTHER_NAMES, ascii_lexer, lexer

ROOT = Path(__file__).parents[3]
LANGUAGES = sorted(
    {
        *(name for name in OTHER_NAMES.values()),
        *"""abap ada apl awk bash basic c clojure cmake cobol coffeescript console cpp csharp css cuda dart diff django
        docker elixir elm erlang fortran fsharp gherkin glsl go graphql groovy haskell hcl html http ini java javascript
        jinja json julia kotlin latex lean less lisp lua make markdown mathematica matlab nginx nim nix objective-c
        ocaml octave pascal perl php postgresql powershell prolog protobuf puppet pycon python r rb rconsole rst ruby
        rust sas scala scheme scss smalltalk sml solidity sparql sql stan stata swift tcl terraform tex toml tsx
        typescript
        vb.net verilog vhdl vim vue wast xml yaml zig""".split(),
    }
)


@cache
def samples() -> tuple[str, ...]:
    """Code of many kinds: a lexer takes that of other languages, too, and comes to all its states by it."""
    fences = re.compile(r"^```[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
    decks = [*(ROOT / "slides").rglob("*.md"), *(ROOT / "benchmarks" / "decks").glob("*.md")]
    blocks = [block for deck in sorted(decks) for block in fences.findall(deck.read_text("utf-8"))]
    files = ["templates/runtime/search.mjs", "templates/styles/base.css", "templates/deck.html", ".ci/run",
             "pyproject.toml", "src/slidegen/spelling.py", "templates/words/fr.yml"]  # fmt: skip
    texts = [(ROOT / file).read_text("utf-8")[:1500] for file in files]
    signs = "".join(map(chr, range(1, 127)))
    return (*dict.fromkeys((*blocks, *texts, signs, signs[::-1], "", "\n\n", "ſK(é)=“1”")),)


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_tokens_are_those_of_pygments(name: str) -> None:
    plain = find_lexer_class_by_name(name)()
    for text in samples():
        tried = [lexer(name), *([ascii_lexer(name)] if text.isascii() else [])]
        expected = list(plain.get_tokens_unprocessed(text + "\n"))
        for each in tried:
            assert list(each.get_tokens_unprocessed(text + "\n")) == expected


def test_rules_are_skipped() -> None:
    state = type(ascii_lexer("python"))._tokens["root"]  # type: ignore[attr-defined]
    assert isinstance(state, quick.StateRules)
    state._look("@x", 0)
    assert len(state._here) < len(state) / 2


@pytest.mark.parametrize(
    ("pattern", "flags", "first"),
    [
        ("ab", 0, "a"),
        ("(?:a|b+)c", 0, "ab"),
        ("a?b", 0, "ab"),
        ("a*", 0, quick.ANY),
        (r"\bx(?=y)", 0, "x"),
        ("[^a]", 0, "".join(sorted(set(quick.ASCII) - {"a"}))),
        ("(?i:a)b", 0, "Aa"),
        ("k", re.IGNORECASE, "Kk"),
        ("\u017f", re.IGNORECASE, "Ss"),
        ("é", 0, "\0"),
        ("(a)?(?(1)b|c)", 0, quick.ANY),
        (".", 0, "".join(sorted(set(quick.ASCII) - {"\n"}))),
        (".", re.DOTALL, quick.ASCII),
        ("(?>x|yz)", 0, "xy"),
        ("# x\n y", re.VERBOSE, "y"),
    ],
)
def test_what_a_match_can_begin_with(pattern: str, flags: int, first: str) -> None:
    assert quick.first_characters(pattern, re.compile(pattern, flags).flags) == first


def test_a_python_with_another_engine_tries_every_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick, "_First", None)
    assert quick.first_characters("never seen before", 32) == quick.ANY
