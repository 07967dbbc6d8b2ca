"""Finds the browser: the one that was named, or the first of those installed in the usual places."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from slidegen.diagnostics import Code, DeckError, Diagnostic

VARIABLE = "SLIDEGEN_BROWSER"
"""The environment variable that names a browser."""

NAMES = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "brave-browser",
    "brave",
)
"""What the programs of these browsers are called on the path."""

LINUX = (
    "/opt/google/chrome/chrome",
    "/snap/bin/chromium",
    "/usr/lib/chromium/chromium",
    "/opt/microsoft/msedge/msedge",
    "/opt/brave.com/brave/brave",
    "/snap/bin/brave",
    "/var/lib/flatpak/exports/bin/com.google.Chrome",
    "/var/lib/flatpak/exports/bin/org.chromium.Chromium",
)
MAC = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"BraveSoftware\Brave-Browser\Application\brave.exe",
)
INSTALL = {
    "linux": "install one, such as `sudo apt install chromium`",
    "darwin": "install one, such as `brew install --cask google-chrome`",
    "win32": "install one, such as `winget install Google.Chrome`",
}


def find_browser(
    chosen: str | None = None, environ: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> Path:
    """The program of a browser; `chosen` is a path or a program on the path, as the command line names it.

    Raises DeckError if it does not exist, or none is found.
    """
    for name, source in ((chosen, "--browser"), (environ.get(VARIABLE), VARIABLE)):
        if name:
            return _named(name, source, environ)
    for name in NAMES:
        if found := shutil.which(name, path=environ.get("PATH")):
            return Path(found)
    places = list(install_places(environ, platform))
    for place in places:
        if place.is_file() and os.access(place, os.X_OK):
            return place
    raise DeckError(Diagnostic(Code.NO_BROWSER, "no browser was found", hint=_searched(places, platform)))


def _named(name: str, source: str, environ: Mapping[str, str]) -> Path:
    found = shutil.which(name, path=environ.get("PATH"))
    if found:
        # `./chrome` as a Path is `chrome`, which the next search would look for on the path
        return Path(found).absolute()
    message = f"{source} names this program as the browser, but it does not exist"
    hint = f"give the path of Chrome, Chromium, Edge or Brave, or leave out {source}"
    raise DeckError(Diagnostic(Code.NO_BROWSER, message, path=name, hint=hint))


def install_places(environ: Mapping[str, str], platform: str) -> Iterator[Path]:
    """Where browsers are installed that are not on the path."""
    if platform == "darwin":
        for top in ("/Applications", f"{environ.get('HOME', '')}/Applications"):
            yield from (Path(top, f"{name}.app/Contents/MacOS/{name}") for name in MAC)
    elif platform == "win32":
        tops = [environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        yield from (Path(top, name) for name in WINDOWS for top in tops if top)
    else:
        yield from map(Path, LINUX)


def _searched(places: list[Path], platform: str) -> str:
    install = INSTALL.get(platform, "install Chrome, Chromium, Edge or Brave")
    lines = [
        f"{install}, or name yours with --browser PATH or {VARIABLE}",
        f"looked on the path for {', '.join(NAMES)}",
        f"and for {', '.join(map(str, places))}",
    ]
    return "\n".join(lines)
