"""Cards that stand in for network content on paper and offline, each with a link."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from slidegen.patterns import lazy_compile
from slidegen.render.assets.placeholders import box_of
from slidegen.render.macros.qr import qr_code

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

CARD_CLASS = "slidegen-card"
CARD_ATTRIBUTE = "data-carded"
"""On the element that has a card."""
MAX_QR_BYTES = 2331
"""How many bytes fit into a QR code."""
YOUTUBE = lazy_compile(r"(?:www\.)?youtube(?:-nocookie)?\.com")
SITES = {"youtu.be": "YouTube", "vimeo.com": "Vimeo"}


def add_card(parser: LexborHTMLParser, node: LexborNode, written: str) -> None:
    """Put a card after an element that shows remote content: title, address and QR code."""
    address = address_for_people(written)
    card = box_of(parser, node, "a", CARD_CLASS)
    card.attrs["href"] = address
    if len(address.encode()) <= MAX_QR_BYTES:
        code = _element(parser, str(qr_code(address)))
        if code is not None:
            for name in ("role", "aria-label", "style"):
                del code.attrs[name]
            code.attrs["aria-hidden"] = "true"  # the address is beside it
            card.insert_child(code)
    text = parser.create_node("span")
    for name, line in (("strong", _title(node, address)), ("span", address)):
        element = parser.create_node(name)
        element.insert_child(line)
        text.insert_child(element)
    card.insert_child(text)
    node.attrs[CARD_ATTRIBUTE] = ""
    node.insert_after(card)


def address_for_people(written: str) -> str:
    """The address where a person finds what a page embeds: a video's own page, not its player."""
    address = written.strip()
    if address.startswith("//"):
        address = f"https:{address}"
    try:
        parts = urlsplit(address)
        film = parts.path.rstrip("/").rpartition("/")[2]
        if YOUTUBE.fullmatch(parts.netloc.lower()) and parts.path.startswith("/embed/"):
            start = parse_qs(parts.query).get("start", [""])[0]
            return f"https://youtu.be/{film}" + (f"?t={start}" if start else "")
        if parts.netloc.lower() == "player.vimeo.com":
            return f"https://vimeo.com/{film}"
    except ValueError:  # not an address at all
        pass
    return address


def _title(node: LexborNode, address: str) -> str:
    given = (node.attributes.get("title") or node.attributes.get("aria-label") or "").strip()
    if given:
        return given
    try:
        host = urlsplit(address).netloc.lower().removeprefix("www.")
    except ValueError:
        host = ""
    return SITES.get(host, host) or address


def _element(parser: LexborHTMLParser, html: str) -> LexborNode | None:
    return type(parser)(html, is_fragment=True).css_first("svg")
