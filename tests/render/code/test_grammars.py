"""Code has highlight.js's colors, letter by letter."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slidegen.render.code.contrast import Colour
from slidegen.render.code.grammars import GRAMMARS, scanner
from slidegen.render.code.scan import NESTED, CodeScanner, Grammar, Rule, words
from slidegen.render.code.style_table import find_style
from slidegen.render.code.tokens import MAX_LINE_LENGTH, tokenize

STYLES = ("github", "default", "monokai", "solarized-light", "tomorrow-night", "zenburn", "dracula")
CASES = (Path(__file__).parent / "highlighted.txt").read_text("utf-8").split("\n=== ")[1:]

Letters = list[tuple[str, tuple[str, ...]]]
"""Each letter that is seen, and the scopes it stands in."""


class _Classes(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scopes: list[str] = []
        self.found: Letters = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scopes.append((dict(attrs).get("class") or "").removeprefix("hljs-"))

    def handle_endtag(self, tag: str) -> None:
        self.scopes.pop()

    def handle_data(self, data: str) -> None:
        self.found += [(letter, tuple(self.scopes)) for letter in data]


def _colour(scopes: tuple[str, ...], style: str) -> Colour:
    looks = find_style(style).looks
    for at in range(len(scopes) - 1, -1, -1):
        for name in (*(f"{outer}{NESTED}{scopes[at]}" for outer in scopes[:at]), scopes[at]):
            if name in looks and looks[name].colour:
                return looks[name].colour or (0, 0, 0)
    return find_style(style).foreground


def _seen(letters: Letters) -> Iterator[tuple[str, list[Colour]]]:
    for letter, scopes in letters:
        if letter.strip():
            yield letter, [_colour(scopes, style) for style in STYLES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.partition("\n")[0])
def test_each_letter_has_the_color_that_highlight_js_gives_it(case: str) -> None:
    language, _, html = case.partition("\n")
    parser = _Classes()
    parser.feed(html)
    parser.close()
    code = "".join(letter for letter, _ in parser.found)
    pieces = tokenize(code, language)
    ours = [
        (letter, tuple(scopes.split(NESTED)) if scopes else ()) for scopes, text in pieces for letter in text
    ]
    assert list(_seen(ours)) == list(_seen(parser.found))


def test_every_grammar_has_such_a_case() -> None:
    known = {GRAMMARS[name] for name in (case.partition("\n")[0] for case in CASES)}
    assert known == set(GRAMMARS.values())


@given(
    st.text(alphabet=st.sampled_from("\n\n  \"'`*{}()[]<>&#$%\\/=:;,.-_@!?~^+|ab01AZé"), max_size=120),
    st.sampled_from(sorted(set(GRAMMARS))),
)
@settings(deadline=None)
def test_no_character_is_lost(text: str, language: str) -> None:
    reader = scanner(language)
    assert reader is not None
    assert "".join(piece for _, piece in reader.pieces(text)) == text


@pytest.mark.parametrize("language", sorted({place: name for name, place in GRAMMARS.items()}.values()))
@pytest.mark.parametrize("piece", ["(", "<a ", '"', "'", "/*", "${", "`", "[", "a(", "a b ", "<?", "%q("])
def test_what_is_never_closed_is_read_to_its_end(language: str, piece: str) -> None:
    text = (piece * (MAX_LINE_LENGTH // len(piece)) + "\n") * 3
    assert "".join(part for _, part in tokenize(text, language)) == text


def test_rules_nest_and_hold_other_languages() -> None:
    inner = Grammar((Rule("number", r"\d"),))
    outer = Grammar(
        (
            Rule("string", '"', '"', (Rule("subst", r"\{", r"\}", itself=True),)),
            Rule("tag", "<", ">", then=("inner", "/")),
        ),
        words(keyword="if"),
    )
    reader = CodeScanner(outer, lambda _: CodeScanner(inner, lambda _: None))
    assert reader.pieces('if "a{b{c}d}e" 1 <x>2/3') == [
        ("keyword", "if"),
        ("", " "),
        ("string", '"a'),
        ("string>subst", "{b"),
        ("string>subst>subst", "{c}"),
        ("string>subst", "d}"),
        ("string", 'e"'),
        ("", " 1 "),
        ("tag", "<x>"),
        ("number", "2"),
        ("", "/3"),
    ]
