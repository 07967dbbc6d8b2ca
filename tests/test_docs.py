from __future__ import annotations

import ast
import importlib.util
import pkgutil
import re
from pathlib import Path

import pytest

from slidegen import __version__
from slidegen.theme_colours import SLIDE_COLOURS, WINDOW_COLOURS
from tests.layers import LAYERS, LEVEL

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


def test_powershell_5_can_read_its_commands() -> None:
    """It knows no `&&`, and takes a path in quotes for a command only after `&`."""
    found = 0
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        text = path.read_text("utf-8")
        blocks = re.findall(r"^```powershell\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        for line in [*"".join(blocks).splitlines(), *re.findall(r"`([^`]*\\Scripts\\[^`]*)`", text)]:
            found += 1
            assert "&&" not in line, path
            assert "/bin/" not in line, path
            assert not re.search(r'(?:^|; )"', line), path
    assert found > 4


def test_the_changelog_is_short_enough_to_read() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    entries = re.findall(r"^- (.*(?:\n  .*)*)", text, re.MULTILINE)
    assert len(entries) < 100
    assert all(len(entry) < 400 for entry in entries)


PAGES = sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))


def test_the_list_of_pages_has_each_page_once() -> None:
    text = (ROOT / "docs" / "index.md").read_text("utf-8")
    listed = re.findall(r"^- \[[^\]]+\]\(([\w-]+\.md)\): .+$", text, re.MULTILINE)
    assert sorted([*listed, "index.md"]) == [Path(page).name for page in PAGES]


def test_there_are_forty_short_answers() -> None:
    text = (ROOT / "docs" / "how-to.md").read_text("utf-8")
    assert len(re.findall(r"^## ", text, re.MULTILINE)) >= 40


def test_the_docs_pin_the_version_that_they_describe() -> None:
    for page in PAGES:
        pinned = re.findall(r"\brev: v(\S+)", (ROOT / page).read_text("utf-8"))
        assert set(pinned) <= {__version__}, page


def test_pictures_are_small() -> None:
    for path in (*(ROOT / "docs/pictures").iterdir(), *(ROOT / "templates/previews").iterdir()):
        assert path.stat().st_size < 150_000, path


def test_every_theme_has_a_picture() -> None:
    themes = {folder.name for folder in (ROOT / "templates/themes").iterdir()}
    assert {path.stem for path in (ROOT / "templates/previews").iterdir()} == themes


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", *PAGES])
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    prose = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    targets = re.findall(r"\]\((?!http)([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose))
    for target in targets:
        path, _, anchor = target.partition("#")
        found = page.parent / path if path else page
        assert found.is_file(), target
        if found.suffix != ".md":
            continue
        headings = re.findall(r"^#+ (.*)$", found.read_text("utf-8"), re.MULTILINE)
        anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert not anchor or anchor in anchors, target


INVENTED = ("NAME", "LANG", "badge", "dusk", "nl.yml", "__pycache__")
"""What contributors are to add, and what only runs make."""


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_files_that_contributors_are_sent_to_exist(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    paths = set(re.findall(r"\b(?:src|tests|templates|docs|benchmarks|slides)/[\w./*-]*[\w/]", text))
    assert len(paths) > 5
    for path in paths:
        if not any(word in path for word in INVENTED):
            assert list(ROOT.glob(path.rstrip("/"))), path


def test_the_architecture_has_a_sentence_for_every_package_in_their_order() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    table = text.partition("\n## Packages\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", table, re.MULTILINE)
    assert {name for name, _ in rows} == {name for names in LAYERS for name in names}
    levels = [LEVEL[name] for name, _ in rows]
    assert levels == sorted(levels)
    for name, sentence in rows:
        assert re.fullmatch(r".{10,}\.", sentence), name


def test_the_steps_of_the_pipeline_are_in_the_modules_that_the_architecture_names() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    table = text.partition("\n## How a deck goes through\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\w+) \| .* \| (`.*`) \|$", table, re.MULTILINE)
    steps = "load configure parse withhold resolve cite render assemble write".split()
    assert [step for step, _ in rows] == steps
    for name in (name for _, names in rows for name in re.findall(r"`([\w.]+)`", names)):
        assert pkgutil.resolve_name(f"slidegen.{name}"), name


def test_every_module_says_what_it_is() -> None:
    for path in (ROOT / "src" / "slidegen").rglob("*.py"):
        first, _, rest = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")
        assert first.endswith("."), path
        assert not rest or rest.startswith("\n"), path


def test_the_page_on_looks_lists_every_colour_and_theme() -> None:
    text = (ROOT / "docs" / "looks.md").read_text("utf-8")
    rows = set(re.findall(r"^\| `([\w-]+)` \|", text, re.MULTILINE))
    themes = {folder.name for folder in (ROOT / "templates" / "themes").iterdir()}
    assert {*SLIDE_COLOURS, *WINDOW_COLOURS} | themes == rows


def test_the_table_of_macros_has_every_macro() -> None:
    table = (
        (ROOT / "docs" / "language.md").read_text("utf-8").partition("\n## Macros\n")[2].partition("\n## ")[0]
    )
    listed = set(re.findall(r"`!\[:(\w+)", table))
    assert {path.stem for path in (ROOT / "templates" / "macros").iterdir()} <= listed


def test_the_list_of_languages_has_as_many_as_there_are_translations() -> None:
    text = (ROOT / "docs" / "course.md").read_text("utf-8")
    listed = re.search(r"They exist in ([^.]*)\.", text)
    assert listed is not None
    names = re.split(r", | and ", " ".join(listed[1].split()))
    assert len(names) == len(list((ROOT / "templates" / "words").glob("*.yml")))


def test_the_docs_name_every_manner_of_xaringans() -> None:
    text = (ROOT / "docs" / "existing-decks.md").read_text("utf-8")
    folder = ROOT / "templates" / "styles" / "xaringan"
    names = {path.stem for path in folder.glob("[!_]*.css")}
    listed = text.partition("### xaringan's looks")[2].partition("They have the colours")[0]
    assert set(re.findall(r"`([\w-]+)`", listed)) == names
