"""What is embedded looks as it did as a file: in its place, in its size, without script and on paper."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.pictures import png_of
from tests.render.assets.project import Project, svg

CSS = """
* { print-color-adjust: exact }
section { overflow: auto; width: 900px; min-height: 1px }
img.sixty { width: 60% }
img[src$="#right"] { margin-left: 300px }
.back { background: #eee url("img/a.png") no-repeat right; height: 50px }
.set { background-image: image-set("img/a.png" 1x, "img/b.png" 2x); height: 50px }
li { list-style-image: url(img/icon.svg) }
.icon::before { content: url(img/b.png) }
.masked { width: 90px; height: 90px; background: green; mask: url(img/icon.svg) }
"""
CASES = [
    '<img src="img/a.png">',
    '<img src="img/a.png" width="150">',
    '<img src="img/a.png" height="60">',
    '<img src="img/a.png" width="30%">',
    '<img src="img/a.png" style="max-height: 40px">',
    '<img class="sixty" src="img/b.png">',
    '<img src="img/tall.jpg" style="width: 120px; height: 80px; object-fit: cover">',
    '<img src="img/viewbox.svg">',
    '<img src="img/viewbox.svg" width="200">',
    '<img src="img/viewbox.svg#left" height="50" data-view>',
    '<img src="img/sized.svg">',
    '<img src="img/percent.svg">',
    '<img src="img/bare.svg">',
    '<img src="img/a.png#right">',
    '<img src="img/a.png" srcset="img/a.png 1x, img/b.png 2x" style="image-rendering: auto">',
    '<img srcset="img/a.png 400w" sizes="300px">',
    '<picture><source media="(max-width: 50px)" srcset="img/b.png"><img src="img/a.png"></picture>',
    '<picture><source media="(min-width: 50px)" srcset="img/viewbox.svg"><source srcset="img/b.png">'
    '<img src="img/a.png" width="90"></picture>',
    '<div class="back"></div>',
    '<div class="set"></div>',
    '<div style="background: url(img/a.png) no-repeat center/cover; height: 60px"></div>',
    "<div style=\"background-image: linear-gradient(#fff8, #fff0), url('img/b.png'); height: 60px\"></div>",
    "<ul><li>x</li></ul>",
    '<b class="icon">icon</b>',
    '<div class="masked"></div>',
    '<svg width="200" height="80"><image href="img/a.png" width="100" height="80"/>'
    '<image xlink:href="img/a.png" x="100" width="100" height="80" preserveAspectRatio="xMidYMin slice"/></svg>',
    '<svg width="200" height="80"><pattern id="p" width="50" height="50" patternUnits="userSpaceOnUse">'
    '<image href="img/tall.jpg" width="40" height="40"/></pattern><rect width="200" height="80" fill="url(#p)"/></svg>',
    '<input type="image" src="img/b.png" width="50">',
    '<video poster="img/a.png" width="200"></video>',
    '<object data="img/sized.svg" width="100"></object>',
    '<iframe src="inner.html" width="200" height="60"></iframe>',
]
SHOWN = """() => Promise.all([...document.images].map((image) => image.decode().catch(() => null)))"""
SECTIONS = """() => [...document.querySelectorAll("section")].map((section) => {
  const { x, y, width, height } = section.getBoundingClientRect();
  return [x, y, width, height].map(Math.round);
})"""
DIFFERENCES = """async ([pictures, sections]) => {
  const [one, two] = await Promise.all(pictures.map(async (data) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    return context;
  }));
  return sections.map(([[x, y, width, height], [left, top]]) => {
    const pixels = one.getImageData(x, y, width, height).data;
    const others = two.getImageData(left, top, width, height).data;
    return pixels.reduce((sum, value, at) => sum + Math.abs(value - others[at]), 0) / pixels.length;
  });
}"""
"""How much each section differs, in steps of 256, on average over its pixels."""
SAME = 1.5
"""A difference that only finer or coarser sampling of one picture makes."""
BOXES = """() => [...document.querySelectorAll("section > *:not(style)")].map((element) => {
  const { width, height } = element.getBoundingClientRect();
  const image = element.matches("img:not([data-view])") ? element : null;
  return [element.parentElement.id, width, height, image?.naturalWidth, image?.naturalHeight];
})"""


def squares(width: int, height: int, side: int = 20) -> bytes:
    """An image of coloured squares in which every part looks different."""
    rows = b"".join(
        b"\0"
        + b"".join(
            bytes((x * 255 // width, y * 255 // height, (x // side + y // side) % 2 * 255))
            for x in range(width)
        )
        for y in range(height)
    )
    return png_of(width, height, rows)


FILES: dict[str, bytes | str] = {
    "slides/img/a.png": squares(400, 200),
    "slides/img/b.png": squares(800, 400, 40),
    "slides/img/tall.jpg": squares(100, 300),
    "slides/img/viewbox.svg": svg(
        'viewBox="0 0 40 10"',
        '<rect width="40" height="10" fill="#0a0"/><text x="2" y="7" font-size="5">é 100%</text>'
        '<view id="left" viewBox="0 0 20 10"/>',
    ),
    "slides/img/sized.svg": svg(
        'width="10em" height="5cm" viewBox="0 0 40 10"', '<circle r="9" fill="red"/>'
    ),
    "slides/img/percent.svg": svg('width="100%" height="100%" viewBox="0 0 4 2"', '<circle r="2"/>'),
    "slides/img/bare.svg": svg("", '<circle cx="20" cy="20" r="20"/>'),
    "slides/img/icon.svg": svg('width="20" height="20"', '<circle cx="10" cy="10" r="9"/>'),
    "slides/inner.html": '<body style="margin: 0"><img src="img/a.png" height="50"><b>inner</b></body>',
}


def page(css: str, body: str, end: str = "") -> str:
    return f'<!doctype html><meta charset="utf-8"><style>{css}</style>{body}{end}'


def embedded(deck: Project, css: str, sections: list[str]) -> str:
    """A page of sections, each rewritten by itself, as slides are."""
    css = deck.css(css)
    body = deck.assets.place("".join(deck.html(section) for section in sections))
    return page(css, body, f"{deck.assets.symbols()}<style>{deck.assets.sheet()}</style>")


@pytest.fixture
def shown(browser: Any) -> Any:
    """Opens a page without script and without network; returns it and what it asked for."""
    contexts = []

    def show(path: Path) -> tuple[Any, list[str]]:
        context = browser.new_context(
            java_script_enabled=False, offline=True, viewport={"width": 1000, "height": 6000}
        )
        contexts.append(context)
        opened, asked = context.new_page(), []
        opened.on("request", lambda request: asked.append(request.url))
        opened.goto(path.as_uri(), wait_until="load")
        opened.evaluate(SHOWN)
        return opened, [url for url in asked if not url.startswith("data:")]

    yield show
    for context in contexts:
        context.close()


@pytest.fixture
def comparer(browser: Any) -> Any:
    """A page that can compare pictures."""
    page = browser.new_page()
    yield page
    page.close()


def test_what_is_embedded_has_the_place_the_size_and_the_look_of_the_file(
    comparer: Any, shown: Any, tmp_path: Path
) -> None:
    deck = Project(tmp_path / "project", FILES)
    sections = [f'<section id="case{number}">{case}</section>' for number, case in enumerate(CASES)]
    written = deck.deck.with_name("written.html")
    written.write_text(page(CSS, "".join(sections)))
    built = tmp_path / "elsewhere.html"
    built.write_text(embedded(deck, CSS, sections))
    assert not deck.said

    original, _ = shown(written)
    standalone, asked = shown(built)
    assert asked == [built.as_uri()]
    assert standalone.evaluate(BOXES) == original.evaluate(BOXES)
    differences = _differences(comparer, original, standalone)
    assert [case for case, difference in zip(CASES, differences, strict=True) if difference > SAME] == []


def test_the_comparison_sees_a_difference(comparer: Any, shown: Any, tmp_path: Path) -> None:
    opened = []
    for name, image in (("one", "a.png"), ("two", "tall.jpg")):
        deck = Project(tmp_path / name, FILES)
        section = f'<section><img src="img/{image}" width="400" height="200"></section>'
        built = tmp_path / f"{name}.html"
        built.write_text(embedded(deck, CSS, [section]))
        opened.append(shown(built)[0])
    assert _differences(comparer, *opened)[0] > 5 * SAME


def _differences(comparer: Any, one: Any, two: Any, sections: list[Any] | None = None) -> list[float]:
    """How much each section of a page differs from that of another."""
    pictures = [b64encode(each.screenshot()).decode() for each in (one, two)]
    pairs = sections or list(zip(one.evaluate(SECTIONS), two.evaluate(SECTIONS), strict=True))
    return list(comparer.evaluate(DIFFERENCES, [pictures, pairs]))


def test_one_copy_serves_many_slides_on_paper_too(shown: Any, tmp_path: Path) -> None:
    deck = Project(tmp_path / "project", FILES)
    slide = (
        '<section style="break-after: page; background-image: url(img/b.png)"><img src="img/a.png"></section>'
    )
    html = embedded(deck, "* { print-color-adjust: exact }", [slide] * 5)
    assert html.count("data:image/png") == 2
    built = tmp_path / "page.html"
    built.write_text(html)
    opened, _ = shown(built)
    images = opened.locator("img")
    sizes = {
        (images.nth(n).bounding_box()["width"], images.nth(n).bounding_box()["height"]) for n in range(5)
    }
    assert sizes == {(400, 200)}
    pdf = opened.pdf(print_background=True)
    assert pdf.count(b"/Subtype /Image") == 2
    assert pdf.count(b"/Type /Page\n") >= 5


def test_a_background_too_large_for_a_custom_property_shows_on_every_slide(
    comparer: Any, shown: Any, tmp_path: Path
) -> None:
    large = squares(400, 200) + b"\0" * 1_700_000
    deck = Project(tmp_path / "project", {"slides/a.png": large})
    sections = [
        deck.html(f'<section id="case{n}" style="height: 90px">x</section>').replace(
            "height: 90px", "height: 90px; " + deck.style("background-image: url(a.png)")
        )
        for n in range(2)
    ]
    built = tmp_path / "page.html"
    built.write_text(page(CSS, "".join(sections), f"<style>{deck.assets.sheet()}</style>"))
    opened, _ = shown(built)
    written = deck.deck.with_name("written.html")
    plain = '<section style="height: 90px; background-image: url(a.png)">x</section>'
    written.write_text(page(CSS, plain * 2))
    original, _ = shown(written)
    assert max(_differences(comparer, original, opened)) <= SAME


def test_a_part_of_another_drawing_is_drawn_with_its_own_styles(
    comparer: Any, shown: Any, tmp_path: Path
) -> None:
    style = "<style>.c{fill:url(#g)} rect{stroke:blue;stroke-width:4}</style>"
    parts = (
        '<linearGradient id="g"><stop stop-color="red"/></linearGradient><symbol id="dot"><rect class="c" '
    )
    sprite = svg("", f'{style}{parts}x="5" y="5" width="30" height="30"/></symbol>')
    deck = Project(tmp_path / "project", {"slides/s.svg": sprite})
    case = '<section id="case{}"><svg width="50" height="50">{}</svg></section>'
    html = embedded(
        deck,
        "",
        [
            case.format(0, '<use href="s.svg#dot"/>'),
            case.format(
                1, '<rect x="5" y="5" width="30" height="30" fill="red" stroke="blue" stroke-width="4"/>'
            ),
            case.format(2, '<rect class="c" x="5" y="5" width="30" height="30"/>'),
            case.format(3, '<rect x="5" y="5" width="30" height="30" fill="black"/>'),
        ],
    )
    built = tmp_path / "page.html"
    built.write_text(html)
    opened, _ = shown(built)
    used, drawn, styled, plain = opened.evaluate(SECTIONS)
    pairs = [(used, drawn), (styled, plain), (used, plain)]
    same, untouched, other = _differences(comparer, opened, opened, pairs)
    assert (same, untouched) == (0, 0)  # the file's styles are not the page's
    assert other > 0


def test_a_script_file_runs_once_however_many_slides_name_it(
    open_page: Callable[..., Any], tmp_path: Path
) -> None:
    root = tmp_path / "project"
    deck = Project(root, {"slides/a.js": 'window.runs = (window.runs || 0) + 1; "</script>"'})
    opened = open_page(embedded(deck, "", ['<script src="a.js"></script>'] * 3))
    assert opened.evaluate("window.runs") == 1
