"""What is parsed again after an edit is what is parsed as a whole, whatever stands in the deck."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from slidegen.diagnostics import Reporter
from slidegen.source import Source
from slidegen.syntax.incremental import IncrementalParser
from slidegen.syntax.nodes import RawDeck
from slidegen.syntax.parser import parse_deck
from tests.syntax.edits import EDITS, PIECES, plain

LINES = st.lists(st.sampled_from(PIECES), min_size=0, max_size=30)


def parsed(deck: RawDeck, reporter: Reporter) -> object:
    said = [(item.code, item.message, plain(item.span), item.hint) for item in reporter]
    return plain(deck.slides), plain(deck.definitions), plain(deck.links), sorted(said, key=repr)


@settings(max_examples=300, deadline=None)
@given(LINES, EDITS)
def test_every_version_is_parsed_as_if_it_were_the_first(
    lines: list[str], edits: list[tuple[int, int, list[str]]]
) -> None:
    parser = IncrementalParser()
    versions = [lines]
    for at, gone, new in edits:
        before = versions[-1]
        at = min(at, len(before))
        versions.append([*before[:at], *new, *before[at + gone :]])
    for version in versions:
        text = "\n".join(version)
        whole, again = Reporter(), Reporter()
        expected = parsed(parse_deck(Source("deck.md", text), whole), whole)
        assert parsed(parser.parse(Source("deck.md", text), again), again) == expected


def test_slides_stay_the_same_values_when_lines_move_above_them() -> None:
    parser = IncrementalParser()
    before = parser.parse(Source("deck.md", "# One\n---\n# Two\n---\n# Three"), Reporter())
    after = parser.parse(Source("deck.md", "# One\n\nmore\n---\n# Two\n---\n# New\n---\n# Three"), Reporter())
    assert after.slides[0] is not before.slides[0]
    assert after.slides[1] is before.slides[1]
    assert after.slides[3] is before.slides[2]
    assert [slide.span.position.line for slide in after.slides] == [1, 5, 7, 9]


def test_a_fence_that_is_left_open_takes_the_slides_after_it_along() -> None:
    parser = IncrementalParser()
    parser.parse(Source("deck.md", "# One\n---\n# Two\n---\n```\ncode\n```"), Reporter())
    opened = parser.parse(Source("deck.md", "# One\n```\n---\n# Two\n---\n```\ncode\n```"), Reporter())
    assert len(opened.slides) == 1
    closed = parser.parse(Source("deck.md", "# One\n---\n# Two\n---\n```\ncode\n```"), Reporter())
    assert len(closed.slides) == 3
