"""Every row whose ``log()`` returned is read back, however the process ends."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from reportgen.config import BuildConfig
from reportgen.reading import load_workspace
from tests.faults.writers import OWN_ENDS, SLOT, check, slots, wait_for_all
from tests.logger.logs import environment

SEED = int(os.environ.get("KILL_SEED", random.SystemRandom().randrange(10**6)))
SIGNALS = {"SIGKILL": signal.SIGKILL, "SIGTERM": signal.SIGTERM, "SIGINT": signal.SIGINT}
ENDS = (*SIGNALS, *OWN_ENDS, "group")
EXIT_CODES = {"SIGTERM": 143, "SIGINT": 130, "exception": 1}
"""Of the ends that let a run finish."""
LATEST = 0.06
"""Seconds until a signal comes, at most."""


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix.

    Attributes:
        end: how the writers end.
        pace: they log without a pause, or with one.
        writers: how many there are.
        kind: what they are: processes that were forked or spawned, or threads of one.
    """

    end: str
    pace: str
    writers: int
    kind: str

    def __str__(self):
        return f"{self.end}-{self.pace}-{self.writers}-{self.kind}"

    def run(self, folder):
        """Start the writers and end them; gives the folder, and how many calls of each writer returned."""
        acks = folder / "acks"
        acks.write_bytes(bytes(SLOT.size * self.writers))
        command = [sys.executable, str(Path(__file__).with_name("writers.py")), f"--writers={self.writers}"]
        command += [f"--kind={self.kind}", f"--pace={self.pace}", f"--end={self.end}", f"--seed={SEED} {self}"]
        command += [f"--folder={folder / 'runs'}", f"--acks={acks}"]
        process = subprocess.Popen(
            command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            if self.end not in OWN_ENDS:
                self._send(process, acks)
            process.communicate(timeout=60)  # until the last writer has let go of the pipe
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        return folder, [count for _, count in slots(acks)]

    def _send(self, process, acks):
        """Wait until every writer has logged, then send each its signal at a time of its own."""
        wait_for_all(acks)
        chance = random.Random(f"{SEED} {self}")
        if self.end == "group":
            time.sleep(chance.uniform(0, LATEST))
            os.killpg(process.pid, signal.SIGKILL)
            return
        pids = {pid for pid, _ in slots(acks)}
        begun = time.monotonic()
        for delay, pid in sorted((chance.uniform(0, LATEST), pid) for pid in pids):
            time.sleep(max(0, begun + delay - time.monotonic()))
            os.kill(pid, SIGNALS[self.end])


CELLS = [Cell(*cell) for cell in product(ENDS, ("burst", "slow"), (1, 4, 16), ("fork", "spawn", "threads"))]


@pytest.mark.parametrize("job", CELLS, ids=str)
def test_no_row_is_lost(job, outcome):
    folder, returned = outcome
    print(f"KILL_SEED={SEED}")
    assert min(returned) > 0
    config = BuildConfig(folder, folder / "site", now=time.time() + 1e6)
    ((run,),) = [project.runs for project in load_workspace(config).projects]
    read = dict.fromkeys(range(job.writers), 0)
    for name, series in run.series.items():
        if found := re.fullmatch(r"w(\d+)(@.+)?", name):
            writer = int(found[1])
            numbers = [int(value) for value in series.values]
            assert numbers == list(range(len(numbers)))  # each once, and in order
            checks = run.series[f"c{writer}{found[2] or ''}"]
            assert list(checks.values) == [check(writer, number) for number in numbers]
            read[writer] += len(numbers)
    # The row that was under way may be there; one whose call returned must be.
    assert [read[writer] - count in {0, 1} for writer, count in enumerate(returned)] == [True] * job.writers, returned
    torn = [problem for problem in run.problems if "the last line is cut off" in problem.what]
    assert list(run.problems) == torn
    assert len(torn) <= (0 if job.end in EXIT_CODES else job.writers)
    if job.kind == "threads" or job.writers == 1:
        assert run.exit_code == EXIT_CODES.get(job.end)
        assert run.state == ("failed" if job.end in EXIT_CODES else "crashed")
