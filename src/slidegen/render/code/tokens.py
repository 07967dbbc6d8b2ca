"""Code tokens, named by the classes that highlight.js puts on its `<span>`s."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from slidegen.render.code.grammars import scanner
from slidegen.render.code.languages import ascii_lexer, lexer
from slidegen.render.code.scan import Piece

if TYPE_CHECKING:
    from pygments.token import _TokenType

SCOPES = {
    "addition": "Generic.Inserted",
    "attr": "Name.Attribute",
    "built_in": "Name.Builtin",
    "comment": "Comment",
    "comment>doctag": "Comment.Special",
    "deletion": "Generic.Deleted",
    "emphasis": "Generic.Emph",
    "keyword": "Keyword Keyword.Type Operator.Word",
    "literal": "Keyword.Constant Name.Builtin.Pseudo",
    "meta": "Comment.Preproc Comment.Hashbang Generic.Prompt Name.Decorator",
    "meta-string": "Comment.PreprocFile",
    "number": "Literal.Number Literal.Date",
    "regexp": "Literal.String.Regex",
    "section": "Generic.Heading Generic.Subheading",
    "string": "Literal.String Literal.String.Escape",
    "string>subst": "Literal.String.Interpol",
    "strong": "Generic.Strong",
    "symbol": "Literal.String.Symbol Name.Entity",
    "tag>name": "Name.Tag",
    "title": "Name.Function Name.Class",
}
"""highlight.js's scopes, each with the Pygments token types, including subtypes, that it stands for; it gets
the colour of the first. Other tokens are not wrapped.

Decks bring style sheets for `.hljs-keyword`, so these names are those of highlight.js 9, which remark
includes. `>` is for a nested scope."""

SCOPE_OF_KIND = {kind: scope for scope, kinds in SCOPES.items() for kind in kinds.split()}

MAX_CHARACTERS = 10_000
MAX_LINES = 500
MAX_LINE_LENGTH = 1_000
"""Code with more characters or lines, or with a longer line, stays plain. No slide shows that much; in a pasted
data file or a minified script, a lexer's regular expressions become quadratic."""


@lru_cache(maxsize=1024)
def tokenize(text: str, language: str) -> Sequence[Piece]:
    """The code as pieces that join to it again; one piece without scope if it cannot be coloured.

    `language` is Pygments' name for it. Equal blocks are frequent, since decks of a course repeat code.
    """
    plain = (("", text),)
    if len(text) > MAX_CHARACTERS or text.count("\n") >= MAX_LINES:
        return plain
    if len(text) > MAX_LINE_LENGTH and any(len(line) > MAX_LINE_LENGTH for line in text.split("\n")):
        return plain
    try:
        pieces = _pieces(text, language)
    except Exception:
        # Pygments has five hundred lexers by as many people, each fed code that may be cut off anywhere: a lack of
        # colours is no reason to lose a deck.
        return plain
    # Some lexers drop or double characters of code they do not understand.
    return tuple(pieces) if "".join([piece for _, piece in pieces]) == text else plain


def _pieces(text: str, language: str) -> list[Piece]:
    own = scanner(language)
    if own is not None:
        return own.pieces(text)
    source = ascii_lexer(language) if text.isascii() else lexer(language)
    pieces: list[Piece] = []
    current = ""
    texts: list[str] = []
    # Not `get_tokens`, which strips the first empty lines. The line break is what many rules end at.
    for _, kind, value in source.get_tokens_unprocessed(text + "\n"):
        scope = _scope(kind)
        # A space shows no colour: joining it to its neighbour saves a tag.
        if scope != current and value and value.strip(" "):
            pieces.append((current, "".join(texts)))
            current, texts = scope, []
        texts.append(value)
    pieces.append((current, "".join(texts).removesuffix("\n")))
    return pieces


@cache
def _scope(kind: _TokenType) -> str:
    names = str(kind).split(".")[1:]
    while names:
        scope = SCOPE_OF_KIND.get(".".join(names))
        if scope is not None:
            return scope
        names.pop()
    return ""
