"""Limits of containers and batch systems, from trees of files as Linux lays them out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.logger.capture.cgroup import Limits, membership, mounts

V2_MOUNT = "30 24 0:26 {root} /sys/fs/cgroup rw,nosuid,relatime - cgroup2 cgroup2 rw,nsdelegate\n"
V1_MOUNT = "{number} 24 0:26 {root} /sys/fs/cgroup/{name} rw,relatime shared:9 - cgroup cgroup rw,{name}\n"
GIB = 2**30


@pytest.fixture
def machine(tmp_path):
    """A root folder with the files given."""

    def made(files):
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        return str(tmp_path)

    return made


def test_a_container_of_version_2_sees_its_own_group_as_the_root(machine):
    root = machine(
        {
            "proc/self/cgroup": "0::/\n",
            "proc/self/mountinfo": V2_MOUNT.format(root="/"),
            "sys/fs/cgroup/memory.max": f"{8 * GIB}\n",
            "sys/fs/cgroup/memory.current": f"{3 * GIB}\n",
            "sys/fs/cgroup/memory.stat": f"anon {2 * GIB}\nfile {GIB}\ninactive_file {GIB}\n",
            "sys/fs/cgroup/cpu.max": "250000 100000\n",
            "sys/fs/cgroup/cpu.stat": "usage_usec 7500000\nuser_usec 7000000\n",
        }
    )
    limits = Limits(root)
    assert (limits.memory, limits.cpus) == (8 * GIB, 2.5)
    assert (limits.memory_used(), limits.cpu_seconds()) == (2 * GIB, 7.5)


def test_the_tightest_of_nested_groups_counts_with_its_own_use(machine):
    job = "sys/fs/cgroup/system.slice/slurmstepd.scope/job_7"
    root = machine(
        {
            "proc/self/cgroup": "0::/system.slice/slurmstepd.scope/job_7/step_0/user/task_0\n",
            "proc/self/mountinfo": V2_MOUNT.format(root="/"),
            f"{job}/memory.max": f"{4 * GIB}\n",
            f"{job}/memory.current": f"{GIB}\n",
            f"{job}/cpu.max": "max 100000\n",
            f"{job}/step_0/user/task_0/memory.max": "max\n",
            f"{job}/step_0/user/task_0/memory.current": "5\n",
            f"{job}/step_0/memory.max": f"{6 * GIB}\n",
        }
    )
    limits = Limits(root)
    assert (limits.memory, limits.memory_used()) == (4 * GIB, GIB)
    assert (limits.cpus, limits.cpu_seconds()) == (None, None)


def v1(root, folder, quota="150000"):
    return {
        "proc/self/cgroup": "4:memory:/docker/abc\n3:cpu,cpuacct:/docker/abc\n1:name=systemd:/docker/abc\n0::/\n",
        "proc/self/mountinfo": V1_MOUNT.format(number=31, root=root, name="memory")
        + V1_MOUNT.format(number=32, root=root, name="cpu,cpuacct"),
        f"sys/fs/cgroup/memory{folder}/memory.limit_in_bytes": f"{2 * GIB}\n",
        f"sys/fs/cgroup/memory{folder}/memory.usage_in_bytes": f"{GIB}\n",
        f"sys/fs/cgroup/memory{folder}/memory.stat": f"inactive_file 5\ntotal_inactive_file {GIB // 2}\n",
        f"sys/fs/cgroup/cpu,cpuacct{folder}/cpu.cfs_quota_us": f"{quota}\n",
        f"sys/fs/cgroup/cpu,cpuacct{folder}/cpu.cfs_period_us": "100000\n",
        f"sys/fs/cgroup/cpu,cpuacct{folder}/cpuacct.usage": "2500000000\n",
        f"sys/fs/cgroup/cpu,cpuacct{folder}/cpu.stat": "nr_periods 9\nnr_throttled 1\nthrottled_time 7\n",
    }


@pytest.mark.parametrize(
    ("root", "folder"),
    [("/", "/docker/abc"), ("/docker/abc", ""), ("/docker", "/abc"), ("/docker/other", "")],
    ids=["on the host", "in a container that mounts its group", "or the one around it", "or another one"],
)
def test_version_1_is_read_wherever_it_is_mounted(machine, root, folder):
    limits = Limits(machine(v1(root, folder)))
    assert (limits.memory, limits.cpus) == (2 * GIB, 1.5)
    assert (limits.memory_used(), limits.cpu_seconds()) == (GIB / 2, 2.5)


def test_version_1_says_no_limit_with_a_number(machine):
    files = v1("/", "/docker/abc", quota="-1")
    files["sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes"] = "9223372036854771712\n"
    limits = Limits(machine(files))
    assert (limits.memory, limits.cpus, limits.memory_used(), limits.cpu_seconds()) == (None, None, None, None)


@pytest.mark.parametrize("content", ["", "nonsense", "max", "100000", "max max", "0 100000", "100000 0", "-1 100000"])
def test_a_limit_that_is_none_is_none(machine, content):
    limits = Limits(
        machine(
            {
                "proc/self/cgroup": "0::/\n",
                "proc/self/mountinfo": V2_MOUNT.format(root="/"),
                "sys/fs/cgroup/cpu.max": content,
                "sys/fs/cgroup/memory.max": content.partition(" ")[2],
            }
        )
    )
    assert limits.cpus is None


def test_without_control_groups_there_are_no_limits(tmp_path):
    limits = Limits(str(tmp_path))
    assert (limits.memory, limits.cpus, limits.memory_used(), limits.cpu_seconds()) == (None, None, None, None)


def test_this_machine_answers():
    limits = Limits()
    assert limits.memory is None or limits.memory_used() is not None
    assert limits.cpus is None or limits.cpus > 0


CONTROLLERS = st.from_regex(r"[a-z_]{3,8}", fullmatch=True)
PATHS = st.from_regex(r"/[a-z0-9._:-]{0,12}(/[a-z0-9._:-]{1,12}){0,3}", fullmatch=True)


@given(st.dictionaries(CONTROLLERS | st.just(""), PATHS))
def test_membership_is_read_as_linux_writes_it(groups):
    text = "".join(f"{place}:{name}:{path}\n" for place, (name, path) in enumerate(groups.items()))
    assert membership(text) == groups


@given(st.dictionaries(CONTROLLERS, st.text("abc /\\\t", min_size=1).map(lambda name: f"/{name}")))
def test_mounts_are_read_as_linux_writes_them(places):
    def quoted(path):
        return path.replace("\\", "\\134").replace(" ", "\\040").replace("\t", "\\011")

    lines = ["22 27 0:21 / /proc rw - proc proc rw"]
    for name, place in places.items():
        lines.append(f"31 23 0:28 / {quoted(place)} rw shared:1 master:2 - cgroup cgroup rw,{name}")
    found = mounts("\n".join(lines))
    assert {name: found[name] for name in places} == {name: ("/", place) for name, place in places.items()}


@given(st.text())
def test_any_text_is_read_without_trouble(text):
    assert all(path.startswith("/") for path in membership(text).values())
    mounts(text)
    mounts(f"31 23 0:28 {text} - cgroup2 {text}")
