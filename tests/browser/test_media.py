"""Films, sounds and scripts: their bytes stand in the page once, and every element that uses them has them."""

from __future__ import annotations

import io
import wave
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[..., Any]
Build = Callable[..., str]

FILM = '<video src="a.wav" muted controls></video>'
LOADED = """() => [...document.querySelectorAll(".remark-visible video, .remark-visible audio")]
  .every((media) => media.readyState >= 2 && media.duration > 0)"""
ACTIVE = "document.querySelector('.remark-visible video').paused === false"


@pytest.fixture(scope="module")
def sound() -> bytes:
    """Two seconds that every browser can play, as film and as sound."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(1)
        writer.setframerate(8000)
        writer.writeframes(bytes(range(256)) * 63)
    return file.getvalue()


def times_in(page: str, data: bytes) -> int:
    return page.count(b64encode(data).decode()[:2000])


@pytest.mark.parametrize(
    "markdown",
    [
        f"{FILM}\n---\n{FILM}\n--\n\n# More\n---\nend\n",
        f"{FILM}\n--\n\n# All is other\n---\n{FILM}\n",
        f"x\n--\n\n{FILM}\n---\n{FILM}\n--\n\n{FILM}\n",
        f"layout: true\n\n{{{{content}}}}\n--\n\n{FILM}\n---\nx\n---\n{FILM}\n",
        '<video controls><source src="a.wav" type="audio/wav"></video>\n---\n<video><source src="a.wav"></video>',
        '<audio src="a.wav" controls></audio>\n---\n<audio src="a.wav#t=1" controls></audio>\n',
        f"<p>{FILM}</p>\n---\n???\n{FILM}\n",
    ],
)
def test_a_film_stands_in_the_page_once_and_plays_wherever_it_is(
    build_page: Build, open_page: Open, sound: bytes, markdown: str
) -> None:
    html = build_page(markdown, a_wav=sound)
    assert times_in(html, sound) == 1
    page = open_page(html)
    count = page.evaluate("slideshow.getSlideCount()")
    films = 0
    for place in [*range(1, count + 1), *range(count, 0, -1)]:
        page.evaluate(f"slideshow.gotoSlide({place})")
        page.wait_for_function(LOADED)
        films += page.locator(".remark-visible :is(video, audio)").count()
    assert films >= 2


def test_a_film_of_notes_is_found_by_who_shows_them(build_page: Build, open_page: Open, sound: bytes) -> None:
    page = open_page(build_page(f"x\n\n???\n{FILM}\n---\n{FILM}\n", a_wav=sound))
    page.wait_for_function("document.querySelector('.remark-slide-notes video').src.startsWith('blob:')")


def test_without_script_the_first_film_shows(build_page: Build, open_page: Open, sound: bytes) -> None:
    page = open_page(build_page(f"{FILM}\n--\n\nmore\n---\n{FILM}\n", a_wav=sound), java_script_enabled=False)
    assert str(page.locator("video").first.get_attribute("src")).startswith("data:audio/")


def test_a_film_stops_when_its_slide_is_left(build_page: Build, open_page: Open, sound: bytes) -> None:
    page = open_page(build_page(f"# T\n\n{FILM} film\n\nx\n--\n\nmore\n---\nend\n", a_wav=sound))
    page.wait_for_function(LOADED)
    page.evaluate("film = document.querySelector('video'), film.loop = true, film.play()")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("film.isConnected && !film.paused"), "the next step is the same slide"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("film.paused")


def test_autoplay_begins_when_the_slide_is_shown(build_page: Build, open_page: Open, sound: bytes) -> None:
    film = '<video src="a.wav" autoplay muted loop></video>'
    page = open_page(build_page(f"start\n---\n{film}\n---\n{film}\n", a_wav=sound))
    page.wait_for_function(
        "[...document.querySelectorAll('video')].every((film) => film.readyState >= 2 && film.paused)"
    )
    for place in (2, 3, 2):
        page.evaluate(f"slideshow.gotoSlide({place})")
        page.wait_for_function(ACTIVE)
        assert (
            page.evaluate("[...document.querySelectorAll('video')].filter((film) => !film.paused).length")
            == 1
        )


def test_captions_and_pages_in_frames_are_there_each_time(
    build_page: Build, open_page: Open, sound: bytes
) -> None:
    captions = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
    frame = b"<!DOCTYPE html><title>f</title><p>in the frame"
    film = '<video src="a.wav"><track src="a.vtt" default></video><iframe src="f.html"></iframe>'
    page = open_page(build_page(f"{film}\n---\n{film}\n", a_wav=sound, a_vtt=captions, f_html=frame))
    for place in (1, 2):
        page.evaluate(f"slideshow.gotoSlide({place})")
        page.wait_for_function("document.querySelector('.remark-visible track').track.cues?.length === 1")
        inside = page.frame_locator(".remark-visible iframe")
        assert inside.locator("p").inner_text() == "in the frame"


def test_a_script_file_runs_where_it_is_used(build_page: Build, open_page: Open) -> None:
    script = b"window.runs = (window.runs ?? 0) + 1; // of a script that stands in the page once"
    use = '<script src="a.js"></script>'
    html = build_page(f"one\n{use}\n--\n\nmore\n---\ntwo\n\n{use}\n", a_js=script)
    assert html.count(script.decode()) == 1
    page = open_page(html)
    for _ in range(3):
        assert page.evaluate("runs") == 2
        page.keyboard.press("ArrowRight")


def test_a_deck_without_films_has_nothing_for_them(build_page: Build) -> None:
    assert 'slidegen["media.mjs"]' not in build_page("# A\n---\nb")
