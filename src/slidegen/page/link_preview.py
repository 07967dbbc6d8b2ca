"""The preview that other programs show where someone links to a deck's page: Open Graph."""

from __future__ import annotations

from pathlib import Path

from slidegen.compile.compile import CompiledDeck
from slidegen.output_formats import EXPORTS
from slidegen.project.outputs import address_of
from slidegen.render.page_model import LinkPreview, preview_size

PREVIEW = EXPORTS["preview"]


def link_preview(compiled: CompiledDeck, output: Path | None, site: Path | None) -> LinkPreview | None:
    """The link preview of a page that is written to `output`; None if its address is not known.

    `site` is the folder that the project's `url:` publishes, None if the page is not in it.
    """
    config = compiled.deck.config
    if output is None or site is None or not config.url:
        return None
    address = address_of(output, config.url, site)
    if PREVIEW.name not in config.export:
        return LinkPreview(address)
    picture = output.with_name(output.stem + PREVIEW.suffix)
    width, height = preview_size(config.ratio)
    return LinkPreview(address, address_of(picture, config.url, site), width, height)
