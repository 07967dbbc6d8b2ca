"""Recognises classes that no style sheet of a deck has, if they are probably typos."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from slidegen.compile.compile import CompiledDeck
from slidegen.config import Setting
from slidegen.deck.model import Deck
from slidegen.diagnostics import Code, Reporter
from slidegen.html_tags import OPEN_COMMENT
from slidegen.patterns import lazy_compile
from slidegen.project.discovery import R_MARKDOWN
from slidegen.project.theme_selection import DEFAULT_THEME, PLAIN_THEME
from slidegen.project.variants import known_names
from slidegen.references import is_remote
from slidegen.remembered import Remembered
from slidegen.render.page_model import StyleSheet
from slidegen.render.theme import read_theme, theme_styles
from slidegen.render.theme_names import SPOKEN
from slidegen.source import Span
from slidegen.spelling import letters_swapped, one_slip_apart
from slidegen.syntax.divisions import ATTRIBUTES, read_attributes
from slidegen.syntax.nodes import ContentClass, Node, Text

CLASS = lazy_compile(r"\.(-?[_a-zA-Z\u00a0-\uffff][\w-]*)")
NO_SELECTOR = lazy_compile(r"/\*.*?\*/|url\([^)]*\)|\"[^\"\n]*\"|'[^'\n]*'", re.DOTALL)
BRINGS_STYLES = lazy_compile(r"<(?:script|link)\b|@import", re.IGNORECASE)
STYLE = lazy_compile(r"<style\b[^>]*>(?P<css>[^<]*)</style", re.IGNORECASE)
BRACED = lazy_compile(r"[\])](?P<braces>\{[^{}\n]*\})")
SPACED = lazy_compile(
    r"(?P<classes>\.(?<![\w.\])}/\\-]\.)[a-zA-Z_][\w-]*(?:\.[a-zA-Z_][\w-]*)*)(?:[ \t]+\[|[{(])"
)
LINK = lazy_compile(r"\[[^\[\]\n]*\][\[(]")
REMARKS = frozenset({"left", "center", "right", "top", "middle", "bottom", "inverse"})
"""Classes of remark's own style sheet."""
MEANINGFUL = frozenset(
    "columns column column-2 column-3 column-4 column-5 incremental nonincremental deep notes callout "
    "callout-note callout-tip callout-important callout-warning callout-caution".split()
)
"""Classes that mean something in every theme."""
SHORTEST, LONG = 4, 6
"""Fewest letters of a name that is checked, and of one that is more likely a typo than another word."""
INFLECTIONS = "srdy"
"""Endings that make another word of one: boxes, larger, faded, tiny."""
MOST_SLIPS = 2
"""A name that occurs more often is intentional."""
SLIDEGENS = ("remark-", "slidegen-", "hljs", "density-", "language-")


class ClassesOfSlide(Struct, frozen=True):
    """The classes in the content of a slide."""

    used: tuple[tuple[str, Span], ...]
    spaced: tuple[Spaced, ...]
    styled: frozenset[str]
    """The classes that its own `<style>` elements name."""
    brings_styles: bool
    """Whether its own HTML may add other style sheets, or scripts that use classes."""


def check_classes(
    compiled: CompiledDeck,
    own: Iterable[StyleSheet],
    authors: Callable[[], Iterable[str]],
    remembered: Remembered[ClassesOfSlide] | None = None,
) -> None:
    """Warn of classes that are misspelled, come before a space, or belong to a theme that is not in use.

    `own` are slidegen's style sheets on the page; `authors` returns the author's on demand;
    `remembered` holds the results for slides of the deck's last version.
    """
    contents = [slide.content for slide in compiled.deck.slides if slide.last_step]
    found = list(_classes_of(contents, remembered or Remembered()))
    used = _used(compiled.deck, found)
    spaced = [item for each in found for item in each.spaced]
    if not used and not spaced:
        return
    # What changes only in the reading view, on a screen, gives a class no look.
    known = (REMARKS | MEANINGFUL).union(*(classes_of(sheet.text) for sheet in own if not sheet.media))
    unknown = [name for name in used if name not in known and not name.startswith(SLIDEGENS)]
    if not unknown and not spaced:
        return
    hidden = any(map(is_remote, compiled.deck.config.css)) or _brings_styles(compiled, found)
    known = known.union(*(each.styled for each in found))
    if not hidden:
        known = known.union(*map(classes_of, authors()))
    _warn_of_spaces(spaced, known, compiled.reporter)
    if hidden:
        return  # the other style sheets are unknown
    named = {*compiled.deck.config.excludedClasses, *known_names(compiled.project.variants)}
    unknown = [name for name in unknown if name not in known and name not in named]
    if not _warn_of_lost_theme(compiled, unknown, used):
        _warn_of_slips(unknown, known | named, used, compiled.reporter)


@lru_cache(maxsize=32)
def classes_of(css: str) -> frozenset[str]:
    """The classes that a style sheet names."""
    return frozenset(CLASS.findall(NO_SELECTOR.sub("", css)))


def meant_class(name: str, known: Iterable[str]) -> str:
    """The known class that a name is a typo of; empty if none.

    A different number is not a typo; in a short word, a different letter makes another word: light, right.
    """
    spoken = SPOKEN.get(name.lower(), "")
    if spoken in known:
        return spoken
    if len(name) < SHORTEST or any(letter.isdigit() for letter in name):
        return ""
    for each in sorted(known):
        if _joined(each) == _joined(name):
            return each
    near = [
        each
        for each in sorted(known)
        if len(each) >= SHORTEST
        and one_slip_apart(name.lower(), each.lower())
        and _is_slip(name.lower(), each.lower())
    ]
    return min(near, key=lambda each: _has_other_letter(name.lower(), each.lower()), default="")


def _has_other_letter(name: str, known: str) -> bool:
    """Whether a letter differs, which is less likely than one that is missing, doubled or swapped."""
    return len(name) == len(known) and not letters_swapped(name, known)


def _is_slip(name: str, known: str) -> bool:
    """Whether a name that differs by one letter is hardly a word of its own, unlike light and right."""
    if len(name) == len(known):
        return letters_swapped(name, known) or (len(name) >= LONG and known[0] == name[0])
    longer, shorter = (name, known) if len(name) > len(known) else (known, name)
    doubled = longer[-1] == longer[-2]
    inflected = len(longer) < LONG or longer[-1] in INFLECTIONS
    at_end = longer.startswith(shorter) and not doubled and inflected
    return not at_end and not longer.endswith(shorter)


def _joined(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")


def _warn_of_slips(
    unknown: Iterable[str], known: Iterable[str], used: Mapping[str, list[Span]], reporter: Reporter
) -> None:
    for name in unknown:
        near = meant_class(name, known) if len(used[name]) <= MOST_SLIPS or name.lower() in SPOKEN else ""
        for span in used[name] if near else ():
            message = f"no style sheet of this deck has the class {name}"
            place = span.find(f".{name}" if span.text.startswith(".") else name)
            reporter.report(Code.UNKNOWN_CLASS, message, place, hint=f"did you mean {near}?")


def _classes_of(
    contents: Iterable[tuple[Node, ...]], remembered: Remembered[ClassesOfSlide]
) -> Iterator[ClassesOfSlide]:
    remembered.begin(None)
    for content in contents:
        found = remembered.get(content)
        if found is None:
            nodes = list(_flat(content))
            texts = [node.value for node in nodes if isinstance(node, Text)]
            found = ClassesOfSlide(
                (*_of_boxes(nodes), *_of_attributes(nodes)),
                tuple(_spaced(nodes)),
                frozenset[str]().union(
                    *(classes_of(style["css"]) for text in texts for style in STYLE.finditer(text))
                ),
                any(BRINGS_STYLES.search(text) for text in texts),
            )
            remembered.put(found, content)
        yield found


def _of_boxes(nodes: Iterable[Node]) -> Iterator[tuple[str, Span]]:
    """The content classes, each with its place."""
    for node in nodes:
        if isinstance(node, ContentClass):
            for name in node.classes:
                yield name, node.span.within(0, len(".".join(node.classes)) + 1)


def _texts_as_written(nodes: Iterable[Node]) -> Iterator[Text]:
    """The texts among nodes in which offsets are places."""
    for node in nodes:
        if isinstance(node, Text) and not node.raw and node.is_as_written:
            yield node


def _of_attributes(nodes: Iterable[Node]) -> Iterator[tuple[str, Span]]:
    """The classes in braces, as in `[text]{.red}` and `![](a.png){.right}`, each with its place."""
    for node in _texts_as_written(nodes):
        for match in BRACED.finditer(node.value) if "{" in node.value else ():
            start = match.start("braces")
            if ATTRIBUTES.fullmatch(match["braces"]) and not any(a <= start < b for a, b in node.code):
                place = node.span.within(start, match.end())
                for name in read_attributes(match["braces"]).classes:
                    yield name, place.find(f".{name}")


def _brings_styles(compiled: CompiledDeck, slides: Iterable[ClassesOfSlide]) -> bool:
    """Whether a deck's own HTML may add style sheets, or scripts that use its classes."""
    if compiled.page is not None or compiled.deck.config.scripts or compiled.deck.config.bodyStart:
        return True
    return any(each.brings_styles for each in slides)


def _used(deck: Deck, slides: Iterable[ClassesOfSlide]) -> dict[str, list[Span]]:
    """The classes of a deck's slides, by name, each with its places."""
    found: dict[str, list[Span]] = {}
    for slide in deck.slides:
        item = slide.properties.get("class")
        for name in slide.classes if item is not None else ():
            found.setdefault(name, []).append(item.span if item is not None else slide.span)
    for each in slides:
        for name, place in each.used:
            found.setdefault(name, []).append(place)
    return found


def _flat(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if isinstance(node, ContentClass):
            yield from _flat(node.children)


class Spaced(Struct, frozen=True):
    """What looks like a content class except for a space, or for its bracket."""

    span: Span
    classes: str
    """With their dots."""
    is_first: bool
    """Whether it is first on its line."""
    is_link: bool
    """Whether the bracket belongs to a link."""


def _spaced(nodes: Iterable[Node]) -> Iterator[Spaced]:
    for node in _texts_as_written(nodes):
        text = (
            OPEN_COMMENT.sub(lambda match: " " * len(match[0]), node.value)
            if "<!--" in node.value
            else node.value
        )
        for match in SPACED.finditer(text):
            start = match.start()
            if any(first <= start < last for first, last in node.code):
                continue
            line = node.value[node.value.rfind("\n", 0, start) + 1 : start]
            yield Spaced(
                node.span.within(start, match.end()),
                match["classes"],
                not line.strip(),
                LINK.match(node.value, match.end() - 1) is not None,
            )


def _warn_of_spaces(found: Iterable[Spaced], known: Container[str], reporter: Reporter) -> None:
    for item in found:
        square = item.span.text.endswith("[")
        if not all(name in known for name in item.classes[1:].split(".")):
            continue
        if not item.is_first and (item.is_link or not square):
            continue
        why = "a space comes after" if square else "round brackets or braces come after"
        reporter.report(
            Code.SPACE_IN_CLASS,
            f"{why} {item.classes}, so it is shown as text",
            item.span,
            hint=f"write {item.classes}[...]",
        )


def _is_decks_own(setting: Setting) -> bool:
    """Whether a setting is neither R Markdown's, nor a style sheet of xaringan's or of the page around a deck."""
    if setting.key != "css":
        return setting.key != "output"
    span = setting.key_span
    return span.text.strip("\"'") == "css" and span.position.column == 1


def _warn_of_lost_theme(
    compiled: CompiledDeck, unknown: Iterable[str], used: Mapping[str, list[Span]]
) -> bool:
    """Warn if a deck's style sheet replaces the theme although the deck uses the theme's classes."""
    config = compiled.deck.config
    if compiled.theme.name != PLAIN_THEME or config.theme or not config.css:
        return False
    if compiled.path.suffix.lower() == R_MARKDOWN or not all(map(_is_decks_own, compiled.settings)):
        return False  # it was written for another look
    read = compiled.project.templates.text
    usual = read_theme(DEFAULT_THEME, read)
    if usual is None:
        return False
    has = frozenset[str]().union(*(classes_of(sheet.text) for sheet in theme_styles(usual, read)))
    lost = [name for name in unknown if name in has]
    if not lost:
        return False
    place = next((item.value_span for item in compiled.settings if item.key == "css"), used[lost[0]][0])
    names = ", ".join(lost[:3]) + (f" and {len(lost) - 3} more" if len(lost) > 3 else "")
    compiled.reporter.report(
        Code.THEME_TAKEN_AWAY,
        f"this deck's own style sheet replaces the theme, which has {names}",
        place,
        hint=f"to keep the theme, write theme: {DEFAULT_THEME} in the front matter",
    )
    return True
