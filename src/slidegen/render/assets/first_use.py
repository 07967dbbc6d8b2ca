"""Embeds videos, sounds and scripts once, at the first element of the page that uses them.

Which element comes first is unknown until the page is assembled, since steps and templates move slides
around. Until then, each element has `data-asset-src=KEY`; here, the first one gets its `src`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup, escape
from msgspec import Struct, field

from slidegen.patterns import lazy_compile
from slidegen.render.assets.asset_css import Asset

ASSET_MARK = lazy_compile(
    r' data-asset-(?P<attribute>src|href|data|text)="(?P<key>[0-9a-f]{10})(?P<part>#[^"]*+)?"(?P<end>>?)'
)
UNPLACED = Markup('<a hidden data-asset-href="{}" href="{}"></a>')


class FirstUseInliner(Struct):
    """Tracks which files have been placed in the page."""

    assets: dict[str, Asset] = field(default_factory=dict)
    """By key."""
    _carried: dict[str, Asset] = field(default_factory=dict)
    """Assets that an attribute asks for, in the order in which they came up."""
    _placed: set[tuple[str, bool]] = field(default_factory=set)

    def mark(self, attribute: str, asset: Asset) -> tuple[str, str]:
        """Name and value of the attribute that asks for the asset."""
        self.assets[asset.key] = asset
        if attribute != "text":
            self._carried[asset.key] = asset
        return f"data-asset-{attribute}", asset.key

    def place(self, html: str) -> str:
        """The next part of the page, in order, with the files that it is the first to use."""
        return ASSET_MARK.sub(self._place, html) if " data-asset-" in html else html

    def _place(self, match: re.Match[str]) -> str:
        asset = self.assets.get(match["key"])
        as_text = match["attribute"] == "text"
        if asset is None or (asset.key, as_text) in self._placed:
            return match[0]
        self._placed.add((asset.key, as_text))
        if as_text:
            return match[0] + script_text(asset)
        mark = match[0].removesuffix(">")
        return f'{mark} {match["attribute"]}="{escape(asset.url)}{match["part"] or ""}"{match["end"]}'

    def unplaced(self) -> Iterator[str]:
        """Elements for the end of the page with the files that only earlier steps and notes use.

        Scripts are not among them: those of earlier steps never run.
        """
        for key, asset in self._carried.items():
            if (key, False) not in self._placed:
                yield UNPLACED.format(key, asset.url)


def script_text(asset: Asset) -> str:
    """A script in a form that is safe in a page."""
    text = asset.data.decode("utf-8-sig", "replace")
    return re.sub(r"</(?=script)", r"<\\/", text, flags=re.IGNORECASE)


def can_be_text(asset: Asset) -> bool:
    """Whether a script can be part of a page: after `<!--`, a `<script` in it would hide its end."""
    lower = asset.data.lower()
    return not (b"<!--" in lower and b"<script" in lower)
