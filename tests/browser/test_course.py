"""The course page in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from slidegen.render.theme import read_theme
from tests.browser.devices import at_every_size
from tests.pages import FOLDERS, THEMES
from tests.projects import Project

LIGHTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d");
  const light = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const look = (selector) => getComputedStyle(document.querySelector(selector));
  const cover = document.querySelector(".cover").shadowRoot.querySelector(".remark-slide-content");
  return {
    page: light(look("html").backgroundColor),
    head: light(look(".masthead").backgroundColor),
    text: ["html", "h1", ".masthead .when", ".session h2 a", ".more a"].map((each) => light(look(each).color)),
    cover: light(getComputedStyle(cover).backgroundColor),
    letters: light(getComputedStyle(cover).color),
  };
}"""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("system", ["dark", "light"])
def test_a_dark_system_has_a_dark_course_page(
    browser: Any, project: Project, theme: str, system: str
) -> None:
    project.write("slidegen.yml", f"course: Statistics\nterm: Autumn\ntheme: {theme}\n")
    project.write("one.md", "---\ntheme: remark\n---\n# One\n")
    project.write("two.md", "# Two\n")
    assert project.run("build", ".", "-o", "out").code == 0
    page = browser.new_page(color_scheme=system)
    page.goto((project.folder / Path("out/index.html")).as_uri())
    found = page.evaluate(LIGHTS)
    page.close()
    manifest = read_theme(theme, FOLDERS.text)
    assert manifest is not None
    is_dark = system == "dark" or manifest.scheme == "dark"
    for ground in (found["page"], found["head"]):
        assert (ground < 0.1) is is_dark
        for text in found["text"]:
            lighter, darker = max(text, ground), min(text, ground)
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5
    assert found["cover"] == 1  # a slide has its own colours
    assert found["letters"] == 0


@at_every_size
def test_a_search_stays_in_the_address_and_is_there_again(
    browser: Any, project: Project, size: dict[str, Any]
) -> None:
    project.write("slidegen.yml", "course: Statistics\n")
    project.write("one.md", "# Least squares\n")
    project.write("two.md", "# Über alles\n")
    assert project.run("build", ".", "-o", "out").code == 0
    page = browser.new_page(**size)
    page.goto((project.folder / Path("out/index.html")).as_uri())
    page.keyboard.press("/")
    page.keyboard.type("über")
    page.locator("#hits a").wait_for()
    assert page.url.endswith("?q=%C3%BCber")
    page.locator("#hits a").click()
    page.wait_for_url("**/two.html*")
    page.go_back()
    page.locator("#hits a").wait_for()
    assert page.locator("#query").input_value() == "über"
    page.locator("#query").focus()
    page.keyboard.press("Escape")
    page.wait_for_function("!location.search")
    page.close()
