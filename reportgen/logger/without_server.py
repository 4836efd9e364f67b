"""What wandb asks its server for: here it needs none, or cannot be had."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.errors import ServerError
from reportgen.logger.troubles import say
from reportgen.logger.variables import from_environment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn


def login(  # noqa: PLR0913, PLR0917 # wandb's signature
    key: str | None = None,
    relogin: bool | None = None,  # noqa: FBT001
    host: str | None = None,
    force: bool | None = None,  # noqa: FBT001
    timeout: int | None = None,
    verify: bool = False,  # noqa: FBT001, FBT002
    referrer: str | None = None,
    **more: Any,
) -> bool:
    """No account is needed: this returns True and does nothing.

    Args:
        key: neither used nor kept. When strict (``REPORTGEN_STRICT``) a key is refused.
        relogin: no effect, as all that follow.
        host: no effect.
        force: no effect.
        timeout: no effect.
        verify: no effect.
        referrer: no effect.
        more: no effect.

    Raises:
        ServerError: a key was given, and the process is strict.
    """
    del relogin, force, timeout, verify, referrer, more
    if key or host:
        settings = from_environment()
        if settings.get("strict"):
            raise _server("login", "Leave the key out: no account is needed.")
        if not settings.get("silent") and not settings.get("quiet"):
            say("no account is needed; runs go to this machine's disk, and the key is not used")
    return True


def require(requirement: str | Iterable[str] | None = None, experiment: str | Iterable[str] | None = None) -> None:
    """Nothing has to be asked for: this has no effect.

    Args:
        requirement: no effect.
        experiment: no effect.
    """
    del requirement, experiment


def sweep(*arguments: Any, **options: Any) -> NoReturn:
    """A sweep is planned by a server.

    Raises:
        ServerError: always.
    """
    del arguments, options
    raise _server("sweep", "Begin one run for each configuration, with the same group, from a loop or a job array.")


def agent(*arguments: Any, **options: Any) -> NoReturn:
    """An agent asks a server what to run next.

    Raises:
        ServerError: always.
    """
    del arguments, options
    raise _server("agent", "Call the function of the sweep yourself, once for each configuration.")


def controller(*arguments: Any, **options: Any) -> NoReturn:
    """A controller steers a sweep on a server.

    Raises:
        ServerError: always.
    """
    del arguments, options
    raise _server("controller", "Search with a library such as Optuna, one run for each trial.")


def _server(what: str, remedy: str) -> ServerError:
    return ServerError("this needs a server, and there is none", where=f"reportgen.{what}", remedy=remedy)
