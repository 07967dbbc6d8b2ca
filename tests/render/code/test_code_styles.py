"""Highlight styles: every name known, every token readable."""

import re

import pytest

from slidegen.render.code import known_style, nearest_styles, style_sheet
from slidegen.render.code.contrast import (
    READABLE,
    Colour,
    contrast,
    css_colour,
    is_dark,
    luminance,
    mix,
    parse_colour,
    readable,
)
from slidegen.render.code.style_names import NEWER
from slidegen.render.code.style_table import Look, find_style, style_names
from slidegen.render.code.styles import YELLOW, legible_style, marked

REMARK = (
    "agate androidstudio arduino-light arta ascetic atelier-cave-dark atelier-cave-light "
    "atelier-dune-dark atelier-dune-light atelier-estuary-dark atelier-estuary-light atelier-forest-dark "
    "atelier-forest-light atelier-heath-dark atelier-heath-light atelier-lakeside-dark "
    "atelier-lakeside-light atelier-plateau-dark atelier-plateau-light atelier-savanna-dark "
    "atelier-savanna-light atelier-seaside-dark atelier-seaside-light atelier-sulphurpool-dark "
    "atelier-sulphurpool-light atom-one-dark atom-one-light brown-paper codepen-embed color-brewer "
    "darcula dark default docco dracula far foundation github-gist github googlecode grayscale "
    "gruvbox-dark gruvbox-light hopscotch hybrid idea ir-black kimbie.dark "
    "kimbie.light magula mono-blue monokai-sublime monokai obsidian ocean paraiso-dark paraiso-light purebasic "
    "qtcreator_dark "
    "qtcreator_light railscasts rainbow school-book solarized-dark "
    "solarized-light sunburst tomorrow-night-blue tomorrow-night-bright tomorrow-night-eighties "
    "tomorrow-night tomorrow vs xcode xt256 zenburn"
).split()
"""The styles that remark.js 0.14.1 brings."""
ALL = sorted(style_names())


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#fff", "#000", 21), ("#fff", "#fff", 1), ("#767676", "#fff", 4.54), ("#ff0000", "#fff", 4.0)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(parse_colour(one), parse_colour(other)) == pytest.approx(ratio, abs=0.005)
    assert contrast(parse_colour(other), parse_colour(one)) == pytest.approx(ratio, abs=0.005)


def test_luminance_is_that_of_wcag() -> None:
    assert luminance((0, 0, 255)) == pytest.approx(0.0722)


def test_colours_are_read_and_written_as_css() -> None:
    assert parse_colour("#1a2") == parse_colour("11aa22") == (17, 170, 34)
    assert css_colour((17, 170, 34)) == "#1a2"
    assert css_colour((17, 170, 35)) == "#11aa23"


def test_a_readable_colour_stays_and_another_moves_no_further_than_it_must() -> None:
    assert readable((0, 0, 200), (255, 255, 255)) == (0, 0, 200)
    moved = readable((255, 200, 0), (255, 255, 255))
    assert READABLE <= contrast(moved, (255, 255, 255)) < READABLE + 0.6
    assert moved[0] > moved[1] > moved[2] == 0
    assert contrast(readable((60, 60, 60), (0, 0, 80)), (0, 0, 80)) >= READABLE


@pytest.mark.parametrize("name", REMARK)
def test_the_styles_of_remark_have_colours_of_their_own(name: str) -> None:
    assert known_style(name)
    assert name not in NEWER
    assert len(set(find_style(name).looks.values()) - {Look()}) > 2


@pytest.mark.parametrize(
    ("name", "ground", "comment", "keyword", "string"),
    [
        ("github", "#f8f8f8", "#998", "#333", "#d14"),
        ("monokai", "#272822", "#75715e", "#f92672", "#a6e22e"),
        ("zenburn", "#3f3f3f", "#7f9f7f", "#e3ceab", "#cc9393"),
        ("solarized-light", "#fdf6e3", "#93a1a1", "#859900", "#2aa198"),
        ("tomorrow-night", "#1d1f21", "#969896", "#b294bb", "#b5bd68"),
        ("dracula", "#282a36", "#6272a4", "#8be9fd", "#f1fa8c"),
        ("vs", "#fff", "#008000", "#00f", "#a31515"),
    ],
)
def test_colours_are_those_of_remark(name: str, ground: str, comment: str, keyword: str, string: str) -> None:
    css = style_sheet(name)
    assert f"background:{ground};" in css
    for scope, colour in (("comment", comment), ("keyword", keyword), ("string", string)):
        assert applied(css, name, scope) == parse_colour(colour), scope


@pytest.mark.parametrize("name", ALL)
def test_every_token_of_a_legible_style_can_be_read(name: str) -> None:
    style = legible_style(name)
    there = marked(style)
    assert contrast(style.foreground, style.background) >= READABLE
    assert contrast(there.foreground, there.background) >= READABLE
    assert style.looks.keys() == there.looks.keys() == find_style(name).looks.keys()
    for looks, ground in ((style.looks, style.background), (there.looks, there.background)):
        for scope, look in looks.items():
            if look.colour:
                assert contrast(look.colour, look.ground or ground) >= READABLE, scope


@pytest.mark.parametrize("background", ["#1a382e", "#fff", "#777"])
@pytest.mark.parametrize("name", ["github", "zenburn", "dracula"])
def test_a_style_can_be_read_on_another_background(name: str, background: str) -> None:
    css = style_sheet(name, legible=True, background=background)
    assert f"background:{background};" in css
    for scope in ("comment", "keyword", "string"):
        assert contrast(applied(css, name, scope), parse_colour(background)) >= READABLE, scope
    assert style_sheet(name, background=background) == style_sheet(name)


@pytest.mark.parametrize("name", ALL)
def test_a_marked_span_on_a_marked_line_can_be_read(name: str) -> None:
    there = marked(legible_style(name))
    if is_dark(find_style(name).background):
        css = style_sheet(name, legible=True)
        assert "remark-code-span-highlighted{background-color:transparent" in css
        return
    twice = mix(there.background, YELLOW, 0.5)
    for look in there.looks.values():
        if look.colour and not look.ground:
            assert contrast(look.colour, twice) >= READABLE


@pytest.mark.parametrize("name", ["github", "monokai", "kimbie.dark", "nord"])
def test_what_the_author_names_is_not_changed_for_contrast(name: str) -> None:
    exact, legible = style_sheet(name), style_sheet(name, legible=True)
    assert "rgba" not in exact  # marked lines are as yellow as in remark, and letters there as they are
    assert ":is(.remark-code-line-highlighted" not in exact
    assert exact != legible


@pytest.mark.parametrize("name", sorted(NEWER))
def test_a_newer_style_is_as_light_or_dark_as_the_one_it_stands_for(name: str) -> None:
    given = NEWER[name]
    assert is_dark(find_style(given.pygments).background) == is_dark(find_style(name).background)
    assert find_style(name).background == parse_colour(given.background)


def test_a_diff_has_two_colours_in_every_style_of_pygments() -> None:
    for name in NEWER:
        looks = find_style(name).looks
        assert looks.get("addition") != looks.get("deletion"), name


def applied(css: str, name: str, scope: str) -> Colour | None:
    """The colour that the rules give a token outside marked lines."""
    found = None
    for selector, colour in re.findall(r"^(.*?)\{(?:color:(#\w+))?", css, re.M):
        match = re.fullmatch(rf"\.hljs-{name} (?::is\((.*)\)|(\S+))", selector)
        if match and colour and f".hljs-{scope}" in (match[1] or match[2]).split(","):
            found = parse_colour(colour)
    return found


def test_a_scope_in_another_has_a_rule_of_its_own() -> None:
    assert ".hljs-github .hljs-tag .hljs-attr{color:#008080" in style_sheet("github")
    assert ".hljs-monokai .hljs-class .hljs-title{color:#fff" in style_sheet("monokai")
    assert ".hljs-github .hljs-addition{background:#dfd}" in style_sheet("github")


def test_the_rules_are_those_of_remarks_default_style() -> None:
    css = style_sheet("default")
    assert css.startswith(
        ".hljs-default .hljs{display:block;overflow-x:auto;padding:.5em;color:#444;background:#f0f0f0;"
    )


def test_a_name_of_any_characters_is_a_selector() -> None:
    assert style_sheet("kimbie.dark").startswith(r".hljs-kimbie\.dark .hljs{")


def test_a_misspelt_style_has_near_ones() -> None:
    assert not known_style("solarised-dark")
    assert nearest_styles("solarised-dark")[0] == "solarized-dark"
    with pytest.raises(KeyError):
        style_sheet("solarised-dark")
