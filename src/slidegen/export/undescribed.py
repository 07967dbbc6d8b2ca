"""Finds the pictures that an author has left without a description, which a page does not tell from decoration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from slidegen.deck.model import Deck
from slidegen.patterns import lazy_compile
from slidegen.references import read_reference
from slidegen.syntax.nodes import MacroCall, Node, Text, nodes_of

IN_MARKDOWN = lazy_compile(r"!\[\s*\](?:\(\s*<?([^\s>)]+)|\[([^\]]*)\])")
IN_HTML = lazy_compile(r"<img\b(?![^>]*\balt\s*=)[^>]*?\bsrc\s*=\s*[\"']?([^\s\"'>]+)", re.IGNORECASE)


def undescribed_pictures(deck: Deck) -> frozenset[str]:
    """The names of the files, without folders.

    A page has `alt=""` for `![](plot.png)` and for `![:scale 60%](plot.png)`, as for `<img src="line.svg" alt="">`,
    but only the last one says that the picture is decoration.
    """
    written = {found for slide in deck.slides if slide.last_step for found in _addresses(slide.content, deck)}
    return frozenset(PurePosixPath(read_reference(each).path).name for each in written) - {""}


def _addresses(nodes: Iterable[Node], deck: Deck) -> Iterator[str]:
    for call in nodes_of(MacroCall, nodes):
        yield call.target
    for text in nodes_of(Text, nodes):
        yield from IN_HTML.findall(text.value)
        for address, name in IN_MARKDOWN.findall(text.value):
            link = None if address else deck.links.get(name.lower())
            yield address or (link.url if link is not None else "")
