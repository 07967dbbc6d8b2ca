"""Decks that show no slide."""

from __future__ import annotations

import pytest

from tests.projects import Project


@pytest.mark.parametrize(
    ("deck", "place"),
    [
        ("exclude: true\n\n# A\n---\nexclude: true\n# B\n--\nc\n", "deck.md:1:1"),
        ("# A\nb\n---\n# B\n", None),
        ("name: a\nlayout: true\n\n# A\n", "deck.md:2:1"),
        ("---\nexcludedClasses: [draft]\n---\nclass: middle, draft\n\n# A\n", "deck.md:4:1"),
        ("exclude: true\n\n# A\n---\n# B\n", None),
        ("", None),
    ],
)
def test_a_deck_without_a_slide_is_named(project: Project, deck: str, place: str | None) -> None:
    project.write("deck.md", deck)
    ran = project.run("check", "deck.md")
    assert ran.codes == (["SG240"] if place else [])
    if place:
        assert f"{place}: warning[SG240]" in ran.err


def test_a_version_that_leaves_a_whole_deck_out_is_what_was_asked_for(project: Project) -> None:
    project.write("deck.md", "only: instructor\n\n# A\n")
    assert project.run("build", "deck.md", "--variant", "student").codes == []
