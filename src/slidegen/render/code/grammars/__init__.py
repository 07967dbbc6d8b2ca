"""Grammars that tokenize code as highlight.js does, for the most common languages."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from slidegen.render.code.scan import CodeScanner, Grammar

GRAMMARS = {
    name: place
    for place, names in {
        "data.diff": "diff udiff",
        "data.ini": "ini cfg dosini toml",
        "data.json": "json json5 json-object",
        "data.sql": "sql postgresql postgres mysql",
        "data.yaml": "yaml yml",
        "markup.css": "css",
        "markup.scss": "scss less",
        "markup.makefile": "makefile make mf bsdmake",
        "markup.markdown": "markdown md",
        "markup.tex": "tex latex",
        "markup.xml": "html xml xslt",
        "others.lua": "lua",
        "others.matlab": "matlab octave",
        "others.php": "php php3 php4 php5",
        "others.ruby": "ruby rb",
        "others.scala": "scala",
        "others.stan": "stan",
        "programs.cpp": "c c++ cpp",
        "programs.csharp": "csharp c# cs",
        "programs.go": "go golang",
        "programs.java": "java",
        "programs.javascript": "javascript js jsx react",
        "programs.rust": "rust rs",
        "programs.typescript": "typescript ts tsx",
        "scripts.bash": "bash sh ksh zsh shell openrc",
        "scripts.dockerfile": "docker dockerfile",
        "scripts.lisp": "lisp common-lisp cl elisp emacs emacs-lisp",
        "scripts.python": "python py python3 py3 sage bazel starlark pyi",
        "scripts.r": "r s splus",
    }.items()
    for name in names.split()
}
"""The module with each language's grammar, by Pygments' names."""


@cache
def scanner(language: str) -> CodeScanner | None:
    """The scanner for a language; None if Pygments' lexer is used."""
    place = GRAMMARS.get(language)
    if place is None:
        return None
    module, _, name = place.partition(".")
    grammar: Grammar = getattr(import_module(f"{__name__}.{module}"), name)()
    return CodeScanner(grammar, scanner)
