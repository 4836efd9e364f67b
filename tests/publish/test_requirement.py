"""Where another machine can install this reportgen from."""

import json
import subprocess
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from reportgen.publish import installed_requirement


def installed(folder: Path, direct_url: object = None) -> Distribution:
    """The metadata that an installer leaves behind."""
    info = folder / "reportgen-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.4\nName: reportgen\nVersion: 0.1.0\n")
    if direct_url:
        (info / "direct_url.json").write_text(json.dumps(direct_url))
    return Distribution.at(info)


def test_from_an_index_where_the_name_may_be_somebody_elses(tmp_path: Path) -> None:
    assert installed_requirement(installed(tmp_path)) == ""


def test_from_a_repository(tmp_path: Path) -> None:
    recorded = {"url": "https://example.org/reportgen.git", "vcs_info": {"vcs": "git", "commit_id": "ab12"}}
    assert installed_requirement(installed(tmp_path, recorded)) == "git+https://example.org/reportgen.git@ab12"


def test_from_an_archive_on_the_web(tmp_path: Path) -> None:
    recorded = {"url": "https://example.org/reportgen-0.1.0.whl", "archive_info": {}}
    assert installed_requirement(installed(tmp_path, recorded)) == "https://example.org/reportgen-0.1.0.whl"


def test_from_an_archive_on_this_machine(tmp_path: Path) -> None:
    recorded = {"url": "file:///downloads/reportgen-0.1.0.whl", "archive_info": {}}
    assert installed_requirement(installed(tmp_path, recorded)) == ""


@pytest.mark.parametrize(
    ("origin", "requirement"),
    [
        ("https://ada:secret@example.org/ada/reportgen.git", "git+https://example.org/ada/reportgen.git@{commit}"),
        ("/srv/git/reportgen.git", ""),
        ("git@example.org:ada/reportgen.git", ""),
    ],
)
def test_from_a_checkout_only_its_public_address(tmp_path: Path, origin: str, requirement: str) -> None:
    checkout = tmp_path / "check out"
    checkout.mkdir()
    for arguments in (
        ["init", "-q"],
        ["-c", "user.name=Ada", "-c", "user.email=a@example.org", "commit", "-q", "--allow-empty", "-m", "first"],
        ["remote", "add", "origin", origin],
    ):
        subprocess.run(["git", *arguments], cwd=checkout, check=True)
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=checkout, capture_output=True, text=True, check=True)
    recorded = {"url": checkout.as_uri(), "dir_info": {"editable": True}}
    expected = requirement.format(commit=commit.stdout.strip())
    assert installed_requirement(installed(tmp_path, recorded)) == expected
