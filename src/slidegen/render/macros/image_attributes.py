"""Attributes in braces after a macro that shows a picture, as in `![:scale 60%](a.png){.right}`."""

from __future__ import annotations

from slidegen.patterns import lazy_compile
from slidegen.render.dialect.links import PLACED, PLACES
from slidegen.syntax.divisions import ATTRIBUTES, read_attributes

IMAGE = lazy_compile(r"<img\b[^<>]*>")


def with_braces(html: str, text: str) -> tuple[str, str]:
    """A macro's output with the attributes at the start of the text after it, and the rest of that text.

    Both are unchanged if the output is not a single image, or the text does not begin with attributes.
    """
    braces = ATTRIBUTES.match(text)
    if braces is None or IMAGE.fullmatch(html) is None:
        return html, text
    from selectolax.lexbor import LexborHTMLParser  # few decks have such attributes

    image = LexborHTMLParser(html).css_first("img")
    if image is None or image.html is None:
        return html, text
    found = read_attributes(braces[0])
    attributes = image.attrs
    classes = [*(attributes.get("class") or "").split(), *found.classes]
    if not PLACES.isdisjoint(found.classes):
        classes.append(PLACED)
    if classes:
        attributes["class"] = " ".join(classes)
    for name, value in found.values:
        style = attributes.get("style") if name == "style" else None
        attributes[name] = f"{style}; {value}" if style else value
    return image.html, text[braces.end() :]
