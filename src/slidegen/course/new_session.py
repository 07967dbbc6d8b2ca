"""`slidegen new`: adds a session to a course."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from slidegen.config import Config
from slidegen.course.sessions import (
    ExistingSession,
    next_day,
    next_number,
    read_session,
    slug,
    written_values,
)
from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter
from slidegen.files.dependencies import Reads
from slidegen.files.paths import display_path
from slidegen.files.read_file import read_bytes
from slidegen.files.writing import write_file
from slidegen.project.discovery import DEFAULT_NAME
from slidegen.project.project import Project, Projects, default_folders
from slidegen.project.translations import COURSE, SESSION, read_words
from slidegen.reading.markdown import decode, read_markdown
from slidegen.reading.source_deck import SourceDeck
from slidegen.source import Span
from slidegen.syntax.parser import parse_deck

TEMPLATES = "new"


class Course(Struct, frozen=True):
    """What a new session needs to know about its course."""

    project: Project
    slides: Path
    sessions: tuple[ExistingSession, ...]

    @property
    def config(self) -> Config:
        """The course's options."""
        return self.project.config

    def planned_title(self, number: int) -> str:
        """The title that the plan gives a session; empty if it has none."""
        plan = self.config.sessions
        return plan[number - 1].title if 0 < number <= len(plan) else ""


def open_course(folder: Path) -> Course:
    """The course of the working folder; raises DeckError if its slidegen.yml has errors."""
    projects = Projects(folder)
    project = projects.of(folder / DEFAULT_NAME)
    for diagnostic in project.diagnostics:
        if diagnostic.code in (Code.BAD_VALUE, Code.BAD_YAML):
            raise DeckError(diagnostic)
    slides, _ = default_folders(projects, folder)
    try:
        found = projects.find_decks([slides]).decks if slides.is_dir() else []
    except DeckError:  # there is none yet
        found = []
    return Course(project, slides, tuple(read_session(item.path) for item in found))


class NewSession(Struct, frozen=True):
    """A session to write."""

    title: str
    number: int
    day: date


def plan_session(course: Course, title: str, number: int | None, day: date | None, today: date) -> NewSession:
    """Fill in what is not given: the number after the last one, and the day from the plan or the rhythm."""
    number = next_number(course.sessions) if number is None else number
    return NewSession(title, number, day or next_day(course.sessions, course.config.sessions, number, today))


def write_session(
    course: Course, wanted: NewSession, template: str, frame: Path | None, folder: Path
) -> Path:
    """Write a session's file from the template of that name, or with the frame of an earlier deck.

    Raises DeckError if the file already exists, or there is no such template or deck.
    """
    path = course.slides / _file_name(course, wanted)
    text = (
        _from_template(course, wanted, template)
        if frame is None
        else _from_deck(course, wanted, frame, folder)
    )
    if not write_file(path, (text.rstrip("\n") + "\n").encode("utf-8", "replace"), course.slides, new=True):
        hint = "choose another title or date; slidegen does not overwrite files"
        raise DeckError(Diagnostic(Code.CANNOT_WRITE, "exists already", path=str(path), hint=hint))
    return path


def _file_name(course: Course, wanted: NewSession) -> str:
    pattern = course.config.newName
    parts = {
        "date": f"{wanted.day:%Y%m%d}",
        "slug": slug(wanted.title) or f"session-{wanted.number}",
        "number": wanted.number,
    }
    try:
        name = pattern.format_map(parts)
    except (LookupError, ValueError, AttributeError) as error:
        raise DeckError(_bad_pattern(pattern, str(error))) from error
    if Path(name).is_absolute() or ".." in Path(name).parts or not name.endswith((".md", ".markdown")):
        raise DeckError(_bad_pattern(pattern, f"it gives {name}"))
    return name


def _bad_pattern(pattern: str, why: str) -> Diagnostic:
    hint = "{date}, {slug} and {number} are known, and the name ends in .md, as in {number:02}-{slug}.md"
    message = f"newName does not give the name of a deck: {pattern} ({why})"
    return Diagnostic(Code.BAD_VALUE, message, path="slidegen.yml", hint=hint)


def _from_template(course: Course, wanted: NewSession, name: str) -> str:
    from jinja2 import TemplateError, TemplateNotFound

    templates = course.project.templates
    try:
        return templates.environment().get_template(f"{TEMPLATES}/{name}.md").render(_values(course, wanted))
    except TemplateNotFound as error:
        names = ", ".join(sorted(item.removesuffix(".md") for item in templates.names(TEMPLATES)))
        message = f"there is no template {name} for a session"
        hint = f"choose from {names}, or put your own into templates/{TEMPLATES}/"
        raise DeckError(Diagnostic(Code.NO_SUCH_FILE, message, hint=hint)) from error
    except TemplateError as error:
        raise DeckError(
            Diagnostic(
                Code.TEMPLATE_FAILED,
                f"the template fails: {error}",
                path=templates.shown(f"{TEMPLATES}/{name}.md"),
            )
        ) from error


def _values(course: Course, wanted: NewSession) -> Mapping[str, object]:
    config = course.config
    words = read_words(config.lang, course.project.templates, COURSE, SESSION)
    return {
        "words": words,
        "session": words["session"].replace("%n%", str(wanted.number)),
        "title": wanted.title,
        "number": wanted.number,
        "date": wanted.day.isoformat(),
        "day": wanted.day,
        "course": config.course,
        "code": config.code,
        "term": config.term,
        "lang": config.lang,
        "author": ", ".join(map(str, config.author)),
        "footer": "",
        "config": config,
    }


def _from_deck(course: Course, wanted: NewSession, deck: Path, folder: Path) -> str:
    """The frame of a deck: front matter, first slide, layouts and templates, last slide."""
    written = read_markdown(decode(display_path(deck, folder), read_bytes(deck.absolute(), folder, Reads())))
    before = written_values(written)
    slides = [Span(written.source, start, end).text for start, end in _kept(written)]
    body = "".join(slides)
    words = read_words(course.config.lang, course.project.templates, COURSE, SESSION)
    changes = [(before.get("title", ""), wanted.title), (before.get("date", ""), wanted.day.isoformat())]
    if number := before.get("session"):
        changes += [
            (label.replace("%n%", number), label.replace("%n%", str(wanted.number)))
            for label in dict.fromkeys((words["session"], "Session %n%"))
        ]
    for old, new in changes:
        if old.strip():
            body = body.replace(old, new)
    return f"---\n{_front_matter(written, wanted)}---\n{body}"


def _front_matter(written: SourceDeck, wanted: NewSession) -> str:
    """The deck's settings with the new session's in place of its own."""
    import json

    own = {
        "title": json.dumps(wanted.title, ensure_ascii=False),
        "session": str(wanted.number),
        "date": wanted.day.isoformat(),
        "description": '""',
    }
    text = written.source.text[: written.start]
    lines = text.splitlines(keepends=True)[1:-1] if written.start else []
    kept = [line for line in lines if line.partition(":")[0].strip() not in own]
    return "".join([*(f"{key}: {value}\n" for key, value in own.items()), *kept])


def _kept(written: SourceDeck) -> Iterator[tuple[int, int]]:
    """The spans of the frame's slides, each with the separator that ends it."""
    slides = parse_deck(written.source, Reporter(), start=written.start).slides
    starts = [slide.span.start for slide in slides if not slide.continued]
    starts[:1] = [written.start]
    ends = [*starts[1:], len(written.source.text)]
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        text = written.source.text[start:end]
        frame = re.search(r"^(?:layout|name):", text.partition("\n\n")[0], re.MULTILINE)
        if index in (0, len(starts) - 1) or frame is not None:
            yield start, end
