"""Rewrites HTML that grows step by step, reading only what each step adds.

What changes HTML element by element, such as rewriting references, may be applied to a part of it if the parser
is told which elements are open at its beginning. A step can continue another one at a place between two of its
nodes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from slidegen.patterns import lazy_compile
from slidegen.render.html.fragment import Node, OpenElements, read_on, shared_length
from slidegen.render.html.last_place import LastPlace
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
        self._foot_place, self._content, self._foot = LastPlace(FOOTNOTES), _Growing(), _Growing()
        # The foot grows by itself; it begins between two elements.

    def rewrite(self, html: str, rewrite: Rewrite, asked: Counter[str]) -> str | None:
        """The next step rewritten, reading only what is new; None if it cannot be read in parts.

        `asked` counts the requests for all of it.
        """
        foot = self._foot_place.find(html)
        if foot < 0:
            made = self._content.rewrite(html, rewrite)
            asked.update(self._content.asked)
            return made
        content = self._content.rewrite(html[:foot], rewrite)
        below = self._foot.rewrite(html[foot:], rewrite)
        asked.update(self._content.asked)
        asked.update(self._foot.asked)
        return None if content is None or below is None else content + below


def new_parts(steps: Iterable[str]) -> Iterable[str]:
    """For each step what the step before it does not begin with, in whole tags and formulas; the foot separately.

    Few steps are returned as they are.
    """
    all_steps = list(steps)
    return all_steps if len(all_steps) < MANY else _new_parts(all_steps)


def _new_parts(steps: Iterable[str]) -> Iterator[str]:
    grown, content, foot = LastPlace(FOOTNOTES), _NewPart(), _NewPart()
    for html in steps:
        at = grown.find(html)
        yield from content.of(html if at < 0 else html[:at])
        yield from foot.of("" if at < 0 else html[at:])


class _NewPart:
    """What each step adds to the one before it, in whole tags and formulas."""

    def __init__(self) -> None:
        self._before = ""
        self._formulas: list[tuple[int, int]] = []
        """Where the tags of formulas begin and end; of opening tags, only the name."""

    def of(self, html: str) -> Iterator[str]:
        """What the next step adds, if it adds anything."""
        same = shared_length(self._before, html)
        while self._formulas and self._formulas[-1][1] > same:
            self._formulas.pop()
        last, end = self._formulas[-1] if self._formulas else (0, 0)
        is_open = end > 0 and html[last + 1] != "/"
        read = max(end, same - len("</math>"), 0)
        self._formulas += (tag.span() for tag in FORMULA_TAG.finditer(html, read))
        self._before = html
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
        self._before = ""
        self._done = ""
        self._joints = [_Joint(at=0, done=0, opens=None, asked=Counter())]

    def rewrite(self, html: str, rewrite: Rewrite) -> str | None:
        same = shared_length(self._before, html)
        while not _is_between_nodes(self._joints[-1].at, html, same):
            self._joints.pop()
        joint = self._joints[-1]
        nodes, ends, opens = [Node("")], [joint.at], [joint.opens]
        if not read_on(html, nodes, ends, opens):
            return None
        kept = bisect_right(ends, same) - 1
        while not _is_between_nodes(ends[kept], html, same):
            kept -= 1
        if kept > 0:  # what this step shares with the one before it, a later one probably shares, too
            part = self._part(html[joint.at : ends[kept]], joint, opens[kept], rewrite)
            if part is None:
                return None
            joint = part
            self._joints.append(joint)
        end = self._part(html[joint.at :], joint, opens[-1], rewrite)
        tail = max(kept, _tail(nodes))
        if end is None or not self._done.endswith(html[ends[tail] :]):
            return None
        self._before, self.asked = html, end.asked
        self._joints += [
            _Joint(at=at, done=end.done - (len(html) - at), opens=open_, asked=end.asked)
            for at, open_ in zip(ends[tail:], opens[tail:], strict=True)
            if at > joint.at
        ]
        return self._done + _closing_tags(end.opens)

    def _part(self, html: str, joint: _Joint, opens: OpenElements, rewrite: Rewrite) -> _Joint | None:
        """Rewrite a part that begins at a joint; returns the joint at its end, where these elements are open."""
        context, closing = _opening_tags(joint.opens), _closing_tags(opens)
        asked = Counter(joint.asked)
        made = rewrite(context + html, asked)
        if not (made.startswith(context) and made.endswith(closing)):
            return None
        self._done = self._done[: joint.done] + made[len(context) : len(made) - len(closing)]
        return _Joint(at=joint.at + len(html), done=len(self._done), opens=opens, asked=asked)


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
