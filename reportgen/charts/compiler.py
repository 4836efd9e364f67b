"""The compiler of Vega-Lite. It has a JavaScript engine inside, whose threads do not follow into a forked process."""

import json
import os
import subprocess
import sys
from typing import Any

PATIENCE_SECONDS = 120
_ELSEWHERE = """
import json, sys, vl_convert
name, given = json.load(sys.stdin)
json.dump(getattr(vl_convert, name)(**given), sys.stdout)
"""

_started_in: int | None = None
"""The process in which the engine runs."""


def call(name: str, **given: Any) -> Any:
    """What a function of vl_convert gives, such as ``vegalite_to_vega``, for arguments that JSON can hold.

    Raises:
        ValueError: it cannot make anything of them.
    """
    global _started_in  # noqa: PLW0603 (the engine is one for a process, too)
    if _started_in in (None, os.getpid()):
        import vl_convert

        _started_in = os.getpid()
        return getattr(vl_convert, name)(**given)
    # Forked from a process that has an engine, this one would wait for its threads for ever.
    command = [sys.executable, "-c", _ELSEWHERE]
    done = subprocess.run(
        command, input=json.dumps([name, given]), capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
    )
    if done.returncode:
        raise ValueError(done.stderr.strip().rpartition("\n")[2])
    return json.loads(done.stdout)
