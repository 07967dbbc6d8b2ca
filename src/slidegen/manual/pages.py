"""The pages of the documentation, their order, and what a topic leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from msgspec import Struct

from slidegen.files.regular import read_regular
from slidegen.patterns import lazy_compile
from slidegen.project.package_data import own_docs

ENTRY = lazy_compile(r"^- \[([^\]]+)\]\(([\w-]+)\.md\): (.*)$", re.MULTILINE)
"""An entry in the list of `index.md`, which defines the order of pages."""
HEADING = lazy_compile(r"^(#+) (.*)$", re.MULTILINE)
ROW = lazy_compile(r"^\| (.*?)(?<!\\) \|.*$(?!\n\|-)", re.MULTILINE)
"""A row of a table, and its first cell, except the header row."""
TOPIC = lazy_compile(r"(?:(?<=!\[:)|(?<=^\.)|(?<=^slidegen ))[\w-]+")
"""The name of a macro, a class or a command."""
FENCE = lazy_compile(r"^(```+)[^`].*?^\1$", re.MULTILINE | re.DOTALL)
MOST_FOUND = 8


class ManualPage(Struct, frozen=True):
    """A page of the documentation."""

    name: str
    """Its file's name without `.md`."""
    title: str
    summary: str
    text: str


class FoundText(Struct, frozen=True):
    """What a topic leads to: a page, a section of it, or a row of a table."""

    page: ManualPage
    text: str
    heading: str = ""
    """The section's heading; empty for the page as a whole."""

    @property
    def place(self) -> str:
        """The titles of its page and section, once if they are the same."""
        return ": ".join(dict.fromkeys([self.page.title, self.heading]))


def manual_pages() -> list[ManualPage]:
    """All pages in order."""
    folder = own_docs()
    index = read_regular(folder / "index.md").decode("utf-8")
    return [
        ManualPage(
            name=name,
            title=title,
            summary=summary,
            text=read_regular(folder / f"{name}.md").decode("utf-8"),
        )
        for title, name, summary in ENTRY.findall(index)
    ]


def find_topic(topic: str, pages: list[ManualPage]) -> list[FoundText]:
    """What a topic leads to, best first: a page's name, what a table is about, words of a heading."""
    wanted = topic.strip().removesuffix(".md").lower()
    if not wanted:
        return []
    named = [
        FoundText(page=page, text=page.text) for page in pages if wanted in (page.name, page.title.lower())
    ]
    if named:
        return named
    rows = [found for page in sorted(pages, key=_rank) for found in _rows(page, wanted)]
    sections = [found for page in pages for found in _sections(page, wanted)]
    exact = [found for found in sections if _plain(found.heading) == wanted]
    return [*exact, *rows, *([] if exact else sections)][:MOST_FOUND]


def near_topics(topic: str, pages: list[ManualPage]) -> list[str]:
    """Names of pages that are spelled similarly, or contain the word."""
    near = get_close_matches(topic.lower(), [page.name for page in pages], n=3)
    return list(dict.fromkeys([*near, *(page.name for page in pages if topic.lower() in page.text.lower())]))


def _rank(page: ManualPage) -> int:
    """Lower for a page whose tables say more."""
    return {"options": 0, "cheat-sheet": 2, "architecture": 3}.get(page.name, 1)


def _rows(page: ManualPage, wanted: str) -> Iterator[FoundText]:
    """The rows of tables whose first cell is about the topic, each with the head of its table."""
    for row in ROW.finditer(page.text):
        cell = re.sub(r"(?<!!)\[([^\]]+)\]\([^)]*\)", r"\1", row[1])
        names = re.findall(r"`([^`]+)`", cell) or [cell]
        if any(wanted in _topics(name.lower()) for name in names):
            start = page.text.rfind("\n\n", 0, row.start()) + 2
            head = "\n".join(page.text[start:].split("\n", 2)[:2])
            text = f"{head}\n{row[0]}\n"
            yield FoundText(page=page, text=text, heading=_heading_above(page.text, row.start()))


def _topics(code: str) -> Iterator[str]:
    """What code in a table is about: itself, an option without its value, macros, classes, a command."""
    yield code
    yield code.removesuffix(": true").rstrip(":")
    yield from TOPIC.findall(code)


def _sections(page: ManualPage, wanted: str) -> Iterator[FoundText]:
    """The sections with the topic in their heading, each up to the next heading of its level."""
    masked = FENCE.sub(lambda fence: re.sub(r"(?m)^#", "\0", fence[0]), page.text)  # not headings
    found = list(HEADING.finditer(masked))
    for place, heading in enumerate(found):
        if re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", _plain(heading[2])):
            level = len(heading[1])
            end = next((item.start() for item in found[place + 1 :] if len(item[1]) <= level), len(masked))
            text = page.text[heading.start() : end].rstrip() + "\n"
            yield FoundText(page=page, text=text, heading=heading[2])


def _heading_above(text: str, place: int) -> str:
    found = [heading[2] for heading in HEADING.finditer(text, 0, place)]
    return found[-1] if found else ""


def _plain(heading: str) -> str:
    return heading.replace("`", "").lower()


def anchor(heading: str) -> str:
    """The id of a heading in HTML, as GitHub and the documentation's site make it."""
    return re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-")
