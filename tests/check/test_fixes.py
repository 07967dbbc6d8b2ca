"""`check --fix` mends what has one right answer, and leaves the rest alone."""

from __future__ import annotations

import os
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.projects import PIXEL, Project

FIXES = [
    ("![:scale 60, a](a.png)\n", "![:scale 60%, a](a.png)\n"),
    ("![:width 400, a](a.png)\n", "![:width 400px, a](a.png)\n"),
    ("![:scale 0.5, a](a.png)\n", "![:scale 50%, a](a.png)\n"),
    ("![:scale 60 %, a](a.png)\n", "![:scale 60%, a](a.png)\n"),
    ("# A\n\n??? say hello\n", "# A\n\n???\nsay hello\n"),
    ("# A\n\n ???\nsay hello", "# A\n\n???\nsay hello"),
    ("# A\n\n????\nsay hello\n", "# A\n\n???\nsay hello\n"),
    ("# A\n\n.center [x] .left  [y]\n", "# A\n\n.center[x] .left[y]\n"),
    ("# A\n\n--- \n\n# B\n", "# A\n\n---\n\n# B\n"),
    ("# A\r\n\r\n---\r\n\r\n# B\r\n", "# A\n\n---\n\n# B\n"),
    ("---\ntitle: “A: b”\n---\n# A\n", '---\ntitle: "A: b"\n---\n# A\n'),
    ('---\ntitle: ‘A "b"’\n---\n# A\n', "---\ntitle: 'A \"b\"'\n---\n# A\n"),
    ("# A\r\n\n--- \r\n\n# B", "# A\n\n---\n\n# B"),
    ("\ufeff# A\n\n??? x \t\n", "\ufeff# A\n\n???\nx \t\n"),
]
UNTOUCHED = [
    "# A  \n\n“quoted” text\t\n\n\n```\n??? x\n.center [x]\n```\n\n![](a.png)\n\n#\n\n[x] (https://example.org)",
    "---\ntitle: Of “A”\n---\n# A\n",
    "# A\n\n![:scale](a.png)\n",
]


@pytest.mark.parametrize(("before", "after"), FIXES)
def test_a_mistake_is_mended(project: Project, before: str, after: str) -> None:
    project.write("a.png", PIXEL)
    path = project.write("deck.md", before.encode())
    ran = project.run("check", "--fix", "deck.md")
    assert "repaired deck.md" in ran.out
    assert path.read_bytes().decode() == after
    again = project.run("check", "--fix", "deck.md")
    assert "repaired" not in again.out
    assert path.read_bytes().decode() == after


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_has_no_one_answer_stays(project: Project, text: str) -> None:
    project.write("a.png", PIXEL)
    path = project.write("deck.md", text.encode())
    project.run("check", "--fix", "deck.md")
    assert path.read_bytes().decode() == text


def test_a_read_only_deck_stays(project: Project) -> None:
    path = project.write("deck.md", "# A\n\n??? x\n")
    path.chmod(0o444)
    ran = project.run("check", "--fix", "deck.md")
    assert "deck.md is read-only, so it is not repaired" in ran.err
    assert "SG221" in ran.codes
    assert path.read_text("utf-8") == "# A\n\n??? x\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_mended_deck_keeps_its_permissions(project: Project) -> None:
    path = project.write("deck.md", "# A\n\n??? x\n")
    path.chmod(0o600)
    project.run("check", "--fix", "deck.md")
    assert path.read_text("utf-8") == "# A\n\n???\nx\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_diff_is_shown_and_nothing_written(project: Project) -> None:
    path = project.write("deck.md", "# A\n\n??? x\n")
    ran = project.run("check", "--diff", "deck.md")
    assert "--- a/deck.md\n+++ b/deck.md\n" in ran.out
    assert "-??? x\n+???\n+x\n" in ran.out
    assert path.read_text("utf-8") == "# A\n\n??? x\n"
    assert "-??? x" in project.run("check", "--fix", "--diff", "deck.md").out
    assert path.read_text("utf-8") == "# A\n\n???\nx\n"


def test_of_a_mended_deck_only_what_was_mended_is_shown_differently(project: Project) -> None:
    project.write("deck.md", "# A\n\n- one\n- two\n\n??? x\n\n---\n\n# B\n\n.center [x]\n")
    (before,) = project.inspect("deck.md")
    project.run("check", "--fix", "deck.md")
    (after,) = project.inspect("deck.md")
    assert before["slides"][0]["html"] == after["slides"][0]["html"] + "\n<p>??? x</p>"
    assert after["slides"][0]["notes"] == "<p>x</p>"
    assert '<span class="center">x</span>' in after["slides"][1]["html"]


def test_a_rule_that_is_off_mends_nothing(project: Project) -> None:
    path = project.write("deck.md", "# A <!-- check: allow notes-mark -->\n\n??? x\n")
    project.run("check", "--fix", "deck.md")
    assert path.read_text("utf-8") == "# A <!-- check: allow notes-mark -->\n\n??? x\n"


def test_a_page_around_a_deck_stays(project: Project) -> None:
    text = '<textarea id="source">\r\n# A\n\n??? x\n\n.center [x]</textarea><script>remark.create()</script>'
    path = project.write("deck.html", text.encode())
    assert "mended" not in project.run("check", "--fix", "deck.html").out
    assert path.read_bytes().decode() == text


def test_r_markdown_is_mended_around_its_code(project: Project) -> None:
    head = "---\ntitle: A\noutput: xaringan::moon_reader\n---\n"
    code = "```r\nx [1]  # ??? why\n--- \n```\n"
    path = project.write("deck.Rmd", f"{head}{code}\n??? x\n")
    project.run("check", "--fix", "deck.Rmd")
    assert path.read_text("utf-8") == f"{head}{code}\n???\nx\n"


def test_a_diff_shows_line_ends(project: Project) -> None:
    path = project.write("deck.md", b"# A\r\n")
    assert "-# A␍\n+# A\n" in project.run("check", "--diff", "deck.md").out
    assert path.read_bytes() == b"# A\r\n"


FIXABLE = [
    "??? say",
    " ???",
    "????",
    "--- ",
    "--\t",
    ".center [x] y",
    "![:scale 60](a.png)",
    "---",
    "???",
    "--",
]
OTHER = [
    "# A",
    "“quoted”  ",
    "```",
    "- item",
    "\ttab ",
    "",
    "$$a$$",
    "<!-- c",
    "]",
    "| a | b |",
    "é 𝒳",
    "name: b",
]
LINES = st.lists(st.sampled_from(FIXABLE + OTHER), max_size=14)
ENDS = st.lists(st.sampled_from(["\n", "\r\n"]), min_size=14, max_size=14)


@settings(max_examples=25, deadline=None)
@given(LINES, ENDS, st.booleans(), st.booleans())
def test_a_second_run_changes_nothing_and_other_lines_stay(
    lines: list[str], ends: list[str], mark: bool, last: bool
) -> None:
    text = "\ufeff" * mark + "".join(map("".join, zip(lines, ends, strict=False)))
    text = text if last else text.rstrip("\r\n")
    with TemporaryDirectory() as folder:
        project = Project(Path(folder))
        project.write("a.png", PIXEL)
        path = project.write("deck.md", text.encode())
        project.run("check", "--fix", "deck.md")
        mended = path.read_bytes().decode()
        project.run("check", "--fix", "deck.md")
        assert path.read_bytes().decode() == mended
    before = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    after = mended.removeprefix("\ufeff").split("\n")
    for what, start, end, _, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        assert what == "equal" or set(before[start:end]) <= set(FIXABLE)
