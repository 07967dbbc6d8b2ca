"""The colours of every theme: the whole vocabulary is there, and every text can be read on its ground."""

from __future__ import annotations

import re

import pytest

from slidegen.render.code.contrast import READABLE, contrast, parse_colour
from slidegen.render.code.styles import legible_style, marked
from slidegen.render.theme import read_theme
from slidegen.theme_colours import COLOURS, SLIDE_COLOURS, WINDOW_COLOURS
from tests.pages import FOLDERS

THEMES = ["chalk", "lecture", "paper", "slate"]
EVERY_THEME = pytest.mark.parametrize("theme", THEMES)
GROUNDS = {
    "background": [
        "foreground", "heading", "title", "muted", "accent", "accent-2", "link", "red", "green", "blue", "orange",
        "white", *(name for name in SLIDE_COLOURS if name.startswith("gray-")),
    ],
    "surface": ["foreground", "code", "link", "muted", "heading", "accent", "accent-2"],
    "mark": ["mark-text"],
    "question": ["foreground", "link", "heading", "title", "muted", "accent", "accent-2"],
    "conclusion": ["foreground", "link", "heading", "title", "muted", "accent", "accent-2"],
}  # fmt: skip
"""What is written on what."""
LINES = ["control", "question-line", "conclusion-line"]
SEEN = 3.0
"""The contrast of what is no text but has to be seen: WCAG 2.2, success criterion 1.4.11."""


def colours(theme: str) -> dict[str, str]:
    """The colours that a theme gives to the vocabulary, references to others resolved."""
    css = FOLDERS.text(f"themes/{theme}/theme.css") or ""
    given = dict(re.findall(r"--slidegen-([\w-]+): ([^;]+);", css[: css.index("}")]))
    for name, value in given.items():
        if match := re.fullmatch(r"var\(--slidegen-([\w-]+)\)", value):
            given[name] = given[match[1]]
    return given


def ratio(given: dict[str, str], front: str, back: str) -> float:
    return contrast(parse_colour(given[front]), parse_colour(given[back]))


@EVERY_THEME
def test_a_theme_has_the_whole_vocabulary_of_colours(theme: str) -> None:
    assert set(COLOURS) <= set(colours(theme))


@EVERY_THEME
@pytest.mark.parametrize("prefix", ["", "inverse-"], ids=["own ground", "other ground"])
def test_every_text_can_be_read_on_its_ground(theme: str, prefix: str) -> None:
    given = colours(theme)
    low = {
        f"{front} on {back}": round(found, 2)
        for back, fronts in GROUNDS.items()
        for front in fronts
        if (found := ratio(given, prefix + front, prefix + back)) < READABLE
    }
    assert not low


@EVERY_THEME
def test_panels_can_be_read_and_the_focus_be_seen(theme: str) -> None:
    given = colours(theme)
    assert set(WINDOW_COLOURS) == {"stage", "panel", "panel-text", "focus"}
    assert ratio(given, "panel-text", "panel") >= READABLE
    assert ratio(given, "focus", "panel") >= SEEN
    assert ratio(given, "focus", "background") >= SEEN


@EVERY_THEME
@pytest.mark.parametrize("prefix", ["", "inverse-"], ids=["own ground", "other ground"])
def test_lines_that_have_to_be_seen_can_be(theme: str, prefix: str) -> None:
    given = colours(theme)
    assert ratio(given, f"{prefix}control", f"{prefix}background") >= SEEN


@EVERY_THEME
@pytest.mark.parametrize("classes", [(), ("inverse",)], ids=["own ground", "other ground"])
def test_code_can_be_read_in_the_styles_of_a_theme(theme: str, classes: tuple[str, ...]) -> None:
    manifest = read_theme(theme, FOLDERS.text)
    assert manifest is not None
    style = legible_style(manifest.highlight_style(classes))
    there = marked(style)
    assert contrast(style.foreground, style.background) >= READABLE
    assert contrast(there.foreground, there.background) >= READABLE
    for looks, ground in ((style.looks, style.background), (there.looks, there.background)):
        written = [look for look in looks.values() if look.colour]
        assert written
        assert all(
            contrast(look.colour, look.ground or ground) >= READABLE for look in written if look.colour
        )


def test_code_follows_the_ground_it_stands_on() -> None:
    theme = read_theme("lecture", FOLDERS.text)
    assert theme is not None
    assert theme.highlight_style(("middle",)) == "github"
    assert theme.highlight_style(("title-slide", "middle")) == "atom-one-dark"
