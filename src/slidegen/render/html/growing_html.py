"""Rewrites HTML that grows step by step, reading only what each step adds.

What changes HTML element by element, such as rewriting references, may be applied to a part of it if the parser
is told which elements are open at its beginning. A step can continue another one at a place between two of its
nodes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct, field

from slidegen.patterns import lazy_compile
from slidegen.remembered import Remembered
from slidegen.render.html.fragment import Node, OpenElements, read_on
from slidegen.render.html.last_place import DividedHtml, GrownPart
from slidegen.render.html.slide_footer import FOOTNOTES

MANY = 12
"""The number of steps from which reading parts is worthwhile."""
ENTITY = 40
"""The greatest length of a character reference."""
FORMULA_TAG = lazy_compile("<math|</math>")
Rewrite = Callable[[str, Counter[str]], str]
"""Rewrites HTML; the counter holds the requests for the HTML before it, and is updated."""


class GrowingHtml:
    """The HTML of one step after another, and the results."""

    def __init__(self) -> None:
        # The foot grows by itself; it begins between two elements.
        self._divided, self._content, self._foot = DividedHtml(FOOTNOTES), _Growing(), _Growing()

    def rewrite(self, html: str, rewrite: Rewrite, asked: Counter[str]) -> str | None:
        """The next step rewritten, reading only what is new; None if it cannot be read in parts.

        `asked` counts the requests for all of it.
        """
        return self.rewrite_parts(*self._divided.divide(html), rewrite, asked)

    def rewrite_parts(
        self, above: GrownPart, foot: GrownPart, rewrite: Rewrite, asked: Counter[str]
    ) -> str | None:
        """The same for a step that has been divided at its foot."""
        content = self._content.rewrite(above, rewrite)
        asked.update(self._content.asked)
        if not foot.html:
            return content
        below = self._foot.rewrite(foot, rewrite)
        asked.update(self._foot.asked)
        return None if content is None or below is None else content + below


class GrownSteps:
    """The HTML of a slide's steps, each divided at its foot and compared to the one before, once for all who ask."""

    def __init__(self, htmls: Sequence[str]) -> None:
        self.htmls = htmls
        self._places: list[tuple[int, int, int]] = []
        """For each step where its foot begins, and how much of its content and its foot are not new."""

    def __iter__(self) -> Iterator[tuple[GrownPart, GrownPart]]:
        if not self._places:
            divided = DividedHtml(FOOTNOTES)
            parts = map(divided.divide, self.htmls)
            self._places = [(len(above.html), above.same, foot.same) for above, foot in parts]
        for html, (at, same, below) in zip(self.htmls, self._places, strict=True):
            yield GrownPart(html[:at], same), GrownPart(html[at:], below)


def new_parts(steps: Iterable[str] | GrownSteps) -> Iterable[str]:
    """For each step what the step before it does not begin with, in whole tags and formulas; the foot separately.

    Few steps are returned as they are.
    """
    grown = steps if isinstance(steps, GrownSteps) else GrownSteps([*steps])
    return grown.htmls if len(grown.htmls) < MANY else _new_parts(grown)


def _new_parts(steps: GrownSteps) -> Iterator[str]:
    content, foot = _NewPart(), _NewPart()
    for above, below in steps:
        yield from content.of(above)
        yield from foot.of(below)


class NewParts(Struct):
    """What each step of a slide adds, found once for all who ask in a round."""

    _known: Remembered[tuple[str, ...]] = field(default_factory=Remembered)

    def begin(self) -> None:
        """Begin a round."""
        self._known.begin(None)

    def of(self, steps: Sequence[str]) -> Sequence[str]:
        """See `new_parts`."""
        found = self._known.get(*steps)
        if found is None:
            found = tuple(new_parts(steps))
            self._known.put(found, *steps)
        return found


class _NewPart:
    """What each step adds to the one before it, in whole tags and formulas."""

    def __init__(self) -> None:
        self._formulas: list[tuple[int, int]] = []
        """Where the tags of formulas begin and end; of opening tags, only the name."""

    def of(self, part: GrownPart) -> Iterator[str]:
        """What the next step adds, if it adds anything."""
        html, same = part.html, part.same
        while self._formulas and self._formulas[-1][1] > same:
            self._formulas.pop()
        last, end = self._formulas[-1] if self._formulas else (0, 0)
        is_open = end > 0 and html[last + 1] != "/"
        read = max(end, same - len("</math>"), 0)
        self._formulas += (tag.span() for tag in FORMULA_TAG.finditer(html, read))
        if same < len(html):
            yield html[last if is_open else max(0, html.rfind("<", 0, same)) :]


class _Joint(Struct, frozen=True):
    """A place between two nodes, after which the rest can be rewritten by itself."""

    at: int
    done: int
    """Its offset in the rewritten HTML."""
    opens: OpenElements
    asked: Counter[str]


class _Growing:
    def __init__(self) -> None:
        self.asked = Counter[str]()
        """The requests for the current HTML."""
        self._done = ""
        """The last step that was rewritten."""
        self._joints = [_Joint(at=0, done=0, opens=None, asked=Counter())]

    def rewrite(self, part: GrownPart, rewrite: Rewrite) -> str | None:
        html, same = part.html, part.same
        while not _is_between_nodes(self._joints[-1].at, html, same):
            self._joints.pop()
        joint = self._joints[-1]
        nodes, ends, opens = [Node("")], [joint.at], [joint.opens]
        if not read_on(html, nodes, ends, opens):
            return None
        kept = bisect_right(ends, same) - 1
        while not _is_between_nodes(ends[kept], html, same):
            kept -= 1
        pieces = [self._done[: joint.done]]
        if kept > 0:  # what this step shares with the one before it, a later one probably shares, too
            shared = _rewritten(html[joint.at : ends[kept]], joint, opens[kept], rewrite)
            if shared is None:
                return None
            joint, made = shared
            pieces.append(made)
            self._joints.append(joint)
        own = _rewritten(html[joint.at :], joint, opens[-1], rewrite)
        tail = max(kept, _tail(nodes))
        if own is None or not own[1].endswith(html[ends[tail] :]):
            return None
        end, made = own
        self._done, self.asked = "".join((*pieces, made, _closing_tags(end.opens))), end.asked
        self._joints += [
            _Joint(at=at, done=end.done - (len(html) - at), opens=open_, asked=end.asked)
            for at, open_ in zip(ends[tail:], opens[tail:], strict=True)
            if at > joint.at
        ]
        return self._done


def _rewritten(html: str, joint: _Joint, opens: OpenElements, rewrite: Rewrite) -> tuple[_Joint, str] | None:
    """A part that begins at a joint rewritten, and the joint at its end, where these elements are open."""
    context, closing = _opening_tags(joint.opens), _closing_tags(opens)
    asked = Counter(joint.asked)
    made = rewrite(context + html, asked)
    if not (made.startswith(context) and made.endswith(closing)):
        return None
    made = made[len(context) : len(made) - len(closing)]
    return _Joint(at=joint.at + len(html), done=joint.done + len(made), opens=opens, asked=asked), made


def _is_between_nodes(at: int, html: str, same: int) -> bool:
    """Whether HTML may be cut at an offset up to which it is unchanged."""
    if at == 0:
        return True
    if at > same:
        return False
    if html[at - 1] == ">" or html[at : at + 1] in ("<", ""):
        return True
    return "&" not in html[max(0, at - ENTITY) : at]


def _tail(nodes: Sequence[Node]) -> int:
    """The index after which nodes only close elements."""
    tail = len(nodes)
    while tail > 1 and (nodes[tail - 1].depth < 0 or not nodes[tail - 1].text.strip()):
        tail -= 1
    return tail - 1


def _opening_tags(opens: OpenElements) -> str:
    tags: list[str] = []
    while opens is not None:
        name, opens = opens
        tags.append(f"<{name}>")
    return "".join(reversed(tags))


def _closing_tags(opens: OpenElements) -> str:
    tags: list[str] = []
    while opens is not None:
        name, opens = opens
        tags.append(f"</{name}>")
    return "".join(tags)
