"""A theme: its manifest, and the style sheets that make up its look."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.patterns import lazy_compile
from slidegen.reading.own_yaml import load_own_yaml
from slidegen.reading.yaml_error import YamlError
from slidegen.render.page.used_rules import minified
from slidegen.render.page_model import StyleSheet
from slidegen.render.template_reader import TemplateReader
from slidegen.theme_colours import inverse_rule


class Theme(Struct, frozen=True):
    """The content of `themes/NAME/theme.yml`; each key may be omitted."""

    name: str
    title: str = ""
    description: str = ""
    scheme: str = "light"
    """`light` or `dark`."""
    ratio: str = "4:3"
    """The ratio that its own examples use."""
    highlightStyle: str | Mapping[str, str] = "default"  # noqa: N815 - remark's own name
    """The default highlight style, or one for `light` and one for `dark` backgrounds."""
    codeBackground: Mapping[str, str] = field(default_factory=dict)  # noqa: N815 - as highlightStyle
    """The background of code, `#rrggbb`, by the name of a highlight style of `highlightStyle`; its own otherwise."""
    vocabulary: bool = True
    """Whether it gives colours and fonts to slidegen's vocabulary of classes; otherwise remark's rules apply."""
    progress: str = "off"
    """The default of the option `progress`: `off`, `bar` or `sections`."""
    inverse: tuple[str, ...] = ("inverse", "title", "title-slide")
    """The classes of slides on its other background, with the colours `inverse-...`."""
    inverseScheme: str = "dark"  # noqa: N815 - as scheme
    """`light` or `dark`: the kind of that background."""
    fonts: Mapping[str, str] = field(default_factory=dict)
    """Font families as CSS lists them: `text`, `heading` and `code` in Latin letters, and with `cjk: serif`
    the serifs of Chinese, Japanese and Korean."""

    def highlight_style(self, classes: Collection[str] = ()) -> str:
        """The highlight style of a slide with these classes, depending on its background."""
        if isinstance(self.highlightStyle, str):
            return self.highlightStyle
        inverse = any(name in classes for name in self.inverse)
        return self.highlightStyle[self.inverseScheme if inverse else self.scheme]


_KEYS: Mapping[str, tuple[type, ...]] = {
    "title": (str,),
    "description": (str,),
    "scheme": (str,),
    "ratio": (str,),
    "highlightStyle": (str, dict),
    "codeBackground": (dict,),
    "vocabulary": (bool,),
    "progress": (str,),
    "inverse": (list,),
    "inverseScheme": (str,),
    "fonts": (dict,),
}
_SCHEMES = ("light", "dark")
_FONTS = {
    "text": "--slidegen-latin",
    "heading": "--slidegen-heading-latin",
    "code": "--slidegen-code-font",
}
_LANGUAGES = ":root, :lang(zh), :lang(ja), :lang(ko)"


class ThemeError(ValueError):
    """A manifest is invalid; the message says why."""


def read_theme(name: str, read: TemplateReader) -> Theme | None:
    """The theme of that name; None if no template folder has its style sheet.

    Raises ThemeError for an invalid manifest.
    """
    if not re.fullmatch(r"[\w.-]+", name) or read(f"themes/{name}/theme.css") is None:
        return None
    try:
        manifest = load_own_yaml(read(f"themes/{name}/theme.yml") or "") or {}
    except YamlError as error:
        raise ThemeError(str(error)) from error
    if not isinstance(manifest, Mapping):
        raise ThemeError("the manifest of a theme is a mapping of keys to values")
    given = {key: value for key, value in manifest.items() if key in _KEYS}
    for key, value in given.items():
        if not isinstance(value, _KEYS[key]):
            kinds = " or ".join(kind.__name__ for kind in _KEYS[key])
            raise ThemeError(f"`{key}` of the theme `{name}` is not a {kinds}")
    _check(name, given)
    if "inverse" in given:
        given["inverse"] = tuple(map(str, given["inverse"]))
    return Theme(name, **given)


def _check(name: str, given: Mapping[str, Any]) -> None:
    for key in ("scheme", "inverseScheme"):
        if given.get(key, "light") not in _SCHEMES:
            raise ThemeError(f"`{key}` of the theme `{name}` is neither light nor dark")
    style = given.get("highlightStyle")
    if isinstance(style, dict) and not (
        set(style) == set(_SCHEMES) and all(isinstance(each, str) for each in style.values())
    ):
        raise ThemeError(
            f"`highlightStyle` of the theme `{name}` is no name, nor one for light and one for dark"
        )
    colours = given.get("codeBackground", {})
    if not all(re.fullmatch(r"#(?:[\da-fA-F]{3}){1,2}", str(colour)) for colour in colours.values()):
        raise ThemeError(f"`codeBackground` of the theme `{name}` has a colour that is not like #1a372d")
    wrong = [key for key in given.get("inverse", ()) if not re.fullmatch(r"[\w-]+", str(key))]
    wrong += [key for key in given.get("fonts", {}) if key not in (*_FONTS, "cjk")]
    if wrong:
        raise ThemeError(f"the theme `{name}` has `{wrong[0]}` where no such thing belongs")


def theme_styles(theme: Theme, read: TemplateReader) -> Iterator[StyleSheet]:
    """slidegen's own style sheets for a page of that theme, weakest first.

    Raises FileNotFoundError if a template folder lacks one.
    """
    yield _own("styles/base.css", "base", read)
    yield replace(_own("styles/reading.css", "base", read), media="screen")
    if theme.vocabulary:
        yield _own("styles/vocabulary.css", "vocabulary", read)
        if theme.inverse:
            yield StyleSheet(inverse_rule(theme.inverse, theme.inverseScheme), "vocabulary")
    if theme.fonts:
        yield StyleSheet(_font_rules(theme.fonts), "theme")
    yield _own(f"themes/{theme.name}/theme.css", "theme", read)


def _font_rules(fonts: Mapping[str, str]) -> str:
    families = "; ".join(f"{_FONTS[key]}: {value}" for key, value in fonts.items() if key in _FONTS)
    rules = f":root {{ {families} }}"
    if fonts.get("cjk") == "serif":
        rules += f" {_LANGUAGES} {{ --slidegen-cjk: var(--slidegen-cjk-serif); --slidegen-generic: serif }}"
    return rules


def _own(path: str, layer: str, read: TemplateReader) -> StyleSheet:
    text = read(path)
    if text is None:
        raise FileNotFoundError(path)
    return StyleSheet(minified(text), layer)


_FORMULAS = lazy_compile(
    r"(?<![\w-])(?:\.(?P<display>katex-display|MathJax(?:_SVG|_CHTML)?_Display|mjx-display)"
    r"|\.(?:katex|MathJax(?:_SVG|_CHTML|_Preview)?|mjx-chtml|mjx-math)|mjx-container|mjx-math)(?![\w-])"
)


def name_formulas(css: str) -> str:
    """An author's CSS with KaTeX's and MathJax's names for formulas replaced by slidegen's."""
    return _FORMULAS.sub(lambda match: ".slidegen-math-display" if match["display"] else _FORMULA, css)


_FORMULA = ":is(math, .math)"
"""A formula's element, in a selector that is as specific as a class."""
