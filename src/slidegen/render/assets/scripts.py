"""Rewrites scripts and style sheets that HTML links to or contains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slidegen.references import is_local, is_remote, read_reference
from slidegen.render.assets.asset_css import Asset
from slidegen.render.assets.asset_kinds import AssetKind, AssetUrl, Outcome
from slidegen.render.assets.delivery import AssetResolver
from slidegen.render.assets.first_use import can_be_text
from slidegen.render.assets.modules import link_file, link_import_map, link_module
from slidegen.render.assets.rewrite_context import Rewrite

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

OF_FILES = ("src", "defer", "async", "crossorigin", "integrity", "charset", "referrerpolicy")
"""Attributes for loading a script's file."""
LOADED_LATER = frozenset("preload prefetch modulepreload prerender".split())
ICONS = frozenset("icon apple-touch-icon mask-icon".split())
LINKING = {"module": link_module, "importmap": link_import_map}
"""Types of scripts that contain references."""
REFERRING = ("url(", "@import", "image-set(")


def script(node: LexborNode, work: Rewrite) -> None:
    """Replace a `<script>` that names a file with the file's text; imports of modules are embedded."""
    written = node.attributes.get("src")
    kind = (node.attributes.get("type") or "").lower()
    if not written:
        text = node.text() if kind in LINKING and not _holds_elements(node) else ""
        linked = LINKING[kind](work.tools.delivery, text, work.base, work.locate) if text else ""
        if linked != text:
            node.inner_html = linked
        return
    match work.deliver(written, AssetKind.SCRIPT):
        case Outcome.GONE:
            work.drop(node)
        case AssetUrl(url):
            node.attrs["src"] = url
        case Asset() as asset:
            _embed(node, asset, work)


def _embed(node: LexborNode, asset: Asset, work: Rewrite) -> None:
    if (node.attributes.get("type") or "").lower() == "module":
        asset = _linked(asset, work.tools.delivery)
    if not can_be_text(asset) or _holds_elements(node):
        work.put(node, "src", asset, "")
        return
    for name in OF_FILES:
        if name in node.attributes:
            del node.attrs[name]
    node.inner_html = ""
    mark, value = work.tools.placing.mark("text", asset)
    node.attrs[mark] = value


def _linked(asset: Asset, delivery: AssetResolver) -> Asset:
    """A module with its imports embedded."""
    linked = link_file(delivery, asset.path).encode("utf-8")
    return asset if linked == asset.data else delivery.adopt(asset.path, asset.media_type, linked)


def link(node: LexborNode, work: Rewrite) -> None:
    """A `<link>` to a style sheet or an icon."""
    written = node.attributes.get("href") or ""
    relations = set((node.attributes.get("rel") or "").lower().split())
    if "stylesheet" in relations:
        _style_sheet(node, written, work)
    elif relations & ICONS:
        work.attribute(node, "href", AssetKind.IMAGE)
    elif relations & LOADED_LATER and is_local(written):
        work.drop(node)


def _style_sheet(node: LexborNode, written: str, work: Rewrite) -> None:
    delivery = work.tools.delivery
    if is_remote(written):
        found = delivery.fetched(written, work.base, work.locate, AssetKind.STYLE)
        if found is None:
            return
    elif not is_local(written):
        return
    else:
        found = delivery.find(read_reference(written), work.base, work.locate, AssetKind.STYLE)
        if found is None:
            work.drop(node)
            return
    element = work.tree.create_node("style")
    for name in ("media", "id", "title"):
        if node.attributes.get(name):
            element.attrs[name] = node.attributes[name] or ""
    element.inner_html = style_text(work.tools.css.file_text(found.path))
    work.swaps.append((node, element))


def style(node: LexborNode, work: Rewrite) -> None:
    """A `<style>` element."""
    text = node.inner_html or ""
    lower = text.lower()
    if any(word in lower for word in REFERRING) and not _holds_elements(node):
        node.inner_html = style_text(work.tools.css.text(text, work.base, work.locate))


def _holds_elements(node: LexborNode) -> bool:
    """Whether it contains elements, as it can in a drawing; these must not vanish while they are in use."""
    return next(iter(node.iter()), None) is not None


def style_text(css: str) -> str:
    """CSS in a form that is safe in a page."""
    return css.replace("</", "<\\/")
