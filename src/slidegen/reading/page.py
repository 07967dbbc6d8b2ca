"""HTML pages around a deck: the deck's text, what the page sets, and the look and scripts it brings along."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from html import unescape

from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter
from slidegen.reading.elements import Element, deck_text, inner_html
from slidegen.reading.literals import ComputedError, Entry, value_of
from slidegen.reading.markdown import FRONT_MATTER, decode, read_markdown
from slidegen.reading.page_body import body_parts, root_attributes, warn_of_body
from slidegen.reading.page_math import math_setting
from slidegen.reading.page_parts import Beside, PageParts, kept_scripts, page_parts, read_into, style_sheets
from slidegen.reading.page_settings import head_settings, number_format, option_settings
from slidegen.reading.script_macros import image_macro
from slidegen.reading.scripts import Script, ScriptReading, read_scripts
from slidegen.reading.written import WrittenDeck, WrittenPage
from slidegen.source import Origin, Source, Span

PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
AS_BROWSERS_READ = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
}
SERVER_INCLUDE = re.compile(r"<!--#\s*(?:include|exec|echo|config|if|set|printenv|flastmod|fsize)\b[^>]*>")
FORMULAS = ("mathjax", "katex", "mathml", "asciimath", "texme", "rendermath")


def decode_page(path: str, data: bytes, errors: str = "strict") -> Source:
    """The text of a page in the encoding that its byte order mark or `<meta charset>` names, else UTF-8.

    Raises DeckError where UTF-8 is meant and it is not, unless `errors` is `replace`.
    """
    found = CHARSET.search(data[:2048])
    name = found[1].decode("ascii").lower() if found and not data.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        encoding = AS_BROWSERS_READ.get(name) or codecs.lookup(name).name
    except LookupError:
        encoding = "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    if (encoding == "utf-8" or (encoding.startswith("utf-16") and found)) and errors == "strict":
        return decode(path, data)
    return decode(path, data.decode(encoding, "replace").encode("utf-8"))


def is_deck_page(data: bytes) -> bool:
    """Whether a page holds a deck for remark, or names its file; for pages that nobody named."""
    if b"remark" not in data or b"source" not in data:
        return _is_bare(data)
    if b"\0" in data[:4096] and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    parts = page_parts(decode_page("", data, "replace"))
    if any(_content(item).text.strip() for item in parts.sources):
        return True
    return any(_given(parts, key) for key in ("sourceUrl", "source"))


def shown_deck(data: bytes) -> str:
    """The file that a page names as its `sourceUrl`; empty where it names none."""
    return _given(page_parts(decode_page("", data, "replace")), "sourceUrl") if b"sourceUrl" in data else ""


def _given(parts: PageParts, key: str) -> str:
    """A text that the page itself gives as an option."""
    scripts = [*(item.content for item in parts.scripts), parts.handler]
    reading = read_scripts([Script(span) for span in scripts if span is not None])
    for entry in reading.options:
        if entry.key == key:
            try:
                value = value_of(entry.value, reading.names)
            except ComputedError:
                return ""
            return value if isinstance(value, str) else ""
    return ""


def is_page(text: str) -> bool:
    """Whether a text is HTML around a deck, not a deck alone in a file with the name of a page."""
    return FRONT_MATTER.match(text) is None or "<textarea" in text


def read_page(page: Source, beside: Beside, reporter: Reporter) -> WrittenDeck:
    """The deck in a page, with all that the page brings along.

    Raises DeckError where the page holds no deck.
    """
    parts = page_parts(page)
    scripts, places = read_into(parts, beside)
    reading = read_scripts(
        scripts,
        widgets=any("htmlwidgets" in item.get("src") for item in parts.scripts),
        deck=unescape("".join(_content(item).text for item in parts.sources)),
    )
    for diagnostic in reading.diagnostics:
        reporter.add(diagnostic)
    settings = [*head_settings(parts), *option_settings(reading, reporter)]
    math = math_setting(reading.math, reading.names)
    written = _deck(page, parts, reading, beside, reporter)
    _warn(page, reading, reporter)
    around = WrittenPage(
        sheets=tuple(style_sheets(parts)),
        scripts=tuple(kept_scripts(parts, scripts, places)),
        body=_body(page, parts, reading, reporter),
        root=root_attributes(parts, "html"),
        body_attributes=root_attributes(parts, "body"),
        macros=reading.macros,
        number=bool(number_format(reading)),
        formulas=_shows_formulas(parts, scripts, written.source.text),
        releases_math=any("_releaseMath" in text for text in parts.outside),
        katex=any("katex" in text.lower() for text in parts.outside),
    )
    own = [setting for setting in settings if setting.key not in {item.key for item in written.settings}]
    return WrittenDeck(
        written.source, written.start, (*own, *([math] if math else []), *written.settings), around
    )


def _is_bare(data: bytes) -> bool:
    """Whether a file with the name of a page is a deck alone, after front matter, as in Jekyll's `_posts`."""
    if not data.startswith(b"---") or b"<html" in data.lower():
        return False
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    match = FRONT_MATTER.match(text)
    return match is not None and "\n---\n" in text[match.end() :]


def _deck(
    page: Source, parts: PageParts, reading: ScriptReading, beside: Beside, reporter: Reporter
) -> WrittenDeck:
    """The deck's text: that of `sourceUrl`, of `source`, or of the element with the id `source`."""
    given = {entry.key: entry for entry in reading.options}
    url = _text(given.get("sourceUrl"), reading, reporter, "sourceUrl")
    text = _text(given.get("source"), reading, reporter, "source")
    here = [item for item in parts.sources if _content(item).text.strip()]
    for element in here[1:]:
        message = "the page has two elements with the id source; the first one is the deck"
        reporter.report(Code.TWO_SOURCES, message, element.tag, hint="take one of them away, or its id")
    if url:
        entry = given["sourceUrl"]
        if here:
            message = f"the page holds a deck, but the one that it shows is {url}, its sourceUrl"
            reporter.report(Code.TWO_SOURCES, message, here[0].tag, hint="take one of them away")
        return read_markdown(beside.deck(url, entry.value.span))
    if text:
        place = given["source"].value.span
        return WrittenDeck(Source(page.path, text, Origin(page, ((0, place.start + 1),))), 0, ())
    if here:
        return WrittenDeck(deck_text(here[0]), 0, ())
    if "sourceUrl" in given or _sets_source_url(parts):
        raise DeckError(_chosen_when_opened(page, parts, given.get("sourceUrl")))
    if parts.sources:
        return WrittenDeck(deck_text(parts.sources[0]), 0, ())
    hint = (
        'looked for <textarea id="source"> with the deck in it, and for remark.create({sourceUrl: "deck.md"})'
    )
    raise DeckError(Diagnostic(Code.NO_DECK, "this page holds no deck", path=page.path, hint=hint))


def _sets_source_url(parts: PageParts) -> bool:
    return any("sourceUrl" in (item.content.text if item.content else "") for item in parts.scripts)


def _chosen_when_opened(page: Source, parts: PageParts, entry: Entry | None) -> Diagnostic:
    message = "which deck this page shows is computed when it is opened: its sourceUrl is no text"
    sheets = ", ".join(sheet.reference for sheet in style_sheets(parts) if sheet.reference)
    hint = "build the Markdown files that it shows"
    if sheets:
        hint += f"; for its look, write this line in their front matter, or in slidegen.yml:\ncss: [{sheets}]"
    span = entry.value.span if entry is not None else None
    return Diagnostic(Code.NO_DECK, message, span, hint, "" if span else page.path)


def _text(entry: Entry | None, reading: ScriptReading, reporter: Reporter, name: str) -> str:
    """A text among the options; empty where it is not there or not known."""
    if entry is None:
        return ""
    try:
        value = value_of(entry.value, reading.names)
    except ComputedError as error:
        message = f"{name} is computed when the page is opened, and was left out"
        hint = "the deck that stands in the page is taken"
        reporter.report(Code.COMPUTED, message, error.code.span, hint=hint)
        return ""
    return value if isinstance(value, str) else ""


def _body(page: Source, parts: PageParts, reading: ScriptReading, reporter: Reporter) -> tuple[Span, ...]:
    """What the page's body shows beside the slides, unless these stand in a box of it."""
    body = body_parts(page, parts)
    if body and any(entry.key == "container" for entry in reading.options):
        warn_of_body(body, reporter)
        return ()
    return body


def _content(element: Element) -> Span:
    return element.content if element.content is not None else inner_html(element)


def _shows_formulas(parts: PageParts, scripts: Iterable[Script], deck: str) -> bool:
    """Whether anything in the page or its scripts shows formulas."""
    texts = (*parts.outside, *(script.span.text for script in scripts), deck)
    return any(word in text for text in map(str.lower, texts) for word in FORMULAS)


def _warn(page: Source, reading: ScriptReading, reporter: Reporter) -> None:
    """Warn of what a web server would fill in, and of macros that are not understood."""
    for match in SERVER_INCLUDE.finditer(page.text):
        message = "a web server would fill this in; here it stays empty"
        hint = "put the text itself in its place"
        reporter.report(Code.SERVER_INCLUDE, message, Span(page, match.start(), match.end()), hint=hint)
    for name, place in reading.unknown_macros.items():
        template = image_macro(name, place).template.rstrip()
        reporter.report(
            Code.PAGE_MACRO,
            f"the macro {name} does more than put texts together; it shows its target alone",
            place,
            hint=f"write templates/macros/{name}.html, where args[0] is its first argument, starting from:\n{template}",
        )
