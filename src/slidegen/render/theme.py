"""A theme: its manifest, and the style sheets that make its look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from slidegen.render.rendered import StyleSheet
from slidegen.render.runtime import TemplateReader


@dataclass(frozen=True, slots=True)
class Theme:
    """What `themes/NAME/theme.yml` says; each key may be left out."""

    name: str
    title: str = ""
    description: str = ""
    scheme: str = "light"
    """`light` or `dark`."""
    ratio: str = "4:3"
    """The ratio that its own examples use."""
    highlightStyle: str = "default"  # noqa: N815 - remark's own name
    """The highlight style that goes with it, where the deck names none."""
    vocabulary: bool = True
    """Whether it gives colours and fonts to slidegen's vocabulary of classes; else remark's rules hold."""


_KEYS = {field.name: type(field.default) for field in fields(Theme) if field.name != "name"}


class ThemeError(ValueError):
    """A manifest that is not one; the message says why."""


def read_theme(name: str, read: TemplateReader) -> Theme | None:
    """The theme of that name; None where no template folder has its style sheet.

    Raises ThemeError, and yaml.YAMLError for a manifest that does not parse.
    """
    from yaml import safe_load

    if not re.fullmatch(r"[\w.-]+", name) or read(f"themes/{name}/theme.css") is None:
        return None
    manifest = safe_load(read(f"themes/{name}/theme.yml") or "") or {}
    if not isinstance(manifest, Mapping):
        raise ThemeError("the manifest of a theme is a mapping of keys to values")
    given = {key: value for key, value in manifest.items() if key in _KEYS}
    for key, value in given.items():
        if not isinstance(value, _KEYS[key]):
            raise ThemeError(f"`{key}` of the theme `{name}` is not a {_KEYS[key].__name__}")
    return Theme(name, **given)


def theme_styles(theme: Theme, read: TemplateReader) -> Iterator[StyleSheet]:
    """slidegen's own style sheets for a page of that theme, weakest first.

    Raises FileNotFoundError where a template folder lacks one.
    """
    yield _own("styles/base.css", "base", read)
    if theme.vocabulary:
        yield _own("styles/vocabulary.css", "vocabulary", read)
    yield _own(f"themes/{theme.name}/theme.css", "theme", read)


def _own(path: str, layer: str, read: TemplateReader) -> StyleSheet:
    text = read(path)
    if text is None:
        raise FileNotFoundError(path)
    return StyleSheet(compact_css(text), layer)


_CSS_PART = re.compile(
    r"""(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|url\([^)"']*\))|(?:/\*.*?\*/|\s)+""", re.DOTALL
)


def compact_css(css: str) -> str:
    """CSS without its comments and with single blanks for its white space."""
    return _CSS_PART.sub(lambda match: match["string"] or " ", css).strip()
