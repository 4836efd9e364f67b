import pytest

from reportgen.logger.capture.redact import masked_command, masked_url


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
    assert masked_command(["x", "API_KEY=t0ken", "tokens.txt", "http://me:t0ken@host/"]) == [
        "x", "API_KEY=***", "tokens.txt", "http://host/",
    ]  # fmt: skip
