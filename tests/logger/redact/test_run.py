"""A run whose surroundings are full of secrets has none of them in its run log, unless redaction is switched off."""

import subprocess
from pathlib import Path

import pytest

from tests.logger.logs import only_run, records, run_script
from tests.logger.redact.corpus import ISSUED, private_key, word

SECRETS = {
    place: f"{word(20, seed=number)}{number}"
    for number, place in enumerate(("config", "env", "remote", "diff", "console"), 30)
}
SCRIPT = f"""
import os, sys
sys.orig_argv = [*sys.orig_argv, "--token", "{ISSUED["GitHub"]}", "--api-key={ISSUED["OpenAI"]}"]
os.environ["NCCL_SECRET_TOKEN"] = "{SECRETS["env"]}"
import reportgen
config = {{"lr": 0.1, "db": {{"password": "{SECRETS["config"]}"}}}}
run = reportgen.init(project="p", config=config, settings=reportgen.Settings(console="CONSOLE"))
assert run.config.db.password == "{SECRETS["config"]}"
run.config.hf_token = "{ISSUED["Hugging Face"]}"
print("password='{SECRETS["console"]}'")
run.log({{"loss": 1}})
"""


def git(folder, *arguments):
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def logged(folder):
    return b"\n".join(path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()).decode(
        "utf-8", "replace"
    )


@pytest.fixture
def repository(tmp_path):
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-qm", "first", "--allow-empty")
    git(tmp_path, "remote", "add", "origin", f"https://ada:{SECRETS['remote']}@example.org/a.git")
    (tmp_path / ".gitignore").write_text("runs/\ntrain.py\n")
    (tmp_path / "password_reset.py").write_text(f"api_key = '{SECRETS['diff']}'\n{private_key()}\nlr = 1\n")
    (tmp_path / "secrets.yaml").write_text(f"key: {SECRETS['diff']}\n")
    return tmp_path


@pytest.mark.parametrize("console", ["wrap", "redirect"])
def test_no_secret_reaches_the_run_log(repository, console):
    status, out, err = run_script(SCRIPT.replace("CONSOLE", console), repository)
    assert (status, out) == (0, f"password='{SECRETS['console']}'\n"), err
    run = only_run(repository / "runs")
    text = logged(run)
    for secret in (*SECRETS.values(), ISSUED["GitHub"], ISSUED["OpenAI"], ISSUED["Hugging Face"], word(64, seed=1)):
        assert secret not in text, secret
    (start,) = records(run, "start")
    assert start["command"][-3:] == ["--token", "***", "--api-key=***"]
    assert [record["config"] for record in records(run, "config")] == [
        {"lr": 0.1, "db": {"password": "***"}},
        {"hf_token": "***"},
    ]
    found = {key: value for record in records(run, "update") for key, value in record.get("git", {}).items()}
    assert found["remote"] == "https://example.org/a.git"
    assert found["masked"] == ["password_reset.py"]
    assert "+lr = 1" in (run / "files/diff.patch").read_text()
    assert "password='***'" in (run / "console.jsonl").read_text()


def test_redaction_can_be_switched_off(repository):
    status, _, err = run_script(SCRIPT.replace("CONSOLE", "wrap"), repository, REPORTGEN_REDACT="0")
    assert status == 0, err
    text = logged(only_run(repository / "runs"))
    for place in ("config", "env", "diff", "console"):
        assert SECRETS[place] in text, place
    assert SECRETS["remote"] not in text  # nobody needs that in an address
    assert ISSUED["GitHub"] in text
