"""Exports a deck as a presentation: what the browser shows, as native shapes in the same places."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any
from urllib.parse import unquote

from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu

from slidegen.diagnostics import Diagnostic
from slidegen.export.options import ExportOptions
from slidegen.export.pdf_marks import RELATIVE
from slidegen.export.pptx.shapes import Box, Cell, Shape, SlideShapes
from slidegen.export.pptx.shown import (
    SCALE,
    Area,
    Part,
    Shots,
    ahead,
    area_of,
    read_picture,
    slide_shapes,
    slide_shots,
    whole_slides,
)
from slidegen.export.pptx.text import A14, TextWriter, box_with_bullet, fill
from slidegen.export.prepared import Prepared
from slidegen.export.spoken.speech import speaker
from slidegen.export.text import TextBlock, slide_texts

EMU = 9525
"""EMU per pixel."""
MAX_CORE = 255
"""How many characters a property of a document may have."""
TITLE_ONLY = 5
"""The layout of python-pptx's template that has a title and nothing else."""
LINK_COLOUR = "http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ROOM = 3
"""Extra width of boxes in pixels, for programs that set text a little wider."""


def export(
    opened: Prepared, options: ExportOptions, report: Callable[[Diagnostic], None]
) -> Mapping[str, bytes]:
    """The presentation of a prepared page."""
    del report
    texts = slide_texts(opened)
    if options.pictures:
        writer = _Presentation(opened, {})
        for index, picture in enumerate(ahead(whole_slides(opened))):
            said, notes = (plain(each, writer.speak) for each in (texts[index].slide, texts[index].notes))
            writer.add_picture_slide(index, picture, said, notes)
        return {"": writer.data()}
    slides, fonts = slide_shapes(opened)
    writer = _Presentation(opened, fonts)
    for index, shots in enumerate(ahead(slide_shots(opened, slides))):
        writer.add_slide(index, slides[index], shots, plain(texts[index].notes, writer.speak))
    return {"": writer.data()}


def plain(blocks: Sequence[TextBlock], speak: Callable[[int], str]) -> str:
    """Blocks as plain text, with formulas in words."""
    from slidegen.export.text import FORMULA, LINK, PICTURE

    lines = []
    for block in blocks:
        text = FORMULA.sub(lambda found: speak(int(found[1])), block.text)
        text = LINK.sub(lambda found: found[1], PICTURE.sub(lambda found: speak(int(found[1])), text))
        lines.append("  " * block.level + f"{block.label} {text}" if block.kind == "item" else text)
    return "\n".join(lines)


class _Presentation:
    def __init__(self, opened: Prepared, fonts: Mapping[int, str]) -> None:
        self.opened = opened
        self.facts = opened.facts
        self.words = opened.words
        self.width, self.height = opened.width, opened.height
        self.deck = Presentation()
        self.deck.slide_width = Emu(self.width * EMU)
        self.deck.slide_height = Emu(self.height * EMU)
        core = self.deck.core_properties
        core.title, core.author = _core(self.facts.title), _core(self.facts.author)
        core.keywords, core.subject = _core(self.facts.keywords), _core(self.facts.description)
        core.language = _core(self.facts.lang)
        self.say = speaker(self.facts.lang)
        self.layout = self.deck.slide_layouts[TITLE_ONLY]
        for each in list(self.layout.placeholders):
            if each.placeholder_format.type != PP_PLACEHOLDER.TITLE:
                each._element.getparent().remove(each._element)
        self.grounds: dict[bytes, str] = {}
        self.slides = [self.deck.slides.add_slide(self.layout) for _ in self.facts.slides]
        self.text = TextWriter(self.facts, fonts, self._link, self.speak)

    def speak(self, number: int) -> str:
        """A formula or a figure in words."""
        element = self.facts.tokens[number - 1]
        return (
            self.say(element) if element.is_ == "formula" else element.alt if element.is_ == "figure" else ""
        )

    def data(self) -> bytes:
        file = io.BytesIO()
        self.deck.save(file)
        return file.getvalue()

    def add_picture_slide(self, index: int, picture: bytes, text: str, notes: str) -> None:
        """Add a slide with one picture, and its text as alternative text."""
        slide = self.slides[index]
        title = self._title(index, slide)
        size = Emu(self.width * EMU), Emu(self.height * EMU)
        title.left, title.top, title.width, title.height = (
            Emu(0),
            Emu(-self.height * EMU // 8),
            size[0],
            Emu(1),
        )
        shape = slide.shapes.add_picture(io.BytesIO(picture), 0, 0, *size)
        _describe(shape, text)
        self._notes(slide, notes)

    def add_slide(self, index: int, found: SlideShapes, shots: Shots, notes: str) -> None:
        """Add a slide of native shapes."""
        slide = self.slides[index]
        title = self._title(index, slide)
        self._background(slide, shots.ground)
        heading = next((shape for shape in found.shapes if shape.kind == "heading"), None)
        if heading is not None:
            self._fill(slide, title, heading)
            if heading.has_formula:
                letters = _with_letters(title._element)
                if _is_one_line(title._element):
                    title._element.getparent().replace(title._element, letters)
                else:
                    offer(title._element, letters)
        else:  # for screen readers and the outline, above the slide
            title.left, title.top = Emu(0), Emu(-(self.height // 8) * EMU)
            title.width, title.height = Emu(self.width * EMU), Emu(self.height // 10 * EMU)
        for shape in sorted(found.shapes, key=lambda each: each.pagination):
            if shape is heading:
                continue
            if shape.kind == "picture":
                if shots.figures is not None and (area := area_of(self.opened, shape.box)):
                    self._picture(slide, shots.figures, area, self.speak(shape.token) if shape.token else "")
                continue
            if shape.kind == "table":
                made = self._table(slide, shape)
            else:
                made = slide.shapes.add_textbox(0, 0, 1, 1)
                self._fill(slide, made, shape)
            if not shape.has_formula or shots.formulas is None:
                continue
            if area := area_of(self.opened, box_with_bullet(shape)):
                spoken = "".join(self.speak(run.token) if run.token else run.text for run in shape.all_runs)
                offer(made._element, self._picture(slide, shots.formulas, area, spoken)._element)
        self._notes(slide, notes)

    def _title(self, index: int, slide: Any) -> Any:
        facts = self.facts.slides[index]
        slide.shapes.title.text_frame.text = facts.title or f"{self.words['slide']} {facts.number}"
        return slide.shapes.title

    def _notes(self, slide: Any, notes: str) -> None:
        if notes:
            slide.notes_slide.notes_text_frame.text = notes

    def _place(self, shape: Any, box: Box) -> None:
        left, top, width, height = (round(each * EMU) for each in box)
        shape.left, shape.top = Emu(left), Emu(top)
        shape.width, shape.height = Emu(max(1, width)), Emu(max(1, height))

    def _fill(self, slide: Any, box: Any, shape: Shape) -> None:
        """Put a paragraph or a listing into a text box, where the page shows it."""
        left, top, width, height = box_with_bullet(shape)
        top -= shape.lead
        if shape.kind == "code":
            pass  # its lines wrap where the page's do
        elif shape.align == "l":
            width += ROOM
        elif shape.align == "r":
            left, width = left - ROOM, width + ROOM
        else:
            left, width = left - ROOM, width + 2 * ROOM
        self._place(box, (left, top, width, height))
        body = box._element.txBody
        look = body.find(qn("a:bodyPr"))
        for name in ("lIns", "tIns", "rIns", "bIns"):
            look.set(name, "0")
        look.set("anchor", "t")
        look.set("wrap", "square" if shape.wraps else "none")
        for child in list(look):
            look.remove(child)
        etree.SubElement(look, qn("a:noAutofit"))
        self.text.write(slide.part, body, shape)

    def _picture(self, slide: Any, shown: Part, area: Area, text: str) -> Any:
        """Add a part of a slide's picture at its place, with an alternative text."""
        left, top, right, bottom = area
        places = (Emu(round(each / SCALE * EMU)) for each in (left, top, right - left, bottom - top))
        placed = slide.shapes.add_picture(io.BytesIO(_png(shown.cut(area))), *places)
        _describe(placed, text)
        return placed

    def _background(self, slide: Any, picture: bytes) -> None:
        """Add what CSS alone paints behind everything: as a colour if it is a single one."""
        if picture not in self.grounds:
            self.grounds[picture] = _only_colour(read_picture(picture))
        if colour := self.grounds[picture]:
            background = slide.background.fill
            background.solid()
            background.fore_color.rgb = RGBColor.from_string(colour)  # type: ignore[no-untyped-call]
            return
        _, relation = slide.part.get_or_add_image_part(io.BytesIO(picture))
        common = slide._element.find(qn("p:cSld"))
        node = etree.Element(qn("p:bg"))
        look = etree.SubElement(node, qn("p:bgPr"))
        blip = etree.SubElement(look, qn("a:blipFill"))
        etree.SubElement(blip, qn("a:blip")).set(qn("r:embed"), relation)
        etree.SubElement(etree.SubElement(blip, qn("a:stretch")), qn("a:fillRect"))
        etree.SubElement(look, qn("a:effectLst"))
        common.insert(0, node)

    def _table(self, slide: Any, shape: Shape) -> Any:
        columns = max(sum(cell.columns for cell in row) for row in shape.cells)
        frame = slide.shapes.add_table(len(shape.cells), columns, 0, 0, 1, 1)
        self._place(frame, shape.box)
        table = frame.table
        table._tbl.tblPr.attrib.clear()
        table.first_row = shape.head
        if shape.rtl:
            table._tbl.tblPr.set("rtl", "1")
        for style in table._tbl.tblPr.findall(qn("a:tableStyleId")):
            style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid
        for row, height in zip(table.rows, shape.heights, strict=True):
            row.height = Emu(round(height * EMU))
        taken: set[tuple[int, int]] = set()
        for line, row in enumerate(shape.cells):
            column = 0
            for cell in row:
                while (line, column) in taken:
                    column += 1
                if column >= columns:
                    break
                last = min(columns, column + cell.columns), min(len(shape.cells), line + cell.rows)
                taken |= {(y, x) for y in range(line, last[1]) for x in range(column, last[0])}
                own = table.cell(line, column)
                if (last[0] - column, last[1] - line) != (1, 1):
                    own.merge(table.cell(last[1] - 1, last[0] - 1))
                elif line == 0 or all(each.columns == 1 for each in row):
                    table.columns[column].width = Emu(round(cell.box[2] * EMU))
                own.margin_left, own.margin_top, own.margin_right, own.margin_bottom = (
                    Emu(round(each * EMU)) for each in _with_room(cell)
                )
                body = own._tc.get_or_add_txBody()
                text = Shape(
                    kind="cell", box=cell.box, token=0, runs=cell.runs, align=cell.align, rtl=shape.rtl
                )
                self.text.write(slide.part, body, text)
                if cell.fill is not None:
                    look = own._tc.get_or_add_tcPr()
                    fill(look, cell.fill)
                column = last[0]
        return frame

    def _link(self, part: Any, look: Any, target: str) -> None:
        """Link a run to a slide or an address."""
        node = etree.SubElement(look, qn("a:hlinkClick"))
        if target.startswith("#"):
            index = self._slide_of(unquote(target[1:]))
            if index is None:
                look.remove(node)
                return
            relation = part.relate_to(self.slides[index].part, RELATIONSHIP_TYPE.SLIDE)
            node.set("action", "ppaction://hlinksldjump")
        else:
            if target.startswith(RELATIVE):
                target = unquote(target.removeprefix(RELATIVE))
            relation = part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        node.set(qn("r:id"), relation)
        extension = etree.SubElement(etree.SubElement(node, qn("a:extLst")), qn("a:ext"))
        extension.set("uri", "{A12FA001-AC4F-418D-AE19-62706E023703}")
        colour = etree.SubElement(extension, f"{{{LINK_COLOUR}}}hlinkClr", nsmap={"ahyp": LINK_COLOUR})
        colour.set("val", "tx")  # a link has the colour of its text

    def _slide_of(self, name: str) -> int | None:
        return next((index for index, slide in enumerate(self.facts.slides) if name in slide.ids), None)


def _with_room(cell: Cell) -> tuple[float, float, float, float]:
    """The margins of a cell, with less on the side where its text ends, for programs that set it a little wider."""
    left, top, right, bottom = cell.padding
    if cell.align != "l":
        left -= min(left, ROOM if cell.align == "ctr" else 2 * ROOM)
    if cell.align != "r":
        right -= min(right, ROOM if cell.align == "ctr" else 2 * ROOM)
    return left, top, right, bottom


SCRIPTS = frozenset({qn("m:sup"), qn("m:sub")})
ONE_LINE = SCRIPTS | {
    qn(f"m:{name}") for name in ("oMathPara", "oMath", "r", "t", "e", "sSup", "sSub", "sSubSup")
}
"""The parts of a formula that is one line of letters."""


def _is_one_line(shape: Any) -> bool:
    """Whether letters, raised and lowered ones, show all of the formulas in a shape."""
    for formula in shape.iter(f"{{{A14}}}m"):
        for part in formula.iter(qn("m:*")):
            is_look = part.tag.endswith("Pr") or any(each.tag.endswith("Pr") for each in part.iterancestors())
            if not is_look and part.tag not in ONE_LINE:
                return False
            if sum(each.tag in SCRIPTS for each in part.iterancestors()) > 1:
                return False
    return True


def _with_letters(shape: Any) -> Any:
    """A copy of a shape whose formulas are letters and signs, which every program shows in a title."""
    other = deepcopy(shape)
    for formula in list(other.iter(f"{{{A14}}}m")):
        for letters in formula.iter(qn("m:t")):
            around = {each.tag for each in letters.iterancestors()}
            look = letters.getparent().find(qn("a:rPr"))
            run = etree.Element(qn("a:r"))
            properties = etree.SubElement(run, qn("a:rPr")) if look is None else deepcopy(look)
            run.append(properties)
            if SCRIPTS & around:
                properties.set("baseline", "30000" if qn("m:sup") in around else "-25000")
            etree.SubElement(run, qn("a:t")).text = letters.text
            formula.addprevious(run)
        formula.getparent().remove(formula)
    return other


def offer(shape: Any, other: Any) -> None:
    """Make programs that do not support formulas in text show another shape in place of a shape.

    LibreOffice 7 claims to support the namespace `a14` and omits these formulas, so it has another name here.
    """
    both = etree.Element(f"{{{MC}}}AlternateContent", nsmap={"mc": MC})
    shape.getparent().replace(shape, both)
    choice = etree.SubElement(both, f"{{{MC}}}Choice", nsmap={"math": A14})
    choice.set("Requires", "math")
    choice.append(shape)
    etree.SubElement(both, f"{{{MC}}}Fallback").append(other)


def _core(text: str) -> str:
    """A text that fits into a property of a document."""
    return text if len(text) <= MAX_CORE else text[: MAX_CORE - 1] + "…"


def _describe(shape: Any, text: str) -> None:
    shape._element.nvPicPr.cNvPr.set("descr", text)


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=4)
    return file.getvalue()


def _only_colour(image: Image.Image) -> str:
    """The colour of a picture in a single colour, in hexadecimal digits; empty if it has more."""
    if image.getcolors(1) is None:
        return ""
    return image.crop((0, 0, 1, 1)).tobytes().hex().upper()
