"""Values with many fields are made by keyword, so that a reader need not count arguments."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "slidegen"
TREES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
MANY_FIELDS, FEW_ARGUMENTS = 6, 2
TABLES = {"Rule", "Environment"}
"""Rows of tables, whose arguments are the table's first columns."""


def is_value(node: ast.AST) -> bool:
    """Whether a class is a Struct or a dataclass."""
    return isinstance(node, ast.ClassDef) and (
        any(ast.unparse(base) == "Struct" for base in node.bases)
        or any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list)
    )


def field_count(node: ast.ClassDef) -> int:
    """How many fields a value has of its own."""
    return sum(
        isinstance(item, ast.AnnAssign) and "ClassVar" not in ast.unparse(item.annotation)
        for item in node.body
    )


LARGE = {
    node.name
    for tree in TREES.values()
    for node in ast.walk(tree)
    if isinstance(node, ast.ClassDef) and is_value(node) and field_count(node) >= MANY_FIELDS
} - TABLES


def positional(tree: ast.AST) -> list[str]:
    """The constructions of large values with more than a few arguments by place."""
    return [
        f"{call.lineno}: {ast.unparse(call)}"
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in LARGE
        and (len(call.args) > FEW_ARGUMENTS or any(isinstance(item, ast.Starred) for item in call.args))
    ]


def test_large_values_are_known() -> None:
    assert {"RenderedSlide", "PageEntry", "Setting"} <= LARGE
    assert positional(ast.parse("Setting(1, 2, 3)")) == ["1: Setting(1, 2, 3)"]
    assert positional(ast.parse("Setting(1, 2, written=3)")) == []


@pytest.mark.parametrize("path", TREES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_large_values_are_made_by_keyword(path: Path) -> None:
    assert positional(TREES[path]) == []
