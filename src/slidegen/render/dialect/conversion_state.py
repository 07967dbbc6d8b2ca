"""The state of one conversion from Markdown to HTML, and what it collects."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from slidegen.render.dialect.fragments import Fragments


class LinkTarget(Struct, frozen=True):
    """Where a link leads that the deck defines once: `[id]: url "title"`."""

    url: str
    title: str | None = None


class Conversion(Struct):
    """The state of one conversion."""

    fragments: Fragments
    links: Mapping[str, LinkTarget]
    """By identifier in lower case."""
    read_again: bool = False
    """Whether the text is a content class of one line, which the surrounding line rereads."""
    own_links: dict[str, LinkTarget] = field(default_factory=dict)
    """Links defined in the text itself."""
    balanced: bool = True
    """Whether the HTML is certain to be balanced, consisting only of our elements where they are allowed."""

    def link(self, identifier: str) -> LinkTarget | None:
        """The link of that identifier, if it is defined."""
        key = " ".join(identifier.split()).lower()
        link = self.links.get(key) or self.own_links.get(key)
        return link if link is not None and link.url else None
