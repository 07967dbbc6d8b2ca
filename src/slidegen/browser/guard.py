"""Runs as a separate program: starts the browser, and ends it when slidegen has ended.

    python guard.py FOLDER READ WRITE PROGRAM [ARGUMENT]...

FOLDER, which has the browser's profile, is removed at the end. READ and WRITE are the ends of the two pipes over
which the browser is driven. Nothing is ever written to standard input: it closes when slidegen ends, however that
happens.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path


def main(folder: str, reads: str, writes: str, command: list[str]) -> None:
    browser = _start_on_windows(reads, writes, command) if os.name == "nt" else _start(reads, writes, command)
    while os.read(0, 1024):
        pass
    _end(browser)
    _remove_socket(folder)
    for _ in range(200):  # a process of the browser may still be writing its last file
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.lexists(folder):
            break
        time.sleep(0.05)


def _start(reads: str, writes: str, command: list[str]) -> "subprocess.Popen[bytes]":
    """Start the browser, which takes commands from file descriptor 3 and answers on 4."""
    import fcntl

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # only the end of standard input matters
    given = [fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in (reads, writes)]
    for number in {int(reads), int(writes)}:
        os.close(number)
    for number, own in zip((3, 4), given, strict=True):
        os.dup2(own, number)
        os.close(own)
    browser = subprocess.Popen(
        [*command, "--remote-debugging-pipe"],
        stdin=subprocess.DEVNULL,
        pass_fds=(3, 4),
        start_new_session=True,
    )
    os.close(3)
    os.close(4)
    return browser


def _start_on_windows(reads: str, writes: str, command: list[str]) -> "subprocess.Popen[bytes]":
    """Start it on Windows, where pipes have handles that children inherit under the same numbers."""
    pipes = ["--remote-debugging-pipe", f"--remote-debugging-io-pipes={reads},{writes}"]
    browser = subprocess.Popen([*command, *pipes], stdin=subprocess.DEVNULL, close_fds=False)
    import msvcrt

    for number in (reads, writes):
        os.close(msvcrt.open_osfhandle(int(number), 0))  # type: ignore[attr-defined,unused-ignore]
    return browser


def _end(browser: "subprocess.Popen[bytes]") -> None:
    """Kill the browser and all its processes; nothing they hold is needed any more."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(browser.pid)], capture_output=True, check=False)
    else:
        with suppress(OSError):
            os.killpg(browser.pid, signal.SIGKILL)
    browser.wait()


def _remove_socket(folder: str) -> None:
    """Remove the folder of the socket that the profile links to: a browser that is killed leaves it behind."""
    with suppress(OSError):
        place = Path(folder, "profile", "SingletonSocket").readlink().parent
        for name in ("SingletonSocket", "SingletonCookie"):
            (place / name).unlink(missing_ok=True)
        place.rmdir()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
