"""A served page that is ready to be loaded, and to be compared with the one before it."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import cast

from msgspec import Struct
from msgspec.structs import asdict, replace

from slidegen.compile.compile import CompiledDeck
from slidegen.page.page import render_text
from slidegen.page.template_errors import template_errors_as_diagnostics
from slidegen.project.translations import DECK, SERVE, read_words
from slidegen.render.assets import Assets
from slidegen.render.page.css import own_style_text
from slidegen.render.page.slide_view import slide_html
from slidegen.render.page_model import RenderedDeck, RenderedSlide
from slidegen.serve.page_state import PageState, PageStyles
from slidegen.serve.step_cache import FoldCache, FoldedSlide

AUTHOR, AUDIENCE = "author", "audience"
"""The viewers of a page: the author sees everything, the audience no notes, diagnostics or source places."""


class PageDraft(Struct, frozen=True):
    """A page that is ready to be loaded, and to be compared with the one before it."""

    shown: PageState
    rendered: RenderedDeck
    slides: tuple[FoldedSlide, ...]
    compiled: CompiledDeck
    assets: Assets

    def page(self, live: Mapping[str, object]) -> str:
        """The page's text; `live` is what it needs to know about the server. Raises DeckError if a template fails."""
        words = read_words(self.rendered.lang, self.compiled.project.templates, DECK, SERVE)
        rendered = replace(self.rendered, live=live, words=words)
        steps = [step for slide in self.slides for step in slide.page]
        return render_text(rendered, self.compiled, self.assets, steps)


def draft_page(
    rendered: RenderedDeck,
    slides: Sequence[RenderedSlide],
    compiled: CompiledDeck,
    assets: Assets,
    folds: FoldCache,
    whole: Hashable,
    *,
    lines: bool,
) -> PageDraft:
    """A page of these slides, with or without the `lines` where they are written; `folds` caches their steps.

    `whole` represents the files that all slides depend on.
    """
    bare = replace(rendered, slides=())
    environment = compiled.project.templates.environment()
    with template_errors_as_diagnostics(compiled.project.templates):
        folded = tuple(
            folds.slides(
                slides,
                lambda step: slide_html(step, bare, environment),
                rendered.words,
                gather=rendered.gather_foot,
                lines=lines,
                whole=(whole, rendered.lang, rendered.gather_foot),
            )
        )
    authors = tuple((sheet.text, sheet.media) for sheet in rendered.styles if not sheet.layer)
    plan = cast("list[int]", bare.options.get("plan", []))
    options = {name: value for name, value in bare.options.items() if name != "plan"}
    around = repr(replace(bare, styles=(), title="", options=options)) + assets.symbols() + assets.unplaced()
    shown = PageState(
        epoch=0,
        title=rendered.title,
        slides=tuple(slide.shown for slide in folded),
        styles=PageStyles(own_style_text(rendered), authors),
        frame=blake2b(around.encode("utf-8", "replace"), digest_size=8).hexdigest(),
        plan=tuple(plan),
    )
    return PageDraft(shown, bare, folded, compiled, assets)


def texts_of(draft: PageDraft) -> Iterator[str]:
    """Everything a page says: each of its slides, and what is around them."""
    for slide in draft.shown.slides:
        yield slide.html
        yield _as_json((slide.attributes, slide.number))
    yield _as_json(replace(draft.rendered, styles=()))
    yield from (sheet.text for sheet in draft.rendered.styles)


def _as_json(value: object) -> str:
    """A value as JSON with a border between texts."""
    return json.dumps(
        value,
        ensure_ascii=False,
        default=lambda item: asdict(item) if isinstance(item, Struct) else str(item),
    )


def name_templates(draft: PageDraft) -> str:
    """A digest of the page's templates; renders the page once, so that a failing template is noticed now."""
    templates = draft.compiled.project.templates
    draft.page({"run": ""})
    tops = tuple(templates.folders)
    texts = (
        (name, templates.text(name) or "")
        for path in sorted(draft.compiled.reads.probed)
        for top in tops
        if path.is_relative_to(top)
        for name in [path.relative_to(top).as_posix()]
        if not name.startswith(("macros/", "themes/", "styles/"))
    )
    return blake2b(repr(sorted(set(texts))).encode("utf-8", "replace"), digest_size=8).hexdigest()
