"""The ranks of a job write one run: real processes with what launchers put into their environment."""

import json
import os
from pathlib import Path

import pytest

from reportgen.logger.attempts.process_mark import process_mark
from reportgen.logger.attempts.ranks import find_rank, run_id_of
from tests.logger.logs import lines, only_run, run_script

SIZE = 4
LAUNCHER = """
import json, os, random, subprocess, sys, time
size, variables = int(os.environ["SIZE"]), json.loads(os.environ["VARIABLES"])
ranks = []
for rank in random.sample(range(size), size):
    place = {"rank": rank, "size": size, "local": rank % 2, "node": rank // 2}
    mine = {name: value.format(**place) for name, value in variables.items()}
    ranks.append(subprocess.Popen([sys.executable, "-c", os.environ["RANK_CODE"]], env={**os.environ, **mine}))
    time.sleep(random.random() / 50)
sys.exit(max(abs(rank.wait()) for rank in ranks))
"""
CODE = """
import random, time
import reportgen
time.sleep(random.random() / 20)
run = reportgen.init(project="p", capture=["git", "packages"])
for step in range(3):
    run.log({"loss": step, "pid": __import__("os").getpid()})
run.finish()
run = None
"""
TORCHRUN = {
    "RANK": "{rank}",
    "WORLD_SIZE": "{size}",
    "LOCAL_RANK": "{local}",
    "LOCAL_WORLD_SIZE": "2",
    "MASTER_ADDR": "node-0",
    "MASTER_PORT": "29500",
    "TORCHELASTIC_RUN_ID": "none",
}
ONE_HOST = {**TORCHRUN, "LOCAL_RANK": "{rank}", "LOCAL_WORLD_SIZE": "{size}"}
SLURM = {
    "SLURM_JOB_ID": "4711",
    "SLURM_STEP_ID": "0",
    "SLURM_PROCID": "{rank}",
    "SLURM_NTASKS": "{size}",
    "SLURM_LOCALID": "{local}",
    "HOSTNAME": "node-{node}",
    "REPORTGEN_HOST": "node-{node}",
}
OPEN_MPI = {
    "OMPI_COMM_WORLD_RANK": "{rank}",
    "OMPI_COMM_WORLD_SIZE": "{size}",
    "OMPI_COMM_WORLD_LOCAL_RANK": "{local}",
    "PMIX_NAMESPACE": "prterun-node-0-77@1",
}
MPICH = {"PMI_RANK": "{rank}", "PMI_SIZE": "{size}", "MPI_LOCALRANKID": "{rank}", "MPI_LOCALNRANKS": "{size}"}
OURS = {"REPORTGEN_RANK": "{rank}", "REPORTGEN_WORLD_SIZE": "{size}", "REPORTGEN_JOB": "monday"}


def launch(folder, variables, code=CODE, size=SIZE, **more):
    """Start the ranks of a job one by one, in any order, from a process of its own; what they printed."""
    environment = {"SIZE": str(size), "VARIABLES": json.dumps(variables), "RANK_CODE": code, **more}
    status, out, err = run_script(LAUNCHER, folder, **environment)
    assert status == 0, err
    return out.splitlines(), err


def starts(folder):
    """The start records of a run by the name of their file."""
    return {path.name: lines(path)[0] for path in folder.glob("run*.jsonl")}


@pytest.mark.parametrize(
    "variables",
    [
        ONE_HOST,
        {**TORCHRUN, "TORCHELASTIC_RUN_ID": "night-shift"},
        {**TORCHRUN, **SLURM, "SLURM_PROCID": "0", "SLURM_NTASKS": "2"},
        {"MASTER_ADDR": "localhost", "RANK": "{rank}", "WORLD_SIZE": "{size}"},
        SLURM,
        OPEN_MPI,
        MPICH,
        {**MPICH, "MPI_LOCALNRANKS": "2", "PMI_JOBID": "77.node-0"},
        OURS,
    ],
    ids=[
        *("torchrun on one host", "torchrun with an id", "torchrun under srun", "ranks without an agent"),
        *("srun on two hosts", "Open MPI", "MPICH", "MPICH on two hosts", "our own variables"),
    ],
)
def test_ranks_find_the_same_run_and_files_of_their_own(tmp_path, variables):
    launch(tmp_path, variables)
    folder = only_run(tmp_path / "runs")
    found = starts(folder)
    assert set(found) == {"run.jsonl", "run.rank1.jsonl", "run.rank2.jsonl", "run.rank3.jsonl"}
    for rank in range(SIZE):
        suffix = f".rank{rank}" if rank else ""
        start = found[f"run{suffix}.jsonl"]
        assert (start["rank"], start["world_size"], start["attempt"], start["id"]) == (rank, SIZE, 1, folder.name)
        written = lines(folder / f"metrics{suffix}.jsonl")
        assert [row["_step"] for row in written] == [0, 1, 2]
        assert {row["pid"] for row in written} == {start["pid"]}
        assert lines(folder / f"run{suffix}.jsonl")[-1]["type"] == "finish"
    assert len({start["job"] for start in found.values()}) == 1
    assert (folder / "files" / "requirements.txt").is_file()


def test_two_hosts_on_a_shared_folder_are_told_apart(tmp_path):
    launch(tmp_path, SLURM)
    found = starts(only_run(tmp_path / "runs"))
    assert [found[f"run{name}.jsonl"]["local_rank"] for name in ("", ".rank1", ".rank2", ".rank3")] == [0, 1, 0, 1]


def test_each_launch_is_a_run_and_so_is_each_init(tmp_path):
    twice = CODE + CODE
    launch(tmp_path, ONE_HOST, twice, size=2)
    launch(tmp_path, ONE_HOST, twice, size=2)
    folders = list((tmp_path / "runs" / "p").iterdir())
    assert len(folders) == 4
    assert all(set(starts(folder)) == {"run.jsonl", "run.rank1.jsonl"} for folder in folders)


@pytest.mark.parametrize("more", [{"SLURM_RESTART_COUNT": "1"}, {"SLURM_STEP_ID": "1"}, {"SLURM_JOB_ID": "4712"}])
def test_another_job_is_another_run(tmp_path, more):
    launch(tmp_path, SLURM, size=2)
    launch(tmp_path, {**SLURM, **more}, size=2)
    assert len(list((tmp_path / "runs" / "p").iterdir())) == 2


def test_a_job_that_nobody_can_name_is_a_group_of_runs(tmp_path):
    _, err = launch(tmp_path, TORCHRUN)
    folders = list((tmp_path / "runs" / "p").iterdir())
    found = [lines(folder / "run.jsonl") for folder in folders]
    assert len(folders) == SIZE
    assert len({records[0]["group"] for records in found}) == 1
    configs = [record["config"] for records in found for record in records if record["type"] == "config"]
    assert sorted(config["rank"] for config in configs) == list(range(SIZE))
    assert err.count("REPORTGEN_RUN_ID") == 1


RESUMED = """
import os, random, time
import reportgen
run = reportgen.init(project="p", resume=os.environ["HOW"], capture=False, **eval(os.environ.get("MORE", "{}")))
os.write(1, f"{run.id} {run.resumed} {run.starting_step}\\n".encode())  # whole, among what others print
time.sleep(random.random() / 20)
for step in range(3):
    run.log({"loss": step})
if run.starting_step < 6:
    os._exit(0)
"""


@pytest.mark.parametrize("sizes", [(2, 2), (2, 4), (4, 2)])
def test_ranks_go_on_together_also_when_there_are_more_or_fewer(tmp_path, sizes):
    more = {"HOW": "allow", "MORE": "dict(id='a')"}
    said, _ = launch(tmp_path, SLURM, RESUMED, sizes[0], **more)
    assert set(said) == {"a False 0"}
    said, _ = launch(tmp_path, {**SLURM, "SLURM_RESTART_COUNT": "1"}, RESUMED, sizes[1], **more)
    assert said == ["a True 3"] * sizes[1]
    found = starts(tmp_path / "runs" / "p" / "a")
    second = [start for start in found.values() if start["attempt"] == 2]
    assert [start["starting_step"] for start in second] == [3] * sizes[1]
    assert len(found) == sum(sizes)
    assert {name for name, start in found.items() if start["attempt"] == 2} == {
        f"run{f'.rank{rank}' if rank else ''}.2.jsonl" for rank in range(sizes[1])
    }


def test_a_preempted_job_goes_on_by_itself(tmp_path):
    outputs = [
        launch(tmp_path, {**SLURM, "SLURM_RESTART_COUNT": str(turn)}, RESUMED, HOW="auto")[0] for turn in range(4)
    ]
    run_id = outputs[0][0].split()[0]
    assert outputs[:3] == [[f"{run_id} {turn > 0} {3 * turn}"] * SIZE for turn in range(3)]
    assert {line.split()[1] for line in outputs[3]} == {"False"}  # the third attempt has finished
    assert len({line.split()[0] for line in outputs[3]} | {run_id}) == 2


def test_an_elastic_restart_is_an_attempt_of_the_same_run(tmp_path):
    """The agent stays and starts its workers again."""
    twice = "import os\nfor turn in '01':\n    os.environ['TORCHELASTIC_RESTART_COUNT'] = turn\n"
    status, _, err = run_script(
        twice + "\n".join(f"    {line}" for line in LAUNCHER.replace("sys.exit", "assert 0 ==").splitlines()),
        tmp_path,
        SIZE="2",
        VARIABLES=json.dumps(ONE_HOST),
        RANK_CODE=RESUMED,
        HOW="allow",
    )
    assert status == 0, err
    found = starts(only_run(tmp_path / "runs"))
    assert {name: (start["attempt"], start["starting_step"]) for name, start in found.items()} == {
        "run.jsonl": (1, 0),
        "run.rank1.jsonl": (1, 0),
        "run.2.jsonl": (2, 3),
        "run.rank1.2.jsonl": (2, 3),
    }


def test_ranks_go_on_within_one_launch(tmp_path):
    code = RESUMED + RESUMED.replace("os.write(", "assert run.resumed; os.write(")
    said, _ = launch(
        tmp_path, SLURM, code.replace("os._exit(0)", "run.finish()"), size=2, HOW="allow", MORE="dict(id='a')"
    )
    assert sorted(said) == ["a False 0"] * 2 + ["a True 3"] * 2


def test_a_rank_alone_in_logging_is_like_any_run(tmp_path):
    code = "import os\nif os.environ['RANK'] == '0':\n" + "\n".join(f"    {line}" for line in CODE.splitlines())
    launch(tmp_path, ONE_HOST, code)
    assert set(starts(only_run(tmp_path / "runs"))) == {"run.jsonl"}


def test_a_worker_of_a_rank_that_begins_a_run_is_no_rank(tmp_path):
    code = CODE + (
        "import os\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    reportgen.init(project='own', capture=False).log({'a': 1})\n"
        "    os._exit(0)\n"
        "os.waitpid(child, 0)\n"
    )
    launch(tmp_path, ONE_HOST, code, size=2)
    folders = list((tmp_path / "runs" / "own").iterdir())
    assert [set(starts(folder)) for folder in folders] == [{"run.jsonl"}, {"run.jsonl"}]
    assert "rank" not in starts(folders[0])["run.jsonl"]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, None),
        ({"RANK": "0", "WORLD_SIZE": "1"}, None),
        ({"RANK": "3", "WORLD_SIZE": "2"}, None),
        ({"RANK": "x", "WORLD_SIZE": "2"}, None),
        ({"RANK": "1", "WORLD_SIZE": "2"}, (1, 2, None)),
        ({"RANK": "1", "WORLD_SIZE": "2", "LOCAL_RANK": "0", "SLURM_PROCID": "5", "SLURM_NTASKS": "9"}, (1, 2, 0)),
        ({"SLURM_JOB_ID": "1", "SLURM_PROCID": "0", "SLURM_NTASKS": "8"}, None),  # sbatch, without srun
        ({**dict.fromkeys(SLURM, "0"), "SLURM_NTASKS": "1"}, None),
        ({**dict.fromkeys(SLURM, "0"), "SLURM_NTASKS": "8", "SLURM_STEP_NUM_TASKS": "1"}, None),
        ({**dict.fromkeys(SLURM, "0"), "SLURM_NTASKS": "8", "SLURM_STEP_ID": "4294967290"}, None),  # a shell
        ({**dict.fromkeys(SLURM, "0"), "SLURM_NTASKS": "8"}, (0, 8, 0)),
        ({"REPORTGEN_RANK": "2", "REPORTGEN_WORLD_SIZE": "3", "RANK": "0", "WORLD_SIZE": "9"}, (2, 3, None)),
    ],
    ids=str,
)
def test_the_rank_is_found_in_the_environment(known, expected):
    found = find_rank(known)
    assert expected == (None if found is None else (found.rank, found.world_size, found.local_rank))


def test_ids_of_jobs_look_like_any_other_and_tell_jobs_projects_and_runs_apart():
    known = {"REPORTGEN_RANK": "0", "REPORTGEN_WORLD_SIZE": "2"}
    ids = set()
    for job in ("a", "b"):
        for project in ("p", "q"):
            for _ in range(2):
                rank = find_rank({**known, "REPORTGEN_JOB": job})
                rank.begin_run()
                ids.add(run_id_of(rank, project))
    assert len(ids) == 8
    assert all(len(run_id) == 8 and run_id.isalnum() and run_id.islower() for run_id in ids)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc here")
def test_a_process_has_one_mark_and_a_dead_one_none():
    assert process_mark(os.getpid()) == process_mark(os.getpid())
    assert process_mark(os.getpid()) != process_mark(os.getppid())
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert process_mark(child) is None  # it has ended, and its number is still taken
    os.waitpid(child, 0)
    assert process_mark(child) is None


def test_the_array_of_a_job_is_part_of_the_configuration(begin, monkeypatch):
    for name, value in {"JOB_ID": "812", "TASK_ID": "7", "TASK_COUNT": "10", "TASK_MIN": "1"}.items():
        monkeypatch.setenv(f"SLURM_ARRAY_{name}", value)
    run = begin(project="p", config={"slurm": {"array_task_min": 3}, "lr": 1})
    slurm = {"array_job_id": 812, "array_task_id": 7, "array_task_count": 10, "array_task_min": 3}
    assert run.config.as_dict() == {"slurm": slurm, "lr": 1}  # what is given wins
    (record,) = [record for record in lines(Path(run.folder, "run.jsonl")) if record["type"] == "config"]
    assert record["config"] == {"slurm": slurm, "lr": 1}
