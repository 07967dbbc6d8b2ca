"""Turns what a browser has found in a deck into diagnostics, each mistake once, with places in the source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from slidegen.check import axe
from slidegen.check.found import CheckedDeck, CheckedSlide
from slidegen.deck.model import Slide
from slidegen.diagnostics import Code
from slidegen.page.overflow import Overflow, line_below, overflow_diagnostic
from slidegen.patterns import lazy_compile
from slidegen.source import Span

TEMPORARY = lazy_compile(r"^file://.*?\.tmp/\d+/")
"""The folder that a page is in while it is inspected."""
Item = Mapping[str, Any]


class Seen(Struct, frozen=True):
    """What a browser has found."""

    found: tuple[Item, ...]
    errors: tuple[str, ...]
    """Errors of scripts."""
    failed: tuple[str, ...]
    """Addresses of failed requests."""


def report_seen(deck: CheckedDeck, seen: Seen) -> None:
    """Report what a browser has found."""
    _overflows(deck, [item for item in seen.found if item["rule"] == "overflow"])
    _small_texts(deck, [item for item in seen.found if item["rule"] == "small-text"])
    colours: set[tuple[str, str]] = set()
    for item in seen.found:
        rule = item["rule"]
        if rule == "low-contrast" and (item["color"], item["ground"]) not in colours:
            colours.add((item["color"], item["ground"]))
            deck.report(
                Code.LOW_CONTRAST,
                f"{item['color']} on {item['ground']} has a contrast of {_below(item['ratio'])}, "
                f"less than {item['least']:g}",
                place_of(deck, item),
                "choose a darker or a lighter colour, or put a plain ground behind the text",
            )
        elif rule == "enlarged-image":
            deck.report(
                Code.ENLARGED_IMAGE,
                f"this picture is {item['natural']} px wide and shown {item['width']} wide, so it is blurred",
                _place_of_picture(deck, item),
                "use a larger picture, or show it smaller",
            )
        elif rule == "empty-slide":
            deck.report(
                Code.EMPTY_SLIDE,
                "this slide shows nothing",
                place_of(deck, item),
                "remove its ---, or give it content",
            )
    _unnamed(deck, [item for item in seen.found if item["rule"] in ("no-label", "axe")])
    for error in seen.errors:
        deck.report(
            Code.CONSOLE_ERROR,
            f"a script of the page fails: {error}",
            None,
            "open the page's console with F12",
        )
    reported = " ".join(item.message for item in deck.compiled.reporter)
    for address in seen.failed:
        if address.startswith("file:") and Path(unquote(urlsplit(address).path)).exists():
            continue  # the browser cannot read captions from local files
        if address not in reported and not address.startswith(("data:", "blob:", "chrome")):
            shown = TEMPORARY.sub("", address)
            deck.report(
                Code.FAILED_REQUEST,
                f"the page asks for {shown}, which cannot be loaded",
                None,
                "put it beside the deck",
            )


def _unnamed(deck: CheckedDeck, items: Iterable[Item]) -> None:
    """Report what screen readers miss, unless another rule has reported its place."""
    known = {(item.code, item.span.position.line) for item in deck.compiled.reporter if item.span is not None}
    for item in items:
        place = _place_of_element(deck, item)
        code = axe.CODES.get(item["id"], Code.ACCESSIBILITY) if item["rule"] == "axe" else Code.NO_LABEL
        if (code, place.position.line) in known:
            continue
        if item["rule"] == "axe":
            known.add((code, place.position.line))
            deck.report(code, f"axe-core ({item['id']}): {item['help']}", place, item["why"])
        else:
            message = "this control has no name for screen readers"
            deck.report(code, message, place, 'write aria-label="what it does"')


def _small_texts(deck: CheckedDeck, items: Iterable[Item]) -> None:
    """Report the smallest text of each slide."""
    smallest: dict[int, Item] = {}
    for item in items:
        known = smallest.setdefault(_slide(deck, item).group, item)
        if item["size"] < known["size"]:
            smallest[_slide(deck, item).group] = item
    for item in smallest.values():
        deck.report(
            Code.SMALL_TEXT,
            f"this text is {item['size']:.3g} px high on a slide of 681, too small for the last row",
            place_of(deck, item),
            f"make it {deck.bound('small-text'):g} px or more: take something away, or make two slides of it",
        )


def _overflows(deck: CheckedDeck, items: Iterable[Item]) -> None:
    """Report the largest overflow of each kind on each slide, whichever step has it."""
    worst: dict[tuple[int, str], Item] = {}
    for item in items:
        key = (_slide(deck, item).group, item["kind"])
        if key not in worst or item["pixels"] > worst[key]["pixels"]:
            worst[key] = item
    for item in worst.values():
        measured = Overflow(item["slide"], item["kind"], item["pixels"], int(item["line"]), item["cut"])
        deck.compiled.reporter.add(overflow_diagnostic(deck.compiled.deck, measured))


def _place_of_picture(deck: CheckedDeck, item: Item) -> Span:
    """Where a picture is named, whose element has no text to search for."""
    checked = _checked(deck, item)
    name = PurePosixPath(unquote(str(item["source"]))).name.partition(".")[
        0
    ]  # a copied file has a digest in its name
    sources = [] if checked is None else [each.attributes.get("src") or "" for each in checked.nodes("img")]
    written = next(
        (each for each in sources if PurePosixPath(unquote(each)).name.partition(".")[0] == name), ""
    )
    return deck.locate(checked, written) if checked is not None and written else place_of(deck, item)


def _place_of_element(deck: CheckedDeck, item: Item) -> Span:
    """Where one of an element's attributes is written, or else the line that the element comes from."""
    checked = _checked(deck, item)
    if checked is not None:
        places = (deck.locate(checked, mark) for mark in item["marks"])
        return next((each for each in places if each != checked.place), place_of(deck, item))
    return place_of(deck, item)


def _checked(deck: CheckedDeck, item: Item) -> CheckedSlide | None:
    group = _slide(deck, item).group
    return next((each for each in deck.slides if each.steps[0].group == group), None)


def _below(ratio: float) -> str:
    """A ratio with one digit, rounded down: 4.47 is less than 4.5."""
    return f"{int(ratio * 10) / 10:.1f}"


def _slide(deck: CheckedDeck, item: Item) -> Slide:
    slides = deck.compiled.deck.slides
    return slides[min(int(item["slide"]), len(slides) - 1)]


def place_of(deck: CheckedDeck, item: Item) -> Span:
    """The line that an element comes from; its slide's first line if unknown."""
    slide = _slide(deck, item)
    first = deck.compiled.deck.slides[slide.index - slide.step].span
    return line_below(first, int(item["line"]))
