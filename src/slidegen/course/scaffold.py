"""`slidegen init`: writes the files of a new course."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from slidegen import __version__
from slidegen.course.requirement import Requirement
from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.files.paths import display_path, resolve_links
from slidegen.files.walk import Walk
from slidegen.files.writing import write_file
from slidegen.project.project import CONFIG_FILE
from slidegen.project.schema import install_schema
from slidegen.project.templates import TemplateFolders
from slidegen.project.translations import COURSE, SESSION, read_words

FILES = {
    CONFIG_FILE: f"init/{CONFIG_FILE}",
    "slides/{date}-welcome.md": "init/slides/session.md",
    "slides/img/walk.svg": "init/slides/img/walk.svg",
    "templates/new/session.md": None,
    "templates/macros/callout.html": None,
    ".gitignore": "init/gitignore",
    ".github/workflows/slides.yml": "init/github/slides.yml",
    ".gitlab-ci.yml": "init/gitlab-ci.yml",
}
"""The files of a new course, and the template each is made from; None for templates themselves."""
COPIES = {
    "templates/new/session.md": "new/session.md",
    "templates/macros/callout.html": "init/templates/macros/callout.html",
}


class NewCourse(Struct, frozen=True):
    """What the files say about a course."""

    course: str
    author: str
    lang: str
    theme: str
    date: date
    imported: Mapping[str, object] | None = None
    """The options that imported decks share; None if none were imported."""


SAID = frozenset({"course", "lang", "author", "code", "term", "links"})
"""Options that the file sets in any case."""


def options_there(target: Path) -> Mapping[str, object]:
    """The options in a folder's slidegen.yml, as written by `import`."""
    from slidegen.files.regular import read_regular
    from slidegen.reading.bounded_yaml import load_yaml

    found = load_yaml(read_regular(target / CONFIG_FILE).decode("utf-8"))
    return found if isinstance(found, dict) else {}


def start_course(
    target: Path, course: NewCourse, folder: Path, pinned: Requirement
) -> Iterator[tuple[Path, bool]]:
    """Write the files of a course into a folder; yields each file, with False if it already exists.

    Its publishing workflows install `pinned`. A folder with decks in `slides/` gets no first session. Raises
    DeckError if a file cannot be written, or the folder's path is a file.
    """
    if target.exists() and not target.is_dir():
        raise DeckError(
            Diagnostic(Code.CANNOT_WRITE, "is a file, not a folder", path=display_path(target, folder))
        )
    templates = TemplateFolders(None)
    environment = templates.environment()
    words = read_words(course.lang, templates, COURSE, SESSION)
    has_decks = _has_decks(target / "slides")
    for name, template in FILES.items():
        if has_decks and name.startswith("slides/"):
            continue
        path = target / name.format(date=f"{course.date:%Y%m%d}")
        if template is None:
            text = _in_words(templates.text(COPIES[name]) or "", words)
        else:
            text = environment.get_template(template).render(
                course=course.course,
                author=course.author,
                lang=course.lang,
                theme=course.theme,
                date=course.date.isoformat(),
                imported=course.imported is not None,
                shared=_yaml(course.imported or {}),
                requirement=pinned,
                version=__version__,
            )
        text = text if text.endswith("\n") else f"{text}\n"
        is_new = name != CONFIG_FILE or course.imported is None
        yield path, write_file(path, text.encode("utf-8", "replace"), target, new=is_new)
    install_schema(target)


def _yaml(options: Mapping[str, object]) -> str:
    import yaml

    left = {key: value for key, value in options.items() if key not in SAID}
    return yaml.safe_dump(left, sort_keys=False, allow_unicode=True, width=100) if left else ""


def _has_decks(slides: Path) -> bool:
    walk = Walk(slides, lambda _, name, is_folder: is_folder or name.endswith(".md"), [resolve_links(slides)])
    return any(isinstance(found, Path) for found in walk.files())


def _in_words(template: str, words: Mapping[str, str]) -> str:
    """A template with the language's words filled in, so that users see the text they edit."""
    return re.sub(r"\{\{ words\.(\w+) \}\}", lambda match: words.get(match[1], match[0]), template)
