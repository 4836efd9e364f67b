"""Whatever bytes are in a run folder, it loads, and every intact row is in what was loaded.

What is intact is said by a second, naive reader (`tests.fuzz.oracle`). `tests.fuzz.reader` asks the same for hours.
"""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import comparable, load
from tests.fuzz import claims
from tests.fuzz.logs import one_writer, run_folders

SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOMEWHERE = st.floats(0, 1)


@settings(SETTINGS, max_examples=200)
@given(run_folders)
def test_every_intact_row_is_returned_and_every_bad_line_is_counted(log):
    with tempfile.TemporaryDirectory() as name:
        claims.agrees_with_the_oracle(claims.read(claims.write(Path(name), log)), log)


@SETTINGS
@given(one_writer, st.integers(1, 2_000))
def test_how_much_is_read_at_a_time_changes_nothing(log, size):
    with tempfile.TemporaryDirectory() as name:
        folder = claims.write(Path(name), log)
        claims.blocks_do_not_matter(folder, comparable(claims.read(folder)), size)


@SETTINGS
@given(run_folders, SOMEWHERE)
def test_a_log_cut_at_any_byte_loads_and_gives_a_prefix(log, share):
    with tempfile.TemporaryDirectory() as name:
        for file, data in log.items():
            claims.a_cut_gives_a_prefix(Path(name), log, file, round(share * len(data)))


@SETTINGS
@given(run_folders, SOMEWHERE)
def test_a_cold_a_warm_and_a_damaged_cache_give_what_no_cache_gives(log, share):
    with tempfile.TemporaryDirectory() as name:
        folder = claims.write(Path(name), log)
        claims.a_cache_does_not_matter(folder, comparable(claims.read(folder)), Path(name, "cache"), share)


@SETTINGS
@given(run_folders, SOMEWHERE)
def test_a_cached_log_that_grows_shrinks_or_is_rewritten_at_its_length_is_read_as_if_it_were_new(log, share):
    with tempfile.TemporaryDirectory() as name:
        for file, data in log.items():
            claims.what_was_there_before_does_not_matter(Path(name), log, file, round(share * len(data)))


@SETTINGS
@given(st.lists(run_folders, min_size=1, max_size=3))
def test_a_project_of_any_runs_loads_with_all_rows_and_the_same_from_the_cache(logs):
    """Their start records name each other as what they were forked from."""
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        logged = {}
        for place, log in zip("abc", logs, strict=False):
            claims.write(top, log, place)
            logged[place] = claims.rows(log)
        workspace = load(top)
        found = {run.id: run.rows for project in workspace.projects for run in project.runs}
        assert found == {place: rows for place, rows in logged.items() if rows is not None}
        assert comparable(load(top).projects) == comparable(workspace.projects)
