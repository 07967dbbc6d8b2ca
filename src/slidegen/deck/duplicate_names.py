"""Reports slide names that are used twice while something refers to them."""

from __future__ import annotations

from collections.abc import Iterable

from slidegen.diagnostics import Code, Reporter
from slidegen.patterns import lazy_compile
from slidegen.syntax.nodes import Property, RawDeck

LINK = lazy_compile(r"""\]\(\s*<?#([^\s)>]+)|href\s*=\s*["']?#([^\s"'>]+)|\]:\s*<?#([^\s>]+)""")
"""A link to a slide: `[text](#name)`, `<a href="#name">` or `[id]: #name`."""


def warn_of_repeated_names(raw: RawDeck, reporter: Reporter) -> None:
    """Warn of a name that two slides share, if a `template:` or a link refers to it.

    A template means the last earlier slide of that name, a link the first one: the author of the second rarely
    knows of the first.
    """
    named = [item for slide in raw.slides for item in slide.properties if item.key == "name"]
    repeated = {name: items for name, items in _by_value(named).items() if len(items) > 1 and name}
    if not repeated:
        return
    referred = {item.value for slide in raw.slides for item in slide.properties if item.key == "template"}
    for text in raw.texts:
        for match in LINK.finditer(text):
            referred.add(next(group for group in match.groups() if group))
    for name, items in repeated.items():
        if name in referred:
            first = items[0].span.written
            for item in items[1:]:
                same = item.span.written.source.path == first.source.path
                place = f"line {first.position.line}" + ("" if same else f" of {first.source.path}")
                reporter.report(
                    Code.NAME_TWICE,
                    f"the slide at {place} is also named {name}",
                    item.span,
                    hint="something refers to this name; give one of the slides another name",
                )


def _by_value(items: Iterable[Property]) -> dict[str, list[Property]]:
    values: dict[str, list[Property]] = {}
    for item in items:
        values.setdefault(item.value, []).append(item)
    return values
