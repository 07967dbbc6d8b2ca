"""Embeds parts of SVG files that `<use href="icons.svg#name">` shows, each once per page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct, field

from slidegen.patterns import lazy_compile
from slidegen.render.assets.ancestors import is_within
from slidegen.render.assets.asset_css import Asset

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

LOCAL_URL = lazy_compile(r"""url\(\s*["']?#([^"')]+)["']?\s*\)""")
NAME = lazy_compile(r"(?P<mark>[#.])(?P<name>-?[a-zA-Z_][\w-]*)")
COMMENT = lazy_compile(r"/\*(?>(?:[^*]|\*(?!/))*)(?:\*/|\Z)")
BRACE = lazy_compile(r"([{}])")
KEYFRAME = lazy_compile(r"\s*(?:from\b|to\b|[\d.]+%)")
HREFS = ("href", "xlink:href")
WHOLE = "-"
"""Stands for the file's root element, which a reference without a fragment means."""
FILE = Markup(
    '<svg id="{}" aria-hidden="true" width="0" height="0" style="position:absolute">{}<defs>{}</defs></svg>'
)
STYLE = Markup("<style>{}</style>")


class _Sprite(Struct):
    """One SVG file, with ids that are unique in the page."""

    tree: LexborHTMLParser
    nodes: dict[str, LexborNode]
    """By the file's own ids."""
    styles: list[str]
    used: set[str] = field(default_factory=set)


class Sprites(Struct):
    """Collects the parts that the slides use."""

    _sprites: dict[str, _Sprite] = field(default_factory=dict)

    def use(self, asset: Asset, fragment: str) -> str | None:
        """The reference to a part of an SVG file, `#...` in the page; None where it has no such part."""
        sprite = self._sprites.get(asset.key)
        if sprite is None:
            sprite = self._sprites[asset.key] = _read(asset)
        name = fragment.removeprefix("#") or WHOLE
        if name not in sprite.nodes:
            return None
        _use(sprite, name)
        return f"#{sprite.nodes[name].attributes['id']}"

    def html(self) -> Iterator[str]:
        """Hidden elements that contain the parts, for anywhere in the body."""
        for key, sprite in self._sprites.items():
            if not sprite.used:
                continue
            chosen = {sprite.nodes[name].mem_id for name in sprite.used}
            parts = [
                Markup(sprite.nodes[name].html or "")
                for name in sorted(sprite.used)
                if not is_within(sprite.nodes[name], chosen)
            ]
            scope = f"a-{key}"
            css = Markup("\n".join(sprite.styles).replace("</", "<\\/"))
            style = STYLE.format(css) if sprite.styles else ""
            yield FILE.format(scope, style, Markup("").join(parts))


def _read(asset: Asset) -> _Sprite:
    from selectolax.lexbor import LexborHTMLParser

    text = asset.data.decode("utf-8-sig", "replace")
    tree = LexborHTMLParser(text[max(0, text.find("<svg")) :], is_fragment=True)
    root = tree.css_first("svg")
    sprite = _Sprite(tree, {}, [])
    if root is None:
        return sprite
    nodes = tree.css("*")
    for node in nodes:
        name = node.attributes.get("id")
        if name:
            sprite.nodes.setdefault(name, node)
    sprite.nodes[WHOLE] = root
    names = {f"#{name}" for name in sprite.nodes}
    for node in nodes:
        names.update(f".{name}" for name in (node.attributes.get("class") or "").split())
    for node in nodes:
        if node.tag == "style":
            sprite.styles.append(_style(node.inner_html or "", asset.key, names))
    for node in nodes:
        _rename(node, asset.key, styled=bool(sprite.styles))
    if not root.attributes.get("id"):
        root.attrs["id"] = _prefixed(asset.key, WHOLE)
    return sprite


def _rename(node: LexborNode, key: str, *, styled: bool) -> None:
    """Rename an element's ids and classes, and its references to others, for use in the page."""
    if styled:
        classes = (node.attributes.get("class") or "").split()
        node.attrs["class"] = " ".join((f"a-{key}", *(_prefixed(key, name) for name in classes)))
    for name, value in node.attributes.items():
        if not value:
            continue
        if name == "id":
            node.attrs[name] = _prefixed(key, value)
        elif name in HREFS and value.startswith("#"):
            node.attrs[name] = f"#{_prefixed(key, value[1:])}"
        elif "url(" in value:
            node.attrs[name] = LOCAL_URL.sub(lambda match: f"url(#{_prefixed(key, match[1])})", value)


def _style(css: str, key: str, names: set[str]) -> str:
    """A style sheet of the file, limited to the file's own elements.

    An element that `<use>` shows has no ancestors that a selector could name, so the ids and classes
    themselves are made unique, and selectors without any get a class that all elements have.
    """
    pieces = BRACE.split(COMMENT.sub("", css))
    for at in range(0, len(pieces), 2):
        renamed = NAME.sub(lambda match: _renamed(match, key, names), pieces[at])
        opens = at + 1 < len(pieces) and pieces[at + 1] == "{"
        if opens and not renamed.lstrip().startswith("@") and not KEYFRAME.match(renamed):
            selectors = (selector.strip() for selector in renamed.split(","))
            renamed = ",".join(
                selector if f"a-{key}" in selector else f"{selector}.a-{key}" for selector in selectors
            )
        pieces[at] = renamed
    return "".join(pieces)


def _renamed(match: re.Match[str], key: str, names: set[str]) -> str:
    return f"{match['mark']}{_prefixed(key, match['name'])}" if match[0] in names else match[0]


def _use(sprite: _Sprite, name: str) -> None:
    """Record that a part is used, along with those that it and the file's style sheets refer to."""
    waiting = [name, *(_own(match[1]) for css in sprite.styles for match in LOCAL_URL.finditer(css))]
    while waiting:
        name = waiting.pop()
        if name in sprite.used or name not in sprite.nodes:
            continue
        sprite.used.add(name)
        node = sprite.nodes[name]
        for inner in (node, *node.css("*")):
            for attribute, value in inner.attributes.items():
                if not value:
                    continue
                if attribute in HREFS and value.startswith("#"):
                    waiting.append(_own(value[1:]))
                elif "url(#" in value:
                    waiting += [_own(match[1]) for match in LOCAL_URL.finditer(value)]


def _prefixed(key: str, name: str) -> str:
    return f"a-{key}-{name}"


def _own(name: str) -> str:
    """The file's own id for an id in the page."""
    return name.split("-", 2)[2] if name.startswith("a-") and name.count("-") > 1 else name
