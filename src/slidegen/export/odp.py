"""Exports a deck as an OpenDocument presentation, which LibreOffice converts from the one for PowerPoint."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.export.options import ExportOptions
from slidegen.export.prepared import Prepared
from slidegen.files.regular import read_regular
from slidegen.files.writing import write_file

NAMES = ("soffice", "libreoffice")
PLACES = {
    "darwin": "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "win32": r"C:\Program Files\LibreOffice\program\soffice.exe",
}
TIMEOUT = 300.0


def export(
    opened: Prepared, options: ExportOptions, report: Callable[[Diagnostic], None]
) -> Mapping[str, bytes]:
    """The presentation of a prepared page; raises DeckError if LibreOffice is not installed, or fails."""
    from slidegen.export.pptx.export import export as export_pptx

    program = find_office()
    folder = opened.deck.file.parent / "office"
    [data] = export_pptx(opened, options, report).values()
    write_file(folder / "deck.pptx", data, folder.parent)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(program), profile, "--headless", "--convert-to", "odp", "--outdir", str(folder)]
    try:
        subprocess.run(
            [*command, str(folder / "deck.pptx")], capture_output=True, check=False, timeout=TIMEOUT
        )
        return {"": read_regular(folder / "deck.odp")}
    except (OSError, subprocess.TimeoutExpired) as error:
        message = "LibreOffice does not convert the presentation"
        hint = "export to .pptx, and save that as .odp by hand"
        raise DeckError(Diagnostic(Code.MISSING_PACKAGE, message, path=str(program), hint=hint)) from error


def find_office() -> Path:
    """LibreOffice's program; raises DeckError if there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), PLACES.get(sys.platform, ""))
    if not found or not Path(found).is_file():
        message = "exporting odp needs LibreOffice, which is not installed"
        hint = "install LibreOffice, or export to .pptx, which it opens"
        raise DeckError(Diagnostic(Code.MISSING_PACKAGE, message, hint=hint))
    return Path(found)
