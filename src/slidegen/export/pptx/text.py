"""Puts text and formulas into the shapes of a presentation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace
from pptx.oxml.ns import qn

from slidegen.export.facts import PageFacts
from slidegen.export.pptx.omml import A, NoOmmlError, OmmlWriter
from slidegen.export.pptx.shapes import Box, Run, Shape

POINTS = 0.75
"""Points per pixel."""
A14 = "http://schemas.microsoft.com/office/drawing/2010/main"
MATH_FONT = "Cambria Math"


class TextWriter(Struct, frozen=True):
    """Writes text as the page shows it."""

    facts: PageFacts
    fonts: Mapping[int, str]
    """The fonts that are actually shown, by the numbers of runs."""
    link: Callable[[Any, Any, str], None]
    """Links a run: called with the part, the run's properties and the address."""
    speak: Callable[[int], str]
    """Puts the formula of a mark into words."""

    def write(self, part: Any, body: Any, shape: Shape) -> None:
        """Fill the text body of a shape."""
        for paragraph in body.findall(qn("a:p")):
            body.remove(paragraph)
        lines = _lines(shape.runs) if shape.kind == "code" else [shape.runs]
        for line in lines:
            paragraph = etree.SubElement(body, qn("a:p"))
            self._look(paragraph, shape)
            self.runs(part, paragraph, line)

    def runs(self, part: Any, paragraph: Any, runs: Sequence[Run]) -> None:
        """Add runs to a paragraph."""
        for run in runs:
            if run.token:
                self._formula(paragraph, run)
                continue
            for index, text in enumerate(run.text.split("\n")):
                if index:
                    etree.SubElement(paragraph, qn("a:br"))
                if text:
                    node = etree.SubElement(paragraph, qn("a:r"))
                    look = etree.SubElement(node, qn("a:rPr"))
                    self._run_look(look, run)
                    if run.link:
                        self.link(part, look, run.link)
                    etree.SubElement(node, qn("a:t")).text = "".join(
                        letter for letter in text if letter >= " " or letter == "\t"
                    )

    def _look(self, paragraph: Any, shape: Shape) -> None:
        look = etree.SubElement(paragraph, qn("a:pPr"))
        look.set("algn", shape.align)
        if shape.rtl:
            look.set("rtl", "1")
        if shape.line_height and not any(run.token for run in shape.runs):
            spacing = etree.SubElement(look, qn("a:lnSpc"))
            points = str(round(shape.line_height * POINTS * 100))
            etree.SubElement(spacing, qn("a:spcPts")).set("val", points)
        for name in ("a:spcBef", "a:spcAft"):
            etree.SubElement(etree.SubElement(look, qn(name)), qn("a:spcPts")).set("val", "0")
        if shape.hanging:
            look.set("marL", str(round(shape.hanging * 9525)))
            look.set("indent", str(-round(shape.hanging * 9525)))
        elif abs(shape.first) > 1:
            look.set("indent", str(round(shape.first * 9525)))
        if shape.bullet:
            indent = round(indent_of(shape) * 9525)
            look.set("marL", str(indent))
            look.set("indent", str(-indent))
            kind, _, start = shape.bullet.partition(" ")
            if shape.bullet_colour is not None:
                add_colour(etree.SubElement(look, qn("a:buClr")), shape.bullet_colour)
            if start:
                number = etree.SubElement(look, qn("a:buAutoNum"))
                number.set("type", kind)
                number.set("startAt", start)
            else:
                etree.SubElement(look, qn("a:buFont")).set("typeface", "Arial")
                etree.SubElement(look, qn("a:buChar")).set("char", kind)
        else:
            etree.SubElement(look, qn("a:buNone"))

    def _run_look(self, look: Any, run: Run) -> None:
        look.set("sz", str(max(100, min(400000, round(run.size * POINTS * 100)))))
        look.set("b", str(int(run.bold)))
        look.set("i", str(int(run.italic)))
        look.set("lang", self.facts.lang or "en")
        if run.underline:
            look.set("u", "sng")
        if run.strike:
            look.set("strike", "sngStrike")
        if spacing := round((run.spacing + run.room) * POINTS * 100):
            look.set("spc", str(spacing))
        if run.raised:
            look.set("baseline", str(run.raised * 1000))
        fill(look, run.colour, run.alpha)
        for name in ("a:latin", "a:ea", "a:cs"):
            etree.SubElement(look, qn(name)).set("typeface", self.fonts.get(run.family, "Arial"))

    def _formula(self, paragraph: Any, run: Run) -> None:
        element = self.facts.tokens[run.token - 1]

        def decorate(node: Any) -> None:
            look = etree.SubElement(node, f"{{{A}}}rPr")
            look.set("sz", str(round(run.size * POINTS * 100)))
            fill(look, run.colour, run.alpha)
            etree.SubElement(look, qn("a:latin")).set("typeface", MATH_FONT)

        try:
            formula = OmmlWriter(decorate).formula(element.mathml)
        except (NoOmmlError, IndexError):
            node = etree.SubElement(paragraph, qn("a:r"))
            self._run_look(etree.SubElement(node, qn("a:rPr")), run)
            etree.SubElement(node, qn("a:t")).text = self.speak(run.token)
            return
        holder = etree.SubElement(paragraph, f"{{{A14}}}m", nsmap={"a14": A14})
        holder.append(formula)


def fill(parent: Any, colour: tuple[int, int, int], alpha: float = 1) -> None:
    """Give a shape or text a colour."""
    add_colour(etree.SubElement(parent, qn("a:solidFill")), colour, alpha)


def add_colour(parent: Any, colour: tuple[int, int, int], alpha: float = 1) -> None:
    """Add a colour to an element."""
    node = etree.SubElement(parent, qn("a:srgbClr"))
    node.set("val", "{:02X}{:02X}{:02X}".format(*colour))
    if alpha < 0.995:
        etree.SubElement(node, qn("a:alpha")).set("val", str(round(alpha * 100000)))


def indent_of(shape: Shape) -> float:
    """Distance in pixels between an item's bullet and its text."""
    return shape.runs[0].size * (1.5 if " " in shape.bullet else 1.05)


def box_with_bullet(shape: Shape) -> Box:
    """The place of a shape with its bullet, if it has one."""
    left, top, width, height = shape.box
    if not shape.bullet:
        return shape.box
    indent = indent_of(shape)
    return (left if shape.rtl else left - indent), top, width + indent, height


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    """The lines of a listing, each of which becomes a paragraph."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        for index, text in enumerate(run.text.split("\n")):
            if index:
                lines.append([])
            if text:
                lines[-1].append(replace(run, text=text))
    return lines
