"""Steps within content classes, as pages and variants have them."""

from __future__ import annotations

from tests.projects import Project

VARIANTS = """\
variants:
  student:
    without: [solution]
    notes: false
"""


def student_page(project: Project, deck: str) -> str:
    """The page of a deck for students."""
    project.write("slidegen.yml", VARIANTS)
    project.write("deck.md", deck)
    project.build("deck.md", "--variant", "student", "-o", "student.html")
    return project.page("student.html").html


def test_a_list_goes_on_across_a_step(project: Project) -> None:
    [slide] = project.deck(".a[\n1. one\n\n--\n\n2. two\n]\n").slides
    assert "<ol>\n<li>one</li>\n<!--step 0--><li>two</li>\n<!--/step 0--></ol>" in slide


def test_a_dash_in_a_layout_is_named(project: Project) -> None:
    project.write("deck.md", "layout: true\n\n.a[\nx\n--\n]\n\n---\n\ny\n")
    assert project.run("build", "deck.md").codes == ["SG201"]


def test_a_variant_has_no_steps_of_what_it_leaves_out(project: Project) -> None:
    html = student_page(
        project,
        "# Q\n\n.left[\nasked\n.solution[\nHIDDEN1\n--\nHIDDEN2\n.b[\n--\nHIDDEN3\n]\n]\nthen\n--\nmore\n]\n\n"
        '<div class="solution">\n\n.b[\nHIDDEN4\n--\nHIDDEN5\n]\n\n</div>\n\nend\n',
    )
    assert "HIDDEN" not in html
    [deck] = project.inspect("deck.md", "--variant", "student")
    assert len(deck["slides"]) == 2


def test_an_incremental_slide_of_a_variant_has_steps_only_for_what_is_left(project: Project) -> None:
    html = student_page(
        project,
        "class: incremental\n\n# Q\n\n- asked\n- again .solution[HIDDEN1]\n\n.solution[\n- HIDDEN2\n- HIDDEN3\n]\n\n"
        "- end\n\n???\n\nHIDDEN4\n",
    )
    assert "HIDDEN" not in html
    [deck] = project.inspect("deck.md", "--variant", "student")
    assert [slide["html"].count("<li>") for slide in deck["slides"]] == [0, 1, 2, 3]


def test_the_option_is_read_from_the_front_matter(project: Project) -> None:
    [slide] = project.deck("---\nincremental: true\n---\n# T\n\n- a\n- b\n").slides
    assert slide.count("<!--step") == 2
    project.write("talk.md", "---\nincremental: often\n---\n# T\n")
    assert project.run("build", "talk.md").codes == ["SG004"]


def test_a_variant_is_without_divisions_as_it_is_without_boxes(project: Project) -> None:
    html = student_page(
        project,
        "# Q\n\n::: solution\nHIDDEN1\n--\nHIDDEN2\n:::\n\n:::: {.columns}\n::: {.column .solution}\nHIDDEN3\n:::\n"
        "::: {.column}\nshown\n:::\n::::\n\n::: notes\nHIDDEN4\n:::\n",
    )
    assert "HIDDEN" not in html
    assert "shown" in html
