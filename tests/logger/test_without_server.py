import pytest

import reportgen
from reportgen.errors import ReportgenError, ServerError


def test_no_login_is_needed(capsys):
    assert reportgen.login() is True
    assert reportgen.login(anonymous="allow", relogin=True, timeout=3) is True
    assert capsys.readouterr() == ("", "")


def test_a_key_is_not_used_and_not_shown(capsys):
    assert reportgen.login(key="s3cret") is True
    told = capsys.readouterr().err
    assert "no account is needed" in told
    assert "s3cret" not in told


@pytest.mark.parametrize("name", ["WANDB_SILENT", "REPORTGEN_QUIET"])
def test_who_wants_quiet_is_not_told(monkeypatch, capsys, name):
    monkeypatch.setenv(name, "1")
    assert reportgen.login("s3cret") is True
    assert capsys.readouterr().err == ""


def test_strict_refuses_a_key(monkeypatch):
    monkeypatch.setenv("REPORTGEN_STRICT", "1")
    assert reportgen.login() is True
    with pytest.raises(ServerError, match="no account is needed"):
        reportgen.login("s3cret")


def test_nothing_has_to_be_required():
    assert reportgen.require("core") is None
    assert reportgen.require(experiment=["service"]) is None


@pytest.mark.parametrize("name", ["sweep", "agent", "controller"])
def test_what_only_a_server_can_do_says_what_does_without(name):
    with pytest.raises(ServerError, match=rf"reportgen\.{name}: this needs a server") as caught:
        getattr(reportgen, name)({"method": "grid"}, function=print, count=3)
    assert caught.value.remedy
    assert isinstance(caught.value, reportgen.Error)
    assert reportgen.Error is ReportgenError
