"""Locates the deck of an HTML page: in an element, in a file it names, or chosen when the page is opened."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from slidegen.config import Setting
from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter
from slidegen.patterns import lazy_compile
from slidegen.reading.html_page.encoding import decode_page
from slidegen.reading.html_page.html_tokenizer import Element, deck_text, inner_html
from slidegen.reading.html_page.parts import READ_FROM, PageParts, PageResources, page_parts, style_sheets
from slidegen.reading.html_page.remark_setup import read_scripts
from slidegen.reading.html_page.script_reading import Script, ScriptReading
from slidegen.reading.javascript.fallback_value import otherwise
from slidegen.reading.javascript.static_values import ComputedError, ObjectEntry, value_of
from slidegen.reading.markdown import FRONT_MATTER, read_markdown
from slidegen.reading.source_deck import SourceDeck
from slidegen.source import Composed, Origin, Source, Span

SEVERAL = ("sourceUris", "sourceUrls", "sourceUrl")
"""Options for several files in forks of remark."""
LOADED = lazy_compile(rb"\.[mMrRqQ]\w*[dDnN][\"'`?#]")
"""What a page has in it whose script loads a Markdown file."""


def is_deck_page(data: bytes) -> bool:
    """Whether a page contains a remark deck, or names its file; for pages found in a folder."""
    if b"remark" not in data or b"source" not in data:
        return _is_bare(data)
    if b"\0" in data[:4096] and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    parts = page_parts(decode_page("", data, "replace"))
    if any(content_of(item).text.strip() for item in parts.sources):
        return True
    reading = _read_page_scripts(parts)
    return (
        any(_given(reading, key) for key in ("sourceUrl", "source"))
        or bool(_given_several(reading))
        or _loaded(reading) is not None
    )


def shown_decks(data: bytes) -> list[str]:
    """The files that a page names as its `sourceUrl`, or as several sources, or that its scripts load."""
    if b"sourceU" not in data and not (b"remark" in data and LOADED.search(data)):
        return []
    parts = page_parts(decode_page("", data, "replace"))
    reading = _read_page_scripts(parts)
    named = list(filter(None, (_given(reading, "sourceUrl"), *_given_several(reading))))
    if named or any(content_of(item).text.strip() for item in parts.sources):
        return named
    loaded = _loaded(reading)
    return [] if loaded is None else [loaded[0]]


def _given_several(reading: ScriptReading) -> list[str]:
    return [name for item in reading.options if item.key in SEVERAL for name in _several(item, reading)]


def is_viewer(data: bytes) -> bool:
    """Whether a page chooses its deck when it is opened."""
    if b"remark" not in data or b"sourceUrl" not in data:
        return False
    parts = page_parts(decode_page("", data, "replace"))
    if any(content_of(item).text.strip() for item in parts.sources):
        return False
    reading = _read_page_scripts(parts)
    given = next((entry for entry in reading.options if entry.key == "sourceUrl"), None)
    if given is None:
        return _has_script(parts, "sourceUrl")
    try:
        value_of(given.value, reading.names)
    except ComputedError:
        return True
    return False


def find_deck(
    page: Source, parts: PageParts, reading: ScriptReading, beside: PageResources, reporter: Reporter
) -> SourceDeck:
    """The deck's text: that of `sourceUrl`, of `source`, or of the element with the id `source`."""
    given = {entry.key: entry for entry in reading.options}
    here = [item for item in parts.sources if content_of(item).text.strip()]
    url, text = (_text(given.get(key), reading, reporter, bool(here)) for key in ("sourceUrl", "source"))
    for element in here[1:]:
        message = "the page has two elements with the id source; the first one is the deck"
        reporter.report(Code.TWO_SOURCES, message, element.tag, hint="remove one of them, or its id")
    several = next(((given[key], _several(given[key], reading)) for key in SEVERAL if key in given), None)
    if several is not None and several[1]:
        return _joined(page, several[1], beside, several[0].value.span)
    if url:
        entry = given["sourceUrl"]
        if here:
            message = f"the page contains a deck, but shows {url}, its sourceUrl"
            reporter.report(Code.TWO_SOURCES, message, here[0].tag, hint="remove one of them")
        return read_markdown(beside.deck(url, entry.value.span))
    if text:
        place = given["source"].value.span
        return SourceDeck(Source(page.path, text, Origin(page, ((0, place.start + 1),))), 0, ())
    if here:
        return SourceDeck(deck_text(here[0]), 0, ())
    chosen = next((given[key] for key in SEVERAL if key in given), None)
    if chosen is not None or _has_script(parts, "sourceUrl"):
        raise DeckError(_chosen_when_opened(page, parts, chosen))
    loaded = _loaded(reading)
    if loaded is not None:
        return read_markdown(beside.deck(*loaded))
    if parts.sources:
        return SourceDeck(deck_text(parts.sources[0]), 0, ())
    if _has_script(parts, "Reveal.initialize"):
        hint = (
            "slidegen does not read pages of reveal.js; `slidegen docs reveal-md` says what to write instead"
        )
    elif reading.deck_files:
        hint = f"its scripts load several Markdown files: build one of them, such as {next(iter(reading.deck_files))}"
    else:
        hint = 'looked for <textarea id="source"> with the deck in it, and for remark.create({sourceUrl: "deck.md"})'
    raise DeckError(Diagnostic(Code.NO_DECK, "this page holds no deck", path=page.path, hint=hint))


def _loaded(reading: ScriptReading) -> tuple[str, Span] | None:
    """The file that scripts load themselves, to give its text to remark, and where; None if they name several."""
    return next(iter(reading.deck_files.items())) if len(reading.deck_files) == 1 else None


def _several(entry: ObjectEntry, reading: ScriptReading) -> list[str]:
    """The files that an option names; empty if it is not a list, or is only known when the page is opened."""
    try:
        value = value_of(entry.value, reading.names)
    except ComputedError:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return []
    return list(value)


def _joined(page: Source, references: Sequence[str], beside: PageResources, place: Span) -> SourceDeck:
    """A deck made of several files, separated as slides; the front matter of the first applies."""
    composed = Composed()
    settings: dict[str, Setting] = {}
    for index, reference in enumerate(references):
        part = read_markdown(beside.deck(reference, place.find(reference)))
        if index:
            composed.add("\n---\n", place.find(reference))
        end = len(part.source.text.rstrip("\n"))
        composed.add_part(part.source, part.start, max(end, part.start))
        for item in part.settings:
            settings.setdefault(item.key, item)
    return SourceDeck(composed.of(page.path), 0, tuple(settings.values()))


def content_of(element: Element) -> Span:
    """The content of an element that may hold the deck."""
    return element.content if element.content is not None else inner_html(element)


def _given(reading: ScriptReading, key: str) -> str:
    """A text that the page itself gives as an option, or uses by default."""
    entry = next((item for item in reading.options if item.key == key), None)
    return "" if entry is None else _without_choice(entry, reading)


def _without_choice(entry: ObjectEntry, reading: ScriptReading) -> str:
    """The text of an option, or its default if it depends on a choice; empty if there is none."""
    try:
        value = otherwise(entry.value, reading.names)
    except ComputedError:
        return ""
    return value if isinstance(value, str) else ""


def _read_page_scripts(parts: PageParts) -> ScriptReading:
    """The scripts in the page itself."""
    spans = [*(item.content for item in parts.scripts), parts.handler]
    return read_scripts([Script(span) for span in spans if span is not None])


def _text(entry: ObjectEntry | None, reading: ScriptReading, reporter: Reporter, in_page: bool) -> str:
    """A text among the options; empty if it is missing or unknown.

    `in_page` says whether the page also contains a deck.
    """
    if entry is None:
        return ""
    try:
        value = value_of(entry.value, reading.names)
    except ComputedError as error:
        if in_page and READ_FROM.fullmatch(f"source:{entry.value.span.text}"):
            return ""  # it is the text of the element
        value = _without_choice(entry, reading)
        if not value and not in_page:
            return ""  # which is an error
        message = f"{entry.key} is computed when the page is opened, and was left out"
        hint = "slidegen uses the deck inside the page"
        if value:
            message = f"which deck this page shows is chosen when it is opened; {_short(value)} is taken"
            hint = "other Markdown files in its folder have its look: build them, or the folder"
        reporter.report(Code.COMPUTED, message, error.code.span, hint=hint)
    return value if isinstance(value, str) else ""


def _short(text: str) -> str:
    line = text.strip().partition("\n")[0]
    return line if len(line) <= 60 else f"{line[:59]}…"


def _has_script(parts: PageParts, words: str) -> bool:
    return any(words in (item.content.text if item.content else "") for item in parts.scripts)


def _chosen_when_opened(page: Source, parts: PageParts, entry: ObjectEntry | None) -> Diagnostic:
    what = (
        f"{entry.key} is no list of files" if entry and entry.key != "sourceUrl" else "sourceUrl is no text"
    )
    message = f"which deck this page shows is computed when it is opened: its {what}"
    sheets = ", ".join(sheet.reference for sheet in style_sheets(parts) if sheet.reference)
    hint = (
        'looked for a name, as in sourceUrl: "deck.md";\n'
        "build the Markdown files that it shows: those in its folder have its look"
    )
    if sheets:
        hint += (
            f";\nothers have it with this line in their front matter, or in slidegen.yml:\ncss: [{sheets}]"
        )
    span = entry.value.span if entry is not None else None
    return Diagnostic(Code.NO_DECK, message, span, hint, "" if span else page.path)


def _is_bare(data: bytes) -> bool:
    """Whether a file named like a page is only a deck after front matter, as in Jekyll's `_posts`."""
    if not data.startswith(b"---") or b"<html" in data.lower():
        return False
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    match = FRONT_MATTER.match(text)
    return match is not None and "\n---\n" in text[match.end() :]
