"""The page of a slide with many steps: work in proportion to its steps."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.calls import counted
from tests.projects import PIXEL, Project

KINDS = {
    "paragraphs": "\nStep *{n}* here.\n",
    "items": "- item *{n}*",
    "footnotes": "\nText {n}[^n{n}].\n\n[^n{n}]: Note {n}.\n",
    "notes": "\nText {n}\n\n???\n\nNote *{n}*.\n",
    "columns": "\n.left-column[\nLeft {n}\n]\n.right-column[\nRight *{n}*\n]\n",
    "html": '\n<div class="x">Html <b>{n}</b></div>\n',
    "fences": "\n```python\nx = f({n})\n```\n",
    "images": "\n![image {n}](pixel.png)\n",
    "formulas": "\nThe $x_{{{n}}} + 1$ is.\n",
    "links": "\nSee [this](#s{n}) <a id='s{n}'></a>.\n",
    "definitions": "\nSee [l{n}].\n\n[l{n}]: https://example.org/{n}\n",
    "items in items": "- item {n}\n  - inner {n}\n  - other",
    "macros": "\n![:shout word {n}]()\n",
    "macros in columns": "\n.left-column[\n![:shout word {n}]()\n]\n",
    "boxes for the foot": "\nText {n}\n\n.footnote[note {n}]\n",
    "tables": "\n| a | b |\n|---|---|\n| {n} | x |\n",
    "rows": "| {n} | x |",
    "items in one item": "  - inner {n}",
    "definitions of terms": "\nTerm {n}\n: Definition {n}\n",
    "variables": "\nVar {{{{x}}}} {n}\n",
    "films": "\n![:youtube](abc{n})\n",
    "quotes": "\n> quote {n}\n\nText\n",
    "icons": '\n![:icon rocket](text {n}) <i class="fa fa-rocket"></i>\n',
    "divisions": "\n::: {{.callout-tip}}\ntext *{n}*\n:::\n",
    "attributes": '\n[text {n}]{{.red title="t {n}"}}\n',
    "callouts": "\n> [!NOTE]\n> text *{n}*\n",
    "formulas in boxes": "\n.box[\nText $x_{{{n}}} + 1$ *is*\n]\n",
    "differences": "\n```diff\n+x {n}\n-y\n```\n",
}


def work(project: Project, step: str, steps: int) -> int:
    """How many functions are called to build a slide of so many steps."""
    # other text for each deck, so that nothing is known from the one before
    start = {"|": "| a | b |\n|---|---|\n", " ": "- item\n"}.get(step[0], "")
    text = f"footer: f\nx: y\n\n# A\n\n{start}" + "".join(
        f"\n--\n{step.format(n=1000 * steps + n)}" for n in range(steps)
    )
    with counted() as calls:
        project.write("talk.md", text)
        assert project.run("build", "talk.md", "-o", "-").code == 0
    return calls.count


@pytest.mark.parametrize("step", KINDS.values(), ids=KINDS.keys())
def test_work_is_in_proportion_to_the_steps(project: Project, step: str) -> None:
    project.write("pixel.png", PIXEL)
    project.write("templates/macros/shout.html", "<b>{{ args | join }}</b>")
    work(project, step, 12)  # modules are imported, templates compiled
    few, more, many = (work(project, step, steps) for steps in (20, 40, 80))
    assert many - more < 2.4 * (more - few)


@pytest.mark.parametrize("variant", [(), ("--variant", "student")], ids=["all", "variant"])
def test_footnotes_that_are_defined_on_the_first_step_are_read_and_written_once(
    project: Project, variant: Sequence[str]
) -> None:
    project.write("slidegen.yml", "variants: {student: {notes: false}}\n")

    def work(steps: int) -> int:
        numbers = range(1000 * steps, 1001 * steps)
        notes = "".join(f"[^{n}]: Note *{n}* says [more](https://example.org/{n}).\n" for n in numbers)
        step = "\n--\n\nText {n}[^{n}].\n"
        project.write("talk.md", f"# A\n\n{notes}" + "".join(step.format(n=n) for n in numbers))
        with counted() as calls:
            assert project.run("build", "talk.md", "-o", "-", *variant).code == 0
        return calls.count

    work(12)  # modules are imported, templates compiled
    few, more, many = map(work, (20, 40, 80))
    assert many - more < 2.4 * (more - few)


def test_a_step_with_footnotes_is_compared_to_the_one_before_it_once_for_all_who_ask(
    project: Project,
) -> None:
    steps = [f"\nText {n}[^n{n}].\n\n[^n{n}]: Note {n}.\n" for n in range(50)]
    project.write("talk.md", "\n--\n".join(steps))
    with counted("shared_length") as comparisons:
        assert project.run("build", "talk.md", "-o", "-").code == 0
    # Its content, its foot and its notes: as converted, with references, and folded.
    assert 0 < comparisons.count < 20 * len(steps)


def test_a_macro_that_says_something_of_its_step_is_called_on_each(project: Project) -> None:
    project.write("templates/macros/step.html", "<b>{{ slide.step }}</b>")
    project.write("templates/macros/inner.html", "{% include 'macros/step.html' %}")
    for name in ("step", "inner"):
        project.write("talk.md", f"![:{name}]()\n" + "\n--\n\ntext\n" * 20)
        shown = [slide["html"] for slide in project.inspect("talk.md")[0]["slides"]]
        assert all(f"<b>{step}</b>" in html for step, html in enumerate(shown))


def calls_for_a_student(project: Project, function: str, step: str, steps: int) -> int:
    """How often a function is called to build the student's page of a slide with so many steps like this one."""
    project.write("slidegen.yml", "variants: {student: {notes: false}}\n")
    project.write("talk.md", "\n--\n".join(step.format(n=1000 * steps + n) for n in range(steps)))
    with counted(function) as calls:
        assert project.run("build", "talk.md", "-o", "talk.html", "--variant", "student").code == 0
    return calls.count


def test_end_tags_behind_what_a_variant_leaves_out_are_read_once(project: Project) -> None:
    step = '\n<div class="solution">Answer</div>\n<div>Text {n}</div>\n'
    twice, once = (calls_for_a_student(project, "tags_of", step, steps) for steps in (80, 40))
    assert 0 < twice < 2.4 * once


def test_comments_of_a_variant_are_looked_for_in_what_each_step_adds(project: Project) -> None:
    project.write("templates/macros/film.html", "<!-- made for {{ args[0] }} --><i>film {{ args[0] }}</i>")
    step = "\n<div class='solution'>Answer</div>\n\n![:film {n}]() <b>{n}</b>\n"
    twice, once = (calls_for_a_student(project, "read_tag", step, steps) for steps in (80, 40))
    assert 0 < twice < 2.4 * once
    html = project.page("talk.html").html
    assert "made for" not in html
    assert "Answer" not in html
    assert html.count("<i>film") == 40
