"""The machine of a run, as the overview tells of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.pages.machine import machine_facts, variables_tables
from reportgen.pages.overview import overview_facts
from tests.builders import run


def facts_of(context, **environment):
    (project,) = context(run("a").environment(**environment)).workspace.projects
    return {fact.label: fact.value for fact in machine_facts(project.run("a"))}


@pytest.mark.parametrize(
    ("environment", "label", "value"),
    [
        ({"cpu": "EPYC", "cpu_count": 128}, "CPU", "EPYC, 128 cores"),
        ({"cpu": "EPYC", "cpu_count": 128, "cpu_count_physical": 64}, "CPU", "EPYC, 64 cores, 128 threads"),
        ({"cpu": "EPYC", "cpu_count": 8, "cpu_limit": 2.5}, "CPU", "EPYC, 8 cores, 2.5 of them for this run"),
        ({"memory": {"total": 64e9, "limit": 8e9}}, "Memory", "64 GB, 8.0 GB of it for this run"),
        (
            {"gpu": [{"name": "H200", "memory_total": 141e9}] * 2, "gpu_driver": "570.86", "cuda": "12.8"},
            "GPU",
            "2 H200 (141 GB), driver 570.86, CUDA 12.8",
        ),
        ({"gpu": [{"name": "H200", "mig": [{}, {}]}]}, "GPU", "H200 in 2 parts"),
        ({"gpu_driver": "570.86"}, "GPU", None),
        (
            {"disk": {"/": {"total": 100e9, "used": 25e9}, "/data": {"total": 2e12, "used": 1e12}}},
            "Disk",
            "/: 25 GB of 100 GB used; /data: 1.0 TB of 2.0 TB used",
        ),
        (
            {"container": {"engine": "docker", "id": "0123456789abcdef" * 4, "image": "torch:2"}},
            "Container",
            "docker, torch:2, 0123456789ab",
        ),
        ({"container": {"id": "0123"}}, "Container", None),
        (
            {"slurm": {"job_id": 4711, "array_task_id": 0, "partition": "gpu", "nodes": "node[1-4]"}},
            "SLURM",
            "job 4711, task 0 of an array, partition gpu, on node[1-4]",
        ),
    ],
)
def test_the_machine_is_told_in_words(context_of, environment, label, value):
    assert facts_of(context_of, **environment).get(label) == value


def test_variables_are_a_folded_table(context_of):
    context = context_of(run("a").environment(variables={"RANK": "3", "CUDA_VISIBLE_DEVICES": "0,1"}), run("b"))
    (project,) = context.workspace.projects
    (table,) = variables_tables(project.run("a"))
    assert (table.rows, table.folded) == ((("CUDA_VISIBLE_DEVICES", "0,1", "0,1"), ("RANK", "3", "3")), True)
    assert variables_tables(project.run("b")) == ()


@pytest.mark.parametrize(
    ("git", "label", "value"),
    [
        ({"dirty": False}, "Commit", "0123456789"),
        ({"dirty": True}, "Commit", "0123456789 and uncommitted changes"),
        ({"unpushed": 1}, "Commit", "0123456789 and 1 commit not pushed"),
        ({"dirty": True, "unpushed": 3}, "Commit", "0123456789, uncommitted changes and 3 commits not pushed"),
        ({"submodules": [{"dirty": True}, {}, 7]}, "Submodules", "3, 1 of them changed"),
        ({"submodules": [{"dirty": False}]}, "Submodules", "1"),
        ({"submodules": "7"}, "Submodules", None),
    ],
)
def test_the_code_is_told_in_words(context_of, git, label, value):
    (project,) = context_of(run("a").environment(git={"commit": "0123456789abcdef", **git})).workspace.projects
    groups = overview_facts(project.run("a"))
    assert {fact.label: fact.value for group in groups for fact in group.facts}.get(label) == value


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = (
    "cpu",
    "cpu_count",
    "cpu_count_physical",
    "cpu_limit",
    "memory",
    "gpu",
    "disk",
    "container",
    "slurm",
    "variables",
)


class Told:
    """As much of a run as the facts look at."""

    def __init__(self, environment):
        self.environment = environment


@settings(max_examples=200, deadline=None)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, ANYTHING)))
def test_whatever_a_log_says_of_a_machine_is_told_or_left_out(environment):
    assert all(isinstance(fact.value, str) for fact in machine_facts(Told(environment)))
    variables_tables(Told(environment))
