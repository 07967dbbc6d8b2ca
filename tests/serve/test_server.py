"""`slidegen serve` as a process: its port, its addresses, and how it ends."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from websockets.asyncio.client import connect as connect_async
from websockets.sync.client import connect

from slidegen.diagnostics import DeckError
from slidegen.serve.listening import addresses_of, listen
from tests.projects import PATIENCE, Project
from tests.serve.serving import Serving, serving

SOURCES = Path(__file__).parents[2] / "src"


@contextmanager
def process(project: Project, *args: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`slidegen serve` with arguments, and the first address that it prints."""
    path = os.pathsep.join([str(SOURCES), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", **environment}
    command = [sys.executable, "-m", "slidegen", "serve", *args]
    running = subprocess.Popen(
        command, cwd=project.folder, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    try:
        line = running.stdout.readline()
        found = re.search(r"http://\S+", line)
        yield running, found[0] if found else ""
    finally:
        if running.poll() is None:
            running.kill()
        running.communicate()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send")
def test_ctrl_c_ends_it_with_pages_open_and_without_a_word(project: Project) -> None:
    project.write("talk.md", "# One\n")
    with process(project, "talk.md", "-p", "0") as (running, url):
        page = urlopen(f"{url}talk.html").read().decode()
        live = json.loads(re.search(r'"live":(\{.*?\}),"words"', page)[1])  # type: ignore[index]
        address = url.replace("http", "ws") + "live"
        with connect(address) as one, connect(address) as two:
            for line in (one, two):
                line.send(json.dumps(live))
            running.send_signal(signal.SIGINT)
            out, err = running.communicate(timeout=PATIENCE)
    assert (running.returncode, err) == (0, "")
    assert "talk.md: 1 slide," in out


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes without asking")
def test_who_ends_it_otherwise_leaves_nothing_behind_either(project: Project, tmp_path: Path) -> None:
    project.write("talk.md", "# One\n")
    with process(project, "talk.md", "-p", "0", XDG_RUNTIME_DIR=str(tmp_path)) as (running, _):
        assert list((tmp_path / "slidegen").iterdir())
        running.terminate()
        _, err = running.communicate(timeout=PATIENCE)
    assert (running.returncode, err) == (128 + signal.SIGTERM, "")
    assert not list((tmp_path / "slidegen").iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no device that is full")
def test_a_full_disk_does_not_end_it(project: Project) -> None:
    import resource

    deck = project.write("talk.md", "# One\n")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://localhost:{probe.getsockname()[1]}/talk.html"
    command = [
        sys.executable,
        "-m",
        "slidegen",
        "serve",
        "talk.md",
        "-p",
        url.split(":")[2].partition("/")[0],
    ]
    with Path("/dev/full").open("w") as full:
        running = subprocess.Popen(
            command,
            cwd=project.folder,
            env={**os.environ, "PYTHONPATH": str(SOURCES)},
            stdout=full,
            stderr=subprocess.PIPE,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
        )
    try:
        assert "One" in _page(running, url)
        with connect(url.replace("http", "ws").replace("talk.html", "live")) as line:
            line.send(json.dumps(json.loads(re.search(r'"live":(\{.*?\}),"words"', _page(running, url))[1])))  # type: ignore[index]
            for number in range(3):
                deck.write_text(f"# Edit {number}\n", "utf-8")
                while f"Edit {number}" not in str(line.recv(120)):
                    pass
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=PATIENCE)
        assert b"Traceback" not in err
    finally:
        running.kill()
        running.communicate()


def _page(running: subprocess.Popen[bytes], url: str) -> str:
    """The page, as soon as the server listens."""
    while running.poll() is None:
        with suppress(OSError):
            return str(urlopen(url, timeout=PATIENCE).read().decode())
    raise AssertionError("the server has ended")


def test_fifty_windows_follow_and_one_that_does_not_read_holds_none(project: Project) -> None:
    slides = "\n---\n".join(f"# Slide {number}\n" + "many words " * 20_000 for number in range(3))
    deck = project.write("talk.md", slides)

    async def window(url: str, live: dict[str, Any]) -> Any:
        line = await connect_async(url.replace("http", "ws") + "/live", max_size=None, max_queue=1)
        await line.send(json.dumps(live))
        return line

    async def play(running: Serving) -> None:
        page = await asyncio.to_thread(lambda: urlopen(f"{running.url}/talk.html").read().decode())
        live = json.loads(re.search(r'"live":(\{.*?\}),"words"', page)[1])  # type: ignore[index]
        deaf = [await window(running.url, live) for _ in range(2)]
        lines = [await window(running.url, live) for _ in range(50)]
        for edit in range(12):
            deck.write_text(slides.replace("many words", f"edit-{edit}- words"), "utf-8")

            async def hears(line: Any, text: str = f"edit-{edit}-") -> None:
                while text not in await line.recv():
                    pass

            await asyncio.wait_for(asyncio.gather(*map(hears, lines)), PATIENCE)
        assert len(running.session.windows.all) >= 50  # those that answer no ping may have been let go
        for line in (*deaf, *lines):
            line.transport.abort()

    with serving(project) as running, ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(play(running))).result()


def test_the_port_is_that_of_the_environment_or_the_next_that_is_free(project: Project) -> None:
    project.write("talk.md", "# One\n")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with process(project, "talk.md", PORT=str(port)) as (_, url):
        assert url == f"http://localhost:{port}/"
        taken = subprocess.run(
            [sys.executable, "-m", "slidegen", "serve", "talk.md", "-p", str(port)],
            cwd=project.folder,
            env={**os.environ, "PYTHONPATH": str(SOURCES)},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
    assert taken.returncode == 1
    assert "SG030" in taken.stderr
    assert "choose another port with -p" in taken.stderr


def test_without_a_port_the_next_one_is_taken() -> None:
    first = listen(None, None)
    second = listen(None, None)
    try:
        one, two = (sockets[0].getsockname()[1] for sockets in (first, second))
        assert one < two
        assert {item.getsockname()[0] for item in first} <= {"127.0.0.1", "::1"}
    finally:
        for item in (*first, *second):
            item.close()


def test_an_address_that_is_not_this_machines_is_named() -> None:
    with pytest.raises(DeckError, match=r"cannot listen at 203\.0\.113\.7"):
        listen("203.0.113.7", 8000)


def test_the_presenters_address_holds_the_token_and_the_audiences_does_not() -> None:
    addresses = addresses_of("192.168.1.5", 8000, "to-ken")
    assert addresses.audience == "http://192.168.1.5:8000/"
    assert addresses.presenter == "http://192.168.1.5:8000/?presenter=to-ken"
    assert addresses_of(None, 8000, "t").local == "http://localhost:8000/"


def test_what_is_not_there_is_named(project: Project) -> None:
    ran = project.run("serve")
    assert (ran.code, ran.codes) == (1, ["SG001"])
    assert "name a deck or a folder" in ran.err


def test_a_build_needs_nothing_of_the_server(project: Project) -> None:
    project.write("talk.md", "# One\n")
    code = (
        "import sys; sys.argv = ['slidegen', 'build', 'talk.md']\n"
        "from slidegen.cli import main\nmain()\n"
        "print([name for name in ('uvicorn', 'starlette', 'websockets', 'watchdog', 'asyncio') "
        "if name in sys.modules])"
    )
    env = {**os.environ, "PYTHONPATH": str(SOURCES)}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=project.folder, env=env, capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "[]"


def test_a_variant_is_served_without_what_is_for_others(project: Project) -> None:
    project.write("talk.md", "# One .solution[SECRET]\n---\nonly: instructor\n\n# SECRET\n")
    with process(project, "talk.md", "-p", "0", "--variant", "student") as (_, url):
        page = urlopen(f"{url}talk.html").read().decode()
    assert "One" in page
    assert "SECRET" not in page
    with process(project, "talk.md", "-p", "0", "--variant", "studet") as (running, _):
        _, err = running.communicate(timeout=PATIENCE)
        assert running.returncode == 1
        assert "there is no variant studet" in err


def test_several_decks_are_served_together(project: Project) -> None:
    project.write("statistics/a.md", "# One\n")
    project.write("statistics/b.md", "# Two\n")
    with process(project, "statistics/a.md", "statistics/b.md", "-p", "0") as (_, url):
        index = urlopen(url).read().decode()
        assert "Two" in urlopen(f"{url}b.html").read().decode()
    assert "<h1>Statistics</h1>" in index
    assert 'href="/a.html"' in index


def test_the_list_of_decks_is_called_after_the_folder_or_the_course(project: Project) -> None:
    folder = Project(project.folder / "data-structures")
    folder.write("a.md", "# One\n")
    with process(folder, ".", "-p", "0") as (_, url):
        assert "<h1>Data structures</h1>" in urlopen(url).read().decode()
    folder.write("slidegen.yml", "course: All of it\n")
    with process(folder, ".", "-p", "0") as (_, url):
        assert "<h1>All of it</h1>" in urlopen(url).read().decode()


@pytest.mark.parametrize("args", [("--theme", "nosuch"), ("slides", "--theme", "gaia")])
def test_an_unknown_theme_is_refused_before_anything_is_served(
    project: Project, args: tuple[str, ...]
) -> None:
    project.write("slides/talk.md", "# One\n")
    ran = project.run("serve", *args, "-p", "0")
    assert (ran.code, ran.codes, ran.out) == (1, ["SG007"], "")
    assert "choose from" in ran.err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has sessions without a screen")
def test_open_starts_no_text_browser_in_the_terminal(project: Project) -> None:
    project.write("talk.md", "# One\n")
    browser = project.folder / "bin" / "www-browser"
    browser.parent.mkdir()
    browser.write_text('#!/bin/sh\necho "$1" > opened\n', "utf-8")
    browser.chmod(0o755)
    path = f"{browser.parent}{os.pathsep}{os.environ['PATH']}"
    screen = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "PATH": path}
    with process(project, "talk.md", "-p", "0", "--open", BROWSER="", **screen) as (running, url):
        assert running.stderr is not None
        assert running.stderr.readline() == "open this address in a browser\n"
        assert urlopen(url).status == 200
    assert not (project.folder / "opened").exists()
    with process(project, "talk.md", "-p", "0", "--open", BROWSER="www-browser", **screen) as (running, url):
        running.send_signal(signal.SIGINT)
        running.wait(PATIENCE)
        assert (project.folder / "opened").read_text("utf-8").strip() == url
