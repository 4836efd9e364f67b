"""Looks for run folders that the reader gets wrong: ``python -m tests.fuzz.reader [seconds] [corpus folder]``.

What is tried is bytes, which hypothesis makes a run folder of: one from its strategies, or a real one to which things
have happened. Bytes that reach a line of ``reportgen/reading`` which none had reached are kept and changed further. A
folder on which a claim fails is shrunk and saved as ``<corpus>/failures/<n>/``, and the command ends with 1.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase, InMemoryExampleDatabase

import reportgen.reading
from tests.builders import run
from tests.fuzz import claims
from tests.fuzz.logs import NAMES, NUMBERS, Log, run_folders

ROOT = Path(__file__).resolve().parents[2]
TRACED = str(Path(reportgen.reading.__file__).parent)
SEED_LINES = 12
"""Lines of each file of a real run that are changed; more only take longer."""
LONGEST = 4_000
"""Bytes of an input."""
KNOWN = 0.8
"""Share of the inputs that are made of one that was kept."""

Line = tuple[str, int]


def real_logs(*folders: Path) -> list[Log]:
    """The beginnings of the run logs below some folders, and of runs with ranks, attempts and media."""
    found: list[Log] = []
    with tempfile.TemporaryDirectory() as name:
        of_tests = Path(name)
        ranks = run("ranks").rank(0).metric("loss", [3, 2]).rank(1).metric("loss", [4]).attempt(2, starting_step=1)
        ranks.metric("loss", [1, 2], steps=[1, 2]).console("x\n").system("cpu", [1]).finished().write(of_tests)
        rich = run("rich").config(lr=0.1).define("loss", goal="minimize").metric("loss", [1, float("nan")]).preempting()
        rich.image("img").histogram("h", [0, 1], [2]).summary(acc=1).alert("t").artifact("net").failed().write(of_tests)
        for top in (of_tests, *folders):
            runs = sorted({path.parent for path in top.rglob("*.jsonl")})
            found += [{path.name: _head(path) for path in sorted(folder.glob("*.jsonl"))} for folder in runs]
    return found


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return b"".join(file.readline() for _ in range(SEED_LINES))


@st.composite
def changed(draw: st.DrawFn, logs: list[Log]) -> Log:
    """A real run folder to which a few things have happened."""
    log = dict(draw(st.sampled_from(logs)))
    for _ in range(draw(st.integers(0, 6))):
        name = draw(st.sampled_from(sorted(log)))
        data, other = log[name], log[draw(st.sampled_from(sorted(log)))]
        at, until = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        some = draw(st.one_of(st.binary(max_size=4), st.sampled_from([number.encode() for number in NUMBERS])))
        log[name] = draw(
            st.sampled_from(
                [
                    data[:at] + some + data[at:],
                    data[:at] + some + data[until:],
                    data[:at] + data[until:],
                    data[:until] + data[at:],
                    data[:at] + other[at:],
                    data.replace(b"\n", b"\r\n"),
                    b"".join(sorted(data.splitlines(keepends=True))),
                ]
            )
        )
        log[draw(st.sampled_from([name, *NAMES]))] = log[name]
    return log


class Target:
    """The claims, as a hypothesis test that can be asked with bytes."""

    def __init__(self, corpus: Path | None, logs: list[Log]) -> None:
        self.last: Log = {}
        self.lines: set[Line] = set()
        kept = InMemoryExampleDatabase() if corpus is None else DirectoryBasedExampleDatabase(corpus / "hypothesis")
        phases = (Phase.reuse, Phase.shrink)
        quiet = settings(
            deadline=None, database=kept, phases=phases, max_examples=1, suppress_health_check=list(HealthCheck)
        )

        @quiet
        @given(st.one_of(run_folders, changed(logs)), st.floats(0, 1))
        def holds(log: Log, chance: float) -> None:
            self.last = log
            with tempfile.TemporaryDirectory() as name:
                with _Traced() as self.lines:
                    claims.read(claims.write(Path(name), log))
                claims.all_claims(Path(name), log, chance)

        self.shrink: Callable[[], None] = holds
        self.ask: Callable[[bytes], bytes | None] = holds.hypothesis.fuzz_one_input


def explore(target: Target, pool: list[bytes], chance: random.Random) -> Iterator[bytes | None]:
    """Ask without end; yields the bytes that reached a new line, and None for others.

    Raises:
        Exception: a claim does not hold.
    """
    reached: set[Line] = set()
    while True:
        known = pool and chance.random() < KNOWN
        understood = target.ask(_altered(chance.choice(pool), chance) if known else chance.randbytes(LONGEST))
        if understood is None or target.lines <= reached:
            yield None
        else:
            reached |= target.lines
            pool.append(understood)
            yield understood


def _altered(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them set, taken out, put in or doubled."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(found) + 1)
        end = at + chance.choice((1, 2, 8, 64))
        what = chance.randrange(4)
        if what == 0:
            found[at : at + 1] = chance.randbytes(1)
        elif what == 1:
            del found[at:end]
        elif what == 2:
            found[at:at] = chance.randbytes(end - at)
        else:
            found[at:at] = found[at:end]
    return bytes(found + chance.randbytes(64))[:LONGEST]  # what is drawn beyond the end must come from somewhere


class _Traced:
    """Collects the lines of the reader that run."""

    def __enter__(self) -> set[Line]:
        self._lines: set[Line] = set()
        self._before = sys.gettrace()
        sys.settrace(self._call)
        return self._lines

    def __exit__(self, *error: object) -> None:
        sys.settrace(self._before)

    def _call(self, frame: FrameType, event: str, argument: Any) -> Any:
        return self._line if frame.f_code.co_filename.startswith(TRACED) else None

    def _line(self, frame: FrameType, event: str, argument: Any) -> Any:
        self._lines.add((frame.f_code.co_filename, frame.f_lineno))
        return self._line


def saved(log: Log, failures: Path) -> Path:
    """Save a run folder among others."""
    number = 1
    while (folder := failures / str(number)).exists():
        number += 1
    folder.mkdir(parents=True)
    for name, data in log.items():
        (folder / name).write_bytes(data)
    return folder


def main() -> int:
    """Run it; 1 if something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.reader", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("seconds", nargs="?", type=float, default=60.0)
    parser.add_argument("corpus", nargs="?", type=Path, default=Path(".hypothesis/fuzz"))
    options = parser.parse_args()
    inputs = options.corpus / "inputs"
    inputs.mkdir(parents=True, exist_ok=True)
    target = Target(options.corpus, real_logs(ROOT / "example_project/runs", options.corpus))
    pool, seed = [path.read_bytes() for path in sorted(inputs.iterdir())], random.SystemRandom().randrange(10**6)
    print(f"seed {seed}, {len(pool)} inputs kept from before")
    end, asked, new = time.monotonic() + options.seconds, 0, 0
    try:
        for reached in explore(target, pool, random.Random(seed)):
            asked += 1
            if reached is not None:
                new += 1
                (inputs / f"{os.getpid()}-{seed}-{new}").write_bytes(reached)
            if time.monotonic() > end:
                break
    except Exception as error:  # noqa: BLE001 # what a claim or the reader raises, whatever it is
        print(f"after {asked} inputs: {type(error).__name__}: {error}"[:2_000])
        print(f"saved in {shrunk_and_saved(target, options.corpus / 'failures')}")
        return 1
    print(f"{asked} inputs, {new} of them reached new lines; nothing was found")
    return 0


def shrunk_and_saved(target: Target, failures: Path) -> Path:
    """Shrink what was found, and save it."""
    found = target.last
    try:
        target.shrink()
    except Exception as error:  # noqa: BLE001
        print(f"shrunk: {type(error).__name__}: {error}"[:2_000])
        found = target.last
    return saved(found, failures)


if __name__ == "__main__":
    sys.exit(main())
