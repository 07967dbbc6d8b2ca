"""Embeds SVG files shown by `<object>`, `<embed>` and `<iframe>`, with the files they refer to."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from slidegen.diagnostics import Code
from slidegen.patterns import lazy_compile
from slidegen.reading.html_page.html_tokenizer import Element, read_elements
from slidegen.references import is_local
from slidegen.render.assets.asset_kinds import AssetKind, AssetUrl
from slidegen.render.assets.css import CssRewriter
from slidegen.render.assets.delivery import AssetResolver
from slidegen.source import Source, Span

STYLE_SHEET = lazy_compile(r"<\?xml-stylesheet\b[^>]*?\bhref\s*=\s*([\"'])(?P<name>[^\"'>]*+)\1[^>]*+>")
KINDS = {"image": AssetKind.IMAGE, "feimage": AssetKind.IMAGE, "script": AssetKind.SCRIPT}
"""Elements that refer to a file, and what they use it as."""
REFERENCES = ("href", "xlink:href")


def rewrite_svg(delivery: AssetResolver, css: CssRewriter, path: Path) -> str:
    """The text of an SVG file with everything it refers to embedded; `delivery` and `css` return data URLs."""
    source = Source(delivery.files.shown(path), delivery.text(path))

    def locate(written: str) -> Span | None:
        at = source.text.find(written)
        return Span(source, at, at + len(written)) if at >= 0 else None

    changes: list[tuple[Span, str]] = []
    for match in STYLE_SHEET.finditer(source.text):
        place = Span(source, match.start("name"), match.end("name"))
        changes.append((place, _url(delivery, place.text, AssetKind.STYLE, path, place)))
    for element in read_elements(source):
        if element.name == "style" and element.content is not None:
            changes.append((element.content, css.text(element.content.text, path, locate)))
        changes += _of_attributes(element, delivery, css, path)
    pieces, at = [], 0
    for place, text in sorted(changes, key=lambda change: change[0].start):
        pieces += [source.text[at : place.start], text]
        at = place.end
    return "".join((*pieces, source.text[at:]))


def _of_attributes(
    element: Element, delivery: AssetResolver, css: CssRewriter, path: Path
) -> Iterator[tuple[Span, str]]:
    for name in REFERENCES:
        attribute = element.attributes.get(name)
        if attribute is None:
            continue
        if element.name in KINDS:
            yield (
                attribute.span,
                escape(_url(delivery, attribute.value, KINDS[element.name], path, attribute.span)),
            )
        elif element.name == "use" and is_local(attribute.value):
            message = f"{attribute.value} is in another file, from which a drawing in a frame cannot take it"
            hint = "copy it into this file, or show the drawing with <img> or as part of the slide"
            delivery.reporter.report(Code.UNUSABLE_ASSET, message, attribute.span, hint=hint)
    style = element.attributes.get("style")
    if style is not None and "url(" in style.value:
        place = style.span
        yield place, escape(css.value(style.value, path, lambda written: place.find(written)))


def _url(delivery: AssetResolver, written: str, kind: AssetKind, path: Path, place: Span) -> str:
    """The data URL of a file; the reference unchanged if there is none."""
    delivered = delivery.deliver(written, path, lambda _: place, kind)
    return delivered.url if isinstance(delivered, AssetUrl) else written
