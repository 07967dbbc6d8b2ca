"""The check that counts instructions knows its decks, and finds growth."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from slidegen import __version__

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


@pytest.fixture(scope="module")
def instructions() -> ModuleType:
    spec = importlib.util.spec_from_file_location("instructions", BENCHMARKS / "instructions.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_deck_has_a_figure(instructions: ModuleType) -> None:
    for figures in json.loads(instructions.FIGURES.read_text("utf-8")).values():
        assert set(figures) == set(instructions.decks())
        assert len(figures) >= 12


def test_growth_of_more_than_three_hundredths_is_found(instructions: ModuleType) -> None:
    kept = {"plain": 2.0, "talk": 2.0, "lecture": 3.0}
    assert instructions.grown({"plain": 2.05, "talk": 1.0, "lecture": 3.0}, kept) == {}
    assert list(instructions.grown({"plain": 2.07, "talk": 2.0, "lecture": 3.1, "new": 1.0}, kept)) == [
        "plain", "lecture", "new",
    ]  # fmt: skip


def test_packages_of_other_versions_are_named(instructions: ModuleType) -> None:
    assert instructions.differing_packages([f"slidegen=={__version__}"]) == []
    assert instructions.differing_packages(["slidegen==99", "no-such-package==1"]) == [
        "slidegen==99", "no-such-package==1",
    ]  # fmt: skip


@pytest.mark.skipif(shutil.which("valgrind") is None, reason="needs valgrind")
@pytest.mark.parametrize(("figure", "code"), [(99.0, 0), (0.5, 1)])
def test_a_deck_is_counted_and_compared(
    instructions: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, figure: float, code: int
) -> None:
    """Beside Python's own start as the floor, as it is short."""
    figures = {f"{sys.version_info.major}.{sys.version_info.minor}": {"small": figure}}
    (tmp_path / "figures.json").write_text(json.dumps(figures))
    (tmp_path / "packages.txt").write_text(f"slidegen=={__version__}\n")
    monkeypatch.setattr(instructions, "FIGURES", tmp_path / "figures.json")
    monkeypatch.setattr(instructions, "VERSIONS", tmp_path / "packages.txt")
    monkeypatch.setattr(
        instructions, "measure", lambda _: {"floor": counted(instructions), "small": counted(instructions)}
    )
    monkeypatch.setattr(instructions, "decks", lambda: {"small": tmp_path / "small.md"})
    monkeypatch.setattr(sys, "argv", ["instructions.py"])
    if code == 0:
        instructions.main()
    else:
        with pytest.raises(SystemExit) as ended:
            instructions.main()
        assert ended.value.code == code


def counted(instructions: ModuleType) -> int:
    return int(instructions.count("start", ["-I", "-S", "-c", ""], Path.cwd(), valgrind=True))
