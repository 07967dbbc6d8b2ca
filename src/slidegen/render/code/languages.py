"""Maps the language names that decks use to Pygments lexers."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from slidegen.kept import kept
from slidegen.patterns import lazy_compile
from slidegen.render.code.first_characters import choose_rules
from slidegen.spelling import nearest
from slidegen.syntax.fence_info import language_name

if TYPE_CHECKING:
    from pygments.lexer import Lexer

UNCOLOURED = frozenset(
    "none nohighlight no-highlight plain plaintext text txt raw asis cat verbatim output log accesslog csv "
    "tsv mermaid".split()
)
"""Known names that stand for no colouring, so that no warning is given."""

OTHER_NAMES = {
    other: name
    for name, others in {
        "bash": "sh-session zsh-session crontab",
        "bat": "cmd dos",
        "clean": "icl dcl",
        "clojure": "edn",
        "cmake": "cmake.in",
        "coffeescript": "cson iced",
        "console": "shellsession shell-session terminal",
        "cpp": "cc h h++ hpp hh hxx cxx ino rcpp angelscript asc",
        "delphi": "dpr dfm freepascal lazarus lpr lfm oxygene",
        "diff": "patch",
        "erl": "erlang-repl",
        "fortran": "f95 irpf90",
        "fsharp": "fs",
        "gcode": "nc",
        "gherkin": "feature",
        "graphql": "gql",
        "groovy": "gradle",
        "handlebars": "hbs html.hbs html.handlebars htmlbars dust dst",
        "html": "xhtml svelte vbscript-html",
        "html+php": "php-template",
        "http": "https",
        "ini": "conf dotenv env editorconfig gitconfig",
        "java": "processing pde",
        "javascript": "mjs cjs node node-repl es6 ecmascript arcade",
        "jlcon": "jldoctest",
        "json": "ipynb",
        "json5": "jsonc",
        "kotlin": "kt kts",
        "livescript": "ls",
        "makefile": "mk mak",
        "markdown": "mkdown mkd rmd rmarkdown qmd",
        "nasm": "x86asm arm armasm avrasm mips mipsasm assembly",
        "nginx": "nginxconf",
        "objective-c": "mm",
        "ocaml": "ml",
        "openscad": "scad",
        "perl": "pm mojolicious",
        "php": "php6 php7 php8",
        "postgresql": "pgsql",
        "powershell": "ps",
        "prolog": "mercury",
        "properties": "jproperties",
        "protobuf": "capnproto capnp",
        "puppet": "pp",
        "pycon": "python-repl",
        "python": "gyp ipython",
        "q": "kdb",
        "qml": "qt",
        "r": "rscript",
        "reasonml": "re rescript res",
        "ruby": "gemspec podspec thor",
        "sass": "stylus styl",
        "scilab": "sci",
        "sql": "n1ql plsql sqlite mariadb",
        "stan": "stanfuncs",
        "stata": "ado",
        "systemverilog": "svh",
        "tcl": "tk",
        "tex": "katex",
        "twig": "craftcms",
        "typescript": "mts cts",
        "vb.net": "vb",
        "vbscript": "vbs",
        "vim": "viml",
        "wast": "wasm",
        "xml": "rss atom xjb xsd xsl plist wsf svg",
        "x++": "axapta",
        "xquery": "xpath",
        "zephir": "zep",
        "zone": "dns bind",
    }.items()
    for other in others.split()
}
"""Names that highlight.js, knitr and authors use and Pygments does not, each with Pygments' name for the
language, or for the one whose words and punctuation are most like it."""


def known_language(info: str) -> bool:
    """Whether the words after a fence name a known language, or none."""
    name = language_name(info).lower()
    return not name or name in UNCOLOURED or name in OTHER_NAMES or name in _pygments_names()


def coloured_language(info: str) -> str | None:
    """Pygments' name for the language, or None if the code is to be plain."""
    name = language_name(info).lower()
    if not name or name in UNCOLOURED:
        return None
    name = OTHER_NAMES.get(name, name)
    return name if name in _pygments_names() else None


def language_of_file(name: str) -> str:
    """The language of a file, judging by its name; `text` if unknown."""
    stem, _, suffix = name.lower().rpartition(".")
    for word in (suffix, stem):
        if word and known_language(word):
            return word
    from pygments.lexers import find_lexer_class_for_filename

    found = find_lexer_class_for_filename(name)
    return found.aliases[0] if found is not None and found.aliases else "text"


@lru_cache(maxsize=256)
def nearest_languages(info: str) -> list[str]:
    """Up to three known names similar to the one written, the most similar first."""
    name = language_name(info).lower()
    names = {*_pygments_names(), *OTHER_NAMES, *UNCOLOURED}
    # Names are short: with a tolerance of two letters, nearly all of them would be similar.
    alike = sorted(each for each in names if abs(len(each) - len(name)) < 2)
    return nearest(name, alike, most=3, cutoff=0.75)


@cache
def lexer(name: str) -> Lexer:
    """The lexer for a Pygments name; the first use of a language compiles its regular expressions."""
    return _quick_lexer(name, ascii_only=False)


@cache
def ascii_lexer(name: str) -> Lexer:
    """The lexer for a Pygments name, for code in ASCII letters only.

    Python, JavaScript and others list all letters of Unicode several times. Without these, their
    regular expressions match the same in such code, and compile in half the time.
    """
    return _quick_lexer(name, ascii_only=True)


def _quick_lexer(name: str, *, ascii_only: bool) -> Lexer:
    """A lexer that skips rules which cannot begin with the current character."""
    from pygments.lexer import RegexLexer, RegexLexerMeta

    found = _lexer_class(name)
    if (
        not issubclass(found, RegexLexer)
        or type(found) is not RegexLexerMeta
        or getattr(found, "token_variants", False)
    ):
        return found()  # it makes its rules in its own way

    class AsciiRules(RegexLexerMeta):
        def _process_regex(self, regex: Any, rflags: int, state: str) -> Callable[..., object]:
            del state
            written = regex if isinstance(regex, str) else regex.get()
            return re.compile(_FOREIGN_LETTERS.sub(_first, written), rflags).match

    make: Any = AsciiRules if ascii_only else RegexLexerMeta  # Pygments' own metaclass has no types
    rules: Any = found
    made: Lexer = make(found.__name__, (found,), {"tokens": rules.get_tokendefs()})()
    choose_rules(made)
    return made


_FOREIGN_LETTERS = lazy_compile(r"(?>(?:[^\x00-\x7f](?:-[^\x00-\x7f])?){20,})")
"""So many in a row occur in a character class only. One of them stays, so that no class is empty."""


def _first(match: re.Match[str]) -> str:
    return match[0][0]


def _lexer_class(name: str) -> type[Lexer]:
    from pygments.lexers import find_lexer_class_by_name  # 10 ms, and a deck without code does not need it

    return find_lexer_class_by_name(name)


def _pygments_names() -> frozenset[str]:
    import pygments

    return _names_in(pygments.__version__)


@kept(frozenset[str])
def _names_in(pygments: str) -> frozenset[str]:
    del pygments
    # Without plugins: asking every installed package for its entry points takes longer than a whole build.
    from pygments.lexers import get_all_lexers

    return frozenset(alias.lower() for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)
