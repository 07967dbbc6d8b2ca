"""Includes as written: which part of a file they request, by lines or by a named region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from slidegen.patterns import lazy_compile
from slidegen.reading.yaml_error import YamlError
from slidegen.source import Source, SourceMapBuilder
from slidegen.spelling import nearest, suggest

KEYS = ("file", "slides", "lines", "region", "highlight", "language")
MAX_TWICE = 1000
"""How many lines or slides may be requested more than once."""
RANGE = lazy_compile(r"(\d+)?(-)?(\d+)?")
COMMENT = lazy_compile(r"[ \t]*[^\w\s](?:[^\w\n]{0,8})")
"""What begins a comment in one language or another, and a sharp sign: `#`, `// #`, `<!--`, `--`."""
COMMENT_ENDS = ("-->", "*/", "*)", "#}", "%}")
SNIPPET = lazy_compile(r"--8<--[ \t]*\[[ \t]*(start|end)[ \t]*:[ \t]*([^\]\n]*)\]")


class IncludeRequest(Struct, frozen=True):
    """What a call of `include` names."""

    file: str
    slides: str = ""
    lines: str = ""
    region: str = ""
    highlight: str = ""
    language: str = ""

    @property
    def of_text(self) -> bool:
        """Whether it requests a part of the text rather than slides."""
        return bool(self.lines or self.region)


def read_ask(written: str, target: str) -> IncludeRequest:
    """Parse `![:include written](target)`: a path, or a path with more in braces.

    Raises ValueError with a sentence if it cannot be understood.
    """
    written = written.strip()
    if not written.startswith("{"):
        if written and target:
            raise ValueError(f"names two files, {written} and {target}")
        if not written and not target:
            raise ValueError("names no file")
        return IncludeRequest(written or target)
    from slidegen.reading.bounded_yaml import load_texts  # here, since it loads PyYAML

    try:
        values = load_texts(written)  # `10`, `2024-01-02` and `on` stay texts
    except YamlError as error:
        raise ValueError(f"has braces that cannot be read: {error}") from error
    if not isinstance(values, Mapping):
        raise ValueError("has braces that hold no keys")
    for key, value in values.items():
        if ":" in str(key):
            raise ValueError(f"needs a space after the colon in {key}")
        if key not in KEYS:
            raise ValueError(f"has no option {key}{added_suggestion(str(key), KEYS)}")
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"has no value for {key}")
    file = values.get("file", target)
    if not file:
        raise ValueError("names no file")
    return IncludeRequest(**{**values, "file": file})


def chosen_lines(text: str, ask: IncludeRequest) -> list[int]:
    """The requested lines of a text, or of a named region in it, counted from 0.

    Raises ValueError with a sentence if the text has no such lines.
    """
    rows = text.removesuffix("\n").split("\n")
    chosen = list(_region(rows, ask.region)) if ask.region else list(range(len(rows)))
    if not ask.lines:
        return chosen
    return [chosen[number] for number in numbers_in(ask.lines, len(chosen), "lines")]


def highlighted_lines(ask: IncludeRequest, chosen: list[int], text: str) -> frozenset[int]:
    """The lines to highlight, counted from 0 within the chosen ones.

    They are written as line numbers of the region if one is named, else of the file.
    """
    if not ask.highlight:
        return frozenset()
    if ask.region:
        within = chosen_lines(text, IncludeRequest(ask.file, region=ask.region))
    else:
        within = list(range(text.removesuffix("\n").count("\n") + 1))
    places = {line: place for place, line in enumerate(chosen)}
    numbers = [within[number] for number in numbers_in(ask.highlight, len(within), "lines")]
    if missing := [number for number in numbers if number not in places]:
        raise ValueError(f"highlights line {missing[0] + 1}, which it does not show")
    return frozenset(places[number] for number in numbers)


def excerpt(source: Source, chosen: list[int]) -> Source:
    """The chosen lines of a text, as a text of their own."""
    joined = SourceMapBuilder()
    for number in chosen:
        joined.add(source.line(number + 1) + "\n", source.line_starts[number])
    return joined.of(source)


def dedented(text: str) -> str:
    """Lines without their common indentation."""
    rows = text.removesuffix("\n").split("\n")
    indents = [row[: len(row) - len(row.lstrip(" \t"))] for row in rows if row.strip()]
    shared = min(indents, key=len, default="")
    while not all(indent.startswith(shared) for indent in indents):
        shared = shared[:-1]
    return "\n".join(row.removeprefix(shared) if row.strip() else "" for row in rows)


def numbers_in(written: str, total: int, what: str) -> Iterator[int]:
    """The numbers in `3-5 8 12-`, counted from 0, of `total` items.

    Raises ValueError with a sentence if there are none.
    """
    given = 0
    for part in written.replace(",", " ").replace("–", "-").split():
        match = RANGE.fullmatch(part)
        if len(part) > 20:
            raise ValueError(f"expects {what} such as 3-5 or 2 7-, not {part[:20]}…")
        if match is None or not (match[1] or match[3]) or (match[3] and not match[2]):
            raise ValueError(f"expects {what} such as 3-5 or 2 7-, not {part}")
        first = int(match[1] or 1)
        last = int(match[3]) if match[3] else total if match[2] else first
        if not 1 <= first <= max(last, total):
            raise ValueError(f"expects {what} such as 3-5 or 2 7-, not {part}")
        if max(first, last) > total:
            there_are = {0: "there are none", 1: "there is only 1"}.get(total, f"there are only {total}")
            raise ValueError(f"asks for {what} {part}, but {there_are}")
        if first > last:
            raise ValueError(f"asks for {what} {part}, which end before they start")
        given += last - first + 1
        if given > total + MAX_TWICE:
            raise ValueError(f"asks for the same {what} again and again")
        yield from range(first - 1, last)


def _region(rows: list[str], name: str) -> Iterator[int]:
    """The lines of every region of this name, without the lines that mark regions."""
    names: dict[str, None] = {}
    depth = 0
    open_regions: list[str] = []
    for number, row in enumerate(rows):
        marker = _marker(row)
        if marker is None:
            if depth:
                yield number
            continue
        starts, marked = marker
        if starts:
            open_regions.append(marked)
            names[marked] = None
            depth += marked == name
        else:
            ended = marked if marked in open_regions else open_regions[-1] if open_regions else ""
            if open_regions:
                open_regions.remove(ended)
            depth -= ended == name
    if name not in names:
        raise ValueError(
            f"asks for the region {name}, which the file does not have{added_suggestion(name, names)}"
        )
    if depth:
        raise ValueError(f"asks for the region {name}, whose end is not marked")


def _marker(row: str) -> tuple[bool, str] | None:
    """Whether a line starts or ends a region, and the region's name; None if it does neither."""
    if "--8<--" in row:
        found = SNIPPET.search(row)
        return (found[1] == "start", found[2].strip()) if found else None
    if "region" not in row:
        return None
    comment = COMMENT.match(row)
    if comment is None:
        return None
    word, _, rest = row[comment.end() :].partition("region")
    if word not in ("", "end", "end ") or (rest and rest[0] not in " \t:-*"):
        return None
    name = rest.strip(" \t:")
    for end in COMMENT_ENDS:
        name = name.removesuffix(end).rstrip()
    return word == "", name


def added_suggestion(name: str, names: Iterable[str]) -> str:
    """The end of a message about an unknown name: the name that is probably meant."""
    hint = suggest(*nearest(name, names))
    return f"; {hint}" if hint else ""
