"""Training goes on, whatever happens: each fault in a process of its own, and again without what guards against it."""

import pytest

from tests.faults import disk_faults, process_faults, value_faults
from tests.faults.fault import Job, usable

FAULTS = {fault.name: fault for faults in (disk_faults, value_faults, process_faults) for fault in faults.FAULTS}


@pytest.mark.parametrize("job", [Job(fault) for fault in FAULTS.values()], ids=str)
def test_training_goes_on(job, outcome):
    job.fault.check(usable(outcome))


@pytest.mark.parametrize("job", [Job(fault, strict=True) for fault in FAULTS.values() if fault.strict], ids=str)
def test_a_strict_run_raises(job, outcome):
    found = usable(outcome)
    assert found.status not in {0, None}
    assert job.fault.strict in found.err
    assert "done" not in found.out
