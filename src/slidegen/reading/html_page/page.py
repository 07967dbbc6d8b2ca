"""Reads an HTML page around a deck: the deck's text, its options, and the author's styles and scripts."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape

from slidegen.diagnostics import Code, Reporter
from slidegen.patterns import lazy_compile
from slidegen.reading.html_page.body import body_parts, root_attributes, warn_of_body
from slidegen.reading.html_page.deck import content_of, find_deck
from slidegen.reading.html_page.math import math_setting
from slidegen.reading.html_page.parts import (
    PageParts,
    PageResources,
    author_scripts,
    page_parts,
    read_into,
    style_sheets,
)
from slidegen.reading.html_page.remark_setup import IN_DECK, read_scripts
from slidegen.reading.html_page.script_reading import Script, ScriptReading
from slidegen.reading.html_page.settings import head_settings, number_format, option_settings
from slidegen.reading.html_page.source_uses import asks_for_source, paired_classes
from slidegen.reading.html_page.superseded_scripts import BROADCAST
from slidegen.reading.source_deck import AuthorPage, SourceDeck
from slidegen.source import Source, Span

SERVER_INCLUDE = lazy_compile(r"<!--#\s*(?:include|exec|echo|config|if|set|printenv|flastmod|fsize)\b[^>]*>")
FORMULAS = ("mathjax", "katex", "mathml", "asciimath", "texme", "rendermath")


def read_page(
    page: Source,
    beside: PageResources,
    reporter: Reporter,
    *,
    shown: SourceDeck | None = None,
    content: Source | None = None,
) -> SourceDeck:
    """The deck in a page, with everything that comes with the page.

    `shown` is the deck if it is already known, to which the page's title and description do not belong.
    `content` is the deck's text, or a placeholder for it, if the page has it from elsewhere.
    Raises DeckError if the page contains no deck.
    """
    parts = page_parts(page)
    scripts, places = read_into(parts, beside)
    reading = read_scripts(
        scripts,
        widgets=any("htmlwidgets" in item.get("src") for item in parts.scripts),
        deck=content.text
        if content is not None
        else unescape("".join(content_of(item).text for item in parts.sources)),
    )
    for diagnostic in reading.diagnostics:
        reporter.add(diagnostic)
    settings = [*head_settings(parts), *option_settings(reading, reporter)]
    if shown is not None:
        settings = [setting for setting in settings if setting.key not in ("title", "description")]
    math = math_setting(reading.math, reading.names, [*parts.outside, *(item.span for item in scripts)])
    written = shown or find_deck(page, parts, reading, beside, reporter)
    _warn(page, parts, reading, reporter)
    text = written.source.text if content is None else content.text
    kept = tuple(author_scripts(parts, scripts, places))
    run = [*(script.text for script in kept), *(match[0] for match in IN_DECK.finditer(text))]
    around = AuthorPage(
        page.path,
        sheets=tuple(style_sheets(parts)),
        scripts=kept,
        body=_body(page, parts, reading, reporter),
        root=root_attributes(parts, "html"),
        body_attributes=root_attributes(parts, "body"),
        macros=reading.macros,
        number=bool(number_format(reading)),
        formulas=_shows_formulas(parts, scripts, text),
        source=text if any(map(asks_for_source, run)) else None,
        absent=reading.absent,
        paired=tuple(sorted(frozenset().union(*map(paired_classes, run)))),
        countdown=reading.countdown,
        katex=any("katex" in span.text.lower() for span in parts.outside),
    )
    own = [setting for setting in settings if setting.key not in {item.key for item in written.settings}]
    return SourceDeck(
        written.source, written.start, (*own, *([math] if math else []), *written.settings), around
    )


def _body(page: Source, parts: PageParts, reading: ScriptReading, reporter: Reporter) -> tuple[Span, ...]:
    """What the page's body shows beside the slides, unless the slides are in a box of it."""
    body = body_parts(page, parts)
    if body and any(entry.key == "container" for entry in reading.options):
        warn_of_body(body, reporter)
        return ()
    return body


def _shows_formulas(parts: PageParts, scripts: Iterable[Script], deck: str) -> bool:
    """Whether anything in the page or its scripts shows formulas."""
    texts = (*(span.text for span in parts.outside), *(script.span.text for script in scripts), deck)
    return any(word in text for text in map(str.lower, texts) for word in FORMULAS)


def _warn(page: Source, parts: PageParts, reading: ScriptReading, reporter: Reporter) -> None:
    """Warn of what only a web server would fill in or forward, and of macros that are not understood."""
    for script in parts.scripts:
        if BROADCAST.search(script.get("src")):
            message = "broadcasting needs a server on the network, so it is left out"
            hint = "send the built page to the audience: it needs no server"
            reporter.report(Code.NEEDS_SERVER, message, script.place("src"), hint=hint)
    for match in SERVER_INCLUDE.finditer(page.text):
        message = "a web server would fill this in; here it stays empty"
        hint = "put the text itself in its place"
        reporter.report(Code.SERVER_INCLUDE, message, Span(page, match.start(), match.end()), hint=hint)
    for name, place in reading.unknown_macros.items():
        reporter.report(
            Code.PAGE_MACRO,
            f"the macro {name} does more than combine text; it only shows its target",
            place,
            hint=f"write templates/macros/{name}.html, where args[0] is its first argument, starting from:\n"
            '<img src="{{ target }}" alt="" style="width: {{ args[0] }}">',
        )
