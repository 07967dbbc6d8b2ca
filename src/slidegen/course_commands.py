"""The commands that start, extend and examine a course: `import`, `themes`, `init`, `new` and `config`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from slidegen.terminal_output import say, show


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path), metavar="SOURCE")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="Where to.  [default: course]"
)
def import_(source: Path, output: Path | None) -> None:
    """Turn a page or a folder of decks into a course.

    SOURCE is a page around a deck, a deck, or a folder of them, and stays as it is. DIR, which must be
    new or empty, gets the decks as Markdown with front matter, style sheets and scripts as files,
    macros as templates, and what all decks share in slidegen.yml. The course is built once, and slides
    that are not as before are named.

    \b
    slidegen import index.html
    slidegen import lectures/ -o course
    """
    from slidegen.importing.course import import_course

    bad = False
    for imported in import_course(source, output, Path.cwd(), show):
        show(imported.diagnostics)
        if imported.deck is None:
            say(f"{imported.path}: not imported", err=True)
            bad = True
            continue
        count = f"{imported.slides} slide{'' if imported.slides == 1 else 's'}"
        if imported.differing:
            places = ", ".join(map(str, imported.differing))
            say(f"{imported.path} -> {imported.deck}  ({count})")
            say(f"  built again, not the same: {places}", err=True)
            bad = True
        else:
            say(f"{imported.path} -> {imported.deck}  ({count}, the same when built)")
    if bad:
        sys.exit(1)


@click.command()
@click.option("--copy", metavar="NAME", help="Put a theme into templates/themes/, to make your own from it.")
def themes(copy: str | None) -> None:
    """List the looks a deck can have, or copy one to edit.

    `theme: NAME` in a deck's front matter or in slidegen.yml chooses one.

    \b
    slidegen themes
    slidegen themes --copy lecture
    """
    from slidegen.project.theme_files import copy_theme, themes_of

    if copy is not None:
        for path in copy_theme(copy, Path.cwd()):
            say(f"wrote {path}")
        return
    found = list(themes_of(Path.cwd()))
    width = max(len(theme.name) for theme in found)
    for theme in found:
        say(f"{theme.name:{width}}  {theme.scheme:5}  {theme.description}".rstrip())


@click.command()
@click.argument("folder", required=False, default=".", metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("--title", metavar="TEXT", help="Title of the course.  [default: the folder's name]")
@click.option("--author", metavar="NAME", default="Your name", help="Who teaches it.")
@click.option("--lang", metavar="TAG", default="en", help="Its language, such as en or pt-BR.")
def init(folder: Path, title: str | None, author: str, lang: str) -> None:
    """Start a course: options, a first session, templates, CI.

    CI builds the decks and publishes them, at GitHub as at GitLab. Nothing that is there is
    overwritten.

    \b
    slidegen init statistics --title "Statistics for all" --author "M. Curie"
    """
    from datetime import date

    from slidegen.course.scaffold import NewCourse, start_course
    from slidegen.files.paths import folder_title

    name = title or folder_title(folder)
    course = NewCourse(name or "A course", author, lang, date.today())
    for path, written in start_course(folder, course, Path.cwd()):
        say(f"{'wrote' if written else 'left'} {path}")
    where = "" if folder == Path() else f"cd {folder} && "
    say(f"\nNow: {where}slidegen build")


@click.command()
@click.argument("title", required=False)
@click.option("--date", "day", metavar="D", help="When it is held, as 2026-09-15.  [default: plan or rhythm]")
@click.option(
    "--session", "number", type=click.IntRange(min=0), metavar="N", help="Its number.  [default: the next]"
)
@click.option(
    "--from", "frame", type=click.Path(path_type=Path), metavar="DECK", help="Take the frame of this deck."
)
@click.option(
    "--template", default="session", metavar="NAME", help="A file in templates/new/.  [default: session]"
)
@click.option("--open", "open_", is_flag=True, help="Open it in the editor.")
def new(
    title: str | None, day: str | None, number: int | None, frame: Path | None, template: str, open_: bool
) -> None:
    """Write a new session into the course, and print its path.

    Its number follows that of the last one, its date the plan in slidegen.yml or the weekdays of the sessions
    before. On a terminal, what is not given is asked for.

    \b
    slidegen new "Markov chains"
    slidegen new "Markov chains, again" --from slides/20260915-markov-chains.md
    """
    from datetime import date

    from slidegen.course.new_session import open_course, plan_session, write_session
    from slidegen.course.sessions import next_number
    from slidegen.option_types import read_date

    chosen = None if day is None else read_date(day)
    if day is not None and chosen is None:
        raise click.BadParameter(f"{day} is no date; write it as 2026-09-15", param_hint="--date")
    course = open_course(Path.cwd())
    if not title:
        planned = course.planned_title(next_number(course.sessions) if number is None else number)
        if sys.stdin.isatty():
            title = click.prompt("Title", default=planned or None, err=True)
            wanted = plan_session(course, str(title), number, chosen, date.today())
            while chosen is None:
                answer = click.prompt("Date", default=wanted.day.isoformat(), err=True)
                chosen = read_date(answer)
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


@click.command()
@click.argument("deck", required=False, type=click.Path(path_type=Path))
@click.option("--schema", is_flag=True, help="Print the JSON Schema of slidegen.yml instead.")
def config(deck: Path | None, schema: bool) -> None:
    """Print the options that count, and where each comes from.

    DECK is the deck whose options are meant; without one, they are those of the project.

    \b
    slidegen config slides/20260915-sampling.md
    slidegen config --schema > slidegen.schema.json
    """
    if schema:
        from slidegen.project.schema import schema_text

        click.echo(schema_text(), nl=False)
        return
    from slidegen.compile.effective_config import effective_config
    from slidegen.diagnostics import Severity

    found, diagnostics = effective_config(deck, Path.cwd())
    lines = [f"{item.name}: {item.value}" for item in found]
    width = min(max(map(len, lines)), 50)
    for line, item in zip(lines, found, strict=True):
        say(f"{line:{width}}  # {item.origin}{', a variable' if item.variable else ''}")
    show(diagnostics)
    if any(item.severity is Severity.ERROR for item in diagnostics):
        sys.exit(1)
