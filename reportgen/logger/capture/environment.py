"""The machine and the process of a run, from what costs microseconds to ask."""

from __future__ import annotations

import os
import sys

from reportgen.logger.capture.redact import masked_command


def environment() -> dict[str, object]:
    """The fields of the start record that describe where the run runs. What cannot be found out is left out."""
    system = os.uname() if hasattr(os, "uname") else None
    found = {
        "command": masked_command(sys.orig_argv),
        "program": _program(),
        "cwd": current_folder(),
        "host": system.nodename if system else os.environ.get("COMPUTERNAME"),
        "user": _user(),
        "pid": os.getpid(),
        "os": f"{system.sysname} {system.release} {system.machine}" if system else sys.platform,
        "python": sys.version.partition(" ")[0],
        "implementation": sys.implementation.name,
        "build": " ".join(sys.version.split()[1:]),
        "executable": sys.executable,
        "cpu_count": os.cpu_count(),
        "cpu": _cpu_model(),
        "memory": {"total": memory} if (memory := total_memory()) else None,
    }
    return {name: value for name, value in found.items() if value}


def script_folder() -> str | None:
    """The folder of the script that runs; None in a notebook or a shell."""
    script = getattr(sys.modules.get("__main__"), "__file__", None)
    return os.path.dirname(os.path.abspath(script)) if script else None


def current_folder() -> str | None:
    """Where the process is; None when that folder was removed."""
    try:
        return os.getcwd()
    except OSError:
        return None


def _program() -> str | None:
    script = getattr(sys.modules.get("__main__"), "__file__", None)
    try:
        return os.path.relpath(script) if script else None
    except (OSError, ValueError):  # no current folder, or another drive
        return str(script)


def _user() -> str | None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if os.environ.get(name):
            return os.environ[name]
    try:
        from pwd import getpwuid

        return getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError, OSError):
        return None


def _cpu_model() -> str | None:
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
            for line in file.read(4096).splitlines():
                name, _, value = line.partition(":")
                if name.strip() in ("model name", "Hardware", "Processor"):
                    return value.strip()
    except OSError:
        return None
    return None


def total_memory() -> int:
    """Bytes of memory of the machine; 0 when it does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return 0
