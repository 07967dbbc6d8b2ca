from __future__ import annotations

import pytest

from slidegen.option_types import duration
from tests.projects import Project


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("50", 3000),
        ("1.5", 90),
        ("50 min", 3000),
        ("50min", 3000),
        ("90 s", 90),
        ("1 h", 3600),
        ("1 h 15 min", 4500),
        ("1h15", 4500),
        ("2 hours 5 minutes 10 seconds", 7510),
        ("2:30", 150),
        ("1:15:00", 4500),
    ],
)
def test_durations(text: str, seconds: float) -> None:
    assert duration(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "min", "-5", "1:5", "5 km", "10:00 am"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        duration(text)


def test_slides_share_what_the_times_of_others_leave(project: Project) -> None:
    page = project.deck(
        "---\nduration: 10 min\n---\n# A\n---\ntime: 4\n\n# B\n--\nmore\n---\n# C\n---\n# D\n"
    )
    assert page.options["plan"] == [120, 240, 120, 120]


def test_without_a_duration_slides_without_a_time_count_for_nothing(project: Project) -> None:
    assert project.deck("time: 1:30\n\n# A\n---\n# B\n").options["plan"] == [90, 0]


def test_without_times_there_is_no_plan(project: Project) -> None:
    assert "plan" not in project.deck("# A\n---\n# B\n").options


def test_more_than_the_session_has_is_named(project: Project) -> None:
    project.write("talk.md", "---\nduration: 5 min\n---\ntime: 4\n\n# A\n---\ntime: 3\n\n# B\n")
    ran = project.run("build", "talk.md")
    assert ran.codes == ["SG120"]
    assert "talk.md:8:1" in ran.err
    assert "the slides take 7 min in total, but the session lasts only 5 min" in ran.err


def test_a_plan_is_too_long_from_the_slide_on_that_goes_beyond_it(project: Project) -> None:
    project.write(
        "talk.md", "---\nduration: 5\n---\ntime: 4\n\n# A\n---\ntime: 3\n\n# B\n---\ntime: 1\n\n# C\n"
    )
    assert "talk.md:8:1: warning[SG120]" in project.run("build", "talk.md").err


def test_a_property_that_means_nothing_is_named(project: Project) -> None:
    project.write("talk.md", "time: soon\ntransition: wipe\n\n# A\n--\nB\n")
    ran = project.run("build", "talk.md")
    assert ran.codes == ["SG119", "SG119"]
    assert "transition expects none, fade or slide, not wipe" in ran.err


def test_transitions_of_decks_and_slides(project: Project) -> None:
    page = project.deck(
        "---\ntransition: fade\n---\n# A\n---\ntransition: slide\n\n# B\n---\ntransition: none\n\n# C\n"
    )
    found = [node.attributes.get("data-transition") for node in page.tree.css("div.remark-slide-container")]
    assert found == ["fade", "slide", None]


def test_a_transition_that_does_not_exist_is_an_error(project: Project) -> None:
    project.write("talk.md", "---\ntransition: wipe\n---\n# A\n")
    assert project.run("build", "talk.md").codes == ["SG004"]


def test_a_density_that_does_not_exist_is_named_with_those_that_do(project: Project) -> None:
    project.write("talk.md", "density: tight\nfit: perhaps\n\n# A\n")
    ran = project.run("build", "talk.md")
    assert ran.codes == ["SG119", "SG119"]
    assert "density expects roomy, normal or compact, not tight" in ran.err
    assert "fit expects true or false, not perhaps" in ran.err
    project.write("talk.md", "---\ndensity: 3\n---\n# A\n")
    assert project.run("build", "talk.md").codes == ["SG004"]


@pytest.mark.parametrize("line", ["fig: a tree", "it: is prose", "fits: nobody", "hit: one"])
def test_words_near_fit_are_no_misspellings_of_it(project: Project, line: str) -> None:
    project.write("talk.md", f"{line}\n\n# A\n")
    ran = project.run("build", "talk.md")
    assert "did you mean" not in ran.err
