import io
import sys

import pytest

import reportgen
from reportgen.logger import terminal


@pytest.fixture(autouse=True)
def afresh(monkeypatch):
    monkeypatch.setattr(terminal, "_told", set())
    monkeypatch.setattr(terminal, "_setup", [])


def test_messages_have_a_prefix_and_a_kind(capsys):
    reportgen.termlog("one\ntwo")
    reportgen.termwarn("three", newline=False)
    reportgen.termerror("four", prefix=False)
    assert capsys.readouterr() == ("", "reportgen: one\nreportgen: two\nreportgen: warning: threefour\n")


def test_a_message_can_be_said_once(capsys):
    for _ in range(3):
        reportgen.termwarn("again", repeat=False)
    reportgen.termwarn("again")
    assert capsys.readouterr().err.count("again") == 2


@pytest.mark.parametrize(
    ("settings", "printed"), [({}, "lwe"), ({"quiet": True}, "we"), ({"silent": True}, ""), ({"quiet": False}, "lwe")]
)
def test_they_obey_settings_and_the_environment(capsys, monkeypatch, settings, printed):
    def say():
        reportgen.termlog("l", prefix=False, newline=False)
        reportgen.termwarn("w", prefix=False, newline=False)
        reportgen.termerror("e", prefix=False, newline=False)
        return capsys.readouterr().err

    for name, value in settings.items():
        monkeypatch.setenv(f"WANDB_{name.upper()}", str(value))
    assert say() == printed
    for name in settings:
        monkeypatch.delenv(f"WANDB_{name.upper()}")
    reportgen.termsetup(reportgen.Settings(**settings), None)
    assert say() == printed


@pytest.mark.parametrize("stream", [None, "closed"])
def test_nobody_to_tell_is_no_error(monkeypatch, stream):
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed if stream else None)
    reportgen.termerror("x")
