"""Where pages go when a project is built from above it."""

from __future__ import annotations

from tests.projects import Project


def pages(project: Project) -> list[str]:
    """The pages that there are, by path."""
    return sorted(path.relative_to(project.folder).as_posix() for path in project.folder.rglob("*.html"))


def test_a_project_built_from_above_has_its_pages_where_its_config_says(project: Project) -> None:
    project.write("course/slidegen.yml", "course: T\noutput: site\n")
    for name in ("a", "b"):
        project.write(f"course/slides/{name}.md", "# A\n")
    assert project.run("build", "course").code == 0
    assert pages(project) == ["course/site/a.html", "course/site/b.html", "course/site/index.html"]
    assert project.run("build", "course/slides").out.endswith("2 pages are up to date\n")


def test_a_deck_of_a_project_below_goes_there_too(project: Project) -> None:
    project.write("course/slidegen.yml", "output: site\n")
    project.write("course/slides/a.md", "# A\n")
    assert project.run("build", "course/slides/a.md").code == 0
    assert pages(project) == ["course/site/a.html"]


def test_a_folder_outside_of_the_project_is_not_written_to(project: Project) -> None:
    project.write("course/slidegen.yml", "output: ../elsewhere\n")
    project.write("course/slides/a.md", "# A\n")
    assert project.run("build", "course/slides/a.md").code == 0
    assert pages(project) == ["public/a.html"]


def test_decks_of_several_projects_stand_together(project: Project) -> None:
    for name in ("one", "two"):
        project.write(f"{name}/slidegen.yml", "")
        project.write(f"{name}/{name}.md", "# A\n")
    assert project.run("build", "one/one.md", "two/two.md").code == 0
    assert pages(project) == ["public/one/one.html", "public/two/two.html"]
