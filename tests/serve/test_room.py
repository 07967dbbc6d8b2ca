"""What the room sees where a project has variants."""

from __future__ import annotations

import json

import pytest

from slidegen.serve import slide_cache
from slidegen.serve.listening import Addresses
from slidegen.serve.room import Room, allowed_in_room
from slidegen.serve.terminal import say_addresses
from tests.projects import PIXEL, Project
from tests.serve.asgi import Line
from tests.serve.served import AT, OTHER, Served, presenter_and_room, run

DECK = """\
class: solution

# SECRET first
---
# One

[more](SECRET.txt)
---
# Two

.solution[SECRET ![](secret.png)]
--
only: instructor

SECRET step
---
class: solution

# SECRET slide
---
# Three
"""


@pytest.fixture
def course(project: Project) -> Project:
    project.write("slidegen.yml", "variants: {student: {notes: false}}\n")
    project.write("slides/talk.md", DECK.replace("[more](SECRET.txt)", "text"))
    project.write("slides/secret.png", PIXEL)
    return project


def step(index: int, count: int) -> dict[str, object]:
    return {"relay": {"from": "w1", "count": count, "message": {"kind": "slide", "index": index}}}


def test_the_audience_is_served_the_students_version(course: Project) -> None:
    async def story(served: Served) -> None:
        author, audience = await served.ask("/talk.html"), await served.ask("/talk.html", **AT)
        assert "SECRET" in author.text
        assert "SECRET" not in audience.text
        assert "Three" in audience.text
        picture = next(path for path in served.session.registry.files if "secret" in path)
        assert (await served.ask(picture)).status == 200
        assert (await served.ask(picture, **AT)).status == 404, "not even who guesses its address gets it"
        assert "SECRET" not in (await served.ask("/", **AT)).text

    run(course, story, shared=True)


def test_a_save_changes_both_and_tells_the_room_no_secret(course: Project) -> None:
    async def story(served: Served) -> None:
        live = await served.live("/talk.html", **AT)
        line = Line(served.app, OTHER, host=AT["host"])
        assert await line.opened()
        line.send(live)
        text = (course.folder / "slides/talk.md").read_text("utf-8")
        course.write("slides/talk.md", text.replace("# Two", "# Second").replace("SECRET", "SECRET new"))
        await served.session.changed({course.folder / "slides/talk.md"})
        sent = json.dumps(await line.receive())
        assert "Second" in sent
        assert "SECRET" not in sent
        await line.close()

    run(course, story, shared=True)


def test_what_the_audience_is_served_is_checked(course: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = "The walk returns with probability one"
    deck = f"# One\n\ntext\n\n.solution[{answer} ![](secret.png)]\n"
    course.write("slides/talk.md", deck)
    render = slide_cache.heading

    async def story(served: Served) -> None:
        assert "One" in (await served.ask("/talk.html", **AT)).text
        monkeypatch.setattr(slide_cache, "heading", lambda html: f"{render(html)} {answer}")
        for change in ("text", "other words"):
            course.write("slides/talk.md", deck.replace("text", change) + "\nmore\n")
            await served.session.changed({course.folder / "slides/talk.md"})
            shown = (await served.ask("/talk.html", **AT)).text
            assert "One" in shown, "the room keeps what it has"
            assert answer not in shown
            built = served.session.registry.decks["/talk.html"].built
            assert built is not None
            assert [item.code for item in built.problems] == ["SG070"]
        monkeypatch.undo()
        course.write("slides/talk.md", deck.replace("text", "the last words"))
        await served.session.changed({course.folder / "slides/talk.md"})
        assert "the last words" in (await served.ask("/talk.html", **AT)).text

    run(course, story, shared=True)


def test_the_check_follows_each_edit(course: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = "The walk returns with probability one"
    render = slide_cache.heading

    async def story(served: Served) -> None:
        async def codes(deck: str) -> list[str]:
            course.write("slides/talk.md", deck)
            await served.session.changed({course.folder / "slides/talk.md"})
            built = served.session.registry.decks["/talk.html"].built
            assert built is not None
            return [f"{item.code}:{item.line}" for item in built.problems]

        assert "One" in (await served.ask("/talk.html", **AT)).text
        monkeypatch.setattr(slide_cache, "heading", lambda html: f"{render(html)} {answer}")
        leaving = f".solution[{answer}]"
        assert await codes(f"# One\n\n{leaving}\n") == ["SG070:3"]
        assert await codes(f"# One\n---\n# Two\n\n{leaving}\n") == ["SG070:5"]
        assert await codes(f"# One\n---\n# Two\n\n{leaving}\n---\n{answer}\n") == []
        assert await codes(f"# One\n\nmore\n---\n# Two\n\n{leaving}\n---\n{answer}\n") == []
        assert await codes(f"# One\n\nmore\n---\n# Two\n\n{leaving}\n---\nother\n") == ["SG070:7"]
        assert await codes("# One\n\nmore\n---\n# Two\n\n.solution[other]\n---\nother\n") == []
        assert await codes(f"# One\n\nmore\n---\n# Two\n\n{leaving}\n---\nother\n") == ["SG070:7"]

    run(course, story, shared=True)


def test_names_of_values_are_not_read_as_text(course: Project) -> None:
    course.write(
        "slides/talk.md", "# Privacy at work\n\n.solution[Title, privacy. Slide numbers, aria label]\n"
    )

    async def story(served: Served) -> None:
        assert "Privacy" in (await served.ask("/talk.html", **AT)).text
        assert (await served.live("/talk.html"))["problems"] == []

    run(course, story, shared=True)


def test_the_room_stays_on_the_last_step_that_both_have(course: Project) -> None:
    async def story(served: Served) -> None:
        presenter, room = await presenter_and_room(served)
        seen = []
        for count, index in enumerate((1, 2, 3, 4, 5), start=1):
            presenter.send(step(index, count))
            seen.append((await room.receive())["relay"]["message"]["index"])
        assert seen == [0, 1, 1, 1, 2]
        presenter.send(step(0, 6))
        presenter.send(
            {"relay": {"from": "w1", "count": 7, "message": {"kind": "pointer", "x": 0.5, "y": 0.5}}}
        )
        presenter.send(
            {
                "relay": {
                    "from": "w1",
                    "count": 8,
                    "message": {"kind": "drawing", "slide": "One", "strokes": []},
                }
            }
        )
        presenter.send({"relay": {"from": "w1", "count": 9, "message": {"kind": "blackout", "on": True}}})
        heard = await room.receive()
        assert heard["relay"]["message"] == {"kind": "blackout", "on": True}, (
            "nothing of the slide that it lacks"
        )
        room.send({"ask": True})
        assert (await room.receive())["relay"]["message"]["kind"] == "blackout"
        await served.ask("/api/goto", "POST", {"path": "slides/talk.md", "line": 20})
        assert await room.receive() == {"goto": 1}
        for line in (presenter, room):
            await line.close()

    run(course, story, shared=True)


@pytest.mark.parametrize(
    ("config", "sees"),
    [
        ("variants: {student: {notes: false}}\n", False),
        ("variants: {student: {notes: false}}\naudience: instructor\n", True),
        ("variants: {print: {without: [solution]}}\naudience: print\n", False),
        ("course: T\n", True),
    ],
)
def test_audience_says_which_variant_the_room_sees(course: Project, config: str, sees: bool) -> None:
    course.write("slidegen.yml", config)
    course.write("slides/talk.md", "# One\n\n.solution[SECRET]\n\n???\nSaid\n")

    async def story(served: Served) -> None:
        audience = await served.ask("/talk.html", **AT)
        assert ("SECRET" in audience.text) == sees
        assert "Said" not in audience.text
        assert "SECRET" in (await served.ask("/talk.html")).text

    run(course, story, shared=True)


def test_a_mark_that_is_none_keeps_the_room_as_it_was(course: Project) -> None:
    async def story(served: Served) -> None:
        before = await served.ask("/talk.html", **AT)
        course.write("slides/talk.md", "# Other\n\n.Solution[SECRET]\n")
        await served.session.changed({course.folder / "slides/talk.md"})
        after = await served.ask("/talk.html", **AT)
        assert "SECRET" not in after.text
        assert "Three" in before.text
        assert "Three" in after.text
        assert "SG069" in json.dumps((await served.live("/talk.html"))["problems"]), "the presenter is told"

    run(course, story, shared=True)


def test_places_of_steps() -> None:
    room = Room.between("abcde", "bd")
    assert [room.slide(index) for index in range(7)] == [None, 0, 0, 1, 1, None, None]
    assert Room.between("aab", "ab").places == (0, 0, 1)
    assert Room.between("ab", "ab").same
    assert Room.between("ab", "").slide(1) is None


def test_the_room_looks_closer_where_both_have_the_slide() -> None:
    room = Room.between("abcde", "bde")
    zoom = {"kind": "zoom", "slide": 3, "x": 0.5, "y": 0.5, "scale": 2}
    assert allowed_in_room(zoom) == zoom
    assert room.message(zoom, 3) == {**zoom, "slide": 1}
    assert room.message({**zoom, "slide": 2}, 2) is None


@pytest.mark.parametrize(
    ("room", "says"),
    [
        ("student", "can now see the variant student, without notes;"),
        ("", "can now see the decks, without notes;"),
    ],
)
def test_serve_says_what_the_room_sees(room: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    say_addresses(
        Addresses("http://localhost:8000/", "http://10.0.0.1:8000/", "http://10.0.0.1:8000/?x", room)
    )
    said = capsys.readouterr().err
    assert says in said
    assert ("the room stays on the last slide that both have" in said) == bool(room)


def test_a_host_that_nobody_else_can_reach_is_no_way_to_share(capsys: pytest.CaptureFixture[str]) -> None:
    say_addresses(Addresses("http://localhost:8000/", only_here="127.0.0.1"))
    assert "use --host 0.0.0.0 for your phone and the audience" in capsys.readouterr().err
    say_addresses(Addresses("http://localhost:8000/"))
    assert not capsys.readouterr().err


def test_an_audience_that_there_is_not_is_named_before_anything_is_served(course: Project) -> None:
    course.write("slidegen.yml", "variants: {student: {notes: false}}\naudience: studnt\n")
    ran = course.run("serve", "--host", "0.0.0.0", "-p", "0")
    assert (ran.code, ran.codes) == (1, ["SG064"])
    assert "did you mean student?" in ran.err
