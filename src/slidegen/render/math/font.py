"""The math font, STIX Two Math, subset to the glyphs that a deck uses."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from struct import pack_into, unpack_from

from slidegen.html_tags import without_tags
from slidegen.kept import kept
from slidegen.patterns import lazy_compile

FAMILY = "slidegen math"
"""The name by which style sheets refer to the font."""
FONT_PACKAGE = "ziamath"
FONT_PATH = "fonts/STIXTwoMath-Regular.ttf"

_MATH = lazy_compile(r"<math[\s>]")
_ANNOTATION = lazy_compile(r"<annotation[^>]*>[^<]*</annotation>")
_LETTER = lazy_compile(r"<mi>([^<&])</mi>")
_ALWAYS = " √−"
"""The space, the radical sign that browsers draw for `<msqrt>`, and the minus they draw for a hyphen."""

_FEATURES = ("ssty", "dtls", "flac")
"""What browsers enable in formulas: letters for scripts, dotless ones under accents, flat accents."""


class MathFontMissingError(Exception):
    """The font is missing from its package; the message says what to do."""


def _italics() -> dict[str, str]:
    """MathML Core's italic mapping: how browsers show the only letter of an `<mi>`."""
    runs = (("A", "Z", 0x1D434), ("a", "z", 0x1D44E), ("Α", "Ω", 0x1D6E2), ("α", "ω", 0x1D6FC))
    mapping = {
        chr(code): chr(target + code - ord(first))
        for first, last, target in runs
        for code in range(ord(first), ord(last) + 1)
    }
    signs = dict(zip("∂ϵϑϰϕϱϖ", range(0x1D715, 0x1D71C), strict=True))
    signs |= {"∇": 0x1D6FB, "ϴ": 0x1D6F3, "h": 0x210E, "ı": 0x1D6A4, "ȷ": 0x1D6A5}
    return mapping | {sign: chr(code) for sign, code in signs.items()}


ITALICS = _italics()


def characters_of(html: str) -> frozenset[str]:
    """The characters that the formulas in some HTML show, as browsers draw them."""
    found: set[str] = set()
    for opening in _MATH.finditer(html):
        found |= _characters_of_formula(html[opening.start() : html.find("</math>", opening.end())])
    return frozenset(found)


@lru_cache(maxsize=2048)
def _characters_of_formula(formula: str) -> frozenset[str]:
    """The characters of one formula; cached, since the steps of a slide repeat it."""
    shown = _ANNOTATION.sub("", formula)
    letters = (ITALICS.get(letter, letter) for letter in _LETTER.findall(shown))
    return frozenset((*letters, *unescape(without_tags(_LETTER.sub("", shown)))))


def subset_font(characters: Iterable[str]) -> bytes:
    """The font with the glyphs for these characters, including their size variants and parts, as TrueType.

    Characters that the font lacks are skipped: browsers take them from another one. Raises
    MathFontMissingError if the font is missing from its package.
    """
    file = font_file()
    state = file.stat()
    return _subset("".join(sorted({*_ALWAYS, *characters})), f"{file} {state.st_size} {state.st_mtime_ns}")


@kept(bytes)
def _subset(characters: str, of_file: str) -> bytes:
    """The same for the font file in its present state."""
    del of_file
    font = font_file().read_bytes()
    import uharfbuzz  # takes 40 ms, which decks without formulas do not need

    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    wanted.unicode_set.update(ord(character) for character in characters)
    for feature in _FEATURES:
        wanted.layout_feature_tag_set.add(int.from_bytes(feature.encode(), "big"))
    return fix_arrow_metrics(wanted.subset(uharfbuzz.Face(font)).blob.data)


def whole_font() -> bytes:
    """The whole font, for pages that are served; raises MathFontMissingError."""
    return fix_arrow_metrics(font_file().read_bytes())


def fix_arrow_metrics(font: bytes) -> bytes:
    """The font with arrows that stretch to the right.

    In STIX Two Math 2.11, the head of the long arrow declares no overlap on its left, where the
    shaft is, and some on its right, where nothing is; so Chromium leaves the arrow short. If the
    last part of a horizontal assembly says this, its two lengths are swapped.
    """
    mended = bytearray(font)

    def number(at: int) -> int:
        return int(unpack_from(">H", mended, at)[0])

    for table in range(12, 12 + 16 * number(4), 16):
        if mended[table : table + 4] == b"MATH":
            (math,) = unpack_from(">I", mended, table + 8)
            break
    else:
        return font
    variants = math + number(math + 8)
    first = variants + 10 + 2 * number(variants + 6)
    for index in range(number(variants + 8)):
        construction = variants + number(first + 2 * index)
        assembly = construction + number(construction)
        if assembly != construction and (parts := number(assembly + 4)) > 1:
            last = assembly + 6 + 10 * (parts - 1)
            before, after = unpack_from(">HH", mended, last + 2)
            if before == 0:
                pack_into(">HH", mended, last + 2, after, before)
    return bytes(mended)


def font_file() -> Path:
    """The path of the whole font."""
    package = find_spec(FONT_PACKAGE)
    for folder in (package and package.submodule_search_locations) or ():
        path = Path(folder, FONT_PATH)
        if path.is_file():
            return path
    raise MathFontMissingError(
        f"the package {FONT_PACKAGE} does not hold {FONT_PATH}, the font of formulas; "
        f"`pip install --force-reinstall {FONT_PACKAGE}` brings it back"
    )
