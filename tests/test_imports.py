"""Every module can be imported on Windows: whatever only Unix has is asked for where it is used."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import importlib, os, pkgutil, select, signal, socket, sys, types
import slidegen

MISSING = "fcntl grp posix_ipc pty pwd readline resource syslog termios tty".split()
NAMES = {
    os: "chown chroot fchmod fchown fork forkpty fpathconf getegid geteuid getgid getpgid getuid killpg lchown mkfifo "
        "mknod openpty pathconf pipe2 pread pwrite sched_getaffinity sendfile setpgid setsid setuid statvfs sysconf "
        "uname wait3 wait4 O_CLOEXEC O_DIRECTORY O_NOCTTY O_NOFOLLOW O_NONBLOCK O_PATH O_SYNC WNOHANG",
    select: "epoll poll EPOLLIN POLLIN",
    signal: "SIGALRM SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGTSTP SIGUSR1 SIGUSR2 SIGWINCH alarm "
            "pause pthread_sigmask setitimer siginterrupt",
    socket: "AF_UNIX",
}

def modules():
    found = pkgutil.walk_packages(slidegen.__path__, "slidegen.")
    return [item.name for item in found if item.name != "slidegen.__main__"]

for name in modules():  # with all that others have
    importlib.import_module(name)
for name in [name for name in sys.modules if name.partition(".")[0] == "slidegen"]:
    del sys.modules[name]
for name in MISSING:
    sys.modules[name] = None
for module, names in NAMES.items():
    for name in names.split():
        vars(module).pop(name, None)
sys.platform = "win32"
sys.modules["msvcrt"] = types.ModuleType("msvcrt")  # what Windows has and Linux lacks
slidegen = importlib.import_module("slidegen")
failed = {}
for name in modules():
    try:
        importlib.import_module(name)
    except (ImportError, AttributeError) as error:
        failed[name] = repr(error)
print(len([name for name in sys.modules if name.startswith("slidegen.")]), failed)
"""


def test_nothing_that_windows_lacks_is_needed_to_import_a_module() -> None:
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    count, _, failed = ran.stdout.strip().partition(" ")
    assert int(count) > 200
    assert failed == "{}"
