"""The font of formulas: which characters it needs, and what the subset keeps."""

from pathlib import Path

import pytest
import uharfbuzz

from slidegen.render.math import MathFontMissingError, MathRenderer, characters_of, font, subset_font


def face_of(data: bytes) -> uharfbuzz.Font:
    """A font to ask questions of."""
    return uharfbuzz.Font(uharfbuzz.Face(data))


def shown(tex: str) -> frozenset[str]:
    """The characters of a formula."""
    return characters_of(MathRenderer().render(tex, display=True, in_code=True).html)


@pytest.mark.parametrize(
    ("tex", "characters"),
    [
        ("x", {"𝑥"}),
        ("h", {"ℎ"}),
        (r"\alpha + \Omega", {"𝛼", "+", "Ω"}),
        (r"\partial \nabla", {"𝜕", "∇"}),
        (r"\mathrm{d}", {"d"}),
        (r"\mathbf{x} \mathbb{R}", {"𝐱", "ℝ"}),
        (r"a < b \& c", {"𝑎", "<", "𝑏", "&", "𝑐"}),
        (r"\text{é}", {"é"}),
        ("12", {"1", "2"}),
    ],
)
def test_a_letter_that_stands_alone_is_shown_in_italics(tex: str, characters: set[str]) -> None:
    assert shown(tex) == characters


def test_the_source_beside_a_formula_needs_no_glyphs() -> None:
    assert shown(r"\frac{1}{2}") == {"1", "2"}


def test_only_formulas_need_the_font() -> None:
    html = "<p>prose <mathias>not</mathias> <math><mi>x</mi></math> more</p>"
    assert characters_of(html) == {"𝑥"}
    assert characters_of("prose < math") == frozenset()


def test_the_subset_has_the_characters_and_is_small() -> None:
    data = subset_font("𝑥+ℝ∑")
    subset = face_of(data)
    assert all(subset.get_nominal_glyph(ord(character)) for character in "𝑥+ℝ∑√− ")
    assert not subset.get_nominal_glyph(ord("𝑦"))
    assert data[:4] == b"\x00\x01\x00\x00"
    assert len(data) < 40_000


def test_characters_that_the_font_does_not_have_are_passed_over() -> None:
    assert face_of(subset_font("日x")).get_nominal_glyph(ord("x"))


@pytest.fixture(scope="module")
def whole() -> uharfbuzz.Font:
    return face_of(font.font_file().read_bytes())


@pytest.mark.parametrize("character", "([{|‖√∑∏∫⏞⏟‾→⇒\u0302")
def test_the_subset_keeps_larger_forms_and_their_parts(character: str, whole: uharfbuzz.Font) -> None:
    subset = face_of(subset_font(character))
    kept = 0
    for direction in ("LTR", "TTB"):
        ours, all_of_them = (each.get_nominal_glyph(ord(character)) for each in (subset, whole))
        variants = [variant.advance for variant in whole.get_math_glyph_variants(all_of_them, direction)]
        parts = whole.get_math_glyph_assembly(all_of_them, direction)[0]
        assert [variant.advance for variant in subset.get_math_glyph_variants(ours, direction)] == variants
        found = subset.get_math_glyph_assembly(ours, direction)[0]
        assert [part.full_advance for part in found] == [part.full_advance for part in parts]
        kept += len(variants) + len(parts)
    assert kept


@pytest.mark.parametrize(("feature", "character"), [("ssty", "𝑥"), ("ssty", "′"), ("dtls", "𝑖")])
def test_the_subset_keeps_forms_for_scripts_and_accents(feature: str, character: str) -> None:
    glyphs = []
    for features in ({}, {feature: True}):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(character)
        buffer.guess_segment_properties()
        buffer.script = "math"
        uharfbuzz.shape(face_of(subset_font(character)), buffer, features)
        glyphs.append([info.codepoint for info in buffer.glyph_infos])
    assert glyphs[0] != glyphs[1]


def test_arrows_can_grow_to_the_right(whole: uharfbuzz.Font) -> None:
    for built, good in ((whole, False), (face_of(subset_font("→↔")), True)):
        for arrow in "→↔":
            glyph = built.get_nominal_glyph(ord(arrow))
            head = built.get_math_glyph_assembly(glyph, "LTR")[0][-1]
            assert (head.start_connector_length > 0) is good


def test_a_font_without_mathematics_is_left_alone() -> None:
    assert font.fix_arrow_metrics(b"\x00\x01\x00\x00" + bytes(8)) == b"\x00\x01\x00\x00" + bytes(8)


@pytest.fixture
def no_font(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A package of the right name that has no font in it."""
    package = tmp_path / "fontless"
    package.mkdir()
    (package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(font, "FONT_PACKAGE", "fontless")


@pytest.mark.usefixtures("no_font")
def test_a_package_without_the_font_is_named() -> None:
    with pytest.raises(MathFontMissingError, match="fontless"):
        subset_font("x")


def test_a_package_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(font, "FONT_PACKAGE", "no_such_package_as_this")
    with pytest.raises(MathFontMissingError, match="pip install"):
        subset_font("x")
