"""The commands that show what slidegen is: `demo` and `docs`."""

from __future__ import annotations

import shutil
import sys

import click

from slidegen.terminal_output import is_terminal, open_in_browser, say, say_lines


@click.command()
@click.argument("name", default="tour", metavar="[NAME]")
@click.option("--theme", metavar="NAME", help="Show it in this theme.")
@click.option("--no-open", is_flag=True, help="Build it, but do not open the browser.")
def demo(name: str, theme: str | None, no_open: bool) -> None:
    """Open the tour of slidegen in the browser.

    NAME is one of the demonstration decks: tour, lecture, code, bonjour or konnichiwa. slidegen copies it to a
    new folder and builds it there, so you can change the copy and build it again.

    \b
    slidegen demo
    slidegen demo lecture --theme chalk
    """
    from slidegen.manual.demo import build_demo

    built = build_demo(name, theme)
    say(f"page:   {built.page}")
    say(f"source: {built.deck}")
    if not no_open and not open_in_browser(built.page):
        say("open the page in a browser", err=True)


@click.command()
@click.argument("topic", nargs=-1)
@click.option("--open", "opens", is_flag=True, help="Open it in the browser instead.")
def docs(topic: tuple[str, ...], opens: bool) -> None:
    """Read the documentation, offline.

    TOPIC is a page, an option, a macro, a class, a diagnostic's code, or a word of a heading. Without one, you get the
    list of pages.

    \b
    slidegen docs
    slidegen docs presenting
    slidegen docs ratio
    slidegen docs SG104
    slidegen docs --open
    """
    from slidegen.manual.pages import anchor, find_topic, manual_pages, near_topics

    pages = manual_pages()
    wanted = " ".join(topic)
    found = find_topic(wanted, pages)
    if wanted and not found:
        near = near_topics(wanted, pages)
        say(f"no page, option or heading is called {wanted}", err=True)
        if near:
            say(
                f"try: slidegen docs {near[0]}" + (f" (or {', '.join(near[1:6])})" if near[1:] else ""),
                err=True,
            )
        sys.exit(1)
    if opens:
        from slidegen.manual.html import manual_html
        from slidegen.manual.open_page import write_page

        place = found[0] if found else None
        section = f"-{anchor(place.heading)}" if place and place.heading else ""
        written = write_page("slidegen-docs", manual_html(pages))
        say(str(written))
        if not open_in_browser(written, f"#{place.page.name}{section}" if place else ""):
            say("open the page in a browser", err=True)
        return
    if not found:
        width = max(len(page.name) for page in pages)
        for page in pages:
            say(f"{page.name:{width}}  {page.summary}")
        say_lines("\nRead one with `slidegen docs NAME`, or all in the browser with `slidegen docs --open`.")
        return
    from slidegen.manual.terminal import for_terminal

    columns = shutil.get_terminal_size().columns
    text = "\n".join(
        for_terminal(
            (f"# {passage.place}\n\n" if passage.text.startswith("|") else "") + passage.text,
            columns,
        )
        + click.style(f"slidegen docs {passage.page.name}\n" if passage.heading else "", dim=True)
        for passage in found
    )
    if is_terminal(sys.stdout):
        click.echo_via_pager(text)  # with colours if the pager is `less`, which then gets -R
    else:
        click.echo(text)
