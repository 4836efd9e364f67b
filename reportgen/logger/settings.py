"""What a run was asked for: by the arguments of `init`, by `Settings`, by the environment, by default."""

from __future__ import annotations

import os
from collections.abc import Iterable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MODES = ("online", "offline", "disabled", "shared")
"""``online`` and ``offline`` are the same: reportgen logs to disk. ``disabled`` does nothing. In ``shared`` several
processes write one run."""
CONSOLES = ("auto", "wrap", "redirect", "off")
RESUMES = ("allow", "must", "never", "auto")
REINITS = ("default", "return_previous", "finish_previous", "create_new")
CAPTURES = ("console", "environment", "git", "packages", "system")
SAMPLE_SECONDS = 10.0
FSYNC_SECONDS = 5.0
ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
ID_LENGTH = 8
NAME_BYTES = 200
NO_EFFECT = {
    "sync_tensorboard": "TensorBoard's event files are not read",
    "tensorboard": "TensorBoard's event files are not read",
    "monitor_gym": "videos of gym environments are not recorded; log a reportgen.Video",
    "force": "there is no account that a run could need",
}
"""Settings that a script may count on, and why they do nothing."""
SECRET = ("alert_webhook", "api_key")
"""Settings that are never shown."""


class Settings:
    """Settings of a run by their names in wandb. Any keyword is taken; one that means nothing here is kept, unused.

    What is not given here comes from the environment, see `variables.VARIABLES`, and then from the defaults below.

    Attributes:
        project: what the run belongs to; of a run, safe as a folder name.
        entity: whose run it is. Kept and shown, nothing more.
        run_id: name of the run's folder.
        run_name: what people call it.
        run_group: name shared by the runs that belong together.
        run_job_type: what the run does in its group.
        run_tags: words to find it by.
        run_notes: Markdown about it.
        root_dir: folder that holds the projects.
        mode: one of `MODES`.
        strict: errors after `init` are raised.
        silent: nothing is printed.
        quiet: no hints are printed, troubles are.
        console: how output is captured, one of `CONSOLES`.
        capture: which of `CAPTURES` to record.
        sample_seconds: seconds between samples of system metrics.
        x_stats_sampling_interval: the same, by wandb's name.
        fsync_seconds: seconds between asking the disk to keep what was written; 0 never asks.
        env_keys: further environment variables to record.
        x_disable_stats: no system metrics.
        x_disable_meta: nothing about the machine, the user, the code and the packages.
        x_disable_machine_info: nothing about the machine and the user, and no system metrics.
        x_save_requirements: keep the list of packages.
        x_label: name of this writer among several of one run.
        redact: mask secrets in command, configuration, variables, patch and console.
        disable_git: do not look at the git repository.
        disable_code: keep no code.
        save_code: keep a copy of the script.
        code_dir: folder whose sources are kept, see ``Run.log_code``.
        git_commit: see `overrides`, as the next ones.
        git_remote_url: the remote.
        git_root: where the repository is looked for.
        program: the script.
        args: its arguments.
        host: the machine.
        username: the user.
        notebook_name: the notebook, where it cannot be found out.
        ignore_globs: files that ``Run.save`` leaves out.
        config_paths: YAML files with the first configuration.
        allow_val_change: values of the configuration may change without a word.
        reinit: what a second `init` does, one of `REINITS`.
        resume: what becomes of an id that was used before: "", or one of `RESUMES`.
        resume_from: ``<run id>?_step=<step>``, or "".
        fork_from: likewise.
        sweep_id: the sweep that the run belongs to.
        alert_webhook: address that alerts are posted to.
        id_given: of a run, whether its id was asked for and not made up.
        root: of a run, the absolute path of the folder that holds the projects.
        folder: of a run, the absolute path of its folder.
        disabled: the run does nothing.
        offline: the run was asked to stay offline, which all runs do.
        shared: several processes write the run.
    """

    project = ""
    entity = ""
    run_id = ""
    run_name = ""
    run_group = ""
    run_job_type = ""
    run_tags: tuple[str, ...] = ()
    run_notes = ""
    root_dir: str | os.PathLike[str] = ""
    mode = ""
    strict = False
    silent = False
    quiet = False
    console = "auto"
    capture: frozenset[str] = frozenset(CAPTURES)
    sample_seconds = SAMPLE_SECONDS
    x_stats_sampling_interval = 0.0
    fsync_seconds = FSYNC_SECONDS
    env_keys: tuple[str, ...] = ()
    x_disable_stats = False
    x_disable_meta = False
    x_disable_machine_info = False
    x_save_requirements = True
    x_label = ""
    redact = True
    disable_git = False
    disable_code = False
    save_code = False
    code_dir = ""
    git_commit = ""
    git_remote_url = ""
    git_root = ""
    program = ""
    args: list[str] | None = None
    host = ""
    username = ""
    notebook_name = ""
    ignore_globs: tuple[str, ...] = ()
    config_paths: tuple[str, ...] = ()
    allow_val_change = False
    reinit: str | bool = "default"
    resume: str | bool = ""
    resume_from = ""
    fork_from = ""
    sweep_id = ""
    alert_webhook = ""
    id_given = False
    root = ""
    folder = ""
    disabled = False
    offline = False
    shared = False

    def __init__(self, **settings: Any) -> None:
        for name, value in settings.items():
            if value is not None:
                self.__dict__[f"x{name}" if name.startswith("_") else name] = value  # as wandb called them before

    def __repr__(self) -> str:
        shown = {name: "***" if name in SECRET else value for name, value in vars(self).items()}
        return f"Settings({', '.join(f'{name}={value!r}' for name, value in shown.items())})"

    @property
    def overrides(self) -> dict[str, Any]:
        """Fields of the start record that are given and need not be found out; those of git under ``git``."""
        git = {"commit": self.git_commit, "remote": self.git_remote_url}
        fields = {"program": self.program, "host": self.host, "user": self.username}
        given: dict[str, Any] = {name: value for name, value in fields.items() if value}
        if found := {name: value for name, value in git.items() if value}:
            given["git"] = found
        if self.args is not None:
            given["args"] = list(self.args)
        return given


def tag_list(tags: str | Iterable[str]) -> tuple[str, ...]:
    """Tags as words; one word alone is one tag."""
    return (tags,) if isinstance(tags, str) else tuple(str(tag) for tag in tags)


def new_id(project_folder: str) -> str:
    """A random id that is not yet a folder of the project."""
    while True:
        run_id = "".join(ID_ALPHABET[byte % len(ID_ALPHABET)] for byte in os.urandom(ID_LENGTH))
        if not os.path.lexists(os.path.join(project_folder, run_id)):
            return run_id


def safe_name(name: str) -> str:
    """The name with everything replaced that a folder name could trip over: separators, leading dots, control codes."""
    kept = "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in str(name))
    return kept.encode()[:NAME_BYTES].decode(errors="ignore").strip("-.")


def safe_id(run_id: str) -> str:
    """The id as a safe name; a changed one ends in a checksum, so that two different ids stay different."""
    safe = safe_name(run_id)
    if safe == str(run_id):
        return safe
    from zlib import crc32

    return f"{safe or 'run'}-{crc32(str(run_id).encode('utf-8', 'replace')):08x}"
