"""Scripts and style sheets that HTML refers to or holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from slidegen.diagnostics import Code
from slidegen.render.assets.delivery import Kind, Link, Outcome
from slidegen.render.assets.placing import can_be_text
from slidegen.render.assets.references import is_local, is_remote, read_reference
from slidegen.render.assets.sheet import Asset
from slidegen.render.assets.work import Work

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

OF_FILES = ("src", "defer", "async", "crossorigin", "integrity", "charset", "referrerpolicy")
"""Attributes that say how a script's file is loaded."""
MODULE_IMPORT = re.compile(
    r"""(?:^|[;}])\s*+(?:import|export)\b[^"';=(]{0,500}+["'](\.{0,2}/[^"'\n]++)["']""", re.MULTILINE
)
LOADED_LATER = frozenset("preload prefetch modulepreload prerender".split())
ICONS = frozenset("icon apple-touch-icon mask-icon".split())
REFERRING = ("url(", "@import", "image-set(")


def script(node: LexborNode, work: Work) -> None:
    """A `<script>` with a file becomes one with the file's text."""
    written = node.attributes.get("src")
    if not written:
        return
    match work.deliver(written, Kind.SCRIPT):
        case Outcome.GONE:
            work.drop(node)
        case Link(url):
            node.attrs["src"] = url
        case Asset() as asset:
            _embed(node, asset, written, work)


def _embed(node: LexborNode, asset: Asset, written: str, work: Work) -> None:
    if (node.attributes.get("type") or "").lower() == "module":
        _warn_of_imports(asset, written, work)
    if not can_be_text(asset) or _holds_elements(node):
        work.put(node, "src", asset, "")
        return
    for name in OF_FILES:
        if name in node.attributes:
            del node.attrs[name]
    node.inner_html = ""
    mark, value = work.tools.placing.mark("text", asset)
    node.attrs[mark] = value


def _warn_of_imports(asset: Asset, written: str, work: Work) -> None:
    imported = MODULE_IMPORT.search(asset.data.decode("utf-8", "replace"))
    if imported is not None:
        work.tools.delivery.report(
            Code.UNUSABLE_ASSET,
            f"{read_reference(written).path} imports {imported[1]}, which cannot stand in the page",
            written,
            work.base,
            work.locate,
            hint="bundle the modules into one file",
        )


def link(node: LexborNode, work: Work) -> None:
    """A `<link>` to a style sheet or an icon."""
    written = node.attributes.get("href") or ""
    relations = set((node.attributes.get("rel") or "").lower().split())
    if "stylesheet" in relations:
        _style_sheet(node, written, work)
    elif relations & ICONS:
        work.attribute(node, "href", Kind.IMAGE)
    elif relations & LOADED_LATER and is_local(written):
        work.drop(node)


def _style_sheet(node: LexborNode, written: str, work: Work) -> None:
    delivery = work.tools.delivery
    if is_remote(written):
        found = delivery.fetched(written, work.base, work.locate, Kind.STYLE)
        if found is None:
            return
    elif not is_local(written):
        return
    else:
        found = delivery.find(read_reference(written), work.base, work.locate, Kind.STYLE)
        if found is None:
            work.drop(node)
            return
    element = work.tree.create_node("style")
    for name in ("media", "id", "title"):
        if node.attributes.get(name):
            element.attrs[name] = node.attributes[name] or ""
    element.inner_html = style_text(work.tools.css.file_text(found.path))
    work.swaps.append((node, element))


def style(node: LexborNode, work: Work) -> None:
    """A `<style>` element."""
    text = node.inner_html or ""
    lower = text.lower()
    if any(word in lower for word in REFERRING) and not _holds_elements(node):
        node.inner_html = style_text(work.tools.css.text(text, work.base, work.locate))


def _holds_elements(node: LexborNode) -> bool:
    """Whether it is not text alone, as can be in a drawing; what it holds must not vanish while it is in use."""
    return next(iter(node.iter()), None) is not None


def style_text(css: str) -> str:
    """CSS as it can stand in a page."""
    return css.replace("</", "<\\/")
