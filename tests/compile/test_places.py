"""The place of a warning about a reference is that reference's, whatever else on the slide looks like it."""

from __future__ import annotations

import re

import pytest

from tests.projects import Project

PLACE = re.compile(r"^deck\.md:(\d+):(\d+): ", re.MULTILINE)


@pytest.mark.parametrize(
    ("deck", "places"),
    [
        ("`gone.png` <!-- gone.png --> ![gone.png](gone.png)\n", [(1, 42)]),
        ("<img data-x='gone.png' src = 'gone.png'>\n", [(1, 31)]),
        ("```\n![a](gone.png)\n```\n\n- a\n    - ![b](gone.png)\n", [(6, 12)]),
        ("- a\n    - ![b](gone.png) $x$ ![c](gone.png)\n\n        `gone.png`\n", [(2, 12), (2, 31)]),
        ("- a\n\n        ```\n        ![b](gone.png)\n        ```\n\n    ![c](gone.png)\n", [(7, 10)]),
        ("<table>\n    <tr><td><img src=gone.png></td></tr>\n</table>\n", [(2, 22)]),
        ("    ![a](gone.png)\n\n![b](gone.png)\n", [(3, 6)]),
        ("gone.png ![a][g]\n\n[g]: gone.png\n", [(3, 6)]),
        ("![a](gone.png) ![b][G] ![c](gone.png)\n\n[g]: gone.png (T)\n", [(1, 6), (1, 29), (3, 6)]),
        ("gone.png\n\n???\ngone.png ![a](gone.png)\n", [(4, 15)]),
    ],
)
def test_a_missing_file_is_named_where_it_is_asked_for(
    project: Project, deck: str, places: list[tuple[int, int]]
) -> None:
    project.write("deck.md", deck)
    ran = project.run("build", "deck.md", "-o", "out.html")
    assert set(ran.codes) == {"SG104"}
    assert [(int(line), int(column)) for line, column in PLACE.findall(ran.err)] == places
