"""The first words of people who come from other tools."""

from __future__ import annotations

import pytest

from tests.projects import Project

WORDS = [
    (["talk.md"], "slidegen build talk.md"),
    (["talk.md"], "slidegen serve talk.md"),
    (["decks/"], "slidegen build decks/"),
    (["preview", "talk.md"], "slidegen serve talk.md"),
    (["dev"], "slidegen serve"),
    (["watch", "talk.md"], "slidegen serve talk.md"),
    (["start"], "slidegen serve"),
    (["open", "talk.md"], "slidegen serve talk.md --open"),
    (["render", "talk.md"], "slidegen build talk.md"),
    (["convert", "a talk.md"], "slidegen build 'a talk.md'"),
    (["print", "talk.md"], "PDF"),
    (["fix", "talk.md"], "slidegen check talk.md --fix"),
    (["preview", "talk.md", "--port", "80"], "slidegen serve talk.md shows"),
    (["talk.md", "-o", "out.pdf"], "slidegen build talk.md -o out.pdf To"),
    (["talk.md", "--pdf"], "slidegen export talk.md -o talk.pdf"),
    (["talk.md", "--watch"], "slidegen serve talk.md"),
]
OPTIONS = [
    (["build", "talk.md", "--watch"], "slidegen serve talk.md"),
    (["build", "-w", "talk.md"], "slidegen serve talk.md"),
    (["build", "talk.md", "-s"], "slidegen serve talk.md"),
    (["build", "--server", "talk.md"], "slidegen serve talk.md"),
    (["build", "talk.md", "--pdf"], "PDF"),
    (["build", "talk.md", "--pptx"], "talk.pptx"),
    (["build", "talk.md", "--images", "png"], "talk.md"),
    (["build", "talk.md", "--to", "pdf"], "PDF"),
    (["build", "talk.md", "--format=pdf"], "PDF"),
    (["build", "talk.md", "--to=pptx"], "-o talk.pptx"),
    (["build", "talk.md", "-t", "pptx"], "-o talk.pptx"),
    (["build", "talk.md", "--to", "revealjs"], "build talk.md writes an HTML page"),
    (["build", "talk.md", "-p", "80"], "slidegen serve talk.md"),
    (["build", "talk.md", "--no-stdin"], "leave it out"),
    (["build", "--input-dir", "talk.md"], "slidegen build talk.md"),
    (["build", "talk.md", "--highlight-theme", "x"], "highlightStyle: ..."),
    (["build", "talk.md", "--title", "x"], "front matter: title: ..."),
    (["export", "talk.md", "--pdf"], "slidegen export talk.md -o talk.pdf"),
    (["export", "talk.md", "--to", "pptx"], "slidegen export talk.md -o talk.pptx"),
    (["check", "talk.md", "--watch"], "slidegen serve talk.md"),
    (["--pdf", "talk.md"], "slidegen export talk.md -o talk.pdf"),
    (["-w", "talk.md"], "slidegen serve talk.md"),
    (["build", "talk.md", "--theme-set", "x"], "templates/themes/"),
    (["build", "talk.md", "--output-dir", "x"], "-o"),
    (["export", "talk.md", "--output-dir", "x"], "slidegen export talk.md -o PATH"),
    (["build", "talk.md", "--offline"], "leave it out: every page"),
    (["build", "talk.md", "--self-contained"], "leave it out: every page"),
    (["build", "talk.md", "--allow-local-files"], "assets: {allow: [FOLDER]}"),
    (["build", "talk.md", "--verbose"], "build -q"),
    (["build", "talk.md", "--execute"], "runs no code"),
    (["serve", "talk.md", "--remote"], "slidegen serve talk.md --host 0.0.0.0"),
    (["build", "talk.md", "-V", "theme=x"], "title: ..."),
    (["build", "talk.md", "--csl", "x.csl"], "citationStyle: ..."),
    (["build", "talk.md", "--template", "x"], "templates/deck.html"),
    (["build", "talk.md", "--range", "1-3"], "slidegen export talk.md --slides"),
    (["serve", "talk.md", "--watch-all"], "--watch"),
    (["serve", "talk.md", "-w"], "by itself"),
]


@pytest.mark.parametrize(("args", "says"), [*WORDS, *OPTIONS])
def test_a_word_of_another_tool_is_answered(project: Project, args: list[str], says: str) -> None:
    project.write("talk.md", "# A\n")
    ran = project.run(*args)
    assert (ran.code, ran.out) == (2, "")
    assert says in " ".join(ran.err.split())
    assert "--zip" not in ran.err


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("out/talk.PNG", "slidegen export talk.md -o out/talk/ --format png"),
        ("talk.key", "slidegen export makes pdf, handout"),
        ("talk.docx", "slidegen export makes pdf, handout"),
        ("talk.mp4", "slidegen export makes pdf, handout"),
        ("talk.zip", "slidegen build talk.md --zip"),
    ],
)
def test_a_page_is_not_written_into_a_folder_called_like_a_pdf(
    project: Project, name: str, says: str
) -> None:
    project.write("talk.md", "# A\n")
    ran = project.run("build", "talk.md", "-o", name)
    assert ran.code == 2
    assert name in ran.err
    assert says in ran.err
    assert not (project.folder / name).exists()


def test_help_is_a_command(project: Project) -> None:
    assert project.run("help").out == project.run("--help").out
    assert project.run("help", "build").out == project.run("build", "--help").out
    assert project.run("help", "bake").code == 2


@pytest.mark.parametrize("args", [["version"], ["-v"], ["-V"]])
def test_the_version_is_printed_however_it_is_asked_for(project: Project, args: list[str]) -> None:
    assert project.run(*args).out == project.run("--version").out


def test_words_after_new_are_one_title(project: Project) -> None:
    project.write("slidegen.yml", "course: T\n")
    ran = project.run("new", "Markov", "chains", "--date", "2027-01-15")
    assert (ran.code, ran.out) == (0, "slides/20270115-markov-chains.md\n")
    assert 'title: "Markov chains"' in (project.folder / "slides/20270115-markov-chains.md").read_text(
        "utf-8"
    )


@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("slidegen build ta", ["talk.md"]),
        ("slidegen build de", ["decks/"]),
        ("slidegen build decks/", ["decks/one.md"]),
        ("slidegen build --theme sl", ["slate"]),
        ("slidegen serve --theme pa", ["paper"]),
        ("slidegen build --variant te", ["tester"]),
        ("slidegen themes --copy le", ["lecture"]),
        ("slidegen new --template se", ["session"]),
    ],
)
def test_a_shell_offers_values(
    project: Project, monkeypatch: pytest.MonkeyPatch, line: str, offers: list[str]
) -> None:
    project.write("slidegen.yml", "variants: {tester: {}}\n")
    project.write("talk.md", "# A\n")
    project.write("talk.txt", "A\n")
    project.write("decks/one.md", "# A\n")
    monkeypatch.chdir(project.folder)
    monkeypatch.setenv("_SLIDEGEN_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split()) - 1))
    assert [each.partition(",")[2] for each in project.run().out.split()] == offers
