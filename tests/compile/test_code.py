"""Code as slides show it, in whatever it stands, and what its fences are warned of; through the command line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cases import Case, read_cases
from tests.projects import Project

CASES = read_cases(Path(__file__).with_name("code.txt"))
CODE = re.compile(
    r'<code class="(?P<language>[^"]*?)(?:hljs )?remark-(?:inline-)?code">(?P<inner>.*?)</code>', re.DOTALL
)


def plain(html: str) -> str:
    """HTML with the language and the text of code only, and no line breaks between tags."""

    def code(match: re.Match[str]) -> str:
        lines = match["inner"].replace("</div>", "\n").replace('<span class="remark-code-line">', "")
        text = re.sub(r"<[^>]*>", "", lines).rstrip("\n")
        language = match["language"].strip()
        return f"<code {language}>{text}</code>" if language else f"<code>{text}</code>"

    return re.sub(r">\n+<", "><", CODE.sub(code, html)).strip()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_code(case: Case, project: Project, expect: Callable[[Case, str], None]) -> None:
    project.write("deck.md", case.given)
    project.write("fit.py", "def fit():\n    return 1\n")
    (deck,) = project.inspect("deck.md")
    lines = [plain(slide["html"]) for slide in deck["slides"]]
    lines += [f"{item['code']} {item['line']}:{item['column']}" for item in deck["diagnostics"]]
    expect(case, "\n".join(lines))
