"""Recognises languages that are given by name, which no browser or screen reader understands."""

from __future__ import annotations

from slidegen.deck.model import Deck
from slidegen.diagnostics import Code, Reporter
from slidegen.patterns import lazy_compile
from slidegen.project.project import CONFIG_FILE
from slidegen.source import Span

TAG = lazy_compile(r"(?:[A-Za-z]{2,3}|[xi])(?:[-_][A-Za-z0-9]{1,8})*")
"""A tag as in BCP 47; underscores as in the names of locales are understood, too."""
NAMES = {
    "ar": "arabic",
    "de": "german deutsch allemand",
    "en": "english englisch anglais inglés",
    "es": "spanish español espanol castellano",
    "fa": "persian farsi",
    "fr": "french français francais",
    "he": "hebrew",
    "it": "italian italiano",
    "ja": "japanese 日本語",
    "ko": "korean 한국어",
    "nl": "dutch nederlands",
    "pl": "polish polski",
    "pt": "portuguese português portugues",
    "pt-BR": "brazilian brazil",
    "ru": "russian русский",
    "tr": "turkish türkçe",
    "ur": "urdu",
    "zh": "chinese mandarin 中文",
}
"""What people call languages, by tag."""


def check_language_tags(deck: Deck, place: Span | None, reporter: Reporter) -> None:
    """Warn of a `lang` of the deck, or of a slide, that is not a language tag."""
    for lang, span in ((deck.config.lang, place), *deck.own_values("lang")):
        if lang and not TAG.fullmatch(lang.strip()):
            name = lang.strip().lower()
            meant = next((tag for tag, names in NAMES.items() if name in names.split()), None)
            hint = (
                f"write lang: {meant}" if meant else "write the tag of the language, such as en, fr or pt-BR"
            )
            path = CONFIG_FILE if span is None else ""
            reporter.report(Code.BAD_PROPERTY, f"{lang} is not a language tag", span, hint=hint, path=path)
