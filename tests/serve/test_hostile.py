"""Every route of the server with values that no browser sends: all of them are refused, none is a fault."""

from __future__ import annotations

import asyncio
import json

import pytest
from starlette.routing import Route, WebSocketRoute

from tests.projects import PIXEL, Project
from tests.serve.asgi import Line
from tests.serve.served import OTHER, Served, run

PATHS = (
    "//host/", "//host/talk.html", "///host", "/\\host/", "\\\\host\\x", "/a\0b", "/talk.html\0", "/\ud800",
    "/\udcff.html", "/talk\udfff.html", "/../secret.txt", "/%2e%2e/secret.txt", "/.slidegen/x",
    "/" + "a/" * 5_000, "/" + "x" * 70_000, "/talk.html/..", "/talk.html/x", "/\u202egnp.html",
    "/\r\nSet-Cookie: x=1", "/C:\\x", "/{path:path}", "/api/goto/x",
)  # fmt: skip
QUERIES = (
    "presenter=x", "presenter=", "presenter=%00", "presenter=%ed%a0%80", "presenter=%ff&x=%ff",
    "presenter=x&y=%0d%0aA:%20b", "presenter=x&presenter=y", "presenter=" + "x" * 50_000, "x=" + "%" * 1_000,
    "&" * 1_000, "=", "presenter=\ud800",
)  # fmt: skip
ORIGINS = (
    "http://[",
    "http://[::1",
    "http://]",
    "null",
    "",
    "//",
    "http://\x80",
    "http://localhost:8000:8000",
    "x" * 9_000,
)
HOSTILE = {
    "host": ("", "[", "[::1", "]", "localhost:8000@evil", "\x80", "x" * 9_000, "127.0.0.1.evil:1"),
    "cookie": ("slidegen-8000=\x80", "=;=", "slidegen-8000", 'a="\\777"', "x=" + "y" * 9_000),
    "range": ("bytes=5-1", "bytes=" + "0-0," * 900, "bytes=x", "x=1", "bytes=-99999999999999999999"),
    "if_none_match": ("\x80", '"', "*" * 9_000),
    "if_range": ("\x80", "0", "Thu, 99 Xyz 99999 99:99:99 GMT"),
    "sec_fetch_site": ("\x80", "x"),
    "content_type": ("\x80", ";", "application/json;charset=\x80"),
}
HEADERS = [
    {"range": "bytes=0-0", name: value} if name == "if_range" else {name: value}
    for name, values in HOSTILE.items()
    for value in values
]
HUGE = "9" * 5_000
GOTO, OPEN = '{"path": "slides/talk.md", "line": %s}', '{"deck": "/talk.html", "line": %s}'
LINES = (
    "Infinity", "-Infinity", "NaN", "1e999", "1.5", HUGE, f"-{HUGE}", "1e18", "null", "[]", "{}", '"x"',
    '"1e5"', "true.", "[" * 1_000 + "]" * 1_000, f'"{HUGE}"', '"\\ud800"',
)  # fmt: skip
NAMES = (
    '"\\u0000"', '"\\ud800"', '"slides/\\udfff.md"', "1", "[1]", '{"a": 1}', "true", json.dumps("x" * 5_000),
    json.dumps("a/" * 4_000), '"slides/loop"', '"slides/loop/x.md"', '"slides/around/around/x"', '"slides/gone"',
)  # fmt: skip
BODIES = (
    "", "x", "null", "1", "[]", '"x"', "{}", "{", "[" * 1_000, "[" * 1_000 + "]" * 1_000,
    '{"a":' * 1_000 + "1" + "}" * 1_000, '{"path": "slides/talk.md", "deck": "/talk.html"}', '{"line": 1}',
    "\ufeff{}", "\0", "x" * 20_000, *(GOTO % line for line in LINES), *(OPEN % line for line in LINES),
    *(f'{{"path": {path}, "deck": "/talk.html", "line": 1}}' for path in NAMES),
    '{"path": "slides/talk.md", "deck": "/talk.html", "line": 1, "n": Infinity}',
)  # fmt: skip


@pytest.fixture
def talk(project: Project) -> Project:
    project.write("slidegen.yml", "editor: 'true {path}'\n")
    project.write("slides/talk.md", "# One\n\n![](a.png)\n\n---\n# Two\n")
    project.write("slides/b.md", "# Other\n")
    project.write("slides/a.png", PIXEL)
    project.write("secret.txt", "outside")
    (project.folder / "slides/loop").symlink_to("loop")
    (project.folder / "slides/around").symlink_to("other")
    (project.folder / "slides/other").symlink_to("around")
    (project.folder / "slides/gone").symlink_to("nothing")
    return project


def addresses(served: Served) -> list[str]:
    """An address for each route of the server but sockets, and for each kind of thing at a path."""
    routes = [route.path for route in served.app.routes if isinstance(route, Route)]  # type: ignore[attr-defined]
    assert "/{path:path}" in routes
    assert all(isinstance(route, Route | WebSocketRoute) for route in served.app.routes)  # type: ignore[attr-defined]
    return [path for path in routes if "{" not in path] + ["/talk.html", "/talk", "/slides/a.png", "/nothing"]


@pytest.mark.parametrize("shared", [False, True])
def test_hostile_paths_are_refused(talk: Project, shared: bool) -> None:
    async def story(served: Served) -> None:
        await served.ask("/talk.html")
        for path in PATHS:
            for method in ("GET", "HEAD", "POST", "PUT", "OPTIONS", "x"):
                for query in ("", "?presenter=x"):
                    answer = await served.ask(path + query, method)
                    where = answer.headers.get("location", "")
                    own = (
                        answer.status == 303 and where.startswith("/") and not where.startswith(("//", "/\\"))
                    )
                    assert 400 <= answer.status < 500 or (query and own), (path, method, query, answer)
                    assert "outside" not in answer.text

    run(talk, story, shared=shared)


@pytest.mark.parametrize("shared", [False, True])
def test_hostile_queries_and_headers_are_no_fault_of_any_route(talk: Project, shared: bool) -> None:
    async def story(served: Served) -> None:
        for address in addresses(served):
            for method in ("GET", "POST"):
                for query in QUERIES:
                    answer = await served.ask(f"{address}?{query}", method)
                    assert answer.status < 500, (address, method, query)
                    assert not answer.headers.get("location", "/").startswith("//")
                    assert "\n" not in answer.headers.get("location", "")
                for headers in HEADERS:
                    answer = await served.ask(address, method, b"{}" if method == "POST" else None, **headers)
                    assert answer.status < 500, (address, method, headers)
                for origin in ORIGINS:
                    answer = await served.ask(
                        address, method, b"{}" if method == "POST" else None, origin=origin
                    )
                    assert answer.status < 500 if method == "GET" else answer.status == 403, (address, origin)

    run(talk, story, shared=shared)


@pytest.mark.parametrize("shared", [False, True])
def test_hostile_bodies_are_refused_by_every_route(talk: Project, shared: bool) -> None:
    async def story(served: Served) -> None:
        await served.ask("/talk.html")
        for address in addresses(served):
            for method in ("POST", "PUT", "DELETE"):
                for body in BODIES:
                    answer = await served.ask(address, method, body.encode("utf-8", "surrogatepass"))
                    assert 400 <= answer.status < 500, (address, method, body[:80], answer.status)
                for data in (b"\xff\xfe", b'{"line": "\xff"}', b"\xff\xfe{\x00}\x00"):
                    assert 400 <= (await served.ask(address, method, data)).status < 500

    run(talk, story, shared=shared)


@pytest.mark.parametrize("shared", [False, True])
def test_hostile_messages_end_no_other_window(talk: Project, shared: bool) -> None:
    """A first message that makes no sense ends its socket; a later one changes nothing, and nobody hears of it."""

    async def story(served: Served) -> None:
        assert [route.path for route in served.app.routes if isinstance(route, WebSocketRoute)] == ["/live"]  # type: ignore[attr-defined]
        hello = await served.live("/talk.html")
        first = [
            *BODIES[:15],
            *(json.dumps(hello).replace(f'"epoch": {hello["epoch"]}', f'"epoch": {line}') for line in LINES),
            b"\xff",
            json.dumps(hello).encode(),
        ]
        for message in first:
            line = Line(served.app)
            assert await line.opened()
            line.say(message)
            assert await line.closed() == 1008, str(message)[:80]
            await line.close()

        sender, hears = Line(served.app), Line(served.app)
        for line in (sender, hears):
            assert await line.opened()
            line.send(hello)
        while len(served.session.windows.all) < 2:
            await asyncio.sleep(0)
        envelope = '{"relay": {"from": "w", "count": 1, "message": %s}}'
        for message in (
            *BODIES,
            envelope % '{"kind": "\\ud800"}',
            envelope % '{"kind": "slide", "n": Infinity}',
            *(
                envelope % f'{{"kind": {kind}, "index": 0}}'
                for kind in ("[]", "{}", "null", "1", '["slide"]')
            ),
            b"\0",
        ):
            sender.say(message)
        good = {"relay": {"from": "w", "count": 2, "message": {"kind": "slide", "index": 1}}}
        sender.send(good)
        assert await hears.receive() == good
        for line in (sender, hears):
            await line.close()
        for origin in ORIGINS:
            if origin:
                assert not await Line(served.app, origin=origin).opened()
        assert not await Line(served.app, OTHER, host="evil.example").opened()

    run(talk, story, shared=shared)


STROKE = '{"tool": "pen", "color": "#f00", "points": [1, 2, 3, 4], "id": "a", "version": 1}'
INKS = (
    "{}", '{"slide": 1}', '{"slide": "#a"}', '{"slide": "#a", "strokes": {}}', '{"slide": [], "strokes": []}',
    *(f'{{"slide": "#a", "strokes": [{stroke}]}}' for stroke in (
        "1", "{}", STROKE.replace("pen", "eval"), STROKE.replace("#f00", "red;x:url(//e)"),
        STROKE.replace("3", "1e999"),
        STROKE.replace("3", "NaN"), STROKE.replace("3", '"3"'), STROKE.replace(", 2, 3, 4", ""),
        STROKE.replace("}", ', "text": "\\ud800"}'), STROKE.replace("}", ', "board": -1}'),
        STROKE.replace('"a"', '""'), STROKE.replace(': 1}', ': 0}'), STROKE.replace(': 1}', ': 1e99}'),
    )),
    '{"slide": "#a", "gone": []}', '{"slide": "#a", "gone": {"a": -1}}', '{"slide": "#a", "gone": {"a": "1"}}',
    f'{{"slide": "\\ud800", "strokes": [{STROKE}]}}', f'{{"slide": "{"x" * 9000}", "strokes": [{STROKE}]}}',
)  # fmt: skip
REHEARSALS = (
    "{}", '{"date": 1}', '{"date": "\\ud800", "slides": {}}', '{"date": "2026-01-01T10:00", "slides": []}',
    '{"date": "2026-01-01T10:00", "slides": {"#a": "x"}}', '{"date": "2026-01-01T10:00", "slides": {"#a": Infinity}}',
    '{"date": "2026-01-01T10:00", "slides": {"\\ud800": 1}}', '{"date": "../../x", "slides": {"#a": -1}}',
)  # fmt: skip
OVERFLOWS = (
    "[]", "[1]", "[null]", "[{}]", '[{"kind": "high", "slide": -1}]', '[{"kind": [], "slide": {}}]',
    '[{"kind": "high", "slide": 0, "pixels": 1e999, "line": 1}]', "[" + "{}," * 3000 + "{}]",
    '[{"kind": "high", "slide": 0, "step": 99999999999999999999, "pixels": 1, "line": 1}]',
)  # fmt: skip


def drawing(change: str, count: int) -> str:
    """What a window says when somebody has drawn."""
    message = change.replace("{", '{"kind": "drawing", ', 1).replace(", }", "}")
    return f'{{"relay": {{"from": "w", "count": {count}, "message": {message}}}}}'


def test_hostile_drawings_rehearsals_and_measurements_write_nothing(talk: Project) -> None:
    """What makes no sense is passed over; the next drawing is kept, and nothing of the room's."""

    async def story(served: Served) -> None:
        before = talk.files()
        presenter, room = Line(served.app), Line(served.app, OTHER, host="10.0.0.7:8000")
        for line, hello in (
            (presenter, await served.live("/talk.html")),
            (room, await served.live("/talk.html", host="lab.example")),
        ):
            assert await line.opened()
            line.send(hello)
        while len(served.session.windows.all) < 2:
            await asyncio.sleep(0)
        good = f'{{"slide": "#good", "strokes": [{STROKE}]}}'
        room.say(drawing(good.replace("#good", "#room"), 1))
        for count, value in enumerate((*INKS, good), start=1):
            presenter.say(drawing(value, count))
        for kind, values in (("rehearsal", REHEARSALS), ("overflow", OVERFLOWS)):
            for value in values:
                presenter.say(f'{{"{kind}": {value}}}')
        path = talk.folder / "slides/talk.ink.json"
        while not (path.exists() and "#good" in path.read_text()):
            await asyncio.sleep(0)
        assert set(json.loads(path.read_text())["slides"]) == {"#good"}
        assert [name for name in talk.files() if name not in before] == ["slides/talk.ink.json"]
        for line in (presenter, room):
            await line.close()

    run(talk, story, shared=True)


@pytest.mark.parametrize("index", [[], {}, "x", None, -5, 10**8, 0.5])
def test_a_step_that_is_none_keeps_no_window_from_what_follows(talk: Project, index: object) -> None:
    talk.write("slidegen.yml", "variants: {student: {notes: false}}\n")
    talk.write("slides/talk.md", "# One\n\n---\nclass: solution\n\n# Two\n\n---\n\n# Three\n")

    async def story(served: Served) -> None:
        sender, hears = Line(served.app), Line(served.app, OTHER, host="10.0.0.7:8000")
        for line, hello in (
            (sender, await served.live("/talk.html")),
            (hears, await served.live("/talk.html", host="lab.example")),
        ):
            assert await line.opened()
            line.send(hello)
        while len(served.session.windows.all) < 2:
            await asyncio.sleep(0)
        messages = (
            {"kind": "slide", "index": index},
            {"kind": "pointer", "x": 0},
            {"kind": "slide", "index": 2},
        )
        for count, message in enumerate(messages, 1):
            sender.send({"relay": {"from": "w", "count": count, "message": message}})
        heard = await hears.receive()
        while heard["relay"]["count"] < 3:
            heard = await hears.receive()
        for line in (sender, hears):
            await line.close()

    run(talk, story, shared=True)
