r"""Removes the backslashes that authors add to get formulas through remark's Markdown.

In a remark deck a formula passes through `marked` 0.3 before MathJax sees it. `marked` removes the backslash
before every escaped punctuation character, so many authors write ``\_`` for ``_``, ``\\\\`` for ``\\`` and
``\\{`` for ``\{``. Others do not, because their formulas survived anyway. One rule covers both: **take what
`marked` would have left, unless that makes no sense in TeX and the text as written does.** In backticks, where
xaringan puts formulas, `marked` removes nothing, and neither does slidegen.

A run of `n` backslashes and what follows it:

====  ==========================  =======================================================================
n     before                      becomes
====  ==========================  =======================================================================
1     ``_ * - + ( ) [ ] >``       the character alone; TeX has no such commands in a formula
1     ``. ~`` and backtick        the character alone, except in text, where TeX has accents by these names
1     ``|``                       ``|`` in a formula with other escapes, else the double bar of a norm
1     ``{ }``                     ``{ }`` as a group after ``_`` or ``^``, else the visible brace
1     anything else               as written: ``\,`` ``\!`` ``\#`` ``\%``, a command
2     space or end, ``[2em]``     a line break, as written
2     ``{ } , ; : ! % $ # | >``   one backslash less
2     ``_``                       ``\_`` in text, ``_`` elsewhere
2     anything else               a line break where there are rows; elsewhere one backslash less before
                                  a letter or ``&``, nothing before ``[ ] *``, a line break before the rest
3     ``{ } |``                   as for 2, except in rows of a formula with no other escapes
3     ``_``                       as for 2
3     anything else               a line break, then as for 1
4     anything                    a line break, then as for n - 4
====  ==========================  =======================================================================
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from slidegen.patterns import lazy_compile

_PART = lazy_compile(r"(\\+)([A-Za-z]+|[\s\S]?)|[{}^_]|&(?:lt|gt|amp|quot|nbsp|#39|#x27);")
_ESCAPED = lazy_compile(r"(?<!\\)\\[_*]|\\\\\\\\|(?<!\\)\\\\[{}]")
_SPACING = lazy_compile(r"\[\s*-?[\d.]+\s*[a-z]{2}\s*\]")
_ENTITIES = {
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
    "&quot;": '"',
    "&nbsp;": "~",
    "&#39;": "'",
    "&#x27;": "'",
}
_TEXT = lazy_compile(r"(?:text[a-z]*|[mhf]box|emph|math(?:rm|it|sf|tt)|operatorname)\Z")


class SourceMappedTex(Struct, frozen=True):
    """A formula as TeX should see it, and the origin of each character in what the author wrote."""

    tex: str
    origins: tuple[int, ...] | None = None
    """For each character, and for the end, the author's offset; None if nothing has changed."""

    def origin(self, offset: int) -> int:
        """The offset in the author's text of an offset in `tex`."""
        return offset if self.origins is None else self.origins[offset]


def unescape(tex: str, *, in_code: bool = False) -> SourceMappedTex:
    """The formula without the escapes that remark's Markdown needed."""
    if in_code or ("\\" not in tex and "&" not in tex):
        return SourceMappedTex(tex)
    return _Unescaping(tex).run()


class _Unescaping(Struct):
    """One pass over a formula that tracks its context: in text, among rows, after `_` or `^`."""

    tex: str
    escaped: bool = False
    """Whether something in the formula can only be an escape for Markdown."""
    braces: list[tuple[bool, bool]] = field(default_factory=list)
    """For each open brace: whether it contains text, and whether it contains rows because of `\\substack`."""
    environments: int = 0
    pending: str = ""
    """The command before the next brace."""
    group: int = 0
    """Depth of a group that was opened by an escaped brace, so that an escaped brace closes it."""
    pieces: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)

    def run(self) -> SourceMappedTex:
        """Rewrite the whole formula."""
        self.escaped = _ESCAPED.search(self.tex) is not None
        at = 0
        after_script = False
        for part in _PART.finditer(self.tex):
            start = part.start()
            if start > at:
                gap = self.tex[at:start]
                self.put(gap, at)
                if not gap.isspace():
                    after_script, self.pending = False, ""
            at = part.end()
            first = part[0][0]
            if first == "\\":
                self.backslashes(part, after_script)
                after_script = self.pieces[-1] in ("_", "^")
            else:
                self.put(_ENTITIES.get(part[0], part[0]), start)
                after_script = first in "_^"
                self.braced(part[0])
        self.put(self.tex[at:], at)
        result = "".join(self.pieces)
        return (
            SourceMappedTex(self.tex)
            if result == self.tex
            else SourceMappedTex(result, (*self.origins, len(self.tex)))
        )

    def put(self, text: str, origin: int, advance: bool = True) -> None:
        """Add text that originates at `origin`; with `advance`, each character at the next offset."""
        self.pieces.append(text)
        self.origins.extend(range(origin, origin + len(text)) if advance else [origin] * len(text))

    def braced(self, text: str) -> None:
        """Keep track of the braces, whichever way they were written."""
        if text == "{":
            inherited = self.in_text and not self.pending
            self.braces.append((inherited or bool(_TEXT.match(self.pending)), self.pending == "substack"))
        elif text == "}" and self.braces:
            self.braces.pop()
        self.pending = ""

    @property
    def in_text(self) -> bool:
        """Whether the innermost brace contains text."""
        return bool(self.braces) and self.braces[-1][0]

    @property
    def in_rows(self) -> bool:
        """Whether a line break would end a row of an environment here."""
        return self.environments > 0 or (bool(self.braces) and self.braces[-1][1])

    def backslashes(self, part: re.Match[str], after_script: bool) -> None:
        """Rewrite a run of backslashes and what follows it."""
        count, after, start = len(part[1]), part[2], part.start()
        while count >= 4:
            self.put("\\\\", start)
            start += 4
            count -= 4
        follows = start + count
        if count == 3:
            kept = after == "_" or (after in tuple("{}|") and (self.escaped or not self.in_rows))
            if kept:
                start, count = start + 1, 2
            else:
                self.put("\\\\", start)
                start, count = start + 2, 0 if after.isspace() else 1
        if count == 2:
            self.two(after, start, follows)
        elif count == 1:
            self.one(after, start, after_script)
        else:
            self.put(after, follows)
            self.braced(after)

    def one(self, after: str, start: int, after_script: bool) -> None:
        """Rewrite what follows a single backslash."""
        always = "_*-+[]>" + ("|" if self.escaped else "") + ("" if self.in_text else "().~`")
        if after != "" and after in always:
            self.put(after, start, advance=False)
        elif after == "{" and after_script:
            self.put(after, start, advance=False)
            self.braced("{")
            self.group = len(self.braces)
        elif after == "}" and self.group and self.group == len(self.braces):
            self.put(after, start, advance=False)
            self.braced("}")
            self.group = 0
        else:
            self.put("\\" + after, start)
            self.command(after)

    def two(self, after: str, start: int, follows: int) -> None:
        """Rewrite what follows two backslashes."""
        if after == "" or after.isspace() or (after == "[" and _SPACING.match(self.tex, follows)):
            self.put("\\\\" + after, start)
        elif after == "_":
            self.put("\\_" if self.in_text else "_", start + 1)
        elif after in tuple("{},;:!%$#|>"):
            self.put("\\" + after, start + 1)
        elif self.in_rows and after not in ("begin", "end"):
            self.put("\\\\" + after, start)
        elif after == "&" or after.isalpha():
            self.put("\\" + after, start + 1)
            self.command(after)
        elif after in tuple("[]*"):
            self.put(after, follows)
        else:
            self.put("\\\\" + after, start)

    def command(self, name: str) -> None:
        """Note a command that determines what the next brace contains, or opens or closes rows."""
        self.pending = name
        if name == "begin":
            self.environments += 1
        elif name == "end" and self.environments:
            self.environments -= 1
