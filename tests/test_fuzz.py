"""A short part of the fuzzer's work; `benchmarks/fuzz.py` says what it looks for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FUZZER = ROOT / "benchmarks" / "fuzz.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the fuzzer forks")
@pytest.mark.skipif(not FUZZER.exists(), reason="the fuzzer is not part of source distributions")
def test_what_nobody_would_write_is_no_fault() -> None:
    command = [sys.executable, str(FUZZER), "--runs", "20", "--seed", "18", "--untimed"]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "100 decks in 20 projects, seed 18: 0 found" in done.stdout
