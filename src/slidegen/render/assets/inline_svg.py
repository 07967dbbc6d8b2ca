"""Rewrites references in inline SVG: `<image>`, `<feImage>` and `<use>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from slidegen.diagnostics import Code
from slidegen.references import is_local, read_reference
from slidegen.render.assets.asset_css import Asset
from slidegen.render.assets.asset_kinds import AssetKind, AssetUrl
from slidegen.render.assets.rewrite_context import Rewrite, href

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

NOT_DRAWN = frozenset("defs pattern symbol mask clippath marker".split())
"""Elements in which a `<foreignObject>` is not drawn."""


def image(node: LexborNode, work: Rewrite) -> None:
    """An image in a drawing."""
    name, written = href(node)
    if not name:
        return
    delivered = work.deliver(written, AssetKind.IMAGE)
    fragment = read_reference(written).fragment
    pictures = work.tools.pictures
    if pictures is not None and isinstance(delivered, Asset) and _is_drawn(node):
        work.swaps.append((node, pictures.in_drawing(node, delivered, fragment)))
    elif not work.put(node, name, delivered, fragment):
        work.drop(node)


def use(node: LexborNode, work: Rewrite) -> None:
    """A part of another SVG file, which is copied into the page: browsers do not load it from `file://`."""
    name, written = href(node)
    if not is_local(written):
        return
    reference = read_reference(written)
    embedding = replace(work.tools.delivery, embed=True, inline=False)
    match embedding.deliver(written, work.base, work.locate, AssetKind.IMAGE):
        case AssetUrl(url):
            node.attrs[name] = url
        case Asset() as asset:
            part = work.tools.sprites.use(asset, reference.fragment)
            if part is not None:
                node.attrs[name] = part
                return
            del node.attrs[name]
            message = f"{reference.path} has no part {reference.fragment}"
            embedding.reports.report(Code.MISSING_ASSET, message, written, work.base, work.locate)


def _is_drawn(node: LexborNode) -> bool:
    """Whether an element is drawn where it is, rather than in a pattern or filter."""
    if node.tag != "image":
        return False
    parent = node.parent
    while parent is not None:
        if (parent.tag or "").lower() in NOT_DRAWN:
            return False
        parent = parent.parent
    return True
