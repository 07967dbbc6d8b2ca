"""Answers people who come from other tools: maps what they type to what it is called here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import takewhile
from pathlib import Path

from slidegen.output_formats import EXPORTS, OTHER_FILES, export_of

SERVE, BUILD, CHECK, EXPORT, PROGRAM = "serve", "build", "check", "export", "slidegen"
WORDS = {
    **dict.fromkeys(
        ("preview", "dev", "watch", "start", "open", "live", "server", "run", "show", "view", "present"),
        SERVE,
    ),
    **dict.fromkeys(
        ("render", "convert", "compile", "make", "generate", "knit", "html", "bundle", "publish", "deploy"),
        BUILD,
    ),
    **dict.fromkeys(("lint", "doctor", "validate", "verify", "test", "fix"), CHECK),
    **dict.fromkeys(("print", "pdf", "pptx", "png"), EXPORT),
    **dict.fromkeys(("create", "add"), "new"),
    **dict.fromkeys(("setup", "scaffold", "quickstart"), "init"),
    **dict.fromkeys(("theme", "templates"), "themes"),
    **dict.fromkeys(("completions", "complete"), "completion"),
    **dict.fromkeys(("options", "settings"), "config"),
    **dict.fromkeys(("migrate", "import-deck"), "import"),
    "dump": "inspect",
}
"""What other programs call a command, and its name here."""
ENDINGS = {"open": " --open", "fix": " --fix"}
"""The option that makes a command do what such a word means."""
PURPOSES = {
    SERVE: "shows a deck in the browser while you write it",
    BUILD: "writes a deck's page",
    CHECK: "says what is wrong with a deck",
    EXPORT: "writes a deck as PDF, PowerPoint or pictures",
    "new": "writes the file of a new session",
    "init": "starts a course",
    "themes": "lists the looks of decks",
    "completion": "prints a shell's completion script",
    "config": "prints the options that count",
    "import": "turns pages around decks into Markdown",
    "inspect": "prints what slidegen makes of a deck",
}
DECK_SUFFIXES = frozenset({".md", ".markdown", ".html", ".htm", ".rmd", ".qmd", ".mdx"})
PRINTING = "open the page in a browser and print it to a PDF file"

WATCHED = "slidegen serve {source} shows the deck in the browser and follows your edits"
SERVED = "slidegen serve {source} shows the deck in the browser; it is what has {given}"
EXPORTING = "{export}"
QUIETER = "it prints the pages that it writes and all mistakes; build -q prints only the mistakes"
SHARED = "slidegen serve {source} --host 0.0.0.0 shares the deck, and prints the presenter's address"
FRONT = "options of a deck go into its front matter: "
RUNS_NOTHING = "leave it out: slidegen runs no code of a deck"
FOUND = "leave it out: slidegen reads the decks that you name, and slidegen.yml"
OPTIONS = {
    **dict.fromkeys(("-w", "--watch", "--live", "--preview", "-s", "--server", "--serve", "--open"), WATCHED),
    **dict.fromkeys(("-p", "--port", "--host", "-a", "--address", "--livereload"), SERVED),
    **dict.fromkeys(
        (
            "--pdf",
            "--pptx",
            "--images",
            "--image",
            "--png",
            "--jpeg",
            "--to",
            "--format",
            "-t",
            "-f",
            "--print",
            "--pdf-notes",
            "--pdf-outlines",
        ),
        EXPORTING,
    ),
    **dict.fromkeys(
        ("--no-stdin", "--stdin", "--no-config-file", "--no-config", "--disable-auto-open"), FOUND
    ),
    **dict.fromkeys(("-I", "--input-dir", "--input"), "name the folder or the deck: slidegen build {source}"),
    **dict.fromkeys(
        ("--theme-set", "--css", "--style"),
        "themes of your own are folders in templates/themes/ (`slidegen themes --copy lecture` makes one); "
        "a deck names style sheets as css: in its front matter",
    ),
    **dict.fromkeys(
        ("--out", "--out-dir", "--output-dir", "--outdir", "--dest", "--destination", "-d", "-O"),
        "-o PATH says where to write: slidegen {writer} {source} -o PATH",
    ),
    **dict.fromkeys(
        (
            "--standalone",
            "--self-contained",
            "--embed-resources",
            "--static",
            "--html",
            "--offline",
            "--no-network",
            "--mathjax",
            "--katex",
            "--mathml",
            "--webtex",
        ),
        "leave it out: every page is one file that needs nothing else",
    ),
    "--allow-local-files": "leave it out: files of the project are embedded; for others, slidegen.yml has "
    "assets: {{allow: [FOLDER]}}",
    **dict.fromkeys(("--ratio", "--size", "--title", "--lang"), FRONT + "{option}: ..."),
    **dict.fromkeys(("--highlight-theme", "--highlight-style"), FRONT + "highlightStyle: ..."),
    **dict.fromkeys(("--author", "--description", "--bibliography"), FRONT + "{option}: ..."),
    "--csl": FRONT + "citationStyle: ...",
    "--citeproc": FRONT + "bibliography: refs.bib, and slidegen cites from it",
    **dict.fromkeys(("-i", "--incremental"), FRONT + "incremental: true"),
    "--transition": FRONT + "transition: ...",
    "--math": "leave it out: formulas between $ and $ are typeset when you build",
    **dict.fromkeys(
        ("--metadata", "-M", "--metadata-file", "--variable", "-V"),
        FRONT + "title: ..., author: ... and so on",
    ),
    **dict.fromkeys(("--verbose", "--debug", "--trace", "--log-level", "--log", "--silent"), QUIETER),
    **dict.fromkeys(("--config", "--config-file", "-c", "--defaults"), FOUND),
    **dict.fromkeys(("--remote", "--tunnel", "--share", "--bind"), SHARED),
    **dict.fromkeys(
        (
            "--execute",
            "--no-execute",
            "--execute-params",
            "--execute-daemon",
            "--cache",
            "--no-cache",
            "-P",
            "--filter",
            "-F",
            "--lua-filter",
            "-L",
            "--engine",
        ),
        RUNS_NOTHING,
    ),
    **dict.fromkeys(("--parallel", "--workers"), "slidegen build {source} --jobs N uses N processes"),
    **dict.fromkeys(
        ("--no-clean", "--clean"), "leave it out: slidegen removes only pages that it wrote itself"
    ),
    **dict.fromkeys(("--from", "-r", "--read"), "leave it out: slidegen reads Markdown as remark.js does"),
    "--template": "templates of your own are files in templates/, such as templates/deck.html; "
    "a deck names style sheets as css: in its front matter",
    "--slide-level": "slides are separated by a line ---",
    **dict.fromkeys(("--range", "--pages"), "slidegen export {source} --slides 3-7 makes only some slides"),
    "--with-clicks": "slidegen export {source} --steps makes a page for each step",
    "--timeout": "leave it out: slidegen waits until a page is ready",
    **dict.fromkeys(
        ("--base", "--base-path", "--base-url"), "leave it out: links between pages are relative"
    ),
    **dict.fromkeys(("--separator", "--vertical-separator"), "slides are separated by a line ---"),
}
"""What other programs call an option, and what to do here."""
OUTPUTS = {
    **dict.fromkeys(("pptx", "powerpoint", "ppt"), "talk.pptx"),
    **dict.fromkeys(("images", "image", "png"), "talk.png"),
    **dict.fromkeys(("jpeg", "jpg"), "talk.jpeg"),
    "odp": "talk.odp",
}
"""The name of the file that such an option or its value asks for; the others ask for a PDF."""
PAGES = frozenset("html html5 revealjs reveal slidy slideous dzslides s5 remark".split())
"""Values of such an option that stand for a page in other programs."""


def answer_word(word: str, rest: Sequence[str], commands: Collection[str]) -> str:
    """What to type instead of an unknown command; empty if there is no advice."""
    if _names_decks(word):
        option = next((each for each in rest if each.partition("=")[0] in OPTIONS), "")
        if option:
            answer = answer_option(option, BUILD, (word, *rest), commands)
            return f"{word} is not a command, and {answer}"
        output = _after("-o", rest) or _after("--output", rest)
        to = f" -o {_quoted(output)}" if output else ""
        sources = _sources((word, *rest))
        return (
            f"{word} is not a command. To write its page, type\n  slidegen build{sources}{to}\n"
            f"To see it in the browser while you write, type\n  slidegen serve{sources}"
        )
    meant = WORDS.get(word.lower(), "")
    if meant and meant in commands:
        ending = ENDINGS.get(word.lower(), "")
        return f"{word} is called {meant} here: slidegen {meant}{_sources(rest)}{ending} {PURPOSES[meant]}."
    return (
        f"there is no command {word}; {PRINTING}: slidegen build writes the page." if meant == EXPORT else ""
    )


def answer_option(option: str, command: str, arguments: Sequence[str], commands: Collection[str]) -> str:
    """What to type instead of an option that a command does not have; empty if there is no advice."""
    option = option.partition("=")[0]
    text = OPTIONS.get(option) if command in (BUILD, SERVE, CHECK, EXPORT, PROGRAM) else None
    if text is None:
        return ""
    if command == SERVE and text is WATCHED:
        return f"serve has no {option}: it follows your edits by itself."
    source = next((_quoted(each) for each in arguments if _names_decks(each)), "talk.md")
    name, value = option.lstrip("-"), _after(option, arguments)
    if text is EXPORTING and value.lower() in PAGES:
        text = "slidegen build {source} writes an HTML page"
    output = OUTPUTS.get(value.lower()) or OUTPUTS.get(name, "talk.pdf")
    filled = text.format(
        source=source,
        option=name,
        given=option,
        writer=EXPORT if command == EXPORT else BUILD,
        export=_exporting(source, commands, output),
    )
    return f"{command} has no {option}: {filled}."


def _sources(words: Sequence[str]) -> str:
    """The words before the first option, each preceded by a space."""
    return "".join(f" {_quoted(each)}" for each in takewhile(lambda each: not each.startswith("-"), words))


def _after(option: str, arguments: Sequence[str]) -> str:
    """The value of an option; empty if it is not given."""
    for at, argument in enumerate(arguments):
        if argument == option:
            return next((each for each in arguments[at + 1 : at + 2] if not each.startswith("-")), "")
        if argument.startswith(f"{option}="):
            return argument.partition("=")[2]
    return ""


def answer_output(path: Path, sources: Sequence[Path]) -> str:
    """What to do if `-o` names a file that build does not write; empty if it may name a page or a folder."""
    source = _quoted(str(sources[0])) if sources else "talk.md"
    named = export_of(path)
    suffix = path.suffix.lower()
    if path.is_dir() or (named is None and suffix not in OTHER_FILES):
        return ""
    if named is not None:
        folder = _quoted(f"{path.with_suffix('')}/")
        other = f"slidegen export {source} -o {folder} --format {named.name} makes a picture of each slide"
    elif suffix == ".zip":
        other = f"slidegen build {source} --zip packs its pages into an archive"
    else:
        other = f"slidegen export makes {', '.join(EXPORTS)}"
    return f"build writes HTML pages, and {path} is not one; {other}."


def _exporting(source: str, commands: Collection[str], output: str = "talk.pdf") -> str:
    if EXPORT in commands:
        return f"slidegen export {source} -o {_quoted(output)} writes PDF, PowerPoint and pictures"
    return f"{PRINTING}, after slidegen build {source}"


def _names_decks(word: str) -> bool:
    """Whether a word is the path of decks rather than the name of a command."""
    path = Path(word)
    if word.startswith("-"):
        return False
    return path.suffix.lower() in DECK_SUFFIXES or path.exists() or "/" in word


def _quoted(word: str) -> str:
    import shlex

    return shlex.quote(word)
