"""``wandb.env``: names of environment variables, and what they say now.

The names are wandb's, so that ``os.environ[wandb.env.PROJECT] = "digits"`` means what it says. What is read is what
`reportgen.init` reads: ours before wandb's.
"""

import os
from collections.abc import Mapping, MutableMapping

from reportgen.logger.variables import OURS, PREFIXES, VARIABLES, flag, words

WANDB = PREFIXES[1]
RENAMED = {"IGNORE": "IGNORE_GLOBS"}
WITHOUT_EFFECT = (
    "ANONYMOUS",
    "API_KEY",
    "ARTIFACT_DIR",
    "BASE_URL",
    "CACHE_DIR",
    "CONFIG_DIR",
    "DATA_DIR",
    "DEBUG",
    "DOCKER",
    "ERROR_REPORTING",
    "HTTP_TIMEOUT",
    "RUN_DIR",
    "SERVICE",
    "USER_EMAIL",
)
"""Variables that scripts set for wandb's service."""
_NAMES = {
    **{name: WANDB + name for name in WITHOUT_EFFECT},
    **{variable: WANDB + variable for variable, _, prefixes, _ in VARIABLES.values() if WANDB in prefixes},
    **{name: WANDB + variable for name, variable in RENAMED.items()},
}

Environment = Mapping[str, str] | None


def __getattr__(name: str) -> str:
    if name in _NAMES:
        return _NAMES[name]
    raise AttributeError(f"module 'reportgen.env' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*_NAMES, *(name for name in globals() if name.startswith(("get_", "is_", "set_")))])


def get_project(default: str | None = None, env: Environment = None) -> str | None:
    """What runs belong to."""
    return _read("PROJECT", env) or default


def get_entity(default: str | None = None, env: Environment = None) -> str | None:
    """Whose runs they are."""
    return _read("ENTITY", env) or default


def get_run(default: str | None = None, env: Environment = None) -> str | None:
    """The id of the run."""
    return _read("RUN_ID", env) or default


def get_dir(default: str | None = None, env: Environment = None) -> str | None:
    """The folder that holds the projects."""
    return _read("DIR", env) or default


def get_username(default: str | None = None, env: Environment = None) -> str | None:
    """Who runs it."""
    return _read("USERNAME", env) or default


def get_tags(default: str = "", env: Environment = None) -> list[str]:
    """The words to find runs by."""
    return list(words(_read("TAGS", env) or default))


def is_offline(env: Environment = None) -> bool:
    """Whether the mode is ``offline``."""
    return _read("MODE", env) == "offline"


def is_quiet() -> bool:
    """Whether hints are left out."""
    return flag(_read("QUIET"))


def is_silent() -> bool:
    """Whether nothing is printed."""
    return flag(_read("SILENT"))


def disable_git(env: Environment = None) -> bool:
    """Whether git is left alone."""
    return flag(_read("DISABLE_GIT", env))


def should_save_code() -> bool:
    """Whether a copy of the script is kept."""
    return flag(_read("SAVE_CODE")) and not flag(_read("DISABLE_CODE"))


def set_project(value: str, env: MutableMapping[str, str] | None = None) -> None:
    """Set what runs begun from here on belong to."""
    _write("PROJECT", value, env)


def set_entity(value: str, env: MutableMapping[str, str] | None = None) -> None:
    """Set whose runs those begun from here on are."""
    _write("ENTITY", value, env)


def _read(variable: str, env: Environment = None) -> str:
    known = os.environ if env is None else env
    return next((text for prefix in PREFIXES if (text := known.get(prefix + variable))), "")


def _write(variable: str, value: str, env: MutableMapping[str, str] | None) -> None:
    """Set the variable that counts: ours where it is set, else wandb's."""
    known = os.environ if env is None else env
    known[next((prefix for prefix in OURS if known.get(prefix + variable)), WANDB) + variable] = value
