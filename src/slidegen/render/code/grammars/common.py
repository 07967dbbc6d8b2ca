"""Rules shared by the grammars of many languages."""

from __future__ import annotations

from slidegen.render.code.scan import Rule

ESCAPE = Rule("", r"\\[\s\S]")
DOUBLE = Rule("string", '"', '"', (ESCAPE,))
SINGLE = Rule("string", "'", "'", (ESCAPE,))
NUMBER = r"-?(?:\b0[xX][0-9a-fA-F]+|(?:\b\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)"
C_NUMBER = Rule("number", NUMBER)
NAME = r"[a-zA-Z_]\w*"
TITLE = Rule("title", NAME)
METHOD = Rule("", r"\.\s*[a-zA-Z_]\w*")
"""A name after a dot, which is never a keyword."""


def comment(begin: str, end: str, *inside: Rule) -> Rule:
    """A comment, in which TODO and the like have a colour of their own."""
    return Rule("comment", begin, end, (*inside, Rule("doctag", "(?:TODO|FIXME|NOTE|BUG|XXX):")))


SLASHES = comment("//", "$")
BLOCK = comment(r"/\*", r"\*/")
HASH = comment("#", "$")


def keyed(word: str) -> str:
    """A pattern for words that begin something, unless they are names of members."""
    return rf"(?<!\.)\b(?:{word})\b(?!\.)"
