"""Rules about the content of slides that need no browser. Each is a function named like its code."""

from __future__ import annotations

import re

from slidegen.check.found import CheckedDeck, CheckedSlide
from slidegen.diagnostics import Code
from slidegen.patterns import lazy_compile

SAYS_NOTHING = lazy_compile(
    r"(?:click |press |see |right )?(?:here|this|there|link|this link|this page|more|read more|learn more|website|page|"
    r"url|hier|klick(?:e|en)? (?:sie )?hier|mehr|ici|cliquez ici|lien|aquí|aqui|haz clic aquí|enlace|qui|clicca qui|"
    r"ここ|こちら|这里|点击这里|여기)[.!»›>→ ]*",
    re.IGNORECASE,
)
HEADINGS = "h1, h2, h3, h4, h5, h6"
BARE_HEADING = lazy_compile(r"^ {0,3}#{1,6}(?:[ \t]*<[^>\n]*>)*[ \t]*$", re.MULTILINE)
TABLE = lazy_compile(
    r"<table\b[^>\n]*>?"
    r"|^[ \t>]*+\|?[^|\n]*+\|[^\n]*(?=\n[ \t>]*(?=[^\n]*\|)\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*(?::?-+:?)?[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
"""The tag of a table in HTML, or the first row of one in Markdown."""
ALT_IN_SOURCE = lazy_compile(r"!\[\s*\]\($")


def no_alt(deck: CheckedDeck, slide: CheckedSlide) -> None:
    """Pictures without alternative text. Decoration (`alt=""` in HTML) needs none."""
    for image in slide.nodes("img"):
        source, alt = image.attributes.get("src") or "", image.attributes.get("alt")
        if not source or (alt or "").strip() or image.attributes.get("aria-hidden") == "true":
            continue
        place = deck.locate(slide, source)
        before = place.source.text[max(place.start - 12, 0) : place.start]
        if alt is None or ALT_IN_SOURCE.search(before) or "![](" in place.text:
            deck.report(
                Code.NO_ALT,
                "this picture has no alternative text for people who cannot see it",
                place,
                "say what it shows: ![a map of Lima](map.png), or ![:scale 60%, a map of Lima](map.png)",
            )


def link_text(deck: CheckedDeck, slide: CheckedSlide) -> None:
    """Links whose text does not say where they lead."""
    for link in slide.nodes("a[href]"):
        text = " ".join(link.text().split())
        if SAYS_NOTHING.fullmatch(text):
            deck.report(
                Code.LINK_TEXT,
                f"the text of this link, {text}, does not say where it leads",
                deck.locate(slide, link.attributes.get("href") or ""),
                "name what is there: [the lecture notes](notes.html)",
            )


def heading_skip(deck: CheckedDeck, slide: CheckedSlide) -> None:
    """Headings of a slide that skip a level."""
    before = 0
    for heading in slide.nodes(HEADINGS):
        level, text = int((heading.tag or "h1")[1]), heading.text().strip()
        if before and level > before + 1:
            deck.report(
                Code.HEADING_SKIP,
                f"a heading of level {level} comes after one of level {before}",
                deck.locate(slide, text),
                f"write {'#' * (before + 1)} {text}",
            )
        before = level


def blank_heading(deck: CheckedDeck, slide: CheckedSlide) -> None:
    """Headings without content."""
    blank = [
        heading
        for heading in slide.nodes(HEADINGS)
        if not heading.text().strip() and not heading.css("img, svg, math")
    ]
    places = slide.written(BARE_HEADING, len(blank)) if blank else ()
    for place in places or [slide.place] * len(blank):
        deck.report(
            Code.BLANK_HEADING,
            "a heading of this slide is empty, which screen readers announce",
            place,
            "give it a text, or use a style to make space",
        )


def table_head(deck: CheckedDeck, slide: CheckedSlide) -> None:
    """Tables without a header, which screen readers read as rows of numbers."""
    tables = slide.nodes("table")
    places = slide.written(TABLE, len(tables)) if tables else ()
    for number, table in enumerate(tables):
        if table.attributes.get("role") in ("presentation", "none"):
            continue
        heads = [cell.text().strip() for cell in table.css("th")]
        if not any(heads):
            cells = [cell.text().strip() for cell in table.css("td")]
            deck.report(
                Code.TABLE_HEAD,
                "this table has no header row, so screen readers cannot name its columns",
                places[number] if places else deck.locate(slide, next(filter(None, cells), "")),
                "name its columns in the first row",
            )


def no_title(deck: CheckedDeck, slide: CheckedSlide) -> None:
    """Slides without a heading."""
    if slide.shown.html.strip() and not slide.nodes(HEADINGS):
        deck.report(
            Code.NO_TITLE,
            "this slide has no heading, so overview, search and screen readers cannot name it",
            slide.place,
            "begin it with # and a title",
        )


def many_words(deck: CheckedDeck, slide: CheckedSlide) -> None:
    """Slides with more words than can be read in passing; code, formulas and notes do not count."""
    tree = slide.tree
    words = len((tree.body.text(separator=" ") if tree.body is not None else "").split())
    for node in tree.css("pre, math, script, style, .slidegen-math-error"):
        words -= len(node.text(separator=" ").split())
    most = deck.bound("many-words")
    if words > most:
        deck.report(
            Code.MANY_WORDS,
            f"this slide has {words} words; the limit is {most:g}",
            slide.place,
            "make two slides of it, or move some of it into the notes, below ???",
        )


def no_captions(deck: CheckedDeck, slide: CheckedSlide) -> None:
    """Videos without captions."""
    for film in slide.nodes("video"):
        tracks = [track.attributes.get("kind") or "subtitles" for track in film.css("track")]
        if "muted" in film.attributes or {"captions", "subtitles"} & set(tracks):
            continue
        source = film.attributes.get("src") or next(
            (each.attributes.get("src") or "" for each in film.css("source")), ""
        )
        name = source.rpartition(".")[0] or "film"
        deck.report(
            Code.NO_CAPTIONS,
            "this film has no captions",
            deck.locate(slide, source),
            f"put {name}.vtt next to it; for a film without speech, write `muted`",
        )


def frame_title(deck: CheckedDeck, slide: CheckedSlide) -> None:
    """Embedded pages without a title."""
    for frame in slide.nodes("iframe"):
        if not (frame.attributes.get("title") or frame.attributes.get("aria-label") or "").strip():
            deck.report(
                Code.FRAME_TITLE,
                "this embedded page has no title",
                deck.locate(slide, frame.attributes.get("src") or ""),
                'write <iframe title="what it shows" ...>',
            )


def no_label(deck: CheckedDeck, slide: CheckedSlide) -> None:
    """Buttons, links and fields without a name for screen readers."""
    for node in slide.nodes("a[href], button, input:not([type=hidden]), select, textarea"):
        named = any(
            (node.attributes.get(name) or "").strip() for name in ("aria-label", "aria-labelledby", "title")
        )
        if (
            named
            or node.text().strip()
            or any((each.attributes.get("alt") or "").strip() for each in node.css("img"))
        ):
            continue
        id_ = _quoted(node.attributes.get("id"))
        if node.css("svg, math, [aria-label]") or (id_ and slide.nodes(f'label[for="{id_}"]')):
            continue
        if (
            node.tag in ("input", "textarea", "select")
            and node.parent is not None
            and node.parent.tag == "label"
        ):
            continue
        what = "link" if node.tag == "a" else "control"
        deck.report(
            Code.NO_LABEL,
            f"this {what} has no name for screen readers",
            deck.locate(slide, node.attributes.get("href") or node.attributes.get("id") or ""),
            "give its picture alternative text" if node.css("img") else 'write aria-label="what it does"',
        )


def _quoted(value: str | None) -> str:
    return (value or "").replace("\\", "\\\\").replace('"', '\\"')


RULES = (
    no_alt,
    link_text,
    heading_skip,
    blank_heading,
    table_head,
    no_title,
    many_words,
    no_captions,
    frame_title,
    no_label,
)
