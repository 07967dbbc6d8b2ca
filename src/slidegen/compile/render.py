"""Prepares the rendering of a resolved deck: its theme, and what turns its slides into HTML."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from slidegen.compile.configure import ConfiguredDeck
from slidegen.compile.context import DeckContext
from slidegen.compile.language_tags import check_language_tags
from slidegen.config import Config
from slidegen.deck.model import Deck
from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter
from slidegen.files.dependencies import Reads
from slidegen.files.paths import resolve_links
from slidegen.project.theme_selection import PLAIN_THEME, choose_theme, unknown_style_hint
from slidegen.project.translations import CALLOUTS, read_words
from slidegen.render.code import CodeOptions, CodeRenderer, known_language, known_style, nearest_languages
from slidegen.render.dialect import Dialect
from slidegen.render.fence_checks import FenceChecks
from slidegen.render.macros.macros import MACRO_FOLDER, CaptionFile, Macros
from slidegen.render.math import MathRenderer
from slidegen.render.slide_content import ContentRenderer
from slidegen.render.theme import Theme
from slidegen.source import Span
from slidegen.spelling import suggest

if TYPE_CHECKING:
    from slidegen.render.citations.citations import Citations
    from slidegen.render.mermaid import Drawn


def select_theme(settings: ConfiguredDeck, deck: DeckContext, asked: str | None) -> Theme:
    """The theme of a deck: `asked`, else the deck's own, else remark's for one that came in a page."""
    config = settings.config
    if settings.source.page is not None and not config.theme:
        asked = asked or PLAIN_THEME
    place = settings.places.get("theme")
    return choose_theme(config, asked, deck.project.templates, place, deck.reporter)


def content_renderer(
    resolved: Deck, citations: Citations | None, theme: Theme, settings: ConfiguredDeck, deck: DeckContext
) -> ContentRenderer:
    """The renderer for the slides of a deck; unknown styles and languages are reported.

    Raises DeckError for an invalid pattern in `highlightSpans`.
    """
    places, reporter = settings.places, deck.reporter
    _check_styles(resolved, places.get("highlightStyle"), reporter)
    _check_language(resolved.config.highlightLanguage, places.get("highlightLanguage"), reporter)
    check_language_tags(resolved, places.get("lang"), reporter)
    _check_extras(resolved.config, places.get("extras"), reporter)
    code = _code_renderer(resolved.config, theme, places, reporter)
    math = resolved.config.math
    macros = Macros(
        environment=deck.project.templates.environment(),
        deck=resolved,
        reporter=reporter,
        find_captions=lambda target: _captions(deck.path, target, deck.reads),
        list_names=lambda: deck.project.templates.names(MACRO_FOLDER),
        author_macros=settings.macros.author_macros,
        replaces=deck.project.templates.replaces,
    )
    return ContentRenderer(
        deck=resolved,
        dialect=Dialect(
            code.block,
            code.span,
            lambda: read_words(resolved.config.lang, deck.project.templates, CALLOUTS),
            resolved.config.extras,
        ),
        math=MathRenderer(math.macros, number=math.number),
        macros=macros,
        reporter=reporter,
        code=code,
        fences=FenceChecks(reporter, draw_diagram),
        citations=citations,
    )


def draw_diagram(kind: str, text: str) -> Drawn | None:
    """Draw a diagram; None if the package that draws it is missing."""
    if kind == "dot":
        from slidegen.compile.dot import draw_dot

        return draw_dot(text)
    from slidegen.render.mermaid import draw_mermaid

    return draw_mermaid(text)


def _drawing(text: str, info: str) -> str | None:
    """A block of code as a diagram; None if it is not one."""
    if not info.lower().lstrip(" {.").startswith(("mermaid", "dot", "graphviz")):
        return None
    from slidegen.render.diagrams import drawing  # few decks have one

    return drawing(draw_diagram, text, info)


def _code_renderer(
    config: Config, theme: Theme, places: Mapping[str, Span], reporter: Reporter
) -> CodeRenderer:
    code = CodeOptions(
        highlight_language=config.highlightLanguage,
        highlight_lines=config.highlightLines,
        highlight_spans=config.highlightSpans,
        highlight_inline_code=config.highlightInlineCode,
        as_remark=theme.name == PLAIN_THEME,
    )
    place = places.get("highlightSpans")

    def report_slow(why: str) -> None:
        hint = "write a pattern without nested repetitions, such as /«([^»]+)»/"
        reporter.report(Code.SLOW_PATTERN, f"highlightSpans {why}, so it marks nothing", place, hint=hint)

    try:
        return CodeRenderer(code, report_slow, draw=_drawing)
    except ValueError as error:
        raise DeckError(Diagnostic(Code.BAD_VALUE, f"highlightSpans {error}", place)) from error


def _captions(deck: Path, target: str, reads: Reads) -> list[CaptionFile]:
    """The WebVTT files beside a video: `film.vtt`, or `film.fr.vtt` for each language."""
    if "://" in target:
        return []
    from glob import escape  # few decks have videos

    film = deck.parent / target
    captions = []
    for name in reads.listing(resolve_links(film.parent), f"{escape(film.stem)}*.vtt"):
        middle = name[len(film.stem) : -len(".vtt")]
        if middle == "" or (middle.startswith(".") and "." not in middle[1:]):
            captions.append(CaptionFile(str(Path(target).with_name(name)), middle[1:] or "en"))
    return captions


def _check_extras(config: Config, place: Span | None, reporter: Reporter) -> None:
    """Name the package that emoji need, if it is missing."""
    if "emoji" in config.extras and find_spec("emoji") is None:
        message = "emoji are shown by their names, since the package that knows them is missing"
        reporter.report(Code.MISSING_EXTRA, message, place, hint="pip install 'slidegen[icons]'")


def _check_styles(deck: Deck, place: Span | None, reporter: Reporter) -> None:
    """Warn of unknown highlight styles of the deck or its slides."""
    for name, span in ((deck.config.highlightStyle, place), *deck.own_values("highlight-style")):
        if name and not known_style(name):
            message = f"there is no highlight style {name}"
            reporter.report(Code.UNKNOWN_STYLE, message, span, hint=unknown_style_hint(name))


def _check_language(name: str, place: Span | None, reporter: Reporter) -> None:
    """Warn of an unknown language for code that names none."""
    if not known_language(name):
        reporter.report(
            Code.UNKNOWN_LANGUAGE,
            f"no language is called {name}, so code without a language is shown without colours",
            place,
            hint=suggest(*nearest_languages(name), otherwise="leave highlightLanguage out"),
        )
