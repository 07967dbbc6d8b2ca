"""The names of languages: those of fences in real decks, of highlight.js and of knitr."""

import pytest

from slidegen.render.code import known_language, nearest_languages
from slidegen.render.code.languages import OTHER_NAMES, UNCOLOURED, coloured_language, language_name, lexer

HIGHLIGHT_JS = (
    "abnf ada actionscript applescript arduino armasm aspectj autohotkey autoit avrasm awk axapta bash "
    "basic bnf brainfuck c capnproto ceylon clean clojure cmake coffeescript coq cpp crystal csharp cs "
    "css d dart delphi diff django dns dockerfile dos ebnf elixir elm erb erlang erlang-repl fortran "
    "fsharp gcode gherkin glsl go golo gradle groovy haml handlebars haskell haxe html http hy inform7 "
    "ini irpf90 java javascript json julia kotlin lasso latex ldif less lisp livescript llvm lsl lua "
    "makefile markdown mathematica matlab maxima mercury mipsasm monkey moonscript nestedtext nginx nim "
    "nimrod nix nsis objectivec ocaml openscad oxygene perl pgsql php plaintext pony powershell "
    "processing prolog properties protobuf puppet python q qml r reasonml rsl ruby rust sas scala scheme "
    "scilab scss shell smali smalltalk sml sql stan stata stylus swift tap tcl tex text thrift twig "
    "typescript vala vbnet vbscript verilog vhdl vim wasm x86asm xml xquery yaml zephir"
).split()


@pytest.mark.parametrize("name", HIGHLIGHT_JS)
def test_the_languages_of_highlight_js_are_known(name: str) -> None:
    assert known_language(name)
    assert coloured_language(name) or name in UNCOLOURED


@pytest.mark.parametrize(
    "name",
    "R py sh JSON jsx ts tsx js hs golang yml hcl terraform tf ps1 docker toml console md c++ c# objc vb "
    "rs kt html+jinja jl svelte jsonc graphql http csv mermaid".split(),
)
def test_the_names_that_authors_use_are_known(name: str) -> None:
    assert known_language(name)


def test_every_other_name_leads_to_a_lexer() -> None:
    assert [name for name in OTHER_NAMES if coloured_language(name) is None] == []
    assert [lexer(name).name for name in sorted(set(OTHER_NAMES.values()))]


@pytest.mark.parametrize(
    ("info", "name"),
    [
        ("python", "python"),
        ("R", "R"),
        ("{r}", "r"),
        ("{r label, echo=FALSE}", "r"),
        ("{.python #id}", "python"),
        ("{python, eval = TRUE}", "python"),
        (".python", ".python"),
        ("js{1,3-4}", "js"),
        ("rust,ignore", "rust"),
        ("bash title=x", "bash"),
        ("language-css", "css"),
        ("lang-css", "css"),
        ("", ""),
        ("{}", ""),
    ],
)
def test_a_fence_says_more_than_the_name(info: str, name: str) -> None:
    assert language_name(info) == name


@pytest.mark.parametrize(
    "name", ["", "none", "nohighlight", "no-highlight", "plain", "text", "txt", "PlainText", "{asis}"]
)
def test_no_language_is_known_and_plain(name: str) -> None:
    assert known_language(name)
    assert coloured_language(name) is None


def test_an_unknown_language_has_near_ones() -> None:
    assert not known_language("pyhton")
    assert nearest_languages("pyhton")[0] == "python"
    assert nearest_languages("javscript")[0] == "javascript"
    assert nearest_languages("{bahs}")[0] == "bash"
    assert nearest_languages("xqzzv") == []
