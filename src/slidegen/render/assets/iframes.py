"""Embeds pages and other files shown by `<iframe>`, `<embed>` and `<object>`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from slidegen.references import absolute, is_local, is_remote, read_reference
from slidegen.render.assets.asset_css import Asset
from slidegen.render.assets.asset_kinds import AssetKind, AssetUrl, Outcome
from slidegen.render.assets.css import CssRewriter
from slidegen.render.assets.links import PAGE_SUFFIXES
from slidegen.render.assets.offline_cards import add_card
from slidegen.render.assets.rewrite_context import Rewrite, RewriteTools
from slidegen.render.assets.sprites import Sprites
from slidegen.render.assets.svg_files import rewrite_svg

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

ATTRIBUTES = {"iframe": "src", "embed": "src", "object": "data"}
PAGE_TYPE = "text/html;charset=utf-8"
DRAWING_TYPE = "image/svg+xml"


def frame(node: LexborNode, work: Rewrite) -> None:
    """Make a frame contain the page or file it refers to; one with a deck leads to the deck's page."""
    name = ATTRIBUTES[node.tag or ""]
    written = node.attributes.get(name) or ""
    links = work.tools.links
    if links is not None and (built := links.to_page(written, work.base)):
        node.attrs[name] = built
        return
    if is_remote(written) and not work.tools.frames:
        add_card(work.tree, node, written)
    content = _content(written, work)
    if isinstance(content, Asset) and content.media_type == DRAWING_TYPE and node.tag != "iframe":
        node.attrs["type"] = DRAWING_TYPE  # Chromium does not report what a data URL within another contains
    there = work.put(node, name, content, read_reference(written).fragment)
    if not there and not _has_fallback(node):
        work.missing(node, AssetKind.PAGE if node.tag == "iframe" else AssetKind.FILE, written)


def _has_fallback(node: LexborNode) -> bool:
    return node.tag == "object" and bool(node.text().strip() or node.css("img, svg, video, embed, iframe"))


def _content(written: str, work: Rewrite) -> Asset | AssetUrl | Outcome:
    """The file in a frame; a page becomes one that needs no other file."""
    tools = work.tools
    reference = read_reference(written)
    if is_remote(written):
        tools.delivery.reports.warn_of_remote(written, work.base, work.locate, AssetKind.PAGE)
        return Outcome.KEPT if absolute(written) == written else AssetUrl(absolute(written))
    is_drawing = reference.path.lower().endswith(".svg")
    if not is_local(written) or not (is_drawing or reference.path.lower().endswith(PAGE_SUFFIXES)):
        return work.deliver(written, AssetKind.FILE)
    found = tools.delivery.find(
        reference, work.base, work.locate, AssetKind.FILE if is_drawing else AssetKind.PAGE
    )
    if found is None or found.path in tools.frames:
        return Outcome.GONE
    if found.size > tools.delivery.limit:
        return work.deliver(written, AssetKind.FILE if is_drawing else AssetKind.PAGE)
    asset = tools.pages.get(found.path)
    if asset is None:
        inner = within_page(tools, found.path)
        text = (
            rewrite_svg(inner.delivery, inner.css, found.path)
            if is_drawing
            else tools.document(inner, found.path)
        )
        if is_drawing and text == tools.delivery.text(found.path):
            return work.deliver(written, AssetKind.FILE)
        kind = DRAWING_TYPE if is_drawing else PAGE_TYPE
        asset = tools.delivery.adopt(found.path, kind, text.encode("utf-8", "replace"))
        tools.pages[found.path] = asset
    if tools.delivery.inline:
        return AssetUrl(asset.url)
    if not tools.delivery.embed:
        return AssetUrl(tools.delivery.copies.hashed_bytes(found.path.name, asset.data))
    return asset


def within_page(tools: RewriteTools, path: Path) -> RewriteTools:
    """The tools for a page in a frame of this one, which contains everything itself."""
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
