"""Code in a browser: what is copied is the code, and marks and tokens have their colours."""

from collections.abc import Iterator
from typing import Any

import pytest

from slidegen.render.code import CODE_RULES, CodeOptions, CodeRenderer, style_sheet

pytestmark = pytest.mark.browser

COPIED = """() => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector("pre"));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return getSelection().toString();
}"""
COLOUR = """([selector, property]) =>
  getComputedStyle(document.querySelector(selector)).getPropertyValue(property)"""


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    page = browser.new_page()
    yield page
    page.close()


def show(page: Any, code: str, *, style: str = "default", author: str = "") -> None:
    rules = f"@layer slidegen.code {{ {CODE_RULES}{style_sheet(style, legible=True)} }}"
    page.set_content(
        f"<!DOCTYPE html><style>{rules}</style><style>{author}</style>"
        f'<div class="remark-slide-content hljs-{style}">{code}</div>'
    )


def test_copied_code_is_the_code(page: Any) -> None:
    code = 'def f():\n\n    """a\n\n\n    b"""\n\n    return 1'
    show(page, CodeRenderer().block(code, "python"))
    assert page.evaluate(COPIED).rstrip("\n") == code


def test_an_empty_line_is_as_high_as_another(page: Any) -> None:
    show(page, CodeRenderer(CodeOptions(highlight_lines=True)).block("a\n\n*b", "python"))
    heights = page.evaluate(
        "() => [...document.querySelectorAll('.remark-code-line')].map(each => each.offsetHeight)"
    )
    assert len(heights) == 3
    assert len(set(heights)) == 1
    widths = page.evaluate(
        "() => [...document.querySelectorAll('.remark-code-line')].map(each => each.offsetWidth)"
    )
    assert len(set(widths)) == 1


def test_marks_and_tokens_have_the_colours_of_the_style(page: Any) -> None:
    code = CodeRenderer(CodeOptions(highlight_lines=True, highlight_spans=True))
    show(page, code.block("# a\n* # b\n`None`", "python"), style="monokai")
    assert page.evaluate(COLOUR, [".remark-code", "background-color"]) == "rgb(39, 40, 34)"
    assert page.evaluate(COLOUR, [".remark-code", "font-size"]) == "18px"
    yellow = "rgba(255, 255, 0, 0.2)"
    assert page.evaluate(COLOUR, [".remark-code-line-highlighted", "background-color"]) == yellow
    assert page.evaluate(COLOUR, [".remark-code-span-highlighted", "background-color"]) == yellow
    plain = page.evaluate(COLOUR, [".hljs-comment", "color"])
    marked = page.evaluate(COLOUR, [".remark-code-line-highlighted .hljs-comment", "color"])
    assert plain != marked


def test_an_authors_style_sheet_wins(page: Any) -> None:
    code = CodeRenderer(CodeOptions(highlight_lines=True)).block("*None", "python")
    author = ".hljs-keyword { color: red } .remark-code-line-highlighted { background-color: #ffff88 }"
    show(page, code, style="monokai", author=author)
    assert page.evaluate(COLOUR, [".hljs-keyword", "color"]) == "rgb(255, 0, 0)"
    assert (
        page.evaluate(COLOUR, [".remark-code-line-highlighted", "background-color"]) == "rgb(255, 255, 136)"
    )


def test_coloured_inline_code_stays_in_its_line(page: Any) -> None:
    code = CodeRenderer(CodeOptions(highlight_language="python", highlight_inline_code=True))
    show(page, f"a {code.span('None')} b")
    assert page.evaluate(COLOUR, ["code", "display"]) == "inline"
