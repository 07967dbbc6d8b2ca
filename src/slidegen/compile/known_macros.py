"""Which macros a deck has: slidegen's, the user's, and those that came with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from slidegen.project.templates import TemplateFolders
from slidegen.reading.source_deck import SourceDeck
from slidegen.render.macros.macros import MACRO_FOLDER
from slidegen.syntax.nodes import MacroCall

if TYPE_CHECKING:
    from slidegen.reading.html_page.page_macro import WrittenMacro

SUFFIXES = (".html", ".md")
"""Suffixes of a macro's template; the first one found is used."""


class KnownMacros(Struct, frozen=True):
    """The macros of one deck."""

    templates: TemplateFolders
    author_macros: Mapping[str, WrittenMacro]
    """Those that came with the deck, except those that the user replaces."""

    @classmethod
    def of_deck(cls, source: SourceDeck, templates: TemplateFolders) -> KnownMacros:
        """The macros of a deck as loaded."""
        written = source.page.macros if source.page is not None else {}
        author_macros = {
            name: macro
            for name, macro in written.items()
            if not any(templates.replaces(_path(name, suffix)) for suffix in SUFFIXES)
        }
        return cls(templates, author_macros)

    def has(self, name: str) -> bool:
        """Whether there is a macro of that name."""
        return name in self.author_macros or any(
            self.templates.text(_path(name, suffix)) is not None for suffix in SUFFIXES
        )

    def may_read(self, call: MacroCall, key: str) -> bool:
        """Whether a macro may show a property of its slide, because its file or its call names it."""
        texts = (self.templates.text(_path(call.name, suffix)) for suffix in SUFFIXES)
        text = next(filter(None, texts), "")
        return "properties" in text and key in " ".join((text, *call.args, call.target))


def _path(name: str, suffix: str) -> str:
    return f"{MACRO_FOLDER}/{name}{suffix}"
