"""Checks what the wheel and the sdist in a folder hold: all that slidegen needs, and nothing else.

python .ci/check_dist.py dist
"""

from __future__ import annotations

import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = {
    "src/slidegen": "slidegen",
    "templates": "slidegen/templates",
    "docs": "slidegen/docs",
    "slides": "slidegen/slides",
}
"""What the wheel holds, and where."""
NOT_IN_WHEEL = ("docs/examples/", "docs/gallery/")
LARGEST = 3_000_000
"""Bytes of the wheel."""


def of_the_checkout(folder: str) -> set[str]:
    """The files of a folder, without what Python and slidegen keep there."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and ".slidegen" not in path.parts
    }


def check_wheel(wheel: Path) -> list[str]:
    """What is wrong with the wheel."""
    names = set(zipfile.ZipFile(wheel).namelist())
    code = {name for name in names if ".dist-info/" not in name}
    expected = {
        f"{place}{name.removeprefix(folder)}"
        for folder, place in FOLDERS.items()
        for name in of_the_checkout(folder)
        if not name.startswith(NOT_IN_WHEEL)
        and not (folder == "docs" and name.endswith((".py", ".css", ".js")))
    }
    wrong = [f"{wheel.name} lacks {name}" for name in sorted(expected - code)]
    wrong += [f"{wheel.name} should not hold {name}" for name in sorted(code - expected)]
    for needed in ("entry_points.txt", "licenses/LICENSE"):
        if not any(name.endswith(needed) for name in names):
            wrong.append(f"{wheel.name} lacks {needed}")
    if wheel.stat().st_size > LARGEST:
        wrong.append(f"{wheel.name} has {wheel.stat().st_size} bytes, and may have {LARGEST}")
    return wrong


def check_sdist(sdist: Path) -> list[str]:
    """What is wrong with the sdist, from which the wheel and the tests must run."""
    with tarfile.open(sdist) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    expected = {"README.md", "LICENSE", "CHANGELOG.md", "pyproject.toml"}
    for folder in ("src", "templates", "slides", "docs", "tests"):
        expected |= {name for name in of_the_checkout(folder) if "node_modules" not in name}
    return [f"{sdist.name} lacks {name}" for name in sorted(expected - names)]


def main() -> None:
    """Check both; the exit code is 1 where something is wrong."""
    folder = Path(sys.argv[1])
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    wrong = [*check_wheel(wheel), *check_sdist(sdist)]
    print("\n".join(wrong) or f"{wheel.name} and {sdist.name} hold what they should")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
