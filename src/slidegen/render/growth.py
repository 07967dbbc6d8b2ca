"""The steps of a slide that grows by many: each is converted without what stands settled before it.

remark shows a slide's whole content again for each `--`, so that a slide of n steps would be converted n times.
Where the text of a step begins a block of its own, what stands before it stays as it is; where each step adds
items to one list, only the last few can still change. Whatever is not that plain is left to the whole
conversion, and what comes out is compared with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from slidegen.render.dialect import Fragment

Part = str | Fragment
Convert = Callable[[Sequence[Part]], str]
"""The HTML of parts, whole."""

MANY = 12
"""Steps from which on it is worth the while."""
RISKY = re.compile(r"\[\^|\]:|^(?: |\t|:)|^ *(?:[-*+]|[0-9]+\.) ", re.MULTILINE)
"""What may still change by what follows: footnotes, links, indented lines, definitions, lists."""
FENCE = re.compile(r"^(?:```|~~~)", re.MULTILINE)
ITEM = re.compile(r"(?:([-*+])|[0-9]+\.) (?=.*[A-Za-z0-9])(?:(?!\[\^|\]:|`|\||~~~).)+")
"""A line that is an item of a list, and can be nothing else."""
LIST = re.compile(r"(<[uo]l(?: class=\"task-list\")?>\n)((?:<li\b.*?</li>\n)+)(</[uo]l>)", re.DOTALL)
ITEM_END = "</li>\n"


def grown_steps(added: Sequence[Sequence[Part]], convert: Convert) -> list[str] | None:
    """The HTML of each step, by what each adds; None where they must be converted whole."""
    if any(part.block if isinstance(part, Fragment) else "<" in part for parts in added for part in parts):
        return None
    steps = _steps(added, convert)
    for place in (len(added) // 2, len(added) - 1):
        if steps is not None and steps[place] != convert(
            [part for parts in added[: place + 1] for part in parts]
        ):
            return None
    return steps


def _steps(added: Sequence[Sequence[Part]], convert: Convert) -> list[str] | None:
    steps: list[str] = []
    settled, open_parts, open_text, shown = "", list[Part](), "", ""
    items: _Items | None = None
    for parts in added:
        text = "".join("x" if isinstance(part, Fragment) else part for part in parts)
        if steps and not text.strip("\n") and len(FENCE.findall(open_text)) % 2 == 0:
            open_parts, open_text = [*open_parts, *parts], open_text + text
            items = None if text else items
            steps.append(steps[-1])  # line breaks at the end show nothing
            continue
        if open_parts and _begins_anew(open_text, text):
            settled = f"{settled}\n{shown}" if settled and shown else settled or shown
            open_parts, open_text, items = [], "", None
        if not open_parts:
            items = _Items(convert)
        open_parts += parts
        open_text += text
        if items is not None and not items.add(parts, text):
            items = None
        shown = items.html if items is not None and items.html else convert(open_parts)
        steps.append(f"{settled}\n{shown}" if settled and shown else settled or shown)
    return steps


def _begins_anew(before: str, text: str) -> bool:
    """Whether a text begins a block that the one before it has no part in."""
    own = text.lstrip("\n")
    blank = len(before) - len(before.rstrip("\n")) + len(text) - len(own)
    heading = before.rstrip("\n").rpartition("\n")[2].startswith("#")
    if blank < (1 if heading else 2) or not own or own[0] in " \t:" or RISKY.search(before) is not None:
        return False
    return len(FENCE.findall(before)) % 2 == 0


class _Items:
    """A list to which each step adds items."""

    def __init__(self, convert: Convert) -> None:
        self.html = ""
        """The list so far; empty where it has to be converted whole."""
        self._convert = convert
        self._parts: list[Sequence[Part]] = []
        self._counts: list[int] = []
        self._items: list[str] = []
        self._kind: str | None = ""
        self._opening = ""
        """The list's tag: that of task lists is another."""

    def add(self, parts: Sequence[Part], text: str) -> bool:
        """Add the items of a step; whether it is still a list of plain items."""
        count = 0
        for line in text.split("\n"):
            if not line:
                continue
            item = ITEM.fullmatch(line)
            if item is None or (self._kind != "" and item[1] != self._kind):
                return False
            self._kind = item[1]
            count += 1
        if "\n\n\n" in text or (self._parts and not count):
            return False
        self._parts.append(parts)
        self._counts.append(count)
        # An item may change once more when another follows it, and by a blank line before it.
        recent = self._parts[-3:]
        known = sum(self._counts[:-3]) if len(self._parts) > 3 else 0
        match = LIST.fullmatch(self._convert([part for each in recent for part in each]))
        if match is None or match[2].count(ITEM_END) != sum(self._counts[-3:]):
            return False
        self._opening = self._opening or match[1]
        if match[1] != self._opening:
            return False
        made = [f"{item}{ITEM_END}" for item in match[2].split(ITEM_END)[:-1]]
        keep = self._counts[-3] if len(self._parts) > 3 else 0
        self._items[known + keep :] = made[keep:]
        self.html = f"{match[1]}{''.join(self._items)}{match[3]}"
        return True
