from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from slidegen.syntax.properties import KNOWN
from slidegen.theme_colours import SLIDE_COLOURS, WINDOW_COLOURS

ROOT = Path(__file__).parent.parent
SPEC = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
assert SPEC is not None
assert SPEC.loader is not None
generate = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(generate)


@pytest.mark.parametrize("name", list(generate.PAGES))
def test_generated_pages_are_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == generate.PAGES[name](), "run python docs/generate.py"


def test_ci_runs_the_readmes_test_command() -> None:
    commands = re.findall(r"^python3 -m venv .*$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert len(commands) == 2
    assert commands[1] in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


def test_links_of_the_readme_lead_somewhere() -> None:
    prose = re.sub(
        r"^```.*?^```$", "", (ROOT / "README.md").read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    targets = re.findall(r"\]\((?!http)([^)#]+)", prose)
    assert targets
    for target in targets:
        assert (ROOT / target).is_file(), target


def test_the_page_on_looks_lists_every_colour_and_theme() -> None:
    text = (ROOT / "docs" / "looks.md").read_text("utf-8")
    rows = set(re.findall(r"^\| `([\w-]+)` \|", text, re.MULTILINE))
    themes = {folder.name for folder in (ROOT / "templates" / "themes").iterdir()}
    assert {*SLIDE_COLOURS, *WINDOW_COLOURS} | themes == rows


def test_the_docs_name_every_manner_of_xaringans() -> None:
    text = (ROOT / "docs" / "existing-decks.md").read_text("utf-8")
    folder = ROOT / "templates" / "styles" / "xaringan"
    names = {path.stem for path in folder.glob("[!_]*.css")}
    listed = text.partition("### xaringan's looks")[2].partition("They have the colours")[0]
    assert set(re.findall(r"`([\w-]+)`", listed)) == names


def test_the_page_on_the_language_lists_every_property() -> None:
    text = (ROOT / "docs" / "language.md").read_text("utf-8")
    table = text.partition("## Properties")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (.*?) \|", table, re.MULTILINE)
    names = {name for cell in cells for name in re.findall(r"`(-?[a-z-]+)", cell)}
    assert {f"background{name}" if name.startswith("-") else name for name in names} == KNOWN
