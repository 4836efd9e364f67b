"""Writers of the kill matrix, a script of its own: they log, and note each call that has returned in a shared map.

The map is a file, so it outlives SIGKILL: for each writer its process id, and how many calls of ``log()`` returned.
"""

import argparse
import mmap
import os
import random
import resource
import struct
import sys
import threading
import time

import reportgen

SLOT = struct.Struct("<qq")
LONGEST = 40.0
"""Seconds after which a writer that nobody has ended gives up."""
PACES = {"burst": 0.0, "slow": 0.001}
OWN_ENDS = ("exit", "exception", "abort")
"""Ends that a writer brings upon itself."""
OWN_ROWS = {"burst": 2000, "slow": 40}
"""Rows after which it does so, at most."""


def end_oneself(end):
    """End this process in one of the ways of `OWN_ENDS`."""
    if end == "exit":
        os._exit(5)
    if end == "abort":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.abort()
    raise RuntimeError("an end")


def row(writer, number):
    """A row that the reader can check: two metrics of the writer's own, and now and then a long text."""
    metrics = {f"w{writer}": number, f"c{writer}": check(writer, number)}
    return metrics if number % 16 else {**metrics, "pad": "x" * (1 + number * 37 % 20_000)}


def check(writer, number):
    """The value that goes with a row."""
    return (number * 7919 + writer) % 1_000_003 + 0.5


def write(run, writer, options):
    """Log until the end comes."""
    shared = mmap.mmap(os.open(options.acks, os.O_RDWR), 0)
    place = writer * SLOT.size
    pid, pause = os.getpid(), PACES[options.pace]
    own = options.end in OWN_ENDS and options.kind != "threads"
    last = random.Random(f"{options.seed} {writer}").randint(1, OWN_ROWS[options.pace]) if own else None
    deadline = time.monotonic() + LONGEST
    number = 0
    while time.monotonic() < deadline:
        run.log(row(writer, number))
        if run.finished:  # by a signal or at exit, perhaps before this row came
            return
        number += 1
        shared[place : place + SLOT.size] = SLOT.pack(pid, number)  # `pack_into` clears first: a kill would see nothing
        if number == last:
            end_oneself(options.end)
        if pause:
            time.sleep(pause)


def slots(acks):
    """Process id and returned calls of each writer."""
    with open(acks, "rb") as file:  # noqa: PTH123
        return list(SLOT.iter_unpack(file.read()))


def wait_for_all(acks):
    """Wait until every writer has logged."""
    deadline = time.monotonic() + LONGEST
    while not all(count for _, count in slots(acks)):
        assert time.monotonic() < deadline, "the writers do not begin"
        time.sleep(0.005)


def begin(options):
    """A writer of the one run."""
    mode = "online" if options.kind == "threads" else "shared"
    return reportgen.init(project="p", id="run", dir=options.folder, capture=False, mode=mode)


def begin_and_write(writer, options):
    """As a process of its own."""
    write(begin(options), writer, options)


def main():
    """Be the first writer, and start the others."""
    parser = argparse.ArgumentParser()
    for name in ("kind", "pace", "end", "seed", "folder", "acks"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--writers", type=int)
    options = parser.parse_args()
    if options.kind == "threads":
        run = begin(options)
        for writer in range(options.writers):
            threading.Thread(target=write, args=(run, writer, options), daemon=True).start()
        if options.end not in OWN_ENDS:
            time.sleep(LONGEST)
        wait_for_all(options.acks)
        time.sleep(random.Random(options.seed).uniform(0, 0.06))
        end_oneself(options.end)
    elif options.kind == "fork":
        own = 0
        for writer in range(1, options.writers):
            if os.fork() == 0:
                own = writer
                break
        begin_and_write(own, options)
    else:
        from multiprocessing import get_context

        context = get_context("spawn")
        for writer in range(1, options.writers):
            context.Process(target=begin_and_write, args=(writer, options), daemon=False).start()
        begin_and_write(0, options)


if __name__ == "__main__":
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 # exceptions are part of the plan
    main()
