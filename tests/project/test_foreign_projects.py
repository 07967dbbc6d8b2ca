"""Projects that the user does not work in: their slidegen.yml may have come with somebody's decks."""

from __future__ import annotations

import pytest

from slidegen.project.project import KNOWN_EDITORS, Projects, load_project
from slidegen.serve import open_editor
from tests.projects import Project


@pytest.fixture
def theirs(project: Project) -> Project:
    """A folder that the user works in, beside somebody's project."""
    project.write("secret.txt", "hidden text\n")
    project.write("mine/notes.txt", "")
    project.write("theirs/a.md", "# A\n\n![:include](../secret.txt)\n")
    return project


ALLOWS = ['[".."]', '["/"]', '["~", ".."]', "[../../.., ..]"]


@pytest.mark.parametrize("allow", ALLOWS)
@pytest.mark.parametrize("command", ["build", "inspect", "import"])
def test_somebody_elses_settings_do_not_let_decks_read_outside(
    theirs: Project, allow: str, command: str
) -> None:
    theirs.write("theirs/slidegen.yml", f"assets: {{allow: {allow}}}\n")
    mine = Project(theirs.folder / "mine")
    ran = mine.run(command, "../theirs/a.md", *(["-o", "out"] if command != "inspect" else []))
    assert {"SG184", "SG063"} <= set(ran.codes) or '"SG063"' in ran.out
    assert "hidden text" not in ran.out
    assert not any(b"hidden text" in (mine.folder / name).read_bytes() for name in mine.files())


@pytest.mark.parametrize("allow", ALLOWS)
def test_ones_own_settings_do(theirs: Project, allow: str) -> None:
    theirs.write("theirs/slidegen.yml", f"assets: {{allow: {allow}}}\n")
    own = Project(theirs.folder / "theirs")
    if allow != '["/"]':
        own.write("slidegen.yml", 'assets: {allow: [".."]}\n')
    assert "hidden text" in own.run("build", "a.md", "-o", "-").out


@pytest.mark.parametrize("marker", ["slidegen.yml", "_config.yml", ".git", "notes.txt"])
def test_a_project_within_ones_own_may_share_its_folders_but_no_hidden_ones(
    theirs: Project, marker: str
) -> None:
    theirs.write(marker, "")
    theirs.write("shared/x.txt", "shared text\n")
    theirs.write(".keys/x.txt", "hidden text\n")
    theirs.write("theirs/slidegen.yml", 'assets: {allow: ["../shared"]}\n')
    theirs.write("theirs/a.md", "# A\n\n![:include](../shared/x.txt)\n")
    assert "shared text" in theirs.build("theirs/a.md", "-o", "-").out
    theirs.write("theirs/slidegen.yml", 'assets: {allow: ["../.keys", "../../"]}\n')
    theirs.write("theirs/a.md", "# A\n\n![:include](../.keys/x.txt)\n")
    assert set(theirs.run("build", "theirs/a.md", "-o", "-").codes) == {"SG063", "SG184"}


def test_a_home_is_not_given_away(theirs: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs.write("theirs/slidegen.yml", 'assets: {allow: [".."]}\n')
    assert theirs.run("build", "theirs/a.md", "-o", "-").codes == []
    for home in (theirs.folder, theirs.folder / "somebody"):
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.setenv("USERPROFILE", str(home))
        assert set(theirs.run("build", "theirs/a.md", "-o", "-").codes) == {"SG063", "SG184"}


@pytest.mark.parametrize("hosts", ["[localhost]", "[127.0.0.0/8]", '["10.0.0.1:80"]'])
def test_somebody_elses_settings_do_not_lead_to_the_local_network(theirs: Project, hosts: str) -> None:
    theirs.write("theirs/slidegen.yml", f"assets: {{hosts: {hosts}}}\n")
    away = load_project(theirs.folder / "theirs", theirs.folder)
    assert away.config.assets.hosts == ()
    assert [item.code.number for item in away.diagnostics] == ["SG184"]
    assert load_project(theirs.folder / "theirs", theirs.folder / "theirs").config.assets.hosts


@pytest.mark.parametrize("command", ["sh -c 'touch x'", "code -g {path}", "/bin/touch"])
def test_somebody_elses_settings_start_no_program(theirs: Project, command: str) -> None:
    theirs.write("theirs/slidegen.yml", f"editor: {command!r}\n".replace("\\'", "''"))
    deck = theirs.folder / "theirs/a.md"
    assert Projects(theirs.folder).of(deck).config.editor == ""
    assert Projects(theirs.folder / "theirs").of(deck).config.editor != ""


def test_editors_that_anybody_may_name_are_no_commands(theirs: Project) -> None:
    assert set(KNOWN_EDITORS) == set(open_editor.EDITORS)
    for name in KNOWN_EDITORS:
        theirs.write("theirs/slidegen.yml", f"editor: {name}\n")
        project = Projects(theirs.folder).of(theirs.folder / "theirs/a.md")
        assert (project.config.editor, project.diagnostics) == (name, ())
