"""Icons of icon fonts that a deck does not have."""

from __future__ import annotations

import random
import re
from types import SimpleNamespace

import pytest

from slidegen.page import icons
from tests.projects import Project

ROCKET = '# A <i class="fa fa-rocket"></i>\n'
DRAWINGS = {name: f'<svg viewBox="0 0 8 8"><path d="{name}"/></svg>' for name in (
    "solid/rocket", "solid/house", "brands/github", "regular/envelope", "solid/envelope", "solid/file-lines",
)}  # fmt: skip


@pytest.fixture(autouse=True)
def _package(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package with a few icons, whether the real one is there or not."""
    monkeypatch.setattr(icons, "_finder", lambda: DRAWINGS.get)
    monkeypatch.setattr(icons, "_nearest", lambda name: ["rocket"] if name == "rockt" else [])


def drawn(html: str) -> list[str]:
    return re.findall(r'<path d="([^"]*)"', html)


@pytest.mark.parametrize(
    ("written", "icon"),
    [
        ('<i class="fa fa-rocket"></i>', "solid/rocket"),
        ("<i aria-hidden='true' class='fas fa-home fa-2x'></i>", "solid/house"),
        ('<i class="fab fa-github"></i>', "brands/github"),
        ('<i class="fa fa-github"></i>', "brands/github"),
        ('<i class="far fa-envelope"></i>', "regular/envelope"),
        ('<i class="fa fa-envelope-o"></i>', "regular/envelope"),
        ('<i class="fa fa-envelope"></i>', "solid/envelope"),
        ('<i class="fa fa-file-text-o"></i>', "solid/file-lines"),
        ('<i class="fa-solid fa-rocket fa-spin"></i>', "solid/rocket"),
        ('<i class="bi bi-house-fill"></i>', "solid/house"),
        ('<span class="ti ti-home"></span>', "solid/house"),
        ('<i class="bi bi-rocket-takeoff-fill"></i>', "solid/rocket"),
        ('<i class="ti ti-brand-github"></i>', "brands/github"),
        ('<i class="ti ti-mail"></i>', "solid/envelope"),
        ("![:icon rocket]", "solid/rocket"),
    ],
)
def test_an_icon_is_drawn(project: Project, written: str, icon: str) -> None:
    [slide] = project.deck(f"# A\n\nb {written} c\n").slides
    assert drawn(slide) == [icon]
    assert 'aria-hidden="true"' in slide
    assert "<i" not in slide


def test_a_label_is_what_is_read_aloud(project: Project) -> None:
    [slide] = project.deck('![:icon rocket](To <start>) <i class="fa fa-home" title="Home"></i>\n').slides
    assert 'role="img" aria-label="To &lt;start&gt;"' in slide
    assert 'role="img" aria-label="Home"' in slide
    assert "aria-hidden" not in slide


def test_its_classes_and_its_style_stay(project: Project) -> None:
    [slide] = project.deck('<i class="fa fa-rocket red fa-lg" style="color: red"></i>\n').slides
    assert '<svg class="slidegen-fa fa fa-rocket red fa-lg" style="color: red" aria-hidden="true"' in slide


def test_those_of_notes_and_steps_are_drawn_too(project: Project) -> None:
    html = project.deck(f"{ROCKET}\n--\n\n![:icon home]\n\n???\n\n![:icon github]\n").html
    assert set(drawn(html)) >= {"solid/rocket", "solid/house", "brands/github"}


@pytest.mark.parametrize("css", [".fa-rocket:before{content:'x'}", '.fa { font-family: "FontAwesome" }'])
def test_a_deck_that_has_the_font_keeps_it(project: Project, css: str) -> None:
    project.write("fa.css", css)
    [slide] = project.deck(f"---\ncss: fa.css\n---\n{ROCKET}").slides
    assert '<i class="fa fa-rocket"></i>' in slide


def test_other_elements_are_left_alone(project: Project) -> None:
    [slide] = project.deck(
        '<i class="fa">x</i> <i class="nofa fa-rocket"></i> <i class="fa-fw"></i>\n'
    ).slides
    assert "<svg" not in slide


def test_an_unknown_name_is_a_warning(project: Project) -> None:
    project.write("talk.md", '# A\n\n<i class="fa fa-rockt"></i> <i class="fa fa-rockt"></i>\n')
    ran = project.run("build", "talk.md")
    assert ran.codes == ["SG205"]
    assert "talk.md:3:" in ran.err
    assert "did you mean rocket?" in ran.err


def test_an_unknown_name_is_named_where_it_stands_first(project: Project) -> None:
    project.write("talk.md", '# A\n\nrockt ![:icon rockt]\n\n<i class="fa fa-rockt"></i>\n')
    ran = project.run("build", "talk.md")
    assert ran.codes == ["SG205"]
    assert "talk.md:3:15: " in ran.err


def test_a_missing_package_is_named_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(icons, "_finder", lambda: None)
    project.write("talk.md", f'{ROCKET}\n<i class="fa fa-home"></i>\n')
    ran = project.run("build", "talk.md")
    assert ran.codes == ["SG204"]
    assert "pip install 'slidegen[icons]'" in ran.err


def test_the_package_has_what_decks_name() -> None:
    package = pytest.importorskip("fontawesome_free_pack")
    from slidegen.page.icon_names import OF_OTHERS, RENAMED

    families = ("solid", "brands", "regular")
    missing = {
        name
        for name in (*RENAMED.values(), *OF_OTHERS.values())
        if not any(package.get_icon(f"{family}/{name}") for family in families)
    }
    assert not missing


PIECES = (
    '<i class="fa fa-rocket">', "</i>", " ", '<span class="bi bi-alarm">', "</span>", "<p>", "</p>", "x", "<", "</",
    "<i", '<i class="ti ti-bug"></i>', ">", "/",
)  # fmt: skip


def test_icons_of_a_step_are_those_of_its_whole_text() -> None:
    """Only what a step adds is searched, wherever the text grows, shrinks or changes."""
    chance = random.Random(5)
    for _ in range(2000):
        growing = icons._Growing(SimpleNamespace(icon=lambda match: f"[{match[0]}]"))  # type: ignore[arg-type]
        html = ""
        for _ in range(6):
            at = len(html) if chance.random() < 0.7 else chance.randint(0, len(html))
            added = "".join(chance.choices(PIECES, k=chance.randint(0, 4)))
            html = html[:at] + added + (html[at:] if chance.random() < 0.5 else "")
            assert growing.drawn(html) == icons.ICON.sub(lambda match: f"[{match[0]}]", html)
