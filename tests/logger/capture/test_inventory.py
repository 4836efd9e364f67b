"""What is found out about a machine, and about where on it a run is."""

import os

import psutil
import pytest

from reportgen.logger.capture.container import container_facts
from reportgen.logger.capture.inventory import disks, inventory, mounts_of, processors_and_memory
from reportgen.logger.capture.variables import allowed_variables, slurm_facts
from reportgen.logger.redact import MASK
from tests.logger.logs import only_run, records, run_script

GIB = 2**30
DIGEST = "0123456789abcdef" * 4


def write(root, files):
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return str(root)


def test_this_machine_is_described(tmp_path):
    found = inventory(str(tmp_path))
    assert found["cpu_count_physical"] == psutil.cpu_count(logical=False)
    mount = mounts_of(str(tmp_path))[-1]
    assert 0 < found["disk"][mount]["used"] < found["disk"][mount]["total"]
    assert all(value for value in found.values())


def test_limits_of_a_container_stand_beside_what_the_machine_has(tmp_path):
    root = write(
        tmp_path,
        {
            "proc/self/cgroup": "0::/\n",
            "proc/self/mountinfo": "30 24 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
            "sys/fs/cgroup/memory.max": f"{GIB}\n",
            "sys/fs/cgroup/cpu.max": "50000 100000\n",
        },
    )
    found = processors_and_memory(root)
    assert found["cpu_limit"] == 0.5
    assert found["memory"] == {"total": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"), "limit": GIB}
    write(tmp_path, {"sys/fs/cgroup/memory.max": f"{2**59}\n", "sys/fs/cgroup/cpu.max": "max 100000\n"})
    assert "memory" not in processors_and_memory(root)  # a limit above what there is limits nothing


def test_cpus_that_a_run_is_bound_to_are_its_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3}, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert processors_and_memory(str(tmp_path))["cpu_limit"] == 1


def test_disks_are_named_by_where_they_are_mounted(tmp_path, monkeypatch):
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    real = os.path.ismount
    monkeypatch.setattr(os.path, "ismount", lambda path: path == str(tmp_path / "a") or real(path))
    assert mounts_of(str(deep)) == sorted({"/", str(tmp_path / "a")})
    assert mounts_of(str(tmp_path / "missing" / "folder"))
    assert set(disks(str(deep))) == {"/", str(tmp_path / "a")}


VARIABLES = {
    "CUDA_VISIBLE_DEVICES": "0,1",
    "NCCL_DEBUG": "INFO",
    "RANK": "3",
    "SLURM_JOB_ID": "4711",
    "TORCH_HOME": "https://ada:s3cret@example.org/x",
    "JAX_API_TOKEN": "s3cret",
    "TF_LONG": "x" * 5000,
    "HOME": "/home/ada",
    "AWS_SECRET_ACCESS_KEY": "s3cret",
    "RANKS": "no",
    "MY_EXPERIMENT": "7",
    "MY_PASSWORD": "s3cret",
}


def test_only_variables_of_the_list_are_kept_and_secrets_masked():
    found = allowed_variables(VARIABLES)
    assert list(found) == sorted(found)
    assert set(found) == {
        "CUDA_VISIBLE_DEVICES", "NCCL_DEBUG", "RANK", "SLURM_JOB_ID", "TORCH_HOME", "JAX_API_TOKEN", "TF_LONG",
    }  # fmt: skip
    assert found["JAX_API_TOKEN"] == MASK
    assert "s3cret" not in str(found)
    assert len(found["TF_LONG"]) == 1000


def test_a_star_alone_does_not_take_everything():
    assert allowed_variables(VARIABLES, ["*", "**", ""]) == allowed_variables(VARIABLES)


def test_further_variables_are_kept_and_masked_as_well():
    found = allowed_variables(VARIABLES, ["MY_*"])
    assert (found["MY_EXPERIMENT"], found["MY_PASSWORD"]) == ("7", "***")
    assert "HOME" not in found


def test_a_slurm_job_is_described():
    facts = slurm_facts(
        {
            "SLURM_JOB_ID": "4711",
            "SLURM_JOB_NAME": "007",
            "SLURM_ARRAY_JOB_ID": "4700",
            "SLURM_ARRAY_TASK_ID": "11",
            "SLURM_JOB_PARTITION": "gpu",
            "SLURM_NODELIST": "node[1-4]",
            "SLURM_NTASKS": "8",
            "SLURM_CPUS_PER_TASK": "16",
            "SLURM_JOB_GPUS": "0,1",
            "SLURM_MEM_PER_NODE": "",
        }
    )
    assert facts == {
        "job_id": 4711,
        "job_name": "007",
        "array_job_id": 4700,
        "array_task_id": 11,
        "partition": "gpu",
        "nodes": "node[1-4]",
        "tasks": 8,
        "cpus_per_task": 16,
        "gpus": "0,1",
    }
    assert slurm_facts({"SLURM_CONF": "/etc/slurm.conf", "SLURM_NTASKS": "8"}) == {}  # a login node


@pytest.mark.parametrize(
    ("variables", "files", "facts"),
    [
        ({}, {}, {}),
        ({}, {".dockerenv": ""}, {"engine": "docker"}),
        ({}, {"proc/self/cgroup": f"0::/docker/{DIGEST}\n"}, {"engine": "docker", "id": DIGEST}),
        (
            {},
            {
                ".dockerenv": "",
                "proc/self/mountinfo": f"1 2 0:1 /var/lib/docker/containers/{DIGEST}/hostname /etc/hostname\n",
            },
            {"engine": "docker", "id": DIGEST},
        ),
        (
            {},
            {"run/.containerenv": 'engine="podman-4.3"\nname="x"\nimage="docker.io/library/python:3.11"\n'},
            {"engine": "podman", "image": "docker.io/library/python:3.11"},
        ),
        (
            {"APPTAINER_CONTAINER": "/data/torch.sif", "SINGULARITY_CONTAINER": "/data/torch.sif"},
            {},
            {"engine": "apptainer", "image": "/data/torch.sif"},
        ),
        ({"SINGULARITY_CONTAINER": "/data/t.sif"}, {}, {"engine": "singularity", "image": "/data/t.sif"}),
        (
            {"KUBERNETES_SERVICE_HOST": "10.0.0.1", "HOSTNAME": "train-0"},
            {"var/run/secrets/kubernetes.io/serviceaccount/namespace": "lab\n"},
            {"engine": "kubernetes", "pod": "train-0", "namespace": "lab"},
        ),
        ({"container": "lxc"}, {}, {"engine": "lxc"}),
    ],
)
def test_a_container_is_known_by_what_its_engine_leaves_behind(tmp_path, variables, files, facts):
    assert container_facts(variables, write(tmp_path, files)) == facts


def test_a_run_describes_its_machine_after_it_has_begun(tmp_path):
    code = "import reportgen\nwith reportgen.init(project='p', capture='environment') as run: run.log({'a': 1})\n"
    variables = {"OMP_NUM_THREADS": "4", "MY_KEY_NAME": "7", "REPORTGEN_ENV_KEYS": "MY_KEY_NAME"}
    assert run_script(code, tmp_path, **variables)[0] == 0
    (start,), (update,) = (records(only_run(tmp_path / "runs"), kind) for kind in ("start", "update"))
    assert update["variables"]["OMP_NUM_THREADS"] == "4"
    assert update["variables"]["MY_KEY_NAME"] == "7"
    assert update["disk"]
    assert start["implementation"] == "cpython"


def test_a_run_without_environment_does_not(tmp_path):
    code = "import reportgen\nwith reportgen.init(project='p', capture='system') as run: run.log({'a': 1})\n"
    assert run_script(code, tmp_path, OMP_NUM_THREADS="4")[0] == 0
    assert records(only_run(tmp_path / "runs"), "update") == []
