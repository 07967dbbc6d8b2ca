"""The words of course pages and new sessions, by language: slidegen's, and files of the user's own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.site.templates import TemplateFolders


def read_words(lang: str, templates: TemplateFolders) -> Mapping[str, str]:
    """The words of the course page: those of the language's file over the English ones."""
    from slidegen.reading.bounded_yaml import YamlError, load_yaml

    tag = lang.replace("_", "-")
    words: dict[str, str] = {}
    for name in dict.fromkeys(("en", tag.split("-")[0].lower(), tag)):
        if not re.fullmatch(r"[\w-]+", name):
            continue
        try:
            found = load_yaml(templates.text(f"words/{name}.yml") or "") or {}
            words.update({str(key): str(text) for key, text in found.items()})
        except (YamlError, AttributeError) as error:
            path = templates.shown(f"words/{name}.yml")
            message = f"these words cannot be read: {error}".splitlines()[0]
            raise DeckError(Diagnostic(Code.TEMPLATE_FAILED, message, path=path)) from error
    return words
