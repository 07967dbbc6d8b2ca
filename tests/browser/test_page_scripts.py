"""Each kind of script that authors' pages have, in the page that is built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from slidegen.build.command import build_decks
from slidegen.build.options import BuildOptions

DECK = "# One &amp; only\n--\n\nmore\n\n---\n\n# Two\n\n???\n\nnotes\n"
Build = Callable[..., str]
Open = Callable[..., Any]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """The page built from an author's with these scripts, what is said of it by its codes."""

    def build(
        scripts: str, *, deck: str = DECK, says: str = "", files: dict[str, str | bytes] | None = None
    ) -> str:
        folder = tmp_path / "written"
        folder.mkdir()
        for name, data in (files or {}).items():
            (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
        path = folder / "talk.html"
        path.write_text(
            f"<!DOCTYPE html>\n<html><head><title>T</title></head><body>\n<textarea id='source'>\n{deck}</textarea>\n"
            f"<script src='remark.min.js'></script>\n{scripts}\n</body></html>\n",
            "utf-8",
        )
        [built] = build_decks([path], Path("-"), BuildOptions(), folder)
        assert " ".join(item.code.number for item in built.diagnostics) == says
        return built.page.decode("utf-8")

    return build


CREATE = "<script>var slideshow = remark.create();</script>\n"


@pytest.mark.parametrize(
    "asked",
    [
        "document.getElementById('source').value",
        'document.querySelector("#source").textContent',
        "document.querySelector('textarea#source').value",
        "[document.getElementById(`source`)].map(function (each) { return each.value; })[0]",
    ],
)
def test_a_script_that_reads_the_deck_finds_it(build: Build, open_page: Open, asked: str) -> None:
    page = open_page(build(f"{CREATE}<script>var found = {asked}.split('\\n').length;</script>"))
    assert page.evaluate("found") == DECK.count("\n") + 1
    assert page.evaluate("document.querySelectorAll('[id=source]').length") == 0


def test_a_script_may_hide_the_decks_element(build: Build, open_page: Open) -> None:
    script = (
        "var s = document.getElementById('source'); s.style.display = 'none'; s.parentNode.removeChild(s);"
    )
    page = open_page(build(f"{CREATE}<script>{script} var done = 1;</script>"))
    assert page.evaluate("done") == 1


@pytest.mark.parametrize(
    "script",
    [
        "document.getElementById('source').innerHTML += '\\n---\\n# Last';",
        "var s = document.querySelector('#source'); s.value = s.value.replace(/a/g, 'b');",
        "(function () { const deck = document.getElementById('source'); deck.textContent = 'x'; })();",
        "document.getElementById('source').insertAdjacentHTML('beforeend', '# x');",
    ],
)
def test_what_a_script_changes_in_the_deck_is_named(build: Build, open_page: Open, script: str) -> None:
    page = open_page(build(f"<script>{script}</script>\n{CREATE}", says="SG146"))
    assert page.evaluate("slideshow.getSlideCount()") == 3


@pytest.mark.parametrize("deck", ["# A\n\n---\nexclude: true\n\n# Secret\n", "# A\n\n[//]: # (Secret)\n"])
def test_a_page_never_holds_what_it_does_not_show(build: Build, open_page: Open, deck: str) -> None:
    html = build(f"{CREATE}<script>var found = document.getElementById('source').value;</script>", deck=deck)
    assert open_page(html).evaluate("found") == ""
    assert "Secret" not in html


@pytest.mark.parametrize(
    "scripts",
    [
        "<script src='libs/fitvids.min.js'></script><script>fitvids('.video', {players: 'iframe'});</script>",
        "<script>var hl = remark.highlighter.engine(); hl.registerLanguage('x', function (h) { return {}; });</script>",
        "<script>var hl = remark.highlighter.engine; window.onload = function () { hl.configure({}); };</script>",
        "<script>function formulas() { MathJax.Hub.Queue(['Typeset', MathJax.Hub]); } formulas();</script>",
        "<script>function formulas() { katex.render('x', document.body); }\n"
        "document.addEventListener('DOMContentLoaded', formulas);</script>",
        "<script src='katex.min.js'></script><script>renderMathInElement(document.body);</script>",
        "<script src='hl/highlight.pack.js'></script><script>hljs.initHighlightingOnLoad();</script>",
        "<script src='clipboard.min.js'></script><script>new ClipboardJS('.copy').on('success', console.log);</script>",
    ],
)
def test_calls_to_what_is_left_behind_are_left_behind_with_it(
    build: Build, open_page: Open, scripts: str
) -> None:
    page = open_page(build(CREATE + scripts))
    assert page.evaluate("slideshow.getSlideCount()") == 3


def test_a_broadcast_stays_behind_with_a_word(build: Build, open_page: Open) -> None:
    files = ("peerjs/peerjs.min.js", "tiny.toast/toast.min.js", "xaringanExtra-broadcast/broadcast.js")
    scripts = "".join(f"<script src='libs/{name}'></script>" for name in files)
    page = open_page(build(f"{CREATE}{scripts}<script>xeBroadcast.start();</script>", says="SG147"))
    assert page.evaluate("slideshow.getSlideCount()") == 3


@pytest.mark.parametrize(
    "script",
    [
        "slideshow.on('afterShowSlide', function () { MathJax.Hub.Queue(['Typeset', MathJax.Hub]); done = 1; });",
        "MathJax.Hub.Queue(function () { document.body.style.color = 'red'; done = 1; });",
        "(async function () { await MathJax.startup.promise; document.body.title = 'x'; done = 1; })();",
        "MathJax.startup.promise.then(function () { document.title = 'x'; done = 1; });",
        "function more() { fitvids('.video'); done = 1; } window.addEventListener('load', more);",
        "if (window.ready === undefined) { fitvids('.video'); document.title = 'x'; done = 1; }",
    ],
)
def test_what_stands_beside_such_calls_is_done(build: Build, open_page: Open, script: str) -> None:
    page = open_page(build(f"{CREATE}<script>var done = 0;</script><script>{script}</script>"))
    page.evaluate("slideshow.gotoNextSlide()")
    page.wait_for_function("done === 1")


def test_calls_in_the_deck_to_what_is_left_behind_do_nothing(build: Build, open_page: Open) -> None:
    deck = "# A\n\n<script>fitvids('.shareagain', {players: 'iframe'}); var done = 1;</script>\n"
    page = open_page(build(f"<script src='libs/fitvids.min.js'></script>{CREATE}", deck=deck))
    assert page.evaluate("done") == 1


@pytest.mark.parametrize(
    "found",
    [
        "document.getElementsByClassName('remark-slide-number')[slide.getSlideIndex()]",
        "document.getElementsByClassName('remark-slide-number').item(slide.getSlideIndex())",
        "document.querySelectorAll('.remark-slide-number')[slideshow.getCurrentSlideIndex()]",
    ],
)
def test_elements_are_paired_with_slides_by_index(build: Build, open_page: Open, found: str) -> None:
    mark = f"setTimeout(function () {{ {found}.dataset.seen = 'yes'; }});"
    script = f"slideshow.on('afterShowSlide', function (slide) {{ {mark} }});"
    page = open_page(build(f"{CREATE}<script>{script}</script>"))
    for number, seen in ((3, 1), (1, 2), (2, 2)):
        page.evaluate(f"slideshow.gotoSlide({number})")
        page.wait_for_selector(".remark-visible .remark-slide-number[data-seen]", state="attached")
        assert page.locator("[data-seen]").count() == seen


def test_xaringans_countdown_is_slidegens(build: Build, open_page: Open) -> None:
    script = """(function(time) {
  var number = function(i) { return document.getElementsByClassName('remark-slide-number').item(i); };
  var timer = document.createElement('span'); timer.id = 'slide-time-left';
  var time_left = time, k = slideshow.getCurrentSlideIndex();
  setInterval(function() { time_left = time_left - 1000; timer.innerHTML = time_left; }, 1000);
  number(k).appendChild(timer);
  slideshow.on('showSlide', function(slide) { number(slide.getSlideIndex()).appendChild(timer); });
})(90000);"""
    page = open_page(build(f"{CREATE}<script>{script}</script>"))
    assert page.locator(".remark-visible .remark-slide-number").inner_text().startswith("1:")
    page.evaluate("slideshow.gotoSlide(3)")
    assert "1:30" in page.locator(".remark-visible .remark-slide-number").inner_text()
    assert page.evaluate("document.getElementById('slide-time-left')") is None


RED = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="red"/></svg>'
DRAWING = """<?xml version="1.0"?>
<?xml-stylesheet type="text/css" href="a.css"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 90">
<image id="i" xlink:href="red.svg"/><rect id="r" width="5" height="5"/><text>a&#160;&amp; b</text>
</svg>"""
FILES = {
    "red.svg": RED,
    "a.css": "rect { fill: rgb(1, 2, 3) }",
    "d.svg": DRAWING,
    "a.mjs": "import { b } from './b.mjs'; export const a = b + 1;",
    "b.mjs": "export const b = 41;",
}


@pytest.mark.parametrize(
    "script",
    [
        '<script type="module">import { a } from "./a.mjs"; window.found = a;</script>',
        '<script type="module">const { a } = await import("./a.mjs"); window.found = a;</script>',
        '<script type="importmap">{"imports": {"answers": "./a.mjs"}}</script>'
        '<script type="module">import { a } from "answers"; window.found = a;</script>',
    ],
)
def test_modules_are_linked_without_a_server(build: Build, open_page: Open, script: str) -> None:
    page = open_page(build(CREATE + script, files=FILES))
    page.wait_for_function("window.found === 42")


@pytest.mark.parametrize(
    "frame", ['<object data="d.svg"></object>', '<embed src="d.svg">', '<iframe src="d.svg"></iframe>']
)
def test_drawings_in_frames_are_whole(build: Build, open_page: Open, frame: str) -> None:
    page = open_page(build(CREATE, deck=f"# A\n\n{frame}\n", files=FILES))
    page.wait_for_function("document.readyState === 'complete'")
    [inner] = page.frames[1:]
    inner.wait_for_function("document.querySelector('#i').getBBox().width === 40")
    assert inner.evaluate("getComputedStyle(document.querySelector('#r')).fill") == "rgb(1, 2, 3)"
    assert inner.evaluate("document.querySelector('text').textContent") == "a\xa0& b"


def test_a_page_that_stands_in_an_attribute_is_whole(build: Build, open_page: Open) -> None:
    inner = "<link rel=stylesheet href=a.css><img src=red.svg><svg><rect /></svg>"
    page = open_page(build(CREATE, deck=f'# A\n\n<iframe srcdoc="{inner}"></iframe>\n', files=FILES))
    page.wait_for_function("document.readyState === 'complete'")
    [frame] = page.frames[1:]
    frame.wait_for_function("document.querySelector('img').naturalWidth === 40")
    assert frame.evaluate("getComputedStyle(document.querySelector('rect')).fill") == "rgb(1, 2, 3)"


def test_a_tables_background_is_shown(build: Build, open_page: Open) -> None:
    deck = '# A\n\n<table background="red.svg"><tr><td background="red.svg">x</td></tr></table>\n'
    page = open_page(build(CREATE, deck=deck, files=FILES))
    for tag in ("table", "td"):
        image = page.evaluate(f"getComputedStyle(document.querySelector('{tag}')).backgroundImage")
        assert image.startswith('url("data:image/svg+xml')
