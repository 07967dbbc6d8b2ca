"""What a check says to programs."""

from __future__ import annotations

import json
from typing import Any

from tests.projects import Project

DECK = "# A\n\n??? say, hello: 100%\n\n---\n\nOnly text\n\n---\n\nOnly text\n"


def sarif(project: Project) -> Any:
    project.write("slides/deck.md", DECK)
    return json.loads(project.run("check", "--format", "sarif").out)


def test_json_is_a_list_of_what_is_found(project: Project) -> None:
    project.write("deck.md", DECK)
    items = json.loads(project.run("check", "deck.md", "--format", "json").out)
    assert [(item["code"], item["rule"], item["line"]) for item in items] == [
        ("SG221", "notes-mark", 3),
        ("SG385", "no-title", 7),
        ("SG385", "no-title", 11),
    ]
    assert (
        items[0] | {"path": "deck.md", "column": 1, "endLine": 3, "endColumn": 4, "severity": "warning"}
        == items[0]
    )


def test_sarif_has_what_its_schema_asks_for(project: Project) -> None:
    log = sarif(project)
    assert (log["version"], log["$schema"].rpartition("/")[2]) == ("2.1.0", "sarif-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note", "none")
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"] == {"uri": "slides/deck.md"}
        region = location["physicalLocation"]["region"]
        assert all(isinstance(value, int) and value >= 1 for value in region.values())


def test_a_deck_outside_the_folder_has_an_absolute_address(project: Project) -> None:
    path = project.write("other place/deck.md", DECK)
    here = project.folder / "here"
    here.mkdir()
    log = json.loads(Project(here).run("check", str(path), "--format", "sarif").out)
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": path.as_uri()}


def test_github_shows_annotations(project: Project) -> None:
    project.write("deck.md", DECK)
    line = project.run("check", "deck.md", "--format", "github").out.splitlines()[0]
    assert line.startswith("::warning file=deck.md,line=3,endLine=3,col=1,title=SG221 notes-mark::")
    assert "%0A" in line


def test_gitlab_has_an_issue_for_each_of_two_same_mistakes(project: Project) -> None:
    project.write("deck.md", DECK)
    issues = json.loads(project.run("check", "deck.md", "--format", "gitlab").out)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 3
    assert issues[0]["location"] == {"path": "deck.md", "lines": {"begin": 3}}
    assert {issue["severity"] for issue in issues} == {"minor"}


def test_a_clean_deck_is_an_empty_list(project: Project) -> None:
    project.write("deck.md", "# A\n")
    ran = project.run("check", "deck.md", "--format", "json")
    assert (ran.code, json.loads(ran.out)) == (0, [])
