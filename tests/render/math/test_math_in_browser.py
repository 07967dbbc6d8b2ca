"""Formulas in a browser: in the font of the page, stretched, and where they belong."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from slidegen.render.math import FAMILY, MathRenderer, characters_of, subset_font

pytestmark = pytest.mark.browser

STYLES = Path(__file__).parents[3] / "templates" / "styles" / "math.css"
FORMULAS = [
    r"\int_{-\infty}^{\infty} e^{-x^2} \, dx = \sqrt{\pi} \quad \sum_{i=1}^n i = \frac{n(n+1)}{2}",
    r"\left( \sum_{k} a_k \right)^2 \le \left[ \prod_j \frac{\frac{a}{b}}{c} \right] \left\{ \frac{a}{b} \right\}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix} \begin{vmatrix} 1 \\ 2 \\ 3 \\ 4 \end{vmatrix}",
    r"\hat x \tilde y \bar z \vec{v} \dot a \ddot b \widehat{xyz} \overline{xyz} \underline{xyz} \hat\imath",
    r"\mathbb{R} \mathbb{1} \mathcal{N} \mathscr{L} \mathfrak{g} \mathbf{x} \boldsymbol{\theta} \mathrm{d} \mathsf{A}",
    r"x^{y^{z^w}}_{a_{b_c}} f''(x) \underbrace{a + b}_{n} \overbrace{x}^{m} \xrightarrow[n \to \infty]{\text{a.s.}}",
    r"f(x) = \begin{cases} x^2 & \text{if } x_i \ge 0 \\ -x & \text{otherwise} \end{cases}",
    r"\alpha\beta\gamma\delta\varepsilon\zeta\eta\theta\lambda\mu\nu\xi\pi\rho\sigma\tau\phi\varphi\chi\psi\omega",
    r"\Gamma\Delta\Theta\Lambda\Sigma\Phi\Omega \in \notin \subset \cup \cap \forall \exists \infty \partial \nabla",
]


@pytest.fixture
def show(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page with formulas, in the font that a deck with just these formulas has."""
    pages = []

    def show(*formulas: str, display: bool = True) -> Any:
        renderer = MathRenderer()
        html = "".join(renderer.render(tex, display=display, in_code=True).html for tex in formulas)
        data = b64encode(subset_font(characters_of(html))).decode("ascii")
        page = browser.new_page()
        pages.append(page)
        page.set_content(
            f'<!DOCTYPE html><style>@font-face {{ font-family: "{FAMILY}"; src: url(data:font/ttf;base64,{data}) }}'
            f"{STYLES.read_text('utf-8')} td {{ width: 900px; font-size: 32px }}</style><table><tr><td>{html}</table>"
        )
        page.evaluate("document.fonts.ready")
        return page

    yield show
    for page in pages:
        page.close()


def test_every_glyph_comes_from_the_font_of_the_page(show: Callable[..., Any]) -> None:
    page = show(*FORMULAS)
    tools: Any = page.context.new_cdp_session(page)
    for method in ("DOM.enable", "CSS.enable"):
        tools.send(method)
    root = tools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    leaves = tools.send(
        "DOM.querySelectorAll", {"nodeId": root, "selector": "mi, mn, mo, mtext:not(:has(*))"}
    )["nodeIds"]
    assert len(leaves) > 150
    used: dict[str, bool] = {}
    for leaf in leaves:
        for each in tools.send("CSS.getPlatformFontsForNode", {"nodeId": leaf})["fonts"]:
            used[each["familyName"]] = each["isCustomFont"]
    assert used == {"STIX Two Math": True}


def test_what_stretches_is_as_large_as_what_it_is_around(show: Callable[..., Any]) -> None:
    page = show(r"( \left( \begin{matrix} a \\ b \\ c \\ d \\ e \end{matrix} \right)")
    short, tall, table = page.evaluate(
        "[...document.querySelectorAll('mo, mtable')].slice(0, 3).map((each) => each.getBoundingClientRect().height)"
    )
    assert tall > 3 * short
    assert tall == pytest.approx(table, rel=0.15)


def test_large_operators_are_larger_where_a_formula_stands_alone(show: Callable[..., Any]) -> None:
    height = "document.querySelector('mo').getBoundingClientRect().height"
    assert show(r"\sum x").evaluate(height) > 1.2 * show(r"\sum x", display=False).evaluate(height)


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{a} = \text{b}",
        r"\begin{aligned} \text{a} &= \text{b} \end{aligned}",
        r"\sqrt{\text{a} = \text{b}}",
    ],
)
def test_an_operator_between_words_has_space_around_it(show: Callable[..., Any], tex: str) -> None:
    page = show(tex)
    gaps = page.evaluate(
        """() => {
          const [left, right] = [...document.querySelectorAll("mtext")].map((each) => each.getBoundingClientRect());
          const operator = document.querySelector("mo").getBoundingClientRect();
          return [operator.left - left.right, right.left - operator.right];
        }"""
    )
    assert min(gaps) > 2


def test_a_number_stands_at_the_end_of_the_line_and_its_equation_in_the_middle(
    show: Callable[..., Any],
) -> None:
    page = show(r"\begin{equation} a = b \tag{7} \end{equation}")
    number = page.locator("mtext").bounding_box()
    equation = page.locator("mo", has_text="=").bounding_box()
    line = page.locator(".slidegen-math-display").bounding_box()
    assert number is not None
    assert equation is not None
    assert line is not None
    assert number["x"] + number["width"] == pytest.approx(line["x"] + line["width"], abs=2)
    assert equation["x"] + equation["width"] / 2 == pytest.approx(line["x"] + line["width"] / 2, abs=40)


def test_a_grown_arrow_is_painted_to_its_head(show: Callable[..., Any]) -> None:
    """A page is painted in squares of 256 pixels, and the head lies in another than the shaft's beginning."""
    page = show(r"\xrightarrow{\text{converges almost surely and in the mean to}}", display=False)
    page.evaluate(
        "document.querySelectorAll('mtext').forEach((each) => { each.style.color = 'transparent' })"
    )
    box = page.locator("math").bounding_box()
    assert box is not None
    assert box["width"] > 400
    ink = page.evaluate(
        """async (data) => {
          const image = new Image();
          image.src = "data:image/png;base64," + data;
          await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext("2d");
          context.drawImage(image, 0, 0);
          const { data: pixels, width, height } = context.getImageData(0, 0, image.width, image.height);
          const columns = [];
          for (let x = 0; x < width; x++) {
            for (let y = 0; y < height; y++) {
              if (pixels[4 * (y * width + x)] < 128) { columns.push(x); break; }
            }
          }
          return columns;
        }""",
        b64encode(page.screenshot(clip=box)).decode("ascii"),
    )
    assert ink[0] < 30
    assert ink[-1] > box["width"] - 30
    assert len(ink) == ink[-1] - ink[0] + 1


def test_an_accent_without_width_stands_above_its_letter(show: Callable[..., Any]) -> None:
    page = show(r"\vec{x} \hat{x}")
    offsets = page.evaluate(
        """[...document.querySelectorAll("mover")].map((each) => {
          const [letter, accent] = [...each.children].map((child) => child.getBoundingClientRect());
          return accent.left + accent.width / 2 - letter.left - letter.width / 2;
        })"""
    )
    assert offsets[0] == pytest.approx(offsets[1], abs=4)
    assert page.evaluate("document.querySelector('mover mo').getBoundingClientRect().width") > 8
