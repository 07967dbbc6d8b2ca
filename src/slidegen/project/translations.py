"""The phrases that slidegen puts into pages, translated in `templates/words/LANG.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.project.templates import OWN_PREFIX, TemplateFolders
from slidegen.reading.own_yaml import load_own_yaml
from slidegen.reading.yaml_error import YamlError

DECK, SERVE, COURSE, SESSION, CALLOUTS = "deck", "serve", "course", "session", "callouts"
EXPORT = "export"
"""The sections of a file, named after the pages that use them."""
ENGLISH = "en"


def read_words(lang: str, templates: TemplateFolders, *sections: str) -> Mapping[str, str]:
    """The words of some sections in a language, given as a tag such as `fr-CA`.

    Each word comes from the tag's own file, else from its language's, else from the English one. A user's file
    needs only the words that it changes; a word outside all sections applies to each section that has
    it in English. Raises DeckError for a file that is not a mapping of words.
    """
    words: dict[str, str] = {}
    for name in _names(lang):
        for path in _files(name, templates):
            found = _parsed(path, templates)
            for section in sections:
                own = found.get(section)
                given = {**found, **own} if isinstance(own, Mapping) else found
                words.update(
                    (key, str(word))
                    for key, word in given.items()
                    if not isinstance(word, Mapping) and (key in words or name == ENGLISH)
                )
    return words


def _names(lang: str) -> Iterator[str]:
    """The names of a language's files, in ascending order of precedence."""
    tag = lang.replace("_", "-")
    names = dict.fromkeys((ENGLISH, tag.split("-")[0].lower(), tag))
    return (name for name in names if re.fullmatch(r"[\w-]+", name))


def _files(name: str, templates: TemplateFolders) -> Iterator[str]:
    yield f"{OWN_PREFIX}words/{name}.yml"
    if templates.replaces(f"words/{name}.yml"):
        yield f"words/{name}.yml"


def _parsed(path: str, templates: TemplateFolders) -> Mapping[str, object]:
    text = templates.text(path)
    try:
        return _mapping(text) if text is not None else {}
    except YamlError as error:
        message = f"these words cannot be read: {error}".splitlines()[0]
        raise DeckError(Diagnostic(Code.TEMPLATE_FAILED, message, path=templates.shown(path))) from error


def _mapping(text: str) -> Mapping[str, object]:
    """The file as sections and words; raises YamlError if it is neither."""
    found = load_own_yaml(text)
    if found is not None and not isinstance(found, dict):
        raise YamlError("write one word per line, as in `next: Next slide`")
    return found or {}
