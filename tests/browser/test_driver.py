"""The system's browser, driven by slidegen itself: found, started, spoken to, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import pytest

from slidegen.browser import browser as browser_module
from slidegen.browser import page as page_module
from slidegen.browser.browser import Browser, open_browser
from slidegen.browser.find import find_browser
from slidegen.browser.page import Page, PageError
from slidegen.diagnostics import Code, DeckError
from tests.browser.processes import processes_of, wait_until
from tests.projects import PATIENCE

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs signals")


@pytest.fixture
def opened(program: Path, tmp_path: Path) -> Iterator[Browser]:
    with open_browser(tmp_path / "out", str(program)) as found:
        yield found


def test_the_option_then_the_variable_then_the_path(tmp_path: Path) -> None:
    names = ["one", "two", "chromium"]
    for name in names:
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    environ = {"PATH": str(tmp_path), "SLIDEGEN_BROWSER": str(tmp_path / "two")}
    assert find_browser(str(tmp_path / "one"), environ).name == "one"
    assert find_browser(None, environ).name == "two"
    assert find_browser(None, {"PATH": str(tmp_path)}).name == "chromium"


@pytest.mark.parametrize(
    ("platform", "place"),
    [
        ("darwin", "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        ("win32", "Microsoft\\Edge\\Application\\msedge.exe"),
    ],
)
def test_where_browsers_are_installed(tmp_path: Path, platform: str, place: str) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    environ = {"PATH": "", "HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    assert find_browser(None, environ, platform) == path


def test_without_a_browser_it_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(DeckError) as raised:
        find_browser(None, {"PATH": str(tmp_path), "HOME": str(tmp_path)}, "darwin")
    told = raised.value.diagnostic
    assert told.code is Code.NO_BROWSER
    assert told.hint is not None
    assert "SLIDEGEN_BROWSER" in told.hint
    assert "google-chrome, " in told.hint
    assert "/Applications/Google Chrome.app" in told.hint


def test_a_program_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(DeckError, match="--browser"), open_browser(tmp_path, str(tmp_path / "none")):
        pass
    assert not list(tmp_path.iterdir())


def test_a_page_is_loaded_and_spoken_to(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "a page ü#.html"
    path.write_text("<title>it</title><script>window.query = location.search</script>")
    with opened.page(tmp_path, width=300, height=200, scale=2) as page:
        page.load(path, "?a=b")
        assert page.evaluate("[document.title, query, innerWidth, devicePixelRatio]") == [
            "it",
            "?a=b",
            300,
            2,
        ]
        assert page.run("async (one, two) => one + two.x", 1, {"x": 2}) == 3
        with pytest.raises(PageError, match="no such luck"):
            page.evaluate("(() => { throw new Error('no such luck') })()")


def test_pages_share_nothing_and_are_given_back_in_order(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<script>localStorage.count = Number(localStorage.count ?? 0) + 1</script>")

    def work(browser: Browser, number: int) -> list[int]:
        with browser.page(tmp_path) as page:
            page.load(path)
            return [number, page.evaluate("Number(localStorage.count)")]

    assert list(opened.map(work, [1, 2, 3, 4])) == [[1, 1], [2, 1], [3, 1], [4, 1]]


def test_no_page_reaches_the_network(opened: Browser, tmp_path: Path) -> None:
    from http.server import BaseHTTPRequestHandler, HTTPServer
    from threading import Thread

    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        path = tmp_path / "page.html"
        host = f"127.0.0.1:{server.server_port}"
        picture = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='7' height='7'/>"
        path.write_text(
            f"<img src='http://{host}/picture.png'><iframe src='http://{host}/frame'></iframe>"
            f'<img src="{picture}">'
        )
        with opened.page(tmp_path) as page:
            page.load(path)
            assert page.evaluate(f"fetch('http://{host}/x').then(() => 'came', () => 'none')") == "none"
            assert page.evaluate("document.images[1].naturalWidth") == 7
        server.shutdown()
    assert not asked


SHOWING = (
    "add('iframe', {src: FILE})", "add('object', {data: FILE})", "add('embed', {src: FILE})",
    "add('iframe', {srcdoc: `<iframe src='${FILE}'></iframe>`})", "add('iframe', {src: ENCODED})",
    "window.done = fetch(FILE).then((it) => it.text()).then((text) => document.body.append(text), () => {})",
    "add('style', {textContent: `@import '${FILE}'; body::after { content: url('${PICTURE}') }`})",
    "add('img', {src: PICTURE})", "add('img', {src: LINK})", "add('video', {poster: PICTURE})",
    "add('link', {rel: 'stylesheet', href: FILE})", "addEventListener('load', () => { location = FILE })",
    "addEventListener('load', () => { location = 'http://127.0.0.1/' })",
)  # fmt: skip
LEAVING = (
    "location = FILE", "location = 'http://127.0.0.1/'", "window.open(FILE, '_self')", "location.replace(FILE)",
)  # fmt: skip
SQUARE = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='300' height='300'>"
    "<rect width='300' height='300' fill='%s'/></svg>"
)
ADD = """
function add(tag, said) {
  document.body.append(Object.assign(document.createElement(tag), said));
}
"""


@pytest.fixture
def hostile(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a page with a script; beside its folder there is what it may not show."""
    folder = tmp_path / "page"
    folder.mkdir()
    (tmp_path / "secret.html").write_text("<body style='background: #123456'>SECRET")
    (tmp_path / "secret.svg").write_text(SQUARE % "#123456")
    (folder / "link.svg").symlink_to(tmp_path / "secret.svg")
    (folder / "own.svg").write_text(SQUARE % "#654321")
    names = {
        "FILE": "page/../secret.html",
        "ENCODED": "%70age/..%2fsecret.html",
        "PICTURE": "secret.svg",
        "LINK": "page/link.svg",
    }
    given = "".join(f"const {name} = '{tmp_path.as_uri()}/{path}';" for name, path in names.items())

    def write(script: str) -> Path:
        page = folder / "page.html"
        page.write_text(f"<title>own</title><body><img src='own.svg'><script>{given}{ADD}{script}</script>")
        return page

    return write


@pytest.mark.parametrize("script", SHOWING)
def test_no_script_shows_a_file_beside_the_folder_of_its_page(
    opened: Browser, hostile: Callable[[str], Path], script: str
) -> None:
    path = hostile(script)
    with opened.page(path.parent, 600, 600) as page:
        page.load(path)
        page.evaluate("window.done")
        assert page.evaluate("[document.title, document.images[0].naturalWidth]") == ["own", 300]
        assert "SECRET" not in page.evaluate("document.body.textContent")
        shot = b64encode(page.picture()).decode()
        assert page.run(COLOURS, f"data:image/png;base64,{shot}") == [True, False]


def test_a_picture_that_does_not_come_is_asked_for_again(
    opened: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "PICTURE_TIMEOUTS", (0.01, 0.02))
    path = tmp_path / "page.html"
    path.write_text("<body style='background: #654321'>")
    with opened.page(tmp_path, 60, 60) as page:
        page.load(path)
        page.evaluate("setTimeout(() => { for (const end = Date.now() + 1000; Date.now() < end; ); })")
        shot = b64encode(page.picture()).decode()
        assert page.run(COLOURS, f"data:image/png;base64,{shot}")[0]


@pytest.mark.parametrize("script", LEAVING)
def test_a_page_that_leaves_while_it_loads_is_named(
    opened: Browser, hostile: Callable[[str], Path], script: str
) -> None:
    path = hostile(script)
    with opened.page(path.parent) as page:
        with pytest.raises(PageError, match=r"leaves for (file|http)://"):
            page.load(path)
        assert "SECRET" not in page.evaluate("document.documentElement.outerHTML")


COLOURS = """
async (address) => {
  const picture = await createImageBitmap(await (await fetch(address)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const { data } = canvas.getImageData(0, 0, picture.width, picture.height);
  const has = (red, green, blue) => {
    for (let at = 0; at < data.length; at += 4)
      if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) return true;
    return false;
  };
  return [has(0x65, 0x43, 0x21), has(0x12, 0x34, 0x56)];
}
"""
"""Whether a picture of the page has the page's own colour, and that of the files beside its folder."""


@pytest.mark.parametrize(
    "script",
    [
        "alert(1)",
        "window.answer = [confirm('x'), prompt('y')]",
        "print()",
        "addEventListener('load', () => alert(1))",
    ],
)
def test_a_page_that_asks_something_is_answered(opened: Browser, tmp_path: Path, script: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<title>before</title><script>{script}; document.title = 'after'</script>")
    with opened.page(tmp_path) as page:
        page.load(path)
        assert page.evaluate("[document.title, window.answer ?? null]") == [
            "after",
            [False, None] if "confirm" in script else None,
        ]


def test_a_page_that_hangs_is_named(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<script>for (;;);</script>")
    with opened.page(tmp_path) as page, pytest.raises(PageError, match=r"0\.5 seconds"):
        page.load(path, timeout=0.5)
    path.write_text("<title>next</title>")
    with opened.page(tmp_path) as page:
        page.load(path)
        assert page.evaluate("document.title") == "next"


def test_a_page_that_crashes_leaves_the_others(opened: Browser, tmp_path: Path) -> None:
    def crash(page: Page) -> None:
        page.call("Page.navigate", url="chrome://crash")
        page.evaluate("new Promise(() => {})")

    with opened.page(tmp_path) as page, pytest.raises(PageError, match="crashed"):
        crash(page)
    with opened.page(tmp_path) as page:
        assert page.evaluate("1 + 1") == 2


@POSIX
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_browser_that_crashes_is_an_error_and_leaves_nothing(program: Path, tmp_path: Path) -> None:
    with open_browser(tmp_path, str(program)) as opened, opened.page(tmp_path) as page:
        for pid in processes_of(opened.folder):
            if b"guard.py" not in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)
        with pytest.raises(DeckError, match="crashed") as raised:
            page.evaluate("new Promise(() => {})")
    assert raised.value.diagnostic.code is Code.BROWSER_FAILED
    assert not list(tmp_path.iterdir())


KILLED = """
import sys
from pathlib import Path
from slidegen.browser.browser import open_browser
with open_browser(Path(sys.argv[1]), sys.argv[2]) as opened:
    with opened.page(opened.folder) as page:
        print(opened.folder, flush=True)
        page.evaluate("new Promise(() => {})")
"""


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder whose path leaves room for the name of a socket in it."""
    with TemporaryDirectory(prefix="sg") as name:
        yield Path(name)


@POSIX
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_browser_ends_with_its_parent(
    program: Path, tmp_path: Path, short_folder: Path, number: signal.Signals
) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path), str(program)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, env={**os.environ, "TMPDIR": str(short_folder)}, **pipes) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        assert processes_of(folder)
        process.send_signal(number)
        process.wait(PATIENCE)
    wait_until(lambda: not processes_of(folder))
    wait_until(lambda: not folder.exists())
    assert not list(short_folder.iterdir())


def test_what_is_written_while_the_browser_ends_is_removed(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page may be in the making in another thread; it can hold what nobody else may see."""
    monkeypatch.setattr(browser_module.os, "cpu_count", lambda: 2)
    begun = Event()

    def work(browser: Browser, item: int) -> None:
        if item == 0:
            assert begun.wait(PATIENCE)
            raise KeyboardInterrupt
        begun.set()
        wait_until(lambda: not browser.folder.exists())
        browser.folder.mkdir()
        (browser.folder / "talk.html").write_text("solutions")

    with pytest.raises(KeyboardInterrupt), open_browser(tmp_path, str(program)) as opened:
        list(opened.map(work, [0, 1], at_once=2))
    assert not list(tmp_path.iterdir())


def fake(tmp_path: Path, script: str) -> str:
    """A program that is no browser."""
    path = tmp_path / "browser.py"
    path.write_text(f"#!{sys.executable}\nimport os, time, json\n{script}")
    path.chmod(0o755)
    return str(path)


@POSIX
@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("import sys; sys.exit('it cannot do that')", "it said: it cannot do that"),
        (
            'os.read(3, 1000); os.write(4, b\'{"id":1,"result":{"product":"Chrome/99.0.1"}}\\0\'); time.sleep(60)',
            "update it",
        ),
        ("time.sleep(60)", "choose another one"),
    ],
)
def test_what_is_no_browser_that_can_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    monkeypatch.setattr(browser_module, "START_TIMEOUT", 2.0 if script == "time.sleep(60)" else 600.0)
    out = tmp_path / "out"
    with (
        pytest.raises(DeckError) as raised,
        open_browser(out, fake(tmp_path, script)) as opened,
        opened.page(tmp_path),
    ):
        pass
    assert raised.value.diagnostic.code is Code.BROWSER_FAILED
    assert told in (raised.value.diagnostic.hint or "")
    assert not list(out.iterdir())
