"""Converts MathML into Office's formulas (OMML)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree import ElementTree

from lxml import etree

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
LARGE = set("∑∏∐∫∬∭∮⋃⋂⨁⨂⋁⋀")
ACCENTS = dict(zip("^ˆ~˜→⃗˙.¨", "\u0302\u0302\u0303\u0303\u20d7\u20d7\u0307\u0307\u0308", strict=True))
BARS = {"¯", "‾", "_", "―", "\u0305", "\u0332"}
OPENING, CLOSING = "([{⟨⌊⌈|‖", ")]}⟩⌋⌉|‖"
IGNORED = {"annotation", "annotation-xml", "none", "mprescripts"}
GROUPS = {"math", "mrow", "mstyle", "mpadded", "semantics", "mtd", "menclose", "merror", "maction"}

Element = ElementTree.Element


class NoOmmlError(Exception):
    """A formula has a part that Office does not support."""


class OmmlWriter:
    """Makes formulas, calling `decorate` to style the text of each run."""

    def __init__(self, decorate: Callable[[etree._Element], None]) -> None:
        self.decorate = decorate

    def formula(self, mathml: str) -> etree._Element:
        """The formula as `m:oMath`; raises NoOmmlError."""
        try:
            root = ElementTree.fromstring(mathml)
        except ElementTree.ParseError as error:
            raise NoOmmlError(str(error)) from error
        made = etree.Element(f"{{{M}}}oMath", nsmap={"m": M, "a": A})
        self._fill(made, [root])
        if not len(made):
            raise NoOmmlError("it is empty")
        return made

    def _fill(self, parent: etree._Element, kids: Sequence[Element]) -> None:
        kids = [kid for kid in kids if _tag(kid) not in IGNORED]
        if _is_fenced(kids):
            self._fence(parent, kids)
            return
        at = 0
        while at < len(kids):
            kid = kids[at]
            if _is_large(kid):  # what it applies to follows
                self._nary(parent, kid, kids[at + 1 :])
                return
            self._add(parent, kid)
            at += 1

    def _add(self, parent: etree._Element, element: Element) -> None:
        tag = _tag(element)
        kids = list(element)
        if tag in IGNORED:
            return
        if tag in GROUPS:
            self._fill(parent, kids)
        elif tag in ("mi", "mo", "mn", "mtext", "ms"):
            self._text(parent, "".join(element.itertext()), tag, element.get("mathvariant"))
        elif tag == "mspace":
            width = element.get("width", "")
            if width.endswith("em") and float(width[:-2] or 0) >= 0.5:
                self._text(parent, "\u2003", "mtext", None)
        elif tag == "mphantom":
            self._part(self._node(parent, "phant"), "e", kids)
        else:
            add = getattr(self, f"_{tag}", None)
            if add is None:
                raise NoOmmlError(f"there is nothing like {tag}")
            add(parent, kids)

    def _node(self, parent: etree._Element, name: str) -> etree._Element:
        return etree.SubElement(parent, f"{{{M}}}{name}")

    def _set(self, parent: etree._Element, name: str, value: str) -> None:
        self._node(parent, name).set(f"{{{M}}}val", value)

    def _part(self, parent: etree._Element, name: str, kids: Sequence[Element]) -> None:
        self._fill(self._node(parent, name), kids)

    def _text(self, parent: etree._Element, text: str, tag: str, variant: str | None) -> None:
        text = text.strip("\n\t ") if tag != "mtext" else text.replace("\n", " ")
        text = "".join(letter for letter in text if letter not in "\u2061\u2062\u2063\u2064\u200b")
        if not text:
            return
        run = self._node(parent, "r")
        plain = tag in ("mtext", "ms") or variant == "normal" or (tag == "mi" and len(text) > 1)
        if plain:
            look = self._node(run, "rPr")
            self._set(look, "nor" if tag == "mtext" else "sty", "1" if tag == "mtext" else "p")
        self.decorate(run)
        node = self._node(run, "t")
        node.text = text
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _mfrac(self, parent: etree._Element, kids: Sequence[Element]) -> None:
        node = self._node(parent, "f")
        self._part(node, "num", kids[:1])
        self._part(node, "den", kids[1:2])

    def _msqrt(self, parent: etree._Element, kids: Sequence[Element]) -> None:
        node = self._node(parent, "rad")
        self._set(self._node(node, "radPr"), "degHide", "1")
        self._node(node, "deg")
        self._part(node, "e", kids)

    def _mroot(self, parent: etree._Element, kids: Sequence[Element]) -> None:
        node = self._node(parent, "rad")
        self._part(node, "deg", kids[1:2])
        self._part(node, "e", kids[:1])

    def _scripts(self, parent: etree._Element, name: str, parts: dict[str, Sequence[Element]]) -> None:
        node = self._node(parent, name)
        for part, kids in parts.items():
            self._part(node, part, kids)

    def _msup(self, parent: etree._Element, kids: Sequence[Element]) -> None:
        self._scripts(parent, "sSup", {"e": kids[:1], "sup": kids[1:2]})

    def _msub(self, parent: etree._Element, kids: Sequence[Element]) -> None:
        self._scripts(parent, "sSub", {"e": kids[:1], "sub": kids[1:2]})

    def _msubsup(self, parent: etree._Element, kids: Sequence[Element]) -> None:
        self._scripts(parent, "sSubSup", {"e": kids[:1], "sub": kids[1:2], "sup": kids[2:3]})

    def _munder(self, parent: etree._Element, kids: Sequence[Element]) -> None:
        mark = "".join(kids[1].itertext()).strip()
        if mark in BARS:
            self._bar(parent, kids[:1], "bot")
        elif mark == "⏟":
            self._group(parent, kids[:1], mark, "bot")
        else:
            self._scripts(parent, "limLow", {"e": kids[:1], "lim": kids[1:2]})

    def _mover(self, parent: etree._Element, kids: Sequence[Element]) -> None:
        mark = "".join(kids[1].itertext()).strip()
        if mark in BARS:
            self._bar(parent, kids[:1], "top")
        elif mark in ACCENTS:
            node = self._node(parent, "acc")
            self._set(self._node(node, "accPr"), "chr", ACCENTS[mark])
            self._part(node, "e", kids[:1])
        elif mark == "⏞":
            self._group(parent, kids[:1], mark, "top")
        else:
            self._scripts(parent, "limUpp", {"e": kids[:1], "lim": kids[1:2]})

    def _munderover(self, parent: etree._Element, kids: Sequence[Element]) -> None:
        node = self._node(parent, "limUpp")
        self._scripts(self._node(node, "e"), "limLow", {"e": kids[:1], "lim": kids[1:2]})
        self._part(node, "lim", kids[2:3])

    def _bar(self, parent: etree._Element, kids: Sequence[Element], place: str) -> None:
        node = self._node(parent, "bar")
        self._set(self._node(node, "barPr"), "pos", place)
        self._part(node, "e", kids)

    def _group(self, parent: etree._Element, kids: Sequence[Element], mark: str, place: str) -> None:
        node = self._node(parent, "groupChr")
        look = self._node(node, "groupChrPr")
        self._set(look, "chr", mark)
        self._set(look, "pos", place)
        self._part(node, "e", kids)

    def _nary(self, parent: etree._Element, element: Element, rest: Sequence[Element]) -> None:
        kids = list(element)
        tag = _tag(element)
        sign = "".join((kids[0] if kids else element).itertext()).strip()
        node = self._node(parent, "nary")
        look = self._node(node, "naryPr")
        self._set(look, "chr", sign)
        self._set(look, "limLoc", "undOvr" if tag in ("munder", "mover", "munderover") else "subSup")
        below = kids[1:2] if tag in ("msub", "munder", "msubsup", "munderover") else []
        above = (
            kids[2:3] if tag in ("msubsup", "munderover") else kids[1:2] if tag in ("msup", "mover") else []
        )
        if not below:
            self._set(look, "subHide", "1")
        if not above:
            self._set(look, "supHide", "1")
        self._part(node, "sub", below)
        self._part(node, "sup", above)
        self._part(node, "e", rest)

    def _fence(self, parent: etree._Element, kids: Sequence[Element]) -> None:
        node = self._node(parent, "d")
        look = self._node(node, "dPr")
        self._set(look, "begChr", "".join(kids[0].itertext()).strip())
        has_end = _sign(kids[-1]) in CLOSING
        self._set(look, "endChr", _sign(kids[-1]) if has_end else "")
        self._part(node, "e", kids[1:-1] if has_end else kids[1:])

    def _mtable(self, parent: etree._Element, kids: Sequence[Element]) -> None:
        node = self._node(parent, "m")
        columns = max((len(row) for row in kids), default=1)
        look = self._node(self._node(self._node(node, "mPr"), "mcs"), "mc")
        sizes = self._node(look, "mcPr")
        self._set(sizes, "count", str(columns))
        self._set(sizes, "mcJc", "center")
        for row in kids:
            line = self._node(node, "mr")
            for cell in row:
                self._part(line, "e", [cell])
            for _ in range(columns - len(row)):
                self._node(line, "e")


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _is_large(element: Element) -> bool:
    """Whether this is a sum, an integral or the like, with or without limits."""
    tag = _tag(element)
    kids = list(element)
    if tag in ("msub", "msup", "msubsup", "munder", "mover", "munderover") and kids:
        return "".join(kids[0].itertext()).strip() in LARGE
    return tag == "mo" and "".join(element.itertext()).strip() in LARGE


def _sign(element: Element) -> str:
    """The character of an operator; empty for anything else."""
    return "".join(element.itertext()).strip() or "\0" if _tag(element) == "mo" else "\0"


def _is_fenced(kids: Sequence[Element]) -> bool:
    """Whether these are enclosed in brackets that grow with them."""
    if len(kids) < 2 or _sign(kids[0]) not in OPENING:
        return False
    tall = any(each.tag.rpartition("}")[2] in ("mtable", "mfrac") for kid in kids[1:] for each in kid.iter())
    ends = _sign(kids[-1]) in CLOSING or (
        _sign(kids[0]) == "{" and any(_tag(kid) == "mtable" for kid in kids)
    )
    inner = [_sign(kid) for kid in kids[1:-1]]
    return tall and ends and not any(sign in OPENING + CLOSING for sign in inner)
