"""The commands that start and extend a course: `import`, `init` and `new`."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from slidegen import cli_completion
from slidegen.terminal_output import is_terminal, open_in_browser, say, say_lines, show

if TYPE_CHECKING:
    from slidegen.course.scaffold import NewCourse
    from slidegen.importing.course import ImportedDeck


NOBODY = "Your name"
"""The author that is written if none is given."""


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path), metavar="SOURCE")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The course's folder.  [default: course]",
)
def import_(source: Path, output: Path | None) -> None:
    """Turn a page or a folder of decks into a course.

    SOURCE is a deck, an HTML page around a deck, or a folder of them. It is not changed. DIR must be new or
    empty. slidegen writes the decks to it as Markdown with front matter, style sheets and scripts as files,
    macros as templates, and the options that all decks share as slidegen.yml. Then it builds the course and
    lists the slides that have changed.

    \b
    slidegen import index.html
    slidegen import lectures/ -o course
    """
    from slidegen.importing.course import import_course

    if _report_imports(import_course(source, output, Path.cwd(), show)):
        sys.exit(1)


def _report_imports(results: Iterable[ImportedDeck]) -> bool:
    """Report what became of decks; returns whether one has errors, or did not come along unchanged."""
    from slidegen.diagnostics import has_errors

    bad = False
    for imported in results:
        show(imported.diagnostics)
        bad |= has_errors(imported.diagnostics)
        if imported.deck is None:
            say(f"{imported.path}: not imported", err=True)
            bad = True
            continue
        count = f"{imported.slides} slide{'' if imported.slides == 1 else 's'}"
        if imported.differing:
            places = ", ".join(map(str, imported.differing))
            say(f"{imported.path} -> {imported.deck}  ({count})")
            say(f"  these slides are different when built: {places}", err=True)
            bad = True
        else:
            say(f"{imported.path} -> {imported.deck}  ({count}, unchanged)")
    return bad


@click.command()
@click.argument("folder", required=False, default=".", metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("--title", metavar="TEXT", help="Title of the course.  [default: the folder's name]")
@click.option("--author", metavar="NAME", help="Who teaches it.")
@click.option("--lang", metavar="TAG", help="Its language, such as en or pt-BR.  [default: en]")
@click.option("--theme", metavar="NAME", help="The look of its decks.  [default: lecture]")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Copy these decks into the course, as `import` does. FOLDER does not change.",
)
def init(
    folder: Path,
    title: str | None,
    author: str | None,
    lang: str | None,
    theme: str | None,
    source: Path | None,
) -> None:
    """Start a course: options, a first session, templates.

    On a terminal, slidegen asks for what you do not give. If you push the course to GitHub or GitLab, they build
    and publish its pages. Existing files are never overwritten.

    \b
    slidegen init statistics --title "Statistics for all" --author "M. Curie"
    slidegen init algebra --from lectures/
    """
    from slidegen.course.requirement import requirement
    from slidegen.course.scaffold import options_there, start_course

    if theme is not None:
        _check_theme(theme)
    given = Given(title=title, author=author, lang=_language(lang) if lang else None, theme=theme)
    if source is None:
        course = _course(given, folder, None)
    else:
        _import_into(source, folder)
        try:
            course = _course(given, folder, options_there(folder))
        except click.Abort:
            _remove_content(folder)  # it was new or empty, and the command can be repeated
            raise
    pinned = requirement()
    for path, written in start_course(folder, course, Path.cwd(), pinned):
        say(f"{'wrote' if written else 'left'} {path}")
    say_lines("\nWhat to type next:\n")  # a line per command, as PowerShell 5.1 has no &&
    if folder != Path():
        say(f"  cd {_quoted(str(folder))}")
    say("  slidegen serve --open    # shows the slides while you write")
    say("  slidegen build           # writes the pages to public/")
    if pinned.is_local:
        say_lines(
            "\nBefore you push the course to GitHub or GitLab, write the address of slidegen's repository into\n"
            ".github/workflows/slides.yml or .gitlab-ci.yml, where the comment asks for it."
        )


class Given(NamedTuple):
    """What the options of `init` say about a course; None for what they do not say."""

    title: str | None
    author: str | None
    lang: str | None
    theme: str | None


def _course(given: Given, folder: Path, shared: Mapping[str, object] | None) -> NewCourse:
    """The course to start, after questions on a terminal; `shared` are the options of imported decks, if any."""
    from datetime import date

    from slidegen.course.scaffold import NewCourse
    from slidegen.files.paths import folder_title

    asks = is_terminal(sys.stdin) and is_terminal(sys.stdout)
    suggested = {key: value for key, value in (shared or {}).items() if isinstance(value, str)}
    name = suggested.get("course") or suggested.get("title") or folder_title(folder) or "A course"
    user = suggested.get("author") or (_user_name() if asks else NOBODY)
    if asks and None in given[:3]:
        say("Press Return to accept what is in brackets.", err=True)
    title = (given.title or "").strip() or _answer(asks, "Title", name)
    author = (given.author or "").strip() or _answer(asks, "Your name", user)
    lang = given.lang or _answer(
        asks, "Language, such as en, fr or pt-BR", suggested.get("lang", "en"), _language
    )
    theme = given.theme
    if theme is None and shared is None and asks:
        theme = _ask_for_theme()
    if theme is not None and shared is not None:
        shared = {**shared, "theme": theme}
    return NewCourse(
        course=title,
        author=author,
        lang=lang,
        theme=theme or "lecture",
        date=date.today(),
        imported=shared,
    )


def _language(tag: str) -> str:
    """A language tag as users write it; raises click.BadParameter if it cannot be one."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag):
        raise click.BadParameter(
            f"{tag} is not a language tag; write it as en, fr or pt-BR", param_hint="--lang"
        )
    return tag


def _remove_content(folder: Path) -> None:
    """Empty a folder, and remove it unless it is the working folder."""
    import shutil

    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    if folder != Path():
        folder.rmdir()


def _quoted(folder: str) -> str:
    """A folder's name as it is typed after `cd`."""
    import shlex

    if os.name == "nt":
        return f'"{folder}"' if re.search(r"[^\w.:\\/-]", folder) else folder
    return shlex.quote(folder)


def _answer(asks: bool, question: str, suggested: str, check: Callable[[str], str] = str) -> str:
    """The user's answer, or the suggestion if slidegen does not ask; `check` raises for answers to ask again."""
    from slidegen.source import on_one_line

    if not asks:
        return suggested
    default = on_one_line(suggested)  # it may come from somebody else's slidegen.yml

    def read(text: str) -> str:
        return check(text.strip() or default)

    return str(click.prompt(question, default=default, value_proc=read, err=True))


def _user_name() -> str:
    """The user's name according to git."""
    import subprocess

    try:
        command = ["git", "config", "user.name"]
        found = subprocess.run(command, capture_output=True, timeout=5, check=False)
    except (OSError, subprocess.SubprocessError):
        return NOBODY
    return found.stdout.decode("utf-8", "replace").strip() or NOBODY  # on every system, git writes UTF-8


def _check_theme(name: str) -> None:
    """Refuse an unknown theme before anything is written."""
    from slidegen.project.theme_files import themes_of

    names = [theme.name for theme in themes_of(Path.cwd())]
    if name not in names:
        raise click.BadParameter(
            f"there is no theme {name}; choose from {', '.join(names)}", param_hint="--theme"
        )


def _ask_for_theme() -> str:
    """The theme that the user chooses, with a page of pictures if a browser can open it."""
    from slidegen.manual.open_page import write_page
    from slidegen.project.theme_files import themes_of
    from slidegen.project.theme_pictures import theme_pictures_page

    found = list(themes_of(Path.cwd()))
    if open_in_browser(write_page("slidegen-themes", theme_pictures_page(Path.cwd()))):
        say("The browser shows the themes.", err=True)
    for each in found:
        say(f"  {each.name:10} {each.description}", err=True)
    names = click.Choice([each.name for each in found], case_sensitive=False)
    return str(click.prompt("Theme", default="lecture", type=names, show_choices=False, err=True))


def _import_into(source: Path, folder: Path) -> None:
    """Import decks into the folder of a new course."""
    from slidegen.importing.course import import_course

    if _report_imports(import_course(source, folder, Path.cwd(), show)):
        say("some decks have errors, changed, or were not imported; see above", err=True)


@click.command()
@click.argument("words", nargs=-1, metavar="[TITLE]")
@click.option(
    "--date",
    "day",
    metavar="D",
    help="Its date, such as 2026-09-15.  [default: from the plan, or the usual weekday]",
)
@click.option(
    "--session",
    "number",
    type=click.IntRange(min=0),
    metavar="N",
    help="Its number.  [default: the next one]",
)
@click.option(
    "--from",
    "frame",
    type=click.Path(path_type=Path),
    metavar="DECK",
    shell_complete=cli_completion.decks,
    help="Start from this deck: its front matter, first and last slide, and layouts.",
)
@click.option(
    "--template",
    default="session",
    metavar="NAME",
    shell_complete=cli_completion.session_templates,
    help="A file in templates/new/.  [default: session]",
)
@click.option("--open", "open_", is_flag=True, help="Open it in your editor.")
def new(
    words: tuple[str, ...],
    day: str | None,
    number: int | None,
    frame: Path | None,
    template: str,
    open_: bool,
) -> None:
    """Add a session to the course, and print its path.

    Its number is the next one. Its date comes from the plan in slidegen.yml, or from the weekdays of earlier
    sessions. On a terminal, slidegen asks for what you do not give.

    \b
    slidegen new "Markov chains"
    slidegen new "Markov chains, again" --from slides/20260915-markov-chains.md
    """
    from datetime import date

    from slidegen.course.new_session import open_course, plan_session, write_session
    from slidegen.course.sessions import next_number
    from slidegen.option_records import read_date
    from slidegen.source import on_one_line

    title = " ".join(words)
    chosen = None if day is None else read_date(day)
    if day is not None and chosen is None:
        raise click.BadParameter(f"{day} is not a valid date; write it as 2026-09-15", param_hint="--date")
    course = open_course(Path.cwd())
    if not title:
        planned = course.planned_title(next_number(course.sessions) if number is None else number)
        if is_terminal(sys.stdin):
            title = click.prompt("Title", default=on_one_line(planned) if planned else None, err=True)
            wanted = plan_session(course, str(title), number, chosen, date.today())
            while chosen is None:
                answer = click.prompt("Date", default=wanted.day.isoformat(), err=True)
                chosen = read_date(answer)
                if chosen is None:
                    say(f"{answer} is not a valid date; write it as 2026-09-15", err=True)
        elif planned:
            title = planned
        else:
            raise click.UsageError('A session needs a title, as in `slidegen new "Markov chains"`.')
    path = write_session(
        course, plan_session(course, str(title), number, chosen, date.today()), template, frame, Path.cwd()
    )
    say(str(path))
    if open_:
        if os.environ.get("VISUAL") or os.environ.get("EDITOR"):
            click.edit(filename=str(path))
        else:
            click.launch(str(path))
