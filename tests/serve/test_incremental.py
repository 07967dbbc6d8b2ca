"""A deck that is built again after an edit has the page that it has when it is built for the first time."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from slidegen.project.project import load_project
from slidegen.serve.deck_builder import Built, ChangeCounters, DeckBuilder
from slidegen.serve.page_draft import AUTHOR
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
SLIDES = [slide.replace("¶", "\n") for line in WRITTEN.strip().split("\n") for slide in line.split("|")]
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
    draft = built.drafts.get(AUTHOR)
    said = sorted(map(repr, built.problems))
    if draft is None:
        return said
    slides = tuple(replace(slide, html=LINE.sub(r"\1", slide.html)) for slide in draft.shown.slides)
    shown = replace(
        draft.shown, slides=slides, frame=""
    )  # it also names templates that earlier versions asked for
    return said, built.steps, shown, plain(draft.compiled.deck.slides), draft.page({"run": ""})


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(HEADS), st.lists(st.sampled_from(SLIDES), min_size=1, max_size=8), EDITS, st.data())
def test_every_version_is_built_as_if_it_were_the_first(
    head: str, slides: list[str], edits: list[tuple[int, int, list[str]]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(os.path.realpath(name))
        deck = folder / "deck.md"
        again = builder(folder)
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
            other = builder(folder).build(lambda project=project: project, {}, ChangeCounters())
            assert seen(one) == seen(other)


def builder(folder: Path) -> DeckBuilder:
    return DeckBuilder(path=folder / "deck.md", output=folder / "deck.html", folder=folder)
