"""The process that compiles one Sass style sheet, separate because a style sheet may loop forever.

It reads a JSON request from standard input and writes the result as JSON to standard output.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from slidegen.files.paths import resolve_links
from slidegen.files.regular import read_regular

LARGEST = 64_000_000
"""Size limit of a style sheet, in bytes."""
MEMORY = 500_000_000
"""Memory limit, in bytes."""
SUFFIXES = (".scss", ".sass", ".css")


class Importer:
    """Finds imported style sheets in folders below a root."""

    def __init__(self, root: Path, folders: list[Path]) -> None:
        self.root = root
        self.folders = folders
        self.read: list[str] = []

    def __call__(self, name: str, importer: str) -> list[tuple[str, str]]:
        """The style sheet of this name, or one that says that it is missing."""
        beside = Path(importer).parent if importer != "stdin" else self.folders[0]
        for folder in (beside, *self.folders):
            for path in self._candidates(folder / name):
                real = resolve_links(path)
                if real.is_relative_to(self.root) and real.is_file():
                    self.read.append(str(real))
                    return [(str(real), read_regular(real, LARGEST).decode("utf-8"))]
        return [(name, f"@error {json.dumps(f'there is no style sheet {name}')};")]

    @staticmethod
    def _candidates(path: Path) -> list[Path]:
        names = [path.name] if path.suffix in SUFFIXES else [path.name + suffix for suffix in SUFFIXES]
        return [path.with_name(prefix + name) for name in names for prefix in ("_", "")]


def compile_request(request: dict[str, Any]) -> dict[str, Any]:
    """The CSS of a request's text, or its mistake, and the files that were read for it."""
    import sass

    importer = Importer(Path(request["root"]), [Path(folder) for folder in request["folders"]])
    try:
        css = sass.compile(
            string=request["text"],
            indented=request["indented"],
            importers=[(0, importer)],
            output_style="expanded",
        )
    except sass.CompileError as error:
        return {"error": str(error), "read": importer.read}
    return {"css": css, "read": importer.read}


def main() -> None:
    """Handle the request on standard input."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # Windows has none
    json.dump(compile_request(json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main()
