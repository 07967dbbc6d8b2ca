"""Draws icons of icon fonts that a deck does not have: `<i class="fa fa-rocket"></i>` becomes inline SVG."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from html import escape, unescape

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.diagnostics import Code, Reporter
from slidegen.html_tags import ATTRIBUTE
from slidegen.page.icon_names import FAMILIES, slugs
from slidegen.patterns import lazy_compile
from slidegen.render.html.fragment import shared_length
from slidegen.render.page_model import RenderedSlide, StyleSheet
from slidegen.source import Source, Span
from slidegen.spelling import suggest

ICON = lazy_compile(
    r"""<(?P<tag>i|span)\b(?P<attributes>[^<>]*?\bclass\s*=\s*["']?[^<>]*?"""
    r"""(?<![\w-])(?:fa[srb]?|fa-(?:solid|regular|brands)|bi|ti)(?![\w-])[^<>]*)>\s*</(?P=tag)>"""
)
"""An empty element with the class of an icon font."""
NAME = lazy_compile(r"(?:fa|bi|ti)-(?P<name>[a-z0-9-]+)")
LOOKS = lazy_compile(
    r"fa-(?:lg|xs|sm|xl|2xs|2xl|\d+x|fw|ul|li|border|inverse|pull-\w+|spin|pulse|beat|fade|flip\S*|rotate-\S+|stack\S*"
    r"|solid|regular|brands|sharp)"
)
"""Classes of Font Awesome for an icon's size and position."""
OWN_FONT = lazy_compile(r"\.(?:fa|fas|bi|ti)(?:-[\w-]+)?\s*(?:::?before|[{,])")
"""The mark of an icon font in a style sheet."""
REMOTE_FONT = lazy_compile(r"font-?awesome|bootstrap-icons|tabler-icons|use\.fontawesome", re.IGNORECASE)
"""The mark of a remote icon font among what a page loads, which has the icons that slidegen lacks."""
LABELS = ("aria-label", "title")
PACKAGE = "pip install 'slidegen[icons]'"


class _Icons(Struct):
    """The icons of one deck."""

    find: Callable[[str], str | None] | None
    """Returns the SVG of a name; None if the package is missing."""
    reporter: Reporter
    sources: Sequence[Source]
    warns: bool
    reported: set[str] = field(default_factory=set)

    def icon(self, match: re.Match[str]) -> str:
        given = _attributes(match["attributes"])
        classes = given.pop("class", "").split()
        family = next((name for name in classes if name in FAMILIES), "")
        names = [
            found["name"] for name in classes if not LOOKS.fullmatch(name) and (found := NAME.fullmatch(name))
        ]
        if not family or not names:
            return match[0]
        svg = (
            next(filter(None, map(self.find, slugs(family, names[0]))), None)
            if self.find is not None
            else None
        )
        if svg is None:
            self._warn(names[0], " ".join(classes))
            return match[0]
        label = next((given.pop(name) for name in LABELS if name in given), "")
        given.pop("aria-hidden", None)
        given.pop("role", None)
        attributes = {"class": " ".join(("slidegen-fa", *classes)), **given}
        attributes |= {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
        written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
        return svg.replace("<svg", f"<svg{written}", 1)

    def _warn(self, name: str, written: str) -> None:
        if not self.warns or name in self.reported:
            return
        if self.find is None:
            if not self.reported:
                message = "this icon shows nothing: the deck has no icon font, and the package with icons is missing"
                self.reporter.report(Code.MISSING_EXTRA, message, self._place(written, name), hint=PACKAGE)
            self.reported.add(name)
            return
        self.reported.add(name)
        self.reporter.report(
            Code.UNKNOWN_ICON,
            f"no icon is called {name}, so nothing is shown",
            self._place(written, name),
            hint=suggest(
                *(near for near in _nearest(name) if near != name),
                otherwise="https://fontawesome.com/icons lists those that are free",
            ),
        )

    def _place(self, written: str, name: str) -> Span | None:
        spaced = re.escape(name).replace("\\-", "[ -]")
        called = re.compile(
            rf"(?P<html>{re.escape(written)}|(?:fa|bi|ti)-{re.escape(name)}(?![\w-]))"
            rf"|!\[:icon[ ]+(?P<macro>{spaced})(?![\w-])"
        )
        for pattern in (called, re.compile(re.escape(name))):
            for source in self.sources:
                match = pattern.search(source.text)
                if match is not None:
                    return Span(source, *match.span(match.lastgroup or 0))
        return None


class _Growing:
    """Draws the icons in the HTML of one step after another, looking only at what each step adds."""

    def __init__(self, icons: _Icons) -> None:
        self._icon = icons.icon
        self._before = self._done = ""
        """The HTML of the step before, and the beginning of it that is done, up to the last joint."""
        self._joints = [(0, 0)]
        """Where tags start before which no icon can still be open, and the length of what is done up to there."""

    def drawn(self, html: str) -> str:
        """The next step's HTML with icons drawn."""
        same = shared_length(self._before, html)
        while self._joints[-1][0] > max(same - 2, 0):
            self._joints.pop()
        at, length = self._joints[-1]
        done = self._done[:length]
        joint = html.rfind("<", at, max(same - 1, 0))
        while joint > at and html[joint + 1] == "/":
            joint = html.rfind("<", at, joint)
        if joint > at:
            self._done = ""  # so that `done` grows without being copied
            done += ICON.sub(self._icon, html[at:joint])
            self._joints.append((joint, len(done)))
            at = joint
        self._before, self._done = html, done
        return done + ICON.sub(self._icon, html[at:])


def with_icons(
    slides: Sequence[RenderedSlide],
    styles: Iterable[StyleSheet],
    around: Iterable[str],
    sources: Sequence[Source],
    reporter: Reporter,
) -> list[RenderedSlide]:
    """Slides with their icons drawn, unless a style sheet of the deck provides the font.

    `around` is what the page loads besides its style sheets; `sources` are the texts of the deck, for diagnostics.
    """
    authors = [sheet.text for sheet in styles if not sheet.layer]
    if any(OWN_FONT.search(text) for text in authors):
        return list(slides)
    remote = any(REMOTE_FONT.search(text) for text in (*authors, *around))
    icons = _Icons(_finder(), reporter, sources, not remote)
    content, notes = _Growing(icons), _Growing(icons)
    return [
        replace(slide, html=content.drawn(slide.html), notes=notes.drawn(slide.notes)) for slide in slides
    ]


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        match = ATTRIBUTE.match(text, at)
        if match is None or match.end() == at or match["end"]:
            break
        at = match.end()
        value = next((match[kind] for kind in ("double", "single", "bare") if match[kind] is not None), "")
        found.setdefault(match["name"].lower(), unescape(value))
    return found


@cache
def _finder() -> Callable[[str], str | None] | None:
    """A function that returns the drawing of a name; None if the package is missing."""
    try:
        from fontawesome_free_pack import get_icon
    except ImportError:
        return None

    def find(slug: str) -> str | None:
        icon = get_icon(slug)
        return None if icon is None else str(icon.svg)

    return find


def _nearest(name: str) -> list[str]:
    import fontawesome_free_pack

    from slidegen.spelling import nearest

    keys = (key for key in dir(fontawesome_free_pack) if key.isupper())
    known = {str(getattr(fontawesome_free_pack, key).slug).rpartition("/")[2] for key in keys}
    return nearest(name, known, cutoff=0.8)
