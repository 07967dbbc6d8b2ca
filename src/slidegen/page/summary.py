"""The summary of a deck for the course page, gathered while the deck's page is built."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import TypedDict

from msgspec import Struct, field, to_builtins

from slidegen.compile.compile import CompiledDeck
from slidegen.course.sessions import day_in_name
from slidegen.diagnostics import Code, Diagnostic
from slidegen.diagnostics.stored import StoredDiagnostics, as_notices
from slidegen.html_tags import SPLITTING, UNREAD
from slidegen.option_records import DAY, read_date
from slidegen.patterns import lazy_compile
from slidegen.render.assets import Assets
from slidegen.render.html.slide_footer import gather_foot
from slidegen.render.page.css import own_style_text
from slidegen.render.page_model import RenderedDeck, RenderedSlide, slide_size

MAX_COVER_LENGTH = 400_000
"""Largest picture of a title slide in bytes: the course page shows many of them."""
_KEYS = lazy_compile(r'data-a="([^"-]+)|--a-([^)"-]+)')
_CHECKED = {"session": Code.SESSION_TWICE, "date": Code.NO_DATE}
_NOT_SHOWN = "script, iframe, video, audio, object, embed, base, meta, link"


class Summary(Struct, frozen=True):
    """A deck in short."""

    title: str
    lang: str
    description: str
    """The deck's own; that of `slidegen.yml` belongs to the course."""
    session: str
    """As written: a number, or empty."""
    date: str
    """An ISO 8601 date, or the text as written if it is not a date."""
    slides: int
    ratio: str
    cover: str
    """The title slide as HTML."""
    classes: str
    style: str
    sheets: list[str] = field(default_factory=list)
    """The style sheets that the title slide needs in a shadow tree."""
    texts: list[list[str]] = field(default_factory=list)
    """For each slide: its address, its title, its text."""
    places: dict[str, StoredDiagnostics] = field(default_factory=dict)
    """Where `session` and `date` are written: stored diagnostics without a message."""

    def value(self) -> dict[str, object]:
        """The summary as plain values."""
        return dict(to_builtins(self))


def summarize(compiled: CompiledDeck, deck: RenderedDeck, assets: Assets, slides: int) -> Summary:
    """Summarise a deck once all its slides are rendered."""
    shown = [slide for slide in deck.slides if slide.last_step]
    first = next((slide for slide in shown if slide.group == 0), None)
    html = _cover(first, deck) if first is not None else ""
    style = first.style if first is not None else ""
    width, height = slide_size(deck.ratio)
    return Summary(
        title=deck.title,
        lang=deck.lang,
        description=deck.description if any(item.key == "description" for item in compiled.settings) else "",
        slides=slides,
        ratio=f"{width} / {height}",
        cover=html,
        classes=" ".join(("remark-slide-content", *(first.classes if first is not None else ()))),
        style=style,
        sheets=list(_sheets(deck, assets, html + style)),
        texts=[[slide.name or str(slide.index + 1), slide.title, _text(slide.html)] for slide in shown],
        **session_of(compiled),
    )


class SessionOfDeck(TypedDict):
    """What a deck says about its session."""

    session: str
    date: str
    places: dict[str, StoredDiagnostics]


def session_of(compiled: CompiledDeck) -> SessionOfDeck:
    """A deck's session number and date, and where they are written."""
    given = {item.key: item.written.strip() for item in compiled.settings if item.written}
    given |= {key: compiled.variables[key].value for key in given if key in compiled.variables}
    written = given.get("date", "")
    day = read_date(written) or (None if DAY.fullmatch(written) else day_in_name(compiled.path.name))
    return SessionOfDeck(
        session=given.get("session", ""),
        date=day.isoformat() if day is not None else written,
        places={
            item.key: as_notices([Diagnostic(code, "", item.value_span)])
            for item in compiled.settings
            if (code := _CHECKED.get(item.key)) is not None
        },
    )


def _cover(slide: RenderedSlide, deck: RenderedDeck) -> str:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(gather_foot(slide.html) if deck.gather_foot else slide.html)
    for node in tree.css(_NOT_SHOWN):
        node.decompose()
    return (tree.body.inner_html or "") if tree.body is not None else ""


def _sheets(deck: RenderedDeck, assets: Assets, html: str) -> Iterator[str]:
    """slidegen's style sheets, shared by decks of one look, the author's, and the visible pictures."""
    seen = {one or other for one, other in _KEYS.findall(html)}
    yield in_shadow(own_style_text(deck))
    authors = "\n".join(sheet.text for sheet in deck.styles if not sheet.layer)
    pictures = "".join(assets.rules_for(seen, MAX_COVER_LENGTH))
    for sheet in (authors, pictures):
        if sheet.strip():
            yield in_shadow(sheet)


@lru_cache(maxsize=4)
def in_shadow(css: str) -> str:
    """Style rules for a shadow tree, with its host in place of the root."""
    return re.sub(r":root\b|(?<![\w.#-])html(?=[\s,{.:\[])", ":host", css)


def _instead(unread: re.Match[str]) -> str:
    """What separates the texts before and after an element that nobody reads."""
    return " " if unread["name"].lower() == "annotation" else "\0"


def _text(html: str) -> str:
    """The text of a slide, with a line for each paragraph, cell and item, so that none run together."""
    parts = SPLITTING.split(UNREAD.sub(_instead, " ".join(html.split())))
    parts[1::2] = [" " if within_line else "\0" for within_line in parts[1::2]]
    texts = (" ".join(unescape(line).split()) for line in "".join(parts).split("\0") if line)
    return unicodedata.normalize("NFC", "\n".join(filter(None, texts)))
