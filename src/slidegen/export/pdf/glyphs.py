"""Gives glyphs of formulas without a character of their own the character that they are a variant of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import uharfbuzz as hb
from pikepdf import Array, Dictionary, Pdf

from slidegen.patterns import lazy_compile

RANGE = lazy_compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
CHARACTER = lazy_compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
BLOCK = lazy_compile(r"begin(bfrange|bfchar)(.*?)endbf(?:range|char)", re.DOTALL)
WORTHLESS = {"", "\0", "\ufeff", "\ufffe", "\ufffd"}
REPLACEMENT = "\u25a1"
"""Stands for an unknown glyph: a white square."""


def variants_of(font_data: bytes) -> dict[int, str]:
    """The character of each glyph of a math font, by number, including variants."""
    face = hb.Face(font_data)
    font = hb.Font(face)
    known: dict[int, str] = {}
    for code in face.unicodes:
        glyph = font.get_nominal_glyph(code)
        if glyph is not None:
            known.setdefault(glyph, chr(code))
    for code in list(face.unicodes):
        for level in (1, 2):  # letters as they are in subscripts
            buffer = hb.Buffer()
            buffer.add_str(chr(code))
            buffer.guess_segment_properties()
            hb.shape(font, buffer, {"ssty": level, "dtls": 1})
            for info in buffer.glyph_infos:
                known.setdefault(info.codepoint, chr(code))
    if face.has_math_data:
        for glyph, text in list(known.items()):
            for direction in ("ttb", "ltr"):
                for variant in font.get_math_glyph_variants(glyph, direction):
                    known.setdefault(variant.glyph, text)
                parts, _ = font.get_math_glyph_assembly(glyph, direction)
                for part in parts:
                    known.setdefault(part.glyph, text)
    return known


def name_glyphs(pdf: Pdf, variants: Mapping[int, str]) -> None:
    """Give every code of each font that uses glyph numbers a character."""
    seen = set()
    for page in pdf.pages:
        for font in _fonts(page.obj.get("/Resources"), set()):
            if font.objgen in seen or font.get("/Subtype") != "/Type0" or "/ToUnicode" not in font:
                continue
            seen.add(font.objgen)
            is_math = "Math" in str(font.get("/BaseFont", ""))
            _name(pdf, font, variants if is_math else {})


def _fonts(resources: Any, seen: set[tuple[int, int]]) -> list[Any]:
    if resources is None:
        return []
    found = list(resources.get("/Font", Dictionary()).values())
    for each in resources.get("/XObject", Dictionary()).values():
        if each.get("/Subtype") == "/Form" and each.objgen not in seen:
            seen.add(each.objgen)
            found += _fonts(each.get("/Resources"), seen)
    return found


def _name(pdf: Pdf, font: Any, variants: Mapping[int, str]) -> None:
    known = read_cmap(bytes(font.ToUnicode.get_stream_buffer()).decode("latin-1"))
    used = _widths(font)
    added = {
        code: variants.get(code, REPLACEMENT)
        for code in {*known, *used}
        if code and (known.get(code, "") in WORTHLESS)
    }
    if added:
        font.ToUnicode = pdf.make_stream(write_cmap({**known, **added}))


def _widths(font: Any) -> set[int]:
    """The codes whose widths a font lists, which are those it shows."""
    found: set[int] = set()
    widths = font.DescendantFonts[0].get("/W", Array([])).as_list()
    at = 0
    while at + 1 < len(widths):
        first = int(widths[at])
        if isinstance(widths[at + 1], Array):
            found.update(range(first, first + len(widths[at + 1])))
            at += 2
        else:
            found.update(range(first, int(widths[at + 1]) + 1))
            at += 3
    return found


def read_cmap(text: str) -> dict[int, str]:
    """The characters of codes in a ToUnicode map."""
    found: dict[int, str] = {}
    for kind, body in BLOCK.findall(text):
        if kind == "bfchar":
            found.update({int(code, 16): _text(to) for code, to in CHARACTER.findall(body)})
            continue
        for first, last, to, several in RANGE.findall(body):
            codes = range(int(first, 16), int(last, 16) + 1)
            if several:
                found.update(
                    zip(codes, map(_text, several.replace("<", " ").replace(">", " ").split()), strict=False)
                )
            else:
                start = _text(to)
                for offset, code in enumerate(codes):
                    found[code] = start[:-1] + chr(ord(start[-1]) + offset) if start else ""
    return found


def _text(digits: str) -> str:
    return bytes.fromhex(digits.zfill(-(-len(digits) // 4) * 4)).decode("utf-16-be", "replace")


def write_cmap(known: Mapping[int, str]) -> bytes:
    """A ToUnicode map of two-byte codes."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    items = sorted(known.items())
    for start in range(0, len(items), 100):
        part = items[start : start + 100]
        lines.append(f"{len(part)} beginbfchar")
        lines += [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in part]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode()
