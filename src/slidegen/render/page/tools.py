"""The tools of a page (overview, search, presenter view, pens, help and the like), packed until they are needed.

They are more than half of a page's size, and most readers open none of them. `runtime/tools.mjs` unpacks them.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64encode
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from slidegen.kept import kept
from slidegen.patterns import lazy_compile
from slidegen.render.page.css import layered_text, style_text
from slidegen.render.page.features import TOOL_MODULES, start_script, tool_styles
from slidegen.render.page.scripts import link, to_json
from slidegen.render.page.used_rules import minified
from slidegen.render.page_model import RenderedDeck
from slidegen.render.template_reader import TemplateReader

if TYPE_CHECKING:
    from jinja2 import Environment

_WORD = lazy_compile(r"[A-Za-z]\w*")
_STRING = lazy_compile(r'"(\w+)"')
TOOLS_TEMPLATES = ("tools.html", "presenter.html", "icons.html")
"""The template of the tools' HTML, and those that it uses."""
_MODULE = lazy_compile(r'^slidegen\["([\w-]+\.mjs)"\]=', re.MULTILINE)
_PARTS = "\0"
"""Separates the parts; none of them contains it."""


class Tools(Struct, frozen=True):
    """What the tools add to a page."""

    styles: str
    html: str
    words: Mapping[str, str]
    script: str

    def packed(self) -> str:
        """All of it compressed by DEFLATE, as base64."""
        return _packed(_PARTS.join((self.styles, self.html, to_json(dict(self.words)), self.script)))


def page_tools(
    deck: RenderedDeck,
    templates: Environment,
    read: TemplateReader,
    linked: Collection[str],
    icons: Collection[str],
    main: str,
    known: Collection[str],
) -> Tools:
    """The tools for a page that has the modules `linked`, and shows `icons` and the words `known` without them.

    `main` is the script before them, whose commands they name. Raises jinja2.TemplateError; LinkError.
    """
    script, modules = link(TOOL_MODULES, read, linked)
    styles = layered_text(minified(sheet.text) for sheet in tool_styles(modules, read))
    html = _html(deck, templates, read, icons)
    script += start_script(TOOL_MODULES)
    words = used_words(deck.words, main + script)
    words = {key: word for key, word in words.items() if key not in known}
    return Tools(style_text(styles), html, words, script)


def early_words(words: Mapping[str, str], script: str, read: TemplateReader) -> dict[str, str]:
    """Those of the page's words that a script may look up before there are tools: in modules that receive words."""
    _, *parts = _MODULE.split(script)
    modules = zip(parts[::2], parts[1::2], strict=True)
    return used_words(
        words, "".join(part for name, part in modules if "words" in (read(f"runtime/{name}") or ""))
    )


def _html(deck: RenderedDeck, templates: Environment, read: TemplateReader, icons: Collection[str]) -> str:
    texts = [read(name) for name in TOOLS_TEMPLATES]
    if texts == [read(f"slidegen/{name}") for name in TOOLS_TEMPLATES]:
        return _own_html(templates, to_json(dict(deck.words)), to_json(sorted(icons)), *texts)
    return templates.get_template(TOOLS_TEMPLATES[0]).render(deck=deck, words=deck.words, icon_names=icons)


@kept(str, apart=1)
def _own_html(templates: Environment, words: str, icons: str, *texts: str) -> str:
    """The tools' HTML by slidegen's own templates, which use nothing else."""
    del texts
    return templates.get_template(TOOLS_TEMPLATES[0]).render(
        words=json.loads(words), icon_names=json.loads(icons)
    )


def used_words(words: Mapping[str, str], script: str) -> dict[str, str]:
    """Those of the page's words that a script may look up."""
    found = _looked_up(" ".join(words), script)
    return {key: words[key] for key in found}


@kept(tuple[str, ...])
def _looked_up(words: str, script: str) -> tuple[str, ...]:
    names = frozenset(_WORD.findall(script))
    return tuple(word for word in words.split() if word in names)


@kept(frozenset[str])
def strings_in(script: str) -> frozenset[str]:
    """The short strings of a script, which include the names of the icons that it shows."""
    return frozenset(_STRING.findall(script))


@kept(str)
def _packed(text: str) -> str:
    compressor = zlib.compressobj(9, wbits=-zlib.MAX_WBITS, memLevel=9)
    data = compressor.compress(text.encode("utf-8")) + compressor.flush()
    return b64encode(data).decode("ascii")
