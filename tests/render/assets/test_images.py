"""Images of slides: each shown in its true size, its bytes once in the page."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser

from slidegen.render.assets.image_size import frame
from tests.render.assets.project import Project, png, svg

Make = Callable[..., Project]
IMAGE = png(40, 20)
BYTES = b64encode(IMAGE).decode()


def image(html: str) -> dict[str, str | None]:
    """The attributes of the one `<img>`."""
    [node] = LexborHTMLParser(html, is_fragment=True).css("img")
    return node.attributes


def test_an_image_is_an_empty_one_of_its_size_and_a_rule_with_the_bytes(project: Make) -> None:
    deck = project({"slides/a.png": IMAGE})
    given = image(deck.html('<p><img src="a.png" alt="A" width="50%" loading="lazy"></p>'))
    assert unquote(given["src"] or "").startswith(
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'/>"
    )
    assert (given["alt"], given["width"]) == ("A", "50%")
    assert "loading" not in given
    assert (
        deck.assets.sheet()
        == f'[data-a="{given["data-a"]}"]{{content:url("data:image/png;base64,{BYTES}")}}\n'
    )


def test_the_bytes_stand_once_however_an_image_is_used(project: Make) -> None:
    deck = project({"slides/a.png": IMAGE, "slides/copy.jpg": IMAGE})
    html = [
        deck.html('<img src="a.png"><img src="./a.png" width="9"><img src="copy.jpg">'),
        deck.html('<p style="background: url(a.png) no-repeat">x</p>'),
        deck.html('<video poster="a.png"></video><img srcset="a.png 2x">'),
        deck.html('<svg><image href="a.png" width="9" height="9"/></svg>'),
        deck.html('<picture><source media="print" srcset="a.png"><img src="a.png"></picture>'),
        deck.css("b{background:url(a.png)}"),
        deck.style("background-image: url(copy.jpg)"),
    ]
    page = deck.assets.place("".join(html)) + deck.assets.sheet() + deck.assets.symbols()
    assert page.count(BYTES) == 1
    assert not deck.said


def test_an_image_of_more_than_two_mebibytes_is_never_a_custom_property(project: Make) -> None:
    """Chromium ignores a `var()` that stands for so much."""
    large = IMAGE + b"\0" * 1_600_000
    deck = project({"slides/a.png": large})
    deck.html('<img src="a.png">')
    styles = [deck.style("background-image: url(a.png); color: red") for _slide in range(9)]
    assert styles[0] == styles[8]
    sheet = deck.assets.sheet()
    assert "--a-" not in sheet.replace("var(--a-", "")
    key = re.findall(r"var\((--a-\w+)\)", styles[0])[0]
    assert f'[style*="var({key})"]{{background-image:url("data:' in sheet
    assert sheet.count("data:image/png") == 2  # one for the image, one for all backgrounds


@pytest.mark.parametrize(
    ("attributes", "kept"),
    [
        ('width="30" height="20"', {"width": "30", "height": "20"}),
        ('viewBox="0 0 4 3"', {"viewBox": "0 0 4 3"}),
        ('width="100%" height="5cm" viewBox="0 0 4 3" id="x"', {"width": "100%", "height": "5cm"}),
        ('width="&quot;\'&lt;"', {"width": "\"'<"}),
        ("", {}),
    ],
)
def test_an_empty_image_has_what_decides_on_a_drawings_size(attributes: str, kept: dict[str, str]) -> None:
    text = b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY e 'x'>]><!-- <svg width='1'> -->" + svg(attributes)
    url = frame(text, "image/svg+xml").placeholder()
    assert not set('"<>#') & set(url.removeprefix("data:image/svg+xml,"))
    root = LexborHTMLParser(unquote(url.partition(",")[2]), is_fragment=True).css_first("svg")
    assert root is not None
    assert kept.items() <= root.attributes.items()


def test_a_photograph_that_lies_on_its_side_is_measured_upright() -> None:
    exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
    app1 = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
    sof = b"\xff\xc0\0\x11\x08" + (30).to_bytes(2, "big") + (70).to_bytes(2, "big") + b"\x03" + b"\0" * 9
    measured = frame(b"\xff\xd8" + app1 + sof + b"\xff\xd9", "image/jpeg")
    assert (measured.width, measured.height) == (30, 70)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"BM"]
)
def test_a_damaged_image_has_no_size_and_stays(project: Make, data: bytes) -> None:
    deck = project({"slides/a.png": data})
    assert "data-a" in image(deck.html('<img src="a.png">'))
    assert "width" not in (image(deck.html('<img src="a.png">'))["src"] or "")


def test_selectors_still_find_the_name_of_an_image(project: Make) -> None:
    deck = project({"slides/img/logo.png": IMAGE})
    source = image(deck.html('<img src="img/logo.png#right">'))["src"] or ""
    assert source.endswith("#img/logo.png#right")
    plain = image(deck.html('<img src="img/logo.png">'))
    assert (plain["src"] or "").endswith("/img/logo.png") or (plain["src"] or "").endswith("#img/logo.png")
    assert deck.assets.sheet().count("url(") == 1


@pytest.mark.parametrize(
    ("html", "shown", "density"),
    [
        ('<img src="a.png" srcset="a.png 1x, b.png 2x">', "b", "2x"),
        ('<img src="a.png" srcset="b.png 2x, none.png 3x">', "b", "2x"),
        ('<img srcset="a.png 40w, b.png 80w" sizes="(max-width: 9px) 9px, 20px">', "b", "4x"),
        ('<img srcset="b.png 227w" sizes="50vw">', "b", "0.5x"),
        ('<img srcset="a.png, b.png 2x">', "b", "2x"),
        ('<img src="a.png" srcset="">', "a", ""),
        ('<img src="a.png" srcset="none.png 2x">', "a", ""),
        ('<img src="a.png" srcset="https://x.org/b.png 2x">', "a", ""),
    ],
)
def test_the_sharpest_image_that_is_there_is_shown_in_its_size(
    project: Make, html: str, shown: str, density: str
) -> None:
    deck = project({"slides/a.png": IMAGE, "slides/b.png": png(80, 40)})
    given = image(deck.html(html))
    assert "srcset" not in given
    assert "sizes" not in given
    data = {"a": BYTES, "b": b64encode(png(80, 40)).decode()}[shown]
    rule = deck.assets.sheet()
    assert data in rule
    assert (f'") {density})' in rule) == bool(density)


def test_a_picture_shows_what_suits_the_window(project: Make) -> None:
    deck = project({"slides/a.png": IMAGE, "slides/b.png": png(8, 8), "slides/c.png": png(9, 9)})
    html = deck.html(
        '<picture><source media="print" srcset="b.png"><source media="screen" srcset="c.png">'
        '<source type="image/jxl" srcset="no.jxl"><img src="a.png"></picture>'
    )
    given = image(html)
    assert "<source" not in html
    last = deck.assets.sheet().splitlines()[-2:]
    assert [line.split("{")[0] for line in last] == ["@media screen", "@media print"]  # the first source wins
    assert all(f'[data-p="{given["data-p"]}"]' in line for line in last)
    assert not deck.said


@pytest.mark.parametrize(
    ("html", "box"),
    [
        ('<img src="no.png">', ""),
        ('<img src="no.png" width="300" height="40px">', "width: 300px; height: 40px"),
        ('<img src="no.png" width="30%" style="color: red">', "width: 30%; color: red"),
        ('<img src="no.png" width="calc(1)">', ""),
        ('<picture><source srcset="no2.png"><img src="no.png"></picture>', ""),
        ('<img srcset="no.png 2x">', ""),
    ],
)
def test_a_missing_image_leaves_a_labelled_box_of_its_size(project: Make, html: str, box: str) -> None:
    deck = project()
    tree = LexborHTMLParser(deck.html(html), is_fragment=True)
    assert not tree.css("img, picture")
    [node] = tree.css("span.slidegen-missing")
    assert node.attributes["role"] == "img"
    assert node.attributes["aria-label"] == "Missing image: no.png"
    assert (node.attributes.get("style") or "") == box
    assert node.text() == "no.png"
    assert "MISSING_ASSET there is no image no.png" in deck.said


def test_what_the_author_says_of_a_missing_image_stays_with_its_box(project: Make) -> None:
    html = project().html('<img class="left" id="x" src="&lt;b&gt;.png">')
    assert '<span class="slidegen-missing left" role="img"' in html
    assert 'id="x"' in html
    assert ">&lt;b&gt;.png</span>" in html


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.4", "is not an image that browsers can show, but PDF"),
        (b"II*\0....", "is not an image that browsers can show, but TIFF"),
        (b"", "is empty"),
        (b"<!doctype html><p>Not found", "is not an image"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1", "is only a pointer of Git LFS"),
    ],
)
@pytest.mark.parametrize("embed", [True, False])
def test_a_file_that_is_no_image_is_said_to_be_none(
    project: Make, data: bytes, says: str, embed: bool
) -> None:
    deck = project({"slides/a.png": data}, embed=embed)
    assert "slidegen-missing" in deck.html('<img src="a.png">')
    assert deck.said == [f"UNUSABLE_ASSET a.png {says}"]


def test_an_image_in_a_drawing_keeps_its_place_and_shape(project: Make) -> None:
    deck = project({"slides/a.png": IMAGE})
    html = deck.html(
        '<svg><image href="a.png" x="1" y="2" width="30" height="30" preserveAspectRatio="xMinYMax slice"/>'
        '<image xlink:href="a.png"/><defs><image id="d" href="a.png"/></defs></svg>'
    ).lower()
    assert '<foreignobject x="1" y="2" width="30" height="30"><img alt=""' in html
    assert "object-fit:cover!important;object-position:0% 100%!important" in html
    assert '<foreignobject width="40" height="20">' in html  # as large as the image
    assert re.search(r'<image id="d" data-asset-href="\w{10}">', html)  # nothing else is drawn there


@pytest.mark.parametrize("embed", [True, False])
def test_a_part_of_another_drawing_comes_into_the_page_once(project: Make, embed: bool) -> None:
    sprite = svg(
        "",
        "<style>.c{fill:url(#g)}path{stroke:red}#dot,g{r:1}@media print{.c{fill:none}}</style>"
        '<linearGradient id="g"/><symbol id="dot"><path class="c"/><use href="#inner"/></symbol>'
        '<g id="inner"/><g id="unused" class="other"/>',
    )
    deck = project({"slides/s.svg": sprite}, embed=embed)
    html = deck.html('<svg><use href="s.svg#dot"/><use xlink:href="s.svg#dot"/><use href="#own"/></svg>')
    symbols = deck.assets.symbols()
    [name] = set(re.findall(r'href="#(a-\w+-dot)"', html))
    prefix = name.removesuffix("dot")
    assert 'href="#own"' in html
    assert symbols.count(f'id="{name}"') == 1
    assert f'href="#{prefix}inner"' in symbols
    assert f'id="{prefix}inner"' in symbols
    assert f'id="{prefix}g"' in symbols  # only its style sheet refers to it
    assert "unused" not in symbols
    plain = prefix.removesuffix("-")
    assert f".{prefix}c{{fill:url(#{prefix}g)}}path.{plain}{{stroke:red}}" in symbols
    assert f"#{name},g.{plain}{{r:1}}@media print{{.{prefix}c{{fill:none}}}}" in symbols


def test_a_drawing_without_the_part_is_reported(project: Make) -> None:
    deck = project({"slides/s.svg": svg()})
    deck.html('<svg><use href="s.svg#none"/></svg>')
    assert deck.said == ["MISSING_ASSET s.svg has no part #none"]
    assert deck.assets.symbols() == ""
