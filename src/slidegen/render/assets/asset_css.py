"""CSS rules that hold the bytes of embedded files, once per file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct, field

from slidegen.render.assets.data_urls import data_url, data_url_length
from slidegen.render.assets.image_size import ImageFrame, frame

MAX_PROPERTY_LENGTH = 2_000_000
"""Limit in characters: Chromium ignores a `var()` that stands for 2 MiB (2^21 characters) or more."""


def hash_bytes(data: bytes) -> str:
    """The name of some content: ten hexadecimal digits, the same in every build."""
    return blake2b(data, digest_size=16).hexdigest()[:10]


class Asset(Struct, frozen=True, eq=False):
    """A file to embed; two files with the same bytes are one asset."""

    key: str
    """The `hash_bytes` of its content."""
    path: Path
    media_type: str
    data: bytes

    @property
    def url(self) -> str:
        """Its data URL; not stored, since it is long and used once."""
        return data_url(self.data, self.media_type)

    def view(self, fragment: str) -> str:
        """The fragment, `#name`, where it chooses a part of the image; empty where it says something else."""
        if self.media_type != "image/svg+xml" or len(fragment) < 2:
            return ""
        name = fragment[1:].encode()
        known = b'id="%b"' % name in self.data or b"id='%b'" % name in self.data
        return fragment if known or name.startswith((b"svgView(", b"xywh=")) else ""


class _Use(Struct):
    """What represents one asset, or one part of it, in the page."""

    asset: Asset
    fragment: str
    name: str
    densities: dict[str, float] = field(default_factory=dict)
    """How many of its pixels make a CSS pixel, for each value of `data-a` that shows it."""
    in_css: bool = False
    background: bool = False

    @property
    def fits_property(self) -> bool:
        return (
            data_url_length(self.asset.data, self.asset.media_type) + len(self.fragment) < MAX_PROPERTY_LENGTH
        )

    @property
    def css_url(self) -> str:
        return f'url("{self.asset.url}{_fragment_text(self.fragment)}")'


class _Alternative(Struct, frozen=True):
    """An image that a `<picture>` shows if a media query matches."""

    selector: str
    use: _Use
    density: float


class AssetSheet(Struct):
    """Collects what the slides and style sheets use, and writes the rules for it.

    An image of a slide is an `<img data-a=KEY>` whose `content` a rule sets; CSS uses `var(--a-KEY)`.
    """

    _uses: dict[tuple[str, str], _Use] = field(default_factory=dict)
    _frames: dict[str, ImageFrame] = field(default_factory=dict)
    _placeholders: dict[tuple[str, float, str], str] = field(default_factory=dict)
    _faces: dict[str, None] = field(default_factory=dict)
    _alternatives: dict[str, _Alternative] = field(default_factory=dict)

    def image(self, asset: Asset, fragment: str, density: float) -> str:
        """The value of `data-a` for an `<img>` that shows the asset."""
        use = self._use(asset, fragment)
        value = use.name if density == 1 else f"{use.name}-{density:g}x"
        use.densities[value] = density
        return value

    def alternative(self, media: str, value: str, asset: Asset, fragment: str, density: float) -> None:
        """Show the asset in the `<img data-p=value>` if a media query matches; of several, the last wins."""
        use = self._use(asset, fragment)
        use.in_css = use.in_css or use.fits_property
        selector = f'@media {media}{{[data-a][data-p="{value}"]'
        self._alternatives.setdefault(selector, _Alternative(selector, use, density))

    def css_value(self, asset: Asset, fragment: str) -> str:
        """What represents the asset in CSS: a custom property, or the asset itself if it is too long."""
        use = self._use(asset, fragment)
        if not use.fits_property:
            return use.css_url
        use.in_css = True
        return f"var(--a-{use.name})"

    def background(self, asset: Asset, fragment: str) -> str:
        """What represents the asset as `background-image` in a `style` attribute."""
        use = self._use(asset, fragment)
        if use.fits_property:
            use.in_css = True
        else:
            use.background = True
        return f"var(--a-{use.name})"

    def fits_property(self, asset: Asset) -> bool:
        """Whether a custom property can hold the asset."""
        return self._use(asset, "").fits_property

    def face(self, rule: str) -> None:
        """Add an `@font-face` rule."""
        self._faces[rule] = None

    def placeholder(self, asset: Asset, density: float, name: str = "") -> str:
        """The URL of an empty image of the asset's size, ending in `name`."""
        key = (asset.key, density, name)
        known = self._placeholders.get(key)
        if known is None:
            known = self._placeholders[key] = self.frame(asset).placeholder(density, name)
        return known

    def frame(self, asset: Asset) -> ImageFrame:
        """The natural size of an image."""
        known = self._frames.get(asset.key)
        if known is None:
            known = self._frames[asset.key] = frame(asset.data, asset.media_type)
        return known

    def rules_for(self, keys: Collection[str], longest: int) -> Iterator[str]:
        """The complete rules for the assets of these keys, except those larger than `longest` bytes."""
        for use in self._uses.values():
            if use.asset.key not in keys or len(use.asset.data) > longest:
                continue
            if use.in_css:
                yield f":root{{--a-{use.name}:{use.css_url}}}\n"
            yield from (f"{before}{use.css_url}{after}\n" for before, after in _rules(use))

    def rules(self) -> Iterator[str]:
        """The rules, in pieces; each asset's URL is made when its piece is requested."""
        yield from (f"{face}\n" for face in self._faces)
        for use in self._uses.values():
            rules = _rules(use)
            if use.fits_property and (use.in_css or len(rules) > 1):
                yield f":root{{--a-{use.name}:"
                yield use.css_url
                yield "}\n"
                yield from (f"{before}var(--a-{use.name}){after}\n" for before, after in rules)
            else:
                for before, after in rules:
                    yield before
                    yield use.css_url
                    yield f"{after}\n"
        for alternative in self._alternatives.values():
            before, after = _content(alternative.density)
            use = alternative.use
            yield alternative.selector + before
            yield f"var(--a-{use.name})" if use.in_css else use.css_url
            yield after + "}\n"

    def _use(self, asset: Asset, fragment: str) -> _Use:
        use = self._uses.get((asset.key, fragment))
        if use is None:
            name = f"{asset.key}-{hash_bytes(fragment.encode())[:4]}" if fragment else asset.key
            use = self._uses[asset.key, fragment] = _Use(asset=asset, fragment=fragment, name=name)
        return use


def _rules(use: _Use) -> list[tuple[str, str]]:
    """The rules that show an asset: what comes before its URL, and what comes after it."""
    rules = []
    for value, density in use.densities.items():
        before, after = _content(density)
        rules.append((f'[data-a="{value}"]{before}', after))
    if use.background:
        rules.append((f'[style*="var(--a-{use.name})"]{{background-image:', "!important}"))
    return rules


def _content(density: float) -> tuple[str, str]:
    return ("{content:", "}") if density == 1 else ("{content:image-set(", f" {density:g}x)}}")


def _fragment_text(fragment: str) -> str:
    return fragment.replace('"', "%22").replace("\\", "%5C").replace("\n", "%0A").replace("<", "%3C")
