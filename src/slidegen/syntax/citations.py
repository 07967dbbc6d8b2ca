"""Citations as written: `[see @a, p. 5; @b]`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slidegen.html_tags import TAG
from slidegen.patterns import lazy_compile
from slidegen.syntax.cited_work import CitedWork
from slidegen.syntax.lexer import lex
from slidegen.syntax.properties import PropertyRules
from slidegen.syntax.tokens import FormulaMarks, TokenKind

GROUP = lazy_compile(r"(?<!\\)\[(?P<inner>[^\[\]@]*@[^\[\]]*)\](?![(\[:])")
KEY = lazy_compile(r"(?<![\w@])(?P<less>-)?@(?:\{(?P<braced>[^{}\s]+)\}|(?P<key>\w[\w:.#$%&+?<>~/-]*))")
LOCATORS = {
    "page": "p pp page pages s seite pág págs p.p",
    "chapter": "ch chap chapter kap kapitel cap chapitre",
    "section": "sec sect section § abschnitt",
    "volume": "vol volume bd",
    "figure": "fig figure abb",
    "issue": "no number nr",
    "paragraph": "par para paragraph ¶ abs",
    "line": "l line lines z",
    "verse": "v verse",
    "part": "pt part",
    "note": "n note",
    "folio": "fol folio",
}
"""CSL's names for locators, and what authors write for them."""
LABELS = {word: label for label, words in LOCATORS.items() for word in words.split()}
LOCATOR = lazy_compile(
    r",?\s*(?P<word>[^\W\d_]+|§|¶)?\.?\s*(?P<number>\d[\w.:–-]*+(?>(?:,\s?\d[\w.:–-]*+)*)|[ivxlcIVXLC]+\b)(?P<rest>.*)",
    re.DOTALL,
)


def read_citation(inner: str) -> tuple[CitedWork, ...]:
    """The works cited in brackets with this content; empty if a part, cut at `;`, has no key."""
    works: list[CitedWork] = []
    at = 0
    for part in inner.split(";"):
        match = KEY.search(part)
        if match is None:
            return ()
        key = match["braced"] or match["key"].rstrip(".,:;?!-")
        end = match.end() - (len(match["key"] or "") - len(key) if match["key"] else 0)
        label, locator, suffix = _place(part[end:])
        works.append(
            CitedWork(
                key=key,
                prefix=" ".join(part[: match.start()].split()),
                label=label,
                locator=locator,
                suffix=suffix,
                year_only=match["less"] is not None,
                start=at + match.start(),
                end=at + end,
            )
        )
        at += len(part) + 1
    return tuple(works)


def citations_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and content of each pair of brackets in Markdown that may cite, outside code and tags."""
    groups = [match for match in GROUP.finditer(text) if "\n\n" not in match[0]]
    if not groups:
        return
    tokens = lex(text, 0, len(text), PropertyRules(), slides=False, math=FormulaMarks.NONE)
    taken = sorted(
        [(token.start, token.end) for token in tokens if token.kind in (TokenKind.CODE, TokenKind.RAW)]
        + [match.span() for match in TAG.finditer(text)]
    )
    index = 0
    for match in groups:
        while index < len(taken) and taken[index][1] <= match.start():
            index += 1
        if index == len(taken) or taken[index][0] >= match.end():
            yield match.start(), match.end(), match["inner"]


def _place(after: str) -> tuple[str, str, str]:
    """Label, locator and the rest of the text after a key."""
    match = LOCATOR.match(after)
    if match is not None:
        word = match["word"]
        label = "page" if word is None else LABELS.get(word.lower(), "")
        if label and (word is not None or match["number"][0].isdigit()):
            return label, match["number"].rstrip(".,:"), _rest(match["rest"])
    return "", "", _rest(after)


def _rest(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or text[0] in ",.;:" else f" {text}"
