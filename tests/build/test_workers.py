from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from dataclasses import dataclass

import pytest

from slidegen.build.workers import FORKS, share


@dataclass(frozen=True, slots=True)
class Square:
    """Work that ends the process that does it, for some items."""

    giver: int
    deadly: frozenset[int] = frozenset()

    def __call__(self, item: int) -> int:
        if item in self.deadly and os.getpid() != self.giver:
            os._exit(1)
        return item * item


@pytest.mark.parametrize("processes", [1, 2, 5])
@pytest.mark.parametrize("deadly", [(), (0,), (3,), (0, 1, 2, 3), (3, 6)])
def test_results_come_in_order_whoever_dies(processes: int, deadly: tuple[int, ...]) -> None:
    work = Square(os.getpid(), frozenset(deadly))
    assert list(share(work, range(7), processes)) == [0, 1, 4, 9, 16, 25, 36]


def test_a_mistake_of_ours_is_raised_here(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError):
        list(share((1).__truediv__, [1, 0, 2], 2))  # type: ignore[arg-type]


@pytest.mark.parametrize("processes", [1, 2, 3])
@pytest.mark.parametrize("deadly", [0, 3, 6])
def test_an_item_that_ends_two_processes_is_lost(processes: int, deadly: int) -> None:
    work = Square(os.getpid(), frozenset({deadly}))
    expected = [-item if item == deadly else item * item for item in range(7)]
    assert list(share(work, range(7), processes, lambda item: -item)) == expected


def test_who_stops_asking_leaves_no_process() -> None:
    results = share(Square(os.getpid()), range(1000), 3)
    assert next(results) == 0
    assert len(multiprocessing.active_children()) == 3
    results.close()
    assert multiprocessing.active_children() == []


STORY = """
import os, time
from slidegen.build.workers import share

def work(item):
    os.write(1, b"%d\\n" % os.getpid())
    {busy}

for _ in share(work, range(3), 3):
    pass
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("busy", ["time.sleep(600)", "sum(range(10 ** 12))", "while True: pass"])
@pytest.mark.skipif(not FORKS, reason="the story is one of processes that are copied")
def test_processes_end_with_the_one_that_started_them(sign: int, busy: str) -> None:
    story = STORY.format(busy=busy)
    with subprocess.Popen([sys.executable, "-c", story], stdout=subprocess.PIPE) as giver:
        assert giver.stdout is not None
        workers = {giver.stdout.readline() for _ in range(3)}
        giver.send_signal(sign)
        assert giver.stdout.read() == b""  # comes when the last of them has let go of it
    assert len(workers) == 3


@pytest.mark.parametrize("sign", ["SIGTERM", "SIGINT"])
@pytest.mark.skipif(not FORKS, reason="the story is one of processes that are copied")
def test_one_that_is_ended_while_it_starts_prints_nothing(sign: str) -> None:
    """A signal that arrives before the new process has its own handlers is not handled by its parent's."""
    story = (
        "import os, signal\nfrom slidegen.build.workers import share\n"
        "from slidegen.terminal_output import ended_by_sigterm\n"
        f"os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.{sign}))\n"
        "with ended_by_sigterm():\n    print(list(share(str, range(3), 2, repr)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", story], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr, ran.returncode) == ("['0', '1', '2']\n", "", 0)
