"""Renders citations and reference lists as HTML, with a link from each citation to its entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from markupsafe import Markup, escape

from slidegen.deck.citations import Cited
from slidegen.deck.model import Deck, Slide
from slidegen.patterns import lazy_compile
from slidegen.render.citations.csl import CLOSING, FIRST_WORK, OPENING, WORK, CslFormatter
from slidegen.syntax.nodes import Citation, ReferenceList, nodes_of

CITATION_MARK = lazy_compile("[\ue010-\ue02f]")
ADDRESS = lazy_compile(r"https?://[^\s<>\ue000-\ue02f]+|(?<![\w/])10\.\d{4,9}/[^\s<>\ue000-\ue02f]+")
UNSAFE = lazy_compile(r"[^\w.:-]+")
"""Characters to avoid in a fragment of an address."""


@dataclass(slots=True)
class Citations:
    """Renders the citations of one deck."""

    deck: Deck
    cited: Cited
    wording: CslFormatter
    entries: dict[str, Markup] = field(init=False)
    """The text for each work in a list of references, in the order of the style."""
    _ids: dict[str, str] = field(default_factory=dict)
    _owners: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict)
    """For a slide's own list, or -1 for the deck's, and a key: the slide and the node that has its id."""

    def __post_init__(self) -> None:
        self.entries = {key: _linked(text) for key, text in self.wording.entries.items()}
        self._name()
        self._own()

    def citation(self, node: Citation, slide: Slide) -> str:
        """A citation, each work in it linked to where it is listed."""
        links = [self._link(work.key, slide) for work in node.works]
        shown = self.wording.citation(node.works, node.written)

        def work(match: re.Match[str]) -> str:
            index = ord(match[1]) - FIRST_WORK
            inner = _html(match[2])
            target, title = links[index]
            if not target:
                return inner
            return Markup('<a href="{}" title="{}">{}</a>').format(target, title, inner)

        pieces, at = [], 0
        for match in WORK.finditer(shown):
            pieces += [_html(shown[at : match.start()]), work(match)]
            at = match.end()
        html = Markup("").join((*pieces, _html(shown[at:])))
        return str(Markup('<span class="slidegen-citation">{}</span>').format(html))

    def references(self, node: ReferenceList, keys: Sequence[str], slide: Slide) -> str:
        """The works of these keys as a list, in the order of the style."""
        items = []
        wanted = set(keys)
        scope = slide.group if node.of_slide else -1
        for key, entry in self.entries.items():
            if key not in wanted:
                continue
            owner = self._owners.get((scope, key)) == (slide.group, id(node))
            name = Markup(' id="{}"').format(self._id(key, scope)) if owner else Markup("")
            items.append(Markup("<li{}>{}</li>").format(name, entry))
        if not items:
            return ""
        return str(
            Markup('<ul class="slidegen-references" role="list">{}</ul>').format(Markup("").join(items))
        )

    def listed(self, node: ReferenceList, slide: Slide) -> list[str]:
        """The keys that a list shows; raises ValueError with a sentence for parts that do not exist."""
        if node.of_slide:
            return list(self.cited.by_group.get(slide.group, ()))
        from slidegen.reading.include_request import numbers_in

        on_slides = set(self.cited.keys[: self.cited.on_slides])
        keys = [key for key in self.entries if key in on_slides]
        return [keys[number] for number in numbers_in(node.part, len(keys), "works")] if node.part else keys

    def _own(self) -> None:
        """Decide which list has the id of a work: the first that shows it, so that ids are unique."""
        for slide in self.deck.slides:
            if not slide.last_step:
                continue
            for node in nodes_of(ReferenceList, (*slide.content, *slide.footer)):
                try:
                    keys = self.listed(node, slide)
                except ValueError:
                    continue
                scope = slide.group if node.of_slide else -1
                for key in keys:
                    self._owners.setdefault((scope, key), (slide.group, id(node)))

    def _link(self, key: str, slide: Slide) -> tuple[str, str]:
        """Where a citation of a work leads, and what the list says about it."""
        if not key:
            return "", ""
        title = Markup(self.entries.get(key, Markup(""))).striptags()
        for scope in (slide.group, -1):
            if (scope, key) in self._owners:
                return f"#{quote(self._id(key, scope))}", title
        record = self.wording.records[key]
        if record.get("DOI"):
            return f"https://doi.org/{record['DOI']}", title
        return str(record.get("URL") or ""), title

    def _id(self, key: str, scope: int) -> str:
        return f"ref-{self._ids[key]}" if scope < 0 else f"ref-{scope + 1}-{self._ids[key]}"

    def _name(self) -> None:
        """A unique name for the id of each work."""
        taken: set[str] = set()
        for key in self.cited.keys:
            name = base = UNSAFE.sub("-", key)
            number = 2
            while name in taken:
                name, number = f"{base}_{number}", number + 1
            taken.add(name)
            self._ids[key] = name


def _html(text: str) -> Markup:
    """Text with marks as HTML."""
    pieces: list[Markup] = []
    at = 0
    for match in CITATION_MARK.finditer(text):
        pieces.append(escape(text[at : match.start()]))
        tag = OPENING.get(match[0])
        pieces.append(
            Markup("<{}>").format(tag) if tag else Markup("</{}>").format(CLOSING.get(match[0], "span"))
        )
        at = match.end()
    return Markup("").join((*pieces, escape(text[at:])))


def _linked(text: str) -> Markup:
    """Text with marks as HTML, with its addresses as links."""
    pieces: list[Markup] = []
    at = 0
    for match in ADDRESS.finditer(text):
        address = match[0].rstrip(".,;:)]")
        target = address if address.startswith("http") else f"https://doi.org/{address}"
        pieces += [_html(text[at : match.start()]), Markup('<a href="{}">{}</a>').format(target, address)]
        at = match.start() + len(address)
    return Markup("").join((*pieces, _html(text[at:])))


def locale_of(lang: str, known: Iterable[str], primary: Mapping[str, str]) -> str:
    """The locale for a language tag: `fr-FR` for `fr`, `pt-BR` for `pt-br`, `en-US` if there is none."""
    by_lower = {name.lower(): name for name in known}
    tag = lang.strip().replace("_", "-").lower()
    return by_lower.get(tag) or primary.get(tag.split("-")[0]) or "en-US"
