"""The environment variables that fill in what `init` was not given: one table.

Each is read as ``REPORTGEN_<variable>`` and, where that is not set, as ``WANDB_<variable>``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

PREFIXES = ("REPORTGEN_", "WANDB_")
OURS = PREFIXES[:1]
"""Of what wandb has no variable, or one of another meaning."""


def flag(text: str) -> bool:
    """Whether a variable is switched on."""
    return text.strip().lower() not in ("", "0", "false", "no", "off")


def words(text: str) -> tuple[str, ...]:
    """The parts of a list with commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def arguments(text: str) -> list[str]:
    """The arguments of a command: a JSON list, as wandb writes them, else as a shell splits them."""
    from json import loads
    from shlex import split

    try:
        found = loads(text)
        return [str(part) for part in found] if isinstance(found, list) else [text]
    except ValueError:
        return split(text)


Read = Callable[[str], object]
VARIABLES: Mapping[str, tuple[str, Read, tuple[str, ...], str]] = {
    "mode": ("MODE", str, PREFIXES, "`online`, `offline`, `disabled` or `shared`"),
    "disabled": ("DISABLED", flag, PREFIXES, "the same as `MODE=disabled`; a mode that is given wins"),
    "project": ("PROJECT", str, PREFIXES, "what the run belongs to"),
    "entity": ("ENTITY", str, PREFIXES, "whose run it is; kept and shown"),
    "run_name": ("NAME", str, PREFIXES, "what people call the run"),
    "run_id": ("RUN_ID", str, PREFIXES, "name of the run's folder"),
    "run_group": ("RUN_GROUP", str, PREFIXES, "name shared by the runs that belong together"),
    "run_job_type": ("JOB_TYPE", str, PREFIXES, "what the run does in its group"),
    "run_tags": ("TAGS", words, PREFIXES, "words to find the run by, separated by commas"),
    "run_notes": ("NOTES", str, PREFIXES, "Markdown about the run"),
    "root_dir": ("DIR", str, PREFIXES, "folder that holds the projects"),
    "resume": ("RESUME", str, PREFIXES, "`allow`, `must`, `never` or `auto`"),
    "config_paths": ("CONFIG_PATHS", words, PREFIXES, "YAML files, separated by commas, that come before `config`"),
    "silent": ("SILENT", flag, PREFIXES, "print nothing at all"),
    "quiet": ("QUIET", flag, PREFIXES, "print troubles only, no hints"),
    "console": ("CONSOLE", str, PREFIXES, "`auto`, `wrap`, `redirect` or `off`"),
    "disable_code": ("DISABLE_CODE", flag, PREFIXES, "keep no code: no patch, no saved sources"),
    "disable_git": ("DISABLE_GIT", flag, PREFIXES, "do not look at the git repository"),
    "save_code": ("SAVE_CODE", flag, PREFIXES, "keep a copy of the script in the run"),
    "git_commit": ("GIT_COMMIT", str, PREFIXES, "the commit, instead of the one found"),
    "git_remote_url": ("GIT_REMOTE_URL", str, PREFIXES, "the remote, instead of the one found"),
    "git_root": ("GIT_ROOT", str, PREFIXES, "where the git repository is looked for"),
    "program": ("PROGRAM", str, PREFIXES, "the script, instead of the one found"),
    "args": ("ARGS", arguments, PREFIXES, "its arguments, instead of those found: a JSON list, or as in a shell"),
    "host": ("HOST", str, PREFIXES, "the name of the machine, instead of the one found"),
    "username": ("USERNAME", str, PREFIXES, "the user, instead of the one found"),
    "ignore_globs": ("IGNORE_GLOBS", words, PREFIXES, "files that `save` leaves out, separated by commas"),
    "sweep_id": ("SWEEP_ID", str, PREFIXES, "the sweep that the run belongs to, kept as `run.sweep_id`"),
    "notebook_name": ("NOTEBOOK_NAME", str, PREFIXES, "the notebook that runs, where it cannot be found out"),
    "init_timeout": ("INIT_TIMEOUT", float, PREFIXES, "accepted; `init` waits for nothing"),
    "strict": ("STRICT", flag, OURS, "raise errors instead of telling them"),
    "sample_seconds": ("SAMPLE_SECONDS", float, OURS, "seconds between samples of system metrics"),
    "fsync_seconds": ("FSYNC_SECONDS", float, OURS, "seconds between asking the disk to keep what was written"),
    "env_keys": ("ENV_KEYS", words, OURS, "further environment variables to record, separated by commas"),
    "redact": ("REDACT", flag, OURS, "mask secrets in what is captured; on by default"),
    "x_label": ("LABEL", str, PREFIXES, "name of this writer among several of one run"),
    "alert_webhook": ("ALERT_WEBHOOK", str, OURS, "address that alerts are posted to"),
}
"""Setting -> its variable without prefix, how the text is read, the prefixes that count, and what it means."""


def from_environment() -> dict[str, object]:
    """The settings that the environment has. A variable that is set to nothing does not count."""
    found: dict[str, object] = {}
    known = os.environ
    for setting, (variable, read, prefixes, _) in VARIABLES.items():
        for prefix in prefixes:
            text = known.get(prefix + variable)
            if text:
                found[setting] = parsed(prefix + variable, text, read)
                break
    return found


def parsed(variable: str, text: str, read: Read) -> object:
    """The value of a variable; a mistake in it is the caller's."""
    try:
        return read(text)
    except ValueError:
        from reportgen.errors import UsageError

        remedy = f"Set {variable} to what docs/reference/logging-api.md says, or unset it."
        raise UsageError(f"{variable} is {text!r}", where="init", remedy=remedy) from None
