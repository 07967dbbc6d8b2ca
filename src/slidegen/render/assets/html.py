"""Rewrites references in HTML, element by element."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from slidegen.patterns import lazy_compile
from slidegen.references import Locate, read_reference
from slidegen.render.assets import inline_svg, media, scripts
from slidegen.render.assets.asset_css import Asset
from slidegen.render.assets.asset_kinds import AssetKind
from slidegen.render.assets.css import single_background
from slidegen.render.assets.iframes import frame, within_page
from slidegen.render.assets.images import link_images, sources_of
from slidegen.render.assets.rewrite_context import Rewrite, RewriteTools, href
from slidegen.render.assets.srcset import read_srcset
from slidegen.source import Source, Span

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

HINTS = (
    "src", "href", "url(", "poster", "data=", "<style", "<image", "<plaintext", "background=", "importmap", "module",
)  # fmt: skip
"""HTML without any of these refers to nothing."""
SELECTOR = (
    "[src],[href],[srcset],[srcdoc],[poster],[data],[background],[style],"
    "style,image,use,feImage,plaintext,script[type]"
)
EMPTY_PARAGRAPH = lazy_compile(r"<p>\s*+</p>")


def rewrite_fragment(tools: RewriteTools, html: str, base: Path, locate: Locate) -> str:
    """Balanced HTML of a slide with all references resolved, without empty paragraphs."""
    from selectolax.lexbor import LexborHTMLParser  # here, since `--help` needs no HTML parser

    if not html:
        return html
    tree = LexborHTMLParser(html, is_fragment=True)
    _rewrite(Rewrite(tools, tree, base, locate), html)
    return EMPTY_PARAGRAPH.sub("", tree.html or "")


def rewrite_document(tools: RewriteTools, path: Path) -> str:
    """The page in a file, as one that needs no other file."""
    text = tools.delivery.text(path)
    source = Source(tools.delivery.files.shown(path), text)

    def locate(written: str) -> Span | None:
        at = text.find(written)
        return Span(source, at, at + len(written)) if at >= 0 else None

    return rewrite_page_text(tools, text, path, locate)


def rewrite_page_text(tools: RewriteTools, text: str, base: Path, locate: Locate) -> str:
    """A page written in the file `base`, as one that needs no other file."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    _rewrite(Rewrite(tools, tree, base, locate), text)
    for drawing in tools.sprites.html():
        node = LexborHTMLParser(drawing, is_fragment=True).css_first("svg")
        if tree.body is not None and node is not None:
            tree.body.insert_child(node)
    return tree.html or ""


def rewrite_style(tools: RewriteTools, css: str, base: Path, locate: Locate) -> str:
    """The declarations of a `style` attribute."""
    sheet = tools.css.sheet
    single = single_background(css) if sheet is not None else None
    if single is not None and sheet is not None:
        written, others = single
        delivered = tools.delivery.deliver(written, base, locate, AssetKind.FILE)
        if isinstance(delivered, Asset) and not sheet.fits_property(delivered):
            image = sheet.background(delivered, delivered.view(read_reference(written).fragment))
            return f"{others.rstrip('; ')}; background-image:{image}"
    return tools.css.value(css, base, locate)


def _rewrite(work: Rewrite, html: str) -> None:
    if not any(hint in html for hint in HINTS):
        lower = html.lower()  # tags and attributes in upper case
        if not any(hint in lower for hint in HINTS):
            return
    nodes = work.tree.css(SELECTOR)
    if "<template" in html:
        contents = work.tree.template_fragments()
        while contents:
            content = contents.pop()
            nodes += content.css(SELECTOR)
            contents += content.template_fragments()
    for node in {node.mem_id: node for node in nodes}.values():  # one may match twice
        name = (node.tag or "").lower()
        handler = HANDLERS.get(name, _custom if "-" in name else None)
        if handler is not None:
            handler(node, work)
        if node.attributes.get("background"):
            _background(node)
        css = node.attributes.get("style")
        if css and "url(" in css.lower():
            node.attrs["style"] = rewrite_style(work.tools, css, work.base, work.locate)
    work.finish()


def _image(node: LexborNode, work: Rewrite) -> None:
    tools = work.tools
    sources = sources_of(node)
    picture = node.parent if node.parent is not None and node.parent.tag == "picture" else None
    if tools.pictures is not None:
        there = tools.pictures.embed(node, sources, work.base, work.locate)
        unused = picture.css("source") if picture is not None and "data-a" in node.attributes else []
    else:
        there = link_images(node, tools.delivery, work.base, work.locate)
        unused = [item for item in sources if not link_images(item, tools.delivery, work.base, work.locate)]
    for source in unused:
        work.drop(source)
    if "data-a" in node.attributes and "alt" not in node.attributes:
        node.attrs["alt"] = ""  # or the address, which is invalid now, would be read out
    if not there:
        given = node.attributes
        offered = [item.url for item in read_srcset(given.get("srcset") or "")]
        work.missing(
            node, AssetKind.IMAGE, next(iter([*filter(None, [given.get("src")]), *offered]), ""), picture
        )


def _input(node: LexborNode, work: Rewrite) -> None:
    if (node.attributes.get("type") or "").lower() == "image" and node.attributes.get("src"):
        work.attribute(node, "src", AssetKind.IMAGE)


def _anchor(node: LexborNode, work: Rewrite) -> None:
    name, written = href(node)
    if work.tools.links is not None and name:
        target = work.tools.links.link(written, work.base, work.locate)
        if target is not None:
            node.attrs[name] = target


def _custom(node: LexborNode, work: Rewrite) -> None:
    """A custom element, which a script makes load what its `src` names."""
    if node.attributes.get("src"):
        work.attribute(node, "src", AssetKind.FILE)


def _background(node: LexborNode) -> None:
    """Turn `<table background>` and the like into a style, so that its picture is embedded as usual."""
    written = (node.attributes.get("background") or "").strip().replace('"', "%22").replace("\n", "")
    own = node.attributes.get("style") or ""
    del node.attrs["background"]
    node.attrs["style"] = f'background-image: url("{written}"); {own}'.rstrip()


def _frame(node: LexborNode, work: Rewrite) -> None:
    """An `<iframe>`: the page in its `srcdoc`, or the one it refers to."""
    written = node.attributes.get("srcdoc")
    if not written:
        frame(node, work)
        return
    tools = within_page(work.tools, work.base)
    node.attrs["srcdoc"] = rewrite_page_text(tools, written, work.base, work.locate)
    if "src" in node.attributes:  # which browsers ignore
        del node.attrs["src"]


def _plain_text(node: LexborNode, work: Rewrite) -> None:
    """Replace `<plaintext>`, which would swallow the rest of the page."""
    element = work.tree.create_node("pre")
    element.insert_child(node.text())
    work.swaps.append((node, element))


HANDLERS: dict[str, Callable[[LexborNode, Rewrite], None]] = {
    "img": _image,
    "video": media.film,
    "audio": media.film,
    "source": media.source,
    "track": media.track,
    "input": _input,
    "iframe": _frame,
    "embed": frame,
    "object": frame,
    "script": scripts.script,
    "link": scripts.link,
    "style": scripts.style,
    "image": inline_svg.image,
    "feimage": inline_svg.image,
    "use": inline_svg.use,
    "a": _anchor,
    "area": _anchor,
    "plaintext": _plain_text,
}
