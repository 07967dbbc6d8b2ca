"""`slidegen export` of decks that strangers wrote, and of decks of which a variant leaves something out."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from zipfile import ZipFile

import msgspec
import pytest

from slidegen.export import command, prepared, text
from slidegen.export.command import export_decks
from slidegen.export.deck_page import DeckPage
from slidegen.export.facts import PageFacts
from slidegen.export.options import ExportOptions
from slidegen.output_formats import EXPORTS
from slidegen.render import slides
from tests.export.pdf import pdf_of
from tests.projects import PIXEL, Project

pytestmark = pytest.mark.browser

ODP = pytest.param(
    "odp", marks=pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
)
FORMATS = ("pdf", "pptx", ODP, "txt", "md", "png")
STUDENT = "course: T\nvariants: {student: {notes: false}}\n"
DECK = """\
---
title: Sets
keywords: SECRETKEYWORDS of the solution
---
# Kept words

.solution[SECRETSOLUTION is what it says, {{keywords}}]

::: {.solution title="SECRETTITLE of a division"}
SECRETDIVISION
:::

.solution[
```mermaid alt="SECRETDRAWING is read aloud"
graph LR
  SECRETNODE --> B
```
]

???
SECRETNOTES are said

---
class: solution

# SECRETSLIDE

---
# Last

::: notes
SECRETNOTES again
:::
"""


@pytest.fixture
def sets(course: Project) -> Project:
    course.write("slidegen.yml", STUDENT)
    course.write("slides/sets.md", DECK)
    return course


def contents(project: Project, name: str) -> list[str]:
    """What is in a file, unpacked."""
    path = project.folder / name
    data = [path.read_bytes()]
    if path.suffix in (".pptx", ".odp"):
        with ZipFile(path) as packed:
            data += map(packed.read, packed.namelist())
    if path.suffix == ".pdf":
        data += [repr(each).encode() for each in pdf_of(project, name).objects]
    return [each.decode("utf-8", "replace") for each in data]


@pytest.mark.parametrize("made", [*FORMATS, "notes", "handout"])
def test_no_format_of_a_variant_has_what_it_leaves_out(sets: Project, made: str) -> None:
    pytest.importorskip("pptx")
    options = {"notes": ("--notes",), "handout": ("--handout", "2")}.get(made, ("--format", made))
    ran = sets.run("export", "slides/sets.md", "-o", "out/", *options, "--variant", "student")
    assert ran.code == 0, ran.err
    files = sets.files("out")
    assert len(files) == (2 if made == "png" else 1)
    for name in files:
        assert not [part for part in contents(sets, f"out/{name}") if "SECRET" in part.upper()]


@pytest.mark.parametrize("made", ["pdf", "pptx", ODP, "txt", "md"])
def test_a_leak_into_what_an_export_adds_to_the_page_stops_it(
    sets: Project, made: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pptx")
    sets.write(f"out/sets.{made}", "as before")

    def leak(facts: PageFacts, deck: DeckPage) -> PageFacts:
        del deck
        return msgspec.structs.replace(facts, description="SECRETSOLUTION is what it says")

    monkeypatch.setattr(prepared, "_with_names", leak)
    ran = sets.run("export", "slides/sets.md", "-o", "out/", "--format", made, "--variant", "student")
    assert ran.code == 1
    assert f"slides/sets.md:7:1: error[SG070]: this is left out, but out/sets.{made} would hold it" in ran.err
    assert (sets.folder / f"out/sets.{made}").read_text() == "as before"


LEAKING = "The walk returns with probability one"


@pytest.fixture
def walks(course: Project) -> Project:
    """A course in which one deck leaves out what another says."""
    course.write("slidegen.yml", STUDENT)
    course.write("slides/a.md", f"# A\n\n.solution[{LEAKING}]\n\n.solution[![](only.png)]\n")
    course.write("slides/only.png", PIXEL)
    course.write("slides/b.md", "# B\n\nkept\n")
    course.write("slides/c.md", f"# C\n\nA later session says: {LEAKING}\n")
    return course


@pytest.mark.parametrize("made", ["pdf", "txt", "pptx"])
@pytest.mark.parametrize("where", ["page", "title"])
def test_what_other_decks_leave_out_is_looked_for(
    walks: Project, made: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pptx")
    command = ("export", "-o", "out", "--format", made, "--variant", "student")
    good = walks.run(*command)
    assert (good.code, good.codes) == (0, []), "one deck may say what another leaves out"
    assert walks.files("out") == [f"{name}.{made}" for name in "abc"]
    before = (walks.folder / f"out/b.{made}").read_bytes()

    def leak(facts: PageFacts, deck: DeckPage) -> PageFacts:
        is_other = deck.compiled.path.name == "b.md"
        return msgspec.structs.replace(facts, description=LEAKING) if is_other else facts

    if where == "title":
        monkeypatch.setattr(prepared, "_with_names", leak)
    else:
        monkeypatch.setattr(slides, "heading", lambda html: LEAKING if "kept" in html else "x")
    walks.write("slides/b.md", "# B\n\nkept, and changed\n")
    for more in ((), ("--force",)):
        ran = walks.run(*command, *more)
        assert (ran.code, set(ran.codes)) == (1, {"SG070"}), "decks that are up to date count, too"
        assert f"slides/a.md:3:1: error[SG070]: this is left out, but out/b.{made} would hold it" in ran.err
    assert (walks.folder / f"out/b.{made}").read_bytes() == before


def test_a_picture_that_another_deck_leaves_out_is_looked_for(
    walks: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = text.export
    picture = (walks.folder / "slides/only.png").read_bytes()
    monkeypatch.setattr(text, "export", lambda *given: {**read(*given), "only.png": picture})
    ran = walks.run("export", "slides", "-o", "out", "--format", "txt", "--variant", "student")
    assert (ran.code, set(ran.codes)) == (1, {"SG070"})
    assert "slides/a.md:5:1: error[SG070]: this is left out, but out/b.txt/only.png would hold it" in ran.err


UNSAFE = (
    "file:///etc/passwd", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#10;script:alert(1)", "&#1;javascript:x",
    " javascript:alert(1)", "vbscript:x", "data:text/html,x", "smb://evil/x", "ms-word:ofe|u|http://evil", "C:/x",
    "search-ms:x", "\\\\evil\\share", "/etc/passwd", " /etc/passwd", "blob:x",
)  # fmt: skip
SAFE = ("https://example.org/a", "mailto:me@example.org", "tel:123", "b.zip")


@pytest.mark.parametrize("made", ["pdf", "pptx", "txt", "md"])
def test_links_that_viewers_should_not_follow_are_only_text(course: Project, made: str) -> None:
    pytest.importorskip("pptx")
    links = [f'<a href="{address}">label {at}</a>' for at, address in enumerate((*UNSAFE, *SAFE))]
    course.write("slides/b.zip", "x")
    drawn = '<svg width="9" height="9"><a xlink:href="javascript:drawn()"><text y="9">x</text></a></svg>'
    course.write("slides/talk.md", "# One\n\n" + "\n".join(links) + f"\n\n{drawn}\n")
    ran = course.run("export", "slides/talk.md", "-o", f"talk.{made}")
    assert ran.code == 0, ran.err
    whole = "".join(contents(course, f"talk.{made}"))
    if made == "pdf":
        with pdf_of(course, "talk.pdf") as pdf:
            annotations = [each for page in pdf.pages for each in page.obj.get("/Annots", [])]
            whole += " ".join(str(each.A.URI) for each in annotations if "/A" in each)
    for word in (
        "passwd",
        "alert(1)",
        "drawn()",
        "vbscript",
        "text/html,x",
        "evil",
        "search-ms",
        "C:/x",
        "blob:x",
    ):
        assert word not in whole
    assert str(course.folder) not in whole
    for word in ("https://example.org/a", "mailto:me@example.org", "tel:123", "b.zip"):
        assert word in whole


@pytest.mark.parametrize("made", ["pdf", "pptx", "txt", "md", "png"])
def test_a_deck_with_control_characters_everywhere_is_exported(course: Project, made: str) -> None:
    pptx = pytest.importorskip("pptx")
    odd = "\x01\x0b\x1f\x7f\ufffe ]]> <b> &amp; </a:t>"
    course.write(
        "slides/talk.md",
        f'---\ntitle: "A \\x01\\x1b\\uFFFE ]]> <x/> {"long " * 90}"\nauthor: "</rdf:li><x/>\\x02"\n'
        f'description: "<!-- \\x0b"\nkeywords: "</rdf:Bag>\\x02"\n---\n'
        f"# Head {odd}\n\nText {odd}\n\n![alt {odd}](a.png)\n\n| a | {odd} |\n|--|--|\n| `{odd}` | b |\n\n"
        f"```\n{odd}\n```\n\n???\nSaid {odd}\n",
    )
    course.write("slides/a.png", PIXEL)
    ran = course.run("export", "slides/talk.md", "-o", "out/" if made == "png" else f"talk.{made}")
    assert ran.code == 0, ran.err
    if made == "pptx":
        (slide,) = pptx.Presentation(str(course.folder / "talk.pptx")).slides
        assert "Head" in slide.shapes.title.text_frame.text
        assert "Said" in slide.notes_slide.notes_text_frame.text


@pytest.mark.parametrize(
    "script", ["alert('x')", "confirm('x'); prompt('y')", "addEventListener('load', () => alert('x'))"]
)
def test_a_deck_that_asks_something_is_exported(course: Project, script: str) -> None:
    course.write("talk.md", f"# One\n\n<script>{script}</script>\n\n---\n\n# Two\n")
    ran = course.run("export", "talk.md", "-o", "talk.txt")
    assert ran.code == 0, ran.err
    assert "2. Two" in (course.folder / "talk.txt").read_text()


def test_a_deck_that_leaves_for_another_address_is_named(course: Project) -> None:
    secret = course.write("secret.txt", "SECRET")
    course.write(
        "slides/talk.md", f"# One\n\n<script>location = '{secret.as_uri()}'</script>\n\n---\n\n# Two\n"
    )
    ran = course.run("export", "slides/talk.md", "-o", "talk.txt")
    assert ran.code == 1
    assert "talk.md: error[SG072]: it was not exported: the page leaves for file://" in ran.err
    assert course.files() == ["secret.txt", "slides/talk.md"]


def test_a_deck_downloads_nothing(course: Project) -> None:
    course.write(
        "talk.md",
        "# One\n\n<script>\nconst link = document.createElement('a');\n"
        "link.href = URL.createObjectURL(new Blob(['x']));\nlink.download = 'evil.txt';\nlink.click();\n</script>\n",
    )
    ran = course.run("export", "talk.md", "-o", "out/talk.txt")
    assert ran.code == 0, ran.err
    assert course.files() == ["out/talk.txt", "talk.md"]


def test_an_export_that_is_stopped_makes_no_further_decks(
    course: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        course.write(f"slides/{number}.md", f"# {number}\n")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(course.folder)
    monkeypatch.setattr(command._Export, "_write", stop)
    made = export_decks([Path("slides")], Path("out"), EXPORTS["txt"], ExportOptions("txt"), course.folder)
    with pytest.raises(KeyboardInterrupt) as stopped:
        list(made)
    assert not [each.name for each in threading.enumerate() if each.name.startswith("ThreadPool")], stopped
    assert course.files("out") == []
