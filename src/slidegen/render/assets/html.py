"""References in HTML, element by element."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from slidegen.diagnostics import Code
from slidegen.render.assets.css import CssRewriter, single_background
from slidegen.render.assets.delivery import Delivery, Kind, Link, Outcome
from slidegen.render.assets.links import PAGE_SUFFIXES, Links
from slidegen.render.assets.pictures import PictureRewriter, link_images, sources_of
from slidegen.render.assets.placeholders import missing
from slidegen.render.assets.placing import Placing, can_be_text
from slidegen.render.assets.references import Locate, is_local, is_remote, read_reference
from slidegen.render.assets.sheet import Asset
from slidegen.render.assets.sprites import HREFS, Sprites
from slidegen.render.assets.srcset import read_srcset
from slidegen.source import Source, Span

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

HINTS = ("src", "href", "url(", "poster", "data=", "<style", "<image", "<plaintext")
"""HTML in which none of these stands refers to nothing."""
SELECTOR = "[src],[href],[srcset],[poster],[data],[style],style,image,use,feImage,plaintext"
EMPTY_PARAGRAPH = re.compile(r"<p>\s*+</p>")
NOT_DRAWN = frozenset("defs pattern symbol mask clippath marker".split())
"""Elements of SVG in which a `<foreignObject>` is not drawn."""
MEDIA = {"video": Kind.VIDEO, "audio": Kind.AUDIO, "track": Kind.CAPTIONS, "source": Kind.MEDIA}
FRAMES = {"iframe": "src", "embed": "src", "object": "data"}
MODULE_IMPORT = re.compile(
    r"""(?:^|[;}])\s*(?:import|export)\b[^"';=(]{0,500}+["'](\.{0,2}/[^"'\n]++)["']""", re.MULTILINE
)
OF_SCRIPT_FILES = ("src", "defer", "async", "crossorigin", "integrity", "charset", "referrerpolicy")
LOADED_LATER = frozenset("preload prefetch modulepreload prerender".split())
ICONS = frozenset("icon apple-touch-icon mask-icon".split())
POSTER = (
    "background-image:{};background-size:contain;background-position:center;"
    "background-repeat:no-repeat;background-origin:content-box"
)
"""A film's poster is its background, seen through an empty image: its bytes stand where all images' do."""


@dataclass(slots=True)
class _Work:
    """One piece of HTML while it is rewritten."""

    tree: LexborHTMLParser
    base: Path
    locate: Locate
    swaps: list[tuple[LexborNode, LexborNode | None]] = field(default_factory=list)
    """Elements and what replaces them: done at the end, so that no element vanishes while it is in use."""


@dataclass(frozen=True, slots=True)
class HtmlRewriter:
    """Makes HTML refer to nothing but what is embedded, copied along, or on the network."""

    delivery: Delivery
    css: CssRewriter
    placing: Placing
    sprites: Sprites
    links: Links | None
    """None for pages within the page, whose links are left alone."""
    pictures: PictureRewriter | None
    """None where images refer to files or hold their bytes themselves."""
    frames: tuple[Path, ...] = ()
    """The pages within pages that are being read."""
    pages: dict[Path, Asset] = field(default_factory=dict)
    """Finished pages within the page, by their file."""

    def fragment(self, html: str, base: Path, locate: Locate) -> str:
        """Balanced HTML of a slide in which every reference is taken care of, without empty paragraphs."""
        from selectolax.lexbor import LexborHTMLParser  # here: `--help` needs no HTML parser

        if not html:
            return html
        tree = LexborHTMLParser(html, is_fragment=True)
        self._rewrite(tree, base, locate, html)
        return EMPTY_PARAGRAPH.sub("", tree.html or "")

    def document(self, path: Path) -> str:
        """The page in a file, as one that needs no other file."""
        from selectolax.lexbor import LexborHTMLParser

        text = self.delivery.files.read(path).decode("utf-8-sig", "replace")
        source = Source(self.delivery.files.shown(path), text.replace("\r\n", "\n"))
        tree = LexborHTMLParser(text)

        def locate(written: str) -> Span | None:
            at = source.text.find(written)
            return Span(source, at, at + len(written)) if at >= 0 else None

        self._rewrite(tree, path, locate, text)
        for drawing in self.sprites.html():
            node = LexborHTMLParser(drawing, is_fragment=True).css_first("svg")
            if tree.body is not None and node is not None:
                tree.body.insert_child(node)
        return tree.html or ""

    def _rewrite(self, tree: LexborHTMLParser, base: Path, locate: Locate, html: str) -> None:
        if not any(hint in html for hint in HINTS):
            lower = html.lower()  # tags and attributes in capitals
            if not any(hint in lower for hint in HINTS):
                return
        work = _Work(tree, base, locate)
        nodes = tree.css(SELECTOR)
        if "<template" in html:
            for content in tree.template_fragments():
                nodes += content.css(SELECTOR)
        for node in {node.mem_id: node for node in nodes}.values():  # one may match twice
            handler = HANDLERS.get((node.tag or "").lower())
            if handler is not None:
                handler(self, node, work)
            style = node.attributes.get("style")
            if style and "url(" in style.lower():
                self._style(node, style, work)
        _swap(work.swaps)

    def style(self, css: str, base: Path, locate: Locate) -> str:
        """The declarations of a `style` attribute."""
        sheet = self.css.sheet
        single = single_background(css) if sheet is not None else None
        if single is not None and sheet is not None:
            written, others = single
            delivered = self.delivery.deliver(written, base, locate, Kind.FILE)
            if isinstance(delivered, Asset) and not sheet.fits_property(delivered):
                image = sheet.background(delivered, delivered.view(read_reference(written).fragment))
                return f"{others.rstrip('; ')}; background-image:{image}"
        return self.css.value(css, base, locate)

    def _style(self, node: LexborNode, css: str, work: _Work) -> None:
        node.attrs["style"] = self.style(css, work.base, work.locate)

    def _deliver(self, written: str, work: _Work, kind: Kind) -> Asset | Link | Outcome:
        return self.delivery.deliver(written, work.base, work.locate, kind)

    def _image(self, node: LexborNode, work: _Work) -> None:
        sources = sources_of(node)
        picture = node.parent if node.parent is not None and node.parent.tag == "picture" else None
        if self.pictures is not None:
            there = self.pictures.embed(node, sources, work.base, work.locate)
            unused = picture.css("source") if picture is not None and "data-a" in node.attributes else []
        else:
            there = link_images(node, self.delivery, work.base, work.locate)
            unused = [
                item for item in sources if not link_images(item, self.delivery, work.base, work.locate)
            ]
        work.swaps += [(source, None) for source in unused]
        if not there:
            given = node.attributes
            written = given.get("src") or next(
                (item.url for item in read_srcset(given.get("srcset") or "")), ""
            )
            self._missing(node, picture or node, Kind.IMAGE, written, work)

    def _missing(self, node: LexborNode, place: LexborNode, kind: Kind, written: str, work: _Work) -> None:
        """Put a labelled box of the same size in the place of an element whose file is missing."""
        work.swaps.append((place, missing(work.tree, node, kind.value, read_reference(written).path)))

    def _film(self, node: LexborNode, work: _Work) -> None:
        kind = MEDIA[node.tag or ""]
        poster = node.attributes.get("poster")
        if poster:
            self._poster(node, poster, work)
        written = node.attributes.get("src")
        if written and not self._attribute(node, "src", kind, work):
            self._missing(node, node, kind, written, work)

    def _poster(self, node: LexborNode, written: str, work: _Work) -> None:
        match self._deliver(written, work, Kind.IMAGE):
            case Outcome.GONE:
                del node.attrs["poster"]
            case Link(url):
                node.attrs["poster"] = url
            case Asset() as asset if self.pictures is not None:
                sheet = self.pictures.sheet
                node.attrs["poster"] = sheet.frame(asset).placeholder(name=read_reference(written).path)
                style = POSTER.format(sheet.background(asset, ""))
                node.attrs["style"] = f"{style};{node.attributes.get('style') or ''}".rstrip(";")

    def _source(self, node: LexborNode, work: _Work) -> None:
        film = node.parent
        written = node.attributes.get("src")
        if film is None or film.tag not in ("video", "audio") or not written:
            return
        if self._attribute(node, "src", MEDIA[film.tag], work):
            return
        work.swaps.append((node, None))
        gone = {item.mem_id for item, _ in work.swaps}
        if not film.attributes.get("src") and all(item.mem_id in gone for item in film.css("source")):
            self._missing(film, film, MEDIA[film.tag], written, work)

    def _track(self, node: LexborNode, work: _Work) -> None:
        if not self._attribute(node, "src", Kind.CAPTIONS, work):
            work.swaps.append((node, None))

    def _input(self, node: LexborNode, work: _Work) -> None:
        if (node.attributes.get("type") or "").lower() == "image":
            self._attribute(node, "src", Kind.IMAGE, work)

    def _attribute(self, node: LexborNode, name: str, kind: Kind, work: _Work) -> bool:
        """Make an attribute lead to its file, wherever that goes; False where it is missing."""
        written = node.attributes.get(name) or ""
        return self._put(node, name, self._deliver(written, work, kind), read_reference(written).fragment)

    def _put(self, node: LexborNode, name: str, delivered: Asset | Link | Outcome, fragment: str) -> bool:
        match delivered:
            case Asset() as asset:
                del node.attrs[name]
                mark, value = self.placing.mark(name.removeprefix("xlink:"), asset)
                node.attrs[mark] = value + fragment
            case Link(url):
                node.attrs[name] = url
            case Outcome.GONE:
                del node.attrs[name]
                return False
        return True

    def _frame(self, node: LexborNode, work: _Work) -> None:
        name = FRAMES[node.tag or ""]
        written = node.attributes.get(name) or ""
        if self.links is not None and (built := self.links.to_page(written, work.base)):
            node.attrs[name] = built
            return
        delivered = self._page(written, work)
        there = self._put(node, name, delivered, read_reference(written).fragment)
        if not there and not (node.tag == "object" and node.css_first("*:not(param)") is not node):
            self._missing(node, node, Kind.PAGE if node.tag == "iframe" else Kind.FILE, written, work)

    def _page(self, written: str, work: _Work) -> Asset | Link | Outcome:
        """A page within the page, or another file that stands in a frame."""
        reference = read_reference(written)
        if not is_local(written) or not reference.path.lower().endswith(PAGE_SUFFIXES):
            return self._deliver(written, work, Kind.PAGE)
        found = self.delivery.find(reference, work.base, work.locate, Kind.PAGE)
        if found is None or found.path in self.frames:
            return Outcome.GONE
        if found.size > self.delivery.limit:
            return self._deliver(written, work, Kind.PAGE)
        asset = self.pages.get(found.path)
        if asset is None:
            inner = self._within(found.path)
            data = inner.document(found.path).encode("utf-8", "replace")
            asset = self.delivery.adopt(found.path, "text/html;charset=utf-8", data)
            self.pages[found.path] = asset
        if self.delivery.inline:
            return Link(asset.url)
        if not self.delivery.embed:
            return Link(self.delivery.copies.hashed_bytes(found.path.name, asset.data))
        return asset

    def _within(self, path: Path) -> HtmlRewriter:
        """What rewrites a page that stands in a frame of this one: it holds everything itself."""
        delivery = replace(self.delivery, embed=True, inline=True)
        return replace(
            self,
            delivery=delivery,
            css=CssRewriter(delivery, None),
            sprites=Sprites(),
            links=None,
            pictures=None,
            frames=(*self.frames, path),
        )

    def _script(self, node: LexborNode, work: _Work) -> None:
        written = node.attributes.get("src") or ""
        match self._deliver(written, work, Kind.SCRIPT):
            case Outcome.GONE:
                work.swaps.append((node, None))
            case Link(url):
                node.attrs["src"] = url
            case Asset() as asset:
                self._embed_script(node, asset, written, work)

    def _embed_script(self, node: LexborNode, asset: Asset, written: str, work: _Work) -> None:
        if (node.attributes.get("type") or "").lower() == "module":
            imported = MODULE_IMPORT.search(asset.data.decode("utf-8", "replace"))
            if imported is not None:
                self.delivery.report(
                    Code.UNUSABLE_ASSET,
                    f"{read_reference(written).path} imports {imported[1]}, which cannot stand in the page",
                    written,
                    work.base,
                    work.locate,
                    hint="bundle the modules into one file",
                )
        for name in OF_SCRIPT_FILES:
            if name in node.attributes:
                del node.attrs[name]
        if can_be_text(asset):
            node.inner_html = ""
            mark, value = self.placing.mark("text", asset)
            node.attrs[mark] = value
        else:
            self._put(node, "src", asset, "")

    def _link(self, node: LexborNode, work: _Work) -> None:
        written = node.attributes.get("href") or ""
        relations = set((node.attributes.get("rel") or "").lower().split())
        if "stylesheet" in relations:
            self._style_sheet(node, written, work)
        elif relations & ICONS:
            self._attribute(node, "href", Kind.IMAGE, work)
        elif relations & LOADED_LATER and is_local(written):
            work.swaps.append((node, None))

    def _style_sheet(self, node: LexborNode, written: str, work: _Work) -> None:
        if is_remote(written):
            self.delivery.warn_of_remote(written, work.base, work.locate)
        if not is_local(written):
            return
        found = self.delivery.find(read_reference(written), work.base, work.locate, Kind.STYLE)
        element = None
        if found is not None:
            element = work.tree.create_node("style")
            for name in ("media", "id", "title"):
                if node.attributes.get(name):
                    element.attrs[name] = node.attributes[name] or ""
            element.inner_html = style_text(self.css.file_text(found.path))
        work.swaps.append((node, element))

    def _style_element(self, node: LexborNode, work: _Work) -> None:
        text = node.inner_html or ""
        lower = text.lower()
        if any(word in lower for word in ("url(", "@import", "image-set(")):
            node.inner_html = style_text(self.css.text(text, work.base, work.locate))

    def _drawing_image(self, node: LexborNode, work: _Work) -> None:
        name, written = _href(node)
        delivered = self._deliver(written, work, Kind.IMAGE)
        fragment = read_reference(written).fragment
        if self.pictures is not None and isinstance(delivered, Asset) and _is_drawn(node):
            work.swaps.append((node, self.pictures.in_drawing(node, delivered, fragment)))
        elif name and not self._put(node, name, delivered, fragment):
            work.swaps.append((node, None))

    def _use(self, node: LexborNode, work: _Work) -> None:
        name, written = _href(node)
        if not name or not is_local(written):
            return
        embedding = replace(self.delivery, embed=True, inline=False)
        delivered = embedding.deliver(written, work.base, work.locate, Kind.IMAGE)
        reference = read_reference(written)
        match delivered:
            case Link(url):
                node.attrs[name] = url
            case Asset() as asset:
                part = self.sprites.use(asset, reference.fragment)
                if part is not None:
                    node.attrs[name] = part
                    return
                message = f"{reference.path} has no part {reference.fragment}"
                self.delivery.report(Code.MISSING_ASSET, message, written, work.base, work.locate)
                del node.attrs[name]

    def _anchor(self, node: LexborNode, work: _Work) -> None:
        name, written = _href(node)
        if self.links is not None and name:
            target = self.links.link(written, work.base, work.locate)
            if target is not None:
                node.attrs[name] = target

    def _plain_text(self, node: LexborNode, work: _Work) -> None:
        """`<plaintext>` would take in all the rest of the page."""
        element = work.tree.create_node("pre")
        element.insert_child(node.text())
        work.swaps.append((node, element))


Handler = Callable[[HtmlRewriter, "LexborNode", _Work], None]
HANDLERS: dict[str, Handler] = {
    "img": HtmlRewriter._image,
    "video": HtmlRewriter._film,
    "audio": HtmlRewriter._film,
    "source": HtmlRewriter._source,
    "track": HtmlRewriter._track,
    "input": HtmlRewriter._input,
    "iframe": HtmlRewriter._frame,
    "embed": HtmlRewriter._frame,
    "object": HtmlRewriter._frame,
    "script": HtmlRewriter._script,
    "link": HtmlRewriter._link,
    "style": HtmlRewriter._style_element,
    "image": HtmlRewriter._drawing_image,
    "feimage": HtmlRewriter._drawing_image,
    "use": HtmlRewriter._use,
    "a": HtmlRewriter._anchor,
    "area": HtmlRewriter._anchor,
    "plaintext": HtmlRewriter._plain_text,
}


def style_text(css: str) -> str:
    """CSS as it can stand in a page."""
    return css.replace("</", "<\\/")


def _href(node: LexborNode) -> tuple[str, str]:
    """The name and the value of the attribute by which an element refers; both empty where it has none."""
    for name in HREFS:
        value = node.attributes.get(name)
        if value:
            return name, value
    return "", ""


def _is_drawn(node: LexborNode) -> bool:
    """Whether an `<image>` stands where it is drawn as it is, in no pattern or mask."""
    if (node.tag or "").lower() != "image":
        return False
    parent = node.parent
    while parent is not None:
        if (parent.tag or "").lower() in NOT_DRAWN:
            return False
        parent = parent.parent
    return True


def _swap(swaps: list[tuple[LexborNode, LexborNode | None]]) -> None:
    """Replace elements; those within replaced ones are gone with them."""
    going = {node.mem_id for node, _ in swaps}
    outermost = []
    for node, replacement in swaps:
        parent = node.parent
        while parent is not None and parent.mem_id not in going:
            parent = parent.parent
        if parent is None:
            outermost.append((node, replacement))
    done: set[int] = set()
    for node, replacement in outermost:
        if node.mem_id in done:
            continue
        done.add(node.mem_id)
        if replacement is None:
            node.decompose()
        else:
            node.replace_with(replacement)
