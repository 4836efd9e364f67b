import re
import sys

from reportgen.logger.capture.packages import requirements


def test_what_is_installed_is_listed_sorted():
    lines = requirements(sys.path).splitlines()
    assert lines == sorted(lines, key=lambda line: line.partition("==")[0])
    assert all(re.fullmatch(r"[a-z0-9.-]+==\S+", line) for line in lines)
    import numpy as np

    assert f"numpy=={np.__version__}" in lines


def test_the_first_of_two_versions_counts_and_other_files_do_not(tmp_path):
    for folder in (
        "first/some_Package-1.0.dist-info",
        "second/some_Package-2.0.dist-info",
        "second/Old-0.1-py3.9.egg-info",
    ):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "second" / "module-1.py").write_text("")
    path = [str(tmp_path / "first"), str(tmp_path / "second"), str(tmp_path / "missing.zip")]
    assert requirements(path) == "old==0.1\nsome-package==1.0\n"
