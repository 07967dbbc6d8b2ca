"""Renders the slides of a deck."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable, Iterator

from slidegen.deck.density import FIT_FLOOR, density_classes, is_fitted
from slidegen.deck.model import Deck, Slide
from slidegen.deck.pacing import transition_of
from slidegen.html_tags import UNREAD, without_tags
from slidegen.patterns import lazy_compile
from slidegen.render.direction import direction
from slidegen.render.html.slide_footer import FOOT
from slidegen.render.page_model import RenderedSlide
from slidegen.render.slide_content import ContentRenderer

BACKGROUND = (
    "background-image",
    "background-color",
    "background-size",
    "background-position",
    "background-repeat",
)
CSS_TEXT = lazy_compile(r"""url\([^)]*\)|"[^"]*"|'[^']*'""")
"""Parts of a CSS value in which a semicolon is literal."""
HEADING = lazy_compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)
FOOTNOTE_MARK = lazy_compile(r'<sup class="slidegen-footnote-ref.*?</sup>', re.DOTALL)
BLANKS = lazy_compile(r"\s+")


def render_slides(
    deck: Deck, content: ContentRenderer, highlight_style: Callable[[Slide], str]
) -> Iterator[RenderedSlide]:
    """Every slide and step of the deck, in order, as remark would show it.

    `highlight_style` returns the style for the code of a slide. References to files stay
    as written.
    """
    title = ""
    for slide in deck.slides:
        html, notes = render_content(slide, content)
        title = heading(html) or (title if slide.step else "")
        yield rendered_slide(slide, deck, html, notes, title, highlight_style(slide))


def render_content(slide: Slide, content: ContentRenderer) -> tuple[str, str]:
    """The HTML of a slide and that of its notes."""
    html = content.slide(slide.content, slide)
    if slide.footer:
        html += footer_html(content.line(slide.footer, slide))
    notes = content.slide(slide.notes, slide, of_notes=True) if slide.notes else ""
    cleaned, variant = content.variant_html, content.deck.variant
    return cleaned.shown(html, slide, variant), cleaned.shown(notes, slide, variant, of_notes=True)


def rendered_slide(
    slide: Slide, deck: Deck, html: str, notes: str, title: str, highlight_style: str
) -> RenderedSlide:
    """The finished slide with everything that depends on its place in the deck."""
    return RenderedSlide(
        index=slide.index,
        group=slide.group,
        step=slide.step,
        last_step=slide.last_step,
        html=html,
        number=slide.number,
        total=deck.total,
        number_text=number_text(deck.config.slideNumberFormat, slide.number, deck.total),
        name=slide.name or None,
        id=f"slide-{slide.name}" if slide.name else "",
        classes=(*slide.classes, *density_classes(deck, slide), f"hljs-{highlight_style}"),
        style=inline_style(slide),
        notes=notes,
        title=title,
        lang=slide.value("lang") or None,
        dir=_direction(slide.value("lang"), deck.config.lang),
        transition=transition_of(deck, slide),
        line=slide.span.in_deck.position.line,
        properties={key: item.value for key, item in slide.properties.items()},
    )


def _direction(lang: str, of_deck: str) -> str | None:
    """The direction of a slide's text if the deck's is the other one."""
    own = direction(lang or of_deck)
    return own if own != direction(of_deck) else None


def footer_html(html: str) -> str:
    """A footer in the element at the foot of a slide, whatever the theme."""
    return f'\n<div class="{FOOT}"><div class="footer">{html}</div></div>'


def number_text(pattern: str, number: int, total: int) -> str:
    """A slide's number in the format of `slideNumberFormat`: HTML, as in remark."""
    percent = f"{100 * number / total:.4g}" if total else "0"
    text = pattern.replace("%current%", str(number)).replace("%total%", str(total))
    return text.replace("%percent%", percent)


def inline_style(slide: Slide) -> str:
    """The inline style of a slide: properties that are also CSS properties, and the smallest scale of its content."""
    declarations = ((key, slide.value(key).rstrip("; ")) for key in BACKGROUND)
    kept = [f"{key}: {value}" for key, value in declarations if value and ";" not in CSS_TEXT.sub("", value)]
    return "; ".join((*kept, f"--slidegen-fit-floor: {FIT_FLOOR}") if is_fitted(slide) else kept)


def heading(html: str) -> str:
    """The text of the first heading; empty if there is none."""
    match = HEADING.search(html)
    return plain_text(match[2]) if match else ""


def plain_text(html: str) -> str:
    """What a person reads of HTML, on one line."""
    return BLANKS.sub(
        " ", entities.unescape(without_tags(UNREAD.sub("", FOOTNOTE_MARK.sub("", html))))
    ).strip()
