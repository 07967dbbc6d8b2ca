"""What the page says of each step of a slide: bytes in proportion to the steps, whatever accumulates."""

from __future__ import annotations

import pytest

from tests.projects import Project

ACCUMULATING = {
    "notes": "\nText {n}\n\n???\n\nNote {n} of several words\n",
    "lists in notes": "\nText {n}\n\n???\n- item {n}\n",
    "classes": "class: c{n}\n\nText {n}\n",
    "properties": "property{n}: value {n}\n\nText {{{{property{n}}}}}\n",
    "names": "name: n{n}\n\nText {n}\n",
    "footers": "footer: foot {n}\n\nText {n}\n",
}


def size(project: Project, step: str, steps: int) -> int:
    """The bytes of the slides of a page."""
    deck = project.deck("# A\n" + "".join(f"\n--\n{step.format(n=n)}" for n in range(steps)))
    assert deck.html.count('<template class="remark-slide-container"') == steps
    return len(deck.html)


@pytest.mark.parametrize("step", ACCUMULATING.values(), ids=ACCUMULATING.keys())
def test_what_accumulates_over_steps_takes_bytes_in_proportion(project: Project, step: str) -> None:
    few, more, many = (size(project, step, steps) for steps in (25, 50, 100))
    assert many - more < 2.3 * (more - few)
