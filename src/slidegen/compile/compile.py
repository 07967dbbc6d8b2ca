"""Compiles a deck's file into finished slides that only lack their assets."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from glob import escape as glob_escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.compile.include import TEXT_SUFFIXES, Inclusions
from slidegen.config import Config, Setting, configure
from slidegen.deck.leave_out import WhatIsLeft, leave_out
from slidegen.deck.model import Deck, Slide
from slidegen.deck.near_marks import NearMarks
from slidegen.deck.near_words import KEYS
from slidegen.deck.resolve import resolve
from slidegen.deck.variants import Variant, for_nobody, report_open_marks, warn_of_unknown_variants
from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter
from slidegen.files.deck_files import DeckFiles
from slidegen.files.dependencies import Reads
from slidegen.files.paths import display_path, resolve_links
from slidegen.files.read_file import read_bytes
from slidegen.option_types import MathOptions
from slidegen.patterns import lazy_compile
from slidegen.project.discovery import is_page
from slidegen.project.project import Project, as_properties, from_root
from slidegen.project.theme_selection import PLAIN_THEME, choose_theme, unknown_style_hint
from slidegen.project.variants import find_variant, known_names
from slidegen.reading.markdown import JEKYLL_MARKS, decode, read_markdown
from slidegen.reading.source_deck import AuthorPage, SourceDeck
from slidegen.render.assets import FoundFile
from slidegen.render.code import CodeOptions, CodeRenderer, known_language, known_style, nearest_languages
from slidegen.render.dialect import Dialect
from slidegen.render.macros.macros import MACRO_FOLDER, CaptionFile, Macros
from slidegen.render.math import MathRenderer
from slidegen.render.page_model import RenderedSlide
from slidegen.render.slide_content import ContentRenderer
from slidegen.render.slides import render_slides
from slidegen.render.theme import Theme
from slidegen.source import Source, Span
from slidegen.syntax.nodes import MacroCall, Property, RawDeck
from slidegen.syntax.parser import parse_deck
from slidegen.syntax.properties import PropertyRules
from slidegen.syntax.tokens import FormulaMarks

if TYPE_CHECKING:
    from slidegen.reading.html_page.page_macro import WrittenMacro
    from slidegen.render.citations.citations import Citations

HIDING = lazy_compile(r"\bexclude\s*+:|\bonly\s*+:|<!--|\[//\]: #")
"""What may hide a part of a deck."""
LOOK = ("css", "theme")
"""Options by which a deck has a look of its own."""


class WholeDeck(Struct, frozen=True):
    """A deck with all that a variant leaves out."""

    raw: RawDeck
    variables: Mapping[str, Property]


class CompiledDeck(Struct, frozen=True):
    """A deck that is understood, and what renders it."""

    path: Path
    project: Project
    deck: Deck
    theme: Theme
    content: ContentRenderer
    reporter: Reporter
    settings: tuple[Setting, ...]
    """What the deck's front matter says, with places."""
    reads: Reads
    """What its page is made from."""
    page: AuthorPage | None = None
    """The HTML page that the deck came in, if it came in one."""
    whole: WholeDeck | None = None
    """The deck of a variant as it was before something was left out."""
    variables: Mapping[str, Property] = field(default_factory=dict)
    """What `{{name}}` stands for on every slide, without what a variant leaves out."""

    def highlight_style(self, slide: Slide) -> str:
        """The highlight style of a slide: its own, the deck's, or the theme's for the ground it stands on."""
        return self._own_style(slide) or self.theme.highlight_style(slide.classes)

    def names_highlight_style(self, slide: Slide) -> bool:
        """Whether the author names the highlight style of a slide."""
        return bool(self._own_style(slide))

    def _own_style(self, slide: Slide) -> str:
        return slide.value("highlight-style") or self.deck.config.highlightStyle

    def slides(self) -> Iterator[RenderedSlide]:
        """The slides in order, references to files as they were written."""
        return render_slides(self.deck, self.content, self.highlight_style)

    @property
    def title(self) -> str:
        """The deck's own title, empty where its first heading is to stand in."""
        return self.deck.config.title


def compile_deck(
    path: Path,
    project: Project,
    folder: Path,
    reporter: Reporter,
    *,
    theme: str | None = None,
    keep_excluded: bool = False,
    reads: Reads | None = None,
    variant: str | None = None,
    as_remark: bool = False,
) -> CompiledDeck:
    """Read and understand a deck.

    `theme` is one that counts more than the deck's own. With `keep_excluded`, slides that `excludedClasses`
    leaves out stay. `variant` names the version to make. With `as_remark`, slides are as remark itself shows
    them, before scripts of the author's page change them. `reads` hears what the page is made from. Raises
    DeckError where there is no reading on; other mistakes are in the reporter.
    """
    reads = Reads() if reads is None else reads
    reads.resolve(path.absolute())
    project = project.with_dependencies(reads)
    for diagnostic in project.diagnostics:
        reporter.add(diagnostic)
    written = read_deck(path, project, folder, reads, reporter)
    brought = _brought_macros(written, project)
    base, given = project.config_for(path)
    config, unknown = configure(base, written.settings, "deck", reporter)
    version = None if variant is None else find_variant(project.variants, variant)
    if version is not None:
        config, own = configure(config, version.settings, "deck", Reporter())  # read_variants has reported
        config = from_root(config, {setting.key for setting in version.settings})
        unknown |= own
        if version.notes is not None:
            config = dataclasses.replace(config, includePresenterNotes=version.notes)
    if keep_excluded:
        config = dataclasses.replace(config, excludedClasses=())
    if written.page is not None and written.page.number and as_remark:
        config = dataclasses.replace(config, slideNumberFormat=Config().slideNumberFormat)
    if written.page is not None and not written.page.formulas and config.math == MathOptions():
        config = dataclasses.replace(config, math=MathOptions(enabled=False))
    variables: Mapping[str, Property] = {
        **project.variables,
        **as_properties(given),
        **as_properties(unknown),
    }
    files = DeckFiles.of_project(project.root, folder, config.assets.allow, reads)
    inclusions = Inclusions(
        deck=resolve_links(path),
        files=files,
        reporter=reporter,
        rules=PropertyRules.of(written.source.text),
        math=_formulas(config.math),
        has_macro=lambda name: _has_macro(project, brought, name),
        largest=config.deckLimit,
    )
    raw = parse_deck(
        written.source, reporter, start=written.start, math=_formulas(config.math), include=inclusions
    )
    warn_of_unknown_variants(raw, known_names(project.variants), version, reporter)
    whole: WholeDeck | None = None
    beside = partial(html_beside, written.page, config, files, resolve_links(path))
    if version is not None:
        whole = WholeDeck(raw, variables)
        report_open_marks(version, reporter)
        left = _leave_out(raw, version, written, config, variables, project, reporter, beside)
        raw, config, variables = left.raw, left.config, left.variables
    elif project.variants:
        everyone = [find_variant(project.variants, name) for name in known_names(project.variants)]
        _leave_out(raw, for_nobody(everyone), written, config, variables, project, reporter, beside)
    deck = resolve(raw, config, variables, reporter, version, _property_readers(project))
    places = {setting.key: setting.value_span for setting in written.settings}
    citations: Citations | None = None
    if config.bibliography:
        from slidegen.compile.bibliography import Bibliographies

        bibliographies = Bibliographies(
            deck=resolve_links(path),
            files=files,
            templates=project.templates,
            reporter=reporter,
            places=places,
            has_macro=lambda name: _has_macro(project, brought, name),
        )
        deck, citations = bibliographies.cite(deck)
    if written.page is not None and not config.theme:
        theme = theme or PLAIN_THEME
    look = choose_theme(config, theme, project.templates, places.get("theme"), reporter)
    _check_styles(deck, places.get("highlightStyle"), reporter)
    _check_language(config.highlightLanguage, places.get("highlightLanguage"), reporter)
    content = _content_renderer(path, project, deck, look, places, reporter, reads)
    content.macros.brought = brought
    content.citations = citations
    page = written.page
    if page is not None and page.source is not None and not _is_all_shown(written, config, version):
        page = replace(page, source="")  # or the page would hold what it does not show
    return CompiledDeck(
        path=path,
        project=project,
        deck=deck,
        theme=look,
        content=content,
        reporter=reporter,
        settings=written.settings,
        reads=reads,
        page=page,
        whole=whole,
        variables=variables,
    )


def _is_all_shown(written: SourceDeck, config: Config, version: Variant | None) -> bool:
    """Whether a page shows all of its deck's text to those who look for it."""
    left_out = version is not None or not config.includePresenterNotes or config.excludedClasses
    return not left_out and not HIDING.search(written.source.text)


def _formulas(math: MathOptions) -> FormulaMarks:
    """Which marks make formulas in a deck with these options."""
    if not math.enabled:
        return FormulaMarks.NONE
    found = FormulaMarks.ALL
    for wanted, mark in ((math.dollars, FormulaMarks.DOLLARS), (math.code, FormulaMarks.IN_CODE)):
        found &= found if wanted else ~mark
    return found


def _leave_out(
    raw: RawDeck,
    variant: Variant,
    written: SourceDeck,
    config: Config,
    variables: Mapping[str, Property],
    project: Project,
    reporter: Reporter,
    beside: Callable[[], Iterator[Span]],
) -> WhatIsLeft:
    """What a variant has of a deck; one without a name is only to find what looks like a mark and is none."""
    if not variant.name:
        config = dataclasses.replace(config, includePresenterNotes=variant.notes is None)
    near = NearMarks(
        classes=variant.without,
        variants=known_names(project.variants),
        notes=not config.includePresenterNotes,
        reporter=reporter,
        code=Code.NO_MARK if variant.name else Code.LIKELY_MARK,
        of_deck=Span(written.source, 0, 0),
    )
    near.settings((item.key, item.written, item.key_span) for item in written.settings)
    for span in beside():
        near.markup(span)
    left = leave_out(raw, variant, config, variables, near)
    for source in raw.included:
        if source.path.lower().endswith(TEXT_SUFFIXES) and not left.gone.covers(Span(source, 0, 0)):
            settings = read_markdown(source).settings if source.text.startswith("---") else ()
            near.settings((item.key, item.written, item.key_span) for item in settings if item.key in KEYS)
    return left


def html_beside(page: AuthorPage | None, config: Config, files: DeckFiles, deck: Path) -> Iterator[Span]:
    """The HTML that comes beside the slides: `bodyStart` and what the body of the author's page holds."""
    for reference in config.bodyStart:
        found = files.find(unquote(reference), deck)
        if isinstance(found, FoundFile):
            text = files.read(found.path).decode("utf-8-sig", "replace").replace("\r\n", "\n")
            yield Span(Source(files.shown(found.path), text), 0, len(text))
    if page is not None:
        yield from page.body


def _property_readers(project: Project) -> Callable[[MacroCall, str], bool]:
    """Says whether a macro of a name may show a property of its slide: its file names it, or its call does."""

    def reads(call: MacroCall, key: str) -> bool:
        texts = (project.templates.text(f"{MACRO_FOLDER}/{call.name}{suffix}") for suffix in (".html", ".md"))
        text = next(filter(None, texts), "")
        return "properties" in text and key in " ".join((text, *call.args, call.target))

    return reads


def _brought_macros(written: SourceDeck, project: Project) -> Mapping[str, WrittenMacro]:
    """The macros that come with a deck but for those that the user replaces."""
    found = written.page.macros if written.page is not None else {}
    return {
        name: macro
        for name, macro in found.items()
        if not any(
            project.templates.replaces(f"{MACRO_FOLDER}/{name}{suffix}") for suffix in (".html", ".md")
        )
    }


def _has_macro(project: Project, brought: Mapping[str, WrittenMacro], name: str) -> bool:
    return name in brought or any(
        project.templates.text(f"{MACRO_FOLDER}/{name}{suffix}") is not None for suffix in (".html", ".md")
    )


def _files_of(project: Project, folder: Path, reads: Reads) -> DeckFiles:
    """The files that a deck of a project may read, before its own options are known."""
    config = project.config
    return DeckFiles.of_project(project.root, folder, config.assets.allow, reads, config.deckLimit)


def read_deck(path: Path, project: Project, folder: Path, reads: Reads, reporter: Reporter) -> SourceDeck:
    """The text and settings of a deck's file, and what comes with it; raises DeckError where it cannot be read."""
    data = read_bytes(resolve_links(path), folder, reads)
    in_jekyll = project.in_jekyll(path, reads)
    if is_page(path) and not (in_jekyll and data.startswith(b"---")):
        from slidegen.compile.html_page import read_page_deck

        files = _files_of(project, folder, reads)
        written = read_page_deck(data, path if path.is_absolute() else folder / path, files, reporter)
        if written.page is not None:
            return written
    else:
        written = read_markdown(decode(display_path(path, folder), data))
    if path.suffix.lower() == ".rmd" or any(setting.key == "output" for setting in written.settings):
        from slidegen.reading.formats.xaringan import is_xaringan, read_xaringan

        if path.suffix.lower() == ".rmd" or is_xaringan(written.settings):
            written = read_xaringan(written, reporter)
            from slidegen.compile.rmarkdown import add_included_files

            files = _files_of(project, folder, reads)
            place = path if path.is_absolute() else folder / path
            return add_included_files(written, place, files, project.templates, reporter)
    if in_jekyll or any(setting.key in JEKYLL_MARKS for setting in written.settings):
        from slidegen.compile.jekyll_layouts import read_jekyll_deck

        files = _files_of(project, folder, reads)
        config = project.config_for(path)[0]
        has_look = any(getattr(config, name) for name in LOOK)
        return read_jekyll_deck(
            written,
            resolve_links(path),
            resolve_links(project.root),
            folder,
            files,
            reporter,
            has_look=has_look,
        )
    return written if is_page(path) else _as_shown(written, path, project, folder, reads, reporter)


def _as_shown(
    written: SourceDeck, path: Path, project: Project, folder: Path, reads: Reads, reporter: Reporter
) -> SourceDeck:
    """The deck with the look of a page that is made of it, or shows it by its name, unless it has its own."""
    pages = reads.listing(resolve_links(path).parent, "*.htm*")
    given = {
        *(setting.key for setting in written.settings),
        *(name for name in LOOK if getattr(project.config, name)),
    }
    if given.intersection(LOOK):
        return written
    from slidegen.compile.backslide import as_exported, find_template

    template = find_template(resolve_links(path), resolve_links(project.root), reads)
    if template is not None:
        files = _files_of(project, folder, reads)
        return as_exported(written, resolve_links(path), template, files, reporter)
    if not pages:
        return written
    from slidegen.compile.viewer_page import find_viewer, with_viewer_settings

    files = _files_of(project, folder, reads)
    viewer = find_viewer(resolve_links(path).parent, pages, files)
    if viewer is None:
        return written
    return with_viewer_settings(written, viewer, files, reporter)


def _content_renderer(
    path: Path,
    project: Project,
    deck: Deck,
    look: Theme,
    places: Mapping[str, Span],
    reporter: Reporter,
    reads: Reads,
) -> ContentRenderer:
    config = deck.config
    code = CodeOptions(
        highlight_language=config.highlightLanguage,
        highlight_lines=config.highlightLines,
        highlight_spans=config.highlightSpans,
        highlight_inline_code=config.highlightInlineCode,
        as_remark=look.name == PLAIN_THEME,
    )

    def report_slow(why: str) -> None:
        hint = "write a pattern in which no repetition stands in another, such as /«([^»]+)»/"
        place = places.get("highlightSpans")
        reporter.report(Code.SLOW_PATTERN, f"highlightSpans {why}, so it marks nothing", place, hint=hint)

    try:
        renderer = CodeRenderer(code, report_slow)
    except ValueError as error:
        message = f"highlightSpans {error}"
        raise DeckError(Diagnostic(Code.BAD_VALUE, message, places.get("highlightSpans"))) from error
    macros = Macros(
        environment=project.templates.environment(),
        deck=deck,
        reporter=reporter,
        find_captions=lambda target: _captions(path, target, reads),
        list_names=lambda: project.templates.names(MACRO_FOLDER),
    )
    math = MathRenderer(config.math.macros, number=config.math.number)
    dialect = Dialect(renderer.block, renderer.span)
    return ContentRenderer(
        deck=deck, dialect=dialect, math=math, macros=macros, reporter=reporter, code=renderer
    )


def _captions(deck: Path, target: str, reads: Reads) -> list[CaptionFile]:
    """The WebVTT files beside a film: `film.vtt`, or `film.fr.vtt` for each language."""
    if "://" in target:
        return []
    film = deck.parent / target
    captions = []
    for name in reads.listing(resolve_links(film.parent), f"{glob_escape(film.stem)}*.vtt"):
        middle = name[len(film.stem) : -len(".vtt")]
        if middle == "" or (middle.startswith(".") and "." not in middle[1:]):
            captions.append(CaptionFile(str(Path(target).with_name(name)), middle[1:] or "en"))
    return captions


def _check_styles(deck: Deck, place: Span | None, reporter: Reporter) -> None:
    """Warn of highlight styles that nobody knows, the deck's and its slides'."""
    named = [(deck.config.highlightStyle, place)]
    for slide in deck.slides:
        own = slide.properties.get("highlight-style")
        if own is not None:
            named.append((own.value, own.span))
    for name, span in named:
        if name and not known_style(name):
            message = f"there is no highlight style {name}"
            reporter.report(Code.UNKNOWN_STYLE, message, span, hint=unknown_style_hint(name))


def _check_language(name: str, place: Span | None, reporter: Reporter) -> None:
    """Warn of a language for code without one that nobody knows."""
    if not known_language(name):
        near = nearest_languages(name)
        reporter.report(
            Code.UNKNOWN_LANGUAGE,
            f"no language is called {name}, so code without a language is shown without colours",
            place,
            hint=f"did you mean {' or '.join(near)}?" if near else "leave highlightLanguage out",
        )
