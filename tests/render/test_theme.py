"""Manifests and style sheets of themes."""

from __future__ import annotations

import pytest

from slidegen.render.theme import Theme, ThemeError, name_formulas, read_theme, theme_styles
from tests.pages import FOLDERS


@pytest.mark.parametrize(
    ("name", "scheme", "layers"),
    [
        ("remark", "light", ["base", "base", "theme"]),
        ("lecture", "light", ["base", "base", "vocabulary", "vocabulary", "theme"]),
        ("slate", "dark", ["base", "base", "vocabulary", "vocabulary", "theme"]),
        ("chalk", "dark", ["base", "base", "vocabulary", "vocabulary", "theme", "theme"]),
        ("paper", "light", ["base", "base", "vocabulary", "vocabulary", "theme", "theme"]),
    ],
)
def test_slidegens_own_themes(name: str, scheme: str, layers: list[str]) -> None:
    theme = read_theme(name, FOLDERS.text)
    assert theme is not None
    assert theme.scheme == scheme
    assert theme.title
    assert [sheet.layer for sheet in theme_styles(theme, FOLDERS.text)] == layers


def test_a_theme_needs_no_manifest() -> None:
    assert read_theme("mine", {"themes/mine/theme.css": ""}.get) == Theme("mine")


@pytest.mark.parametrize("name", ["none", "../lecture", "", "a/b"])
def test_a_theme_that_is_not_there(name: str) -> None:
    assert read_theme(name, FOLDERS.text) is None


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("- a", "a mapping"),
        ("title: 3", "`title` of the theme `mine` is not a str"),
        ("vocabulary: no idea", "a bool"),
        ("scheme: pink", "neither light nor dark"),
        ("highlightStyle: {light: github}", "one for light and one for dark"),
        ("highlightStyle: 3", "not a str or dict"),
        ("codeBackground: black", "not a dict"),
        ("codeBackground: {nord: black}", "not like #1a372d"),
        ("inverse: ['a b']", "`a b`"),
        ("fonts: {body: Arial}", "`body`"),
    ],
)
def test_a_manifest_that_is_wrong(manifest: str, message: str) -> None:
    files = {"themes/mine/theme.css": "/* mine */", "themes/mine/theme.yml": manifest}
    with pytest.raises(ThemeError, match=message):
        read_theme("mine", files.get)


def test_fonts_of_a_manifest() -> None:
    manifest = "fonts: {text: 'Charter, Georgia', code: Hack, cjk: serif}"
    files = {"themes/mine/theme.css": "/* mine */", "themes/mine/theme.yml": manifest}
    theme = read_theme("mine", files.get)
    assert theme is not None
    css = " ".join(
        sheet.text for sheet in theme_styles(theme, lambda name: files.get(name) or FOLDERS.text(name))
    )
    assert ":root { --slidegen-latin: Charter, Georgia; --slidegen-code-font: Hack }" in css
    assert "--slidegen-cjk: var(--slidegen-cjk-serif); --slidegen-generic: serif" in css


@pytest.mark.parametrize(
    ("css", "named"),
    [
        (
            ".black .katex, .katex-display { color: red }",
            ".black :is(math, .math), .slidegen-math-display { color: red }",
        ),
        (".a .MathJax_Display { x: y } .MathJax{}", ".a .slidegen-math-display { x: y } :is(math, .math){}"),
        ("mjx-container { x: y }", ":is(math, .math) { x: y }"),
        (".katexes, .my-katex, .katex-x { x: y }", ".katexes, .my-katex, .katex-x { x: y }"),
    ],
)
def test_rules_for_the_formulas_of_katex_and_mathjax_are_rules_for_slidegens(css: str, named: str) -> None:
    assert name_formulas(css) == named
