"""A piece of HTML while its references are rewritten, and the tools for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from slidegen.references import Locate, read_reference
from slidegen.render.assets.ancestors import is_within
from slidegen.render.assets.asset_css import Asset
from slidegen.render.assets.asset_kinds import AssetKind, AssetUrl, Outcome
from slidegen.render.assets.css import CssRewriter
from slidegen.render.assets.delivery import AssetResolver
from slidegen.render.assets.first_use import FirstUseInliner
from slidegen.render.assets.images import PictureRewriter
from slidegen.render.assets.links import Links
from slidegen.render.assets.placeholders import missing
from slidegen.render.assets.sprites import HREFS, Sprites

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode


class RewriteTools(Struct, frozen=True):
    """Tools for all HTML of a page."""

    delivery: AssetResolver
    css: CssRewriter
    placing: FirstUseInliner
    sprites: Sprites
    links: Links | None
    """None for pages within the page, whose links stay."""
    pictures: PictureRewriter | None
    """None if images refer to files or contain their bytes themselves."""
    document: Callable[[RewriteTools, Path], str]
    """Turns the page in a file into one that needs no other file."""
    frames: tuple[Path, ...] = ()
    """The chain of nested pages that are being read."""
    pages: dict[Path, Asset] = field(default_factory=dict)
    """Finished pages within the page, by their file."""


class Rewrite(Struct):
    """One piece of HTML."""

    tools: RewriteTools
    tree: LexborHTMLParser
    base: Path
    """The file that it was written in."""
    locate: Locate
    swaps: list[tuple[LexborNode, LexborNode | None]] = field(default_factory=list)
    """Elements and their replacements, applied at the end, so that no element vanishes while it is in use."""

    def deliver(self, written: str, kind: AssetKind) -> Asset | AssetUrl | Outcome:
        """What a reference gives the page."""
        return self.tools.delivery.deliver(written, self.base, self.locate, kind)

    def attribute(self, node: LexborNode, name: str, kind: AssetKind) -> bool:
        """Make an attribute lead to its file, however that is delivered; False if the file is missing."""
        written = node.attributes.get(name) or ""
        return self.put(node, name, self.deliver(written, kind), read_reference(written).fragment)

    def put(self, node: LexborNode, name: str, delivered: Asset | AssetUrl | Outcome, fragment: str) -> bool:
        """Make an attribute lead to what was delivered; False if that is nothing."""
        match delivered:
            case Asset() as asset:
                del node.attrs[name]
                mark, value = self.tools.placing.mark(name.removeprefix("xlink:"), asset)
                node.attrs[mark] = value + fragment
            case AssetUrl(url):
                node.attrs[name] = url
            case Outcome.GONE:
                del node.attrs[name]
                return False
        return True

    def missing(
        self, node: LexborNode, kind: AssetKind, written: str, place: LexborNode | None = None
    ) -> None:
        """Replace an element whose file is missing with a labelled box of its size."""
        box = missing(self.tree, node, kind.value, read_reference(written).path)
        self.swaps.append((place or node, box))

    def drop(self, node: LexborNode) -> None:
        """Remove an element."""
        self.swaps.append((node, None))

    def finish(self) -> None:
        """Apply the replacements; elements within replaced ones are gone with them."""
        swaps = {node.mem_id: (node, replacement) for node, replacement in reversed(self.swaps)}
        outermost = [swap for swap in swaps.values() if not is_within(swap[0], swaps.keys())]
        for node, replacement in outermost:
            if replacement is None:
                node.decompose()
            else:
                node.replace_with(replacement)


def href(node: LexborNode) -> tuple[str, str]:
    """Name and value of an element's reference attribute; both empty if it has none."""
    for name in HREFS:
        value = node.attributes.get(name)
        if value:
            return name, value
    return "", ""
