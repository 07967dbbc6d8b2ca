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
        "-o PATH says where the page goes: slidegen build {source} -o PATH",
    ),
    **dict.fromkeys(
        (
            "--standalone",
            "--self-contained",
            "--embed-resources",
            "--static",
            "--html",
            "--allow-local-files",
        ),
        "leave it out: every page is one file that needs nothing else",
    ),
    **dict.fromkeys(
        ("--ratio", "--size", "--title", "--lang"),
        "options of a deck go into its front matter: {option}: ...",
    ),
    **dict.fromkeys(
        ("--highlight-theme", "--highlight-style"),
        "options of a deck go into its front matter: highlightStyle: ...",
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
        source=source, option=name, given=option, export=_exporting(source, commands, output)
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
