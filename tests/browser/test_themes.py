"""The themes as they come out: everything can be read, nothing lies over anything else."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from tests.pages import TEMPLATES, THEMES, VOCABULARY_THEMES, step

Open = Callable[..., Any]
COLOURS = "white gray224 gray192 gray160 gray128 gray96 gray64 gray32 red green blue orange"
HIGHLIGHTS = "highlight highlight1 highlight2"
WORDS = "smaller small large bigger bold cite references author date subtitle footnote footer"

VOCABULARY = (
    "<h1>One</h1><h2>Two</h2><h3>Three</h3><h4>Four</h4>"
    "<p>Text <strong>strong</strong> <em>em</em> <a href='#'>link</a> <kbd>k</kbd> <mark>mark</mark> "
    "<del>del</del> <small>small</small> <code class='remark-inline-code'>code</code> "
    "<sup class='slidegen-footnote-ref'><a href='#'>1</a></sup></p>"
    + "".join(
        f"<p><span class='{name}'>{name}</span></p>" for name in f"{COLOURS} {HIGHLIGHTS} {WORDS}".split()
    )
    + "".join(f"<p><mark>a <span class='{name}'>marked {name}</span></mark></p>" for name in COLOURS.split())
    + "".join(
        f"<div class='{box}'><p>Text <a href='#'>link</a> <code class='remark-inline-code'>code</code> "
        "<span class='cite'>cite</span> "
        + "".join(f"<span class='{name}'>{box} {name}</span> " for name in f"{COLOURS} {HIGHLIGHTS}".split())
        + "</p></div>"
        for box in ("question", "conclusion", "context", "context35")
    )
    + "<blockquote><p>quoted</p></blockquote><figure><figcaption>caption</figcaption></figure>"
    "<details open><summary>summary</summary><p>detail</p></details>"
    "<table><caption>caption</caption><thead><tr><th>head</th></tr></thead><tbody><tr><td>cell</td></tr></tbody></table>"
    "<span class='slidegen-missing'>missing.png</span> <span class='slidegen-math-error'>\\frac</span>"
    "<div class='left-column'><h2>One</h2><h2>Two</h2></div><div class='right-column'><p>text</p></div>"
    "<div class='slidegen-footnotes'><ol><li>note <a href='#'>back</a></li></ol></div>"
)

CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (front, back) => back.map((part, i) => i < 3 ? part + (front[i] - part) * front[3] : 1);
  const ground = (element) => {
    const own = rgba(getComputedStyle(element).backgroundColor);
    if (own[3] === 1 || element.matches(".remark-slide")) return own;
    return over(own, ground(element.parentElement));
  };
  const linear = (part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const light = (channel) => linear(channel / 255);
  const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const found = [];
  const content = document.querySelector(".remark-slide-content");
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim()) continue;
    const back = ground(element);
    const front = over(rgba(getComputedStyle(element).color), back);
    const [lighter, darker] = [luminance(front), luminance(back)].sort((a, b) => b - a);
    const faded = getComputedStyle(element).opacity < 1 ? " faded" : "";
    found.push([walker.currentNode.data.trim() + faded, (lighter + 0.05) / (darker + 0.05)]);
  }
  return found;
}"""


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
@pytest.mark.parametrize(
    "kind",
    ["", "inverse", "title-slide", "title", "section", "question", "conclusion", "context", "references"],
)
def test_every_text_can_be_read_on_its_ground(open_deck: Open, theme: str, kind: str) -> None:
    page = open_deck(step(VOCABULARY, classes=(kind,) if kind else ()), theme=theme)
    contrasts = page.evaluate(CONTRASTS)
    assert len(contrasts) > 60
    low = {
        text: round(contrast, 1) for text, contrast in contrasts if contrast < 4.5 or text.endswith("faded")
    }
    assert not low


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
@pytest.mark.parametrize("picture", ["white", "black"])
def test_the_foot_can_be_read_on_a_picture(open_deck: Open, theme: str, picture: str) -> None:
    page = open_deck(
        step(
            "<h1>One</h1><div class='footer'>A footer</div><div class='footnote'>A note</div>",
            style=f"background-image: linear-gradient({picture}, {picture}); background-color: {picture}",
        ),
        theme=theme,
    )
    contrasts = dict(page.evaluate(CONTRASTS))
    for text in ("A footer", "A note", "1 / 1"):
        assert contrasts[text] >= 4.5, text


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_footers_stack_at_the_foot(open_deck: Open, theme: str) -> None:
    footers = [f'<p><span class="footer">Footer {number}</span></p>' for number in range(3)]
    fill = "<p>line</p>" * 3
    page = open_deck(
        footers[0] + fill + footers[1] + '<p><span class="footnote">Note</span></p>' + footers[2], theme=theme
    )
    boxes = [page.get_by_text(text).bounding_box() for text in ("Note", "Footer 0", "Footer 1", "Footer 2")]
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"] + 0.5
    slide = page.locator(".remark-slide-scaler").bounding_box()
    assert slide["y"] + slide["height"] - 40 < boxes[-1]["y"] < slide["y"] + slide["height"] - 10
    number = page.locator(".remark-slide-number").bounding_box()
    assert boxes[-1]["x"] < number["x"]


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_the_foot_is_kept_free(open_deck: Open, theme: str) -> None:
    """What is aligned to the bottom of the slide ends above its footers."""
    footers = "".join(f'<div class="footer">Footer {number}</div>' for number in range(4))
    page = open_deck(step(f"<p>last line</p>{footers}", classes=("bottom",)), theme=theme)
    last = page.get_by_text("last line").bounding_box()
    assert last["y"] + last["height"] <= page.get_by_text("Footer 0").bounding_box()["y"]


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_the_theme_shines_through_a_translucent_colour_of_a_slide(open_deck: Open, theme: str) -> None:
    page = open_deck(step("<p>tinted</p>", style="background-color: #7fb2d92e"), "<p>plain</p>", theme=theme)
    below, plain = page.evaluate(
        """[document.querySelector(".remark-slide"), [...document.querySelectorAll(".remark-slide-content")].at(-1)]
             .map((each) => getComputedStyle(each).backgroundColor)"""
    )
    assert below == plain


def test_a_footer_the_author_places_finds_the_corners_of_the_slide(open_deck: Open) -> None:
    css = ".footer { position: absolute; left: 20px; top: 10px; }"
    page = open_deck(
        '<p>text</p><div class="footer">mine</div>',
        css=css,
        theme="lecture",
        page={"viewport": {"width": 908, "height": 681}},
    )
    box = page.get_by_text("mine").bounding_box()
    assert [box["x"], box["y"]] == [20, 10]


@pytest.mark.parametrize(
    ("left", "right", "share"),
    [
        ("left-column", "right-column", 0.48),
        ("pull-left", "pull-right", 0.48),
        ("left-column-33", "right-column-66", 0.31),
        ("left-column-66", "right-column-33", 0.65),
    ],
)
def test_columns_stand_side_by_side_and_what_follows_below(
    open_deck: Open, left: str, right: str, share: float
) -> None:
    page = open_deck(
        f'<div class="{left}"><p>left</p><p>more</p></div><div class="{right}"><p>right</p></div>'
        "<p id=below>below</p>",
        theme="lecture",
    )
    one, two, below = (
        page.locator(selector).bounding_box() for selector in (f".{left}", f".{right}", "#below")
    )
    assert one["y"] == two["y"]
    assert one["x"] + one["width"] <= two["x"]
    assert below["y"] >= one["y"] + one["height"]
    inner = two["x"] + two["width"] - one["x"]
    assert one["width"] / inner == pytest.approx(share, abs=0.01)


def test_three_columns(open_deck: Open) -> None:
    names = ("columns-3-left", "columns-3-center", "columns-3-right")
    page = open_deck(
        "".join(f'<div class="{name}"><p>text</p></div>' for name in names) + "<p id=below>below</p>",
        theme="slate",
    )
    boxes = [page.locator(f".{name}").bounding_box() for name in names]
    assert len({box["y"] for box in boxes}) == 1
    assert boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"]
    assert boxes[1]["x"] + boxes[1]["width"] < boxes[2]["x"]
    assert page.locator("#below").bounding_box()["y"] >= boxes[0]["y"] + boxes[0]["height"]


def test_sizes_of_pictures(open_deck: Open) -> None:
    image = "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='40' height='4'/>\">"
    page = open_deck(
        f'<p id=text>text</p><p><span class="width-60">{image}</span></p>'
        f'<p><span class="full-width">{image}</span></p>',
        theme="lecture",
        page={"viewport": {"width": 908, "height": 681}},
    )
    text = page.locator("#text").bounding_box()
    assert page.locator(".width-60 img").bounding_box()["width"] == pytest.approx(0.6 * text["width"], abs=1)
    full = page.locator(".full-width img").bounding_box()
    assert [full["x"], full["width"]] == pytest.approx([0, 908], abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 908


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("place", "edge"), [("top", 0.0), ("middle", 0.5), ("bottom", 1.0)])
@pytest.mark.parametrize(("side", "start"), [("left", 0.0), ("center", 0.5), ("right", 1.0)])
def test_alignment(open_deck: Open, theme: str, place: str, edge: float, side: str, start: float) -> None:
    page = open_deck(step("<p id=x style='margin:0'><span>x</span></p>", classes=(place, side)), theme=theme)
    slide = page.locator(".remark-slide-scaler").bounding_box()
    word = page.locator("#x span").bounding_box()
    across = (word["x"] + word["width"] / 2 - slide["x"]) / slide["width"]
    down = (word["y"] + word["height"] / 2 - slide["y"]) / slide["height"]
    assert across == pytest.approx(start, abs=0.12)
    assert down == pytest.approx(edge, abs=0.12)


@pytest.mark.parametrize(("lang", "font"), [("zh", "SC"), ("zh-TW", "TC"), ("ja", "JP"), ("ko", "KR")])
def test_each_language_has_its_own_fonts(open_deck: Open, lang: str, font: str) -> None:
    page = open_deck(
        step("<p>字</p>", lang=lang), f"<p><span id=part lang={lang}>字</span></p>", theme="lecture"
    )
    assert f"Noto Sans CJK {font}" in page.evaluate(
        "getComputedStyle(document.querySelector('.remark-slide-content')).fontFamily"
    )
    assert f"Noto Sans CJK {font}" in page.evaluate("getComputedStyle(part).fontFamily")


TALL = "<img class=shot src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='900' height='1400'/>\">"
SMALL = TALL.replace("900", "90").replace("1400", "60")
FOOT = "<p><span class=footnote>A note</span></p><p><span class=footer>A footer</span></p>"


PICTURED = [
    "<p>{}</p>",
    "<div class=center><p>{}</p></div>",
    "<p><a href='#1'>{}</a></p>",
    "<p><span class=full-width>{}</span></p>",
    "<figure>{}<figcaption>A caption</figcaption></figure>",
    "<h2>More</h2><p>{}</p>",
    "<p>Text</p><ul><li>one</li></ul><p>{}</p><p>Source</p>",
    "{}",
]


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_a_picture_takes_the_room_that_title_text_and_foot_leave(open_deck: Open, theme: str) -> None:
    slides = [
        step(f"<h1>A title</h1>{around.format(TALL)}{foot}", classes=classes)
        for around in PICTURED
        for foot in ("", FOOT)
        for classes in ((), ("middle", "center"), ("bottom",))
    ]
    page = open_deck(*slides, theme=theme, page={"viewport": {"width": 908, "height": 681}})
    gaps = []
    for _ in slides:
        boxes = page.evaluate(
            """[".shot", "h1", ".slidegen-foot > *", "figcaption", ":has(> .shot) ~ p"].map((name) => {
              const box = document.querySelector(`.remark-visible ${name}`)?.getBoundingClientRect();
              return [box?.top ?? 681 - 44, box?.bottom ?? 0];
            })"""
        )
        (top, bottom), (title, title_end), *below = boxes
        assert 0 < title < title_end <= top < bottom
        gaps.append(min(start for start, _ in below) - bottom)
        page.keyboard.press("ArrowRight")
    assert min(gaps) >= -1
    assert max(gaps) < 45


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_small_pictures_and_those_in_columns_stay_as_they_are(open_deck: Open, theme: str) -> None:
    page = open_deck(
        f"<h1>A title</h1><p>{SMALL}</p>",
        f"<h1>A title</h1><div class=pull-left><p>Text</p></div><div class=pull-right><p>{TALL}</p></div>",
        theme=theme,
        page={"viewport": {"width": 908, "height": 681}},
    )
    small = page.locator(".remark-visible .shot").bounding_box()
    assert (small["width"], small["height"]) == (90, 60)
    page.keyboard.press("ArrowRight")
    column = page.locator(".remark-visible .shot").bounding_box()
    assert column["x"] > 440
    assert column["y"] + column["height"] < 681 - 16


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_a_box_that_holds_more_than_a_picture_stays_above_what_follows(open_deck: Open, theme: str) -> None:
    box = f"<div><p>Text</p><p>{SMALL}</p><ul>{'<li>item</li>' * 16}</ul></div>"
    page = open_deck(f"<h1>A title</h1>{box}<p class=after>After it</p>", theme=theme)
    last = page.locator("li").last.bounding_box()
    assert page.locator(".after").bounding_box()["y"] >= last["y"] + last["height"] - 1


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_a_picture_that_has_a_slide_for_itself_is_in_its_middle(open_deck: Open, theme: str) -> None:
    html = f"<h1>A title</h1><p>{SMALL}</p>"
    page = open_deck(
        step(html + FOOT),
        step(html.replace("<p>", "<p>Text</p><p>")),
        step(html + "<p>Text</p>"),
        step(html, classes=("left",)),
        theme=theme,
        page={"viewport": {"width": 908, "height": 681}},
    )
    places = []
    for _ in range(4):
        places.append(page.locator(".remark-visible .shot").bounding_box()["x"])
        page.keyboard.press("ArrowRight")
    assert places[0] == pytest.approx((908 - 90) / 2, abs=1)
    assert max(places[1:]) < 90


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
@pytest.mark.parametrize("within", ["", "center"])
def test_marks_of_centred_lists_stay_with_their_text(open_deck: Open, theme: str, within: str) -> None:
    lists = "<ul><li>one</li><li>twenty one</li></ul><ol><li>one</li></ol>"
    inner = f"<div class=center>{lists}</div>" if within else lists
    page = open_deck(step(f"<p>Text</p>{inner}", classes=("" if within else "center",)), theme=theme)
    slide = page.locator(".remark-slide-scaler").bounding_box()
    for box in (each.bounding_box() for each in page.locator("ul, ol").all()):
        assert box["width"] < slide["width"] / 3
        assert box["x"] + box["width"] / 2 == pytest.approx(slide["x"] + slide["width"] / 2, abs=2)
    starts = page.evaluate(
        """[...document.querySelectorAll("ul li")].map((each) => {
          const range = document.createRange();
          range.selectNodeContents(each);
          return range.getBoundingClientRect().left;
        })"""
    )
    assert len(set(starts)) == 1


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_a_box_on_a_slide_of_its_kind_can_be_seen(open_deck: Open, theme: str) -> None:
    kinds = ["question", "conclusion"]
    page = open_deck(
        *(step(f"<h1>One</h1><div class={kind}><p>Box</p></div>", classes=(kind,)) for kind in kinds),
        theme=theme,
    )
    for kind in kinds:
        grounds = page.evaluate(
            f"[...document.querySelectorAll('.{kind}')].map((each) => getComputedStyle(each).backgroundColor)"
        )
        assert len(set(grounds)) == 2


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_footer_and_number_stand_on_one_line(open_deck: Open, theme: str) -> None:
    kinds = ["top", "title-slide", "title", "inverse", "question"]
    page = open_deck(*(step(f"<h1>One</h1>{FOOT}", classes=(kind,)) for kind in kinds), theme=theme)
    for kind in kinds:
        [footer, number] = page.evaluate(
            """[".footer", ".remark-slide-number"].map((name) => {
              const mark = document.createElement("span");
              mark.style.display = "inline-block";
              document.querySelector(`.remark-visible ${name}`).append(mark);
              return mark.getBoundingClientRect().bottom;
            })"""
        )
        assert footer == pytest.approx(number, abs=0.5), kind
        page.keyboard.press("ArrowRight")


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_the_reading_view_cuts_off_no_shadow(open_deck: Open, theme: str) -> None:
    page = open_deck(
        "<p>One</p>", "<p>Two</p>", theme=theme, page={"viewport": {"width": 390, "height": 844}}
    )
    room = page.evaluate(
        """(() => {
          const scaler = document.querySelector(".remark-slide-scaler");
          const [inner, outer] = [scaler, scaler.parentElement].map((each) => each.getBoundingClientRect());
          const lengths = getComputedStyle(scaler).boxShadow.match(/-?[\\d.]+px/g).map(parseFloat);
          const needs = Math.abs(lengths[1]) + lengths[2] + lengths[3];
          return Math.min(inner.left - outer.left, outer.bottom - inner.bottom) - needs;
        })()"""
    )
    assert room >= 0


ONE_THING = {
    "title-slide": "<h1>Title</h1><h2>Subtitle</h2>",
    "section": "<h1>Part</h1><h2>What it is about</h2>",
    "statement": "<h1>One thing</h1>",
    "quotation": "<blockquote><p>quoted</p></blockquote><p><span class=cite>somebody</span></p>",
}
PLACE = """(() => {
  const content = document.querySelector(".remark-visible .remark-slide-content");
  const parts = [...content.children].filter((each) => !each.matches(".remark-slide-number"));
  const boxes = parts.map((each) => each.getBoundingClientRect());
  const { top, height } = content.getBoundingClientRect();
  const middle = (boxes[0].top + boxes.at(-1).bottom) / 2;
  return [(middle - top) / height, parseFloat(getComputedStyle(content.firstElementChild).fontSize), boxes[0].left];
})()"""


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
@pytest.mark.parametrize("name", ONE_THING)
def test_slides_that_say_one_thing_stand_in_the_middle_and_are_larger(
    open_deck: Open, theme: str, name: str
) -> None:
    html = ONE_THING[name]
    slides = [step(html, classes=classes) for classes in ((name,), (), (name, "inverse"), (name, "top"))]
    page = open_deck(*slides, theme=theme)
    found = []
    for _ in slides:
        found.append(page.evaluate(PLACE))
        page.keyboard.press("ArrowRight")
    own, plain, inverse, top = found
    for place, size, _ in (own, inverse):
        assert 0.4 < place < 0.6
        assert size > 1.1 * plain[1]
    assert top[0] < 0.4


WIDE = {"viewport": {"width": 1210, "height": 681}}
FILLED = (
    "background-image: url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'>"
    "<rect width='100%' height='100%' fill='%23fff'/></svg>\"); background-size: cover"
)
GREEN = """async ([png, places]) => {
  const picture = new Image();
  picture.src = `data:image/png;base64,${png}`;
  await picture.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
  const drawn = canvas.getContext("2d");
  drawn.drawImage(picture, 0, 0);
  return places.map(([x, y]) => drawn.getImageData(x, y, 1, 1).data[1]);
}"""
"""How much green is in some pixels of a picture of the window."""


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_a_picture_that_fills_a_slide_is_toned_only_where_letters_stand(open_deck: Open, theme: str) -> None:
    title, text = "<h1>A title</h1>", "<p>Text</p>"
    slides = [("", "inverse"), (title, "inverse"), (title + text, "inverse"), (title, "inverse middle")]
    page = open_deck(
        *(step(html, classes=tuple(names.split()), style=FILLED) for html, names in slides),
        step(title, classes=("title",), style=FILLED),
        theme=theme,
        page=WIDE,
    )
    found = []
    for _ in range(5):
        shot = b64encode(page.screenshot()).decode()
        found.append(page.evaluate(GREEN, [shot, [(153, 300), (600, 20), (600, 560)]]))
        page.keyboard.press("ArrowRight")
    bare, titled, told, middle, title_slide = found
    assert bare == [255, 255, 255]
    assert titled[1] < 140
    assert titled[2] == 255
    for toned in (told, middle):
        assert max(toned) < 190
    assert max(title_slide) < 255


def test_a_statement_fills_its_lines_evenly_and_is_larger_without_a_title(open_deck: Open) -> None:
    words = "One layer of mud is one year, and nothing else on land keeps the time so well as it does."
    page = open_deck(
        step(f"<p>{words}</p>", classes=("statement",)),
        step(f"<h1>One</h1><p>{words}</p>", classes=("statement",)),
        theme="lecture",
        page=WIDE,
    )
    sizes = []
    for _ in range(2):
        size, widths = page.evaluate("""(() => {
          const said = document.querySelector(".remark-visible p");
          const range = document.createRange();
          range.selectNodeContents(said);
          return [parseFloat(getComputedStyle(said).fontSize), [...range.getClientRects()].map((line) => line.width)];
        })()""")
        assert len(widths) > 1
        assert min(widths) > 0.6 * max(widths)
        sizes.append(size)
        page.keyboard.press("ArrowRight")
    assert sizes[0] > 1.2 * sizes[1] > 1.2 * 27


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_titles_of_decks_and_parts_are_large(open_deck: Open, theme: str) -> None:
    """At least 9 % and 8.5 % of the height: as large as in other programs for slides."""
    kinds = [
        ("title",),
        ("title-slide", "inverse"),
        ("section",),
        ("statement",),
        ("center", "middle"),
        ("top",),
    ]
    page = open_deck(*(step("<h1>A</h1><p>B</p>", classes=kind) for kind in kinds), theme=theme)
    title, inverse, part, statement, centred, plain = page.evaluate(
        "[...document.querySelectorAll('h1')].map((each) => parseFloat(getComputedStyle(each).fontSize) / 6.81)"
    )
    assert title == inverse >= 9
    assert min(part, statement) >= 8.5
    assert plain < centred < part


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_a_section_stands_on_a_ground_of_its_own(open_deck: Open, theme: str) -> None:
    page = open_deck(
        step("<h1>A</h1>", classes=("section",)),
        step("<h1>A</h1>", classes=("section",), style="background-color: #123456"),
        "<h1>B</h1>",
        theme=theme,
    )
    own, said, plain = page.evaluate(
        "[...document.querySelectorAll('.remark-slide-content')].map((each) => getComputedStyle(each).backgroundColor)"
    )
    assert said == "rgb(18, 52, 86)"
    assert own != plain


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_captions_can_be_read_and_stay_on_the_slide(open_deck: Open, theme: str) -> None:
    column = f"<div class=pull-right><p>{TALL}</p><p class=caption>A caption</p></div>"
    page = open_deck(
        f"<h1>A title</h1>{column}",
        "<figure><p>A</p><figcaption class=caption>B</figcaption></figure>",
        "<table><caption class=caption>B</caption><tbody><tr><td>A</td></tr></tbody></table>",
        theme=theme,
        page=WIDE,
    )
    box = page.locator(".caption").first.bounding_box()
    assert box["y"] + box["height"] <= 681 - 44 + 1
    sizes = page.evaluate(
        "[...document.querySelectorAll('.caption')].map((each) => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert len(sizes) == 3
    assert min(sizes) >= 22


SELECTORS = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const told = (rules) => [...rules].flatMap((rule) => [
    ...(rule.selectorText ? [rule.selectorText] : []), ...(rule.cssRules ? told(rule.cssRules) : []),
  ]);
  return told(sheet.cssRules).length;
}"""


@pytest.mark.parametrize(
    "name", sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.css"))
)
def test_the_browser_knows_every_rule(open_page: Open, name: str) -> None:
    css = re.sub(r"/\*.*?\*/", "", (TEMPLATES / name).read_text("utf-8"), flags=re.DOTALL)
    blocks = [block.strip() for block in re.findall(r"([^{};]+)\{", re.sub(r'"[^"]*"', '""', css))]
    rules = [block for block in blocks if not re.match(r"@|from$|to$|[\d.]+%", block)]
    assert open_page("<title>A</title>").evaluate(SELECTORS, css) == len(rules)


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
@pytest.mark.parametrize("lang", ["zh", "ja", "ko"])
def test_letters_that_fill_the_line_have_room_between_lines(open_deck: Open, theme: str, lang: str) -> None:
    page = open_deck(step("<h1>A</h1>", classes=("title-slide",)), "<h1>A</h1>", theme=theme, lang=lang)
    leadings = page.evaluate("""[...document.querySelectorAll("h1")].map((each) => {
      const { lineHeight, fontSize } = getComputedStyle(each);
      return parseFloat(lineHeight) / parseFloat(fontSize);
    })""")
    assert leadings == pytest.approx([1.3, 1.35], abs=0.01)


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_code_keeps_its_indentation_on_a_centred_slide(
    build_page: Callable[..., str], open_page: Open, theme: str
) -> None:
    deck = f"---\ntheme: {theme}\n---\nclass: center\n\n```python\ndef f():\n    return 1\n```\n"
    page = open_page(build_page(deck))
    lefts = page.evaluate("""[...document.querySelectorAll(".remark-code-line")].map((line) => {
      const range = document.createRange();
      range.selectNodeContents(line);
      return range.getClientRects()[0].left;
    })""")
    assert lefts[0] == pytest.approx(lefts[1], abs=1)
