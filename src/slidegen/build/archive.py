"""`slidegen build --zip`: packs an output folder into one archive for a learning-management system."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from slidegen.build.record import Record
from slidegen.build.summaries import load_summary
from slidegen.course.page import COURSE_PAGE
from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.files.paths import display_path, resolve_links
from slidegen.files.regular import read_regular
from slidegen.files.walk import Walk
from slidegen.files.writing import ELSEWHERE, is_readable_anywhere, write_by
from slidegen.output_formats import HTML
from slidegen.project.discovery import DEFAULT_NAME
from slidegen.project.project import Projects, named_folders, project_root

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The timestamp of every file in an archive, so that the same pages make the same archive."""


def write_archive(
    sources: Sequence[Path],
    output: Path | None,
    folder: Path,
    variant: str | None = None,
    summaries: Sequence[str] = (),
) -> Path:
    """Pack what was built into one archive, and return its path.

    The archive goes to the working folder, or to the project's if the output folder is in the project and not here.

    It holds the files that slidegen wrote to the output folder, without variants that have folders within, or
    everything in the folder if no record is kept. Raises DeckError if the archive cannot be written, or
    would hold what its `variant` leaves out; `summaries` are those of its decks, for use without a record.
    """
    chosen, public = named_folders(Projects(folder), sources, folder)
    first, output = chosen[0], output or public
    target = Path(os.path.normpath(output.absolute()))
    root = project_root(first / DEFAULT_NAME if first.is_dir() else first, folder)
    entries = Record.load(root).entries.values()
    files = {path for entry in entries if entry.target == str(target) for path in map(Path, entry.written)}
    home = next((home for home in (folder, root) if target.is_relative_to(home)), None)
    name = "-".join(target.relative_to(home).parts) if home is not None else ""
    packed = sorted(files or set(_all(target)))
    archive = (home or folder) / f"{name or target.name}.zip"
    check = None
    if variant is not None:
        from slidegen.build.course_check import archive_check

        project = Projects(folder).of(first / DEFAULT_NAME if first.is_dir() else first)
        names = [entry.summary for entry in entries if entry.target == str(target) and entry.summary]
        kept = [load_summary(root, name) for name in names]
        pages = [path for path in packed if HTML.is_file(path) and path != target / COURSE_PAGE]
        check = archive_check(display_path(archive, folder), project, kept or summaries, pages)
    _write(archive, target, packed, check)
    return archive


def _all(folder: Path) -> Iterable[Path]:
    walk = Walk(folder, lambda _, name, __: not name.startswith("."), [resolve_links(folder)])
    yield from (found for found in walk.files() if isinstance(found, Path))


def _refuse_unusable(archive: Path, name: str) -> None:
    """Refuse a name that means another place to somebody who unpacks the archive, or cannot be unpacked there."""
    if not all(map(is_readable_anywhere, name.split("/"))):
        message = f"not written, since Windows cannot unpack a file named {name}"
        hint = "rename the deck or its folder, and build again"
        raise DeckError(Diagnostic(Code.CANNOT_WRITE, message, path=str(archive), hint=hint))


def _write(
    archive: Path, target: Path, files: Iterable[Path], check: Callable[[str, bytes], None] | None
) -> None:
    home = resolve_links(target)

    def pack(file: BinaryIO) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in files:
                if (
                    path.is_relative_to(target)
                    and resolve_links(path).is_relative_to(home)
                    and path.is_file()
                ):
                    info = zipfile.ZipInfo(path.relative_to(target).as_posix(), EARLIEST)
                    info.external_attr = 0o644 << 16
                    _refuse_unusable(archive, info.filename)
                    data = read_regular(path)
                    if check is not None:
                        check(info.filename, data)
                    packed.writestr(info, data, zipfile.ZIP_DEFLATED)

    write_by(archive, pack, archive.parent, elsewhere=ELSEWHERE)
