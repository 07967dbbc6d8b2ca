"""Embeds video and audio with their sources and captions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slidegen.references import is_remote, read_reference
from slidegen.render.assets.asset_css import Asset
from slidegen.render.assets.asset_kinds import AssetKind, AssetUrl, Outcome
from slidegen.render.assets.offline_cards import CARD_ATTRIBUTE, add_card
from slidegen.render.assets.rewrite_context import Rewrite

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

KINDS = {"video": AssetKind.VIDEO, "audio": AssetKind.AUDIO}
POSTER = (
    "background-image:{};background-size:contain;background-position:center;"
    "background-repeat:no-repeat;background-origin:content-box"
)
"""A video's poster as its background behind an empty image, so that its bytes are where all images' are."""


def film(node: LexborNode, work: Rewrite) -> None:
    """A `<video>` or `<audio>`."""
    poster = node.attributes.get("poster")
    if poster:
        _poster(node, poster, work)
    written = node.attributes.get("src")
    kind = KINDS[node.tag or ""]
    if written:
        _card(node, written, work)
    if written and not work.attribute(node, "src", kind):
        work.missing(node, kind, written)


def source(node: LexborNode, work: Rewrite) -> None:
    """One of several files for a video, which is missing only if all of them are."""
    parent = node.parent
    written = node.attributes.get("src")
    if parent is None or parent.tag not in KINDS or not written:
        return
    kind = KINDS[parent.tag]
    _card(parent, written, work)
    if work.attribute(node, "src", kind):
        return
    work.drop(node)
    dropped = {item.mem_id for item, _ in work.swaps}
    if not parent.attributes.get("src") and all(item.mem_id in dropped for item in parent.css("source")):
        work.missing(parent, kind, written)


def _card(node: LexborNode, written: str, work: Rewrite) -> None:
    """The card of a video from the network."""
    if is_remote(written) and CARD_ATTRIBUTE not in node.attributes and not work.tools.frames:
        add_card(work.tree, node, written)


def track(node: LexborNode, work: Rewrite) -> None:
    """Captions."""
    if node.attributes.get("src") and not work.attribute(node, "src", AssetKind.CAPTIONS):
        work.drop(node)


def _poster(node: LexborNode, written: str, work: Rewrite) -> None:
    pictures = work.tools.pictures
    match work.deliver(written, AssetKind.IMAGE):
        case Outcome.GONE:
            del node.attrs["poster"]
        case AssetUrl(url):
            node.attrs["poster"] = url
        case Asset() as asset if pictures is not None:
            sheet = pictures.sheet
            node.attrs["poster"] = sheet.placeholder(asset, 1, read_reference(written).path)
            style = POSTER.format(sheet.background(asset, ""))
            node.attrs["style"] = f"{style};{node.attributes.get('style') or ''}".rstrip(";")
