"""Pages and other files within the page: `<iframe>`, `<embed>`, `<object>`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from slidegen.render.assets.cards import add_card
from slidegen.render.assets.css import CssRewriter
from slidegen.render.assets.delivery import Kind, Link, Outcome
from slidegen.render.assets.links import PAGE_SUFFIXES
from slidegen.render.assets.references import is_local, is_remote, read_reference
from slidegen.render.assets.sheet import Asset
from slidegen.render.assets.sprites import Sprites
from slidegen.render.assets.work import Tools, Work

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

ATTRIBUTES = {"iframe": "src", "embed": "src", "object": "data"}
PAGE_TYPE = "text/html;charset=utf-8"


def frame(node: LexborNode, work: Work) -> None:
    """Make a frame hold the page or file it refers to; one with a deck leads to the deck's page."""
    name = ATTRIBUTES[node.tag or ""]
    written = node.attributes.get(name) or ""
    links = work.tools.links
    if links is not None and (built := links.to_page(written, work.base)):
        node.attrs[name] = built
        return
    if is_remote(written) and not work.tools.frames:
        add_card(work.tree, node, written)
    there = work.put(node, name, _content(written, work), read_reference(written).fragment)
    if not there and not _has_fallback(node):
        work.missing(node, Kind.PAGE if node.tag == "iframe" else Kind.FILE, written)


def _has_fallback(node: LexborNode) -> bool:
    return node.tag == "object" and bool(node.text().strip() or node.css("img, svg, video, embed, iframe"))


def _content(written: str, work: Work) -> Asset | Link | Outcome:
    """The file in a frame; a page becomes one that needs no other file."""
    tools = work.tools
    reference = read_reference(written)
    if is_remote(written):
        tools.delivery.warn_of_remote(written, work.base, work.locate, Kind.PAGE)
        return Outcome.KEPT
    if not is_local(written) or not reference.path.lower().endswith(PAGE_SUFFIXES):
        return work.deliver(written, Kind.FILE)
    found = tools.delivery.find(reference, work.base, work.locate, Kind.PAGE)
    if found is None or found.path in tools.frames:
        return Outcome.GONE
    if found.size > tools.delivery.limit:
        return work.deliver(written, Kind.PAGE)
    asset = tools.pages.get(found.path)
    if asset is None:
        text = tools.document(_within(tools, found.path), found.path)
        asset = tools.delivery.adopt(found.path, PAGE_TYPE, text.encode("utf-8", "replace"))
        tools.pages[found.path] = asset
    if tools.delivery.inline:
        return Link(asset.url)
    if not tools.delivery.embed:
        return Link(tools.delivery.copies.hashed_bytes(found.path.name, asset.data))
    return asset


def _within(tools: Tools, path: Path) -> Tools:
    """What rewrites a page that stands in a frame of this one: it holds everything itself."""
    delivery = replace(tools.delivery, embed=True, inline=True)
    return replace(
        tools,
        delivery=delivery,
        css=CssRewriter(delivery, None),
        sprites=Sprites(),
        links=None,
        pictures=None,
        frames=(*tools.frames, path),
    )
