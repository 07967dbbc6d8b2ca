"""Real files are saved in all the ways in which programs do it, and a real watcher hears of them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from slidegen.serve import debounce
from slidegen.serve.watcher import watched_folders
from tests.projects import PIXEL, Project
from tests.serve.serving import Serving, serving

DECK = "# One\n\nText 0\n"


@pytest.fixture
def server(project: Project) -> Iterator[Serving]:
    project.write("slides/talk.md", DECK)
    with serving(project, "slides") as running:
        page(running)
        yield running


def page(server: Serving, path: str = "/talk.html") -> str:
    return str(urlopen(server.url + path).read().decode("utf-8"))


def shows(text: str) -> Callable[[list[object]], bool]:
    """Whether the last build of the talk has a text."""

    def test(rebuilt: list[object]) -> bool:
        last = rebuilt[-1] if rebuilt else None
        drafts = getattr(getattr(last, "built", None), "drafts", {})
        return any(text in slide.shown.html for draft in drafts.values() for slide in draft.slides)

    return test


def overwrite(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def by_rename(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def from_elsewhere(path: Path, text: str) -> None:
    elsewhere = path.parent.parent / "elsewhere.tmp"
    elsewhere.write_text(text, "utf-8")
    elsewhere.replace(path)


def as_vim(path: Path, text: str) -> None:
    probe, backup = path.with_name("4913"), path.with_name(f"{path.name}~")
    probe.touch()
    probe.unlink()
    path.rename(backup)
    path.write_text(text, "utf-8")
    backup.unlink()


def as_emacs(path: Path, text: str) -> None:
    lock = path.with_name(f".#{path.name}")
    lock.symlink_to("me@here")
    shutil.copy(path, path.with_name(f"{path.name}~"))
    path.write_text(text, "utf-8")
    lock.unlink()


def in_pieces(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        for character in text:
            file.write(character)
            file.flush()
            os.fsync(file.fileno())


def delete_and_write(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    "save", [overwrite, by_rename, from_elsewhere, as_vim, as_emacs, in_pieces, delete_and_write]
)
def test_a_save_is_shown_whole_and_with_at_most_two_builds(
    project: Project, server: Serving, save: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform == "linux":  # where closing is reported, so that no pause of the machine ends a save
        monkeypatch.setattr(debounce, "UNCLOSED", 3600)
        monkeypatch.setattr(debounce, "DELETE_GRACE", 3600)
    before = len(server.rebuilt)
    save(project.folder / "slides" / "talk.md", DECK.replace("Text 0", "Text one and the end"))
    server.wait(shows("Text one and the end"))
    built = server.rebuilt[before:]
    assert len(built) <= 2
    for item in built:
        assert item.built.drafts, "a deck that was half there was built"
        assert not item.news or shows("Text one and the end")([item])


def test_a_checkout_of_two_hundred_files_is_at_most_two_builds_of_a_deck(
    project: Project, server: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = " ".join(f"![](img/{number}.png)" for number in range(200))
    for number in range(200):
        project.write(f"slides/img/{number}.png", PIXEL)  # decks name them only afterwards
    project.write("slides/talk.md", f"# One\n\n{pictures}\n")
    server.wait(shows("assets/199."))
    monkeypatch.setattr(debounce, "BURST", 2)  # no pause of a busy machine ends the checkout
    monkeypatch.setattr(debounce, "MAX_BURST", 3600)
    before = len(server.rebuilt)
    for number in range(200):
        project.write(f"slides/img/{number}.png", PIXEL + bytes([number]))
    project.write("slides/talk.md", f"# After\n\n{pictures}\n")
    server.wait(shows("After"))
    assert len(server.rebuilt) - before <= 2


def test_a_folder_that_is_renamed_and_comes_back(project: Project, server: Serving) -> None:
    slides, away = project.folder / "slides", project.folder / "away"
    slides.rename(away)
    server.wait(lambda built: built[-1].deck.errors == 1)
    assert "Text 0" in page(server)
    away.rename(slides)
    server.wait(lambda built: built[-1].deck.errors == 0)
    overwrite(slides / "talk.md", DECK.replace("Text 0", "Text again"))
    server.wait(shows("Text again"))


def test_a_new_deck_and_a_new_template_folder_are_heard_of(project: Project, server: Serving) -> None:
    project.write("slides/new/deck.md", "# New\n")
    server.wait(lambda built: built[-1].deck.url == "/new/deck.html")
    assert "New" in page(server, "/new/deck.html")
    project.write("slides/talk.md", "![:box](x)\n")
    server.wait(lambda built: built[-1].deck.errors == 1)
    project.write("templates/macros/box.html", "<b>boxed {{ target }}</b>")
    server.wait(shows("boxed x"))


def test_a_file_system_without_events_is_polled(project: Project) -> None:
    project.write("slides/talk.md", DECK)
    with serving(project, "slides", poll=True) as server:
        page(server)
        overwrite(project.folder / "slides/talk.md", DECK.replace("Text 0", "Text seen by looking"))
        server.wait(shows("Text seen by looking"))


def test_hidden_folders_and_environments_are_not_watched(tmp_path: Path) -> None:
    for name in (".git/objects", "slides/img", "venv/lib", "node_modules/x"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "venv/pyvenv.cfg").touch()
    folders = watched_folders([tmp_path], [tmp_path / "none" / "there"])
    assert folders.whole == {tmp_path / "slides"}
    assert folders.single == {tmp_path.parent, tmp_path}
    alone = watched_folders([tmp_path / "slides"], [tmp_path / "slides" / "img"])
    assert (alone.whole, alone.single) == ({tmp_path / "slides"}, {tmp_path})
