"""Secrets are masked, and what only sounds like one is not."""

import subprocess

import pytest
from detect_secrets import settings
from detect_secrets.core import scan
from hypothesis import given
from hypothesis import strategies as st

from reportgen.logger.redact.masking import masked_command, masked_patch, masked_text, masked_url, masked_value
from reportgen.logger.redact.names import is_secret_name
from tests.logger.redact.corpus import ASSIGNED, HIDDEN, INNOCENT, ISSUED, private_key, word


@pytest.mark.parametrize("service", ISSUED)
@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "token {} is set",
        "x='{}'",
        '{{"a": "{}"}}',
        "({})",
        "https://x.org/?q={}&b=1",
        "\x1b[32m{}\x1b[0m",
        "\x1b[1;31m{}",
        "\\n{}\\n",
    ],
)
def test_what_a_service_issues_is_masked_wherever_it_stands(service, around):
    said = masked_text(around.format(ISSUED[service]))
    assert ISSUED[service][6:] not in said
    assert said == around.format("***")


@pytest.mark.parametrize("line", ASSIGNED)
def test_what_is_assigned_to_a_secret_name_is_masked(line):
    said = masked_text(line)
    assert HIDDEN not in said
    assert "***" in said


@pytest.mark.parametrize("line", INNOCENT)
def test_what_training_says_stays(line):
    assert masked_text(line) == line


@pytest.mark.parametrize("key", [private_key(), private_key("\\n"), f"x = '{private_key(chr(10))}'"])
def test_private_keys_are_masked_and_lines_stay(key):
    said = masked_text(f"before\n{key}\nafter\n")
    assert not any(word(64, seed=line) in said for line in range(3))
    assert said.count("\n") == f"before\n{key}\nafter\n".count("\n")
    assert (said.startswith("before\n"), said.endswith("after\n")) == (True, True)


def test_another_scanner_finds_nothing_in_what_is_left(tmp_path):
    """detect-secrets is the judge; it is asked only about what has a shape, as it also takes any hash for a secret."""
    names = (
        "AWSKeyDetector AzureStorageKeyDetector BasicAuthDetector DiscordBotTokenDetector GitHubTokenDetector"
        " GitLabTokenDetector JwtTokenDetector KeywordDetector MailchimpDetector NpmDetector OpenAIDetector"
        " PrivateKeyDetector PypiTokenDetector SendGridDetector SlackDetector StripeDetector TelegramBotTokenDetector"
        " TwilioKeyDetector"
    )
    lines = [*ISSUED.values(), *ASSIGNED, *private_key().splitlines()]
    found = {}
    for name, text in (("before", "\n".join(lines)), ("after", masked_text("\n".join(lines)))):
        path = tmp_path / f"{name}.txt"
        path.write_text(text)
        with settings.transient_settings({"plugins_used": [{"name": each} for each in names.split()]}):
            found[name] = [
                secret.line_number for secret in scan.scan_file(str(path)) if "***" not in (secret.secret_value or "")
            ]
    assert len(set(found["before"])) > 12
    assert [
        line for line in found["after"] if "BEGIN" not in masked_text("\n".join(lines)).splitlines()[line - 1]
    ] == []


@pytest.mark.parametrize(
    "name",
    [
        "token",
        "hf_token",
        "--api-key",
        "apiKey",
        "DB_PASSWORD",
        "AWS_SECRET_ACCESS_KEY",
        "client_secret",
        "passwd",
        "private-key",
        "openai_key",
        "smtpPassword",
        "session_key",
        "accessToken",
        "credentials",
    ],
)
def test_secret_names(name):
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "tokenizer",
        "tokenizer_path",
        "max_tokens",
        "eos_token",
        "token_dim",
        "tokens_per_second",
        "key",
        "sort_key",
        "keys",
        "monkey",
        "author",
        "passes",
        "n_passes",
        "bypass",
        "compass",
        "secretary",
        "public_key",
        "embed_token_type",
        "pad_token",
    ],
)
def test_names_that_only_sound_secret(name):
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        ("https://user:t0ken@github.com/a/b.git", "https://github.com/a/b.git"),
        ("https://t0ken@github.com/a/b.git?x=t0ken", "https://github.com/a/b.git"),
        ("https://github.com/a/b.git", "https://github.com/a/b.git"),
        ("git@github.com:a/b.git", "git@github.com:a/b.git"),
        ("ssh://git:t0ken@example.org:22/a", "ssh://git@example.org:22/a"),
        ("ssh://git@example.org/a", "ssh://git@example.org/a"),
        ("/srv/repository.git", "/srv/repository.git"),
        ("", ""),
    ],
)
def test_addresses_lose_their_credentials(url, masked):
    assert masked_url(url) == masked


def test_commands_lose_the_values_of_secret_options():
    command = [
        "python",
        "train.py",
        "--lr",
        "0.1",
        "--api-key",
        "t0ken",
        "--hf_token=t0ken",
        "--password",
        "--epochs",
        "3",
    ]
    assert masked_command(command) == [
        "python", "train.py", "--lr", "0.1", "--api-key", "***", "--hf_token=***", "--password", "--epochs", "3",
    ]  # fmt: skip
    assert masked_command(["x", "API_KEY=t0ken", "tokens.txt", "http://me:t0ken@host/", ISSUED["GitHub"]]) == [
        "x", "API_KEY=***", "tokens.txt", "http://host/", "***",
    ]  # fmt: skip
    harmless = [
        "python",
        "-m",
        "train",
        "--tokenizer",
        "bert",
        "--max-tokens=5",
        "--eos_token",
        "</s>",
        "--key",
        "loss",
    ]
    assert masked_command(harmless) == harmless


def test_configs_are_masked_at_any_depth():
    config = {
        "lr": 0.1,
        "db": {"password": "a b", "user": "ada", "port": 5432},
        "hf_token": HIDDEN,
        "tokens": [1, 2],
        "eos_token": "<eos>",
        "token": "bos",
        "args": ["--x", ISSUED["OpenAI"]],
        "api_key": None,
        "key": "loss",
        "password_file": "/run/secrets/db",
    }
    assert masked_value("", config) == {
        **config,
        "db": {"password": "***", "user": "ada", "port": 5432},
        "hf_token": "***",
        "args": ["--x", "***"],
    }
    assert config["db"]["password"] == "a b"  # noqa: S105


def git(folder, *arguments, text=None):
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, input=text).stdout


def test_a_masked_patch_still_applies(tmp_path):
    (tmp_path / "a.py").write_text("first\nlast\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    (tmp_path / "a.py").write_text(f'first\napi_key = "{HIDDEN}"\n{private_key()}\nlast\n')
    (tmp_path / "b.py").write_text("lr = 1\n")
    git(tmp_path, "add", "-N", ".")
    patch = git(tmp_path, "diff", "HEAD")
    clean, files = masked_patch(patch)
    assert files == ["a.py"]
    assert HIDDEN.encode() not in clean
    git(tmp_path, "reset", "-q", "--hard")
    git(tmp_path, "apply", "-", text=clean)
    assert (tmp_path / "b.py").read_text() == "lr = 1\n"
    restored = (tmp_path / "a.py").read_text().splitlines()
    assert (restored[0], restored[1], restored[-1]) == ("first", 'api_key = "***"', "last")
    assert not any(word(64, seed=line) in "\n".join(restored) for line in range(3))


def test_a_patch_without_secrets_is_the_same_bytes():
    patch = b"diff --git a/x b/x\n+token = \xff\n"
    assert masked_patch(patch) == (patch, [])


@given(st.text(max_size=300), st.sampled_from(sorted(ISSUED)), st.text(max_size=300))
def test_any_text_around_a_secret(before, service, after):
    said = masked_text(f"{before}\n{ISSUED[service]}\n{after}")
    assert ISSUED[service] not in said
    assert said.count("\n") == before.count("\n") + after.count("\n") + 2


@given(st.text(max_size=2000))
def test_masking_twice_changes_nothing_more(text):
    once = masked_text(text)
    assert masked_text(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "password=" * 20_000,
        "://" * 50_000,
        "-----BEGIN PRIVATE KEY-----" * 5_000,
        "key: " + " " * 200_000,
        "bearer " * 30_000,
        "eyJ" * 60_000,
        ("a" * 79 + ".") * 2_000,
        "token='" * 20_000,
    ],
)
def test_hostile_texts_take_no_ages(text):
    masked_text(text)
