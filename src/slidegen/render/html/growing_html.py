"""Rewriting HTML that grows step by step: of each step only what the step before it does not begin with.

What changes HTML element by element, as the references to files in it are changed, may be done to a part of it, if
the parser that reads the part is told which elements are open where the part begins. The places at which one step
may go on from another are those between two of its nodes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from slidegen.render.html.fragment import Node, OpenElements, read_on, shared_length
from slidegen.render.html.slide_footer import FOOTNOTES

MANY = 12
"""Steps from which on reading parts is worthwhile."""
ENTITY = 40
"""Characters within which a character reference ends."""
Rewrite = Callable[[str, Counter[str]], str]
"""Rewrites HTML; the counter says what was asked for in the HTML before it, and counts on."""


class GrowingHtml:
    """The HTML of one step after another, and what has been made of it."""

    def __init__(self) -> None:
        self._content, self._foot = _Growing(), _Growing()
        # What stands at the foot grows by itself; it begins between two elements.

    def rewrite(self, html: str, rewrite: Rewrite, asked: Counter[str]) -> str | None:
        """The next step rewritten, of which only what is new is read; None where it cannot be read in parts.

        `asked` counts what is asked for in all of it.
        """
        foot = html.rfind(FOOTNOTES)
        if foot < 0:
            made = self._content.rewrite(html, rewrite)
            asked.update(self._content.asked)
            return made
        content = self._content.rewrite(html[:foot], rewrite)
        below = self._foot.rewrite(html[foot:], rewrite)
        asked.update(self._content.asked)
        asked.update(self._foot.asked)
        return None if content is None or below is None else content + below


def new_parts(steps: Iterable[str]) -> Iterator[str]:
    """Of each step what the step before it does not begin with, in whole tags and formulas, and at the foot apart."""
    before = ["", ""]
    for html in steps:
        foot = html.rfind(FOOTNOTES)
        parts = [html, ""] if foot < 0 else [html[:foot], html[foot:]]
        for known, part in zip(before, parts, strict=True):
            same = shared_length(known, part)
            if same < len(part):
                formula = part.rfind("<math", 0, same)
                is_open = formula > part.rfind("</math>", 0, same)
                yield part[formula if is_open else max(0, part.rfind("<", 0, same)) :]
        before = parts


class _Joint(Struct, frozen=True):
    """A place between two nodes, from which on the rest may be rewritten by itself."""

    at: int
    done: int
    """The place in what has been rewritten."""
    opens: OpenElements
    asked: Counter[str]


class _Growing:
    def __init__(self) -> None:
        self.asked = Counter[str]()
        """What was asked for in the HTML as it is now."""
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
        if kept > 0:  # what this step has from the one before it, a later one is likely to have, too
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
        """Rewrite a part that begins at a joint; the one at its end, where these elements are open."""
        context, closing = _opening_tags(joint.opens), _closing_tags(opens)
        asked = Counter(joint.asked)
        made = rewrite(context + html, asked)
        if not (made.startswith(context) and made.endswith(closing)):
            return None
        self._done = self._done[: joint.done] + made[len(context) : len(made) - len(closing)]
        return _Joint(at=joint.at + len(html), done=len(self._done), opens=opens, asked=asked)


def _is_between_nodes(at: int, html: str, same: int) -> bool:
    """Whether HTML may be cut at a place up to which it is the same as before."""
    if at == 0:
        return True
    if at > same:
        return False
    if html[at - 1] == ">" or html[at : at + 1] in ("<", ""):
        return True
    return "&" not in html[max(0, at - ENTITY) : at]


def _tail(nodes: Sequence[Node]) -> int:
    """The place among nodes after which only elements end."""
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
