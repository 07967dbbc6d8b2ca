"""Renders a deck in its Jekyll layouts, and maps each character of the page to its source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from liquid.exceptions import LiquidError

from slidegen.diagnostics import Code, Reporter
from slidegen.option_types import Value
from slidegen.patterns import lazy_compile
from slidegen.reading.formats.layout_liquid import HINT, JekyllLiquid, Layout, LayoutSite, PlacedText
from slidegen.reading.formats.layout_tags import add_layout_tags
from slidegen.reading.formats.standing_in import ESCAPED, MARK
from slidegen.source import Composed, Source, Span

__all__ = ["Layout", "LayoutSite", "do_control_tags", "lay_out"]

MARKS = lazy_compile(f"[{MARK}{ESCAPED}]")


def lay_out(
    content: Source, start: int, layouts: Sequence[Layout], site: LayoutSite, reporter: Reporter
) -> Source:
    """The page: the content in its layouts, the innermost first.

    If a layout outputs the content as JSON, a placeholder stands for it. Mistakes in layouts are reported.
    """
    values: dict[str, Value] = {}
    for layout in reversed(layouts):
        values |= layout.values
    for layout in layouts:
        rendered = _render(layout, values, site, reporter)
        content, start = _filled(rendered, content, start), 0
    return content


def do_control_tags(content: Source, start: int, site: LayoutSite, reporter: Reporter) -> Source | None:
    """A deck's text with its Liquid executed; None if that does not parse.

    `{{ name }}` with a name unknown to Liquid is one of slidegen's variables, and stays.
    """
    own = Reporter()
    done = _render(Layout(content, start), {}, site, own, is_deck=True)
    if any("does not work" in item.message for item in own):
        return None
    for item in own:
        reporter.add(item)
    return Source(content.path, done.text, done.origin)


def _filled(rendered: Source, content: Source, start: int) -> Source:
    """A layout's text with the content in place of its marks."""
    composed, at = Composed(), 0
    for match in MARKS.finditer(rendered.text):
        composed.add_part(rendered, at, match.start())
        if match[0] == MARK:
            composed.add_part(content, start, len(content.text))
        else:
            _add_escaped(composed, content, start)
        at = match.end()
    composed.add_part(rendered, at, len(rendered.text))
    return composed.of(content.path)


def _add_escaped(composed: Composed, content: Source, start: int) -> None:
    at = start
    for match in re.compile(r"[&<>\"']").finditer(content.text, start):
        composed.add_part(content, at, match.start())
        composed.add(escape(match[0]), Span(content, match.start(), match.end()).written)
        at = match.end()
    composed.add_part(content, at, len(content.text))


def _render(
    layout: Layout,
    values: Mapping[str, Value],
    site: LayoutSite,
    reporter: Reporter,
    *,
    is_deck: bool = False,
) -> Source:
    liquid = add_layout_tags(JekyllLiquid(site, reporter, is_deck=is_deck))
    buffer = PlacedText(Span(layout.source, layout.start, layout.start))
    template = None
    try:
        template = liquid.from_string(liquid.text_of(layout))
        template.render_with_context(
            template.context_class(template, globals=template.make_globals(_names(values, site, is_deck))),
            buffer,
        )
    except LiquidError as error:
        liquid.say(error)
    except (
        Exception
    ) as error:  # an author's layout may raise anything, which must not end the build with a traceback
        place = buffer.place if template is not None else Span(layout.source, layout.start, layout.start + 1)
        reporter.report(Code.LIQUID, f"the layout fails: {error}".splitlines()[0], place, hint=HINT)
    liquid.say_rest()
    return buffer.composed.of(layout.source.path)


def _names(values: Mapping[str, Value], site: LayoutSite, is_deck: bool) -> dict[str, object]:
    return {
        **({} if is_deck else {"content": MARK}),
        "site": site.site,
        "page": site.page,
        "layout": dict(values),
        "jekyll": {"environment": "production", "version": "4.3.3"},
        "include": {},
    }
