"""Languages are given as tags; names of languages are named."""

from __future__ import annotations

import pytest

from tests.projects import Project


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("english", "en"),
        ("Deutsch", "de"),
        ("Français", "fr"),
        ("Klingon", "the tag of the language, such as"),
    ],
)
def test_a_language_by_name_gets_a_warning_with_its_tag(project: Project, written: str, meant: str) -> None:
    project.write("front.md", f"---\nlang: {written}\n---\n# One\n")
    ran = project.run("build", "front.md")
    assert (ran.code, ran.codes) == (0, ["SG119"])
    assert f"front.md:2:7: warning[SG119]: {written} is not a language tag" in ran.err
    assert f"hint: write {'lang: ' if len(meant) == 2 else ''}{meant}" in ran.err
    project.write("slide.md", f"# One\n\n---\nlang: {written}\n\n# Two\n")
    assert "slide.md:4:1: warning[SG119]" in project.run("build", "slide.md").err


def test_a_language_by_name_in_the_project_is_named_with_its_file(project: Project) -> None:
    project.write("slidegen.yml", "lang: english\n")
    project.write("deck.md", "# One\n")
    assert (
        "slidegen.yml:1:7: warning[SG119]: english is not a language tag"
        in project.run("build", "deck.md").err
    )


@pytest.mark.parametrize(
    "tag", ["en", "pt-BR", "en_US", "zh-Hant-TW", "de-1996", "sr-Latn", "x-klingon", "tlh"]
)
def test_a_tag_is_fine(project: Project, tag: str) -> None:
    project.write("deck.md", f"---\nlang: {tag}\n---\n# One\n\n---\nlang: {tag}\n\n# Two\n")
    project.build("deck.md")
