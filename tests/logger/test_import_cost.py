"""What a training script pays before its first line of its own, as modules: seconds depend on the machine."""

import json
import sys

import pytest

from tests.logger.logs import only_run, rows, run_script

EXPENSIVE = {"dataclasses", "logging", "subprocess", "importlib.metadata", "uuid", "platform", "typing"}
NO_PACKAGES = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        package = name.partition(".")[0]
        if package not in sys.stdlib_module_names and package != "reportgen":
            raise ImportError(f"{name} is not installed")

sys.meta_path.insert(0, Refuse())
"""


def newly_loaded(code, folder):
    """Names of the modules that running some code adds."""
    script = f"""
import sys
before = set(sys.modules)
{code}
new = sorted(set(sys.modules) - before)
import json
print("MODULES", json.dumps(new))
"""
    status, out, err = run_script(script, folder)
    assert status == 0, err
    return set(json.loads(out.partition("MODULES")[2]))


def packages(modules):
    return {name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names) - {"reportgen"}


def test_importing_reportgen_loads_next_to_nothing(tmp_path):
    loaded = newly_loaded("import reportgen", tmp_path)
    assert not loaded & EXPENSIVE
    assert not packages(loaded)
    assert {name for name in loaded if name.startswith("reportgen")} == {"reportgen"}


def test_the_logger_itself_loads_nothing_expensive(tmp_path):
    loaded = newly_loaded(
        NO_PACKAGES + "import reportgen; run = reportgen.init(capture=False); run.log({'a': 1.0})", tmp_path
    )
    assert not loaded & EXPENSIVE
    assert not packages(loaded)


def test_init_and_log_need_no_more_than_orjson(tmp_path):
    loaded = newly_loaded("import reportgen; run = reportgen.init(); run.log({'a': 1.0})", tmp_path)
    assert packages(loaded) <= {"orjson"}


@pytest.mark.parametrize("isolated", [True, False])
def test_logging_works_without_any_package(tmp_path, isolated):
    code = (
        (NO_PACKAGES if isolated else "")
        + """
import reportgen
run = reportgen.init(project="p", config={"lr": 1}, sample_seconds=0.1)
run.log({"loss": 0.5, "nested": {"x": float("nan")}, "text": "\\u00e9\\ud800"})
run.log({"h": reportgen.Histogram([1, 2, 3], num_bins=2), "t": reportgen.Table(["a"], [[1]])})
run.log({"loss": float("inf")})
run.finish()
print("orjson" in sys.modules if "sys" in globals() else "")
"""
    )
    status, _, err = run_script(code, tmp_path)
    assert (status, err) == (0, "")
    folder = only_run(tmp_path / "runs")
    logged = rows(folder)
    assert logged[0] == {"_step": 0, "loss": 0.5, "nested.x": "NaN", "text": "é?"}
    assert logged[1]["h"] == {"_type": "histogram", "bins": [1.0, 2.0, 3.0], "values": [1, 2]}
    assert logged[1]["t"]["nrows"] == 1
    assert logged[2] == {"_step": 2, "loss": "Infinity"}
    system = [json.loads(line) for line in (folder / "system.jsonl").read_text().splitlines()]
    assert all(("memory_percent" in row) != isolated for row in system)
