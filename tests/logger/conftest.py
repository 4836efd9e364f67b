"""Every test logs into a folder of its own and leaves no run behind."""

import os

import pytest

from reportgen.logger import session


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith(("REPORTGEN_", "WANDB_"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(session, "_latest", None)
    yield
    session.teardown()


@pytest.fixture
def begin():
    """Begins a run without captures, which only some tests are about."""

    def begin_run(**options):
        return session.init(**{"capture": False, **options})

    return begin_run
