"""The browser as a process that ends with this one, and the pipes that drive it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from slidegen.browser import guard
from slidegen.diagnostics import Code, DeckError, Diagnostic

PIECE = 1 << 20
END = b"\0"
"""The byte that ends each message of the DevTools protocol on a pipe."""
NEEDED_TO_LEAVE = 20.0
"""Seconds to wait for the guard to leave."""

OPTIONS = (
    "--headless",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-breakpad",
    "--disable-checker-imaging",  # or a picture of a slide could lack the pictures on it
    "--disable-client-side-phishing-detection",
    "--disable-component-extensions-with-background-pages",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-field-trial-config",
    "--disable-gpu",
    "--disable-renderer-backgrounding",
    "--disable-sync",
    "--disable-features=Translate,MediaRouter,OptimizationHints,PaintHolding,SpareRendererForSitePerProcess",
    "--enable-features=NetworkServiceInProcess2",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--metrics-recording-only",
    "--mute-audio",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-service-autorun",
    "--no-startup-window",
    "--password-store=basic",
    "--run-all-compositor-stages-before-draw",
    "--use-mock-keychain",
)


class BrowserProcess:
    """A running browser that sends and receives bytes; `folder` belongs to it, and is removed with it."""

    def __init__(self, program: Path, beside: Path) -> None:
        """Start `program` with its files in a new folder below `beside`; raises DeckError if that fails."""
        self.program = program
        try:
            beside.mkdir(parents=True, exist_ok=True)
            # not in the system's temporary folder and without a dot, since Snap's Chromium can see neither
            self.folder = Path(tempfile.mkdtemp(prefix="_slidegen-", suffix=".tmp", dir=beside))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            message = f"cannot be written to: {reason}"
            hint = "the browser needs a folder for temporary files there; make it writable"
            raise DeckError(Diagnostic(Code.CANNOT_WRITE, message, path=str(beside), hint=hint)) from error
        self.is_sandboxed = not (hasattr(os, "geteuid") and os.geteuid() == 0)
        options = [*OPTIONS, f"--user-data-dir={self.folder / 'profile'}"]
        if not self.is_sandboxed:
            options.append("--no-sandbox")
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        try:
            self._guard = self._start([str(program), *options])
        except BaseException:
            with suppress(OSError):
                self.folder.rmdir()
            raise

    def _start(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        if os.name == "nt":
            import msvcrt

            given = [msvcrt.get_osfhandle(number) for number in (theirs_in, theirs_out)]  # type: ignore[attr-defined,unused-ignore]
            for handle in given:
                os.set_handle_inheritable(handle, True)  # type: ignore[attr-defined,unused-ignore]
        else:
            given = [theirs_in, theirs_out]
        try:
            return subprocess.Popen(
                [sys.executable, "-I", "-S", guard.__file__, str(self.folder), *map(str, given), *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=True,
                **({"close_fds": False} if os.name == "nt" else {"pass_fds": given}),
            )
        finally:
            os.close(theirs_in)
            os.close(theirs_out)

    def send(self, message: bytes) -> None:
        """Send a message; raises OSError if the browser has ended."""
        left = memoryview(message + END)
        while left:
            left = left[os.write(self._out, left) :]

    def receive(self) -> bytes:
        """Bytes from the browser; empty once it has ended."""
        try:
            return os.read(self._in, PIECE)
        except OSError:
            return b""

    def errors(self) -> str:
        """What the browser has printed to standard error."""
        self._errors.seek(0)
        return self._errors.read().decode("utf-8", "replace")

    def hang_up(self) -> None:
        """Close the pipes, so that the browser ends, at once or when the guard loses patience."""
        out, self._out = self._out, -1
        if out >= 0:
            os.close(out)
        assert self._guard.stdin is not None
        with suppress(OSError):
            self._guard.stdin.close()

    def end(self) -> None:
        """End the browser, and wait until it and its folder are gone."""
        self.hang_up()
        try:
            self._guard.wait(NEEDED_TO_LEAVE)
        except subprocess.TimeoutExpired:
            self._guard.kill()
        with suppress(OSError):
            os.close(self._in)
        self._errors.close()
        shutil.rmtree(self.folder, ignore_errors=True)  # what was still being written as the guard removed it
