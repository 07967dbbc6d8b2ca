from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from slidegen.diagnostics import Reporter
from slidegen.source import Source
from slidegen.syntax.nodes import (
    ContentClass,
    Formula,
    FormulaMark,
    MacroCall,
    Node,
    RawSlide,
    StepBreak,
    Text,
)
from slidegen.syntax.parser import parse_content, parse_deck
from tests.cases import Case, read_cases

CASES = read_cases(Path(__file__).with_name("cases.txt"))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case, expect: Callable[[Case, str], None]) -> None:
    reporter = Reporter()
    deck = parse_deck(Source("deck.md", case.given), reporter)
    lines = [line for slide in deck.slides for line in outline(slide)]
    lines += [f"link {key} {link.url} {link.title or ''}".rstrip() for key, link in deck.links.items()]
    for item in reporter:
        assert item.span is not None
        lines.append(f"{item.code.number} {item.span.position.line}:{item.span.position.column}")
    expect(case, "\n".join(lines))


def outline(slide: RawSlide) -> Iterator[str]:
    properties = "".join(f" {item.key}={item.value}" for item in slide.properties)
    yield ("step" if slide.continued else "slide") + properties
    yield from nodes(slide.content)
    if slide.notes is not None:
        yield "notes"
        yield from nodes(slide.notes)


def nodes(content: tuple[Node, ...], indent: str = "  ") -> Iterator[str]:
    text, end = "", -1
    for node in (*content, None):
        if isinstance(node, Text) and text and node.span.start == end:
            text += node.value
            continue
        if text:
            yield indent + "'" + text.replace("\n", "\\n") + "'"
            text = ""
        if isinstance(node, Text):
            text = node.value
            end = node.span.end
        elif isinstance(node, ContentClass):
            yield f"{indent}{'div' if node.block else 'span'} {' '.join(node.classes)}"
            yield from nodes(node.children, indent + "  ")
        elif isinstance(node, Formula):
            dollars = "$$" if node.display else "$"
            ticks = "`" if node.in_code else ""
            yield f"{indent}{ticks}{dollars}{node.tex}{dollars}{ticks}"
        elif isinstance(node, FormulaMark):
            yield f"{indent}text {node.shown}" + f", {node.problem}" * bool(node.problem)
        elif isinstance(node, StepBreak):
            yield f"{indent}--"
        elif isinstance(node, MacroCall):
            yield f"{indent}!{node.name}({'|'.join(node.args)})({node.target})"


def test_every_node_knows_its_place() -> None:
    text = "---\n# A .b[c $x$ ![:m](t)]\n\n[i]: u\n"
    deck = parse_deck(Source("deck.md", text), Reporter())
    box = deck.slides[1].content[1]
    assert isinstance(box, ContentClass)
    assert box.span.text == ".b[c $x$ ![:m](t)]"
    assert [child.span.text for child in box.children] == ["c ", "$x$", " ", "![:m](t)"]
    assert deck.links["i"].span.text == "[i]: u\n"
    assert (box.span.position.line, box.span.position.column) == (2, 5)


def test_places_survive_the_loss_of_shared_indentation() -> None:
    deck = parse_deck(Source("deck.md", "    a\n    .b[c]\n"), Reporter())
    box = deck.slides[0].content[1]
    assert (box.span.position.line, box.span.position.column) == (2, 5)
    assert box.span.written.text == ".b[c]"


def test_content_knows_no_slides() -> None:
    nodes = parse_content(Source("macro.md", "a\n---\nclass: b\n"), Reporter())
    assert [node.value for node in nodes if isinstance(node, Text)] == ["a\n---\nclass: b\n"]


def test_depth_is_bounded() -> None:
    reporter = Reporter()
    deck = parse_deck(Source("deck.md", ".a[" * 500 + "x" + "]" * 500), reporter)
    depth, node = 0, deck.slides[0].content[0]
    while isinstance(node, ContentClass):
        depth, node = depth + 1, node.children[0]
    assert depth == 100
    assert {item.code.number for item in reporter} == {"SG117"}
