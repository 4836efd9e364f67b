"""Faults of the process: clocks, streams, threads, forks, signals, the end of the interpreter."""

from tests.faults.fault import Fault, anybodys_folder, goes_on
from tests.logger.logs import lines

CLOCK = """
moved, clock = [0.0], time.time
time.time = lambda: clock() + moved[0]
run = begin(sample_seconds=0.1)
path = f"{run.folder}/system.jsonl"
count = lambda: open(path).read().count("\\n") if os.path.exists(path) else 0
moved[0] = 9e8
while not count(): time.sleep(0.02)
for i in range(30):
    moved[0] = (-1) ** i * i * 3e7
    run.log({"i": i})
moved[0] = -3e8
wanted, deadline = count() + 3, time.monotonic() + 10
while count() < wanted and time.monotonic() < deadline: time.sleep(0.02)
print("done" if count() >= wanted else "the sampler waits for the clock")
"""

TELL = """
class Odd:
    pass
run.log({"i": 0, "x": Odd()})
run.log({"i": 1})
run.finish()
os.write(1, b"done\\n")
os._exit(0)
"""
NO_STREAMS = (
    """
run = begin(capture=["console"])
sys.stdout = sys.stderr = None
"""
    + TELL
)
NONE_FROM_THE_START = "sys.stdout = sys.stderr = None\nrun = begin(capture=['console'])\n" + TELL
CLOSED_STREAMS = (
    """
run = begin(capture=["console"])
sys.stdout = open("out", "w"); sys.stderr = open("err", "w")
sys.stdout.close(); sys.stderr.close()
"""
    + TELL
)
BROKEN_PIPE = (
    """
run = begin(capture=["console"])
reading, writing = os.pipe()
os.close(reading)
sys.stderr = os.fdopen(writing, "w", buffering=1)
"""
    + TELL
)
RUDE_STREAM = (
    """
class Rude:
    def write(self, text): raise RuntimeError("reentrant call")
run = begin()
sys.stderr = Rude()
"""
    + TELL
)

NO_THREADS = """
import reportgen.logger.session
if os.geteuid() == 0:
    os.environ["REPORTGEN_DIR"] = os.path.realpath("runs")
    os.setuid(54321)
resource.setrlimit(resource.RLIMIT_NPROC, (1, 1))
try: threading.Thread(target=print).start()
except RuntimeError: pass
else: raise SystemExit("threads can be started")
run = begin(capture=["console", "git", "packages"])
for i in range(5):
    run.log({"i": i})
run.finish()
print("done")
"""

SAMPLER_RAISES = """
import psutil
def raises(*arguments): raise ValueError("no")
psutil.virtual_memory = raises
run = begin(capture=["system"], sample_seconds=0.1)
path = f"{run.folder}/system.jsonl"
deadline = time.monotonic() + 10
while not (os.path.exists(path) and open(path).read().count("\\n") >= 3) and time.monotonic() < deadline:
    run.log({"x": 1})
    time.sleep(0.05)
run.log({"i": 0})
print("done")
"""


def check_sampler_raises(outcome):
    goes_on("cannot read system metrics", rows=1)(outcome)
    assert len(lines(outcome.run / "system.jsonl")) >= 3


SAMPLER_DIES = """
import psutil
def dies(*arguments): raise SystemExit
psutil.virtual_memory = dies
run = begin(capture=["system"], sample_seconds=0.1)
deadline = time.monotonic() + 10
while any(thread.name == "reportgen" for thread in threading.enumerate()) and time.monotonic() < deadline:
    time.sleep(0.02)
print("the sampler lives" if time.monotonic() >= deadline else "done")
run.log({"i": 0})
"""

FORKS = """
run = begin()
stop, logged = threading.Event(), [0]
def work():
    while not stop.is_set():
        run.log({"i": logged[0]})
        logged[0] += 1
thread = threading.Thread(target=work)
thread.start()
def fork():
    for _ in range(20):
        child = os.fork()
        if child == 0:
            signal.alarm(2)
            sys.stderr = open(os.devnull, "w")
            run.log({"child": 1})
            run.summary["child"] = 1
            run.finish(3)
            os._exit(0)
        os.waitpid(child, 0)
forking = threading.Thread(target=fork)
forking.start()
forking.join()
stop.set()
thread.join()
print("done")
"""


def check_forks(outcome):
    goes_on()(outcome)
    assert not any("child" in row for row in outcome.rows)
    assert outcome.numbers == list(range(len(outcome.rows)))
    assert [record["type"] for record in lines(outcome.run / "run.jsonl")] == ["start", "finish"]


AT_EXIT = """
import atexit
atexit.register(lambda: run.log({"late": 1}))
run = begin()
atexit.register(lambda: run.log({"i": 1}))
def work():
    while True: run.log({"thread": 1})
for _ in range(3): threading.Thread(target=work, daemon=True).start()
run.log({"i": 0})
print("done")
"""


def check_at_exit(outcome):
    goes_on("has finished", rows=2)(outcome)
    assert not any("late" in row for row in outcome.rows)


AFTER_FINISH = """
run = begin()
run.log({"i": 0})
run.finish()
for _ in range(3): run.log({"i": 1})
run.log({"i": "x"})
print("done")
"""

SIGNALS = """
run = begin()
seen = []
def log(*arguments):
    seen.append(1)
    run.log({"signal": len(seen)})
signal.signal(signal.SIGALRM, log)
signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
for i in range(30_000):
    run.log({"i": i})
signal.setitimer(signal.ITIMER_REAL, 0)
assert len(seen) > 10
print("done")
"""


def check_signals(outcome):
    goes_on(rows=30_000)(outcome)
    steps = [row["_step"] for row in outcome.rows]
    assert len(set(steps)) == len(steps)
    signals = sorted(row["signal"] for row in outcome.rows if "signal" in row)  # a handler may interrupt itself
    assert signals == list(range(1, len(signals) + 1))


NO_HOME = """
import reportgen.logger.session
for name in ("HOME", "USER", "LOGNAME", "LNAME", "USERNAME", "XDG_CACHE_HOME"): os.environ.pop(name, None)
if os.geteuid() == 0:
    os.environ["REPORTGEN_DIR"] = os.path.realpath("runs")
    os.setuid(54321)  # nobody's number
run = begin()
run.log({"i": 0})
print("done")
"""

DISABLED = """
try:
    with begin(mode="disabled") as run:
        run.log({"i": 0})
        raise ValueError("mine")
except ValueError as error:
    print("done" if str(error) == "mine" else error)
run = begin()
run.log({"i": 0})
"""

FAULTS = [
    Fault("clock-jumps", CLOCK, goes_on(rows=30)),
    Fault("streams-removed", NO_STREAMS, goes_on(rows=2)),
    Fault("streams-missing", NONE_FROM_THE_START, goes_on(rows=2)),
    Fault("streams-closed", CLOSED_STREAMS, goes_on(rows=2)),
    Fault("broken-pipe", BROKEN_PIPE, goes_on(rows=2)),
    Fault("rude-stream", RUDE_STREAM, goes_on(rows=2)),
    Fault(
        "no-threads",
        NO_THREADS,
        goes_on("no thread can be started", rows=5),
        "can't start new thread",
        anybodys_folder,
        root=True,
    ),
    Fault("sampler-raises", SAMPLER_RAISES, check_sampler_raises),
    Fault("sampler-dies", SAMPLER_DIES, goes_on(rows=1)),
    Fault("forks", FORKS, check_forks),
    Fault("at-exit", AT_EXIT, check_at_exit),
    Fault("after-finish", AFTER_FINISH, goes_on("has finished", rows=1)),
    Fault("signal-handler-logs", SIGNALS, check_signals),
    Fault("no-home", NO_HOME, goes_on(rows=1), place=anybodys_folder),
    Fault("disabled-run-fails", DISABLED, goes_on(rows=1)),
]
