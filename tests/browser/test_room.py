"""The presenter's window and one of the audience, which sees the students' version."""

from __future__ import annotations

from typing import Any

from slidegen.serve.listening import addresses_of
from tests.projects import Project
from tests.serve.serving import serving

DECK = """\
# One
---
# Two
--
only: instructor

SECRET step
---
class: solution

# SECRET slide
---
# Three

.solution[SECRET]
"""
SHOWN = ".remark-visible .remark-slide-content"


def test_the_room_follows_on_what_both_have_and_never_sees_the_rest(project: Project, browser: Any) -> None:
    project.write("slidegen.yml", "variants: {student: {notes: false}}\n")
    project.write("talk.md", DECK)
    with serving(project, shared=True, host="0.0.0.0") as server:
        port = int(server.url.rpartition(":")[2])
        contexts = [browser.new_context() for _ in range(2)]
        presenter, room = (context.new_page() for context in contexts)
        presenter.goto(f"{server.url}/talk.html")
        room.goto(f"{addresses_of('0.0.0.0', port, '').audience}talk.html")
        assert "SECRET" in presenter.content()
        assert "SECRET" not in room.content()
        for seen, shows in (
            ("Two", "Two"),
            ("SECRET step", "Two"),
            ("SECRET slide", "Two"),
            ("Three", "Three"),
        ):
            presenter.keyboard.press("ArrowRight")
            presenter.locator(SHOWN, has_text=seen).wait_for()
            room.locator(SHOWN, has_text=shows).wait_for()
            assert "SECRET" not in room.content()
        project.write("talk.md", DECK.replace("# Three", "# Third"))
        for page in (presenter, room):
            page.locator(SHOWN, has_text="Third").wait_for()
        assert "SECRET" not in room.content()
        for context in contexts:
            context.close()
