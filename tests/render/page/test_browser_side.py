"""What a built page carries for its slides, and what it carries packed."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from base64 import b64decode
from collections.abc import Callable

import pytest
from jinja2.meta import find_referenced_templates

from slidegen.deck.density import FIT_CLASS
from slidegen.render.page.features import SLIDE_MODULES, TOOL_MODULES
from slidegen.render.page.layout import render_page
from slidegen.render.page.tools import TOOLS_TEMPLATES
from slidegen.render.page_model import RenderedDeck
from tests.pages import FOLDERS, TEMPLATES, deck_of, page_of, step
from tests.projects import Project

PLAIN = "# First\n\nSome *text*.\n\n---\n\n# Second\n\n- one\n- two\n"


def page_with(html: str, **fields: object) -> str:
    return page_of(deck_of(html, theme="lecture", **fields))


def modules(page: str) -> set[str]:
    return set(re.findall(r'slidegen\["(\w+\.mjs)"\]=', page))


def unpacked(page: str) -> list[str]:
    """The style sheet, HTML, words and script of the page's tools."""
    match = re.search(r'slidegen\.tools="([^"]+)"', page)
    assert match
    return zlib.decompress(b64decode(match[1]), -zlib.MAX_WBITS).decode("utf-8").split("\0")


def test_the_page_of_a_plain_deck_is_light(project: Project) -> None:
    page = project.deck(PLAIN).html.encode()
    assert len(page) <= 70_000
    assert len(gzip.compress(page)) <= 40_000  # 30,000 are aimed at; all tools are in it


def test_tools_are_packed_with_all_that_they_need() -> None:
    page = page_with("<p>a</p>")
    styles, html, words, script = unpacked(page)
    assert not modules(page) & set(TOOL_MODULES)
    assert modules(page) | modules(script) >= set(TOOL_MODULES)
    assert ".slidegen-timeline" in styles
    assert ".slidegen-timeline" not in page
    assert 'id="slidegen-presenter"' in html
    assert 'id="slidegen-presenter"' not in page
    assert "noNotes" in json.loads(words)
    for name in set(re.findall(r"#slidegen-icon-(\w+)", page + html)):
        assert (page + html).count(f'<symbol id="slidegen-icon-{name}"') == 1


def test_every_word_that_a_script_may_look_up_is_there() -> None:
    deck = deck_of("<p>a</p>", '<pre><code class="remark-code">b</code></pre>', theme="lecture")
    page = page_of(deck)
    _, _, words, script = unpacked(page)
    match = re.search(r'<script type="application/json" id="slidegen-options">(.*?)</script>', page)
    assert match
    known = {**json.loads(match[1])["words"], **json.loads(words)}
    texts = [(TEMPLATES / "runtime" / name).read_text("utf-8") for name in modules(page + script)]
    asked = {name for text in texts for name in re.findall(r'(?:\bwords\.|addCommand\(")(\w+)', text)}
    assert asked <= known.keys()
    assert len(asked) > 30
    at_once = json.loads(match[1])["words"]
    assert {"copy", "copied"} <= at_once.keys()
    assert not at_once.keys() & json.loads(words).keys()
    assert "timeUp" not in known
    assert known.items() <= deck.words.items()


@pytest.mark.parametrize(
    ("html", "module"),
    [
        ("<video src=x></video>", "media.mjs"),
        ('<iframe data-carded src="x"></iframe>', "frames.mjs"),
        ("<audio src=x></audio>", "media_sync.mjs"),
        ('<code class="hljs remark-code">x</code>', "copy.mjs"),
        ('<code class="remark-code">x</code>', "listings.mjs"),
        ("<iframe src=x></iframe>", "iframe_players.mjs"),
        ("<img src=x>", "enlarge.mjs"),
        ("<math><msqrt><mi>x</mi></msqrt></math>", "math_roots.mjs"),
        ('<div class="panelset sideways">x</div>', "panels.mjs"),
        ('<div class="slidegen-countdown">x</div>', "countdown.mjs"),
    ],
)
def test_a_module_says_for_which_slides_it_is(html: str, module: str) -> None:
    assert module in modules(page_with(html))
    assert not modules(page_with(html.replace("<", "&lt;"))) & {*SLIDE_MODULES} - {"listings.mjs"}


def test_every_module_for_slides_says_so() -> None:
    for name in SLIDE_MODULES:
        assert (TEMPLATES / "runtime" / name).read_text("utf-8").startswith("// For slides with: "), name
    assert "fit.mjs" in modules(page_of(deck_of(step("<p>a</p>", classes=(FIT_CLASS,)))))


def test_saying_a_name_costs_nothing_but_its_letters(project: Project) -> None:
    silent = project.deck("# A\n\nx\n").html
    saying = project.deck("# A\n\npanelset, question, inverse, class: video and remark-code\n").html
    assert len(saying) - len(silent) < 200


def test_rules_for_code_come_with_the_code_that_they_colour(project: Project) -> None:
    assert ".hljs-comment" not in project.deck("# A\n").html
    coded = project.deck("# A\n\n```python\nx = 1 # one\n```\n").html
    assert ".hljs-comment" in coded
    assert ".hljs-doctag" not in coded


def test_rules_for_reading_come_with_what_they_are_for(project: Project) -> None:
    title = ".remark-slide-content h2{font-size:clamp("
    plain = project.deck("# A\n").html
    assert title not in plain
    assert title not in unpacked(plain)[0]
    assert title in project.deck("# A\n\n## B\n").html


def test_rules_for_a_transition_come_with_it(project: Project) -> None:
    assert "data-transition" not in project.deck("# A\n---\n# B\n").html
    assert "@keyframes slidegen-fade" in project.deck("# A\n---\ntransition: fade\n# B\n").html


def test_rules_come_with_the_classes_of_any_step_and_of_notes() -> None:
    question = ".question{--box"
    assert question not in page_with("<p>a</p>")
    assert question in page_with('<p class="question">a</p>')
    assert question in page_of(deck_of([step("a", classes=("question",)), "b"], theme="lecture"))
    assert question in page_of(deck_of(step("a", notes='<p class="question">n</p>'), theme="lecture"))


@pytest.mark.parametrize(
    "fields",
    [
        {"scripts": "<script>x()</script>"},
        {"head": "<script src=x></script>"},
        {"body_start": '<p onclick="x()">y</p>'},
    ],
)
def test_a_script_of_the_authors_finds_every_rule(fields: dict[str, str]) -> None:
    assert ".question{--box" in page_with("<p>a</p>", **fields)


def test_a_template_of_the_users_finds_every_rule() -> None:
    def read(name: str) -> str | None:
        return "<p>{{ slide.html }}</p>" if name == "slide.html" else FOLDERS.text(name)

    page = render_page(deck_of("<p>a</p>", theme="lecture"), FOLDERS.environment(), read)
    assert ".question{--box" in page


@pytest.mark.parametrize(
    "give",
    [
        lambda: deck_of('<p style="color: var(--slidegen-inverse-red)">a</p>', theme="lecture"),
        lambda: deck_of("<p>a</p>", theme="lecture", css="p { color: var(--slidegen-inverse-red) }"),
        lambda: deck_of(step("a", style="color: var(--slidegen-inverse-red)"), theme="lecture"),
    ],
)
def test_colours_stay_that_the_author_names(give: Callable[[], RenderedDeck]) -> None:
    assert "--slidegen-inverse-red:" not in page_with("<p>a</p>")
    assert "--slidegen-inverse-red:" in page_of(give())


def test_a_users_template_for_the_tools_knows_the_deck(project: Project) -> None:
    project.write(
        "templates/presenter.html", '{% include "slidegen/presenter.html" %}<p>{{ deck.title }}</p>'
    )
    for title in ("One", "Two"):
        page = project.deck(f"# {title}\n").html
        assert f"<p>{title}</p>" in unpacked(page)[1]


def test_the_templates_of_the_tools_are_all_known() -> None:
    """What they make is kept by their texts."""
    environment = FOLDERS.environment()
    found: set[str] = set()
    waiting = [TOOLS_TEMPLATES[0]]
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting += find_referenced_templates(environment.parse(FOLDERS.text(name) or ""))  # type: ignore[arg-type]
    assert found == set(TOOLS_TEMPLATES)


def test_a_live_page_has_everything_at_once() -> None:
    page = page_with("<p>a</p>", live={"deck": "/a.html"})
    assert modules(page) >= {*TOOL_MODULES, *SLIDE_MODULES}
    assert "slidegen.tools=" not in page
    assert 'id="slidegen-presenter"' in page
    assert page.count("<symbol id=") == len(set(re.findall(r'<symbol id="([\w-]+)"', page))) > 10
