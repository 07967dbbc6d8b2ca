"""Saves the styles and scripts of an author's page as files of a course."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from slidegen.compile.compile import CompiledDeck
from slidegen.files.paths import resolve_links
from slidegen.files.regular import read_regular
from slidegen.page.author_page import KATEX_RULES
from slidegen.project.theme_selection import PLAIN_THEME
from slidegen.reading.html_page.superseded_scripts import data_of
from slidegen.reading.source_deck import AuthorPage
from slidegen.render.xaringan_styles import xaringan_style_name

KATEX_FILE = "/slides/katex.css"
"""Relative to the course."""


def sheets_of(
    page: AuthorPage, compiled: CompiledDeck, stem: str, home: Path
) -> list[tuple[str, str | None]]:
    """The page's style sheets in order: names relative to the deck, with their text, or None for existing files.

    `home` is the page's folder.
    """
    sheets: list[tuple[str, str | None]] = []
    if page.katex and compiled.theme.name == PLAIN_THEME:
        sheets.append((KATEX_FILE, f"{KATEX_RULES}\n"))
    for number, sheet in enumerate(page.sheets, 1):
        name = f"{stem}.css" if number == 1 else f"{stem}-{number}.css"
        if not sheet.reference:
            sheets.append((name, _with_media(sheet.span.text.strip() + "\n", sheet.media)))
        elif sheet.reference.lower().startswith("data:"):
            css = data_of(sheet.reference).decode("utf-8", "replace")
            sheets.append((name, _with_media(css, sheet.media)))
        elif (built_in := xaringan_style_name(sheet.reference)) is not None:
            copy = home / unquote(sheet.reference)
            inside = resolve_links(copy).is_relative_to(resolve_links(compiled.project.root))
            text = _text_of(copy) if inside else None
            sheets.append(
                (built_in, None) if text is None else (f"{built_in}.css", _with_media(text, sheet.media))
            )
        elif sheet.media:
            sheets.append((name, f'@import url("{sheet.reference}") {sheet.media};\n'))
        else:
            sheets.append((sheet.reference, None))
    return sheets


def scripts_of(page: AuthorPage, stem: str) -> list[tuple[str, str | None]]:
    """The page's own scripts in order: names relative to the deck, with their text, or None for existing files."""
    scripts: list[tuple[str, str | None]] = []
    for script in page.scripts:
        module = script.attributes.get("type", "").lower() == "module"
        reference = script.attributes.get("src", "")
        if reference:
            scripts.append((reference, None))
            continue
        number = f"-{len(scripts) + 1}" if scripts else ""
        name = f"{stem}{number}.{'mjs' if module else 'js'}"
        kind = script.attributes.get("type", "").lower()
        text = (
            script.text
            if module or "javascript" in kind or not kind
            else _data_script(script.attributes, script.text)
        )
        scripts.append((name, text.strip() + "\n"))
    return scripts


def body_of(page: AuthorPage, stem: str) -> list[tuple[str, str | None]]:
    """What the page's body shows beside the slides, as a file."""
    if not page.body:
        return []
    return [(f"{stem}-body.html", "".join(span.text for span in page.body).strip() + "\n")]


def front_matter(options: Mapping[str, object]) -> str:
    """Front matter with these options; empty if there are none."""
    import yaml

    if not options:
        return ""
    text = yaml.safe_dump(dict(options), sort_keys=False, allow_unicode=True, width=100)
    return f"---\n{text}---\n"


def _text_of(path: Path) -> str | None:
    """A style sheet's text; None if the file does not exist."""
    try:
        return read_regular(path).decode("utf-8", "replace")
    except OSError:
        return None


def _with_media(css: str, media: str) -> str:
    return f"@media {media} {{\n{css}}}\n" if media else css


def _data_script(attributes: Mapping[str, str], text: str) -> str:
    """A script that adds an element with data for other scripts to the page."""
    given = json.dumps({**attributes}, ensure_ascii=False)
    return (
        "{\n"
        '  const element = document.createElement("script");\n'
        f"  for (const [name, value] of Object.entries({given})) element.setAttribute(name, value);\n"
        f"  element.textContent = {json.dumps(text, ensure_ascii=False)};\n"
        "  document.body.append(element);\n"
        "}\n"
    )
