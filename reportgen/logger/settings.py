"""What a run was asked for: by the arguments of `init`, by `Settings`, by the environment, by default."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from reportgen.errors import UsageError
from reportgen.logger.notebook import in_notebook
from reportgen.logger.variables import from_environment
from reportgen.schema import DEFAULT_FOLDER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DEFAULT_PROJECT = "uncategorized"
MODES = ("online", "offline", "disabled", "shared")
"""``online`` and ``offline`` are the same: reportgen logs to disk. ``disabled`` does nothing. In ``shared`` several
processes write one run."""
MODE_NAMES = {"run": "online", "dryrun": "offline"}
CONSOLES = ("auto", "wrap", "redirect", "off")
RESUMES = ("allow", "must", "never", "auto")
REINITS = ("default", "return_previous", "finish_previous", "create_new")
CAPTURES = ("console", "git", "packages", "system")
SAMPLE_SECONDS = 10.0
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
        x_disable_stats: no system metrics.
        x_disable_meta: nothing about the machine, the user, the code and the packages.
        x_disable_machine_info: nothing about the machine and the user, and no system metrics.
        x_save_requirements: keep the list of packages.
        x_label: name of this writer among several of one run.
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
    x_disable_stats = False
    x_disable_meta = False
    x_disable_machine_info = False
    x_save_requirements = True
    x_label = ""
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


def resolved(arguments: Mapping[str, object], given: Mapping[str, object]) -> Settings:
    """The settings of one run, complete and checked.

    Args:
        arguments: settings that `init` was called with; those that are None were not.
        given: those of its ``settings``.

    Raises:
        UsageError: something in them cannot mean anything.
    """
    settings = Settings(**{**from_environment(), **given, **arguments})
    if "allow_val_change" not in vars(settings):
        settings.allow_val_change = in_notebook()
    _set_mode(settings)
    _set_capture(settings)
    _set_attempt(settings)
    _set_place(settings)
    settings.run_tags = tag_list(settings.run_tags)
    settings.reinit = REINITS[2 if settings.reinit else 1] if isinstance(settings.reinit, bool) else settings.reinit
    _one_of("reinit", settings.reinit, REINITS)
    if settings.alert_webhook and not str(settings.alert_webhook).lower().startswith(("http://", "https://")):
        raise UsageError("alert_webhook is no http address", where="init", remedy="Give an http or https address.")
    return settings


def _set_mode(settings: Settings) -> None:
    mode = settings.mode or ("disabled" if settings.disabled else MODES[0])
    settings.mode = MODE_NAMES.get(mode, mode)
    _one_of("mode", settings.mode, MODES)
    settings.disabled = settings.mode == "disabled"
    settings.offline = settings.mode == "offline"
    settings.shared = settings.mode == "shared"


def _set_capture(settings: Settings) -> None:
    """What is captured: what was asked for, less what is switched off."""
    asked: bool | str | Iterable[str] = settings.capture
    chosen = CAPTURES if asked is True else () if asked is False else asked
    capture = frozenset([chosen] if isinstance(chosen, str) else chosen)
    if unknown := capture.difference(CAPTURES):
        what = f"cannot capture {', '.join(sorted(map(str, unknown)))}"
        raise UsageError(what, where="init", remedy=f"Use True, False or some of {', '.join(CAPTURES)}.")
    settings.console = "wrap" if str(settings.console).startswith("wrap_") else settings.console
    _one_of("console", settings.console, CONSOLES)
    off = {
        "console": settings.console == "off",
        "git": settings.disable_git or settings.x_disable_meta,
        "packages": settings.x_disable_meta or not settings.x_save_requirements,
        "system": settings.x_disable_stats or settings.x_disable_machine_info,
    }
    settings.capture = frozenset(part for part in capture if not off[part])
    seconds = vars(settings).get("sample_seconds") or settings.x_stats_sampling_interval or SAMPLE_SECONDS
    try:
        settings.sample_seconds = float(seconds)
    except (TypeError, ValueError):
        remedy = "Give a number of seconds."
        raise UsageError(f"sample_seconds is {seconds!r}", where="init", remedy=remedy) from None


def _set_attempt(settings: Settings) -> None:
    asked = settings.resume
    settings.resume = ("auto" if asked else "") if isinstance(asked, bool) else str(asked).lower()
    if settings.resume in ("true", "false"):  # as the variable says it
        settings.resume = "auto" if settings.resume == "true" else ""
    if settings.resume:
        _one_of("resume", settings.resume, RESUMES)
    given = [name for name in ("resume", "resume_from", "fork_from") if getattr(settings, name)]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} exclude each other", where="init", remedy="Give one of them.")
    for name in ("resume_from", "fork_from"):
        moment = getattr(settings, name)
        run_id, mark, step = str(moment).rpartition("?_step=")
        if moment and not (run_id and mark and step.isdecimal()):
            remedy = 'Give "<run id>?_step=<number>".'
            raise UsageError(f"{name} is {moment!r}", where="init", remedy=remedy)


def _set_place(settings: Settings) -> None:
    settings.project = safe_name(settings.project or DEFAULT_PROJECT) or DEFAULT_PROJECT
    settings.root = os.path.abspath(settings.root_dir or DEFAULT_FOLDER)
    projects = os.path.join(settings.root, settings.project)
    settings.id_given = bool(settings.run_id)
    settings.run_id = safe_id(settings.run_id) if settings.run_id else new_id(projects)
    settings.folder = os.path.join(projects, settings.run_id)


def _one_of(name: str, value: object, known: tuple[str, ...]) -> None:
    if value not in known:
        raise UsageError(f"unknown {name} {value!r}", where="init", remedy=f"Use one of {', '.join(known)}.")


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
