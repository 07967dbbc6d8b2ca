"""Highlight styles: every name known, every token readable."""

import re

import pytest
from pygments.styles import get_all_styles

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
from slidegen.render.code.style_names import HIGHLIGHT_JS
from slidegen.render.code.styles import YELLOW, palette
from slidegen.render.code.tokens import SCOPES

REMARK = (
    "agate androidstudio arduino-light arta ascetic atelier-cave-dark atelier-cave-light "
    "atelier-dune-dark atelier-dune-light atelier-estuary-dark atelier-estuary-light atelier-forest-dark "
    "atelier-forest-light atelier-heath-dark atelier-heath-light atelier-lakeside-dark "
    "atelier-lakeside-light atelier-plateau-dark atelier-plateau-light atelier-savanna-dark "
    "atelier-savanna-light atelier-seaside-dark atelier-seaside-light atelier-sulphurpool-dark "
    "atelier-sulphurpool-light atom-one-dark atom-one-light brown-paper codepen-embed color-brewer "
    "darcula dark default docco dracula far foundation github-gist github googlecode grayscale "
    "gruvbox-dark gruvbox-light hopscotch hybrid idea ir-black magula mono-blue monokai-sublime monokai "
    "obsidian ocean paraiso-dark paraiso-light purebasic railscasts rainbow school-book solarized-dark "
    "solarized-light sunburst tomorrow-night-blue tomorrow-night-bright tomorrow-night-eighties "
    "tomorrow-night tomorrow vs xcode xt256 zenburn"
).split()
"""The styles that remark.js 0.14.1 brings."""
ALL = sorted({*HIGHLIGHT_JS, *get_all_styles()})


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
def test_the_styles_of_remark_are_known(name: str) -> None:
    assert known_style(name)


@pytest.mark.parametrize("name", ALL)
def test_every_token_can_be_read(name: str) -> None:
    colours = palette(name)
    assert contrast(colours.foreground, colours.background) >= READABLE
    assert contrast(colours.marked_foreground, colours.marked_background) >= READABLE
    assert colours.tokens.keys() == colours.marked_tokens.keys()
    for scope in colours.tokens:
        assert contrast(colours.tokens[scope].colour, colours.background) >= READABLE, scope
        assert contrast(colours.marked_tokens[scope].colour, colours.marked_background) >= READABLE, scope


@pytest.mark.parametrize("name", ALL)
def test_a_marked_span_on_a_marked_line_can_be_read(name: str) -> None:
    colours = palette(name)
    if is_dark(colours.background):
        assert "remark-code-span-highlighted{background-color:transparent" in style_sheet(name)
        return
    twice = mix(colours.marked_background, YELLOW, 0.5)
    for look in colours.marked_tokens.values():
        assert contrast(look.colour, twice) >= READABLE


@pytest.mark.parametrize("name", sorted(HIGHLIGHT_JS))
def test_a_style_is_as_light_or_dark_as_the_one_it_stands_for(name: str) -> None:
    given = HIGHLIGHT_JS[name]
    assert is_dark(palette(given.pygments).background) == is_dark(palette(name).background)
    assert palette(name).background == parse_colour(given.background)


def test_a_diff_has_two_colours_in_every_style() -> None:
    for name in ALL:
        tokens, plain = palette(name).tokens, palette(name).foreground
        looks = [tokens[scope].colour if scope in tokens else plain for scope in ("addition", "deletion")]
        assert looks[0] != looks[1], name


def applied(css: str, name: str, scope: str) -> Colour | None:
    """The colour that the rules give a token outside marked lines, by specificity and order."""
    best: tuple[int, Colour] | None = None
    for selector, colour in re.findall(r"^(.*?)\{color:(#\w+)", css, re.M):
        match = re.fullmatch(rf"\.hljs-{name} :is\((.*)\)", selector)
        if match is None:
            continue
        selectors = match[1].split(",")
        if any(set(each.split(".")[1:]) <= set(f"hljs-{scope}".split()) for each in selectors):
            specificity = max(each.count(".") for each in selectors)
            if best is None or specificity >= best[0]:
                best = specificity, parse_colour(colour)
    return best[1] if best else None


@pytest.mark.parametrize("name", ["default", "github", "monokai", "solarized-light", "xcode"])
def test_the_rules_say_what_the_palette_says(name: str) -> None:
    css, colours = style_sheet(name), palette(name)
    for scope in SCOPES:
        look = colours.tokens.get(scope)
        assert applied(css, name, scope) == (look.colour if look else None), scope


def test_the_rules_are_those_of_remarks_default_style() -> None:
    css = style_sheet("default")
    assert css.startswith(
        ".hljs-default .hljs{display:block;overflow-x:auto;padding:.5em;color:#444;background:#f0f0f0;"
    )
    assert "rgba" not in css  # the yellow of marked lines is that of the common rules


def test_a_name_of_any_characters_is_a_selector() -> None:
    assert style_sheet("kimbie.dark").startswith(r".hljs-kimbie\.dark .hljs{")


def test_a_misspelt_style_has_near_ones() -> None:
    assert not known_style("solarised-dark")
    assert nearest_styles("solarised-dark")[0] == "solarized-dark"
    with pytest.raises(KeyError):
        style_sheet("solarised-dark")
