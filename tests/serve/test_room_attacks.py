"""What somebody in the room gets who looks for what it is not to see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from slidegen.serve import slide_cache
from slidegen.serve.deck_registry import DeckRegistry
from slidegen.serve.page_draft import AUDIENCE, AUTHOR
from slidegen.serve.room import allowed_in_room
from tests.projects import PIXEL, Project
from tests.serve.served import AT, Served, presenter_and_room, run

STUDENT = "variants: {student: {notes: false}}\n"
STROKE = {"tool": "pen", "color": "#f00", "points": (1, 2), "id": "a", "version": 1}
PAGE = """<!DOCTYPE html><title>H</title><textarea id="source"># H

???
SECRET note
</textarea><script>var text = document.getElementById("source").value; remark.create();</script>
"""


async def change(served: Served, *paths: Path) -> None:
    await served.session.changed(set(paths))


def test_the_text_of_a_page_with_notes_is_not_in_the_audiences(project: Project) -> None:
    project.write("slides/talk.html", PAGE)
    project.write("slides/open.html", PAGE.replace("???\nSECRET note", "SECRET of none"))

    async def story(served: Served) -> None:
        assert "SECRET" in (await served.ask("/talk.html")).text
        assert "SECRET" not in (await served.ask("/talk.html", **AT)).text
        assert "SECRET" in (await served.ask("/open.html", **AT)).text
        project.write("slides/open.html", PAGE)
        await change(served, project.folder / "slides/open.html")
        assert "SECRET" not in (await served.ask("/open.html", **AT)).text

    run(project, story, shared=True)


@pytest.mark.parametrize("config", ["course: T\n", "variants: {student: {notes: true}}\n"])
def test_what_only_notes_refer_to_is_not_served_to_the_audience(project: Project, config: str) -> None:
    project.write("slidegen.yml", config)
    for name in ("notes", "both", "sheet"):
        project.write(f"slides/{name}.png", PIXEL + name.encode())
    project.write("slides/look.css", "h1 { background: url(sheet.png) }")
    project.write(
        "slides/talk.md",
        "---\ncss: look.css\n---\n# One ![](both.png)\n\n???\n![](notes.png) ![](both.png) ![](sheet.png)\n",
    )

    async def story(served: Served) -> None:
        await served.ask("/talk.html")
        said = {}
        for path in served.session.registry.files:
            assert (await served.ask(path)).status == 200
            said[path.rpartition("/")[2].partition(".")[0]] = (await served.ask(path, **AT)).status
        assert said == {"notes": 404, "both": 200, "sheet": 200}

    run(project, story, shared=True)


@pytest.mark.parametrize("first", ["![](fig.png)", "<img src='fig.png'>"])
def test_a_picture_that_becomes_a_solution_is_not_served_any_more(project: Project, first: str) -> None:
    project.write("slidegen.yml", STUDENT)
    project.write("slides/fig.png", PIXEL)
    deck = project.write("slides/talk.md", f"# One\n\n{first}\n")

    async def story(served: Served) -> None:
        await served.ask("/talk.html", **AT)
        (url,) = served.session.registry.room_files
        assert (await served.ask(url, **AT)).status == 200
        project.write("slides/talk.md", f"# One\n\n.solution[{first}]\n")
        project.write("slides/fig.png", PIXEL + b"with the answer")
        await change(served, deck, project.folder / "slides/fig.png")
        assert (await served.ask(url, **AT)).status == 404
        assert (await served.ask(url)).status == 200

    run(project, story, shared=True)


@pytest.mark.parametrize(
    "slip", ["varaints: {student: {notes: false}}\n", "", None, "variants: [\n", "variants: student\n"]
)
def test_a_slip_in_the_settings_shows_the_room_no_more(project: Project, slip: str | None) -> None:
    project.write("slidegen.yml", STUDENT)
    project.write("slides/talk.md", "# One\n\n.solution[SECRET ![](a.png)]\n")
    project.write("slides/a.png", PIXEL)

    async def story(served: Served) -> None:
        await served.ask("/talk.html", **AT)
        if slip is None:
            (project.folder / "slidegen.yml").unlink()
        else:
            project.write("slidegen.yml", slip)
        project.write("slides/talk.md", "# Other\n\n.solution[SECRET ![](a.png)]\n")
        project.write("slides/new.md", "# New\n\n.solution[SECRET]\n")
        await change(
            served, *(project.folder / name for name in ("slidegen.yml", "slides/talk.md", "slides/new.md"))
        )
        for path in ("/talk.html", "/new.html", *served.session.registry.files):
            if path.endswith("html"):
                await served.ask(path)
            answer = await served.ask(path, **AT)
            assert b"SECRET" not in answer.body
            assert path.endswith("html") or answer.status == 404

    run(project, story, shared=True)


def test_projects_without_variants_have_none_because_others_do(project: Project) -> None:
    project.write("slidegen.yml", STUDENT)
    project.write("slides/talk.md", "# One\n\n.solution[SECRET]\n")
    project.write("slides/own/slidegen.yml", "course: Own\n")
    project.write("slides/own/talk.md", "# One\n\n.solution[shown]\n")

    async def story(served: Served) -> None:
        for deck in served.session.registry.decks.values():
            await served.session.built(deck)
        assert "SECRET" not in (await served.ask("/talk.html", **AT)).text
        own = next(url for url in served.session.registry.decks if "own" in url)
        assert "shown" in (await served.ask(own, **AT)).text

    run(project, story, shared=True)


def test_a_template_that_fails_tells_the_audience_nothing(project: Project) -> None:
    project.write("slides/talk.md", "# One\n")
    project.write("templates/deck.html", "SECRET {{ nothing.at.all }}\n")

    async def story(served: Served) -> None:
        assert "deck.html" in json.dumps((await served.live("/talk.html"))["problems"])
        said = (await served.ask("/talk.html", **AT)).text
        assert "SECRET" not in said
        assert "deck.html" not in said
        assert "at.all" not in said

    run(project, story, shared=True)


def test_a_variant_that_all_see_is_checked_for_the_room(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = "The walk returns with probability one"
    project.write("slidegen.yml", STUDENT)
    project.write("slides/talk.md", f"# One\n\n.solution[{answer}]\n")
    render = slide_cache.heading
    monkeypatch.setattr(slide_cache, "heading", lambda html: f"{render(html)} {answer}")
    decks = DeckRegistry([project.folder / "slides"], project.folder, None, (AUTHOR, AUDIENCE), "student")
    decks.find()
    (deck,) = decks.decks.values()
    built = decks.build(deck)
    assert AUDIENCE not in built.drafts
    assert "SG070" in [item.code for item in built.problems]


@pytest.mark.parametrize(
    ("message", "heard"),
    [
        ({"kind": "slide", "index": 2, "title": "SECRET"}, {"kind": "slide", "index": 2}),
        (
            {"kind": "timer", "elapsed": 5, "running": True, "plan": ["SECRET"]},
            {"kind": "timer", "elapsed": 5, "running": True},
        ),
        (
            {"kind": "pointer", "x": None, "y": 0.5, "over": "SECRET"},
            {"kind": "pointer", "x": None, "y": 0.5},
        ),
        (
            {"kind": "drawing", "slide": "One", "strokes": [{**STROKE, "on": "SECRET"}], "on": "SECRET"},
            {"kind": "drawing", "slide": "One", "strokes": (STROKE,), "gone": {}},
        ),
        ({"kind": "drawing", "slide": "One", "strokes": [["SECRET"]]}, None),
        ({"kind": "panel", "set": 0, "panel": "SECRET"}, {"kind": "panel", "set": 0}),
        ({"kind": "muted", "why": "SECRET"}, {"kind": "muted"}),
        ({"kind": "notes", "text": "SECRET"}, None),
        ({"kind": ["slide"], "index": 1}, None),
        ({"kind": "hello"}, None),
    ],
)
def test_the_room_hears_what_pages_understand_and_no_more(
    message: dict[str, object], heard: dict[str, object] | None
) -> None:
    assert allowed_in_room(message) == heard


@pytest.mark.parametrize("config", ["course: T\n", STUDENT])
def test_what_a_window_of_the_presenters_adds_does_not_reach_the_room(project: Project, config: str) -> None:
    project.write("slidegen.yml", config)
    project.write("slides/talk.md", "# One\n---\n# Two\n")

    async def story(served: Served) -> None:
        presenter, room = await presenter_and_room(served)
        for count, message in enumerate(
            ({"kind": "notes", "text": "SECRET"}, {"kind": "slide", "index": 1, "notes": "SECRET"}), start=1
        ):
            presenter.send({"relay": {"from": "a", "count": count, "path": "SECRET", "message": message}})
        heard = {"relay": {"from": "a", "count": 2, "message": {"kind": "slide", "index": 1}}}
        assert await room.receive() == heard
        room.send({"relay": {"from": "b", "count": 1, "message": {"kind": "slide", "index": 0}}})
        room.send({"ask": True})
        assert await room.receive() == heard, (
            "the same to those who come later, and nothing from the room itself"
        )
        assert presenter.quiet
        for line in (presenter, room):
            await line.close()

    run(project, story, shared=True)


DRAWN = '{"version": 1, "slides": {"One": [{"tool": "text", "color": "#f00", "points": [1, 2], "text": "SECRET"}]}}'
FAULTS = {
    "a mistake in the deck": {"slides/talk.md": "# One\n\n![:nothing]()\n\n---\nclass: solution\n\n# Two\n"},
    "a mistake in the settings": {"slidegen.yml": f"{STUDENT}theme: [\n"},
    "the same slides in both": {"slides/talk.md": "# One\n\n.solution[answer]\n\n---\n\n# Two\n"},
}


@pytest.mark.parametrize("wrong", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("good_before", [False, True])
def test_saved_drawings_do_not_reach_a_room_with_its_own_version(
    project: Project, wrong: dict[str, str], good_before: bool
) -> None:
    project.write("slidegen.yml", STUDENT)
    project.write("slides/talk.md", "# One\n\n---\nclass: solution\n\n# Two\n")
    project.write("slides/talk.ink.json", DRAWN)

    async def story(served: Served) -> None:
        if good_before:
            await served.ask("/talk.html")
        paths = [project.write(name, text) for name, text in wrong.items()]
        await change(served, *paths)
        presenter, room = await presenter_and_room(served)
        assert "SECRET" in json.dumps(await presenter.receive())
        for count, message in enumerate(
            ({"kind": "slide", "index": 1}, {"kind": "blackout", "on": True}), start=1
        ):
            presenter.send({"relay": {"from": "a", "count": count, "message": message}})
        heard: list[str] = []
        while not heard or "blackout" not in heard[-1]:
            heard.append(json.dumps(await room.receive()))
        room.send({"ask": True})  # answered after everything that a new window is sent
        heard.append(json.dumps(await room.receive()))
        while "blackout" not in heard[-1]:
            heard.append(json.dumps(await room.receive()))
        assert "SECRET" not in "".join(heard)
        for line in (presenter, room):
            await line.close()

    run(project, story, shared=True)


def test_drawings_of_a_deck_with_a_mistake_do_not_reach_the_room(project: Project) -> None:
    project.write("slidegen.yml", STUDENT)
    talk = project.write("slides/talk.md", "# One\n\n---\nclass: solution\n\n# Two\n")

    async def story(served: Served) -> None:
        presenter, room = await presenter_and_room(served)
        talk.write_text("# One\n\n![:nothing]()\n\n---\nclass: solution\n\n# Two\n")
        await change(served, talk)
        messages = (
            {"kind": "slide", "index": 1},
            {"kind": "drawing", "slide": "Two", "strokes": [{**STROKE, "text": "SECRET"}]},
            {"kind": "pointer", "x": 0.5, "y": 0.5},
            {"kind": "blackout", "on": True},
        )
        for count, message in enumerate(messages, start=1):
            presenter.send({"relay": {"from": "a", "count": count, "message": message}})
        heard = []
        while not heard or heard[-1].get("relay", {}).get("message", {}).get("kind") != "blackout":
            heard.append(await room.receive())
        kinds = [each["relay"]["message"] for each in heard if "relay" in each]
        assert kinds == [{"kind": "slide", "index": 0}, {"kind": "blackout", "on": True}]
        for line in (presenter, room):
            await line.close()

    run(project, story, shared=True)
