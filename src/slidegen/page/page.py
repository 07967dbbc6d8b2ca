"""Turns a compiled deck into the bytes of its page and the files beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

from msgspec import Struct
from msgspec.structs import replace

from slidegen.compile.compile import CompiledDeck
from slidegen.compile.source_locator import SourceLocator, warn_of_unknown_slides
from slidegen.deck.backgrounds import check_backgrounds
from slidegen.deck.pacing import planned_seconds
from slidegen.deck.property_values import check_properties
from slidegen.diagnostics import Code
from slidegen.files.deck_files import DeckFiles
from slidegen.files.paths import resolve_links
from slidegen.page.class_names import check_classes
from slidegen.page.known_page import DrawnParts, KnownPage
from slidegen.page.step_references import StepHtml, StepReferences
from slidegen.page.style_sheets import author_styles, math_font_url, own_page_styles
from slidegen.page.template_errors import template_errors_as_diagnostics
from slidegen.project.translations import DECK, read_words
from slidegen.project.variants import known_names
from slidegen.render.assets import AssetKind, Assets, Copy
from slidegen.render.html.growing_html import GrownSteps, new_parts
from slidegen.render.html.visible import Cleaner, without_comments, without_marked
from slidegen.render.math import characters_of
from slidegen.render.page.layout import render_page
from slidegen.render.page.slide_view import SlideView
from slidegen.render.page_model import RenderedDeck, RenderedSlide, StyleSheet, slide_size

if TYPE_CHECKING:
    from slidegen.files.downloads import Downloads
    from slidegen.page.summary import Summary

BROWSER_OPTIONS = ("navigation", "timer", "slideNumberFormat", "highlightLines", "highlightSpans")

PAGE_TEMPLATES = ("deck.html", "slide.html", "controls.html", "open_graph.html")
"""What a user may replace that writes into every page."""
LARGE = 50_000_000
"""Size in bytes from which a page is better without its files."""


class BuiltPage(Struct, frozen=True):
    """A page that is ready to be written."""

    page: bytes
    files: Mapping[Path, Copy]
    """The files beside it, by absolute path."""
    slides: int
    """Number of slides, not counting their steps."""
    summary: Summary | None = None
    """What a course page says about the deck, if requested."""


ICON_MARKS = tuple(
    f"={quote}{name}" for quote in "\"'" for name in ("fa ", "fa-", "fas ", "far ", "fab ", "bi ", "ti ")
)
"""How the class of an icon begins."""


def build_page(
    compiled: CompiledDeck,
    output: Path | None,
    pages: Mapping[Path, Path],
    folder: Path,
    *,
    embed: bool,
    downloads: Downloads | None = None,
    summary: bool = False,
    site: Path | None = None,
    slides_with_lines: Iterable[RenderedSlide] | None = None,
) -> BuiltPage:
    """Build the page of a deck from its slides, or from those with the source lines of their elements.

    `output` is its absolute path, or None if it becomes no file; `pages` maps each deck of this build to its
    page; `downloads` fetches what the deck loads from the network, if that is wanted; `site` is the folder that is
    published at the project's `url:`, if the page is in it; diagnostics go to the deck's reporter. Raises
    DeckError if a template fails.
    """
    assets = open_assets(compiled, output, pages, folder, embed=embed, downloads=downloads)
    places = SourceLocator(compiled.deck, compiled.content.macros.outputs)
    formulas: set[str] = set()
    slides: list[RenderedSlide] = []
    found = iter(compiled.slides() if slides_with_lines is None else slides_with_lines)
    if downloads is not None:
        from slidegen.page.remote_references import remote_references

        found = iter(known := list(found))
        downloads.begin(remote_references(known, compiled.deck.config.css, compiled.page))
    references = StepReferences(assets, places, resolve_links(compiled.path))
    for _, group in groupby(found, key=lambda slide: slide.group):
        steps = list(group)
        grown = GrownSteps([step.html for step in steps]), GrownSteps([step.notes for step in steps])
        for html in (part for htmls in grown for part in new_parts(htmls)):
            formulas |= characters_of(html)
        slides += _with_references(steps, references, grown)
    of_page = KnownPage()
    warn_of_unknown_slides(slides, places, compiled.reporter, of_page.links, of_page.parts)
    font = math_font_url(formulas) if formulas else None
    if compiled.deck.config.ink:
        from slidegen.page.ink import plan_with_boards, with_drawings

        slides = with_drawings(compiled, slides)
        rendered = assemble_page(compiled, slides, assets, font, of_page)
        if "plan" in rendered.options:
            plan = plan_with_boards(cast("list[int]", rendered.options["plan"]), slides)
            rendered = replace(rendered, options={**rendered.options, "plan": plan})
    else:
        rendered = assemble_page(compiled, slides, assets, font, of_page)
    if compiled.deck.config.url:
        from slidegen.page.link_preview import link_preview

        rendered = replace(rendered, preview=link_preview(compiled, output, site))
    page = render_text(rendered, compiled, assets)
    beside = {} if output is None else {output.parent / name: copy for name, copy in assets.copies.items()}
    count = slides[-1].group + 1 if slides else 0
    short = None
    if summary:
        from slidegen.page.summary import summarize

        short = summarize(compiled, rendered, assets, count)
    data = page.encode("utf-8", "replace")
    if embed and len(data) > LARGE:
        message = f"the page is {len(data) / 1e6:.0f} MB large, which takes browsers a long time to open"
        hint = "--no-embed leaves pictures and videos next to the page; smaller files help too"
        compiled.reporter.report(Code.LARGE_PAGE, message, hint=hint, path=str(compiled.path))
    return BuiltPage(data, beside, count, short)


def examine_page(compiled: CompiledDeck, slides: Iterable[RenderedSlide], folder: Path) -> None:
    """Report what building the page would report, given rendered slides, without making it."""
    assets = open_assets(compiled, None, {}, folder, embed=False)
    places = SourceLocator(compiled.deck, compiled.content.macros.outputs)
    references = StepReferences(assets, places, resolve_links(compiled.path))
    ready: list[RenderedSlide] = []
    for _, steps in groupby(slides, key=lambda slide: slide.group):
        ready += _with_references(list(steps), references)
    known = KnownPage()
    warn_of_unknown_slides(ready, places, compiled.reporter, known.links, known.parts)
    assemble_page(compiled, ready, assets, None, known)


def _with_references(
    steps: Sequence[RenderedSlide],
    references: StepReferences,
    grown: tuple[GrownSteps, GrownSteps] | None = None,
) -> Iterator[RenderedSlide]:
    """The steps of a slide with all references resolved."""
    rewritten = references.rewrite(
        [StepHtml(step.index, step.html, step.notes, step.style) for step in steps], grown
    )
    for step, made in zip(steps, rewritten, strict=True):
        yield replace(step, html=made.html, notes=made.notes, style=made.style)


def open_assets(
    compiled: CompiledDeck,
    output: Path | None,
    pages: Mapping[Path, Path],
    folder: Path,
    *,
    embed: bool,
    downloads: Downloads | None = None,
) -> Assets:
    """What resolves the references of a deck's page."""
    project, config = compiled.project, compiled.deck.config
    files = DeckFiles.of_project(project.root, folder, config.assets.allow, compiled.reads)
    files.downloads = downloads
    if compiled.page is not None and compiled.page.address:
        files.other = Path(compiled.page.address)
    return Assets(
        files,
        compiled.reporter,
        deck=resolve_links(compiled.path),
        embed=embed,
        limit=config.embedLimit,
        page=output,
        pages=pages,
        slide_width=slide_size(config.ratio)[0],
        clean=_cleaner(compiled),
    )


def _cleaner(compiled: CompiledDeck) -> Cleaner | None:
    """What removes from files what a variant leaves out."""
    variant = compiled.deck.variant
    if variant is None:
        return None
    from slidegen.deck.near_marks import near_marks_outside

    near = near_marks_outside(variant, compiled.deck.config, compiled.reporter)
    return Cleaner(variant.without, replace(near, variants=known_names(compiled.project.variants)))


def assemble_page(
    compiled: CompiledDeck,
    slides: Sequence[RenderedSlide],
    assets: Assets,
    math_font: str | None,
    known: KnownPage | None = None,
) -> RenderedDeck:
    """Everything the page says; `math_font` is the URL of the font for formulas, None if there are none.

    `known` holds the results for the page's last version.
    """
    known = known or KnownPage()
    config, templates = compiled.deck.config, compiled.project.templates
    path = resolve_links(compiled.path)
    styles = [*own_page_styles(compiled, math_font, assets)]
    authors = [*author_styles(compiled, assets, path)]
    check_classes(compiled, styles, lambda: [sheet.text for sheet in authors], known.classes)
    styles += authors
    drawn = _what_is_drawn(slides, known)
    slides = _with_icons(compiled, slides, styles) if drawn.icons else slides
    slides = _with_diagrams(compiled, slides) if drawn.diagrams else slides
    favicon = None
    if config.favicon:
        favicon = assets.url(config.favicon, path, compiled.places_in("favicon"), AssetKind.IMAGE)
    plan = planned_seconds(compiled.deck, compiled.reporter)
    check_properties(compiled.deck, compiled.reporter)
    check_backgrounds(compiled.deck, compiled.reporter)
    return RenderedDeck(
        title=compiled.title or next((slide.title for slide in slides if slide.title), path.stem),
        slides=tuple(slides),
        lang=config.lang,
        words=read_words(config.lang, templates, DECK),
        description=config.description,
        gather_foot=compiled.theme.vocabulary,
        favicon=favicon or "",
        ratio=config.ratio,
        theme=compiled.theme.name,
        scheme=compiled.theme.scheme,
        options={
            **{name: getattr(config, name) for name in BROWSER_OPTIONS},
            "ratio": ":".join(f"{part:g}" for part in config.ratio),
            **({"plan": [round(seconds) for seconds in plan]} if plan else {}),
            "progress": config.progress or compiled.theme.progress,
        },
        styles=tuple(styles),
        scripts=_author_scripts(compiled, assets, path),
        root=compiled.page.root if compiled.page is not None else {},
        body=compiled.page.body_attributes if compiled.page is not None else {},
        head=author_head(compiled),
        body_start=_body_start(compiled, assets, path),
    )


def _what_is_drawn(slides: Sequence[RenderedSlide], known: KnownPage) -> DrawnParts:
    """What the slides may have that has to be drawn."""
    known.drawn.begin(None)
    known.parts.begin()
    # of all slides, so that all stay remembered
    found = [_drawn_on(steps, known) for steps in _grown_texts(slides)]
    return DrawnParts(any(each.icons for each in found), any(each.diagrams for each in found))


def _grown_texts(slides: Iterable[RenderedSlide]) -> Iterator[list[str]]:
    """For each slide the content of its steps, and their notes, if there are any."""
    for _, group in groupby(slides, key=lambda slide: slide.group):
        steps = list(group)
        yield from filter(any, ([step.html for step in steps], [step.notes for step in steps]))


def _drawn_on(steps: Sequence[str], known: KnownPage) -> DrawnParts:
    found = known.drawn.get(*steps)
    if found is None:
        texts = known.parts.of(steps)
        icons = any("<i" in html or "<span" in html for html in texts) and any(
            mark in html for html in texts for mark in ICON_MARKS
        )
        found = DrawnParts(icons, any("mermaid" in html for html in texts))
        known.drawn.put(found, *steps)
    return found


def _with_icons(
    compiled: CompiledDeck, slides: Sequence[RenderedSlide], styles: Sequence[StyleSheet]
) -> Sequence[RenderedSlide]:
    """The slides with icons drawn that the deck has no icon font for."""
    from slidegen.page.icons import with_icons  # few decks have any

    around = (*compiled.deck.config.css, *compiled.deck.config.scripts, author_head(compiled))
    return with_icons(slides, styles, around, (compiled.deck.source,), compiled.reporter)


def _with_diagrams(compiled: CompiledDeck, slides: Sequence[RenderedSlide]) -> Sequence[RenderedSlide]:
    """The slides with diagrams drawn that an author's page leaves to Mermaid's script."""
    from slidegen.compile.render import draw_diagram
    from slidegen.page.author_diagrams import with_diagrams  # few decks have any

    written = compiled.page.scripts if compiled.page is not None else ()
    named = (text for script in written for text in (script.text, script.attributes.get("src", "")))
    loaded = (*named, *compiled.deck.config.scripts)
    return with_diagrams(slides, loaded, (compiled.deck.source,), draw_diagram, compiled.reporter)


def _author_scripts(compiled: CompiledDeck, assets: Assets, deck: Path) -> str:
    if compiled.page is None and not compiled.deck.config.scripts:
        return ""
    from slidegen.page.author_page import own_scripts, page_scripts

    pieces = [own_scripts(compiled, assets, deck, compiled.places_in("scripts"))]
    if compiled.page is not None:
        pieces.append(page_scripts(compiled, compiled.page, assets, deck))
    return "\n".join(filter(None, pieces))


def author_head(compiled: CompiledDeck) -> str:
    """Scripts that let the author's scripts find what was on their page."""
    if compiled.page is None:
        return ""
    from slidegen.page.author_page import page_head

    return page_head(compiled, compiled.page)


def _body_start(compiled: CompiledDeck, assets: Assets, deck: Path) -> str:
    if compiled.page is None and not compiled.deck.config.bodyStart:
        return ""
    from slidegen.page.author_page import own_body, page_body

    own = own_body(compiled, assets, deck, compiled.places_in("bodyStart"))
    included = (
        page_body(compiled.page, assets, deck, compiled.deck.variant) if compiled.page is not None else ""
    )
    return "\n".join(filter(None, (own, included)))


def render_text(
    rendered: RenderedDeck,
    compiled: CompiledDeck,
    assets: Assets,
    page_slides: Sequence[SlideView] | None = None,
) -> str:
    """The page's text; raises DeckError if a template fails.

    `page_slides` are the deck's slides if they have already been folded.
    """
    templates = compiled.project.templates
    with template_errors_as_diagnostics(templates):
        page = render_page(rendered, templates.environment(), templates.text, assets, page_slides)
    if compiled.deck.variant is None:
        return page
    if any(map(templates.replaces, PAGE_TEMPLATES)):
        page = without_marked(page, compiled.deck.variant.without)
    return without_comments(page, scripts=False)
