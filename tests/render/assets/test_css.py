"""Style sheets that need no other file."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slidegen.render.assets.css import NOTHING
from slidegen.render.assets.css_syntax import lost_brace
from tests.render.assets.project import TTF, WOFF, WOFF2, Project, png, svg

Make = Callable[..., Project]
IMAGE = png(4, 2)


@pytest.mark.parametrize(
    "written",
    [
        "url(a.png)",
        'url("a.png")',
        "url( 'a.png' )",
        "URL(a.png)",
        r"url(\61.png)",
        "url(./a.png)",
        "url(../slides/a.png)",
        "url(/slides/a.png)",
        "url(%61.png)",
        "url(a.png?v=3)",
        r"url(.\\a.png)",
    ],
)
def test_any_way_to_write_a_reference_is_understood(project: Make, written: str) -> None:
    deck = project({"slides/a.png": IMAGE})
    css = deck.css(f"b{{background:#fff {written} no-repeat}}i{{}}")
    assert css.startswith("b{background:#fff var(--a-")
    assert css.endswith(") no-repeat}i{}")
    assert not deck.said


@pytest.mark.parametrize(
    "css",
    [
        "b§{c:d\n\ni{e:f}",
        "b{c:d}§}i{e:f}",
        "@media print{b§{c:d i{e:f}}",
        "/* { */ a{content:'{'} b§{c:d;\n/* x */ i{e:f}",
    ],
)
def test_a_brace_without_its_other_end_is_found(css: str) -> None:
    assert lost_brace(css.replace("§", "")) == css.index("§")


@pytest.mark.parametrize(
    "css",
    [
        "b{c:d}i{e:f}",
        "b{c:d;& i{e:f}}",
        "b{c:d}\ni{e:f",
        "b{c:d}}",
        "@media print{b{c:d}",
        "/* } */ b{content:'}'}",
        "b{}/* x */@layer a{i{}",
    ],
)
def test_a_brace_that_changes_nothing_is_not_reported(css: str) -> None:
    assert lost_brace(css) is None


@pytest.mark.parametrize(
    "css",
    [
        "/* url(a.png) */ b{}",
        'b::before{content:"url(a.png)"}',
        "b{background:url(data:image/png;base64,AAAA)}",
        "b{filter:url(#blur)}",
        "b{background:url()}",
        "b{x:my-url(a.png)}",
        "b{}/* never closed url(a.png)",
        "@font-facet{src:url(data:,x)}",
        "@media print{b{c:d}}",
        "@import",
        "@font-face",
        '@import "data:text/css,b{}";',
    ],
)
def test_what_refers_to_no_file_stays(project: Make, css: str) -> None:
    deck = project()
    assert deck.css(css) == css
    assert not deck.said


def test_a_missing_file_is_reported_where_it_is_written_and_asks_for_nothing(project: Make) -> None:
    deck = project({"slides/images/logo.png": IMAGE})
    assert deck.css("b{background:url(images/Logo.png)}") == f"b{{background:{NOTHING}}}"
    assert deck.said == ["MISSING_ASSET there is no file images/Logo.png"]
    assert deck.places == ["images/Logo.png"]
    assert deck.diagnostics[0].hint == "images/logo.png exists: upper and lower case matter on web servers"


def test_a_mistake_in_a_style_sheets_file_is_reported_there(project: Make) -> None:
    deck = project({"css/theme.css": "b {}\ni { background: url(none.png) }"})
    assert deck.assets.css_file("../css/theme.css", deck.deck, lambda _: None) is not None
    span = deck.diagnostics[0].span
    assert span is not None
    assert (span.source.path, span.position.line, span.text) == ("css/theme.css", 2, "none.png")


def test_a_remote_style_sheet_of_the_deck_stays_remote(project: Make) -> None:
    deck = project()
    css = deck.assets.css_file("https://x.org/a.css", deck.deck, deck.locate)
    assert css == '@import url("https://x.org/a.css");\n'
    assert [item.code.name for item in deck.diagnostics] == ["REMOTE_ASSET"]


def test_a_file_that_vanishes_or_may_not_be_read_is_reported(project: Make) -> None:
    deck = project({"slides/a.css": "a{}", "slides/b.png": IMAGE, "slides/c.html": "c"})
    for name in ("a.css", "b.png", "c.html"):
        deck.files.find(name, deck.deck)
        (deck.root / "slides" / name).unlink()
    assert deck.assets.css_file("a.css", deck.deck, deck.locate) == ""
    assert "slidegen-missing" in deck.html('<img src="b.png"><iframe src="c.html"></iframe>')
    assert len(deck.said) == 3
    assert all("cannot be read: no such file or directory" in said for said in deck.said)


def test_image_sets_refer_with_strings_too(project: Make) -> None:
    deck = project({"slides/a.png": IMAGE, "slides/b.png": png(8, 4)})
    css = deck.css('b{background:image-set("a.png" 1x, url(b.png) type("image/png") 2x);content:"a.png"}')
    assert css.count("var(--a-") == 2
    assert 'type("image/png") 2x' in css
    assert 'content:"a.png"' in css


@pytest.mark.parametrize(
    ("conditions", "before", "after"),
    [
        ("", "", ""),
        (" print", "@media print{", "}"),
        (" (min-width: 9px) and print", "@media (min-width: 9px) and print{", "}"),
        (" layer", "@layer {", "}"),
        (" layer(a.b) print", "@media print{ @layer a.b{", "} }"),
        (" supports(display: grid)", "@supports (display: grid){", "}"),
        (" layerly", "@media layerly{", "}"),
    ],
)
def test_imports_become_part_of_the_sheet(project: Make, conditions: str, before: str, after: str) -> None:
    deck = project({"css/more.css": "i{}"})
    css = " ".join(deck.css(f'@import "../css/more.css"{conditions};\nb{{}}').split())
    assert css == " ".join(f"{before} i{{}} {after} b{{}}".split())


def test_references_in_an_imported_sheet_are_relative_to_it(project: Make) -> None:
    deck = project({"css/more.css": "i{background:url(img/a.png)}", "css/img/a.png": IMAGE})
    assert "var(--a-" in deck.css("@import url(../css/more.css);")
    assert not deck.said


def test_sheets_that_import_each_other_are_read_once(project: Make) -> None:
    deck = project({"slides/a.css": '@import "b.css";a{}', "slides/b.css": '@import "a.css";b{}'})
    assert deck.css('@import "a.css";').split() == ["b{}", "a{}"]


def test_sheets_that_import_each_other_twice_and_twice_end(project: Make) -> None:
    files = {f"slides/{n}.css": f'@import "{n + 1}.css";@import "{n + 1}.css";i{{}}' for n in range(30)}
    deck = project(files)
    started = time.process_time()
    deck.css('@import "0.css";')
    assert time.process_time() - started < 60


def test_a_chain_of_imports_ends_where_nobody_writes_one(project: Make) -> None:
    deck = project({f"slides/{n}.css": f'@import "{n + 1}.css";.n{n}{{}}' for n in range(400)})
    css = deck.css('@import "0.css";')
    assert ".n0{}" in css
    assert ".n40{}" in css
    assert ".n399{}" not in css
    assert len(deck.said) == 1
    assert "more than 50 style sheets import one another" in deck.said[0]


def test_remote_imports_stay_and_come_first(project: Make) -> None:
    deck = project({"slides/a.css": 'a{}@import "https://fonts.org/f?a=1|2&b" print;'})
    css = deck.css('@charset "utf-8";@import "a.css";b{}')
    assert css.split() == ["@import", 'url("https://fonts.org/f?a=1|2&b")', "print;", "a{}", "b{}"]
    assert [item.code.name for item in deck.diagnostics] == ["REMOTE_ASSET"]


FONTS: dict[str, bytes | str] = {
    "slides/f.woff2": WOFF2,
    "slides/f.woff": WOFF,
    "slides/f.ttf": TTF,
    "slides/f.svg": svg(),
}
FACE = """@font-face { font-family: "F"; src: url(f.eot);
  src: local("F; G"), url("f.eot?#iefix") format('embedded-opentype'), url(f.ttf) format("truetype"),
  url(f.woff) format(woff), url('f.woff2?v=1') format('woff2'), url(f.svg#f) format("svg");
  unicode-range: U+0-FF }b{}"""


@pytest.mark.parametrize("best", ["woff2", "woff", "ttf"])
def test_of_a_fonts_files_the_best_that_is_there_is_embedded_at_the_end(project: Make, best: str) -> None:
    names = ["woff2", "woff", "ttf"]
    there = {f"slides/f.{name}": FONTS[f"slides/f.{name}"] for name in names[names.index(best) :]}
    deck = project({**there, "slides/f.svg": svg()})
    assert deck.css(FACE).strip() == "b{}"
    sheet = deck.assets.sheet()
    assert sheet.count("url(") == 1
    assert f'url("data:font/{best};base64,' in sheet
    assert 'src:local("F; G"),url("data:font/' in sheet
    assert "unicode-range: U+0-FF" in sheet
    assert not deck.said


def test_a_font_without_any_file_is_reported_once(project: Make) -> None:
    deck = project()
    deck.css(FACE)
    assert deck.said == ["MISSING_ASSET there is no font f.woff2?v=1".replace("?v=1", "")]


def test_the_same_font_in_two_sheets_stands_in_the_page_once(project: Make) -> None:
    deck = project(FONTS)
    deck.css(FACE)
    deck.css(FACE)
    assert deck.assets.sheet().count("@font-face") == 1


def test_a_drawings_fragment_that_chooses_a_part_is_kept(project: Make) -> None:
    deck = project({"slides/a.svg": svg(inside='<view id="left" viewBox="0 0 9 9"/>')})
    whole, part, other = (
        deck.css(f"b{{mask:url(a.svg{fragment})}}") for fragment in ("", "#left", "#nothing")
    )
    assert whole == other != part
    assert "#left" in deck.assets.sheet()


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            ["url(", ")", '"', "'", "\\", "\n", "a.png", "@import ", "@font-face", "{", "}", ";", "src:", ","]
            + [
                "/*",
                "*/",
                "image-set(",
                "type(",
                "format(",
                "local(x)",
                "@charset",
                " ",
                "print",
                "#x",
                "data:",
            ]
        )
    )
)
def test_no_style_sheet_breaks_anything(project: Make, pieces: list[str]) -> None:
    deck = project({"slides/a.png": IMAGE})
    css = deck.css("".join(pieces))
    assert isinstance(css, str)
    deck.assets.sheet()


@pytest.mark.parametrize(
    "piece", ["/*", "url(", '"\\', "@import ", "@font-face{", "image-set(", "(", "a{", "'", '@import "a"']
)
def test_time_grows_with_the_size_of_the_sheet(project: Make, piece: str) -> None:
    deck = project()
    started = time.process_time()
    deck.css(piece * (400_000 // len(piece)))
    assert time.process_time() - started < 60
