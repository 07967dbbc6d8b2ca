"""The words that pages say, in all languages alike."""

from __future__ import annotations

import re

import pytest
import yaml

from slidegen.project.translations import CALLOUTS, COURSE, DECK, EXPORT, SERVE, SESSION
from tests.pages import TEMPLATES
from tests.projects import Project

FILES = {path.stem: path for path in (TEMPLATES / "words").glob("*.yml")}
SHARED = {
    *("Menu", "Notes", "Important", "Feed", "Pause", "Start", "Countdown", "Navigation", "Rectangle", "Text"),
    *("Slide", "Slides", "%n% slides", "1 slide", "Film", "%n% / %total%"),
}
"""What is the same in English and in another language."""


def sections_of(lang: str) -> dict[str, dict[str, str]]:
    """The sections of a language's file."""
    found = yaml.safe_load(FILES[lang].read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def words_of(lang: str) -> dict[str, str]:
    """All words of a language, under the names of their sections."""
    return {
        f"{section}.{key}": text
        for section, words in sections_of(lang).items()
        for key, text in words.items()
    }


def test_there_are_nine_languages_and_each_has_all_words() -> None:
    assert len(FILES) >= 9
    for lang in FILES:
        assert set(sections_of(lang)) == {DECK, SERVE, COURSE, SESSION, CALLOUTS, EXPORT}, lang
        assert list(words_of(lang)) == list(words_of("en")), lang


@pytest.mark.parametrize("lang", sorted(set(FILES) - {"en"}))
def test_words_are_translated_and_keep_their_places(lang: str) -> None:
    english, own = words_of("en"), words_of(lang)
    for key, text in own.items():
        assert text.strip() == text != "", key
        assert sorted(re.findall("%[a-z]+%", text)) == sorted(re.findall("%[a-z]+%", english[key])), key
    same = {text for key, text in own.items() if text == english[key]} - SHARED
    assert not same


@pytest.mark.parametrize("lang", sorted(FILES))
def test_a_deck_and_a_course_page_say_the_words_of_one_file(project: Project, lang: str) -> None:
    project.write("slidegen.yml", f"course: A course\nlang: {lang}\n")
    project.write("slides/a.md", "---\nsession: 1\n---\n# One\n")
    project.build()
    words = words_of(lang)
    assert project.page("public/a.html").words["next"] == words["deck.next"]
    assert words["course.skip"] in project.page("public/index.html").html


def test_words_of_the_users_own_replace_those_of_decks(project: Project) -> None:
    project.write("slidegen.yml", "lang: fr-CA\n")
    project.write("templates/words/fr.yml", "deck:\n  next: Suivante\n")
    project.write("templates/words/fr-CA.yml", "previous: Précédente\n")
    project.write("slides/a.md", "# One\n")
    project.build()
    words = project.page("public/a.html").words
    assert (words["next"], words["previous"]) == ("Suivante", "Précédente")
    assert words["first"] == words_of("fr")["deck.first"]


def test_a_language_that_slidegen_does_not_know_is_the_users(project: Project) -> None:
    project.write("slidegen.yml", "lang: nl\n")
    project.write("templates/words/nl.yml", "deck:\n  next: Volgende dia\n")
    project.write("slides/a.md", "# One\n")
    project.build()
    words = project.page("public/a.html").words
    assert (words["next"], words["previous"]) == ("Volgende dia", words_of("en")["deck.previous"])


@pytest.mark.parametrize("text", ["deck: [", "- next\n- previous\n", "next"])
def test_a_file_that_holds_no_words_is_an_error(project: Project, text: str) -> None:
    project.write("slidegen.yml", "lang: fr\n")
    project.write("templates/words/fr.yml", text)
    project.write("slides/a.md", "# One\n")
    ran = project.run("build")
    assert ran.code == 1
    assert "fr.yml" in ran.err
    assert "words cannot be read" in ran.err
