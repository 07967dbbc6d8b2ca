"""Reports `background-image` values that are not valid CSS images."""

from __future__ import annotations

import re

from slidegen.deck.model import Deck
from slidegen.diagnostics import Code, Reporter
from slidegen.patterns import lazy_compile

PROPERTY = "background-image"
_STRING = r"\"[^\"]*\"|'[^']*'"
ADDRESS = lazy_compile(rf"url\(\s*(?:{_STRING}|(?:[^\s\"'()\\]|\\.)*)\s*\)", re.IGNORECASE)
PART = lazy_compile(
    rf"(?P<url>{ADDRESS.pattern})|(?P<open>[\w-]+\()|(?P<close>\))|{_STRING}|[^()\"';]", re.IGNORECASE
)
WORDS = frozenset("none inherit initial unset revert revert-layer".split())
NAME = lazy_compile(r"[^\s()\"';,]+\.(?:png|jpe?g|gif|svg|webp|avif)", re.IGNORECASE)


def check_backgrounds(deck: Deck, reporter: Reporter) -> None:
    """Warn of a `background-image:` that has no effect."""
    for slide in deck.slides:
        value = slide.value(PROPERTY).rstrip("; ").strip()
        if not value or _is_image(value):
            continue
        name = NAME.search(value.replace("\\ ", "_"))
        hint = f"write {PROPERTY}: url({name[0] if name else 'images/a.jpg'})"
        if value.lower().startswith("url(") and value.endswith(")") and value.count("(") == 1:
            hint = f'write {PROPERTY}: url("{value[4:-1].strip().strip(chr(34) + chr(39))}")'
        message = f"no browser reads this {PROPERTY}, so the slide has none"
        reporter.report(Code.BAD_PROPERTY, message, slide.properties[PROPERTY].span, hint=hint)


def _is_image(value: str) -> bool:
    """Whether a value is a keyword of `background-image`, or function calls separated by commas."""
    if value.lower() in WORDS:
        return True
    deep = at = 0
    called = needs_comma = False
    while at < len(value):
        match = PART.match(value, at)
        if match is None or (match["open"] and match["open"].lower() == "url("):
            return False
        if not deep:
            if match[0].strip() and needs_comma != (match[0] == ","):
                return False
            if not (match["url"] or match["open"] or not match[0].strip(" ,")):
                return False
            needs_comma = (needs_comma or bool(match["url"] or match["open"])) and match[0] != ","
        called = called or bool(match["url"] or match["open"])
        deep += bool(match["open"]) - bool(match["close"])
        if deep < 0:
            return False
        at = match.end()
    return called and not deep and needs_comma
