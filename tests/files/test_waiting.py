"""What waits for the network does not keep a command from ending."""

from __future__ import annotations

import signal
import subprocess
import sys
from threading import Event

import pytest

from slidegen.files.waiting import WaitingThreads
from tests.http_server import Answers, site_of
from tests.projects import PATIENCE, Project

ASKED, OVER = Event(), Event()


class Silent(Answers):
    """A site that takes a request, and never answers."""

    def answer(self) -> None:
        ASKED.set()
        OVER.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="a process gets no signals there")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    "command",
    [
        ["check", "--links", "slides"],
        ["build", "slides", "--fetch"],
        ["build", "slides", "--fetch", "-j", "2"],
    ],
)
def test_a_server_that_never_answers_does_not_keep_a_command_from_ending(
    project: Project, command: list[str], sign: signal.Signals
) -> None:
    ASKED.clear()
    OVER.clear()
    with site_of(Silent) as address:
        host = address.removeprefix("http://")
        project.write("slidegen.yml", f'assets: {{hosts: ["{host}"], timeout: 3600}}\n')
        for name in "ab":
            project.write(f"slides/{name}.md", f"# A\n\n![a]({address}/{name}.png) [b]({address}/{name})\n")
        running = subprocess.Popen(
            [sys.executable, "-m", "slidegen", *command],
            cwd=project.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert ASKED.wait(PATIENCE)
            running.send_signal(sign)
            _, err = running.communicate(timeout=PATIENCE)
        finally:
            running.kill()
            OVER.set()
    assert running.returncode in (130, 143), err
    assert err.strip() == "stopped"


def test_threads_run_a_few_functions_at_a_time_and_hand_on_what_they_raise() -> None:
    with WaitingThreads(2) as threads:
        assert [future.result() for future in [threads.submit(pow, 2, each) for each in range(9)]] == [
            2**each for each in range(9)
        ]
        with pytest.raises(ZeroDivisionError):
            threads.submit(divmod, 1, 0).result()
