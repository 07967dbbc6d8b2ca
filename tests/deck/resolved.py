"""Resolves decks that a test writes down, and tells what became of them."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from slidegen.config import Config
from slidegen.deck.model import Deck
from slidegen.deck.resolve import resolve
from slidegen.diagnostics import Reporter
from slidegen.source import Source, Span
from slidegen.syntax.nodes import ContentClass, MacroCall, Node, Property, Text
from slidegen.syntax.parser import parse_deck


def read(text: str, variables: dict[str, str] | None = None, **options: Any) -> tuple[Deck, Reporter]:
    reporter = Reporter()
    source = Source("deck.md", text)
    nowhere = Span(source, 0, 0)
    properties = {key: Property(key, value, nowhere) for key, value in (variables or {}).items()}
    return resolve(parse_deck(source, reporter), replace(Config(), **options), properties, reporter), reporter


def text_of(nodes: tuple[Node, ...]) -> str:
    parts = []
    for node in nodes:
        if isinstance(node, Text):
            parts.append(node.value)
        elif isinstance(node, ContentClass):
            parts.append(f".{'.'.join(node.classes)}[{text_of(node.children)}]")
        elif isinstance(node, MacroCall):
            parts.append(f"!{node.name}({','.join(node.args)})({node.target})")
    return "".join(parts)


def texts(deck: Deck) -> list[str]:
    return [text_of(slide.content).strip() for slide in deck.slides]


def numbers(deck: Deck) -> list[int]:
    return [slide.number for slide in deck.slides]


def codes(reporter: Reporter) -> list[str]:
    return [item.code.number for item in reporter]
