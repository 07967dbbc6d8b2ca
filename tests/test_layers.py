"""The rooms of the house: imports point one way, in no circle, and one module opens files."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

from tests.layers import LAYERS, LEVEL

PACKAGE = Path(__file__).parent.parent / "src" / "slidegen"
TOUCH_FILES = {name for names in LAYERS[LEVEL["files"] :] for name in names}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
GRAPH = grimp.build_graph("slidegen", cache_dir=None)


def layer(module: str) -> str:
    """The package or module right below slidegen in which a module is."""
    return module.split(".")[1]


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("module", sorted(GRAPH.modules - {"slidegen"}))
def test_a_module_imports_only_what_is_below_it(module: str) -> None:
    own = layer(module)
    for imported in GRAPH.find_modules_directly_imported_by(module) - {"slidegen"}:
        if layer(imported) != own:
            assert LEVEL[layer(imported)] < LEVEL[own], f"{module} imports {imported}"


def test_no_modules_import_each_other() -> None:
    imports = {module: GRAPH.find_modules_directly_imported_by(module) for module in GRAPH.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_the_outer_layers_touch_files(path: Path) -> None:
    if layer_of(path) in TOUCH_FILES:
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
    "files/regular.py",
    "files/lock.py",  # looks at what it has opened
    "files/writing.py",  # new files
    "compile/bibliography.py",  # a package's own files
    "render/math/font.py",  # a package's own file
    "terminal_output.py",
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
            assert node.func.attr not in OPENING or of in ("webbrowser", "answers", "Pdf", "Image"), (
                ast.unparse(node)
            )
