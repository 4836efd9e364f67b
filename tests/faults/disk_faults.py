"""Faults of disks, folders and file descriptors."""

from tests.faults.fault import Fault, goes_on, read_only_disk, small_disk
from tests.logger.logs import lines

WAITS = "what is logged waits in memory"

DISK_FULL = """
run = begin()
run.log({"i": 0})
ballast = os.open("runs/ballast", os.O_CREAT | os.O_WRONLY)
try:
    while os.write(ballast, b"x" * 4096): pass
except OSError: pass
for i in range(1, 60):
    run.log({"i": i, "text": "x" * 300})
os.truncate("runs/ballast", 0)
for i in range(60, 70):
    run.log({"i": i})
print("done")
"""

LIMITED_FILE = """
run = begin()
for i in range(100):
    run.log({"i": i})
limit = os.path.getsize(f"{run.folder}/metrics.jsonl") + 20  # in the middle of the next line
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
for i in range(100, 400):
    run.log({"i": i})
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
for i in range(400, 410):
    run.log({"i": i})
print("done")
"""

ROOM_AGAIN = """
import reportgen.logger.heartbeat as heartbeat
heartbeat.FIRST_TICK = {first_tick}
run = begin()
resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
for i in range(10):
    run.log({{"i": i}})
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
{then}
sys.stdout.write("done\\n" if open(f"{{run.folder}}/metrics.jsonl").read().count("\\n") == {rows} else "not written")
sys.stdout.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""
LOGS_ON = ROOM_AGAIN.format(first_tick=60, then='time.sleep(0.6)\nrun.log({"i": 10})', rows=11)
LOGS_NO_MORE = ROOM_AGAIN.format(first_tick=0.01, then="time.sleep(2.2)", rows=10)


def check_room_again(rows):
    def check(outcome):
        assert (outcome.status, outcome.out) == (-9, "done\n"), outcome.err
        assert outcome.numbers == list(range(rows))
        assert len(outcome.warnings) == 1

    return check


QUOTA = """
import errno
write, full = os.write, []
def write_within_quota(descriptor, data):
    if full and descriptor > 2: raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))
    return write(descriptor, data)
os.write = write_within_quota
run = begin()
run.log({"i": 0})
full.append(True)
for i in range(1, 20):
    run.log({"i": i})
time.sleep(0.6)
run.log({"i": 20})  # is refused again, and nothing more is said
full.clear()
run.log({"i": 21})
print("done")
"""

STAYS_FULL = """
import reportgen.logger.writing.line_writer as line_writer
write, tries = line_writer.write, []
line_writer.write = lambda *arguments: (tries.append(1), write(*arguments))[1]
run = begin()
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
before = most_memory()
numbers = {f"metric/{i:04}": i / 7 for i in range(100)}
for i in range(20_000):
    run.log(numbers)
grown = most_memory() - before
assert grown < 40_000, f"{grown} kB more"
assert len(tries) < 2_000, f"{len(tries)} tries"
print("done")
"""


def check_stays_full(outcome):
    assert (outcome.status, outcome.out) == (0, "done\n"), outcome.err
    refused, lost = outcome.warnings
    assert WAITS in refused
    assert "20000 lines of metrics.jsonl" in lost
    assert outcome.rows == []


READ_ONLY = """
import subprocess
run = begin(config={"lr": 1})
for i in range(5):
    run.log({"i": i})
subprocess.run(["mount", "-o", "remount,rw", "runs"], check=True)
time.sleep(0.6)
run.log({"i": 5})
print("done")
"""

FOLDER_DELETED = """
from shutil import rmtree
run = begin(config={"lr": 1})
for i in range(10):
    run.log({"i": i})
rmtree(run.folder)
for i in range(10, 20):
    run.log({"i": i})
print("done")
"""

ROOT_RECREATED = """
from shutil import rmtree
run = begin(config={"lr": 1})
for i in range(10):
    run.log({"i": i})
rmtree("runs")
os.mkdir("runs")
for i in range(10, 20):
    run.log({"i": i})
deadline = time.monotonic() + 10
while not os.path.exists(f"{run.folder}/metrics.jsonl") and time.monotonic() < deadline:
    time.sleep(0.05)
for i in range(20, 30):
    run.log({"i": i})
print("done")
"""


def check_deleted(rows):
    def check(outcome):
        goes_on("was deleted", rows=rows)(outcome)
        assert [record["type"] for record in lines(outcome.run / "run.jsonl")] == ["start", "config", "finish"]

    return check


NO_PERMISSION = """
import reportgen.logger.session
os.mkdir("runs")
os.chmod("runs", 0o500)
if os.geteuid() == 0: os.setuid(65534)
run = begin()
for i in range(5):
    run.log({"i": i})
run.finish()
print("done")
"""


def check_no_permission(outcome):
    assert (outcome.status, outcome.out) == (0, "done\n"), outcome.err
    refused, lost = outcome.warnings
    assert "Permission denied" in refused
    assert "5 lines of metrics.jsonl" in lost
    assert list((outcome.folder / "runs").iterdir()) == []


NO_DESCRIPTORS = """
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
def exhaust():
    taken = []
    try:
        while True: taken.append(os.open("/dev/null", os.O_RDONLY))
    except OSError:
        return taken
"""

BEFORE_INIT = (
    NO_DESCRIPTORS
    + """
import reportgen.logger.session
taken = exhaust()
run = begin()
for i in range(5):
    run.log({"i": i})
for descriptor in taken: os.close(descriptor)
time.sleep(0.6)
run.log({"i": 5})
print("done")
"""
)

AFTER_INIT = (
    NO_DESCRIPTORS
    + """
run = begin()
taken = exhaust()
for i in range(5):
    run.log({"i": i})
sys.stdout.write("done\\n")
sys.stdout.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""
)


def check_after_init(outcome):
    assert (outcome.status, outcome.out, outcome.err) == (-9, "done\n", "")
    assert outcome.numbers == list(range(5))


SLOW_SYNC = """
asked, finished = threading.Event(), threading.Event()
close, syncing = os.close, set()
def sync_for_ever(descriptor):  # as a network disk whose server is away: closing the file waits as well
    syncing.add(descriptor)
    asked.set()
    if not finished.wait(1.5): print("finish() waits for the disk")
def close_when_synced(descriptor):
    if descriptor in syncing and not finished.wait(1.5): print("closing waits for the disk")
    close(descriptor)
os.fsync, os.close = sync_for_ever, close_when_synced
run = begin()
run.capture_timeout = 0.5
run.log({"i": 0})
assert asked.wait(10)
run.log({"i": 1})
run.finish()
finished.set()
print("done")
"""

SYNCS = """
synced, sync = [], os.fsync
os.fsync = lambda descriptor: (sync(descriptor), synced.append(descriptor))
run = begin()
run.log({"i": 0})
deadline = time.monotonic() + 10
while len(synced) < 2 and time.monotonic() < deadline: time.sleep(0.01)
print("done" if synced else "nothing was synced")
"""

FAULTS = [
    Fault("disk-full", DISK_FULL, goes_on(WAITS, rows=70), "No space left", place=small_disk, root=True),
    Fault("file-size-limit", LIMITED_FILE, goes_on(WAITS, rows=410), "File too large"),
    Fault("room-again", LOGS_ON, check_room_again(11)),
    Fault("room-again-later", LOGS_NO_MORE, check_room_again(10)),
    Fault("quota", QUOTA, goes_on(WAITS, rows=22), "OSError"),  # EDQUOT by a wrapper: quotas need tools to set up
    Fault("disk-stays-full", STAYS_FULL, check_stays_full, "File too large"),
    Fault("read-only", READ_ONLY, goes_on(WAITS, rows=6), "Read-only", place=read_only_disk, root=True),
    Fault("folder-deleted", FOLDER_DELETED, check_deleted(20)),
    Fault("root-recreated", ROOT_RECREATED, check_deleted(30)),
    Fault("no-permission", NO_PERMISSION, check_no_permission, "Permission denied"),
    Fault("no-descriptors-before", BEFORE_INIT, goes_on(WAITS, rows=6), "Too many open files"),
    Fault("no-descriptors-after", AFTER_INIT, check_after_init),
    Fault("slow-sync", SLOW_SYNC, goes_on(rows=2), environment=(("REPORTGEN_FSYNC_SECONDS", "0.05"),)),
    Fault("timed-sync", SYNCS, goes_on(rows=1), environment=(("REPORTGEN_FSYNC_SECONDS", "0.05"),)),
]
