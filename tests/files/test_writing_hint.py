"""What to do about a file that cannot be written: `-o` only where a command has it."""

from __future__ import annotations

from tests.projects import Project


def test_only_commands_with_an_output_suggest_another_one(project: Project) -> None:
    project.write("talk.md", "# One\n")
    project.write("public", "a file, not a folder\n")
    project.write("course/slides", "a file, not a folder\n")
    for command in (["build", "talk.md"], ["import", "talk.md", "-o", "public/course"]):
        assert "choose another place with -o" in project.run(*command).err, command
    ran = project.run("init", "course")
    assert ran.codes == ["SG010"]
    assert "-o" not in ran.err
    assert "check the permissions of its folder" in ran.err
