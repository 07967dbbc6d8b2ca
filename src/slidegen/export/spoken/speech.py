"""Puts a formula into the words of a language, starting from its MathML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from xml.etree import ElementTree

from msgspec import Struct

from slidegen.export.facts import PageElement
from slidegen.files.regular import read_regular
from slidegen.project.package_data import own_templates
from slidegen.reading.own_yaml import load_own_yaml

MAX_LETTERS = 2000
"""Longest text for a formula; a longer one is cut at a word."""
LARGE = set("∑∏∐∫∬∭∮⋃⋂⨁⨂⋁⋀") | {"lim", "max", "min", "sup", "inf", "argmax", "argmin", "limsup", "liminf"}
"""Operators with limits."""
ACCENTS = {
    "^": "hat", "ˆ": "hat", "̂": "hat", "¯": "bar", "‾": "bar", "_": "bar", "―": "bar", "˜": "tilde", "~": "tilde",
    "→": "vector", "⃗": "vector", "˙": "dot", ".": "dot", "¨": "ddot",
}  # fmt: skip
INVISIBLE = {"\u2061", "\u2062", "\u2063", "\u2064", "\u200b", "\u00a0", ""}
VARIANTS = {
    "BOLD": "bold",
    "SCRIPT": "script",
    "FRAKTUR": "fraktur",
    "DOUBLE-STRUCK": "blackboard",
    "BLACK-LETTER": "fraktur",
}
TOP = {"math", "mrow", "mstyle", "mpadded", "semantics", "mtd", "menclose", "merror", "mphantom", "maction"}


BARS = {"|": "absolute", "‖": "norm"}
"""Bars that come in pairs, and what a pair is called."""
TABLES = {
    ("(", ")"): "matrix",
    ("[", "]"): "matrix",
    ("|", "|"): "determinant",
    ("{", ""): "choice",
}
"""What a table is called by the fences around it."""
OPENING, CLOSING = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")


class Words(Struct, frozen=True):
    """The words of a language."""

    phrases: Mapping[str, str]
    signs: Mapping[str, str]
    letters: Mapping[str, str]


@cache
def words_of(lang: str) -> Words:
    """The words for a language tag such as `fr-CA`; English ones if the language has none."""
    folder = own_templates() / "export" / "speech"
    name = re.split(r"[-_]", lang.lower())[0]
    path = folder / f"{name}.yml"
    found = load_own_yaml(read_regular(path if path.is_file() else folder / "en.yml").decode())
    assert isinstance(found, dict)
    return Words(found["phrases"], found["signs"], found["letters"])


def speaker(lang: str) -> Callable[[PageElement], str]:
    """A function that puts formulas into words, in each one's own language, or else the document's."""

    def speak(token: PageElement) -> str:
        return say_formula(token.mathml, token.lang or lang) or token.alt or token.tex

    return speak


def say_formula(mathml: str, lang: str) -> str:
    """The formula in words; the word for "formula" if nothing in it can be spoken."""
    words = words_of(lang)
    try:
        root = ElementTree.fromstring(mathml)
    except ElementTree.ParseError:
        return words.phrases["formula"]
    spoken = re.sub(r"\s+([,;:])", r"\1", re.sub(r"\s+", " ", _Speech(words).say(root))).strip(" ,")
    if len(spoken) > MAX_LETTERS:
        spoken = spoken[:MAX_LETTERS].rpartition(" ")[0] + " …"
    return spoken or words.phrases["formula"]


class _Speech:
    def __init__(self, words: Words) -> None:
        self.words = words

    def say(self, element: ElementTree.Element) -> str:
        tag = element.tag.rpartition("}")[2]
        kids = list(element)
        if tag in TOP:
            return self._row(kids)
        if tag in ("mi", "mo", "mn", "mtext", "ms"):
            return self._text(element, tag)
        say = getattr(self, f"_{tag}", None)
        if say is None:
            return (
                ""
                if tag in ("annotation", "annotation-xml", "mspace", "none", "mprescripts")
                else self._row(kids)
            )
        try:
            spoken: str = say(kids)
        except IndexError:  # a formula that lacks a part
            spoken = self._row(kids)
        return spoken

    def _row(self, kids: Sequence[ElementTree.Element]) -> str:
        return " ".join(filter(None, self._pieces(kids)))

    def _pieces(self, kids: Sequence[ElementTree.Element]) -> Iterator[str]:
        """What is said of the parts of a row, some of which belong together."""
        texts = [_text_of(kid) for kid in kids]
        fences: list[str] = []
        at = 0
        while at < len(kids):
            spoken, count = self._fenced(kids[at : at + 3])
            if count:
                yield spoken
                at += count
                continue
            text = texts[at]
            if text in BARS and (end := _other_bar(texts, at)):
                yield self._phrase(BARS[text], self._row(kids[at + 1 : end]))
                at = end + 1
                continue
            if text in OPENING:
                fences.append(text)
            elif text in CLOSING and fences:
                fences.pop()
            if text == "∣" or (text == "|" and fences):
                yield self.words.phrases[
                    "suchThat" if fences[-1:] == ["{"] else "given" if fences else "divides"
                ]
            else:
                yield self.say(kids[at])
            at += 1

    def _fenced(self, kids: Sequence[ElementTree.Element]) -> tuple[str, int]:
        """What a row begins with together with the fences around it, and of how many elements that consists.

        That is a matrix, a determinant, a binomial coefficient or cases; 0 elements for anything else.
        """
        if len(kids) < 2:
            return "", 0
        closing = _text_of(kids[2]) if len(kids) > 2 else ""
        fences = _text_of(kids[0]), "" if closing in INVISIBLE else closing
        inner = kids[1]
        while inner.tag.rpartition("}")[2] in ("mrow", "mstyle") and len(inner) == 1:
            inner = inner[0]
        tag = inner.tag.rpartition("}")[2]
        if tag == "mfrac" and fences == ("(", ")") and inner.get("linethickness", "").startswith("0"):
            return self._phrase("binomial", self.say(inner[0]), self.say(inner[1])), 3
        name = TABLES.get(fences)
        if tag != "mtable" or name is None:
            return "", 0
        rows = [", ".join(filter(None, map(self.say, row))) for row in inner]
        head = self._phrase(name, str(len(inner)), str(max(map(len, inner), default=0)))
        line = "case" if name == "choice" else "row"
        lines = [self._phrase(line, str(number), row) for number, row in enumerate(rows, 1)]
        return "; ".join([head, *lines, self._phrase(f"{name}End")]), min(3, len(kids))

    def _phrase(self, name: str, *parts: str) -> str:
        return self.words.phrases[name].format(*(part or self.words.phrases["empty"] for part in parts))

    def _text(self, element: ElementTree.Element, tag: str) -> str:
        text = _text_of(element)
        if text in INVISIBLE:
            return ""
        if tag in ("mtext", "ms", "mn"):
            return text
        if text in self.words.signs:
            return self.words.signs[text]
        plain = unicodedata.normalize("NFKC", text)
        if len(plain) == 1 and plain.isalpha():
            return self._letter(text, plain)
        return self.words.signs.get(plain, plain)

    def _letter(self, written: str, plain: str) -> str:
        lower = plain.lower()
        spoken = self.words.letters.get(lower)
        if spoken is not None and plain != lower:
            spoken = self._phrase("capital", spoken)
        spoken = spoken or plain
        name = unicodedata.name(written[0], "")
        for word, phrase in VARIANTS.items():
            if word in name and (phrase != "bold" or "ITALIC" not in name or "BOLD" in name):
                return self._phrase(phrase, spoken)
        return spoken

    def _mfrac(self, kids: Sequence[ElementTree.Element]) -> str:
        above, below = self.say(kids[0]), self.say(kids[1])
        is_short = _is_short(kids[0]) and _is_short(kids[1])
        return self._phrase("fraction" if is_short else "longFraction", above, below)

    def _msqrt(self, kids: Sequence[ElementTree.Element]) -> str:
        is_short = len(kids) == 1 and _is_short(kids[0])
        return self._phrase("root" if is_short else "longRoot", self._row(kids))

    def _mroot(self, kids: Sequence[ElementTree.Element]) -> str:
        return self._phrase("nthRoot", self.say(kids[0]), self.say(kids[1]))

    def _msup(self, kids: Sequence[ElementTree.Element]) -> str:
        return self._power(self.say(kids[0]), kids[1])

    def _power(self, base: str, exponent: ElementTree.Element) -> str:
        text = "".join(exponent.itertext()).strip()
        name = {
            "2": "squared",
            "3": "cubed",
            "′": "prime",
            "⊤": "transposed",
            "T": "transposed",
            "−1": "inverse",
        }
        if text in name:
            return self._phrase(name[text], base)
        if set(text) <= {"′", "'"} and text:
            return " ".join([base, *[self.words.signs["′"]] * len(text)])
        return self._phrase("power" if _is_short(exponent) else "longPower", base, self.say(exponent))

    def _msub(self, kids: Sequence[ElementTree.Element]) -> str:
        if _is_large(kids[0]):
            return self._munder(kids)
        return self._phrase("index", self.say(kids[0]), self.say(kids[1]))

    def _msubsup(self, kids: Sequence[ElementTree.Element]) -> str:
        if _is_large(kids[0]):
            return self._munderover(kids)
        return self._power(self._phrase("index", self.say(kids[0]), self.say(kids[1])), kids[2])

    def _munder(self, kids: Sequence[ElementTree.Element]) -> str:
        base, below = self.say(kids[0]), self.say(kids[1])
        if _is_large(kids[0]):
            if base == "lim":
                signs = {**self.words.signs, "→": self.words.phrases["tends"]}
                below = _Speech(Words(self.words.phrases, signs, self.words.letters)).say(kids[1])
                return self._phrase("limit", self.words.phrases["lim"], below)
            return self._phrase("limit" if "lim" in base else "at", base, below)
        return base if _is_brace(kids[1]) else self._phrase("under", base, below)

    def _mover(self, kids: Sequence[ElementTree.Element]) -> str:
        base, mark = self.say(kids[0]), "".join(kids[1].itertext()).strip()
        if mark in ACCENTS:
            return self._phrase(ACCENTS[mark], base)
        if _is_large(kids[0]):
            return self._phrase("upTo", base, self.say(kids[1]))
        return base if _is_brace(kids[1]) else self._phrase("above", base, self.say(kids[1]))

    def _munderover(self, kids: Sequence[ElementTree.Element]) -> str:
        base, below, above = map(self.say, kids[:3])
        if _is_large(kids[0]):
            is_count = "=" in _text_of(kids[1])
            return self._phrase("count" if is_count else "range", base, below, above)
        return self._phrase("above", self._phrase("under", base, below), above)

    def _mmultiscripts(self, kids: Sequence[ElementTree.Element]) -> str:
        base = self.say(kids[0])
        return " ".join([base, *filter(None, map(self.say, kids[1:]))])

    def _mtable(self, kids: Sequence[ElementTree.Element]) -> str:
        rows = [[self.say(cell) for cell in row] for row in kids]
        columns = max(map(len, rows), default=0)
        if len(rows) == 1:
            return " ".join(filter(None, rows[0]))
        spoken = [
            self._phrase("row", str(number), ", ".join(filter(None, row)))
            for number, row in enumerate(rows, 1)
        ]
        aligned = columns <= 2 and any("=" in "".join(row.itertext()) for row in kids)
        if aligned:
            lines = [
                self._phrase("line", str(number), " ".join(filter(None, row)))
                for number, row in enumerate(rows, 1)
            ]
            return "; ".join([self._phrase("cases", str(len(rows))), *lines])
        return "; ".join([self._phrase("table", str(len(rows)), str(columns)), *spoken, self._phrase("end")])


def _text_of(element: ElementTree.Element) -> str:
    """The text in an element, without selectors of a glyph's variant."""
    return "".join(element.itertext()).strip().strip("\ufe00\ufe0e\ufe0f")


def _other_bar(texts: Sequence[str], at: int) -> int:
    """Where the bar that opens at a place closes; 0 if it stands alone, as in conditions."""
    depth = 0
    for place in range(at + 1, len(texts)):
        depth += (texts[place] in OPENING) - (texts[place] in CLOSING)
        if depth < 0:
            return 0
        if depth == 0 and texts[place] == texts[at]:
            return place if place > at + 1 else 0
    return 0


def _is_short(element: ElementTree.Element) -> bool:
    """Whether it is clear where this ends without saying so."""
    leaves = [each for each in element.iter() if not len(each) and (each.text or "").strip()]
    return len(leaves) < 2


def _is_large(element: ElementTree.Element) -> bool:
    return "".join(element.itertext()).strip().replace("\u2009", "").replace(" ", "") in LARGE


def _is_brace(element: ElementTree.Element) -> bool:
    return "".join(element.itertext()).strip() in ("⏟", "⏞", "_", "―", "¯", "⎵", "⎴")
