"""xaringan's built-in style sheets, by name, as slidegen's own versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from slidegen.patterns import lazy_compile
from slidegen.render.page.used_rules import minified
from slidegen.render.page_model import StyleSheet
from slidegen.render.template_reader import TemplateReader

STYLE_FOLDER = "styles/xaringan"
FONTS = "-fonts"
COPIES = "remark-css"
"""The folder, below `lib_dir`, with copies of xaringan's own in knitted pages; older ones add a version."""

IMPORT = lazy_compile(r'@import "([\w-]+)\.css";\n')
"""Takes the rules of another of xaringan's style sheets, which stand in the style sheet instead."""


def xaringan_style_name(reference: str) -> str | None:
    """The name in an entry of `css:` or a link of a knitted page; None if it names a file.

    `metropolis` and `libs/remark-css-0.0.1/metropolis.css` both mean `metropolis`.
    """
    *folders, name = reference.strip().split("/")
    if not folders:
        return name if name and "." not in name and ":" not in name else None
    if folders[-1].startswith(COPIES) and name.endswith(".css"):
        return name.removesuffix(".css")
    return None


def xaringan_style_sheets(names: Iterable[str], read: TemplateReader) -> Iterator[StyleSheet]:
    """The style sheets with these names, as far as they exist, after what all of them share."""
    texts = {name: text for name in names if (text := _style_text(name, read)) is not None}
    if not texts:
        return
    shared = ["_shared"] if any(not name.endswith(FONTS) for name in texts) else []
    fonts = ["_fonts"] if any(name.endswith(FONTS) for name in texts) else []
    for text in (*(_style_text(name, read) or "" for name in (*shared, *fonts)), *texts.values()):
        yield StyleSheet(minified(text), "theme")


def _style_text(name: str, read: TemplateReader) -> str | None:
    """The rules of a style sheet, with those that it imports; None if there is none of that name."""
    text = read(f"{STYLE_FOLDER}/{name}.css")
    return None if text is None else IMPORT.sub(lambda match: _style_text(match[1], read) or "", text)


def has_xaringan_style(name: str, read: TemplateReader) -> bool:
    """Whether xaringan has a style sheet of that name."""
    return not name.startswith("_") and read(f"{STYLE_FOLDER}/{name}.css") is not None
