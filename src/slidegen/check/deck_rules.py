"""Rules about a deck as a whole: names, definitions of links, sizes of pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

from slidegen.check.found import CheckedDeck, CheckedSlide
from slidegen.diagnostics import Code
from slidegen.files.deck_files import DeckFiles
from slidegen.files.paths import resolve_links
from slidegen.media_types import media_type
from slidegen.patterns import lazy_compile
from slidegen.references import FoundFile, is_local, read_reference
from slidegen.render.assets.image_size import frame
from slidegen.render.page_model import slide_size
from slidegen.syntax.nodes import Property

SHARE = lazy_compile(
    r"(?:^|;)\s*(?P<what>width|height)\s*:\s*(?P<number>\d+(?:\.\d+)?)(?P<unit>%|px)", re.IGNORECASE
)
USES = lazy_compile(r"\[(?P<text>[^\[\]]+)\](?:\[(?P<id>[^\[\]]*)\])?(?![(:])")
LARGEST = 50_000_000
"""Largest picture to inspect, in bytes."""


def duplicate_name(deck: CheckedDeck) -> None:
    """Slides with the same name, even if nothing refers to it."""
    first: dict[str, Property] = {}
    for slide in deck.compiled.deck.slides:
        item = slide.properties.get("name")
        if item is None or not item.value or slide.step:
            continue
        if not slide.span.start <= item.span.start <= slide.span.end:
            continue  # it belongs to the template
        other = first.setdefault(item.value, item)
        if other is not item:
            deck.report(
                Code.DUPLICATE_NAME,
                f"the slide at line {other.span.position.line} is also named {item.value}",
                item.span,
                "give one of the slides another name",
            )


def unused_definition(deck: CheckedDeck) -> None:
    """Link definitions that no link uses."""
    raw = deck.compiled.deck
    if not raw.links:
        return
    used: set[str] = set()
    texts = {raw.source.text, *(slide.span.source.text for slide in raw.slides)}
    for text in texts:
        for match in USES.finditer(text):
            used.add((match["id"] or match["text"]).lower())
    for name, link in raw.links.items():
        if name not in used and link.url != "#":  # [//]: # (a comment)
            deck.report(
                Code.UNUSED_DEFINITION,
                f"no link uses the definition [{name}]",
                link.span,
                f"use it as [text][{name}], or remove the definition",
            )


def large_image(deck: CheckedDeck) -> None:
    """Pictures with many more pixels than are shown."""
    config = deck.compiled.deck.config
    files = DeckFiles.of_project(
        deck.compiled.project.root, deck.compiled.path.parent, config.assets.allow, deck.compiled.reads
    )
    home, most = resolve_links(deck.compiled.path), deck.bound("large-image")
    width, height = slide_size(config.ratio)
    for slide in deck.slides:
        for image in slide.nodes("img[src]"):
            source = image.attributes.get("src") or ""
            size = _size(source, lambda path: files.find(path, home), files) if is_local(source) else None
            if size is None:
                continue
            shown = _shown_width(image, size, width, height)
            if shown and size[0] / shown >= most:
                deck.report(
                    Code.LARGE_IMAGE,
                    f"this picture is {size[0]:.0f} pixels wide, and shown {shown:.0f} wide",
                    deck.locate(slide, source),
                    f"save it {shown * 3:.0f} pixels wide: the page is smaller, and opens sooner",
                )


def _size(source: str, find: Callable[[str], object], files: DeckFiles) -> tuple[float, float] | None:
    """Width and height of a picture in pixels; None if unknown."""
    found = find(read_reference(source).path)
    if not isinstance(found, FoundFile) or found.path.suffix.lower() == ".svg" or found.size > LARGEST:
        return None
    try:
        data = files.read(found.path, LARGEST)
    except OSError:
        return None
    natural = frame(data, media_type(data, found.path.suffix))
    return (natural.width, natural.height) if natural.width and natural.height else None


def _shown_width(image: LexborNode, size: tuple[float, float], width: float, height: float) -> float:
    """How wide a picture is shown, in CSS pixels of the slide, judging by its attributes."""
    for name, whole in (("width", width), ("height", height)):
        written = (image.attributes.get(name) or "").strip().removesuffix("px")
        for match in SHARE.finditer(image.attributes.get("style") or ""):
            if match["what"].lower() == name:
                number = float(match["number"])
                written = str(whole * number / 100 if match["unit"] == "%" else number)
        if written.endswith("%") and written[:-1].replace(".", "", 1).isdigit():
            written = str(whole * float(written[:-1]) / 100)
        if written.replace(".", "", 1).isdigit() and float(written) > 0:
            return float(written) if name == "width" else float(written) * size[0] / size[1]
    return min(size[0], width)


RULES = (duplicate_name, unused_definition, large_image)


def addresses(deck: CheckedDeck) -> Iterator[tuple[str, CheckedSlide]]:
    """The network addresses that a deck links to, each with its slide."""
    for slide in deck.slides:
        for link in slide.nodes("a[href]"):
            address = (link.attributes.get("href") or "").partition("#")[0]
            if address.startswith(("http://", "https://")):
                yield address, slide
