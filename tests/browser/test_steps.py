"""The steps of a slide: one copy in the document, changed in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.pages import step
from tests.projects import Project

Open = Callable[..., Any]

STEPPED = {
    "list items": [
        "<ul><li>a</li></ul>",
        "<ul><li>a</li><li>b</li></ul>",
        "<ul><li>a</li><li>b</li><li>c</li></ul>",
    ],
    "a list that becomes loose": ["<ul><li>a</li></ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"],
    "a paragraph that goes on": ["<p>a</p>", "<p>a\nb</p>", "<p>a\nb <em>c</em></p><p>d</p>"],
    "in the middle": [
        "<h1>t</h1><p>end</p>",
        "<h1>t</h1><p>x</p><p>end</p>",
        "<h1>t</h1><p>x</p><p>y</p><p>end</p>",
    ],
    "rows of a table": [
        "<table><tbody><tr><td>a</td></tr></tbody></table>",
        "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>",
    ],
    "lines of code": [
        '<pre><code><div class="l">a</div></code></pre>',
        '<pre><code><div class="l">a</div><div class="l">b</div></code></pre>',
    ],
    "something goes away": ["<p>a</p><p>b</p>", "<p>a</p>", "<p>a</p><p>c</p>"],
    "all goes away": ["<p>a</p>", ""],
    "all is other": ["<p>a</p>", "<h1>b</h1>", "<ul><li>c</li></ul>"],
    "nothing changes": ["<p>a</p>", "<p>a</p>", "<p>a</p><p>b</p>"],
    "a formula": ["<p><math><mi>x</mi></math></p>", "<p><math><mi>x</mi><mi>y</mi></math></p>"],
    "a drawing": ["<svg><g><path/></g></svg>", "<svg><g><path/><path/></g></svg>"],
    "a text of many steps": [
        f"<p>{' '.join(f'word{n}' for n in range(count))}</p>" for count in range(1, 16)
    ],
    "tags that do not close": ["<ul><li>a</ul>", "<ul><li>a<li>b</ul>"],
    "in two places": [
        f"<ul>{''.join(f'<li>{n}</li>' for n in range(count))}</ul><table><tbody>"
        f"{''.join(f'<tr><td>{n}</td></tr>' for n in range(-1, count - (count == 14)))}</tbody></table><p>end</p>"
        for count in range(10, 16)
    ],
    "nested": [
        "<div><p>1</p></div>",
        "<div><p>1</p><div><p>2</p></div></div>",
        "<div><p>1</p><div><p>2</p><p>3</p></div></div>",
        "<div><p>1</p><div><p>2</p><p>3</p></div></div><p>4</p>",
    ],
}


@pytest.mark.parametrize("contents", STEPPED.values(), ids=STEPPED.keys())
def test_each_step_is_what_it_would_be_alone(open_deck: Open, contents: list[str]) -> None:
    page = open_deck("<p>before</p>", contents, "<p>after</p>")
    want = [page.evaluate(f"html => {{ {CLEAN} return clean(html); }}", html) for html in contents]
    back_and_forth = [*range(len(contents)), *reversed(range(len(contents))), len(contents) - 1, 0]
    for place in back_and_forth:
        page.evaluate(f"slideshow.gotoSlide({place + 2})")
        html = page.locator(".remark-visible .remark-slide-content").inner_html()
        assert page.evaluate(f"html => {{ {CLEAN} return clean(html); }}", html) == want[place]
    page.keyboard.press("End")
    html = page.locator(".remark-slide-content").nth(1).inner_html()
    assert page.evaluate(f"html => {{ {CLEAN} return clean(html); }}", html) == want[-1], (
        "left at its last step"
    )


CLEAN = """
  function clean(html) {
    const box = document.createElement("template");
    box.innerHTML = html;
    box.content.querySelector(".remark-slide-number")?.remove();
    const walker = document.createTreeWalker(box.content, NodeFilter.SHOW_COMMENT);
    const comments = [];
    while (walker.nextNode()) comments.push(walker.currentNode);
    for (const comment of comments) comment.remove();
    box.content.normalize();
    return box.innerHTML;
  }
"""


def test_what_stays_is_not_touched(open_deck: Open) -> None:
    frame = '<iframe id="frame" srcdoc="<p>frame</p>"></iframe><video id="film"></video>'
    page = open_deck(
        [f"<div>{frame}</div>", f"<div>{frame}</div><p>more</p>", f"<div>{frame}</div><p>more</p><p>!</p>"]
    )
    page.evaluate("""
      window.loads = 0;
      frame.addEventListener("load", () => loads++);
      window.film = document.getElementById("film");
    """)
    loaded = page.evaluate("loads")
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
        assert page.evaluate("window.film === document.getElementById('film')")
    assert page.evaluate("new Promise((done) => setTimeout(() => done(loads)))") == loaded


def test_scripts_run_once_and_what_they_draw_stays(open_deck: Open) -> None:
    script = "<script>window.runs = (window.runs ?? 0) + 1; plot.textContent = `drawn ${runs}`;</script>"
    contents = [
        f"<p id=plot></p>{script}",
        f"<p id=plot></p>{script}<p>b</p>",
        f"<p id=plot></p>{script}<p>b</p><p>c</p>",
    ]
    other = [f"<div><script>window.others = (window.others ?? 0) + 1</script>{text}</div>" for text in "ab"]
    page = open_deck(contents, [other[0], f"<section>{other[1]}</section>"])
    for key in ["ArrowRight"] * 5 + ["ArrowLeft"] * 5 + ["ArrowRight"] * 3:
        page.keyboard.press(key)
        assert page.evaluate("[runs, others]") == [1, 1]
        assert page.evaluate("plot.textContent") == "drawn 1"


def test_ids_are_in_the_document_once(open_deck: Open) -> None:
    contents = ["<ul><li id=a>a</li></ul>", "<ul><li id=a><p>a</p></li><li id=b><p>b</p></li></ul>"]
    page = open_deck(contents, "<p>after</p>")
    for _ in range(3):
        assert page.evaluate("document.querySelectorAll('#a').length") == 1
        page.keyboard.press("ArrowRight")


def test_number_classes_and_background_follow_the_step(open_deck: Open) -> None:
    page = open_deck(
        [
            step(
                "<p>a</p>", number=1, number_text="1a", style="background-color: red", id="slide-x", name="x"
            ),
            step(
                "<p>a</p><p>b</p>",
                number=2,
                number_text="1<i>b</i>",
                classes=("inverse",),
                title="B",
                lang="fr",
            ),
        ]
    )
    content = page.locator(".remark-visible .remark-slide-content")
    number = page.locator(".remark-visible .remark-slide-number")
    for _ in range(2):
        assert number.inner_html() == "1a"
        assert content.get_attribute("class") == "remark-slide-content"
        assert content.get_attribute("style") == "background-color: red"
        assert content.get_attribute("id") == "slide-x"
        assert content.get_attribute("lang") is None
        assert page.get_by_role("group", name="Slide 1 of 1", exact=True).count() == 1
        page.keyboard.press("ArrowRight")
        assert number.inner_html() == "1<i>b</i>"
        assert content.get_attribute("class") == "remark-slide-content inverse"
        assert content.get_attribute("style") is None
        assert content.get_attribute("id") is None
        assert content.get_attribute("lang") == "fr"
        assert page.get_by_role("group", name="Slide 2 of 1: B").count() == 1
        page.keyboard.press("ArrowLeft")


def test_styles_that_count_children_see_what_the_step_has(open_deck: Open) -> None:
    css = ".remark-slide-content h2:last-of-type { color: rgb(1, 2, 3); }"
    page = open_deck(["<h2>a</h2>", "<h2>a</h2><h2>b</h2>"], css=css)
    colours = "[...document.querySelectorAll('h2')].map((h) => getComputedStyle(h).color)"
    assert page.evaluate(colours) == ["rgb(1, 2, 3)"]
    page.keyboard.press("ArrowRight")
    assert page.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(1, 2, 3)"]


def test_the_step_an_author_has_rewritten_is_left_alone(open_deck: Open) -> None:
    page = open_deck(["<p>a</p>", "<p>a</p><p>b</p>"], "<p>after</p>")
    page.evaluate("document.querySelector('.remark-slide-content').innerHTML = '<p>mine</p>'")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 2


@pytest.mark.parametrize("hash", ["", "#9"])
def test_each_of_many_steps_has_its_notes_properties_and_classes(open_deck: Open, hash: str) -> None:
    notes = [f"<ul>{''.join(f'<li>{place}</li>' for place in range(count))}</ul>" for count in range(20)]
    notes[0] = notes[19] = ""
    notes[7] = "<p>other</p>"
    notes[8] = "<p>other</p>"
    given = [
        {f"p{place}": str(place), "same": "x", "class": " ".join("abcdefghij"[:place])} for place in range(20)
    ]
    classes = [tuple(f"c{place}" for place in range(count) if place != count // 2) for count in range(20)]
    steps = [
        step(f"<p>{place}</p>", notes=notes[place], properties=given[place], classes=classes[place])
        for place in range(20)
    ]
    page = open_deck("<p>before</p>", steps, "<p>after</p>", hash=hash)
    for place in (*range(20), *reversed(range(20)), 19, 0):
        page.evaluate(f"slideshow.gotoSlide({place + 2})")
        own = page.locator(".remark-visible .remark-slide-content").get_attribute("class")
        assert set(own.split()) == {"remark-slide-content", *classes[place]}
        known = page.evaluate(f"slideshow.getSlides()[{place + 1}].properties")
        assert known == {"continued": str(place > 0).lower(), **given[place]}
        assert page.evaluate(f"slideshow.getSlides()[{place + 1}].notes") == notes[place]


def test_steps_in_a_box_come_one_by_one_and_what_follows_waits(
    build_page: Callable[..., str], open_page: Open
) -> None:
    page = open_page(build_page(".a[\n- one\n\n--\n\n- two\n.b[\nthree\n--\nfour\n]\n]\n\nend\n"))
    seen = []
    for key in ("", "ArrowRight", "ArrowRight", "ArrowLeft"):
        if key:
            page.keyboard.press(key)
        seen.append(page.locator(".remark-visible .a, .remark-visible .a ~ p").all_inner_texts())
    assert [" ".join(each).split() for each in seen] == [
        ["one"],
        ["one", "two", "three"],
        ["one", "two", "three", "four", "end"],
        ["one", "two", "three"],
    ]


@pytest.mark.parametrize("variant", ["student", "instructor"])
def test_a_variant_shows_its_slides_step_by_step(open_page: Open, project: Project, variant: str) -> None:
    deck = "# A\n<!-- SECRET -->\n- one\n\n--\n\n- two\n\n--\n\n.solution[three]\n"
    html = project.deck(deck, "--variant", variant).html
    assert "SECRET" not in html
    page = open_page(html)
    shown = page.locator(".remark-visible li")
    assert shown.all_inner_texts() == ["one"]
    page.keyboard.press("ArrowRight")
    assert shown.all_inner_texts() == ["one", "two"]


def test_code_shows_which_lines_a_step_is_about_in_one_copy(
    build_page: Callable[..., str], open_page: Open
) -> None:
    html = build_page("```python {1|2|all}\nalpha = 1\nbeta = 2\n```\n\nend\n")
    assert html.count("alpha") == html.count("beta") == 1
    page = open_page(html)

    def opacities() -> list[str]:
        script = "lines => lines.map((line) => getComputedStyle(line).opacity)"
        return list(page.locator(".remark-visible .remark-code-line").evaluate_all(script))

    seen = [opacities()]
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
        seen.append(opacities())
    assert seen == [["1", "0.35"], ["0.35", "1"], ["1", "1"], ["0.35", "1"], ["1", "0.35"]]
