"""A deck that is built again after an edit has the page that it has when it is built for the first time."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from slidegen.project.project import load_project
from slidegen.serve.deck_builder import Built, ChangeCounters, DeckBuilder
from slidegen.serve.page_draft import AUDIENCE, AUTHOR, PageDraft
from tests.syntax.edits import EDITS, plain

WRITTEN = r"""
# Title¶¶text|# Other¶¶--¶¶more $x$|one¶--¶two¶--¶three|a footnote[^2]¶--¶¶and later¶¶[^2]: second
name: one¶¶# One¶¶[link](#one)|layout: true¶¶.left[{{content}}]|layout: false¶¶# Plain|template: one¶¶with a template
class: center, middle¶¶# Centre¶¶???¶¶notes [^1]¶¶[^1]: a note|count: false¶¶# Not counted
footer: *foot*¶¶with {{who}}|who: me¶¶I am {{who}}|$$\label{a} x$$ and \eqref{a}|$\newcommand{\R}{R}$|$\R$|\(x^2
![:unknown x](y)|![:video a.mp4]|![](missing.png)|[a]: https://example.org¶¶[b][a]|[to nowhere](#nowhere)
.incremental[¶- a¶- b¶¶- c]|exclude: true¶¶# Gone|continued: true¶¶goes on|.a[|]|<pre>|```|text .lft[x]
```nolang¶x¶```|background-color: red¶¶# Red|<!-- check: allow overflow -->¶¶text|<i class="fa fa-home"></i>
"""
MARKED = r"""
.solution[six¶¶- and seven]|class: solution¶¶# All¶¶of it|<div class="solution">eight¶¶</div>|only: student¶¶theirs
.soluton[nine]|[ten]{.solution}|<!-- solution -->|a footnote .solution[here[^3]]¶¶[^3]: third|.solution[open
name: one¶class: instructor¶¶# Mine¶¶--¶¶more|.solution[[c]: https://example.com]¶¶[to c][c]|mine: {{who}}¶¶{{mine}}
layout: true¶class: solution¶¶{{content}}|kind: b¶¶![:kind](kind)|<b class="solution">left open¶--¶to here</b>|a ] b
"""
SLIDES = [
    slide.replace("¶", "\n")
    for written in (WRITTEN, MARKED)
    for line in written.strip().split("\n")
    for slide in line.split("|")
]
HEADS = (
    "",
    "---\ntitle: A\nwho: them\n---\n",
    "---\nfooter: all of {{who}}\n---\n",
    "---\nmath: {number: true}\n---\n",
    "---\nincremental: true\n---\n",
    "---\ncss: [a.css]\n---\n",
)


LINE = re.compile(r'(<div class="remark-slide-container"[^>]*?) data-line="\d+"')
"""A slide's line, which is sent by itself."""


def seen(built: Built) -> object:
    """All that a build says and shows, but for the keys that only tell states apart."""
    said = sorted(map(repr, built.problems))
    room = built.room if built.drafts else None  # that of the last good build
    return said, built.steps, room, {who: shown(draft) for who, draft in built.drafts.items()}


def shown(draft: PageDraft) -> object:
    """All that a page shows."""
    slides = tuple(replace(slide, html=LINE.sub(r"\1", slide.html)) for slide in draft.shown.slides)
    state = replace(draft.shown, slides=slides, frame="")  # also templates that earlier versions asked for
    return state, plain(draft.compiled.deck.slides), draft.page({"run": ""})


CONFIGS = ("", "variants: {student: {notes: false}}\n")
AUDIENCES = ((AUTHOR,), (AUTHOR, AUDIENCE))


@settings(max_examples=16, deadline=None)
@given(
    st.sampled_from(CONFIGS),
    st.sampled_from((None, "student")),
    st.sampled_from(AUDIENCES),
    st.sampled_from(HEADS),
    st.lists(st.sampled_from(SLIDES), min_size=1, max_size=8),
    EDITS,
    st.data(),
)
def test_every_version_is_built_as_if_it_were_the_first(
    config: str,
    variant: str | None,
    audiences: tuple[str, ...],
    head: str,
    slides: list[str],
    edits: list[tuple[int, int, list[str]]],
    data: st.DataObject,
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(os.path.realpath(name))
        deck = folder / "deck.md"
        (folder / "slidegen.yml").write_text(config, "utf-8")
        again = builder(folder, variant, audiences)
        text = head + "\n---\n".join(slides)
        versions = [text]
        for at, gone, new in edits:
            lines = versions[-1].split("\n")
            versions.append("\n".join([*lines[:at], *new, *lines[at + gone :]]))
            if data.draw(st.booleans()):
                pieces = versions[-1].split("\n---\n")
                place = data.draw(st.integers(0, len(pieces)))
                extra = data.draw(st.lists(st.sampled_from(SLIDES), max_size=2))
                versions.append("\n---\n".join([*pieces[:place], *extra, *pieces[place + 1 :]]))
        for version in versions:
            deck.write_text(version, "utf-8")
            project = load_project(folder, folder)
            one = again.build(lambda project=project: project, {}, ChangeCounters())
            other = builder(folder, variant, audiences).build(
                lambda project=project: project, {}, ChangeCounters()
            )
            assert seen(one) == seen(other)


def builder(folder: Path, variant: str | None, audiences: tuple[str, ...]) -> DeckBuilder:
    return DeckBuilder(
        path=folder / "deck.md",
        output=folder / "deck.html",
        folder=folder,
        audiences=audiences,
        variant=variant,
    )


@pytest.mark.parametrize("config", CONFIGS)
@pytest.mark.parametrize("variant", [None, "student"])
def test_slides_around_an_edit_stay_the_same_values_whatever_is_left_out(
    tmp_path: Path, config: str, variant: str | None
) -> None:
    (tmp_path / "slidegen.yml").write_text(config, "utf-8")
    project = load_project(tmp_path, tmp_path)
    again = builder(tmp_path, variant, (AUTHOR, AUDIENCE))
    drafts = []
    for first in ("# First", "# First\n\nand more"):
        text = f"{first}\n---\n# Two\n\n.solution[hidden]shown\n---\n# Three\n\n???\nnotes\n---\n# Four"
        (tmp_path / "deck.md").write_text(text, "utf-8")
        built = again.build(lambda: project, {}, ChangeCounters())
        drafts.append(built.drafts)
    assert built.rendered == 1
    before, after = drafts
    assert after.keys() == {AUTHOR, AUDIENCE}
    for who, draft in after.items():
        old, new = before[who].compiled.deck.slides, draft.compiled.deck.slides
        assert [slide is same for slide, same in zip(new, old, strict=True)] == [False, True, True, True]


def test_what_a_macro_reads_is_read_again_when_the_macro_changes(tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text("name: one\nmood: glad\n\n# One\n\n![:mood]", "utf-8")
    macro = tmp_path / "templates/macros/mood.html"
    macro.parent.mkdir(parents=True)
    again = builder(tmp_path, "student", (AUTHOR,))
    pages = []
    for text in ("<p>no mood</p>", "<p>{{ slide.properties.mood }}</p>"):
        macro.write_text(text, "utf-8")
        changed = ChangeCounters(files=len(pages))
        project = load_project(tmp_path, tmp_path)
        built = again.build(lambda project=project: project, {}, changed)
        pages.append(built.drafts[AUTHOR].shown.slides[0].html)
    assert "<p>no mood</p>" in pages[0]
    assert "<p>glad</p>" in pages[1]
