"""What slidegen keeps of downloads: it is used again only while it is what was saved, and kept only where it can be."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from slidegen.files.downloads import AT_ONCE, Downloads
from slidegen.files.http_fetch import FetchLimits
from tests.files.network import ANSWERS, FONT, Network
from tests.projects import PIXEL, Project


@pytest.fixture
def talk(project: Project, network: Network) -> Project:
    """A deck with a picture that was downloaded."""
    project.write("slidegen.yml", "assets: {hosts: [127.0.0.1], timeout: 600}\nmath: false\n")
    project.write("talk.md", f"# A\n\n![a]({network.url}/a.png)\n")
    assert project.run("build", "talk.md", "--fetch", "-o", "talk.html").codes == []
    assert network.asked == {"/a.png": 1}
    project.write("a.png", PIXEL)
    return project


def change(entry: Path, **values: object) -> None:
    entry.write_text(json.dumps({**json.loads(entry.read_text("utf-8")), **values}), "utf-8")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "too large": lambda entry: change(entry, more="x" * 1_000_000),
    "of another address": lambda entry: change(entry, url="http://other.example/a.png"),
    "of a file elsewhere": lambda entry: change(entry, file="../../a.png", size=len(PIXEL)),
    "of another size": lambda entry: change(entry, size=1),
    "without keys": lambda entry: entry.write_text("{}", "utf-8"),
    "a list": lambda entry: entry.write_text("[]", "utf-8"),
    "a number": lambda entry: entry.write_text("1", "utf-8"),
    "no JSON": lambda entry: entry.write_text("{", "utf-8"),
    "no text": lambda entry: entry.write_bytes(b"\xff\xfe\xfd"),
    "gone": lambda entry: entry.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_an_entry_that_is_not_what_was_saved_is_not_used(
    talk: Project, network: Network, damage: str
) -> None:
    (entry,) = (talk.folder / ".slidegen/fetched").glob("*.json")
    DAMAGES[damage](entry)
    assert talk.run("build", "talk.md", "--fetch", "--force", "-o", "talk.html").codes == []
    assert network.asked == {"/a.png": 2}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_an_entry_that_is_a_pipe_is_not_waited_for(project: Project, network: Network) -> None:
    project.write("slidegen.yml", "assets: {hosts: [127.0.0.1], timeout: 600}\nmath: false\n")
    project.write("talk.md", f"# A\n\n![a]({network.url}/a.png)\n")
    url = f"{network.url}/a.png"
    entry = Downloads(root=project.folder, bounds=FetchLimits(1, 1)).entry(url)
    entry.parent.mkdir(parents=True)
    os.mkfifo(entry)
    ran = project.run("build", "talk.md", "--fetch", "-o", "talk.html")
    assert ran.codes == ["SG132"]
    assert "cannot be kept" in ran.err


def test_downloads_that_cannot_be_kept_are_a_warning(project: Project, network: Network) -> None:
    project.write(".slidegen", "in the way")
    project.write("slidegen.yml", "assets: {hosts: [127.0.0.1], timeout: 600}\nmath: false\n")
    project.write("talk.md", f"# A\n\n![a]({network.url}/a.png)\n")
    ran = project.run("build", "talk.md", "--fetch", "-o", "talk.html")
    assert "SG132" in ran.codes
    assert "cannot be kept" in ran.err


@pytest.mark.parametrize("kind", ["text/css", "application/pdf", "TEXT/CSS; charset=utf-8"])
def test_what_the_server_calls_a_file_counts_more_than_its_name(
    talk: Project, network: Network, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setitem(ANSWERS, "/b.png", (kind, b"a { color: red }"))
    talk.write("talk.md", f"# A\n\n![a]({network.url}/b.png)\n")
    ran = talk.run("build", "talk.md", "--fetch", "-o", "talk.html")
    assert ran.codes == ["SG132"]
    assert f"is not an image, but {kind.partition(';')[0].lower()}" in ran.err


@pytest.mark.parametrize(
    ("kind", "data", "says"),
    [
        ("image/png", PIXEL, "is not a {}, but image/png"),
        ("font/woff2", FONT, "is not a {}, but font/woff2"),
        ("audio/x-test", b"a{}", "is not a {}, but audio/x-test"),
        ("video/x-test", b"a{}", "is not a {}, but video/x-test"),
        ("text/html", b"<p>Log in", "is a page, not a {}"),
        ("application/xhtml+xml", b"<p>Log in</p>", "is a page, not a {}"),
    ],
)
@pytest.mark.parametrize(
    ("use", "text"),
    [("style sheet", '---\ncss: ["URL"]\n---\n# A\n'), ("script", '# A\n\n<script src="URL"></script>\n')],
)
def test_style_sheets_and_scripts_are_neither_pages_nor_pictures(
    talk: Project,
    network: Network,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    data: bytes,
    says: str,
    use: str,
    text: str,
) -> None:
    monkeypatch.setitem(ANSWERS, "/b", (kind, data))
    talk.write("talk.md", text.replace("URL", f"{network.url}/b"))
    ran = talk.run("build", "talk.md", "--fetch", "-o", "talk.html")
    assert ran.codes == ["SG132"]
    assert says.format(use) in ran.err


def test_only_so_many_files_are_fetched_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def waits(*_: Any) -> Any:
        over.wait()
        raise OSError("over")

    monkeypatch.setattr("slidegen.files.downloads.fetch", waits)
    before = set(threading.enumerate())
    with Downloads(root=tmp_path, bounds=FetchLimits(1, 1)) as downloads:
        downloads.begin(f"http://files.example/{number}" for number in range(50))
        started = set(threading.enumerate()) - before
        over.set()
    assert len(started) == AT_ONCE == 8
