"""Rewrites HTML that grows step by step, reading only what each step adds.

What changes HTML element by element, such as rewriting references, may be applied to a part of it if the parser
is told which elements are open at its beginning. A step can continue another one at a place between two of its
nodes, and end like it from such a place on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct, field

from slidegen.patterns import lazy_compile
from slidegen.remembered import Remembered
from slidegen.render.html.fragment import Node, OpenElements
from slidegen.render.html.growing_nodes import Later, read_up_to
from slidegen.render.html.last_place import DividedHtml, GrownPart
from slidegen.render.html.slide_footer import FOOTNOTES

MANY = 12
"""The number of steps from which reading parts is worthwhile."""
ENTITY = 40
"""The greatest length of a character reference."""
FORMULA_TAG = lazy_compile("<math|</math>")
NOTES: OpenElements = ("ol", ("section", None))
"""The elements that are open between two footnotes."""
NOTE_END = "</li>"
Rewrite = Callable[[str, Counter[str]], str]
"""Rewrites HTML; the counter holds the requests for the HTML before it, and is updated."""


class GrowingHtml:
    """The HTML of one step after another, and the results."""

    def __init__(self) -> None:
        # The foot grows by itself; it begins between two elements, and footnotes may change within it.
        self._divided, self._content, self._foot = DividedHtml(FOOTNOTES), _Growing(), _Growing(NOTES)

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
        self._places: list[tuple[int, int, int, int]] = []
        """For each step where its foot begins, how much of its content is not new, and of its foot at each end."""

    def __iter__(self) -> Iterator[tuple[GrownPart, GrownPart]]:
        if not self._places:
            divided = DividedHtml(FOOTNOTES)
            parts = map(divided.divide, self.htmls)
            self._places = [(len(above.html), above.same, foot.same, foot.same_end) for above, foot in parts]
        for html, (at, same, below, same_end) in zip(self.htmls, self._places, strict=True):
            yield GrownPart(html[:at], same), GrownPart(html[at:], below, same_end)


def new_parts(steps: Iterable[str] | GrownSteps) -> Iterable[str]:
    """For each step what the step before it does not begin with, in whole tags and formulas; the foot separately.

    Of the foot, notes that the step before ends with are left out, too.

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
            start = last if is_open else max(0, html.rfind("<", 0, same))
            end = html.find(NOTE_END, len(html) - part.same_end) if part.same_end else -1
            yield html[start:] if end < 0 else html[start : end + len(NOTE_END)]


class _Joint(Struct, frozen=True):
    """A place between two nodes, after which the rest can be rewritten by itself."""

    at: int
    done: int
    """Its offset in the rewritten HTML."""
    opens: OpenElements
    asked: Counter[str]


class _LaterJoint(Later, frozen=True):
    """A joint after the part that changes."""

    done: int
    """How many characters of the rewritten HTML follow it."""
    asked: Counter[str]
    """The requests for the HTML after it."""


class _Growing:
    """The last step, divided where it was changed."""

    def __init__(self, cut: OpenElements = None) -> None:
        """What elements are open at the places where new HTML is cut, so that each piece can be kept; none if None."""
        self._cut = cut
        self._begin_anew()

    def _begin_anew(self) -> None:
        self.asked = Counter[str]()
        """The requests for the current HTML."""
        self._length = 0
        """That of the last step."""
        self._done = ""
        """The last step, rewritten."""
        self._joints = [_Joint(at=0, done=0, opens=None, asked=Counter())]
        self._later: list[_LaterJoint] = []
        """The joints after what was read last, the first one last."""

    def rewrite(self, part: GrownPart, rewrite: Rewrite) -> str | None:
        """The next step rewritten; None if it cannot be read."""
        done = self._rewrite(part, rewrite)
        if done is None:
            self._begin_anew()
        else:
            self._done, self._length = done, len(part.html)
        return done

    def _rewrite(self, part: GrownPart, rewrite: Rewrite) -> str | None:
        html, same = part.html, part.same
        self._divide(part)
        joint = self._joints[-1]
        nodes, ends, opens = [Node("")], [joint.at], [joint.opens]
        if not read_up_to(html, nodes, ends, opens, self._later):
            return None
        pieces = [self._done[: joint.done]]
        kept = bisect_right(ends, same) - 1
        while not _is_between_nodes(ends[kept], html, same):
            kept -= 1
        # what this step shares with the one before it, a later one probably shares, too
        places = {kept} if kept > 0 else set[int]()
        if self._cut is not None:
            places |= {
                place for place, node in enumerate(nodes) if node.depth < 0 and opens[place] == self._cut
            }
        if self._later:
            places.add(len(nodes) - 1)
        for place in sorted(places):
            piece = _rewritten(html[joint.at : ends[place]], joint, opens[place], rewrite, ended=False)
            if piece is None:
                return None
            joint, made = piece
            pieces.append(made)
            self._joints.append(joint)
        if self._later:
            later = self._later[-1]
            self.asked = joint.asked + later.asked
            return "".join((*pieces, self._done[len(self._done) - later.done :]))
        own = _rewritten(html[joint.at :], joint, opens[-1], rewrite)
        tail = max(_tail(nodes), *places, 0)
        if own is None or not own[1].endswith(html[ends[tail] :]):
            return None
        end, made = own
        self.asked = end.asked
        self._joints += [
            _Joint(at=at, done=end.done - (len(html) - at), opens=open_, asked=end.asked)
            for at, open_ in zip(ends[tail:], opens[tail:], strict=True)
            if at > joint.at
        ]
        return "".join((*pieces, made, _closing_tags(end.opens)))

    def _divide(self, part: GrownPart) -> None:
        """Keep the joints of what the step begins with before the change, and of what it ends with after it."""
        joints, later = self._joints, self._later
        while not _is_between_nodes(joints[-1].at, part.html, part.same):
            joint = joints.pop()
            if part.same_end:
                rest, done = self._length - joint.at, len(self._done) - joint.done
                later.append(_LaterJoint(rest, joint.opens, done, self.asked - joint.asked))
        while later and _is_between_nodes(at := self._length - later[-1].rest, part.html, part.same):
            known = later.pop()
            done = len(self._done) - known.done
            joints.append(_Joint(at=at, done=done, opens=known.opens, asked=self.asked - known.asked))
        while later and later[-1].rest > part.same_end:
            later.pop()


def _rewritten(
    html: str, joint: _Joint, opens: OpenElements, rewrite: Rewrite, *, ended: bool = True
) -> tuple[_Joint, str] | None:
    """A part that begins at a joint rewritten, and the joint at its end, where these elements are open.

    They are closed for the part unless nothing follows it.
    """
    context, closing = _opening_tags(joint.opens), _closing_tags(opens)
    asked = Counter(joint.asked)
    made = rewrite(context + html + ("" if ended else closing), asked)
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
