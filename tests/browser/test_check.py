"""What `check --browser` sees, in the browser that is installed."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from slidegen.check import axe
from tests.conftest import PROGRAMS
from tests.pictures import png_of
from tests.projects import PIXEL, Project

pytestmark = pytest.mark.skipif(not any(map(shutil.which, PROGRAMS)), reason="no Chromium is installed")

ROOT = Path(__file__).parents[2]
ITEMS = "".join(f"- item {number}\n" for number in range(1, 31))
STEPS = "".join(f"\n--\n\n- item {number}\n" for number in range(1, 31))
# SG394, SG395, SG396, SG397, SG398, SG399, SG400 and SG402, by the names of their rules
WRONG = [
    ("overflow", 0, "px too high; the last", f"# A\n\n{ITEMS}"),
    ("overflow", 0, "px too high", f"# A\n{STEPS}"),
    ("overflow", 4, "px too wide", f"# A\n\n```\n{'long ' * 60}\n```\n"),
    (
        "overflow",
        0,
        "under the footer",
        "---\nfooter: the first line of it<br>the second line of it<br>the third line of it\n---\n# A\n\n"
        + "- item\n" * 12,
    ),
    ("small-text", 3, "9 px", '# A\n\n<span style="font-size: 9px">tiny text</span>\n'),
    ("low-contrast", 3, "#bbbbbb on #ffffff", '# A\n\n<span style="color: #bbb">light text</span>\n'),
    ("low-contrast", 3, "on #ffffff", '# A\n\n<span style="color: oklch(0.85 0.05 145)">light text</span>\n'),
    (
        "low-contrast",
        3,
        "#ffffff on",
        '# A\n\n<p style="color: #fff; background: linear-gradient(#eee, #fff)">light text</p>\n',
    ),
    ("enlarged-image", 3, "shown 200 wide", "# A\n\n![:width 200px, a](a.png)\n"),
    ("empty-slide", 0, "shows nothing", "# A\n\n---\n\n---\n\n# B\n"),
    ("no-label", 5, "no name", '# A\n\ntext\n\n<button id="go"></button>\n'),
    ("no-label", 5, "no name", '# A\n\ntext\n\n<div role="button" id="go" tabindex="0"></div>\n'),
    ("accessibility", 5, "aria-roles", '# A\n\ntext\n\n<div role="buton">press</div>\n\n---\n\n# B\n'),
    ("accessibility", 7, "aria-valid-attr", '# A\n\n---\n\n# B\n\n<p id="b" aria-lable="b">b</p>\n'),
    ("accessibility", 3, "(list)", "# A\n\n<ul><div>no item</div></ul>\n\n---\n\n# B\n"),
    ("console-error", 0, "oops", '# A\n\n<script>console.error("oops")</script>\n'),
    ("failed-request", 0, "missing.json", '# A\n\n<script>fetch("missing.json").catch(() => 0)</script>\n'),
]
RIGHT = [
    "# A\n\n- one\n- two\n\n```python\nx = 1\n```\n\n???\n\n" + "notes " * 500,
    '# A\n\n<p style="color: #fff; background: linear-gradient(#000, #222)">light text</p>\n',
    "# A\n\n![:width 1px, a](a.png)\n",
    '# A\n\n<img src="a.png" alt="" style="position: absolute; right: -90px; bottom: -90px">\n',
    f"<!-- check: allow overflow -->\n\n# A\n\n{ITEMS}",
    "fit: true\n\n# A\n\n" + "- item\n" * 14,
]


def seen(project: Project, text: str) -> list[dict[str, Any]]:
    project.write("a.png", PIXEL)
    project.write("deck.md", text)
    items: list[dict[str, Any]] = json.loads(
        project.run("check", "--browser", "deck.md", "--format", "json").out
    )
    return items


@pytest.mark.parametrize(("rule", "line", "says", "text"), WRONG)
def test_a_browser_finds(project: Project, rule: str, line: int, says: str, text: str) -> None:
    found = [item for item in seen(project, text) if item["rule"] == rule]
    assert found
    assert says in found[0]["message"]
    assert not line or found[0]["line"] == line


@pytest.mark.parametrize("text", RIGHT)
def test_a_browser_finds_nothing_where_nothing_is_wrong(project: Project, text: str) -> None:
    assert seen(project, text) == []


@pytest.mark.parametrize("rule", sorted({rule for rule, *_ in WRONG}))
def test_a_browsers_rule_is_switched_off_everywhere(project: Project, rule: str) -> None:
    text = next(text for name, _, _, text in WRONG if name == rule and text.startswith("# A"))
    allowed = f"<!-- check: allow {rule} -->\n\n"
    project.write("a.png", PIXEL)
    project.write("on.md", text)
    project.write("matter.md", f"---\ncheck: {{{rule}: false}}\n---\n{text}")
    project.write("slide.md", allowed + text.replace("\n---\n\n", f"\n---\n{allowed}"))
    found = json.loads(
        project.run("check", "--browser", "on.md", "matter.md", "slide.md", "--format", "json").out
    )
    assert {item["path"] for item in found if item["rule"] == rule} == {"on.md"}
    project.write("slidegen.yml", f"check: {{{rule}: false}}\n")
    found = json.loads(project.run("check", "--browser", "on.md", "--format", "json").out)
    assert rule not in {item["rule"] for item in found}


@pytest.mark.parametrize(
    ("place", "colour", "clear"),
    [("top", "#fff", False), ("top", "#000", True), ("bottom", "#fff", True), ("bottom", "#222", False)],
)
@pytest.mark.parametrize("behind", ["slide", "box", "image"])
def test_contrast_over_a_photo_is_that_of_what_is_painted(
    project: Project, behind: str, place: str, colour: str, clear: bool
) -> None:
    project.write("photo.png", _photo())
    text = f'<p style="position: absolute; {place}: 40px; left: 60px; color: {colour}">words over a photo</p>'
    whole = "position: absolute; left: 0; top: 0; width: 100%; height: 100%"
    project.write(
        "deck.md",
        {
            "slide": f"background-image: url(photo.png)\nbackground-size: cover\n\n{text}\n",
            "box": f'<div style="{whole}; background: url(photo.png) center / cover">{text}</div>\n',
            "image": f'<img src="photo.png" alt="" style="{whole}; object-fit: cover">\n{text}\n',
        }[behind],
    )
    found = json.loads(project.run("check", "--browser", "deck.md", "--format", "json").out)
    assert ("low-contrast" in {item["rule"] for item in found}) is not clear


def _photo() -> bytes:
    """A picture with the noise of a photo: bright like sky above, dark like a wood below."""
    grain = random.Random(1)
    rows = bytearray()
    for y in range(150):
        light = 235 - y * 205 // 149
        rows.append(0)
        for _ in range(200):
            noise = grain.randint(-20, 20)
            rows += bytes(max(0, min(255, light + noise + tint)) for tint in (-8, 0, 10))
    return png_of(200, 150, bytes(rows))


def test_without_axe_core_rules_of_slidegens_own_look_for_names(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slidegen.check.axe.PACKAGE", "no_such_package")
    axe.script.cache_clear()
    project.write("deck.md", '# A\n\n<div role="button" id="go"></div>\n\n<div role="buton">b</div>\n')
    ran = project.run("check", "--browser", "deck.md")
    axe.script.cache_clear()
    assert ran.codes == ["SG401"]
    assert "pip install 'slidegen[check]'" in ran.err


def test_what_fit_cannot_make_smaller_goes_beyond_the_edge(project: Project) -> None:
    (item,) = seen(project, "fit: true\n\n# A\n\n" + "- item\n" * 60)
    assert item["rule"] == "overflow"
    assert item["hint"].startswith("fit: true makes nothing smaller")


def test_a_contrast_is_never_said_to_be_what_it_is_less_than(project: Project) -> None:
    (item,) = seen(project, '# A\n\n<span style="font-size: 18px; color: #777">light text</span>\n')
    assert "has a contrast of 4.4, less than 4.5" in item["message"]


def test_overflow_is_counted_and_has_the_line_of_the_first_thing_that_is_cut_off(project: Project) -> None:
    (item,) = seen(project, f"# A\n\n{ITEMS}")
    last, _, rest = item["message"].partition("the last ")[2].partition(" of ")
    assert rest == "30 items are cut off"
    assert item["line"] == 2 + 30 - int(last) + 1


def test_overflow_of_many_steps_is_said_once(project: Project) -> None:
    assert [item["rule"] for item in seen(project, f"# A\n{STEPS}")] == ["overflow"]


def test_the_demonstration_decks_are_clean(project: Project) -> None:
    ran = project.run("check", "--browser", str(ROOT / "slides"))
    assert ran.err.replace("you are root, so the browser runs without its sandbox\n", "") == ""
    assert ran.code == 0
