"""Manifests and style sheets of themes."""

from __future__ import annotations

import pytest

from slidegen.render.theme import Theme, ThemeError, compact_css, read_theme, theme_styles
from tests.pages import FOLDERS


@pytest.mark.parametrize(
    ("name", "scheme", "layers"),
    [
        ("remark", "light", ["base", "theme"]),
        ("lecture", "light", ["base", "vocabulary", "theme"]),
        ("slate", "dark", ["base", "vocabulary", "theme"]),
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
    ],
)
def test_a_manifest_that_is_wrong(manifest: str, message: str) -> None:
    files = {"themes/mine/theme.css": "", "themes/mine/theme.yml": manifest}
    with pytest.raises(ThemeError, match=message):
        read_theme("mine", files.get)


def test_compact_css() -> None:
    css = "/* a */ a {\n  content: '/* b */  x';\n  background: url(data:x,/*y*/);\n}\n/* c */\n"
    assert compact_css(css) == "a { content: '/* b */  x'; background: url(data:x,/*y*/); }"
