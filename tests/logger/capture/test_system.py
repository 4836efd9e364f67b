import time

from tests.logger.logs import lines


def test_samples_have_wandbs_names_and_sensible_values(begin):
    run = begin(capture="system", sample_seconds=0.1)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and len(samples(run)) < 3:
        sum(range(10_000))
    run.finish()
    rows = samples(run)
    assert len(rows) >= 3
    last = rows[-1]
    expected = (
        "_timestamp cpu proc.cpu proc.cpu.threads memory_percent proc.memory.rssMB proc.memory.percent "
        "proc.memory.availableMB disk.usagePercent disk.usageGB network.sent network.recv"
    )
    assert set(expected.split()) <= set().union(*rows)
    assert all(isinstance(value, int | float) for row in rows for value in row.values())
    assert 0 <= last["memory_percent"] <= 100
    assert 5 < last["proc.memory.rssMB"] < 100_000
    assert [row["_timestamp"] for row in rows] == sorted(row["_timestamp"] for row in rows)


def samples(run):
    try:
        return lines(f"{run.dir}/system.jsonl")
    except (FileNotFoundError, AssertionError):
        return []


def test_without_system_metrics_there_is_still_a_sign_of_life(begin):
    run = begin(capture=False)
    run.finish()
    (row,) = samples(run)
    assert set(row) == {"_timestamp"}
