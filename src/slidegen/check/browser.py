"""`check --browser`: shows every step of decks in a browser, and reports what only a browser can tell."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.browser.browser import Browser, open_browser
from slidegen.browser.connection import Message
from slidegen.browser.page import Page, PageError
from slidegen.build.maker import write_copy
from slidegen.check import axe
from slidegen.check.found import CheckedDeck
from slidegen.check.seen import Seen, report_seen
from slidegen.diagnostics import Reporter
from slidegen.files.dependencies import Reads
from slidegen.files.regular import read_regular
from slidegen.files.writing import write_file
from slidegen.page.page import build_page
from slidegen.project.package_data import own_templates, page_function
from slidegen.render.html.source_lines import with_lines
from slidegen.render.page_model import RenderedSlide, slide_size

PAINTED_AT_ONCE = 40
"""How many places to measure on one screenshot of the page."""
NO_INK = (
    "html * { color: transparent !important; -webkit-text-fill-color: transparent !important; "
    "text-shadow: none !important }"
)

SHOW_WITHOUT_INK = """
(slide, style) => {
  slideshow.gotoSlide(slide + 1);
  document.querySelector("#slidegen-no-ink")?.remove();
  document.head.append(Object.assign(document.createElement("style"), { id: "slidegen-no-ink", textContent: style }));
}
"""


def check_in_browser(
    decks: Sequence[CheckedDeck], folder: Path, program: str | None, say: Callable[[str], None]
) -> None:
    """Inspect decks in the browser; raises DeckError if there is none."""
    if not decks:
        return
    if axe.script() is None:
        say(axe.MISSING)
    with open_browser(folder, program, say) as browser:
        pages = [_write(deck, browser.folder / str(index), folder) for index, deck in enumerate(decks)]
        for deck, seen in zip(decks, browser.map(_look_at, pages), strict=True):
            report_seen(deck, seen)  # while the files of its page exist


class _Page(Struct, frozen=True):
    file: Path
    width: int
    height: int
    smallest: float


def _write(deck: CheckedDeck, temporary: Path, folder: Path) -> _Page:
    """Write the deck's page to a temporary folder, with the source line of each element in it."""
    compiled = deck.compiled
    file = temporary / "deck.html"
    built = build_page(
        replace(compiled, reporter=Reporter()),
        file,
        {},
        folder,
        embed=False,
        slides_with_lines=_with_lines(deck),
    )
    for path, copy in built.files.items():
        write_copy(path, copy, Reads(), temporary)
    write_file(file, built.page, temporary)
    width, height = slide_size(compiled.deck.config.ratio)
    return _Page(file, width, height, deck.bound("small-text"))


def _with_lines(deck: CheckedDeck) -> Iterator[RenderedSlide]:
    slides = deck.compiled.deck.slides
    for _, group in groupby(deck.compiled.slides(), key=lambda slide: slide.group):
        steps = list(group)
        first, last = slides[steps[0].index].span, slides[steps[-1].index].span
        source = first.source.text[first.start : last.end] if first.source is last.source else first.text
        for step, html in zip(steps, with_lines((step.html for step in steps), source), strict=True):
            yield replace(step, html=html)


class _Listener(Struct):
    """Collects what a page logs while it is open."""

    errors: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    _addresses: dict[str, str] = field(default_factory=dict)

    def listen(self, page: Page) -> None:
        """Start collecting errors and failed requests."""
        page.on("Runtime.exceptionThrown", self._thrown)
        page.on("Runtime.consoleAPICalled", self._called)
        page.on("Network.requestWillBeSent", self._sent)
        page.on("Network.loadingFailed", self._failed)

    def _thrown(self, event: Message) -> None:
        details = event.get("exceptionDetails", {})
        message = details.get("exception", {}).get("description") or details.get("text", "")
        self.errors.append(str(message).partition("\n")[0])

    def _called(self, event: Message) -> None:
        if event.get("type") == "error":
            args = (str(each.get("value") or each.get("description") or "") for each in event.get("args", ()))
            self.errors.append(" ".join(args).partition("\n")[0])

    def _sent(self, event: Message) -> None:
        self._addresses[event.get("requestId", "")] = event.get("request", {}).get("url", "")

    def _failed(self, event: Message) -> None:
        address = self._addresses.get(event.get("requestId", ""), "")
        if address and not event.get("canceled"):
            self.failed.append(address)


def _look_at(browser: Browser, wanted: _Page) -> Seen:
    """Inspect one page; if it cannot be shown, that is its error."""
    listener = _Listener()
    try:
        with browser.page(wanted.file.parent, wanted.width, wanted.height) as page:
            listener.listen(page)
            page.call(
                "Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}]
            )
            page.load(wanted.file)
            found = _run(page, wanted)
            found = [*(item for item in found if "ink" not in item), *_painted(page, found)]
            found += axe.violations(page)
    except PageError as error:
        return Seen((), (f"the page cannot be checked: {error}",), ())
    return Seen(tuple(found), tuple(dict.fromkeys(listener.errors)), tuple(dict.fromkeys(listener.failed)))


def _run(page: Page, wanted: _Page) -> list[dict[str, Any]]:
    page.evaluate(_script())
    found = page.run(page_function("check/look.js"), {"smallest": wanted.smallest}, timeout=600)
    return list(found or ())


def _painted(page: Page, found: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Texts over pictures and gradients with too little contrast, as measured on screenshots."""
    places = [item for item in found if "ink" in item]
    for slide, group in groupby(places, key=lambda item: item["slide"]):
        items = list(group)[:PAINTED_AT_ONCE]
        page.run(SHOW_WITHOUT_INK, slide, NO_INK)
        picture = b64encode(page.picture()).decode()
        wanted = [{key: item[key] for key in ("ink", "box", "least")} for item in items]
        values = page.run("contrastsIn", f"data:image/png;base64,{picture}", wanted)
        for item, value in zip(items, values, strict=True):
            if value is not None:
                yield {**{key: item[key] for key in item if key not in ("ink", "box")}, **value}


@cache
def _script() -> str:
    """The function that inspects slides, with everything it needs."""
    overflow = (
        read_regular(own_templates() / "runtime" / "overflow.mjs")
        .decode()
        .replace("export function", "function")
    )
    return f"{overflow}\nwindow.overflowOf = overflowOf;\n{page_function('check/contrast.js')};0"
