"""A fault's test fails when what guards against the fault is removed from the logger."""

from pathlib import Path

import pytest

import reportgen
from tests.faults.fault import Job, usable
from tests.faults.guards import GUARDS, NOTHING_TO_REMOVE
from tests.faults.test_faults import FAULTS

JOBS = [Job(FAULTS[name], without=guard) for name, guards in GUARDS.items() for guard in guards]
SOURCES = Path(reportgen.__file__).parent / "logger"


def test_every_fault_has_its_guards():
    assert set(GUARDS).isdisjoint(NOTHING_TO_REMOVE)
    assert set(FAULTS) == {*GUARDS, *NOTHING_TO_REMOVE}


@pytest.mark.parametrize("job", JOBS, ids=str)
def test_the_guard_is_where_the_table_says(job):
    source = SOURCES.joinpath(*job.without.module.split(".")).with_suffix(".py").read_text(encoding="utf-8")
    assert job.without.lines in source


@pytest.mark.parametrize("job", JOBS, ids=str)
def test_without_its_guard_the_fault_does_harm(job, outcome):
    found = usable(outcome)
    assert "SyntaxError" not in found.err
    with pytest.raises((AssertionError, OSError, ValueError, KeyError, TypeError)):
        job.fault.check(found)
