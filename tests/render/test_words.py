"""The words that pages say, in all languages alike."""

from __future__ import annotations

import re

import pytest
import yaml

from slidegen.render.live_words import live_words_in
from slidegen.render.words import WORDS, words_in
from tests.pages import TEMPLATES

FILES = {path.stem: path for path in (TEMPLATES / "words").glob("*.yml")}
SHARED = {"Menu", "Notes", "Feed", "Pause", "Start", "Countdown", "Slide", "Slides", "%n% slides", "1 slide"}
"""What is the same in English and in another language."""


def words_of(lang: str) -> dict[str, str]:
    """All words in a language: of decks, of pages that are served, of the course page."""
    course = yaml.safe_load(FILES[lang].read_text("utf-8"))
    return {
        **words_in(lang),
        **live_words_in(lang),
        **{f"course {key}": text for key, text in course.items()},
    }


def test_there_are_nine_languages_and_each_has_all_words() -> None:
    assert set(FILES) == set(WORDS)
    assert len(FILES) >= 9
    for lang in FILES:
        assert set(words_of(lang)) == set(words_of("en")), lang


@pytest.mark.parametrize("lang", sorted(set(FILES) - {"en"}))
def test_words_are_translated_and_keep_their_places(lang: str) -> None:
    english, own = words_of("en"), words_of(lang)
    for key, text in own.items():
        assert text.strip() == text != "", key
        assert sorted(re.findall("%[a-z]+%", text)) == sorted(re.findall("%[a-z]+%", english[key])), key
    same = {text for key, text in own.items() if text == english[key]} - SHARED
    assert not same
