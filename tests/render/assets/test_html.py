"""HTML of slides: balanced, and every reference in it taken care of."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from tests.render.assets.project import MP4, Project, png, svg

Make = Callable[..., Project]
IMAGE = png(4, 2)
FILM = b64encode(MP4).decode()


@pytest.mark.parametrize(
    ("html", "balanced"),
    [
        ("", ""),
        ("a</div></section>b", "ab"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<p> \n</p>a<p></p>", "a"),
        ("<td>a</td></body></html>b", "ab"),
        ("<plaintext>a<p>", "<pre>a&lt;p&gt;</pre>"),
        ("<textarea>a<p>", "<textarea>a<p></textarea>".replace("<p>", "&lt;p&gt;")),
        ("<!-- a", "<!-- a-->"),
        (
            '<math><mi>x</mi><mo>&lt;</mo><annotation encoding="application/x-tex">a&lt;b</annotation></math>',
            '<math><mi>x</mi><mo>&lt;</mo><annotation encoding="application/x-tex">a&lt;b</annotation></math>',
        ),
        (
            '<script>if (a<b && "</p>") c()</script><style>a > b{}</style>',
            '<script>if (a<b && "</p>") c()</script><style>a > b{}</style>',
        ),
        (
            '<svg viewBox="0 0 1 1"><foreignObject><p>a</p></foreignObject><path d="M0"/></svg>',
            '<svg viewBox="0 0 1 1"><foreignObject><p>a</p></foreignObject><path d="M0"></path></svg>',
        ),
        ("<template><td>a</td></template>", "<template><td>a</td></template>"),
        ("<!--step 1--><p>a</p><!--/step 1-->", "<!--step 1--><p>a</p><!--/step 1-->"),
    ],
)
def test_a_slides_tags_cannot_touch_the_page(project: Make, html: str, balanced: str) -> None:
    assert project().html(html) == balanced


@pytest.mark.parametrize(
    "html",
    [
        '<img src="data:image/gif;base64,R0lGOD" alt="">',
        '<img src="blob:x" alt="">',
        '<img alt="">',
        '<a href="#next">a</a>',
        '<a href="mailto:a@b.org">a</a>',
        '<a href="javascript:void(0)">a</a>',
        '<a href="https://x.org/a.png">a</a>',
        '<a href="?print">a</a>',
        '<a name="x">a</a>',
        '<p style="color: red">a</p>',
        '<svg><use href="#x"></use></svg>',
        '<link rel="preconnect" href="https://x.org">',
        '<code>src="a.png" url(b.png)</code>',
    ],
)
def test_what_refers_to_no_file_stays(project: Make, html: str) -> None:
    deck = project()
    assert deck.html(html) == html
    assert not deck.said


def _without_card(html: str) -> str:
    return re.sub(r'<a class="slidegen-card".*?</a>', "", html, flags=re.DOTALL).replace(
        ' data-carded=""', ""
    )


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://x.org/a.png" alt="a">',
        '<iframe src="https://x.org/a"></iframe>',
        '<video src="http://x.org/a.mp4"></video>',
        '<script src="https://x.org/a.js"></script>',
        '<link rel="stylesheet" href="https://x.org/a.css">',
        '<div style="background: url(https://x.org/a.png)"></div>',
        "<style>a{b:url(https://x.org/a.png)}</style>",
    ],
)
def test_what_is_loaded_from_the_network_stays_and_is_named_once(project: Make, html: str) -> None:
    deck = project()
    assert _without_card(deck.html(html)) == html
    assert _without_card(deck.html(html)) == html
    [diagnostic] = deck.diagnostics
    assert diagnostic.code.name == "REMOTE_ASSET"
    assert re.fullmatch(r"(https?:)?//x\.org/a[.\w]*", deck.places[0])


@pytest.mark.parametrize(("alt", "said"), [("", 'alt=""'), (' alt="A plot"', 'alt="A plot"')])
def test_the_address_of_an_image_is_never_read_out(project: Make, alt: str, said: str) -> None:
    deck = project({"slides/a.png": IMAGE})
    assert said in deck.html(f'<img src="a.png"{alt}>')


def test_references_in_capitals_and_in_templates_are_seen(project: Make) -> None:
    deck = project({"slides/a.png": IMAGE})
    html = deck.html('<IMG SRC="a.png"><template><img src="a.png"></template>')
    assert html.count("data-a=") == 2


def test_a_film_stands_where_it_is_first_in_the_page(project: Make) -> None:
    deck = project({"slides/a.mp4": MP4, "slides/same.mp4": MP4, "slides/a.vtt": "WEBVTT"})
    first = deck.html('<video controls><source src="a.mp4#t=5" type="video/mp4"><track src="a.vtt"></video>')
    second = deck.html('<video src="same.mp4"></video>')
    assert FILM not in first + second
    placed = deck.assets.place(second), deck.assets.place(first)
    assert f'src="data:video/mp4;base64,{FILM}"' in placed[0]
    assert FILM not in placed[1]
    assert 'src="data:text/vtt;base64,' in placed[1]
    keys = [re.findall(r'data-asset-src="(\w+)', html)[0] for html in (first, second)]
    assert keys[0] == keys[1]
    assert f'data-asset-src="{keys[0]}#t=5"' in first  # what a script has to add after the URL
    assert deck.assets.unplaced() == ""


def test_a_film_of_an_earlier_step_alone_is_kept_at_the_end(project: Make) -> None:
    deck = project({"slides/a.mp4": MP4})
    deck.html('<video src="a.mp4"></video>')
    deck.assets.place("<p>the last step</p>")
    node = LexborHTMLParser(deck.assets.unplaced(), is_fragment=True).css_first("[data-asset-href]")
    assert node is not None
    assert (node.attributes["href"] or "").endswith(FILM)
    assert "hidden" in node.attributes


def test_text_that_looks_like_a_mark_is_only_text(project: Make) -> None:
    deck = project({"slides/a.mp4": MP4})
    html = deck.html('<p title=\' data-asset-src="0123456789"\'>x</p><video src="a.mp4"></video>')
    assert deck.assets.place(html).count("base64") == 1


@pytest.mark.parametrize(
    ("html", "label"),
    [
        ('<video src="no.mp4" width="300"></video>', "Missing video: no.mp4"),
        ('<audio><source src="no.mp3"><source src="no.ogg"></audio>', "Missing audio: no.ogg"),
        ('<iframe src="no.html"></iframe>', "Missing page: no.html"),
        ('<embed src="no.pdf">', "Missing file: no.pdf"),
        ('<object data="no.pdf"></object>', "Missing file: no.pdf"),
    ],
)
def test_what_is_missing_leaves_a_labelled_box(project: Make, html: str, label: str) -> None:
    deck = project()
    tree = LexborHTMLParser(deck.html(html), is_fragment=True)
    [node] = tree.css("*")
    assert node.attributes["aria-label"] == label
    assert {item.code.name for item in deck.diagnostics} == {"MISSING_ASSET"}


def test_of_a_films_files_those_that_are_there_stay(project: Make) -> None:
    deck = project({"slides/a.mp4": MP4})
    html = deck.html('<video><source src="no.webm"><source src="a.mp4"></video>')
    assert html.count("<source") == 1
    assert "slidegen-missing" not in html


def test_an_objects_own_words_stand_in_for_its_missing_file(project: Make) -> None:
    assert project().html('<object data="no.pdf">Sorry</object>') == "<object>Sorry</object>"


def test_missing_things_within_missing_things_do_no_harm(project: Make) -> None:
    html = project().html(
        '<object data="no.svg"><img src="no.png"><video><source src="no.mp4"></video></object>'
    )
    assert html.count("slidegen-missing") == 2


def test_a_script_comes_into_the_page_where_it_is_first(project: Make) -> None:
    deck = project({"slides/a.js": 'let a = "</SCRIPT>" + 1 </2/;'})
    html = deck.html('<script src="a.js" defer integrity="sha256-x" id="s"></script>' * 2)
    placed = deck.assets.place(html)
    [first, second] = LexborHTMLParser(placed, is_fragment=True).css("script")
    assert first.inner_html == r'let a = "<\/SCRIPT>" + 1 </2/;'
    assert second.inner_html == ""
    assert set(first.attributes) == {"id", "data-asset-text"}


def test_a_script_that_would_hide_its_end_is_a_data_url(project: Make) -> None:
    text = 'a = "<!-- <script>";'
    deck = project({"slides/a.js": text})
    placed = deck.assets.place(deck.html('<script src="a.js"></script><p>after</p>'))
    assert placed.endswith("</script><p>after</p>")
    assert f'src="data:text/javascript;base64,{b64encode(text.encode()).decode()}"' in placed


@pytest.mark.parametrize(
    "script",
    [
        '<script type="module" src="a.mjs"></script>',
        '<script type="module">import {\n  a } from "./a.mjs";\n</script>',
        "<script type='module'>const { a } = await import('./a.mjs');</script>",
        '<script type="module">export { a } from "./a.mjs"; import "./b.mjs"</script>',
        '<script type="importmap">{"imports": {"a": "./a.mjs"}, "scopes": {"x": {"b": "/slides/b.mjs"}}}</script>',
    ],
)
def test_what_modules_import_stands_in_them(project: Make, script: str) -> None:
    deck = project(
        {"slides/a.mjs": 'import { b,\n c } from "./b.mjs"; export const a = b', "slides/b.mjs": "export"}
    )
    html = deck.assets.place(deck.html(script))
    assert (deck.said, ".mjs" in html, "data:text/javascript;base64," in html) == ([], False, True)


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ('<script type="module">import "./gone.mjs"</script>', "MISSING_ASSET there is no script ./gone.mjs"),
        (
            '<script type="module" src="circle.mjs"></script>',
            "UNUSABLE_ASSET ./circle.mjs is imported by what it imports itself, which cannot be part of the page",
        ),
        (
            '<script type="module">import * as three from "https://x.org/three.mjs"</script>',
            "REMOTE_ASSET https://x.org/three.mjs is loaded from the network, so the deck needs it",
        ),
        (
            '<script type="importmap">{"imports": {"lib/": "./lib/"}}</script>',
            "UNUSABLE_ASSET the import map names a folder, ./lib/, which cannot be part of the page",
        ),
        (
            '<script type="importmap">{"imports": {"three": "https://x.org/three.mjs"}}</script>',
            "REMOTE_ASSET https://x.org/three.mjs is loaded from the network, so the deck needs it",
        ),
    ],
)
def test_what_modules_import_and_cannot_be_in_them_is_reported(project: Make, script: str, says: str) -> None:
    deck = project({"slides/circle.mjs": "import './circle.mjs'"})
    deck.html(script)
    assert deck.said == [says]


@pytest.mark.parametrize("script", ["import x from 'three'; const a = 'import \"./a\"'", "var a = './b.mjs'"])
def test_modules_that_import_no_files_are_left_alone(project: Make, script: str) -> None:
    deck = project({})
    assert deck.html(f'<script type="module">{script}</script>') == f'<script type="module">{script}</script>'


@pytest.mark.parametrize("tag", ["table", "td", "th", "tr", "body"])
def test_backgrounds_of_tables_stand_in_the_page(project: Make, tag: str) -> None:
    deck = project({"slides/a.png": IMAGE})
    cell = {
        "table": '<table background="a.png"><tr><td>x</table>',
        "tr": '<table><tr background="a.png"><td>x</table>',
    }
    html = deck.html(cell.get(tag, f'<table><tr><{tag} background="a.png" style="color:red">x</table>'))
    assert deck.said == []
    assert (" background=" in html, "background-image" in html) == (False, tag != "body")


def test_a_background_that_is_not_there_is_reported(project: Make) -> None:
    deck = project({})
    deck.html('<table BACKGROUND="gone.png"><tr><td>x</table>')
    assert deck.said == ["MISSING_ASSET there is no file gone.png"]


def test_a_page_in_a_frame_has_what_it_refers_to(project: Make) -> None:
    deck = project(
        {"slides/a.png": IMAGE, "slides/a.css": "b { background: url(a.png) }", "slides/a.js": "a()"}
    )
    inner = "<link rel=stylesheet href=a.css><img src=&quot;a.png&quot;><script src=a.js></script>"
    html = deck.html(
        f'<iframe srcdoc="{inner}" src="gone.html"></iframe><iframe srcdoc="<img src=no.png>"></iframe>'
    )
    assert deck.said == ["MISSING_ASSET there is no image no.png"]
    assert html.count("data:image/png") == 2
    assert not [name for name in ("a.css", "a.js", "a.png", "gone.html") if name in html]


DRAWING = """<?xml version="1.0"?>
<?xml-stylesheet type="text/css" href="a.css"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">
<style>rect { fill: red; background: url(a.png) }</style>
<image href="a.png"/><image xlink:href='a.png'/><rect style="mask: url(a.png)"/>
<a href="other.html"><text>&#160;&amp;</text></a>
</svg>"""


@pytest.mark.parametrize(
    "frame", ['<object data="d.svg"></object>', '<embed src="d.svg">', '<iframe src="d.svg"></iframe>']
)
def test_drawings_in_frames_have_what_they_refer_to(project: Make, frame: str) -> None:
    deck = project({"slides/d.svg": DRAWING, "slides/a.png": IMAGE, "slides/a.css": "b { color: red }"})
    html = deck.assets.place(deck.html(frame))
    data = unescape(unquote(html.partition("data:image/svg+xml,")[2].partition('"')[0]))
    assert deck.said == []
    assert data.count("data:image/png") == 4
    assert ('href="data:text/css' in data, "&#160;&amp;" in data, 'href="other.html"' in data) == (
        True,
        True,
        True,
    )


def test_what_a_drawing_in_a_frame_lacks_is_reported(project: Make) -> None:
    drawn = '<image href="gone.png"/><use href="o.svg#a"/>'
    deck = project({"slides/d.svg": f'<svg xmlns="http://www.w3.org/2000/svg">{drawn}</svg>'})
    deck.html('<object data="d.svg"></object>')
    assert deck.said == [
        "MISSING_ASSET there is no image gone.png",
        "UNUSABLE_ASSET o.svg#a is in another file, from which a drawing in a frame cannot take it",
    ]


def test_what_an_element_of_a_scripts_loads_stands_in_the_page(project: Make) -> None:
    deck = project({"slides/a.cast": "[]"})
    html = deck.assets.place(
        deck.html('<asciinema-player src="a.cast"></asciinema-player><x-y src="gone.cast"></x-y>')
    )
    assert 'src="data:' in html
    assert deck.said == ["MISSING_ASSET there is no file gone.cast"]


def test_style_sheets_come_into_the_page(project: Make) -> None:
    deck = project({"css/a.css": 'b::after{content:"</style>"}i{background:url(a.png)}', "css/a.png": IMAGE})
    html = deck.html(
        '<link rel="stylesheet" href="../css/a.css" media="print"><link rel="preload" href="a.js">'
    )
    [style] = LexborHTMLParser(html, is_fragment=True).css("style")
    assert style.attributes == {"media": "print"}
    assert r'content:"<\/style>"' in (style.inner_html or "")
    assert "var(--a-" in html
    assert "<link" not in html


def test_an_icon_is_placed_as_a_film_is(project: Make) -> None:
    deck = project({"slides/a.svg": svg()})
    placed = deck.assets.place(deck.html('<link rel="icon" href="a.svg">'))
    assert 'href="data:image/svg+xml,%3Csvg' in placed
    assert (deck.assets.url("a.svg", deck.deck, deck.locate) or "").startswith("data:image/svg+xml,")
    assert deck.assets.url("no.svg", deck.deck, deck.locate) is None
    assert deck.assets.url("https://x.org/a", deck.deck, deck.locate) == "https://x.org/a"


def test_a_page_in_a_frame_holds_everything_itself(project: Make) -> None:
    deck = project(
        {
            "demo/page.html": '<!doctype html><link rel=stylesheet href=a.css><img src="a.png" srcset="a.png 2x">'
            '<script src="a.js"></script><a href="other.html">o</a><iframe src="page.html"></iframe>'
            '<iframe src="inner.html"></iframe><svg><use href="s.svg#p"/></svg>',
            "demo/a.css": "b{background:url(a.png)}@font-face{src:url(a.png)}",
            "demo/a.png": IMAGE,
            "demo/a.js": "a()",
            "demo/inner.html": "<p>inner</p>",
            "demo/s.svg": svg(inside='<path id="p"/>'),
        }
    )
    placed = deck.assets.place(deck.html('<iframe src="../demo/page.html"></iframe>'))
    url = LexborHTMLParser(placed, is_fragment=True).css_first("iframe").attributes["src"] or ""
    head, _, data = url.partition(",")
    assert head == "data:text/html;charset=utf-8;base64"
    inner = b64decode(data).decode()
    assert inner.startswith("<!DOCTYPE html>")
    assert 'url("data:image/png' in inner
    assert 'src="data:text/javascript' in inner
    assert 'src="data:text/html' in inner
    assert 'href="other.html"' in inner
    assert re.search(r'<use href="#(a-\w+-p)">.*<path id="\1">', inner, re.DOTALL)
    assert not re.search(r'(src|srcset|url\()=?"?(a\.|inner)', inner)
    assert "there is no page page.html" not in " ".join(deck.said)


@pytest.mark.parametrize(
    "html", ['<img src="a.png">', '<video src="a.png"></video>', "<b style='c:url(a.png)'></b>"]
)
def test_a_large_file_stays_beside_the_page_and_is_named_once(project: Make, html: str) -> None:
    deck = project({"slides/a.png": IMAGE}, limit=20)
    rewritten = deck.html(html)
    assert "data:" not in rewritten
    assert "a.png" in rewritten
    deck.html(html)
    assert deck.said == [
        f"TOO_LARGE a.png ({len(IMAGE)} bytes) is too large to embed, so it stays a file next to the page"
    ]
    assert "embedLimit" in deck.diagnostics[0].hint
    assert [copy.path for copy in deck.assets.copies.values()] == [deck.deck.with_name("a.png")]


def test_without_embedding_files_stand_beside_the_page_under_hashed_names(project: Make) -> None:
    deck = project(
        {
            "slides/a b.png": IMAGE,
            "slides/a.mp4": MP4,
            "slides/a.js": "a()",
            "slides/a.css": "i{background:url(a%20b.png)}",
            "slides/page.html": '<img src="a%20b.png">',
        },
        embed=False,
    )
    html = deck.html(
        '<img src="a%20b.png#right" srcset="a%20b.png 2x, no.png 3x" loading="lazy">'
        '<video src="a.mp4" poster="a%20b.png"></video><script src="a.js"></script>'
        '<link rel="stylesheet" href="a.css"><iframe src="page.html"></iframe>'
        '<svg><image href="a%20b.png"/></svg><b style="background:url(a%20b.png)"></b><img src="none.png">'
    )
    copies = deck.assets.copies
    for url in re.findall(r'(?:src|poster|href)="([^"]+)"', html):
        assert url.partition("#")[0] in copies
    assert {Path(name).suffix for name in copies} == {".png", ".mp4", ".js", ".html"}
    assert all(re.fullmatch(r"assets/[\w-]+\.[0-9a-f]{10}\.\w+", name) for name in copies)
    assert re.search(r'srcset="assets/a-b\.\w+\.png 2x"', html)
    assert 'loading="lazy"' in html
    assert html.count("url(") == 2
    [page] = [copy for name, copy in copies.items() if name.endswith(".html")]
    assert b"data:image/png" in page.data
    assert deck.assets.sheet() == ""
    assert deck.assets.place(html) == html
    assert html.count("slidegen-missing") == 1


def test_the_name_of_a_copy_changes_with_its_content(project: Make) -> None:
    [one] = [deck.html('<img src="a.png">') for deck in [project({"slides/a.png": IMAGE}, embed=False)]]
    [two] = [deck.html('<img src="a.png">') for deck in [project({"slides/a.png": png(5, 5)}, embed=False)]]
    assert one != two


PIECES = [
    *(
        "<p>",
        "</p>",
        "<td>",
        "<table>",
        "</table>",
        "<svg>",
        "</svg>",
        "<math>",
        "<defs>",
        "<pattern>",
        "x",
        " ",
        "<",
    ),
    *(
        "<template>",
        "</template>",
        "<picture>",
        "</picture>",
        "<video>",
        "</video>",
        "<object data=no.svg>",
        "</object>",
    ),
    *(
        '<img src="a.png">',
        '<img src="no.png">',
        '<img srcset="a.png 2x, no.png">',
        '<source srcset="a.png">',
    ),
    *(
        '<source src="a.mp4">',
        '<source src="no.mp4">',
        '<video src="no.mp4" poster="a.png">',
        "<track src=no.vtt>",
    ),
    *('<image href="a.png">', '<image xlink:href="no.png">', '<use href="s.svg#p">', '<use href="no.svg#p">'),
    *(
        "<style>b{c:url(a.png)}</style>",
        "<style>",
        "<script src=a.js>",
        "</script>",
        '<link rel=stylesheet href="no.css">',
    ),
    *(
        "<iframe src=page.html>",
        "</iframe>",
        "<plaintext>",
        "<a href=no.md>",
        "</a>",
        '<b style="c:url(no.png)">',
        "<!--",
    ),
    *(
        "<select>",
        "<option>",
        "<textarea>",
        "<noscript>",
        "<frameset>",
        "<form>",
        "<input type=image src=a.png>",
        "-->",
    ),
]


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=20))
def test_no_html_breaks_anything(project: Make, pieces: list[str]) -> None:
    deck = project(
        {
            "slides/a.png": IMAGE,
            "slides/a.mp4": MP4,
            "slides/a.js": "a()",
            "slides/s.svg": svg(inside='<path id="p"/>'),
            "slides/page.html": '<img src="a.png">',
        }
    )
    html = deck.assets.place(deck.html("".join(pieces)))
    around = LexborHTMLParser(f"<main>{html}</main><i>after</i>", is_fragment=True)
    assert around.css("main ~ i")
    for node in around.css("img, video, iframe, script, video > source, track, input"):
        assert (node.attributes.get("src") or "data:").startswith("data:"), html
