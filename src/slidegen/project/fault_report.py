"""Reports slidegen's own faults: a short message, and a file with the details for its maintainers."""

from __future__ import annotations

import linecache
import platform
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb
from types import TracebackType

from slidegen import __version__
from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.files.cache_folder import make_folder
from slidegen.files.file_state import digest
from slidegen.files.paths import display_path
from slidegen.files.writing import write_file
from slidegen.project.project import project_root

PACKAGES = ("click", "jinja2", "markdown", "math-core", "pygments", "pyyaml", "selectolax", "uharfbuzz")
MAX_FRAMES = 30
"""How many frames to keep from each end of a long traceback."""
MAX_CAUSES = 5


def diagnose(error: Exception, path: Path | None, folder: Path) -> Diagnostic:
    """The diagnostic for any exception that was raised while a deck was made; `path` is the deck's, if there is one.

    A file that cannot be read is named. Anything else is slidegen's own fault: its details go to `.slidegen/`,
    without any of the deck's text.
    """
    if isinstance(error, DeckError):
        return error.diagnostic
    if isinstance(error, OSError) and error.filename is not None:  # it vanished between being found and read
        reason = (error.strerror or str(error)).lower()
        return Diagnostic(Code.CANNOT_READ, f"cannot be read: {reason}", path=str(error.filename))
    where = "fails at this deck" if path is not None else "fails"
    message = f"slidegen itself {where}: {type(error).__name__}; this is not your mistake"
    return Diagnostic(Code.OWN_FAULT, message, path=str(path or ""), hint=_hint(error, path, folder))


def lost(path: Path) -> Diagnostic:
    """The diagnostic for a deck at which two processes have crashed."""
    message = "slidegen itself fails at this deck: the process that made it ended; this is not your mistake"
    hint = f"please report this, with slidegen {__version__} and {platform.platform()}"
    return Diagnostic(Code.OWN_FAULT, message, path=str(path), hint=hint)


def _hint(error: Exception, path: Path | None, folder: Path) -> str:
    text = _report(error, path)
    try:
        root = project_root(folder / (path or "deck.md"), folder)
        name = f"fault-{digest(text.encode())[:8]}.txt"
        file = make_folder(root) / name
        write_file(file, text.encode("utf-8", "backslashreplace"), root)
    except (OSError, DeckError):
        return f"please report this:\n{text}"
    return f"please report this, and attach {display_path(file, folder)}: it holds no text of the deck"


def _report(error: BaseException, path: Path | None) -> str:
    """Everything needed to find a fault, except the messages of exceptions, which may quote the deck."""
    lines = [
        f"slidegen {__version__}",
        f"Python {platform.python_version()} ({platform.python_implementation()}), {platform.platform()}",
        f"packages: {', '.join(_versions())}",
        *([f"kind of deck: {path.suffix or 'none'}"] if path is not None else []),
    ]
    cause: BaseException | None = error
    for _ in range(MAX_CAUSES):
        if cause is None:
            break
        lines += ["", type(cause).__qualname__, *_frames(cause.__traceback__)]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


def _versions() -> Iterator[str]:
    from importlib.metadata import PackageNotFoundError, version

    for name in PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue


def _frames(traceback: TracebackType | None) -> list[str]:
    frames = [(frame.f_code, line) for frame, line in walk_tb(traceback)]
    if len(frames) > 2 * MAX_FRAMES:
        frames = frames[:MAX_FRAMES] + frames[-MAX_FRAMES:]
    lines = []
    for code, line in frames:
        known = _known(code.co_filename)
        lines.append(f"  {known or Path(code.co_filename).name}:{line} in {code.co_name}")
        if known:
            lines.append(f"    {linecache.getline(code.co_filename, line).strip()}")
    return lines


def _known(name: str) -> str:
    """The path of a file of slidegen, a package or Python, relative to where it is installed; else empty.

    Templates are the author's: their lines are left out.
    """
    tops = (
        Path(__file__).parent.parent.parent,
        *map(Path, (sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"))),
    )
    path = Path(name)
    if path.suffix != ".py":
        return ""
    return next((path.relative_to(top).as_posix() for top in tops if path.is_relative_to(top)), "")
