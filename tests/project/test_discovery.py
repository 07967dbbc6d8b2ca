from __future__ import annotations

import pytest

from tests.projects import Page, Project


def test_without_sources_slides_is_built_into_public_mirroring_the_tree(project: Project) -> None:
    project.write("slides/intro.md", "# Intro\n")
    project.write("slides/a/index.md", "# A\n")
    project.write("slides/a/deep/er/talk.markdown", "# Deep\n")
    project.write("elsewhere/other.md", "# Other\n")
    project.build()
    assert project.pages("public") == ["a/deep/er/talk.html", "a/index.html", "intro.html"]
    assert project.page("public/a/index.html").slides == ['<h1 id="a">A</h1>']


def test_a_folder_is_mirrored_below_what_o_says(project: Project) -> None:
    project.write("course/week1/index.md", "# 1\n")
    project.write("course/week2.md", "# 2\n")
    project.build("course", "-o", "site.d/en")
    assert project.pages("site.d/en") == ["week1/index.html", "week2.html"]
    assert not (project.folder / "public").exists()


def test_a_deck_named_by_itself_goes_to_public(project: Project) -> None:
    project.write("talk.md", "# Talk\n")
    project.build("talk.md")
    assert project.files("public") == ["talk.html"]


def test_a_deck_in_slides_has_the_same_page_however_it_is_named(project: Project) -> None:
    project.write("slides/a/index.md", "# A\n")
    project.build("slides/a/index.md")
    assert project.files("public") == ["a/index.html"]


def test_a_command_means_the_same_in_the_folder_of_the_decks(project: Project) -> None:
    project.write("slidegen.yml", "course: Statistics\n")
    project.write("slides/talk.md", "# A\n")
    inside = Project(project.folder / "slides")
    for args in ([], ["talk.md"]):
        ran = inside.build(*args)
        assert "../public/talk.html" in ran.out or args
        assert project.files("public")[-1] == "talk.html"
        assert project.files("slides") == ["talk.md"]


def test_decks_named_by_themselves_keep_their_places_to_each_other(project: Project) -> None:
    project.write("one/index.md", "# One\n")
    project.write("two/index.md", "# Two\n")
    project.build("one/index.md", "two/index.md")
    assert project.files("public") == ["one/index.html", "two/index.html"]


def test_a_path_that_ends_in_html_is_the_page_itself(project: Project) -> None:
    project.write("slides/talk.md", "# Talk\n")
    project.build("slides/talk.md", "-o", "new/folder/handout.html")
    assert project.page("new/folder/handout.html").slides == ['<h1 id="talk">Talk</h1>']
    assert not (project.folder / "public").exists()


def test_a_folder_with_one_deck_may_be_given_a_page(project: Project) -> None:
    project.write("talk/index.md", "# Talk\n")
    project.build("talk", "-o", "talk.html")
    assert project.page("talk.html").slides == ['<h1 id="talk">Talk</h1>']


def test_a_minus_is_standard_output_and_nothing_else_stands_there(project: Project) -> None:
    project.write("talk.md", "# Talk\n")
    ran = project.build("talk.md", "-o", "-")
    assert ran.out.startswith("<!DOCTYPE html>")
    assert ran.out.rstrip().endswith("</html>")
    assert Page(ran.out).slides == ['<h1 id="talk">Talk</h1>']
    assert project.files() == ["talk.md"]


def test_a_deck_with_an_error_gives_no_page_on_standard_output(project: Project) -> None:
    project.write("talk.md", "# Talk\n\n![:nope](x)\n")
    ran = project.run("build", "talk.md", "-o", "-")
    assert (ran.code, ran.stdout, ran.codes) == (1, b"", ["SG005"])


def test_in_folders_some_names_are_no_decks(project: Project) -> None:
    project.write("slides/talk.md", "# Talk\n")
    for name in (
        "README.md",
        "a/readme.md",
        "_draft.md",
        "_parts/part.md",
        ".hidden.md",
        ".git/note.md",
        "notes.txt",
    ):
        project.write(f"slides/{name}", "# No deck\n")
    project.build()
    assert project.files("public") == ["talk.html"]


def test_a_file_that_is_named_is_a_deck_whatever_its_name(project: Project) -> None:
    project.write("README.md", "# Read\n")
    project.write("_draft.md", "# Draft\n")
    project.build("README.md", "_draft.md")
    assert project.files("public") == ["README.html", "_draft.html"]


def test_globs_of_exclude_are_no_decks(project: Project) -> None:
    for name in ("talk.md", "old-talk.md", "a/old-talk.md", "drafts/one.md", "drafts/b/two.md", "a/keep.md"):
        project.write(f"slides/{name}", "# Deck\n")
    project.build()
    assert len(project.pages("public")) == 6
    project.write("slidegen.yml", "exclude: [old-*.md, drafts/*]\n")
    project.build("-o", "kept")
    assert project.pages("kept") == ["a/keep.html", "talk.html"]


def test_inspect_finds_the_same_decks_as_build(project: Project) -> None:
    for name in ("talk.md", "README.md", "_draft.md", "old/x.md", "b/index.md"):
        project.write(f"slides/{name}", "# Deck\n")
    project.write("slidegen.yml", "exclude: old/*\n")
    assert [deck["path"] for deck in project.inspect()] == ["slides/b/index.md", "slides/talk.md"]


def test_a_deck_that_is_named_twice_is_built_once(project: Project) -> None:
    project.write("slides/talk.md", "# Talk\n")
    ran = project.build("slides", "slides/talk.md", "slides/../slides/talk.md")
    assert ran.out.count(" -> ") == 1


@pytest.mark.parametrize(
    ("decks", "args"),
    [
        (["a/talk.md", "b/talk.md"], ["a", "b"]),
        (["slides/talk.md", "slides/talk.markdown"], []),
        (["one.md", "two.md"], ["one.md", "two.md", "-o", "page.html"]),
        (["one.md", "two.md"], ["one.md", "two.md", "-o", "-"]),
    ],
    ids=["two folders", "two suffixes", "one page", "standard output"],
)
def test_two_decks_with_one_output_are_an_error_and_nothing_is_written(
    project: Project, decks: list[str], args: list[str]
) -> None:
    for deck in decks:
        project.write(deck, "# Deck\n")
    ran = project.run("build", *args)
    assert (ran.code, ran.stdout, ran.codes) == (1, b"", ["SG009"])
    for deck in decks:
        assert deck in ran.err
    assert "hint: " in ran.err
    assert project.files() == sorted(decks)


def test_pages_that_differ_in_case_only_are_one_file_on_many_computers(project: Project) -> None:
    project.write("slides/talk.md", "# Talk\n")
    other = project.write("slides/Talk.md", "# Other\n")
    if other.read_text("utf-8") != (project.folder / "slides/talk.md").read_text("utf-8"):
        ran = project.run("build")
        assert (ran.code, ran.codes) == (1, ["SG009"])


@pytest.mark.parametrize(
    ("args", "code", "says", "hint"),
    [
        ([], "SG001", "slides: error[SG001]: there is no such file or folder", "slidegen build talk.md"),
        (["tlak.md"], "SG001", "tlak.md: error[SG001]: there is no such file", "did you mean talk.md?"),
        (["empty"], "SG012", "empty: error[SG012]: this folder contains no decks", ".md"),
    ],
    ids=["no slides folder", "misspelt", "empty folder"],
)
def test_sources_that_are_not_there(
    project: Project, args: list[str], code: str, says: str, hint: str
) -> None:
    project.write("talk.md", "# Talk\n")
    project.write("empty/README.md", "Nothing yet.\n")
    ran = project.run("build", *args)
    assert (ran.code, ran.codes) == (1, [code])
    assert ran.err.startswith(says)
    assert hint in ran.err.partition("hint: ")[2]
    assert not (project.folder / "public").exists()


def test_a_deck_that_is_in_slides_is_suggested_and_a_file_that_is_none_is_not(project: Project) -> None:
    project.write("slides/talk.md", "# Talk\n")
    project.write("walk.pdf", "%PDF")
    assert "did you mean slides/talk.md?" in project.run("build", "talk.md").err
    assert "did you mean" not in project.run("build", "walk.md").err
