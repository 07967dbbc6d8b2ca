"""Imports point one way."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "slidegen"
LAYERS = [
    {"source"},
    {"diagnostics", "colours"},
    {"kinds", "console"},
    {"config"},
    {"syntax", "reading"},
    {"deck"},
    {"render"},
    {"site"},
    {"authoring"},
    {"cli"},
    {"__main__"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("slidegen."):
            names.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            names |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("slidegen.")}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_what_is_below_it(path: Path) -> None:
    own = layer(path)
    for name in imported(path) - {own}:
        assert LEVEL[name] < LEVEL[own], f"{path.name} of {own} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_the_outer_layers_touch_files(path: Path) -> None:
    if layer(path) in ("site", "authoring", "cli", "__main__"):
        return
    tree = ast.parse(path.read_text("utf-8"))
    calls = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    names = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"read_text", "write_text", "write_bytes", "mkdir", "unlink"}
    assert "open" not in names


OPENING = {"read_text", "read_bytes", "open"}
OPENS = {
    "site/regular.py",
    "site/lock.py",  # looks at what it has opened
    "site/bibliography.py",  # a package's own files
    "site/output.py",  # new files
    "render/math/font.py",  # a package's own file
    "console.py",
}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_one_module_opens_files_that_may_be_anything(path: Path) -> None:
    if path.relative_to(PACKAGE).as_posix() in OPENS:
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "open"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = ast.unparse(node.func.value)
            assert node.func.attr not in OPENING or of in ("webbrowser", "answers"), ast.unparse(node)
