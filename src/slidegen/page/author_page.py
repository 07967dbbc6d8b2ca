"""Carries over what an author's HTML page contributes: style sheets, scripts and slide numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from msgspec.structs import replace

from slidegen.compile.compile import CompiledDeck
from slidegen.deck.variants import Variant
from slidegen.files.paths import resolve_links
from slidegen.project.theme_selection import PLAIN_THEME
from slidegen.reading.html_page.superseded_scripts import data_of
from slidegen.reading.markdown import decode
from slidegen.reading.source_deck import AuthorPage, WrittenScript
from slidegen.references import FoundFile, MissingFile, is_local, read_reference
from slidegen.render.assets import Assets, Locate
from slidegen.render.html.visible import Cleaner, without_comments
from slidegen.render.page.scripts import compact
from slidegen.render.page_model import StyleSheet
from slidegen.render.theme import name_formulas
from slidegen.render.xaringan_styles import has_xaringan_style, xaringan_style_name, xaringan_style_sheets
from slidegen.source import Span

KATEX_RULES = "math { font-size: 1.21em; }"
"""KaTeX sets formulas larger than text, and authors' style sheets rely on it."""

TIMING_SCRIPT = "xaringan/timing.js"


def page_styles(compiled: CompiledDeck, page: AuthorPage, assets: Assets, deck: Path) -> Iterator[StyleSheet]:
    """The page's style sheets in order."""
    plain = compiled.theme.name == PLAIN_THEME
    if page.katex and plain:
        yield StyleSheet(KATEX_RULES)
    for sheet in page.sheets:
        if not sheet.reference:
            text: str | None = assets.css(sheet.span.text, deck, sheet.span.find)
        elif sheet.reference.lower().startswith("data:"):
            text = assets.css(data_of(sheet.reference).decode("utf-8", "replace"), deck, sheet.span.find)
        elif (name := _missing_xaringan_style(compiled, sheet.reference, deck)) is not None:
            sheets = xaringan_style_sheets([name], compiled.project.templates.text)
            yield from (replace(each, layer="") for each in sheets) if plain else sheets
            continue
        elif (source := _sass_source(assets, sheet.reference, deck)) is not None:
            text = _compiled(compiled, source, assets)
        else:
            text = assets.css_file(sheet.reference, deck, sheet.span.find)
        if text:
            yield StyleSheet(name_formulas(text), media=sheet.media)


def _sass_source(assets: Assets, reference: str, deck: Path) -> Path | None:
    """The Sass source from which Jekyll makes a style sheet that does not exist itself."""
    path = read_reference(reference).path
    if not is_local(reference) or not path.endswith(".css"):
        return None
    if not isinstance(assets.files.find(path, deck), MissingFile):
        return None
    found = (assets.files.find(path.removesuffix(".css") + suffix, deck) for suffix in (".scss", ".sass"))
    return next((item.path for item in found if isinstance(item, FoundFile)), None)


def _compiled(compiled: CompiledDeck, path: Path, assets: Assets) -> str:
    """The CSS of a Sass file; like Jekyll, it can import from a folder `_sass` above it."""
    from slidegen.compile.sass import compile_sass

    sheet = decode(assets.files.shown(path), assets.files.read(path))
    root = resolve_links(compiled.project.root)
    folders = [parent / "_sass" for parent in path.parents if parent.is_relative_to(root)]
    css = compile_sass(sheet, path, root, folders, compiled.reads, compiled.reporter)
    return assets.css(css, path, Span(sheet, 0, len(sheet.text)).find)


def _missing_xaringan_style(compiled: CompiledDeck, reference: str, deck: Path) -> str | None:
    """The name of xaringan's style sheet that a page links to, if only slidegen's copy exists."""
    name = xaringan_style_name(reference)
    if name is None or not has_xaringan_style(name, compiled.project.templates.text):
        return None
    return None if compiled.reads.is_file(deck.parent / unquote(reference)) else name


def page_scripts(compiled: CompiledDeck, page: AuthorPage, assets: Assets, deck: Path) -> str:
    """The page's own scripts as HTML, with local files embedded."""
    timing = {"countdown": page.countdown}
    pieces = [_call(compiled, TIMING_SCRIPT, timing)] if page.countdown else []
    template = compiled.project.templates.environment().get_template("scripts.html")
    for script in page.scripts:
        html = template.render(attributes=_attributes(script), text=script.text)
        html = html if compiled.deck.variant is None else without_comments(html)
        pieces.append(assets.html(html, deck, script.span.find))
    return "\n".join(pieces)


def own_scripts(compiled: CompiledDeck, assets: Assets, deck: Path, locate: Locate) -> str:
    """The deck's `scripts:` as HTML, with local files embedded."""
    if not compiled.deck.config.scripts:
        return ""
    template = compiled.project.templates.environment().get_template("scripts.html")
    pieces = []
    for reference in compiled.deck.config.scripts:
        attributes = {"src": reference, **({"type": "module"} if reference.endswith(".mjs") else {})}
        pieces.append(assets.html(template.render(attributes=attributes, text=""), deck, locate))
    return "\n".join(pieces)


def page_head(compiled: CompiledDeck, page: AuthorPage) -> str:
    """Scripts that run before all others, and set up what the page's scripts expect to find."""
    wanted = {
        "absent": page.absent,
        "source": page.source,
        "pairs": page.paired,
    }
    calls = [(f"page/{name}.js", value) for name, value in wanted.items() if value not in (None, ())]
    return "\n".join(_call(compiled, path, value) for path, value in calls)


def _call(compiled: CompiledDeck, path: str, value: object) -> str:
    """A script that calls the function in a template with a value."""
    function = compact(compiled.project.templates.text(path) or "").strip()
    given = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
    template = compiled.project.templates.environment().get_template("scripts.html")
    return template.render(attributes={}, text=f"({function})({given});")


def page_body(page: AuthorPage, assets: Assets, deck: Path, variant: Variant | None) -> str:
    """What the page's body shows beside the slides."""
    if not page.body:
        return ""

    def locate(written: str) -> Span | None:
        return next((span.find(written) for span in page.body if written in span.text), page.body[0])

    html = "".join(span.text for span in page.body)
    if variant is not None:
        html = Cleaner(variant.without).text("html", html)
    return assets.html(html, deck, locate)


def own_body(compiled: CompiledDeck, assets: Assets, deck: Path, locate: Locate) -> str:
    """The HTML of the deck's `bodyStart`."""
    found = (assets.html_file(reference, deck, locate) for reference in compiled.deck.config.bodyStart)
    return "\n".join(filter(None, found))


def _attributes(script: WrittenScript) -> dict[str, str]:
    """A script's attributes; scripts run in order, without `async` or `defer`."""
    return {name: value for name, value in script.attributes.items() if name not in ("defer", "async")}
