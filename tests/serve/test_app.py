"""The server through its ASGI interface: pages, files, sockets, and everything that it refuses."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from slidegen.project.outputs import Pages
from tests.projects import PIXEL, Project
from tests.serve.asgi import Line
from tests.serve.served import OTHER, Served, run

DECK = "# One\n\n![](img/a.png)\n\n???\nThe secret of the notes\n\n---\n# Two\n"


@pytest.fixture
def talk(project: Project) -> Project:
    project.write("slides/talk.md", DECK)
    project.write("slides/img/a.png", PIXEL)
    project.write("slides/.secret", "hidden")
    project.write("secret.txt", "outside")
    return project


def test_decks_are_where_build_would_put_them_and_listed_at_the_top(talk: Project) -> None:
    talk.write("slides/week2/walk.md", "---\ntitle: 'A long walk'\n---\n# Walk\n")

    async def story(served: Served) -> None:
        assert "One" in (await served.ask("/talk.html")).text
        for path in ("/talk", "/talk/"):
            answer = await served.ask(path)
            assert (answer.status, answer.headers["location"]) == (307, "/talk.html")
        links = LexborHTMLParser((await served.ask("/")).text).css("a")
        assert [link.attributes["href"] for link in links] == ["/talk.html", "/week2/walk.html"]
        assert [link.text() for link in links] == ["One", "A long walk"]  # the one is built, the other is not
        assert (await served.ask("/none.html")).status == 404

    run(talk, story)


def test_pictures_come_by_url_with_their_type_in_parts_and_never_stale(talk: Project) -> None:
    async def story(served: Served) -> None:
        page = (await served.ask("/talk.html")).text
        assert "base64" not in page
        found = re.search(r'src="(assets/[^"]+)"', page)
        assert found is not None
        url = f"/{found[1]}"
        whole = await served.ask(url)
        assert (whole.status, whole.body, whole.headers["content-type"]) == (200, PIXEL, "image/png")
        assert whole.headers["cache-control"] == "no-cache"
        part = await served.ask(url, range="bytes=1-3")
        assert (part.status, part.body) == (206, PIXEL[1:4])
        assert (await served.ask(url, if_none_match=whole.headers["etag"])).status == 304
        talk.write("slides/img/a.png", PIXEL + b"\0")
        assert (await served.ask(url, if_none_match=whole.headers["etag"])).status == 200

    run(talk, story)


def test_the_whole_font_of_formulas_comes_by_url(talk: Project) -> None:
    talk.write("slides/math.md", "$x^2$\n")

    async def story(served: Served) -> None:
        assert "/-/math.ttf" in (await served.ask("/math.html")).text
        assert "/-/math.ttf" not in (await served.ask("/talk.html")).text
        font = await served.ask("/-/math.ttf")
        assert (font.headers["content-type"], len(font.body) > 500_000) == ("font/ttf", True)

    run(talk, story)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/assets/../../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt",
        "//secret.txt", "/./secret.txt", "/..\\secret.txt", "/.secret", "/img/a.png", "/img/../.secret",
        "/talk.md", "/slidegen.yml", "/C:/secret.txt", "/etc/passwd", "//etc/passwd", "/secret.txt\0.png",
        "/assets/", "/img", "/file:///etc/passwd",
    ],
)  # fmt: skip
def test_nothing_is_served_but_pages_and_what_they_refer_to(talk: Project, path: str) -> None:
    async def story(served: Served) -> None:
        await served.ask("/talk.html")
        answer = await served.ask(path)
        assert answer.status == 404
        assert b"outside" not in answer.body
        assert b"hidden" not in answer.body

    run(talk, story)


def test_a_symbolic_link_does_not_lead_out_before_or_after_it_was_found(
    talk: Project, tmp_path_factory: Any
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "private.png"
    outside.write_bytes(PIXEL + b"private")
    (talk.folder / "slides/img/link.png").symlink_to(outside)
    talk.write("slides/links.md", "![](img/link.png) ![](img/a.png)\n")

    async def story(served: Served) -> None:
        page = (await served.ask("/links.html")).text
        urls = re.findall(r'src="(assets/[^"]+)"', page)
        assert len(urls) == 1
        picture = talk.folder / "slides/img/a.png"
        picture.unlink()
        picture.symlink_to(outside)
        answer = await served.ask(f"/{urls[0]}")
        assert answer.status == 404
        assert b"private" not in answer.body

    run(talk, story)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200), ("127.0.0.1:8000", 200), ("[::1]:8000", 200), ("LOCALHOST", 200),
        ("evil.example", 403), ("localhost.evil.example", 403), ("192.168.1.5:8000", 403), ("", 403),
        ("localhost@evil.example", 403), ("localhost:8000@evil.example", 403), ("[::1].evil.example", 403),
        ("127.0.0.1:8000\tx", 403), ("localhost:", 403), ("localhost:8000:8000", 403), ("[127.0.0.1:8000", 403),
        ("localhost/", 403), ("localhost\\x:8000", 403),
    ],
)  # fmt: skip
def test_a_foreign_host_header_is_refused(talk: Project, host: str, status: int) -> None:
    async def story(served: Served) -> None:
        assert (await served.ask("/talk.html", host=host)).status == status

    run(talk, story)


def test_pages_of_other_sites_may_link_here_but_neither_ask_nor_change_anything(talk: Project) -> None:
    asked = {"path": "slides/talk.md", "line": 1}
    foreign = {"origin": "https://evil.example"}

    async def story(served: Served) -> None:
        await served.ask("/talk.html")
        assert (await served.ask("/api/goto", "POST", asked)).status == 200
        own = {"origin": "http://localhost:8000", "sec_fetch_site": "same-origin"}
        assert (await served.ask("/api/goto", "POST", asked, **own)).status == 200
        for headers in (
            foreign,
            {"origin": "null"},
            {"origin": "http://localhost:3000"},
            {"sec_fetch_site": "cross-site"},
            {"sec_fetch_site": "same-site"},
        ):
            for path in ("/api/goto", "/api/open"):
                assert (await served.ask(path, "POST", asked, **headers)).status == 403
        assert (await served.ask("/api/goto", "POST", asked, content_type="text/plain")).status == 400
        assert (
            await served.ask("/talk.html", sec_fetch_site="cross-site", sec_fetch_mode="no-cors")
        ).status == 403
        linked = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}
        assert (await served.ask("/talk.html", **linked)).status == 200
        assert (await served.ask("/talk.html", **{**linked, "sec_fetch_dest": "iframe"})).status == 403
        assert (await served.ask("/api/goto")).status in (404, 405)

    run(talk, story)


def test_the_socket_is_for_pages_of_the_server_only(talk: Project) -> None:
    async def story(served: Served) -> None:
        assert await Line(served.app, origin="http://localhost:8000").opened()
        for headers in (
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"host": "evil.example", "origin": "http://evil.example"},
            {"sec_fetch_site": "cross-site"},
        ):
            assert not await Line(served.app, **headers).opened()

    run(talk, story)


def test_a_page_is_told_what_changed_since_its_epoch(talk: Project) -> None:
    async def story(served: Served) -> None:
        live = await served.live("/talk.html")
        line = Line(served.app)
        assert await line.opened()
        line.send(live)
        talk.write("slides/talk.md", DECK.replace("# Two", "# Second"))
        await served.session.changed({talk.folder / "slides/talk.md"})
        message = await line.receive()
        assert "Second" in message["slides"][1]["html"]
        assert message["epoch"] > live["epoch"]

        late = Line(served.app)
        assert await late.opened()
        late.send(live)
        assert (await late.receive())["slides"] == message["slides"]

        other = Line(served.app)
        assert await other.opened()
        other.send({**live, "run": "another server's"})
        assert await other.receive() == {"reload": True}
        await line.close()
        await late.close()

    run(talk, story)


def test_equal_content_sends_nothing_and_only_decks_that_read_a_file_are_built(talk: Project) -> None:
    talk.write("slides/other.md", "# Other\n")

    async def story(served: Served) -> None:
        built: list[str] = []
        served.session.report = lambda item, _: built.append(item.deck.url)
        live = await served.live("/talk.html")
        await served.ask("/other.html")
        line = Line(served.app)
        assert await line.opened()
        line.send(live)
        built.clear()
        talk.write("slides/talk.md", DECK)
        await served.session.changed({talk.folder / "slides/talk.md"})
        assert built == ["/talk.html"]
        talk.write("slides/img/a.png", PIXEL + b"\0")
        await served.session.changed({talk.folder / "slides/img/a.png"})
        assert built == ["/talk.html", "/talk.html"]
        message = await line.receive()
        assert "assets/a." in json.dumps(message["slides"])
        assert line.quiet
        await line.close()

    run(talk, story)


def test_decks_come_go_and_are_renamed(talk: Project) -> None:
    async def story(served: Served) -> None:
        slides = talk.folder / "slides"
        talk.write("slides/new.md", "# New\n")
        await served.session.changed({slides / "new.md"})
        assert "New" in (await served.ask("/new.html")).text
        (slides / "new.md").rename(slides / "renamed.md")
        await served.session.changed({slides / "new.md", slides / "renamed.md"})
        links = LexborHTMLParser((await served.ask("/")).text).css("a")
        assert [link.attributes["href"] for link in links] == ["/renamed.html", "/talk.html"]
        slides.rename(talk.folder / "away")
        await served.session.changed(set(), {slides})
        assert not LexborHTMLParser((await served.ask("/")).text).css("a")
        (talk.folder / "away").rename(slides)
        await served.session.changed(set(), {slides})
        assert "One" in (await served.ask("/talk.html")).text

    run(talk, story)


def test_the_audience_gets_no_notes_no_mistakes_and_no_places(talk: Project) -> None:
    talk.write("slides/talk.md", DECK + "\n![](none.png)\n")

    async def story(served: Served) -> None:
        author = await served.ask("/talk.html")
        assert "secret of the notes" in author.text
        audience = await served.ask("/talk.html", client=OTHER, host="192.168.1.5:8000")
        assert "One" in audience.text
        assert "secret of the notes" not in audience.text
        assert "talk.md" not in audience.text
        assert LexborHTMLParser(author.text).css("[data-line]")
        assert not LexborHTMLParser(audience.text).css("[data-line]")
        live = await served.live("/talk.html", client=OTHER, host="192.168.1.5:8000")
        assert (live["who"], live["problems"]) == ("audience", [])
        line = Line(served.app, OTHER, host="192.168.1.5:8000")
        assert await line.opened()
        line.send(live)
        talk.write("slides/talk.md", DECK.replace("secret of", "new secret of").replace("Two", "Second"))
        await served.session.changed({talk.folder / "slides/talk.md"})
        sent = json.dumps(await line.receive())
        assert "Second" in sent
        assert "secret" not in sent
        await line.close()

    run(talk, story, shared=True)


def test_the_presenters_token_becomes_a_cookie_and_goes_from_the_address(talk: Project) -> None:
    at = {"client": OTHER, "host": "192.168.1.5:8000"}

    async def story(served: Served) -> None:
        wrong = await served.ask("/talk.html?presenter=guess", **at)
        assert (wrong.status, "set-cookie" in wrong.headers) == (303, False)
        answer = await served.ask(f"/talk.html?presenter={served.access.token}&x=1", **at)
        assert answer.status == 200
        assert 'href="/talk.html?x=1"' in answer.text
        assert served.access.token not in answer.text
        assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == (
            "no-store",
            "no-referrer",
        )
        cookie = answer.headers["set-cookie"]
        assert "httponly" in cookie.lower()
        assert "samesite=strict" in cookie.lower()
        page = await served.ask("/talk.html", cookie=cookie.partition(";")[0], **at)
        assert "secret of the notes" in page.text
        forged = f"{served.access.cookie}=forged"
        assert "secret of the notes" not in (await served.ask("/talk.html", cookie=forged, **at)).text

    run(talk, story, shared=True)


def test_only_presenters_drive_and_only_this_machine_opens_its_editor(talk: Project) -> None:
    at = {"client": OTHER, "host": "192.168.1.5:8000"}
    step = {"from": "w1", "count": 1, "message": {"kind": "slide", "index": 1}}

    async def story(served: Served) -> None:
        await served.ask("/talk.html")
        asked = {"path": "slides/talk.md", "line": 1, "deck": "/talk.html"}
        assert (await served.ask("/api/goto", "POST", asked, **at)).status == 403
        assert (await served.ask("/api/open", "POST", asked, **at)).status == 403
        cookie = f"{served.access.cookie}={served.access.token}"
        assert (await served.ask("/api/goto", "POST", asked, cookie=cookie, **at)).status == 200
        assert (await served.ask("/api/open", "POST", asked, cookie=cookie, **at)).status == 403

        projector, audience = Line(served.app), Line(served.app, OTHER, host="192.168.1.5:8000")
        phone = Line(served.app, OTHER, host="192.168.1.5:8000", cookie=cookie)
        for line, headers in ((projector, {}), (audience, at), (phone, {**at, "cookie": cookie})):
            assert await line.opened()
            line.send(await served.live("/talk.html", **headers))
        while len(served.session.windows.all) < 3:
            await asyncio.sleep(0)
        audience.send({"relay": step})
        phone.send({"relay": {**step, "from": "w2"}})
        projector_hears, audience_hears = await projector.receive(), await audience.receive()
        assert projector_hears == audience_hears == {"relay": {**step, "from": "w2"}}
        projector.send({"relay": {**step, "from": "w3"}})
        assert (await phone.receive())["relay"]["from"] == "w3"
        audience.send({"ask": True})
        assert (await audience.receive())["relay"]["from"] == "w3"
        assert projector.quiet
        for line in (projector, audience, phone):
            await line.close()

    run(talk, story, shared=True)


def test_the_editor_opens_only_files_that_pages_are_made_from(talk: Project) -> None:
    talk.write("slidegen.yml", "editor: 'true {path}'\n")

    async def story(served: Served) -> None:
        await served.ask("/talk.html")
        deck = {"deck": "/talk.html", "line": 3}
        assert (await served.ask("/api/open", "POST", deck)).status == 200
        assert (await served.ask("/api/open", "POST", {**deck, "path": "slides/img/a.png"})).status == 200
        for path in ("secret.txt", "/etc/passwd", "slides/../secret.txt"):
            assert (await served.ask("/api/open", "POST", {**deck, "path": path})).status == 403

    run(talk, story)


def test_a_window_that_does_not_read_holds_no_other(talk: Project) -> None:
    async def story(served: Served) -> None:
        live = await served.live("/talk.html")

        class Deaf(Line):
            def __init__(self) -> None:
                super().__init__(served.app)
                self._in.put = self._never  # type: ignore[method-assign]

            async def _never(self, message: Any) -> None:
                if message["type"] != "websocket.accept":
                    await asyncio.Event().wait()

        deaf = Deaf()
        deaf.send(live)
        line = Line(served.app)
        assert await line.opened()
        line.send(live)
        for number in range(5):
            talk.write("slides/talk.md", DECK.replace("Two", f"Edit {number}"))
            await served.session.changed({talk.folder / "slides/talk.md"})
        seen = ""
        while "Edit 4" not in seen:
            seen = json.dumps(await line.receive())
        await line.close()

    run(talk, story)


def test_a_template_that_is_half_written_and_a_bug_of_a_deck_leave_the_server_up(talk: Project) -> None:
    async def story(served: Served) -> None:
        await served.ask("/talk.html")
        template = talk.write("templates/deck.html", "{% extends 'slidegen/deck.ht")
        await served.session.changed({template}, {template.parent})
        live = await served.live("/talk.html")
        assert "does not compile" in live["problems"][0]["message"]
        assert "One" in (await served.ask("/talk.html")).text
        template.unlink()
        await served.session.changed({template})
        assert not (await served.live("/talk.html"))["problems"]
        Path(talk.folder / "slides/talk.md").write_bytes(b"# \xff\xfe\n")
        await served.session.changed({talk.folder / "slides/talk.md"})
        assert (await served.live("/talk.html"))["problems"][0]["code"] == "SG002"

    run(talk, story)


def test_a_fault_of_slidegens_own_is_shown_and_does_not_end_the_server(talk: Project) -> None:
    async def story(served: Served) -> None:
        await served.ask("/talk.html")
        deck = served.session.registry.decks["/talk.html"]
        built = deck.builder.build(lambda: exec("[][0]"), Pages({}, None, talk.folder), deck.changed)
        assert not built.drafts
        [problem] = built.problems
        assert (problem.code, Path(problem.path).name) == ("SG031", "talk.md")
        assert problem.message == "slidegen itself fails at this deck: IndexError; this is not your mistake"
        assert ".slidegen/fault-" in problem.hint

    run(talk, story)


def test_a_terminal_that_takes_no_more_does_not_end_the_building(talk: Project) -> None:
    async def story(served: Served) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        served.session.report = full
        await served.ask("/talk.html")
        talk.write("slides/talk.md", DECK.replace("Two", "An edit"))
        await served.session.changed({talk.folder / "slides/talk.md"})
        assert "An edit" in (await served.ask("/talk.html")).text

    run(talk, story)
