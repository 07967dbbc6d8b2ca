"""Rewrites page content so that all of it is either marked content or an artifact."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, Pdf, String

from slidegen.export.pdf.structure import Content

Instruction = Any

PATH_BEGINS = {"m", "re"}
PATH_ENDS = {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*"}
SHOWS = {"Tj", "TJ", "'", '"'}
BEGINS_MARK = {"BMC", "BDC"}


def _op(name: str, *operands: Any) -> ContentStreamInstruction:
    return ContentStreamInstruction(list(operands), Operator(name))


class ContentRewriter:
    """Rewrites the pages of a PDF."""

    def __init__(
        self,
        pdf: Pdf,
        artifacts: Mapping[Content, str],
        known: Collection[Content],
        drawn: Collection[Content],
    ) -> None:
        """`artifacts` maps content that becomes artifacts to its type, which may be empty; `known` is all content
        in the tree, and `drawn` the part of it in which lines and pictures have a meaning.
        """
        self.pdf = pdf
        self.artifacts = artifacts
        self.known = known
        self.drawn = drawn
        self.wordless: set[Content] = set()
        """Content elsewhere in which there is no text, and which has become an artifact: borders, backgrounds."""
        self.rewritten: dict[tuple[int, int], bool] = {}
        """Forms by number, and whether each contains marks."""

    def rewrite(self) -> None:
        """Rewrite all pages."""
        for index, page in enumerate(self.pdf.pages):
            page.contents_coalesce()
            instructions, _ = self._instructions(
                list(pikepdf.parse_content_stream(page)),
                index,
                page.obj.get("/Resources"),
                None,
                marked=False,
            )
            page.Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(instructions))

    def _form(self, form: Any, index: int, *, marked: bool) -> bool:
        """Rewrite a form; returns whether it contains marks."""
        known = self.rewritten.get(form.objgen)
        if known is not None:
            return known
        self.rewritten[form.objgen] = False
        instructions = list(pikepdf.parse_content_stream(form))
        if not any(str(each.operator) in BEGINS_MARK for each in instructions) and not self._forms_below(
            form
        ):
            return False
        made, has_marks = self._instructions(instructions, index, form.get("/Resources"), form, marked=marked)
        if has_marks:
            form.write(pikepdf.unparse_content_stream(made))
        self.rewritten[form.objgen] = has_marks
        return has_marks

    def _forms_below(self, form: Any) -> bool:
        resources = form.get("/Resources")
        objects = resources.get("/XObject") if resources is not None else None
        return objects is not None and any(map(_is_form, objects.values()))

    def _instructions(
        self, instructions: list[Instruction], index: int, resources: Any, form: Any, *, marked: bool
    ) -> tuple[list[Instruction], bool]:
        """Instructions with everything marked, and whether there was a mark before."""
        made: list[Instruction] = []
        depth, path, in_text = int(marked), -1, -1
        has_marks = any(str(each.operator) in BEGINS_MARK for each in instructions)
        artifact = _op("BMC", Name.Artifact)
        end = _op("EMC")
        objects = resources.get("/XObject") if resources is not None else None
        fonts = resources.get("/Font") if resources is not None else None
        font: Any = None
        if not marked:
            instructions = self._tightened(instructions, index, objects, form)
        for each in instructions:
            operator = str(each.operator)
            if operator == "Tf" and fonts is not None:
                font = fonts.get(str(each.operands[0]))
            elif operator == "Tj" and b"\0\0" in bytes(each.operands[0]) and font is not None:
                each = without_missing(each, font)
                operator = str(each.operator)
            if operator in BEGINS_MARK:
                if in_text >= 0 and depth == 0:
                    in_text = _split_text(made, in_text, artifact, end)
                depth += 1
                made.append(self._begin(each, index, form, is_outermost=depth == 1))
            elif operator == "EMC":
                depth -= 1
                made.append(each)
            elif depth > 0:
                if operator == "Do" and _is_form(_named(objects, each)):
                    self._form(_named(objects, each), index, marked=True)
                made.append(each)
            elif operator in PATH_BEGINS and path < 0:
                path = len(made)
                made.append(each)
            elif operator in PATH_ENDS:
                made.insert(path if path >= 0 else len(made), artifact)
                made += [each, end]
                path = -1
            elif operator == "n":
                made.append(each)
                path = -1
            elif operator == "BT":
                in_text = len(made)
                made.append(each)
            elif operator == "ET":
                if in_text >= 0 and any(str(own.operator) in SHOWS for own in made[in_text:]):
                    made.insert(in_text, artifact)
                    made += [each, end]
                else:
                    made.append(each)
                in_text = -1
            elif operator in SHOWS and in_text < 0:
                made += [artifact, each, end]
            elif operator in ("Do", "sh", "INLINE IMAGE"):
                target = _named(objects, each) if operator == "Do" else None
                if _is_form(target) and self._form(target, index, marked=False):
                    has_marks = True
                    made += [_op("BMC", Name.Span), each, end]  # its content has marks of its own
                else:
                    made += [artifact, each, end]
            else:
                made.append(each)
        return made, has_marks

    def _tightened(
        self, instructions: list[Instruction], index: int, objects: Any, form: Any
    ) -> list[Instruction]:
        """Instructions whose marks of text hold the text alone, not the borders and backgrounds around it."""
        moved: dict[int, list[Instruction]] = {}
        text: Content | None = None
        depth, in_text, start, first, last = 0, False, -1, -1, -1
        for at, each in enumerate(instructions):
            operator = str(each.operator)
            if operator in BEGINS_MARK:
                depth += 1
                if depth == 1:
                    text = None if in_text else self._text(each, index, form)
                    start, first, last = at, -1, -1
                    continue
            elif operator == "EMC":
                depth -= 1
                if depth == 0 and text is not None:
                    moved[start] = moved[at] = []
                    if first >= 0:
                        moved[first] = [instructions[start], instructions[first]]
                        moved[last] = [*moved.get(last, [instructions[last]]), each]
                    else:
                        self.wordless.add(text)
                    text = None
            elif operator in ("BT", "ET"):
                in_text = operator == "BT"
            elif depth == 1 and not (operator == "Do" and _is_form(_named(objects, each))):
                continue
            if text is not None:
                first, last = at if first < 0 else first, at
        return [own for at, each in enumerate(instructions) for own in moved.get(at, (each,))]

    def _text(self, begin: Instruction, index: int, form: Any) -> Content | None:
        """The content that a mark begins; None if not only its text has a meaning."""
        content = _content(begin, index, form)
        is_text = content in self.known and content not in self.artifacts and content not in self.drawn
        return content if is_text else None

    def _begin(self, each: Instruction, index: int, form: Any, *, is_outermost: bool) -> Instruction:
        """The start of a mark: unchanged, or that of an artifact if the tree does not contain it."""
        if str(each.operator) != "BDC" or not isinstance(each.operands[1], Dictionary):
            return each
        content = _content(each, index, form)
        if content is None:
            # Such as the text for a glyph, which the browser also writes for spaces outside all tags.
            return _op("BMC", Name.Artifact) if is_outermost and each.operands[0] != Name.Artifact else each
        if content in self.artifacts or content not in self.known:
            kind = self.artifacts.get(content, "")
            if kind:
                return _op("BDC", Name.Artifact, Dictionary(Type=Name("/" + kind)))
            return _op("BMC", Name.Artifact)
        return each


def _content(begin: Instruction, index: int, form: Any) -> Content | None:
    """The numbered content that a mark begins; None if it has no number."""
    properties = begin.operands[1] if len(begin.operands) > 1 else None
    mcid = properties.get("/MCID") if isinstance(properties, Dictionary) else None
    return None if mcid is None else Content(index, int(mcid), None if form is None else form.objgen)


def _named(objects: Any, show: Instruction) -> Any:
    """The picture or form that an instruction shows; None if there is none of that name."""
    return None if objects is None else objects.get(str(show.operands[0]))


def _is_form(shown: Any) -> bool:
    return shown is not None and shown.get("/Subtype") == "/Form"


def _split_text(made: list[Instruction], start: int, artifact: Instruction, end: Instruction) -> int:
    """Make artifacts of what a text object shows before its first mark; returns whether it needed that."""
    for at in range(len(made) - 1, start, -1):
        if str(made[at].operator) in SHOWS:
            made[at : at + 1] = [artifact, made[at], end]
    return -1


def without_missing(show: Instruction, font: Any) -> Instruction:
    """The text without the box for characters that no font has, leaving its space."""
    if font.get("/Subtype") != "/Type0":
        return show
    data = bytes(show.operands[0])
    codes = [data[at : at + 2] for at in range(0, len(data), 2)]
    if b"\0\0" not in codes:
        return show
    width = _width_of_missing(font.DescendantFonts[0])
    parts: list[Any] = []
    for code in codes:
        if code == b"\0\0":
            parts.append(-width)
        elif parts and isinstance(parts[-1], bytearray):
            parts[-1] += code
        else:
            parts.append(bytearray(code))
    made = Array([String(bytes(part)) if isinstance(part, bytearray) else part for part in parts])
    return ContentStreamInstruction([made], Operator("TJ"))


def _width_of_missing(font: Any) -> float:
    """The width of glyph 0, in thousandths."""
    widths = font.get("/W")
    if widths is not None and len(widths) > 1 and int(widths[0]) == 0:
        first = widths[1]
        return float(first[0] if isinstance(first, Array) else widths[2])
    return float(font.get("/DW", 1000))
