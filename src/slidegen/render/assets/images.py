"""Embeds the images of slides: `<img>`, `<picture>`, and `<image>` in SVG."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from slidegen.media_types import SHOWN_IMAGES
from slidegen.references import Locate, is_local, read_reference
from slidegen.render.assets.asset_css import Asset, AssetSheet, hash_bytes
from slidegen.render.assets.asset_kinds import AssetKind, AssetUrl, Outcome
from slidegen.render.assets.delivery import AssetResolver
from slidegen.render.assets.srcset import Candidate, read_srcset, write_srcset

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

OF_FILES = ("srcset", "sizes", "loading", "crossorigin", "integrity", "referrerpolicy", "fetchpriority")
"""Attributes for loading a file, which embedded images do not need."""
OF_SVG_IMAGE = ("href", "xlink:href", "preserveAspectRatio")
FILLING = (
    "display:block!important;width:100%!important;height:100%!important;max-width:none!important;"
    "max-height:none!important;margin:0!important;padding:0!important;border:0!important;"
)
"""Keeps rules for the images of slides off an image that is part of a drawing."""
FIT = {"meet": "contain", "slice": "cover"}
PLACES = {"Min": "0%", "Mid": "50%", "Max": "100%"}


class ShownImage(Struct, frozen=True):
    """The image that is shown, out of those in a `srcset`."""

    asset: Asset
    written: str
    density: float

    @property
    def view(self) -> str:
        """The fragment that selects a part of it."""
        return self.asset.view(read_reference(self.written).fragment)


class PictureRewriter(Struct, frozen=True):
    """Makes images show what is embedded, in the size of the real image."""

    delivery: AssetResolver
    sheet: AssetSheet
    slide_width: float
    """In CSS pixels; stands for the width of the window, on which `srcset` may depend."""

    def embed(self, node: LexborNode, sources: list[LexborNode], base: Path, locate: Locate) -> bool:
        """Make an `<img>` show the embedded image; False if it is missing.

        `sources` are those of the `<picture>` around it, which the caller then removes.
        """
        alternatives: list[tuple[str, ShownImage]] = []
        default: ShownImage | AssetUrl | Outcome | None = None
        for source in sources:
            shown = self._shown(source, base, locate)
            media = (source.attributes.get("media") or "").strip()
            if not isinstance(shown, ShownImage):
                continue
            if not media or media == "all":
                default = shown
                break
            alternatives.append((media, shown))
        if default is None:
            default = self._shown(node, base, locate)
        if isinstance(default, AssetUrl):
            node.attrs["src"] = default.url
            _forget(node)
        if not isinstance(default, ShownImage):
            return default is not Outcome.GONE
        self._show(node, default)
        self._show_alternatives(node, alternatives)
        return True

    def _show(self, node: LexborNode, shown: ShownImage) -> None:
        reference = read_reference(shown.written)
        node.attrs["data-a"] = self.sheet.image(shown.asset, shown.view, shown.density)
        name = reference.path + reference.fragment
        node.attrs["src"] = self.sheet.placeholder(shown.asset, shown.density, name)
        _forget(node)

    def _show_alternatives(self, node: LexborNode, alternatives: list[tuple[str, ShownImage]]) -> None:
        if not alternatives:
            return
        described = "\n".join(f"{media} {shown.asset.key} {shown.density}" for media, shown in alternatives)
        value = hash_bytes(described.encode())
        node.attrs["data-p"] = value
        for media, shown in reversed(alternatives):  # the last rule wins, but the first source
            self.sheet.alternative(media, value, shown.asset, shown.view, shown.density)

    def _shown(self, node: LexborNode, base: Path, locate: Locate) -> ShownImage | AssetUrl | Outcome:
        """The sharpest existing image among those that an element offers."""
        sizes = node.attributes.get("sizes") or ""
        offered = read_srcset(node.attributes.get("srcset") or "")
        there = [item for item in offered if is_local(item.url) and self._is_there(item, base, locate)]
        if there:
            best = max(there, key=lambda item: item.shown_density(sizes, self.slide_width))
            density = best.shown_density(sizes, self.slide_width)
        else:
            source = node.attributes.get("src") or ""
            remote = [item for item in offered if not is_local(item.url)]
            if not source and not remote:
                return Outcome.GONE if offered else Outcome.KEPT
            best, density = remote[0] if remote and not source else Candidate(source), 1.0
        delivered = self.delivery.deliver(best.url, base, locate, AssetKind.IMAGE)
        return ShownImage(delivered, best.url, density) if isinstance(delivered, Asset) else delivered

    def _is_there(self, candidate: Candidate, base: Path, locate: Locate) -> bool:
        return self.delivery.find(read_reference(candidate.url), base, locate, AssetKind.IMAGE) is not None

    def in_drawing(self, node: LexborNode, asset: Asset, fragment: str) -> LexborNode:
        """The replacement for an `<image>` in a drawing: a `<foreignObject>` of its size with an `<img>`."""
        from selectolax.lexbor import LexborHTMLParser

        frame = self.sheet.frame(asset)
        drawing = LexborHTMLParser("<svg><foreignObject><img></foreignObject></svg>", is_fragment=True)
        foreign, image = drawing.css("foreignObject, img")
        for name, value in node.attributes.items():
            if name not in OF_SVG_IMAGE:
                foreign.attrs[name] = value or ""
        for name, natural in (("width", frame.width), ("height", frame.height)):
            if name not in node.attributes and natural is not None:
                foreign.attrs[name] = f"{natural:g}"
        image.attrs["alt"] = ""
        image.attrs["data-a"] = self.sheet.image(asset, asset.view(fragment), 1)
        image.attrs["src"] = self.sheet.placeholder(asset, 1)
        image.attrs["style"] = FILLING + _fit(node.attributes.get("preserveAspectRatio") or "")
        return foreign


def sources_of(node: LexborNode) -> list[LexborNode]:
    """The `<source>` elements of the `<picture>` around an `<img>` that browsers can use."""
    picture = node.parent
    if picture is None or picture.tag != "picture":
        return []
    return [
        source
        for source in picture.css("source")
        if (source.attributes.get("type") or "image/png").lower() in SHOWN_IMAGES
    ]


def link_images(node: LexborNode, delivery: AssetResolver, base: Path, locate: Locate) -> bool:
    """Make `src` and `srcset` of an `<img>` or `<source>` lead to files; False if none exists."""
    given = node.attributes
    missing = False
    if given.get("srcset"):
        kept = list(_linked(read_srcset(given["srcset"] or ""), delivery, base, locate))
        missing = not kept
        if kept:
            node.attrs["srcset"] = write_srcset(kept)
        else:
            del node.attrs["srcset"]
    if given.get("src"):
        match delivery.deliver(given["src"] or "", base, locate, AssetKind.IMAGE):
            case AssetUrl(url):
                node.attrs["src"] = url
                missing = False
            case Outcome.GONE:
                missing = "srcset" not in node.attributes
            case _:
                missing = False
    return not missing


def _linked(
    candidates: Iterable[Candidate], delivery: AssetResolver, base: Path, locate: Locate
) -> Iterable[Candidate]:
    for candidate in candidates:
        match delivery.deliver(candidate.url, base, locate, AssetKind.IMAGE):
            case AssetUrl(url):
                yield Candidate(url, candidate.density, candidate.width)
            case Outcome.KEPT:
                yield candidate


def _forget(node: LexborNode) -> None:
    for name in OF_FILES:
        if name in node.attributes:
            del node.attrs[name]


def _fit(ratio: str) -> str:
    """`preserveAspectRatio` as CSS."""
    words = ratio.split()
    if "none" in words:
        return "object-fit:fill!important"
    fit = next((FIT[word] for word in words if word in FIT), "contain")
    align = next(
        (word for word in words if len(word) == 8 and word[:1] == "x" and word[4:5] == "Y"), "xMidYMid"
    )
    across, down = PLACES.get(align[1:4], "50%"), PLACES.get(align[5:8], "50%")
    return f"object-fit:{fit}!important;object-position:{across} {down}!important"
