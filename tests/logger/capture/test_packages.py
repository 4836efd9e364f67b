import json
import re
import sys

import pytest

from reportgen.logger.capture.packages import normalized, requirements

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def test_what_is_installed_is_listed_sorted():
    lines = requirements(sys.path).splitlines()
    assert lines == sorted(lines, key=lambda line: line.partition("==")[0].partition(" @")[0])
    assert all(re.fullmatch(r"[a-z0-9-]+(==\S+| @ \S+)(  # .*)?", line) for line in lines)
    import numpy as np

    assert f"numpy=={np.__version__}" in lines


def test_every_package_is_there_with_the_version_that_python_itself_reports():
    from importlib.metadata import distributions

    listed = {line.split("==")[0]: line.split("==")[1].split()[0] for line in requirements(sys.path).splitlines()}
    installed = {}
    for found in distributions():
        installed.setdefault(normalized(found.metadata["Name"]), found.version)
    assert listed == installed


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


@pytest.mark.parametrize(
    ("folder", "file", "content", "line"),
    [
        (
            "checkout.egg-info",
            "PKG-INFO",
            "Metadata-Version: 2.1\nName: Check.Out\nVersion: 0.3.dev1\n",
            "check-out==0.3.dev1",
        ),
        (
            "my-old-tool-1.0.dist-info",
            "METADATA",
            "Name: my-old-tool\nVersion: 1.0\n\nName: prose\n",
            "my-old-tool==1.0",
        ),
        ("my-old-tool-1.0.dist-info", "METADATA", "Nothing: here\n", ""),
        ("nothing.egg-info", "other", "", ""),
        ("a__b-1!2.0+cu118.dist-info", "METADATA", "", "a-b==1!2.0+cu118"),
    ],
)
def test_names_that_a_folder_does_not_tell_stand_in_the_metadata(tmp_path, folder, file, content, line):
    (tmp_path / folder).mkdir()
    (tmp_path / folder / file).write_text(content)
    assert requirements([str(tmp_path)]).rstrip("\n") == line


def test_an_egg_info_may_be_a_file(tmp_path):
    (tmp_path / "tool.egg-info").write_text("Name: tool\nVersion: 2\n")
    assert requirements([str(tmp_path)]) == "tool==2\n"


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        (
            {"url": "https://ada:t0ken@example.org/lib.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"lib @ git+https://example.org/lib.git@{COMMIT}  # lib==1.0",
        ),
        ({"url": "file:///home/ada/lib", "dir_info": {"editable": True}}, "lib==1.0  # editable, file:///home/ada/lib"),
        ({"url": "file:///home/ada/lib", "dir_info": {}}, "lib==1.0  # file:///home/ada/lib"),
        ({"url": "https://example.org/lib.whl", "archive_info": {}}, "lib==1.0  # https://example.org/lib.whl"),
        ({"url": "https://example.org/a\nevil==1"}, "lib==1.0  # https://example.org/aevil==1"),
        ({"url": "x", "vcs_info": {"vcs": "git"}}, "lib==1.0"),
        ({"vcs_info": 3}, "lib==1.0"),
        ([], "lib==1.0"),
        ("{", "lib==1.0"),
    ],
)
def test_what_came_from_elsewhere_says_so(tmp_path, origin, line):
    folder = tmp_path / "lib-1.0.dist-info"
    folder.mkdir()
    (folder / "direct_url.json").write_text(origin if isinstance(origin, str) else json.dumps(origin))
    assert requirements([str(tmp_path)]) == f"{line}\n"


def test_packages_of_conda_stand_behind(tmp_path):
    (tmp_path / "numpy-2.0.dist-info").mkdir()
    (tmp_path / "conda-meta").mkdir()
    for name in ("numpy-2.0-py311h64a7726_0.json", "cuda-cudart-12.4.127-0.json", "history"):
        (tmp_path / "conda-meta" / name).write_text("{}")
    assert requirements([str(tmp_path)], str(tmp_path)).splitlines() == [
        "numpy==2.0",
        "# conda: cuda-cudart=12.4.127=0",
        "# conda: numpy=2.0=py311h64a7726_0",
    ]
