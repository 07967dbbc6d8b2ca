"""Converts the content of a one-line content class as the surrounding line rereads it.

remark converts a content class to HTML first, then parses that HTML as part of the surrounding line. So emphasis
may start inside a class and end outside it, and a backslash escapes in its code, though not in other code.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable

from slidegen.html_tags import COMMENT, TAG, without_tags
from slidegen.patterns import lazy_compile
from slidegen.render.dialect.fragments import Fragment
from slidegen.render.dialect.literals import ESCAPED, HIDDEN
from slidegen.render.dialect.patterns import compiled

PIECE = compiled(
    r"<code\b[^>]*>(?P<code>(?>(?:(?!</code>)[\s\S])*))</code>"
    r"|(?P<whole><(?P<element>svg|math|script|style|textarea|video|audio|select)\b"
    r"(?>(?:(?!</(?P=element)\b)[\s\S])*)</[^>]*>)"
    rf"|(?P<tag>{COMMENT.pattern}|{TAG.pattern})|(?P<text>[^<]+)|<"
)
BACKSLASHED = lazy_compile(rf"\\([{re.escape(ESCAPED)}])")
HALF = compiled(rf"~~|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|\*(?=\S)|(?<=\S)\*|{BACKSLASHED.pattern}")
"""What may pair with something outside: a mark of emphasis, a backslash that remains of two."""
ONLY_MARKS = compiled(r"[*_~\s]*")
OWN_MARK = compiled(r"`|(?<=[^\W_])_(?=[^\W_])")
"""What has no effect outside the class: backticks, an underscore within a word."""


def read_again(html: str, code_span: Callable[[str], str]) -> tuple[str | Fragment, ...]:
    """The HTML of a content class as parts of the surrounding line; empty if it may stay whole."""
    if "\n" in html:
        return ()
    pieces = list(PIECE.finditer(html))
    # Stars alone are meant to be seen: `.red[*]` marks what a footnote explains.
    marks_only = ONLY_MARKS.fullmatch("".join(piece["text"] or "" for piece in pieces)) is not None
    parts: list[str | Fragment] = []
    changes = False
    for piece in pieces:
        if piece["code"] is not None:
            text = entities.unescape(without_tags(piece["code"]))
            code = BACKSLASHED.sub(r"\1", text)
            changes = changes or code != text
            parts.append(Fragment(piece[0] if code == text else code_span(code), block=False, source=text))
        elif piece["text"] is not None:
            changes = changes or (not marks_only and HALF.search(piece[0]) is not None)
            parts.append(OWN_MARK.sub(lambda mark: HIDDEN[mark[0]], piece[0]))
        elif piece["tag"] is not None:
            parts.append(piece[0])
        else:
            parts.append(Fragment(piece[0], block=False))
    return tuple(parts) if changes else ()
