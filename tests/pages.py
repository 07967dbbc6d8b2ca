"""Pages of decks that a test writes down slide by slide, through the templates that every page has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from slidegen.project.templates import TemplateFolders
from slidegen.project.translations import DECK, read_words
from slidegen.render.page.layout import render_page
from slidegen.render.page_model import RenderedDeck, RenderedSlide, StyleSheet
from slidegen.render.theme import read_theme, theme_styles

TEMPLATES = Path(__file__).parent.parent / "templates"
FOLDERS = TemplateFolders(None, TEMPLATES)
THEMES = sorted(folder.name for folder in (TEMPLATES / "themes").iterdir())
"""All themes of slidegen's own."""
VOCABULARY_THEMES = [
    name for name in THEMES if (theme := read_theme(name, FOLDERS.text)) is not None and theme.vocabulary
]
"""Those that know slidegen's content classes; `remark` is remark's plain look."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a slide, as much of it as a test cares for."""

    html: str
    fields: dict[str, Any]


def step(html: str, **fields: Any) -> Step:
    """A step of a slide; `fields` are those of RenderedSlide."""
    return Step(html, fields)


def deck_of(
    *slides: str | Step | Sequence[str | Step], theme: str = "remark", css: str = "", **fields: Any
) -> RenderedDeck:
    """A deck of slides, each its HTML or a list of steps; slide numbers do not count steps."""
    manifest = read_theme(theme, FOLDERS.text)
    assert manifest is not None
    rendered: list[RenderedSlide] = []
    for group, slide in enumerate(slides):
        steps = slide if isinstance(slide, (list, tuple)) else [slide]
        for place, each in enumerate(steps):
            html, own = (each.html, each.fields) if isinstance(each, Step) else (each, {})
            number = {
                "number": group + 1,
                "total": len(slides),
                "number_text": f"{group + 1} / {len(slides)}",
            }
            plain = RenderedSlide(len(rendered), group, place, place == len(steps) - 1, html)
            rendered.append(replace(plain, **{**number, **own}))
    styles = (*theme_styles(manifest, FOLDERS.text), *([StyleSheet(css)] if css else []))
    given = {
        "title": "A deck",
        "theme": theme,
        "scheme": manifest.scheme,
        "gather_foot": manifest.vocabulary,
        "words": read_words(str(fields.get("lang", "en")), FOLDERS, DECK),
        "styles": styles,
    }
    return RenderedDeck(slides=tuple(rendered), **{**given, **fields})


def page_of(deck: RenderedDeck) -> str:
    """The deck's page."""
    return render_page(deck, FOLDERS.environment(), FOLDERS.text)
