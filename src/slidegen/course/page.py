"""The course page: lists all sessions of a folder of decks and searches their slides."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from msgspec import Struct

from slidegen import __version__
from slidegen.diagnostics import Code, DeckError, Diagnostic, DiagnosticCode
from slidegen.diagnostics.stored import as_diagnostics
from slidegen.files.dependencies import Reads
from slidegen.files.file_state import digest
from slidegen.option_records import DAY, Author, read_date
from slidegen.patterns import lazy_compile
from slidegen.project.project import Project
from slidegen.project.templates import TemplateFolders
from slidegen.project.theme_selection import DEFAULT_THEME
from slidegen.project.translations import COURSE, read_words
from slidegen.render.direction import direction
from slidegen.render.page.layout import ICON
from slidegen.render.page.scripts import compact
from slidegen.render.page.used_rules import minified
from slidegen.render.theme import read_theme
from slidegen.theme_colours import colour_rules

if TYPE_CHECKING:
    from jinja2 import Environment

COURSE_PAGE = "index.html"
HANDOUT_SUFFIXES = (".pdf", "-handout.pdf", "-notes.pdf", ".pptx", ".odp", ".txt", ".zip", ".ipynb", ".epub")
"""Endings of files that are offered with a page of the same name."""

RELATIVE = r"(?![a-z][a-z0-9+.-]*:|[#/\"']|&quot;)(?=[^)\s\"'])"
REFERENCE = lazy_compile(rf'(\s(?:src|href|poster)="){RELATIVE}')
SRCSET = lazy_compile(r'(\ssrcset=")([^"]*)')
CANDIDATE = lazy_compile(rf"((?:^|,)\s*){RELATIVE}")
URL = lazy_compile(rf"""(url\(\s*(?:["']|&quot;|&#39;)?){RELATIVE}""")
"""Where relative references begin, in HTML and in CSS."""


class Session(Struct, frozen=True):
    """A session on the course page; it is planned if it has no `href`."""

    title: str
    number: int | None = None
    date: str = ""
    href: str = ""
    description: str = ""
    slides: int = 0
    lang: str = ""
    """The deck's language, if it is not the course's."""
    dir: str = ""
    """Direction of the deck's text, `rtl` or `ltr`."""
    ratio: str = ""
    classes: str = ""
    style: str = ""
    cover: object = ""
    sheets: tuple[str, ...] = ()
    downloads: tuple[tuple[str, str], ...] = ()


class CourseHead(Struct, frozen=True):
    """What the course page says above the sessions."""

    title: str
    code: str
    term: str
    description: str
    lang: str
    theme: str
    authors: Sequence[Author]
    links: Mapping[str, str]
    url: str
    """Ends in `/`; empty if none is configured."""

    @property
    def dir(self) -> str:
        """Direction of the course's text, `rtl` or `ltr`."""
        return direction(self.lang)


class CourseDeck(Struct, frozen=True):
    """A deck of the course: its page and its summary."""

    page: Path
    shown: str
    """The deck's path, for diagnostics."""
    summary: Mapping[str, Any]


def course_files(
    decks: Sequence[CourseDeck],
    target: Path,
    base: Path,
    project: Project,
    theme: str | None,
    address: str,
    reads: Reads,
) -> dict[Path, bytes]:
    """The course page in the folder `target`, and the files that belong to it.

    `base` is the decks' folder; `address` is where `target` is published, empty if that is not known. `reads`
    receives the templates. Raises DeckError if a template fails.
    """
    templates = project.templates.with_dependencies(reads)
    files: dict[Path, bytes] = {}
    head = _head(project, base, theme, address)
    words = read_words(head.lang, templates, COURSE)
    sessions = sorted(_sessions(decks, target, head, words, files), key=_order)
    sessions += _planned(sessions, project, words)
    index = f"assets/search.{digest(_search(decks, target).encode())[:10]}.js"
    files[target / index] = _search(decks, target).encode()
    context = {
        "course": head,
        "sessions": sessions,
        "words": words,
        "version": __version__,
        "favicon": ICON,
        "updated": max(
            (item.date for item in sessions if item.href and read_date(item.date)), default="1970-01-01"
        ),
    }
    files[target / COURSE_PAGE] = _page(context, head, words, index, templates, project.config.colors)
    if head.url:
        written = [item for item in sessions if item.href]
        environment = templates.environment()
        files[target / "sitemap.xml"] = _render(
            environment, "sitemap.xml", {**context, "sessions": written}, templates
        )
        dated = [item for item in written if read_date(item.date)]
        files[target / "feed.xml"] = _render(
            environment, "feed.xml", {**context, "sessions": dated[::-1]}, templates
        )
    return files


def check_sessions(decks: Sequence[CourseDeck], *, is_course: bool) -> Iterator[Diagnostic]:
    """Mistakes in the decks taken together: duplicate numbers, invalid dates.

    Folders that are not courses may write dates in any words; in a course, dates order the sessions.
    """
    first: dict[str, CourseDeck] = {}
    for deck in decks:
        number, day = str(deck.summary["session"]), str(deck.summary["date"])
        if number:
            other = first.setdefault(number, deck)
            if other is not deck:
                message = f"{other.shown} is also session {number}"
                yield _wrong(deck, "session", Code.SESSION_TWICE, message, "give each its own number")
        if day and read_date(day) is None:
            if DAY.fullmatch(day):
                yield _wrong(
                    deck, "date", Code.NO_DATE, f"{day} is not a valid date", "write dates as 2026-09-15"
                )
            elif is_course and re.search(r"\d", day):
                message = f"{day} is not read as a date, so the course page cannot use it"
                hint = "write dates as 2026-09-15, or begin the file's name with the day, as in 20260915-walks.md"
                yield _wrong(deck, "date", Code.NO_DATE, message, hint)


def _wrong(deck: CourseDeck, key: str, code: DiagnosticCode, message: str, hint: str) -> Diagnostic:
    places = as_diagnostics(deck.summary["places"].get(key, ()))
    span = places[0].span if places else None
    return Diagnostic(code, message, span, hint, "" if span else deck.shown)


def _head(project: Project, base: Path, theme: str | None, address: str) -> CourseHead:
    config = project.config
    return CourseHead(
        title=project.title_of(base),
        code=config.code,
        term=config.term,
        description=config.description,
        lang=config.lang,
        theme=theme or config.theme or DEFAULT_THEME,
        authors=config.author,
        links=config.links,
        url=address,
    )


def _sessions(
    decks: Sequence[CourseDeck],
    target: Path,
    head: CourseHead,
    words: Mapping[str, str],
    files: dict[Path, bytes],
) -> Iterator[Session]:
    from markupsafe import Markup

    for deck in decks:
        summary = deck.summary
        relative = deck.page.relative_to(target)
        up = "" if relative.parent == Path() else f"{quote(relative.parent.as_posix())}/"
        sheets = []
        for css in summary["sheets"]:
            css = _with_urls(css, f"../{up}")
            name = f"assets/cover.{digest(css.encode())[:10]}.css"
            files[target / name] = css.encode()
            sheets.append(name)
        number = str(summary["session"])
        yield Session(
            title=summary["title"],
            number=int(number) if number.isdecimal() else None,
            date=summary["date"],
            href=quote(relative.as_posix()),
            description=summary["description"],
            slides=summary["slides"],
            lang=summary["lang"] if summary["lang"] != head.lang else "",
            dir=direction(summary["lang"]),
            ratio=summary["ratio"],
            classes=summary["classes"],
            style=_with_urls(summary["style"], up),
            cover=Markup(_from_here(summary["cover"], up)),
            sheets=tuple(sheets),
            downloads=tuple(_downloads(deck.page, up, words)),
        )


def _from_here(html: str, up: str) -> str:
    """A title slide with references that work from the course page; `up` leads to the deck's folder."""
    if not up:
        return html
    html = REFERENCE.sub(lambda match: match[1] + escape(up), html)
    html = SRCSET.sub(
        lambda match: match[1] + CANDIDATE.sub(lambda each: each[1] + escape(up), match[2]), html
    )
    return _with_urls(html, escape(up))


def _with_urls(css: str, up: str) -> str:
    """CSS whose relative `url()`s start from another folder, which `up` leads to."""
    return URL.sub(lambda match: match[1] + up, css)


def _downloads(page: Path, up: str, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield page.suffix[1:].upper(), up + quote(page.name)
    for path in handouts(page):
        kind = path.stem[len(page.stem) + 1 :]
        yield words[kind] if kind else path.suffix[1:].upper(), up + quote(path.name)


def _order(session: Session) -> tuple[bool, int, bool, str, str]:
    """Sort by number, then by date, then by name; a session without a number goes to its date if all have dates."""
    day = session.date if read_date(session.date) else ""
    return session.number is None, session.number or 0, not day, day, session.href


def _planned(sessions: Sequence[Session], project: Project, words: Mapping[str, str]) -> list[Session]:
    """The sessions of the plan that have no deck yet."""
    numbers = {item.number for item in sessions}
    days = {item.date for item in sessions}
    return [
        Session(
            title=item.title or words["session"].replace("%n%", str(number)),
            number=number,
            date=item.date.isoformat(),
        )
        for number, item in enumerate(project.config.sessions, start=1)
        if number not in numbers and item.date.isoformat() not in days
    ]


def _search(decks: Sequence[CourseDeck], target: Path) -> str:
    """The text of all slides as a script, since pages opened from `file://` can load scripts but not data."""
    found = [
        {
            "href": quote(deck.page.relative_to(target).as_posix()),
            "title": deck.summary["title"],
            "slides": deck.summary["texts"],
        }
        for deck in decks
    ]
    return f"slidegenSearch({json.dumps(found, ensure_ascii=False, separators=(',', ':'))});\n"


def _page(
    context: Mapping[str, object],
    head: CourseHead,
    words: Mapping[str, str],
    index: str,
    templates: TemplateFolders,
    colors: Mapping[str, str],
) -> bytes:
    from markupsafe import Markup

    theme = read_theme(head.theme, templates.text) or read_theme(DEFAULT_THEME, templates.text)
    look = templates.text(f"themes/{theme.name}/theme.css") if theme is not None else ""
    scheme = theme.scheme if theme is not None else "light"
    own = f"@layer theme {{ {colour_rules(colors)} }}" if colors else ""
    styles = "\n".join(
        (
            f"@layer theme {{ {minified(look or '')} }}",
            own,
            f":root {{ --course-scheme: {scheme}; }}",
            minified(templates.text("styles/course.css") or ""),
        )
    )
    script = compact(templates.text("runtime/course.mjs") or "").replace("export function", "function")
    options = json.dumps({**words, "index": index}, ensure_ascii=False).replace("<", "\\u003c")
    start = 'startCourse(document, JSON.parse(document.querySelector("#words").textContent));'
    values = {
        **context,
        "scheme": scheme,
        "styles": Markup(styles.replace("</", "<\\/")),
        "options": Markup(options),
        "script": Markup(f"{script}\n{start}"),
    }
    return _render(templates.environment(), "index.html", values, templates)


def _render(
    environment: Environment, name: str, values: Mapping[str, object], templates: TemplateFolders
) -> bytes:
    from jinja2 import TemplateError

    try:
        text = str(environment.get_template(name).render(values))
        return text.encode("utf-8", "replace")  # a folder's name may not be valid text
    except TemplateError as error:
        raise DeckError(
            Diagnostic(Code.TEMPLATE_FAILED, f"the template fails: {error}", path=templates.shown(name))
        ) from error


def handouts(page: Path) -> Iterator[Path]:
    """The files beside a page that are offered with it."""
    for suffix in HANDOUT_SUFFIXES:
        path = os.path.splitext(page)[0] + suffix  # noqa: PTH122 - a path a suffix a deck: texts are faster
        if os.path.isfile(path):  # noqa: PTH113
            yield Path(path)
